"""Figures as bars on a scale from 0 to 1, with their intervals and a dot for the other way of counting."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen

from annotator.domain.text import isolated
from annotator.i18n import _
from annotator.report import geometry
from annotator.report.geometry import TICKS, Bar, Box, Scale
from annotator.report.sheet import Line
from annotator.ui.agreement.chart import Chart, spans_told
from annotator.ui.look import Look
from annotator.ui.theme import UNKNOWN_LABEL, SpanColours, span_colours

_ROW, _ABOVE, _BELOW, _COUNT, _GAP, _SWATCH, _ROOM_FOR_TICKS = 32, 16, 22, 48, 18, 20, 160

_MEASURED = 40
"""Names with the most signs, of which one is as good as the widest."""


class BarChart(Chart):
    """Shows lines; `share` is how much of the width their names may take. With `swatches` they are labels."""

    def __init__(self, name: str, share: float, swatches: bool, look: Look) -> None:
        super().__init__(name, look)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._share, self._swatches = share, swatches
        self.lines: Sequence[Line] = ()
        self._main = self._other = ""
        self._longest = -1.0
        """How wide the longest name is, in pixels; -1 until measured, which of many takes longer than a key may."""
        look.changed.connect(self._forget)

    def show_lines(self, lines: Sequence[Line], main: str, other: str) -> None:
        """Show these lines; what their figures are called, and the other way of counting."""
        if [line.name for line in lines] != [line.name for line in self.lines]:
            self._longest = -1.0
        self.lines, self._main, self._other = lines, main, other
        self.settle()

    def cells(self) -> list[tuple[int, int]]:
        """Return a cell for each line."""
        return [(number, 0) for number in range(len(self.lines))]

    def box(self, row: int, column: int) -> Box:
        """Return the whole row."""
        high = self.look.px(_ROW)
        return Box(0, self.look.px(_ABOVE) + row * high, self.viewport().width(), high)

    def said(self, row: int, column: int) -> str:
        """Return what a line says."""
        line = self.lines[row]
        said = f"{isolated(line.name)}: {self._main} {line.figure.told(3)}"
        if line.figure.between():
            low, high = line.figure.low or 0.0, line.figure.high or 0.0
            said += _(", 95 % between {low} and {high}").format(low=f"{low:.2f}", high=f"{high:.2f}")
        if line.other.value is not None:
            said += f"; {self._other} {line.other.told(3)}"
        return "; ".join(filter(None, (said, line.figure.some, spans_told(line.spans))))

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the line at a point of the viewport."""
        top, below = self.look.px(_ABOVE), self.look.px(_BELOW)
        row = int((y - top + self.offset()[1]) // self.look.px(_ROW))
        return (row, 0) if top <= y < self.viewport().height() - below and 0 <= row < len(self.lines) else None

    def whole(self) -> tuple[float, float]:
        """Return the height of all rows."""
        return 0, len(self.lines) * self.look.px(_ROW)

    def frozen(self) -> tuple[float, float, float]:
        """Return the room of "n" and of the scale."""
        return 0, self.look.px(_ABOVE), self.look.px(_BELOW)

    def _scale(self) -> Scale:
        px, wide = self.look.px, self.viewport().width()
        if self._longest < 0:
            metrics = QFontMetrics(self.look.sans(12, QFont.Weight.Medium))
            names = sorted((line.name for line in self.lines), key=len)[-_MEASURED:]
            self._longest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        swatch = px(_SWATCH) if self._swatches else 0
        left = min(self._longest + swatch, round(wide * self._share)) + px(_GAP)
        return Scale(left, max(40, wide - left - px(_COUNT) - px(_GAP)))

    def _forget(self) -> None:
        self._longest = -1.0

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.lines:
            return
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            scale, view, theme, px = self._scale(), self.viewport().size(), self.look.theme, self.look.px
            top, bottom, dy = px(_ABOVE), view.height() - px(_BELOW), self.offset()[1]
            bottom = min(bottom, top + len(self.lines) * px(_ROW))
            painter.setFont(self.look.sans(11))
            for tick in TICKS if scale.width >= px(_ROOM_FOR_TICKS) else TICKS[::2]:
                x = round(scale.at(tick)) + 0.5
                painter.setPen(QColor(theme.line))
                painter.drawLine(QLineF(x, top, x, bottom))
                painter.setPen(QColor(theme.text2))
                place = QRectF(x - 30, bottom, 60, px(_BELOW))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{tick:g}")
            end = QRectF(view.width() - px(_COUNT), 0, px(_COUNT) - 2, top)
            painter.drawText(end, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _("n"))
            painter.setClipRect(QRectF(0, top, view.width(), bottom - top))
            first = dy // px(_ROW)
            some = self.lines[first : first + view.height() // px(_ROW) + 2]
            for line, bar in zip(some, geometry.bars(some, scale, top - dy + first * px(_ROW), px(_ROW)), strict=True):
                self._paint_line(painter, line, bar, scale)
            if self.hasFocus() and self.lines:
                box = self.box(*self.current)
                self.ring(painter, Box(box.x + 1, box.y - dy + 2, box.width - 2, box.height - 4), 6)

    def _colours(self, line: Line) -> SpanColours:
        theme = self.look.theme
        if not self._swatches:
            return span_colours(theme, theme.accent, theme.accent)
        light, dark = line.light or UNKNOWN_LABEL.light, line.dark or UNKNOWN_LABEL.dark
        return span_colours(theme, light, dark)

    def _paint_line(self, painter: QPainter, line: Line, bar: Bar, scale: Scale) -> None:
        theme, px, look = self.look.theme, self.look.px, self.look
        row, left = bar.row, px(6)
        colours = self._colours(line)
        if self._swatches:
            self._paint_bar(painter, Box(left, row.middle - px(6), px(12), px(12)), colours)
            left += px(_SWATCH)
        font = look.sans(12, QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        room = QRectF(left, row.y, scale.left - left - 8, row.height)
        said = QFontMetrics(font).elidedText(
            " ".join(line.name.split()), Qt.TextElideMode.ElideMiddle, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, said)
        painter.setFont(look.sans(12))
        few = line.figure.value is None
        painter.setPen(QColor(theme.warning if few else theme.text2))
        end = QRectF(self.viewport().width() - px(_COUNT), row.y, px(_COUNT) - 8, row.height)
        painter.drawText(end, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{line.spans:,}")
        if bar.bar is None:
            painter.setPen(QColor(theme.text3))
            place = QRectF(scale.left + 6, row.y, scale.width, row.height)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line.figure.why)
        else:
            self._paint_bar(painter, bar.bar, colours)
        self._paint_marks(painter, bar)

    def _paint_bar(self, painter: QPainter, box: Box, colours: SpanColours) -> None:
        painter.fillRect(QRectF(box.x, box.y, box.width, box.height), colours.fill)
        painter.fillRect(QRectF(box.x, box.bottom - 3, box.width, 3), colours.bar)

    def _paint_marks(self, painter: QPainter, bar: Bar) -> None:
        theme, middle = self.look.theme, bar.row.middle
        painter.setPen(QPen(QColor(theme.text), 1.6))
        if bar.whisker is not None:
            whisker(painter, *bar.whisker, middle)
        if bar.dot is not None:
            dot(painter, bar.dot, middle, theme.page)


def whisker(painter: QPainter, low: float, high: float, middle: float, half: float = 6) -> None:
    """Paint an interval with the painter's pen."""
    painter.drawLine(QLineF(low, middle, high, middle))
    for end in (low, high):
        painter.drawLine(QLineF(end, middle - half, end, middle + half))


def dot(painter: QPainter, x: float, y: float, inside: str) -> None:
    """Paint the dot of the other way of counting with the painter's pen."""
    painter.setBrush(QColor(inside))
    painter.drawEllipse(QPointF(x, y), 3.5, 3.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
