"""Fragments are sorted, not empty, not touching, and hold the same characters as what was given."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import BadSpan
from annotator.domain.span import Fragments, Span, differing, joined

PIECES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda p: (p[0], p[0] + p[1])), min_size=1)


@given(PIECES)
def test_joined_fragments_cover_the_same_characters(pieces: list[tuple[int, int]]) -> None:
    fragments = joined(pieces)
    covered = {position for start, end in fragments for position in range(start, end)}
    assert covered == {position for start, end in pieces for position in range(start, end)}
    assert all(end < start for (_, end), (start, _) in itertools.pairwise(fragments))
    assert joined(reversed(fragments)) == fragments


@pytest.mark.parametrize("pieces", [[], [(3, 3)], [(5, 2)], [(-1, 4)], [(0, 2), (9, 8)]])
def test_what_is_no_fragment_is_refused(pieces: list[tuple[int, int]]) -> None:
    with pytest.raises(BadSpan):
        joined(pieces)


def test_the_hull_and_what_it_covers() -> None:
    span = Span("i", "a", "l", "me", "quote", ((3, 6), (10, 12)))
    assert (span.start, span.end) == (3, 12)
    assert [position for position in range(14) if span.covers(position)] == [3, 4, 5, 6, 10, 11, 12]


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ((), ((0, 4), (9, 12)), (0, 12)),
        (((0, 4),), ((0, 4), (9, 12)), (9, 12)),
        (((0, 4), (9, 12)), ((0, 4),), (9, 12)),
        (((0, 4), (9, 12)), ((0, 4), (9, 20)), (9, 20)),
        (((0, 4), (9, 12)), ((0, 4), (9, 12)), (0, 12)),
    ],
)
def test_where_a_span_changed(before: Fragments, after: Fragments, place: tuple[int, int]) -> None:
    assert differing(before, after) == place
