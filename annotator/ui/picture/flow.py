"""What stands below one another, cut into pages between lines, never through one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from PySide6.QtGui import QPainter


class Block(Protocol):
    """Lines that belong together; lengths in logical pixels."""

    @property
    def heights(self) -> Sequence[float]:
        """Heights of its lines."""

    @property
    def gap(self) -> float:
        """Room below it."""

    @property
    def keep(self) -> float:
        """Room that must be left below it, or it goes to the next page whole."""

    @property
    def above(self) -> Block | None:
        """What stands above it again where it begins a page, or goes on on one: heads of its columns."""

    @property
    def done(self) -> int:
        """How far into the article's text (code points) it goes."""

    def draw(self, painter: QPainter, left: float, top: float, first: int, last: int) -> None:
        """Draw lines from `first` to before `last`; `left` and `top` are where the column and the first one begin."""


class Slice(NamedTuple):
    """Lines of a block on a page; `top` from the page's first line."""

    block: Block
    first: int
    last: int
    top: float

    @property
    def bottom(self) -> float:
        """Where its last line ends."""
        return self.top + sum(self.block.heights[self.first : self.last])

    def draw(self, painter: QPainter, left: float, down: float) -> None:
        """Draw it, `down` lower than it stands on its page."""
        self.block.draw(painter, left, self.top + down, self.first, self.last)

    def between(self, top: float, bottom: float) -> Slice | None:
        """Return what of it reaches between two heights of the page, None for nothing."""
        first, y = self.first, self.top
        heights = self.block.heights
        while first < self.last and y + heights[first] <= top:
            y += heights[first]
            first += 1
        last, end = first, y
        while last < self.last and end < bottom:
            end += heights[last]
            last += 1
        return Slice(self.block, first, last, y) if last > first else None


Sheet = list[Slice]
"""A page."""


def sheets(blocks: Iterable[Block], room: float) -> Iterator[Sheet]:
    """Yield pages of `room` height. A line that is higher than that has a page of its own."""
    sheet: Sheet = []
    y = 0.0
    for block in blocks:
        heights, first = block.heights, 0
        if sheet and block.keep and y + sum(heights) + block.gap + block.keep > room:
            yield sheet
            sheet, y = _begun(block, first, room)
        while first < len(heights):
            last, end = first, y
            while last < len(heights) and (end + heights[last] <= room or (last == first and not sheet)):
                end += heights[last]
                last += 1
            if last > first:
                sheet.append(Slice(block, first, last, y))
                first, y = last, end
            if first < len(heights):
                yield sheet
                sheet, y = _begun(block, first, room)
        y += block.gap
    if sheet:
        yield sheet


def _begun(block: Block, first: int, room: float) -> tuple[Sheet, float]:
    """Return a page that goes on with a line of a block, and how far it is full."""
    above = block.above
    if above is None:
        return [], 0.0
    high = sum(above.heights) + above.gap
    if high + block.heights[first] > room:
        return [], 0.0
    return [Slice(above, 0, len(above.heights), 0.0)], high
