"""Where the parts of a chart stand, in pixels: bars with intervals on a scale from 0 to 1, the cells of a matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from annotator.report.sheet import Estimate, Line

TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_THICK, _FLOOR, _WORST, _STEEP, _MOST = 0.55, 0.08, 0.5, 1.7, 0.92


class Box(NamedTuple):
    """A rectangle by its left upper corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half its height down."""
        return self.y + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it; right and lower edges are the next one's."""
        return self.x <= x < self.right and self.y <= y < self.bottom


class Scale(NamedTuple):
    """A scale from 0 at `left` to 1, `width` further right."""

    left: float
    width: float

    def at(self, value: float) -> float:
        """Return where a figure stands; what lies outside stands at the end."""
        return self.left + self.width * min(max(value, 0.0), 1.0)


class Bar(NamedTuple):
    """A bar (None without a figure), its interval's ends and the dot of the other way of counting, all by place."""

    row: Box
    bar: Box | None
    whisker: tuple[float, float] | None
    dot: float | None


def bars(lines: Sequence[Line], scale: Scale, top: float, height: float) -> list[Bar]:
    """Return a bar for each line, one below the other, in rows of so many pixels."""
    found = []
    for number, line in enumerate(lines):
        row = Box(0, top + number * height, scale.left + scale.width, height)
        thick = height * _THICK
        value, low, high = line.figure.value, line.figure.low, line.figure.high
        bar = None
        if value is not None:
            bar = Box(scale.left, row.middle - thick / 2, scale.at(value) - scale.left, thick)
        whisker = (
            (scale.at(low), scale.at(high)) if value is not None and low is not None and high is not None else None
        )
        found.append(Bar(row, bar, whisker, None if line.other.value is None else scale.at(line.other.value)))
    return found


class Matrix(NamedTuple):
    """So many rows and columns of cells with a gap between them, names above and to the left."""

    rows: int
    columns: int
    left: float
    top: float
    cell_width: float
    cell_height: float
    gap: float = 2

    @property
    def width(self) -> float:
        """All of it, the names too."""
        return self.left + self.columns * self.cell_width

    @property
    def height(self) -> float:
        """All of it, the names too."""
        return self.top + self.rows * self.cell_height

    def cell(self, row: int, column: int) -> Box:
        """Return where a cell stands."""
        return Box(
            self.left + column * self.cell_width,
            self.top + row * self.cell_height,
            self.cell_width - self.gap,
            self.cell_height - self.gap,
        )

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return row and column of the cell at a point, None outside; a gap belongs to the cell before it."""
        column, row = int((x - self.left) // self.cell_width), int((y - self.top) // self.cell_height)
        return (row, column) if 0 <= row < self.rows and 0 <= column < self.columns else None


def fitted(
    rows: int, columns: int, left: float, top: float, width: float, height: float, least: tuple[float, float]
) -> Matrix:
    """Return a matrix that fills this room, or more where its cells would be smaller than `least` (width, height)."""
    wide = max((width - left) / max(columns, 1), least[0])
    high = max((height - top) / max(rows, 1), least[1])
    return Matrix(rows, columns, left, top, wide, high)


def depth(figure: Estimate) -> float:
    """Return how strong a figure's colour is, 0 to 1: the better, the stronger; up to one half all are as pale."""
    if figure.value is None:
        return 0.0
    return min(_MOST, _FLOOR + max(0.0, figure.value - _WORST) * _STEEP)


def share_depth(share: float) -> float:
    """Return how strong the colour of a share (0 to 1) is, 0 to 1; a small one must be seen too."""
    return min(_MOST, _FLOOR + share) if share else 0.0
