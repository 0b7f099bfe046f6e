"""The page of a label: everything the scheme says of it, and labels found by a word of their pages."""

from __future__ import annotations

import pytest

from annotator import assets
from annotator.domain.guideline import Key, Rule, found, guideline
from annotator.domain.scheme import Label, Scheme, parse

NEWS = parse(assets.scheme_text(), "news-sourcing.toml")
BARE = Scheme("s", "S", 1, (Label("one", "One", "", "#111111", "#EEEEEE"),))
FULL = """
id = "s"
name = "S"
version = 1
[[labels]]
id = "claim"
name = "Claim"
key = "a"
use-when = " Somebody could dispute it. "
avoid-when = "It is a question."
good = ["Rents doubled.", " ", 3, "Rents fell."]
bad = "Where to?"
sets = { kind = "fact", odd = 1 }
keys = [{ key = "x", sets = { kind = "policy" } }, { sets = {} }, 5]
[[labels]]
id = "quote"
name = "Quôte"
[[attributes]]
id = "kind"
name = "Kind"
labels = ["claim"]
values = [{ id = "fact", name = "Fact", definition = "It can be checked in a ledger." }, "policy"]
[[relations]]
id = "states"
name = "states"
from = ["quote"]
to = ["claim"]
[[relations]]
id = "same"
name = "same"
from = ["claim"]
to = ["claim"]
symmetric = true
[[groups]]
id = "g"
name = "Attribution"
head = "quote"
roles = [{ role = "quote", label = "quote" }, { role = "what", label = "claim" }]
[[rules]]
labels = ["claim", "quote"]
rule = "Headlines count."
good = "yes"
[[rules]]
labels = ["quote"]
rule = "Not of claims."
[[rules]]
rule = "Of nothing."
"""


def label(scheme: Scheme, id: str) -> Label:
    known = scheme.label(id)
    assert known is not None
    return known


def test_everything_a_scheme_says_of_a_label() -> None:
    scheme = parse(FULL, "s.toml")
    page = guideline(scheme, label(scheme, "claim"))
    assert (page.use_when, page.avoid_when) == ("Somebody could dispute it.", "It is a question.")
    assert (page.good, page.bad) == (("Rents doubled.", "Rents fell."), ("Where to?",))
    assert page.keys == (Key("A", (("Kind", "Fact"), ("odd", "1"))), Key("X", (("Kind", "policy"),)))
    assert [attribute.id for attribute in page.attributes] == ["kind"]
    assert [(part.kind.name, part.role.id, part.heads) for part in page.parts] == [("Attribution", "what", False)]
    assert [(tie.relation.id, tie.outward) for tie in page.ties] == [("states", False), ("same", True)]
    assert page.rules == (Rule("Headlines count.", "yes", ""),)
    assert not page.is_bare


def test_a_label_of_which_nothing_is_said() -> None:
    page = guideline(BARE, BARE.labels[0])
    assert page.is_bare
    assert (page.keys, page.attributes, page.parts, page.ties, page.rules) == ((), (), (), (), ())


@pytest.mark.parametrize("id", [label.id for label in NEWS.labels])
def test_each_label_of_the_default_scheme_has_its_page(id: str) -> None:
    page = guideline(NEWS, label(NEWS, id))
    assert page.definition
    assert page.good
    assert page.bad
    assert page.rules or id == "evidence"


def test_labels_are_found_by_what_their_pages_say() -> None:
    scheme = parse(FULL, "s.toml")

    def names(typed: str) -> list[str]:
        return [one.id for one in found(scheme, typed)]

    assert names("") == names(" … ") == ["claim", "quote"]
    assert names("quo") == ["quote"]  # by its name, without the accent
    assert names("ledger") == ["claim"]  # the definition of a value
    assert names("headlines count") == ["claim", "quote"]
    assert names("attribution quot") == ["quote"]
    assert names("laim") == []
    assert [one.id for one in found(NEWS, "pronoun")] == ["source"]


def test_those_named_so_come_first() -> None:
    assert found(NEWS, "claim")[0].id == "claim"
    assert len(found(NEWS, "claim")) > 1
