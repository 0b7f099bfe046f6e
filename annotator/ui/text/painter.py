"""Draws paragraphs with their spans, from a frozen context; knows no widget."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QPainter,
    QPen,
    QPixmap,
    QTextCharFormat,
    QTextLayout,
)

from annotator.domain.span import Span
from annotator.ui.text.context import PaintContext
from annotator.ui.text.layouts import Line, ParagraphLayout, Piece
from annotator.ui.text.looks import UNMADE
from annotator.ui.text.page import Shown
from annotator.ui.text.typography import LANE_STEP, LONGEST_TAG, TAG_HEIGHT, THIN_BAR, THIN_STEP, bar_top

if TYPE_CHECKING:
    from annotator.ui.text import arrows

_DOT_STEP = 5.1
_DASH, _DASH_GAP = 6.0, 3.0
_CARET_WIDTH = 2.0
_HANDLE = 4.0
_HANDLE_UP = 2.0
"""Pixels that the handle of the start stands above the ring: it hides nothing of the sign beside."""
_RING_OUT = 2.0
_SIDE_OUT = 1.0
"""As far from the words as there is room before the next sign."""
_ELIDED = 60.0
"""With less room than this the words for what is off the screen are only their number."""


def paint(painter: QPainter, shown: Iterable[Shown], context: PaintContext) -> list[tuple[QRectF, Span]]:
    """Draw paragraphs whose tops are given in pixels of the painter.

    Returns where it is written that a link leads off the screen, with the nearest span there.
    """
    paragraphs = list(shown)
    seen: list[tuple[ParagraphLayout, list[tuple[float, Line]]]] = []
    for top, layout in paragraphs:
        lines = [
            (top + line.top, line)
            for line in layout.lines
            if top + line.top - line.above < context.bottom and top + line.top + line.height > context.top
        ]
        _fills(painter, lines, context)
        _marks(painter, layout, lines, context)
        if context.focused is not None:
            _sides(painter, layout, lines, context)
        _words(painter, top, layout, lines, context)
        _bars(painter, lines, layout.tagged, context)
        seen.append((layout, lines))
    found = _links(painter, seen, context) if context.trunks else []
    if context.focused is not None:
        _rings(painter, seen, context)
    if context.frames:
        from annotator.ui.text.frames import draw  # only review draws them

        draw(painter, seen, context)
    for layout, lines in seen:
        if layout.tagged and context.tags:
            _tags(painter, lines, context)
    stubs = _stubs(painter, found, context) if found else []
    if context.caret is not None:
        _caret(painter, paragraphs, context)
    return stubs


def _links(painter: QPainter, seen: arrows.Seen, context: PaintContext) -> list[arrows.Route]:
    # Most articles have no links, and every start would wait for this.
    from annotator.ui.text import arrows

    looks = context.looks
    found = arrows.routes(seen, context.trunks, context.left, context.type.box, looks.bar, context.height)
    arrows.draw(painter, found, looks.theme.accent)
    return found


def _stubs(painter: QPainter, found: list[arrows.Route], context: PaintContext) -> list[tuple[QRectF, Span]]:
    from annotator.ui.text import arrows

    def words(spans: Sequence[Span], room: float, metrics: QFontMetricsF) -> str:
        number = f"{len(spans):,}"
        names = ", ".join(dict.fromkeys(context.looks.name(span.label) for span in spans))
        first = " ".join(context.article[spans[0].start : min(spans[0].end, spans[0].start + 40)].split())
        longest = f"{names}: {first}" if len(spans) == 1 else f"{number}: {names}"
        for text in (longest, names if len(spans) == 1 else number):
            if metrics.horizontalAdvance(text) + 6 <= room:
                return text
        return metrics.elidedText(longest, Qt.TextElideMode.ElideRight, room - 6) if room > _ELIDED else number

    theme = context.looks.theme
    return arrows.write_stubs(painter, found, context.type.tag_font, (theme.accent, theme.page), words)


def _fills(painter: QPainter, lines: list[tuple[float, Line]], context: PaintContext) -> None:
    left, box, hovered, colours = context.left, context.type.box, context.hovered, context.looks.colours
    lit, dimmed = context.lit | {hovered}, context.looks.is_dimmed
    agreed = context.looks.whose.agreed if context.looks.whose is not None else None
    forward: list[tuple[QRectF, QColor]] = []
    for y, line in lines:
        for piece in line.pieces:
            span = piece.span
            if piece.joins or span.state in UNMADE or (dimmed(span) and span.id not in lit):
                continue
            look = colours(span.label) if agreed is None or span.id not in agreed else context.looks.pale(span.label)
            where = QRectF(left + piece.left, y, piece.right - piece.left, box)
            if span.id == hovered:
                forward.append((where, look.hover_fill))
            elif piece.lane < 0:
                forward.insert(0, (where, look.fill))  # the first reading's colour stands over the others'
            else:
                painter.fillRect(where, look.hover_fill if span.id in lit else look.fill)
    # What is under the pointer is seen as a whole, whatever else stands on its words.
    for where, fill in forward:
        painter.fillRect(where, fill)


def _marks(painter: QPainter, layout: ParagraphLayout, lines: list[tuple[float, Line]], context: PaintContext) -> None:
    """Draw a frame round every place that was found: a fill would look like a span's, or the selection's."""
    first = bisect_right(context.marks, layout.start, key=lambda mark: mark[1])
    for mark in islice(context.marks, first, None):
        if mark[0] >= layout.end:
            return
        found = _within(layout, mark)
        if found is None:
            continue
        painter.setPen(QPen(QColor(context.looks.theme.warning), 1.5))
        for y, line in lines:
            start, end = max(found[0], line.start), min(found[1], line.end)
            for x1, x2 in layout.runs(line, start, end) if start < end else ():
                painter.drawRect(QRectF(context.left + x1, y + 0.75, x2 - x1, context.type.box - 1.5))


def _words(
    painter: QPainter, top: float, layout: ParagraphLayout, lines: list[tuple[float, Line]], context: PaintContext
) -> None:
    theme = context.looks.theme
    if context.paper:
        for _, line in lines:
            _line_on_paper(painter, top, layout, line, context)
        return
    formats: list[QTextLayout.FormatRange] = []
    for _, line in lines:
        for piece in line.pieces:
            if not piece.joins and piece.span.state not in UNMADE and context.looks.is_quiet(piece.span.label):
                formats += _quiet(layout, piece, theme.text2)
    selected = _within(layout, context.selection)
    if selected is not None:
        for y, line in lines:
            start, end = max(selected[0], line.start), min(selected[1], line.end)
            if start < end:
                for x1, x2 in layout.runs(line, start, end):
                    box = QRectF(context.left + x1, y, x2 - x1, context.type.box)
                    painter.fillRect(box, QColor(theme.selection))
        formats.append(_coloured(selected[0], selected[1], theme.selection_text))
    painter.setPen(QColor(theme.text))
    clip = QRectF(0, context.top, context.left * 2 + context.type.width, context.bottom - context.top)
    layout.layout.draw(painter, QPointF(context.left, top), formats, clip)


def _line_on_paper(painter: QPainter, top: float, layout: ParagraphLayout, line: Line, context: PaintContext) -> None:
    # Qt's way to draw a part of a layout also draws the line above it, which a page at which it begins must not hold.
    theme, origin = context.looks.theme, QPointF(context.left, top)
    quiet = [
        found
        for piece in line.pieces
        if not piece.joins and context.looks.is_quiet(piece.span.label)
        for fragment in piece.span.fragments
        if (found := _within(layout, fragment)) is not None
    ]
    if not quiet:
        painter.setPen(QColor(theme.text))
        line.text_line.draw(painter, origin)
        return
    edges = sorted({min(max(edge, line.start), line.end) for pair in quiet for edge in pair} | {line.start, line.end})
    for start, end in pairwise(edges):
        painter.setPen(QColor(theme.text2 if any(a <= start < b for a, b in quiet) else theme.text))
        for glyphs in line.text_line.glyphRuns(start, end - start):
            painter.drawGlyphRun(origin, glyphs)


def _quiet(layout: ParagraphLayout, piece: Piece, colour: str) -> list[QTextLayout.FormatRange]:
    ranges = (_within(layout, fragment) for fragment in piece.span.fragments)
    return [_coloured(found[0], found[1], colour) for found in ranges if found is not None]


def _within(layout: ParagraphLayout, range_: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the part of a range that lies in the paragraph, in its UTF-16 units."""
    if range_ is None:
        return None
    start, end = max(range_[0], layout.start), min(range_[1], layout.end)
    if start >= end:
        return None
    to_utf16 = layout.offsets.from_code_point
    return to_utf16(start - layout.start), to_utf16(end - layout.start)


def _coloured(start: int, end: int, colour: str) -> QTextLayout.FormatRange:
    result = QTextLayout.FormatRange()
    result.start, result.length = start, end - start
    format = QTextCharFormat()
    format.setForeground(QBrush(QColor(colour)))
    result.format = format
    return result


def _bars(painter: QPainter, lines: list[tuple[float, Line]], tagged: bool, context: PaintContext) -> None:
    step, thickness = (LANE_STEP, context.looks.bar) if tagged else (THIN_STEP, THIN_BAR)
    left, colour_of, box = context.left, context.looks.bar_of, context.type.box
    for y, line in lines:
        for piece in line.pieces:
            above = y + bar_top(piece.lane, box, step, thickness)
            bar = QRectF(left + piece.left, above, piece.right - piece.left, thickness)
            if piece.span.state in UNMADE:
                _dashes(painter, bar, colour_of(piece.span))
            elif piece.joins or piece.span.state == "unsure":
                _dots(painter, bar, colour_of(piece.span))
            else:
                painter.fillRect(bar, colour_of(piece.span))
        if line.hidden:
            painter.setFont(context.type.tag_font)
            painter.setPen(QColor(context.looks.theme.text3))
            painter.drawText(QPointF(left + context.type.width + 6, y + context.type.baseline), f"+{line.hidden}")


def _tags(painter: QPainter, lines: list[tuple[float, Line]], context: PaintContext) -> None:
    ratio, looks, width = context.ratio, context.looks, context.type.width
    first = (context.focused, context.hovered)
    forward: list[tuple[QPointF, QPixmap]] = []
    box = context.type.box
    for y, line in lines:
        for piece in line.pieces:
            ahead = piece.span.id in first
            if not piece.tagged or (looks.is_dimmed(piece.span) and not ahead) or looks.is_agreed(piece.span):
                continue
            standing = piece.lane < 0
            above = y + bar_top(piece.lane, box, LANE_STEP, TAG_HEIGHT if standing else looks.bar)
            # Of a proposal all parts are to be seen, so none stands over its neighbour.
            room = LONGEST_TAG if ahead and piece.span.state not in UNMADE else piece.room
            wide = looks.tag_width(piece.span, room)
            x = piece.right - wide if piece.right_to_left else piece.left
            place = QPointF(context.left + max(min(x, width - wide), 0.0), above)
            if context.paper:
                looks.draw_tag(painter, place, piece.span, room, standing)
            elif ahead:
                forward.append((place, looks.tag(piece.span, ratio, room, standing)))
            else:
                painter.drawPixmap(place, looks.tag(piece.span, ratio, room, standing))
    for place, tag in forward:
        painter.drawPixmap(place, tag)


def _dashes(painter: QPainter, bar: QRectF, colour: QColor) -> None:
    at = bar.left()
    while at < bar.right():
        painter.fillRect(QRectF(at, bar.top(), min(_DASH, bar.right() - at), bar.height()), colour)
        at += _DASH + _DASH_GAP


def _dots(painter: QPainter, bar: QRectF, colour: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, bar.height(), Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.01, _DOT_STEP / bar.height()])
    painter.setPen(pen)
    y, inset = bar.center().y(), bar.height() / 2
    painter.drawLine(QPointF(bar.left() + inset, y), QPointF(max(bar.right() - inset, bar.left() + inset + 0.1), y))
    painter.restore()


def _ring(y: float, piece: Piece, layout: ParagraphLayout, context: PaintContext) -> tuple[QRectF, bool, bool]:
    """Return the ring round a piece, and whether its left and its right side are closed: not where it only passes."""
    step, thickness = (LANE_STEP, context.looks.bar) if layout.tagged else (THIN_STEP, THIN_BAR)
    bar = bar_top(piece.lane, context.type.box, step, thickness)
    left, right = context.left + piece.left - _SIDE_OUT, context.left + piece.right + _SIDE_OUT
    ring = QRectF(
        QPointF(left, y + min(bar, 0) - _RING_OUT), QPointF(right, y + max(bar + thickness, context.type.box))
    )
    return ring, *((piece.closes, piece.opens) if piece.right_to_left else (piece.opens, piece.closes))


def _sides(painter: QPainter, layout: ParagraphLayout, lines: list[tuple[float, Line]], context: PaintContext) -> None:
    """Draw the sides of the focus, thin and below the words: a quotation mark or a comma beside it stays readable."""
    painter.setPen(QPen(QColor(context.looks.theme.accent), 1))
    for y, line in lines:
        for piece in line.pieces:
            if piece.span.id == context.focused and not piece.joins:
                ring, left, right = _ring(y, piece, layout, context)
                if left:
                    painter.drawLine(ring.topLeft(), ring.bottomLeft())
                if right:
                    painter.drawLine(ring.topRight(), ring.bottomRight())


def _rings(
    painter: QPainter, seen: list[tuple[ParagraphLayout, list[tuple[float, Line]]]], context: PaintContext
) -> None:
    """Draw the focus above and below each fragment, open where it wraps, and a handle at its start and its end."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    knobs: list[QPointF] = []
    painter.setPen(QPen(QColor(context.looks.theme.accent), 2))
    for layout, lines in seen:
        for y, line in lines:
            for piece in line.pieces:
                if piece.span.id != context.focused or piece.joins:
                    continue
                ring, _, _ = _ring(y, piece, layout, context)
                painter.drawLine(ring.topLeft(), ring.topRight())
                painter.drawLine(ring.bottomLeft(), ring.bottomRight())
                up = QPointF(0, _HANDLE_UP)
                start = (ring.topRight() if piece.right_to_left else ring.topLeft()) - up
                end = ring.bottomLeft() if piece.right_to_left else ring.bottomRight()
                knobs += [start] if piece.opens else []
                knobs += [end] if piece.closes else []
    if context.handles:
        painter.setBrush(QColor(context.looks.theme.page))
        for knob in knobs:
            painter.drawEllipse(knob, _HANDLE - 1, _HANDLE - 1)
    painter.restore()


def _caret(painter: QPainter, paragraphs: list[Shown], context: PaintContext) -> None:
    caret = context.caret
    for top, layout in reversed(paragraphs):
        if caret is not None and layout.start <= caret:
            caret = min(caret, layout.end)
            line = layout.lines[layout.line_of(caret)]
            left, height = context.left + layout.x_of(caret) - _CARET_WIDTH / 2, min(context.type.box, line.height)
            box = QRectF(left, top + line.top, _CARET_WIDTH, height)
            painter.fillRect(box, QColor(context.looks.theme.text))
            return
