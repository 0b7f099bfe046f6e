"""Where charts stand: every point belongs to the cell that is there, no bar leaves its scale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.report.geometry import Box, Scale, bars, depth, fitted, share_depth
from annotator.report.sheet import Estimate, Line

SHARES = st.floats(0, 1)
FIGURES = st.one_of(
    st.builds(lambda a, b, c: Estimate(*sorted((a, b, c))[1:2], min(a, b, c), max(a, b, c)), SHARES, SHARES, SHARES),
    st.just(Estimate(None, why="no spans")),
)
SIZES = st.integers(1, 40)


@given(rows=SIZES, columns=SIZES, left=st.floats(0, 200), width=st.floats(210, 2000), height=st.floats(30, 2000))
def test_a_point_in_a_cell_is_found_as_that_cell(
    rows: int, columns: int, left: float, width: float, height: float
) -> None:
    matrix = fitted(rows, columns, left, 24, width, height, (40, 26))
    assert matrix.cell_width >= 40
    assert matrix.cell_height >= 26
    assert matrix.width >= width - 0.01
    for row, column in {(0, 0), (rows - 1, columns - 1), (rows // 2, columns // 2)}:
        box = matrix.cell(row, column)
        assert matrix.at(box.x + box.width / 2, box.middle) == (row, column)
        assert box.right <= matrix.width
        assert box.bottom <= matrix.height
    assert matrix.at(left - 1, 30) is None
    assert matrix.at(matrix.width + 1, 30) is None
    assert matrix.at(left + 1, matrix.height + 1) is None


@given(figures=st.lists(FIGURES, max_size=8), wide=st.floats(40, 900))
def test_bars_stay_on_their_scale_and_below_one_another(figures: list[Estimate], wide: float) -> None:
    scale = Scale(100, wide)
    lines = [Line(str(n), f"line {n}", figure, figures[-1 - n], n) for n, figure in enumerate(figures)]
    found = bars(lines, scale, 16, 32)
    assert len(found) == len(lines)
    for number, (line, bar) in enumerate(zip(lines, found, strict=True)):
        assert (bar.bar is None) == (line.figure.value is None) == (bar.whisker is None)
        assert (bar.dot is None) == (line.other.value is None)
        assert bar.row.y == 16 + 32 * number
        places = [*(bar.whisker or ()), *([bar.dot] if bar.dot is not None else [])]
        assert all(100 <= place <= 100 + wide + 1e-6 for place in places)
        if bar.bar is not None and bar.whisker is not None:
            assert bar.row.y < bar.bar.y < bar.bar.bottom < bar.row.bottom
            assert bar.whisker[0] - 1e-6 <= bar.bar.right <= bar.whisker[1] + 1e-6


def test_a_figure_outside_stands_at_the_end() -> None:
    assert Scale(10, 100).at(1.2) == 110
    assert Scale(10, 100).at(-0.1) == 10


@pytest.mark.parametrize("of", [lambda it: depth(Estimate(it / 100)), lambda it: share_depth((it + 1) / 101)])
def test_more_is_never_paler(of: object) -> None:
    assert callable(of)
    depths = [of(it) for it in range(101)]
    assert depths == sorted(depths)
    assert 0 < depths[0] < depths[-1] <= 1


def test_what_has_no_figure_has_no_colour() -> None:
    assert depth(Estimate(None)) == share_depth(0) == 0


def test_a_small_share_is_seen() -> None:
    assert min(share_depth(0.001), depth(Estimate(0.0))) > 0.05


def test_edges_of_boxes_belong_to_one() -> None:
    left, right = Box(0, 0, 10, 10), Box(10, 0, 10, 10)
    assert left.holds(0, 0)
    assert not left.holds(10, 0)
    assert right.holds(10, 9.9)
    assert not right.holds(10, 10)
