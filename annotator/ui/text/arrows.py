"""Links between spans: where their lines run, in the room under the lanes and in the gutter, never through words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from annotator.domain.links import Link
from annotator.domain.span import Span
from annotator.ui.text.layouts import Line, ParagraphLayout, Piece
from annotator.ui.text.typography import LANE_STEP, TAG_HEIGHT, THIN_BAR, THIN_STEP

GUTTER = 14.0
"""How far left of the column the trunk runs when it leaves its line."""
_GUTTERS, _GUTTER_STEP = 4, 5.0
_HEAD = 4.5
_INSET = 12.0
_FLOOR = 5.0
"""How far above the lower end of its line a trunk runs."""
_EDGE = 5.0

Seen = Sequence[tuple[ParagraphLayout, list[tuple[float, Line]]]]


class Trunk(NamedTuple):
    """One tie, or all of the focused span: where it begins, and the spans at its other ends."""

    span: Span
    ends: tuple[tuple[Span, Link], ...]
    strong: bool = True
    """Of the focused span, not one among all."""


class Head(NamedTuple):
    """The point of an arrow; it looks up, or (`down`) down."""

    x: float
    y: float
    down: bool = False


class Stub(NamedTuple):
    """Spans off the screen that are tied to one on it: `y` is where the trunk leaves, above or (`down`) below."""

    x: float
    y: float
    down: bool
    spans: tuple[Span, ...]


class Route(NamedTuple):
    """What is drawn of a trunk, in pixels of the painter."""

    lines: tuple[tuple[float, float, float, float], ...]
    heads: tuple[Head, ...]
    stubs: tuple[Stub, ...]
    strong: bool


class _Spot(NamedTuple):
    """Where a span is reached from below: `x`, the height of its tip, and that of the trunk under its line."""

    x: float
    tip: float
    floor: float


class _Ground(NamedTuple):
    """What is on the screen: `first` and `last` are code points, `left` the column's left edge."""

    seen: Seen
    left: float
    box: float
    bar: float
    top: float
    bottom: float


def routes(seen: Seen, trunks: Iterable[Trunk], left: float, box: float, bar: float, height: float) -> list[Route]:
    """Return where the lines of the trunks run on a screen of this height, with a column that begins at `left`."""
    trunks = list(trunks)
    ground = _Ground(seen, left, box, bar, 0.0, height)
    wanted = {trunk.span.id for trunk in trunks} | {end.id for trunk in trunks for end, _ in trunk.ends}
    spots = _spots(ground, wanted)
    found: list[Route] = []
    weak = 0
    for trunk in trunks:
        if trunk.span.id not in spots:
            continue
        place = 0 if trunk.strong else 1 + weak % (_GUTTERS - 1)
        weak += not trunk.strong
        found.append(_route(ground, trunk, spots, left - GUTTER - place * _GUTTER_STEP))
    return found


def _spots(ground: _Ground, wanted: set[str]) -> dict[str, _Spot]:
    """Return where each span is reached: where it begins, or else at its first piece on the screen."""
    spots: dict[str, _Spot] = {}
    for layout, lines in ground.seen:
        for y, line in lines:
            if not ground.top - 1 <= y + line.height / 2 <= ground.bottom + 1:
                continue  # half of it is cut off: an arrow would come from nowhere
            for piece in line.pieces:
                if not piece.joins and piece.span.id in wanted and piece.span.id not in spots:
                    spots[piece.span.id] = _spot(ground, layout, y, line, piece)
    return spots


def _spot(ground: _Ground, layout: ParagraphLayout, y: float, line: Line, piece: Piece) -> _Spot:
    step, thickness = (LANE_STEP, ground.bar) if layout.tagged else (THIN_STEP, THIN_BAR)
    base = y + ground.box + 1 + piece.lane * step
    tip = base + (TAG_HEIGHT if layout.tagged and piece.tagged else thickness) + 0.5
    inset = min(_INSET, (piece.right - piece.left) / 2)
    x = piece.right - inset if piece.right_to_left else piece.left + inset
    return _Spot(ground.left + x, tip, max(y + line.height - _FLOOR, tip + 1) if line.link_room else y + line.height)


def _route(ground: _Ground, trunk: Trunk, spots: dict[str, _Spot], gutter: float) -> Route:
    start = spots[trunk.span.id]
    here = [(spots[span.id], link) for span, link in trunk.ends if span.id in spots]
    away = [span for span, _ in trunk.ends if span.id not in spots]
    above = tuple(span for span in away if span.start < trunk.span.start)
    below = tuple(span for span in away if span.start >= trunk.span.start)
    lines = [(start.x, start.tip, start.x, start.floor)]
    heads: list[Head] = []
    inward = bool(here or away) and all(link.inward for _, link in trunk.ends)
    if inward:
        heads.append(Head(start.x, start.tip))
    floors: dict[float, list[float]] = {start.floor: [start.x]}
    for spot, link in here:
        lines.append((spot.x, spot.tip, spot.x, spot.floor))
        floors.setdefault(spot.floor, []).append(spot.x)
        if not link.inward:
            heads.append(Head(spot.x, spot.tip))
    leaves = len(floors) > 1 or bool(away)
    for floor, xs in floors.items():
        reach = [*xs, gutter] if leaves else xs
        lines.append((min(reach), floor, max(reach), floor))
    stubs: list[Stub] = []
    if leaves:
        top, bottom = min(floors), max(floors)
        if above:
            top = ground.top + _EDGE
            stubs.append(Stub(gutter, top, False, above))
        if below:
            bottom = ground.bottom - _EDGE
            stubs.append(Stub(gutter, bottom, True, below))
        lines.append((gutter, top, gutter, bottom))
        heads += [Head(stub.x, stub.y, stub.down) for stub in stubs]
    return Route(tuple(lines), tuple(heads), tuple(stubs), trunk.strong)


def draw(painter: QPainter, found: Iterable[Route], accent: str) -> None:
    """Draw the lines and arrows; what stands for spans off the screen is written by `write_stubs`."""
    painter.save()
    for route in found:
        colour = QColor(accent)
        colour.setAlphaF(1.0 if route.strong else 0.55)
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.5 if route.strong else 1.0))
        painter.drawLines([QLineF(*line) for line in route.lines if line[:2] != line[2:]])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for head in route.heads:
            painter.drawPolygon(_triangle(head))
    painter.restore()


def _triangle(head: Head) -> QPolygonF:
    base = head.y - _HEAD if head.down else head.y + _HEAD
    return QPolygonF([QPointF(head.x, head.y), QPointF(head.x - _HEAD, base), QPointF(head.x + _HEAD, base)])


def write_stubs(
    painter: QPainter,
    found: Iterable[Route],
    font: QFont,
    colours: tuple[str, str],
    words: Callable[[Sequence[Span], float, QFontMetricsF], str],
) -> list[tuple[QRectF, Span]]:
    """Write at the edge of the screen what a trunk leads to beyond it; return where, with the nearest such span.

    `words` says it in so many pixels; `colours` are those of the letters and of what they stand on.
    """
    metrics = QFontMetricsF(font)
    places: list[tuple[QRectF, Span]] = []
    painter.save()
    painter.setFont(font)
    for route in found:
        for stub in route.stubs:
            room = stub.x - _HEAD - 6
            text = words(stub.spans, room, metrics)
            wide = metrics.horizontalAdvance(text) + 6
            top = stub.y - TAG_HEIGHT if stub.down else stub.y
            box = QRectF(stub.x - _HEAD - 2 - wide, top, wide, TAG_HEIGHT + 2)
            if route.strong:
                painter.fillRect(box, QColor(colours[1]))
                painter.setPen(QColor(colours[0]))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            nearest = min(stub.spans, key=_start) if stub.down else max(stub.spans, key=_start)
            places.append((box.united(QRectF(stub.x - 6, top, 12, TAG_HEIGHT + 2)), nearest))
    painter.restore()
    return places


def _start(span: Span) -> int:
    return span.start
