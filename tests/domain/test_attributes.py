from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import assets
from annotator.domain.attributes import (
    Attribute,
    asked,
    attributes,
    begun,
    is_set,
    missing,
    next_value,
    of_label,
    taken_over,
    with_value,
)
from annotator.domain.scheme import Scheme, parse

TABLES = """
id = "own"
name = "Own"
version = 1
[[labels]]
id = "claim"
name = "Claim"
[[labels]]
id = "cue"
name = "Cue"
[[attributes]]
id = "sure"
name = "Sure?"
labels = ["claim", "cue"]
type = "yes-no"
[[attributes]]
id = "kind"
name = "Kind"
labels = ["claim"]
required = true
values = ["fact", { id = "value", name = "a value", definition = "what somebody finds good" }]
[[attributes]]
id = "check"
name = "Check"
labels = ["claim"]
required = true
only-if = { attribute = "kind", in = ["fact"] }
values = ["no", "minor", "worthy"]
[[attributes]]
id = "why"
name = "Why"
labels = ["claim"]
type = "text"
only-if = { attribute = "check", in = ["worthy"] }
[[attributes]]
id = "topics"
name = "Topics"
labels = ["claim"]
several = true
values = ["taxes", "trains", "tides"]
[[attributes]]
id = "tone"
name = "Tone"
labels = ["cue"]
default = "plain"
values = ["plain", "sharp"]
"""


@pytest.fixture
def scheme() -> Scheme:
    return parse(TABLES, "own.toml")


def named(scheme: Scheme, id: str) -> Attribute:
    return next(attribute for attribute in attributes(scheme) if attribute.id == id)


def ids(found: tuple[Attribute, ...]) -> list[str]:
    return [attribute.id for attribute in found]


def test_what_is_required_comes_first_and_values_have_names(scheme: Scheme) -> None:
    own = of_label(scheme, "claim")
    assert ids(own) == ["kind", "sure", "check", "why", "topics"]
    assert [choice.name for choice in own[0].choices] == ["fact", "a value"]
    assert own[0].choices[1].definition == "what somebody finds good"
    assert ids(of_label(scheme, "cue")) == ["sure", "tone"]
    assert of_label(scheme, "nothing of the kind") == ()


def test_a_condition_hides_and_a_chain_of_them_does(scheme: Scheme) -> None:
    own = of_label(scheme, "claim")
    assert ids(asked(own, {})) == ["kind", "sure", "topics"]
    assert ids(missing(own, {})) == ["kind"]
    assert ids(missing(own, {"kind": "fact"})) == ["check"]
    assert ids(missing(own, {"kind": "value"})) == []
    worthy = {"kind": "fact", "check": "worthy", "why": "it is dear"}
    assert ids(asked(own, worthy)) == ["kind", "sure", "check", "why", "topics"]
    assert with_value(own, worthy, "kind", "value") == {"kind": "value"}
    assert with_value(own, worthy, "check", "minor") == {"kind": "fact", "check": "minor"}


def test_a_value_the_scheme_does_not_know_still_misses(scheme: Scheme) -> None:
    own = of_label(scheme, "claim")
    assert ids(missing(own, {"kind": "rumour"})) == ["kind"]
    assert ids(missing(own, {"kind": ["value"]})) == ["kind"]


def test_yes_is_not_the_number_one(scheme: Scheme) -> None:
    sure, words = named(scheme, "sure"), named(scheme, "why")
    assert sure.fits(True)
    assert sure.fits(False)
    assert not sure.fits(1)
    assert not sure.fits("yes")
    assert words.fits("x")
    assert not words.fits(1)
    assert is_set(False)
    assert is_set(0)
    assert not is_set("")
    assert not is_set([])
    assert not is_set(None)


def test_pressing_a_choice(scheme: Scheme) -> None:
    kind, tone, topics, sure = (named(scheme, id) for id in ("kind", "tone", "topics", "sure"))
    assert next_value(kind, None, 0) == "fact"
    assert next_value(kind, "fact", 0) == "fact"  # it must say something
    assert next_value(tone, "sharp", 1) is None
    assert next_value(topics, None, 2) == ["tides"]
    assert next_value(topics, ["tides"], 0) == ["taxes", "tides"]  # in the scheme's order
    assert next_value(topics, ["taxes", "tides"], 2) == ["taxes"]
    assert next_value(topics, ["taxes"], 0) is None
    assert next_value(topics, ["of a file", "tides"], 0) == ["taxes", "tides", "of a file"]
    assert next_value(sure, None, 1) is False
    assert next_value(sure, False, 1) is None


def test_a_new_span_has_the_defaults_and_what_its_key_says(scheme: Scheme) -> None:
    assert begun(of_label(scheme, "cue"), {}) == {"tone": "plain"}
    assert begun(of_label(scheme, "cue"), {"tone": "sharp"}) == {"tone": "sharp"}
    assert begun(of_label(scheme, "claim"), {"kind": "fact"}) == {"kind": "fact"}
    assert begun((), {}) == {}


def test_another_label_keeps_what_it_knows_and_what_nobody_knows(scheme: Scheme) -> None:
    claim, cue = of_label(scheme, "claim"), of_label(scheme, "cue")
    values = {"kind": "fact", "check": "minor", "sure": True, "of a file": 3}
    assert taken_over(claim, cue, values, {}) == {"tone": "plain", "sure": True, "of a file": 3}
    assert taken_over(cue, claim, {"tone": "sharp", "sure": False}, {"kind": "value"}) == {
        "sure": False,
        "kind": "value",
    }
    assert taken_over(claim, claim, values, {"kind": "value"}) == {"sure": True, "of a file": 3, "kind": "value"}


def test_a_circle_of_conditions_shows_nothing_and_ends() -> None:
    tables = {
        "id": "c", "name": "c", "version": 1, "labels": [],
        "attributes": [
            {"id": "a", "labels": ["x"], "values": ["1"], "only-if": {"attribute": "b", "in": ["1"]}},
            {"id": "b", "labels": ["x"], "values": ["1"], "only-if": {"attribute": "a", "in": ["1"]}},
            {"id": "me", "labels": ["x"], "values": ["1"], "only-if": {"attribute": "me", "in": ["1"]}},
        ],
    }  # fmt: skip
    own = of_label(Scheme("c", "c", 1, (), tables), "x")
    assert asked(own, {"a": "1", "b": "1", "me": "1"}) == ()


@pytest.mark.parametrize(
    "table",
    [
        {}, {"id": "a"}, {"id": "", "labels": ["x"], "values": ["1"]}, {"id": "a", "labels": "x", "values": ["1"]},
        {"id": "a", "labels": ["x"]}, {"id": "a", "labels": ["x"], "type": "colour", "values": ["1"]},
        {"id": "a", "labels": ["x"], "values": [1]}, {"id": 3, "labels": ["x"], "values": ["1"]},
    ],
)  # fmt: skip
def test_what_is_not_understood_is_left_out(table: dict[str, Any]) -> None:
    assert of_label(Scheme("s", "s", 1, (), {"attributes": [table]}), "x") == ()


def test_a_default_that_does_not_fit_is_none() -> None:
    table = {"id": "a", "labels": ["x"], "values": ["1"], "default": "2"}
    (found,) = of_label(Scheme("s", "s", 1, (), {"attributes": [table]}), "x")
    assert found.default is None


def test_the_shipped_scheme_asks_for_at_most_two_keys_a_span() -> None:
    for name in assets.scheme_names():
        scheme = parse(assets.scheme_text(name), name)
        for label in scheme.labels:
            own = of_label(scheme, label.id)
            assert sum(attribute.required for attribute in own) <= 2, (name, label.id)
        for attribute in attributes(scheme):
            assert attribute.default is None or attribute.fits(attribute.default)


presses = st.lists(st.tuples(st.sampled_from(["sure", "kind", "check", "topics"]), st.integers(0, 2)), max_size=20)


@given(presses)
def test_whatever_is_pressed_only_what_is_asked_for_is_kept(pressed: list[tuple[str, int]]) -> None:
    scheme = parse(TABLES, "own.toml")
    own, values = of_label(scheme, "claim"), dict[str, Any]()
    for id, number in pressed:
        attribute = named(scheme, id)
        there = asked(own, values)
        if attribute in there and number < max(len(attribute.choices), 2):
            values = dict(with_value(own, values, id, next_value(attribute, values.get(id), number)))
        asked_now = {one.id for one in asked(own, values)}
        assert values.keys() <= asked_now
        assert all(named(scheme, key).fits(value) for key, value in values.items())
