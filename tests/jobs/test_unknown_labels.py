"""Labels that the scheme does not know are named in one whole sentence, whatever their number."""

from __future__ import annotations

from collections import Counter

import pytest

from annotator.jobs.importing import Report


@pytest.mark.parametrize(
    ("unknown", "said"),
    [
        ({}, ""),
        ({"person": 2}, 'This label is not in the scheme; its spans are kept: "person" (2).'),
        ({"b": 1_200, "a": 3}, 'These 2 labels are not in the scheme; their spans are kept: "b" (1,200), "a" (3).'),
        (
            {name: 9 - n for n, name in enumerate("abcdefg")},
            'These 7 labels are not in the scheme; their spans are kept: "a" (9), "b" (8), "c" (7), "d" (6), "e" (5) '
            "and 2 more.",
        ),
    ],
)
def test_one_two_and_more_than_are_named(unknown: dict[str, int], said: str) -> None:
    assert Report(unknown=Counter(unknown)).unknown_words() == said
