"""Labels by a few letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.choosing import fitting
from annotator.domain.scheme import Label

NAMES = ("Évidence", "Claim", "Counter-claim", "Lead (claim)", "Place name", "??", "Łódź")
LABELS = [Label(name, name, "", "#000000", "#FFFFFF") for name in NAMES]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", [*NAMES]),
        ("  ", [*NAMES]),
        ("evi", ["Évidence"]),
        ("CLA", ["Claim", "Counter-claim", "Lead (claim)"]),
        ("l", ["Lead (claim)", "Łódź", "Claim", "Counter-claim", "Place name"]),
        ("lodz", ["Łódź"]),
        ("claim lead", ["Lead (claim)"]),
        ("?", ["??"]),
        ("zz", []),
    ],
)
def test_beginnings_come_first(typed: str, names: list[str]) -> None:
    assert [label.name for label in fitting(LABELS, typed)] == names


@given(st.lists(st.text(max_size=8), max_size=8), st.data())
def test_whoever_types_a_part_of_a_name_finds_it(names: list[str], data: st.DataObject) -> None:
    labels = [Label(str(number), name, "", "#000000", "#FFFFFF") for number, name in enumerate(names)]
    found = fitting(labels, "")
    assert found == labels
    for label in labels:
        assert label in fitting(labels, label.name)
        assert label in fitting(labels, label.name.upper())
