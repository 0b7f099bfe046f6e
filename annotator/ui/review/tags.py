"""Labels as small tags, painted: in the rows of the queue and on the cards."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from annotator.domain.scheme import Scheme
from annotator.ui.look import Look
from annotator.ui.theme import UNKNOWN_LABEL, SpanColours, span_colours


def colours_of(look: Look, scheme: Scheme, label: str) -> SpanColours:
    """Return the colours of a label (its id), those of an unknown one where the scheme has none."""
    known = scheme.label(label) or UNKNOWN_LABEL
    return span_colours(look.theme, known.light, known.dark)


def paint_tag(
    painter: QPainter, look: Look, scheme: Scheme, label: str, right: float, middle: float, most: float,
    *, left: float | None = None,
) -> float:  # fmt: skip
    """Paint a label's tag that ends at `right`, or begins at `left`; return where the next one may stand."""
    font = look.sans(10, QFont.Weight.DemiBold)
    metrics = QFontMetrics(font)
    name = metrics.elidedText(scheme.name_of(label), Qt.TextElideMode.ElideRight, int(most))
    wide = metrics.horizontalAdvance(name) + 8
    high = look.px(13)
    at = left if left is not None else right - wide
    box = QRectF(at, middle - high / 2, wide, high)
    colours = colours_of(look, scheme, label)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.bar)
    painter.drawRoundedRect(box, 2, 2)
    painter.setFont(font)
    painter.setPen(colours.tag_text)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
    return at + wide + 6 if left is not None else at - 4
