"""The ring round what is to be decided on: round the words and the bars beside them, whoever's spans they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.ui.text.context import PaintContext
from annotator.ui.text.layouts import Line, ParagraphLayout
from annotator.ui.text.typography import LANE_STEP, THIN_BAR, THIN_STEP, bar_top

_OUT, _BESIDE = 2.0, 1.0


def draw(
    painter: QPainter, seen: Sequence[tuple[ParagraphLayout, list[tuple[float, Line]]]], context: PaintContext
) -> None:
    """Draw each frame of the context: lines above and below its words, closed where they begin and end."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for layout, lines in seen:
        for start, end in context.frames:
            if start < layout.end and end > layout.start:
                _draw_one(painter, layout, lines, (start, end), context)
    painter.restore()


def _draw_one(
    painter: QPainter,
    layout: ParagraphLayout,
    lines: list[tuple[float, Line]],
    frame: tuple[int, int],
    context: PaintContext,
) -> None:
    to16, accent = layout.offsets.from_code_point, QColor(context.looks.theme.accent)
    first = to16(max(frame[0], layout.start) - layout.start)
    last = to16(min(frame[1], layout.end) - layout.start)
    for y, line in lines:
        start, end = max(first, line.start), min(last, line.ink_end)
        if start >= end:
            continue
        runs = layout.runs(line, start, end)
        left, right = min(x for x, _ in runs), max(x for _, x in runs)
        top, bottom = _bounds(layout, line, left, right, context)
        ring = QRectF(context.left + left - _BESIDE, y + top, right - left + 2 * _BESIDE, bottom - top)
        painter.setPen(QPen(accent, 2))
        painter.drawLine(ring.topLeft(), ring.topRight())
        painter.drawLine(ring.bottomLeft(), ring.bottomRight())
        painter.setPen(QPen(accent, 1.5))
        opens = frame[0] >= layout.start and first >= line.start
        closes = frame[1] <= layout.end and last <= line.end
        if layout.right_to_left:
            opens, closes = closes, opens
        if opens:
            painter.drawLine(ring.topLeft(), ring.bottomLeft())
        if closes:
            painter.drawLine(ring.topRight(), ring.bottomRight())


def _bounds(
    layout: ParagraphLayout, line: Line, left: float, right: float, context: PaintContext
) -> tuple[float, float]:
    """Return top and bottom of a ring from the top of the text box: it holds the bars next to the words."""
    step, thickness = (LANE_STEP, context.looks.bar) if layout.tagged else (THIN_STEP, THIN_BAR)
    lanes = {piece.lane for piece in line.pieces if piece.left < right and piece.right > left}
    top = bar_top(-1, context.type.box, step, thickness) if -1 in lanes else 0.0
    bottom = bar_top(0, context.type.box, step, thickness) + thickness if 0 in lanes else context.type.box
    return top - _OUT, bottom + 1
