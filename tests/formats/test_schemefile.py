"""Scheme files: every problem with its line, and written as they are read."""

from __future__ import annotations

import copy
import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import assets
from annotator.domain import attributes, grouping
from annotator.domain import scheme as schemes
from annotator.domain.errors import UserError
from annotator.domain.labelkeys import meanings
from annotator.domain.schemecheck import problems
from annotator.formats.schemefile import MOST, read, write

RESERVED = {"J": "Next span", "?": "Keys"}
GOOD = """id = "own"
name = "Own"
version = 1

[[labels]]
id = "claim"
name = "Claim"
key = "A"
light = "#0072B2"
sets = { kind = "fact" }
keys = [{ key = "W", sets = { kind = "value" } }]

[[labels]]
id = "cue"
name = "Cue"
key = "C"
light = "#C85200"

[[attributes]]
id = "kind"
name = "Kind"
labels = ["claim"]
required = true
values = ["fact", "value"]

[[attributes]]
id = "check"
name = "Check"
labels = ["claim"]
only-if = { attribute = "kind", in = ["fact"] }
values = ["no", "yes"]

[[relations]]
id = "supports"
name = "supports"
from = ["claim"]
to = ["claim"]

[[groups]]
id = "said"
name = "Said"
head = "claim"
roles = [{ role = "claim", label = "claim" }, { role = "cue", label = "cue" }]
"""


def test_a_good_file_has_no_problems() -> None:
    scheme, warnings = read(GOOD, "own.toml", RESERVED)
    assert [label.id for label in scheme.labels] == ["claim", "cue"]
    assert warnings == []


FAULTS = [
    ('version = 1\n', 'version = "one"\n', 3, "whole number"),
    ('id = "cue"', 'id = "claim"', 14, "twice"),
    ('key = "C"', 'key = "a"', 16, "is Claim's already"),
    ('key = "C"', 'key = "W"', 16, "is Claim's already"),
    ('key = "C"', 'key = "J"', 16, "the program's: Next span"),
    ('key = "C"', 'key = "CC"', 16, "one character"),
    ('{ kind = "fact" }', '{ kind = "rumour" }', 10, "no value 'rumour'"),
    ('sets = { kind = "fact" }', 'sets = { kin = "fact" }', 10, "no attribute 'kin'"),
    ('keys = [{ key = "W"', 'keys = [{ ke = "W"', 11, "one character"),
    ('labels = ["claim"]\nrequired', 'labels = ["claims"]\nrequired', 22, "no label 'claims'"),
    ('values = ["fact", "value"]', 'values = ["fact", "fact"]', 24, "twice"),
    ('values = ["fact", "value"]', "values = []", 24, "list of values"),
    ('required = true\n', 'type = "colour"\n', 23, "no type 'colour'"),
    ('required = true\n', 'default = "rumour"\n', 23, "is no value"),
    ('{ attribute = "kind"', '{ attribute = "sort"', 30, "no attribute 'sort'"),
    ('in = ["fact"]', 'in = ["rumour"]', 30, "no value 'rumour'"),
    ('required = true\n', 'only-if = { attribute = "check", in = ["yes"] }\n', 23, "kind → check → kind"),
    ('from = ["claim"]', 'from = ["clam"]', 36, "no label 'clam'"),
    ('to = ["claim"]', "to = []", 37, "its end 'to'"),
    ('head = "claim"', 'head = "source"', 42, "one of its roles"),
    ('label = "cue" }', 'label = "queue" }', 43, "no label 'queue'"),
    ('[[relations]]\nid = "supports"', '[[relations]]\nid = ""', 34, "needs an id"),
    ('version = 1\n', "version = 99999999999999999999\n", 3, "cannot be kept exactly"),
    ('key = "C"', 'key = "C"\nseen = 2026-11-27', 17, "must stand in quotes: '2026-11-27'"),
    ('key = "C"', 'key = "C"\nseen = [{ at = 10:30:00 }]', 17, "must stand in quotes: '10:30:00'"),
    ('key = "C"', 'key = "C"\nweight = nan', 17, "The number nan"),
    ('version = 1\n', f"version = 1\ndeep = {'[' * 30}{']' * 30}\n", 4, "nested too deeply"),
    ('name = "Cue"', 'name = ""', 15, "needs a name"),
    ('light = "#C85200"', 'light = "orange"', 17, "'orange' is not a colour"),
    ('key = "C"', 'key = "C"\ndefinition = 5', 17, "definition must be text"),
    ('key = "C"', 'key = "C"\noverlap = "often"', 17, "any, nest, none"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "words"), FAULTS)
def test_each_fault_is_told_with_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in GOOD
    with pytest.raises(UserError) as told:
        read(GOOD.replace(old, new, 1), "own.toml", RESERVED)
    assert f"own.toml:{line}: " in str(told.value)
    assert words in str(told.value)


def test_all_faults_are_told_at_once_but_not_for_ever() -> None:
    bad = GOOD.replace('key = "C"', 'key = "A"').replace('values = ["no", "yes"]', "values = []")
    with pytest.raises(UserError) as told:
        read(bad, "own.toml", RESERVED)
    assert len(str(told.value).split("\n")) == 2
    many = 'id = "m"\nname = "M"\nversion = 1\n' + '[[labels]]\nid = "same"\nname = "S"\n' * 100
    with pytest.raises(UserError, match=f"And {99 - MOST} problems more"):
        read(many, "m.toml", RESERVED)


def test_what_is_only_better_looked_at_refuses_nothing() -> None:
    near = GOOD.replace("#C85200", "#0073B1").replace('key = "C"', 'key = "C"\nshape = "round"')
    scheme, warnings = read(near, "own.toml", RESERVED)
    assert len(scheme.labels) == 2
    assert [words.split(": ", 1)[0] for words in warnings] == ["own.toml:18", "own.toml:17"]
    assert "can hardly be told from Claim's" in warnings[0]
    assert "'shape' means nothing" in warnings[1]


def test_lists_without_end_are_refused_in_words() -> None:
    with pytest.raises(UserError, match=r"own.toml: .*nested too deeply"):
        read(f"x = {'[' * 5_000}{']' * 5_000}", "own.toml", RESERVED)


def test_a_key_whose_capital_is_two_letters_stays_as_it_is() -> None:
    scheme, _warnings = read(GOOD.replace('key = "C"', 'key = "ß"').replace('key = "W"', 'key = "ﬁ"'), "own", RESERVED)
    assert [label.key for label in scheme.labels] == ["A", "ß"]
    assert set(meanings(scheme)) == {"A", "ß", "ﬁ"}
    # As a project keeps it and reads it again.
    assert schemes.from_data(schemes.to_data(scheme)) == scheme
    assert read(write(scheme), "own", RESERVED)[0] == scheme


def test_what_is_no_toml_is_told_with_its_line() -> None:
    with pytest.raises(UserError, match=r"own.toml: not valid TOML: .*line 2"):
        read('id = "x"\nname = \n', "own.toml", RESERVED)


@pytest.mark.parametrize("name", assets.scheme_names())
def test_a_shipped_scheme_is_good_and_comes_back_as_it_was(name: str) -> None:
    from annotator.cli.scheme import RESERVED as OURS

    scheme, warnings = read(assets.scheme_text(name), name, OURS)
    assert warnings == []
    assert read(write(scheme), name, OURS) == (scheme, [])


def test_five_hundred_labels_are_read_and_written() -> None:
    tables = "".join(f'[[labels]]\nid = "l{number}"\nname = "Label {number}"\n' for number in range(500))
    scheme, _warnings = read(f'id = "m"\nname = "M"\nversion = 1\n{tables}', "m.toml", RESERVED)
    assert len(scheme.labels) == 500
    assert read(write(scheme), "m.toml", RESERVED)[0] == scheme


@settings(max_examples=60)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 40), st.text(max_size=6))
def test_a_file_that_is_cut_and_scribbled_on_is_read_or_refused_in_words(start: int, size: int, text: str) -> None:
    told = ""
    try:
        scheme, _warnings = read(GOOD[:start] + text + GOOD[start + size :], "own.toml", RESERVED)
    except UserError as error:
        told = str(error)
    if told:
        assert told.startswith("own.toml")
    else:
        assert read(write(scheme), "own.toml", RESERVED)[0] == scheme


WRONG = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 3), st.just(10**30), st.floats(), st.text(max_size=3),
    st.sampled_from(("claim", "kind", "x" * 2_000)), st.lists(st.integers(), max_size=1), st.just([[]]), st.just([{}]),
    st.dictionaries(st.sampled_from(("id", "role", "label", "attribute", "in", "kind")), st.just("kind"), max_size=2),
)  # fmt: skip


def _places(data: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        found += [(data, key), *_places(value)]
    return found


@settings(max_examples=300)
@given(st.data())
def test_values_of_a_wrong_type_anywhere_are_told_and_nothing_falls_over(data: st.DataObject) -> None:
    scheme = tomllib.loads(GOOD + '\n[[rules]]\nlabels = ["claim"]\nrule = "Short."\n')
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(_places(scheme)))
        holder[key] = copy.deepcopy(data.draw(WRONG))
    found = problems(scheme, RESERVED)
    assert all(problem.words for problem in found)
    if not any(problem.fatal for problem in found):
        good = schemes.from_data(scheme)
        assert [label.id for label in good.labels] == [label["id"] for label in scheme.get("labels", [])]
        assert attributes.attributes(good) is not None
        assert grouping.kinds(good) is not None
