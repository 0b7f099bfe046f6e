"""Where spans stand in a strip: against marking row by row."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span import Span, joined
from annotator.domain.stripes import Stripes

PLACES = st.tuples(st.integers(0, 399), st.integers(1, 60))


def span(number: int, label: str, fragments: list[tuple[int, int]]) -> Span:
    return Span(str(number), "a", "l", "p", label, joined(fragments))


@given(
    st.integers(1, 400),
    st.integers(1, 90),
    st.integers(1, 4),
    st.lists(
        st.tuples(st.sampled_from("qs"), st.lists(st.tuples(st.integers(0, 399), st.integers(1, 60)), min_size=1))
    ),
)
def test_a_row_is_covered_where_a_fragment_stands(
    length: int, rows: int, least: int, made: list[tuple[str, list[tuple[int, int]]]]
) -> None:
    spans = []
    for number, (label, places) in enumerate(made):
        within = [(min(start, length - 1), min(min(start, length - 1) + wide, length)) for start, wide in places]
        spans.append(span(number, label, within))
    strip = Stripes(length, rows, least)
    for each in spans:
        strip.add([each])
    found = strip.stretches()
    assert strip.counts.total() == len(spans)
    assert set(found) == {each.label for each in spans}
    for label, stretches in found.items():
        drawn = {row for first, last in stretches for row in range(first, last)}
        assert drawn <= set(range(rows))
        assert all(one[1] < other[0] for one, other in pairwise(stretches))
        wanted = set()
        for each in spans:
            for start, end in each.fragments if each.label == label else ():
                first = min(int(start * (rows / length)), rows - min(least, rows))
                wanted |= {
                    row
                    for row in range(rows)
                    if first <= row < max(int(end * (rows / length)), first + min(least, rows))
                }
        assert drawn == wanted


def test_nothing_stands_in_an_empty_text_or_a_strip_without_height() -> None:
    assert Stripes(0, 10).stretches() == {}
    flat = Stripes(3, 0)
    flat.add([span(1, "q", [(0, 3)])])
    assert flat.stretches() == {"q": []}
