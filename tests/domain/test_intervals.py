"""The index of spans, the lanes and the heights against their plain definitions."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.heights import Heights
from annotator.domain.intervals import SpanIndex, lanes, untouched
from annotator.domain.span import Span

HULLS = st.lists(
    st.tuples(st.integers(0, 5_000) | st.integers(0, 4_000_000), st.integers(1, 900) | st.integers(1, 2_000_000)),
    max_size=30,
)


def make(hulls: list[tuple[int, int]]) -> list[Span]:
    return [Span(f"{n}", "a", "l", "p", "quote", ((start, start + size),)) for n, (start, size) in enumerate(hulls)]


@given(HULLS, st.integers(0, 5_000), st.integers(1, 3_000), st.sets(st.integers(0, 29)))
def test_a_query_finds_what_touches_and_nothing_removed(
    hulls: list[tuple[int, int]], start: int, size: int, removed: set[int]
) -> None:
    spans = make(hulls)
    index = SpanIndex(spans)
    gone = [span for number, span in enumerate(spans) if number in removed]
    for span in gone:
        index.remove(span)
    left = [span for span in spans if span not in gone]
    assert len(index) == len(left)
    expected = {span.id for span in left if span.start < start + size and span.end > start}
    assert {span.id for span in index.query(start, start + size)} == expected
    assert len(index.query(start, start + size)) == len(expected)


def test_removing_what_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        SpanIndex().remove(make([(3, 4)])[0])


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=20))
def test_lanes_never_overlap_and_are_as_few_as_the_depth(hulls: list[tuple[int, int]]) -> None:
    named = [(start, start + size, str(number)) for number, (start, size) in enumerate(hulls)]
    lane, count = lanes(named)
    for one in named:
        for other in named:
            if one < other and lane[one[2]] == lane[other[2]]:
                assert one[1] <= other[0] or other[1] <= one[0]
    depth = max((sum(a <= place < b for a, b, _ in named) for place in range(90)), default=0)
    assert count == depth


@given(st.lists(st.integers(1, 50), min_size=1, max_size=40), st.data())
def test_heights_are_prefix_sums(values: list[int], data: st.DataObject) -> None:
    heights = Heights(values)
    index = data.draw(st.integers(0, len(values) - 1))
    height = data.draw(st.integers(1, 90))
    assert heights.set(index, height) == height - values[index]
    values[index] = height
    tops = [0, *accumulate(values)]
    assert heights.total == tops[-1]
    assert [heights.above(number) for number in range(len(tops))] == tops
    y = data.draw(st.integers(0, tops[-1] + 5))
    expected = max(number for number in range(len(values)) if tops[number] <= y)
    assert heights.at(y) == (expected, tops[expected])


def test_no_paragraphs_have_no_place() -> None:
    with pytest.raises(IndexError):
        Heights([]).at(0)


@given(HULLS, HULLS)
def test_untouched_places_share_nothing_with_a_fragment(
    hulls: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    spans = [
        span._replace(fragments=((span.start, span.start + 1), (span.end + 1, span.end + 3))) for span in make(others)
    ]
    places = [(start, start + size) for start, size in hulls]
    taken = [fragment for span in spans for fragment in span.fragments]
    expected = [place for place in places if not any(a < place[1] and place[0] < b for a, b in taken)]
    assert untouched(places, spans) == expected
