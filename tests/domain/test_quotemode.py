from __future__ import annotations

import pytest

from annotator.domain.quotemode import mode

CASES = [
    ("direct", "[“We were never asked,”] said the ferryman."),
    ("indirect", "The ferryman said that [nobody had asked them]."),
    ("mixed", "The ferryman said [nobody had asked “people like us”]."),
    ("direct", "[“Wait,”] she said, [“until the water is down.”]"),
    ("mixed", "[“Wait,”] she said, [until the water is down]."),
    ("direct", "“[We were never asked]”, said the ferryman."),
    ("mixed", "[„Nie“ und wieder „nie“], sagte er."),
    ("direct", "[« Jamais »], dit-elle."),
    ("direct", "He said: [“First paragraph.\n“Second paragraph.”]"),
    ("indirect", "[—]"),
]


@pytest.mark.parametrize(("wanted", "marked"), CASES)
def test_by_the_marks(wanted: str, marked: str) -> None:
    text, fragments, start = "", [], 0
    for sign in marked:
        if sign == "[":
            start = len(text)
        elif sign == "]":
            fragments.append((start, len(text)))
        else:
            text += sign
    assert mode(text, tuple(fragments)) == wanted
