"""What goes on which page: every line once, in order, none cut in two."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QPainter

from annotator.ui.picture.flow import sheets


@dataclass
class Lines:
    heights: list[float]
    gap: float = 0.0
    keep: float = 0.0
    above: Lines | None = None
    done: int = 0
    drawn: list[tuple[float, int, int]] = field(default_factory=list)

    def draw(self, painter: QPainter, left: float, top: float, first: int, last: int) -> None:
        self.drawn.append((top, first, last))


HEIGHTS = st.floats(1, 60).map(round).map(float)
BLOCKS = st.lists(st.builds(Lines, st.lists(HEIGHTS, max_size=8), HEIGHTS, st.sampled_from([0.0, 40.0])), max_size=8)


@given(BLOCKS, st.integers(30, 120).map(float))
def test_every_line_stands_on_one_page_whole(blocks: list[Lines], room: float) -> None:
    seen = []
    for sheet in sheets(blocks, room):
        assert sheet
        bottom = 0.0
        for slice in sheet:
            assert slice.top >= bottom
            bottom = slice.bottom
            seen += [(id(slice.block), number) for number in range(slice.first, slice.last)]
        alone = len(sheet) == 1 and sheet[0].last - sheet[0].first == 1
        assert bottom <= room or alone
    assert seen == [(id(block), number) for block in blocks for number in range(len(block.heights))]


def test_what_must_not_stand_alone_goes_with_what_follows() -> None:
    head, body = Lines([20.0], keep=30.0), Lines([20.0] * 3)
    pages = list(sheets([Lines([60.0]), head, body], 100.0))
    assert [[slice.block for slice in sheet] for sheet in pages] == [[pages[0][0].block], [head, body]]


def test_a_row_is_on_one_page_and_the_heads_of_its_columns_stand_above_it_again() -> None:
    head = Lines([10.0])
    rows = [Lines([20.0] * 3, keep=1.0, above=head) for _ in range(3)]
    pages = list(sheets([head, *rows], 100.0))
    assert [[id(slice.block) for slice in sheet] for sheet in pages] == [[id(head), id(row)] for row in rows]
    assert [slice.top for slice in pages[1]] == [0.0, 10.0]


def test_a_row_that_is_higher_than_a_page_goes_on_below_its_heads() -> None:
    head = Lines([10.0])
    row = Lines([20.0] * 9, keep=1.0, above=head)
    pages = list(sheets([head, row], 100.0))
    found = [[(slice.first, slice.last) for slice in sheet if slice.block is row] for sheet in pages]
    assert found == [[], [(0, 4)], [(4, 8)], [(8, 9)]]
    assert all(sheet[0].block is head for sheet in pages)
    high = Lines([90.0])
    row.above = high
    assert sum(len(sheet) for sheet in sheets([row], 100.0)) == 2, "heads that leave no room are not repeated"


@given(st.lists(HEIGHTS, min_size=1, max_size=9), st.integers(0, 200), st.integers(1, 200))
def test_a_strip_gets_the_lines_that_reach_into_it(heights: list[float], top: int, height: int) -> None:
    ((slice,),) = sheets([Lines(heights)], sum(heights))
    part = slice.between(top, top + height)
    ends = [sum(heights[: number + 1]) for number in range(len(heights))]
    wanted = [
        number for number, end in enumerate(ends) if end > top and end - heights[number] < top + height
    ]  # fmt: skip
    assert ([*range(part.first, part.last)] if part else []) == wanted
    if part:
        assert part.top == ends[part.first] - heights[part.first]
