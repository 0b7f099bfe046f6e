"""A matrix of figures: who agrees with whom, and which labels are taken for which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent

from annotator.domain.colours import contrast, mixed
from annotator.domain.text import isolated
from annotator.i18n import _, n_
from annotator.report import geometry
from annotator.report.geometry import Box, Matrix
from annotator.report.sheet import Confused, Sheet
from annotator.ui.agreement.chart import Chart, spans_told
from annotator.ui.look import Look

ACCENT, WRONG, EMPTY, SAME = "accent", "wrong", "empty", "same"
_LEAST_WIDE, _HIGH, _MOST_HIGH, _ABOVE, _NAMES = 40, 26, 34, 24, 0.36
_UPRIGHT = 0.4
"""How much of the height names of columns may take that stand upright, since they are wider than their columns."""

_ON_DARK = 0.56


class Cell(NamedTuple):
    """What stands in a cell, with a colour of such depth (0 to 1); `said` in words, where one may go."""

    words: str
    colour: str = EMPTY
    depth: float = 0.0
    said: str = ""


class Grid(Chart):
    """Shows cells under names; both names stay where they are when the rest is scrolled."""

    def __init__(self, name: str, look: Look) -> None:
        super().__init__(name, look)
        self.names: Sequence[str] = ()
        self._cells: Mapping[tuple[int, int], Cell] = {}
        self._matrix = Matrix(0, 0, 0, 0, 1, 1)
        self._upright = False

    def show_cells(self, names: Sequence[str], cells: Mapping[tuple[int, int], Cell]) -> None:
        """Show these cells; names are those of rows and columns."""
        self.names, self._cells = names, cells
        self._fit()
        self.settle()

    def cell(self, row: int, column: int) -> Cell | None:
        """Return what stands in a cell."""
        return self._cells.get((row, column))

    def _fit(self) -> None:
        metrics, view, px = QFontMetrics(self.look.sans(12)), self.viewport().size(), self.look.px
        longest = max((metrics.horizontalAdvance(name) for name in self.names), default=0) + px(12)
        left, many = min(longest, view.width() * _NAMES), max(len(self.names), 1)
        wide = max((view.width() - left) / many, px(_LEAST_WIDE))
        self._upright = longest - px(12) > wide - px(6)
        top = max(px(_ABOVE), min(longest, round(view.height() * _UPRIGHT))) if self._upright else px(_ABOVE)
        high = min(view.height(), top + many * px(_MOST_HIGH))
        self._matrix = geometry.fitted(
            many, many, left, top, view.width(), high, (px(_LEAST_WIDE), px(_HIGH))
        )  # fmt: skip

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def cells(self) -> list[tuple[int, int]]:
        """Return those that say something."""
        return [place for place, cell in self._cells.items() if cell.said]

    def box(self, row: int, column: int) -> Box:
        """Return where a cell stands."""
        return self._matrix.cell(row, column)

    def said(self, row: int, column: int) -> str:
        """Return what a cell says."""
        return self._cells[row, column].said

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the cell at a point of the viewport."""
        if x < self._matrix.left or y < self._matrix.top:
            return None
        dx, dy = self.offset()
        place = self._matrix.at(x + dx, y + dy)
        return place if place is not None and place in self._cells and self._cells[place].said else None

    def whole(self) -> tuple[float, float]:
        """Return width and height of all cells."""
        return self._matrix.width - self._matrix.left, self._matrix.height - self._matrix.top

    def frozen(self) -> tuple[float, float, float]:
        """Return the room of the names."""
        return self._matrix.left, self._matrix.top, 0

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            dx, dy = self.offset()
            view, matrix = self.viewport().size(), self._matrix
            painter.setClipRect(QRectF(matrix.left - 2, matrix.top - 2, view.width(), view.height()))
            painter.translate(-dx, -dy)
            for (row, column), cell in self._cells.items():
                box = matrix.cell(row, column)
                if box.right > dx and box.x < dx + view.width() and box.bottom > dy and box.y < dy + view.height():
                    self._paint_cell(painter, box, cell)
            if self.hasFocus() and self.current in self._cells:
                box = matrix.cell(*self.current)
                self.ring(painter, Box(box.x + 1, box.y + 1, box.width - 2, box.height - 2))
            painter.resetTransform()
            painter.setClipping(False)
            self._paint_names(painter, dx, dy)

    def _paint_cell(self, painter: QPainter, box: Box, cell: Cell) -> None:
        theme, rect = self.look.theme, QRectF(box.x, box.y, box.width, box.height)
        ink = theme.text
        if cell.colour in (ACCENT, WRONG):
            # Light colours of a dark theme are laid on less: white words must stay readable on them.
            share = cell.depth * (_ON_DARK if theme.dark else 1.0)
            back = mixed(theme.page, theme.accent if cell.colour == ACCENT else theme.error, share)
            ink = max(("#1A1A1A", "#FFFFFF"), key=lambda colour: contrast(back, colour))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(back))
            painter.drawRoundedRect(rect, 4, 4)
        elif cell.colour == SAME:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.sunken))
            painter.drawRoundedRect(rect, 4, 4)
        elif cell.said:
            painter.setPen(QColor(theme.line2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        strong = cell.colour in (ACCENT, WRONG)
        font = self.look.sans(12, QFont.Weight.DemiBold) if strong else self.look.sans(11)
        painter.setFont(font)
        painter.setPen(QColor(ink if strong else theme.text2))
        flags = Qt.AlignmentFlag.AlignCenter
        words = cell.words
        if QFontMetrics(font).horizontalAdvance(words) > box.width - 4 and not strong:
            small = QFont(font)
            small.setPixelSize(max(8, round(font.pixelSize() * 0.82)))
            painter.setFont(small)
            painter.drawText(rect.adjusted(2, 0, -2, 0), flags | Qt.TextFlag.TextWordWrap, words)
        else:
            painter.drawText(rect, flags, words)

    def _paint_names(self, painter: QPainter, dx: int, dy: int) -> None:
        theme, matrix, font = self.look.theme, self._matrix, self.look.sans(12)
        metrics, view = QFontMetrics(font), self.viewport().size()
        painter.setFont(font)
        painter.setPen(QColor(theme.text2))
        for number, name in enumerate(self.names):
            box = matrix.cell(number, number)
            if matrix.left - box.width < box.x - dx < view.width():
                painter.setClipRect(QRectF(matrix.left, 0, view.width(), matrix.top))
                self._paint_head(painter, name, box.x - dx, box.width)
            if matrix.top - box.height < box.y - dy < view.height():
                painter.setClipRect(QRectF(0, matrix.top, matrix.left, view.height()))
                said = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, int(matrix.left) - 10)
                place = QRectF(0, box.y - dy, matrix.left - 10, box.height)
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said)

    def _paint_head(self, painter: QPainter, name: str, x: float, wide: float) -> None:
        """Paint the name of a column, upright where columns are narrow."""
        metrics, top = painter.fontMetrics(), self._matrix.top
        room = int(top) - 8 if self._upright else int(wide) - 4
        said = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        if not self._upright:
            painter.drawText(QRectF(x, 0, wide, top), Qt.AlignmentFlag.AlignCenter, said)
            return
        painter.save()
        painter.translate(x, top - 4)
        painter.rotate(-90)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, 0, top, wide), flags, said)
        painter.restore()


def pair_cells(sheet: Sheet) -> dict[tuple[int, int], Cell]:
    """Return the cells of who agrees with whom; each pair stands once, above the diagonal."""
    found = {(number, number): Cell("", SAME) for number in range(len(sheet.names))}
    for pair in sheet.pairs:
        figure, between = pair.figure, pair.figure.between()
        names = f"{isolated(sheet.names[pair.first])} – {isolated(sheet.names[pair.second])}"
        said = f"{names}: {figure.told(3)}"
        if between:
            said += _(", 95 % between {low} and {high}").format(
                low=f"{figure.low or 0.0:.2f}", high=f"{figure.high or 0.0:.2f}"
            )
        if pair.spans:
            said = f"{said}; {spans_told(pair.spans)}"
        colour = EMPTY if figure.value is None else ACCENT
        found[pair.first, pair.second] = Cell(figure.told(), colour, geometry.depth(figure), said)
    return dict(sorted(found.items()))


def confused_cells(confused: Confused) -> dict[tuple[int, int], Cell]:
    """Return the cells of which labels are taken for which, in percent of the row."""
    found, last = {}, len(confused.ids) - 1
    for row, name in enumerate(confused.names):
        for column, other in enumerate(confused.names):
            percent, count = confused.percent(row, column), confused.counts[row][column]
            if not count:
                found[row, column] = Cell("", SAME) if row == column == last else Cell("·")
                continue
            words = n_(
                "{row} / {column}: {percent} % of the row, {count:,} time",
                "{row} / {column}: {percent} % of the row, {count:,} times",
                count,
            )
            said = words.format(row=isolated(name), column=isolated(other), percent=percent, count=count)
            colour = ACCENT if row == column else WRONG
            found[row, column] = Cell(percent, colour, geometry.share_depth(confused.weight(row, column)), said)
    return found
