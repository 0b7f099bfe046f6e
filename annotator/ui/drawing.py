"""Small things that several widgets draw alike: article states, swatches, key caps, text in lines."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption

from annotator.domain.scheme import Label
from annotator.ui.theme import Theme, span_colours


def state_dot(painter: QPainter, centre: QPointF, state: str, theme: Theme) -> None:
    """Draw ○ ◐ ● for an article's state, 10 wide."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    accent = QColor(theme.accent)
    outline = QColor(theme.text3) if state == "new" else accent
    circle = QRectF(centre.x() - 4.25, centre.y() - 4.25, 8.5, 8.5)
    painter.setPen(QPen(outline, 1.5))
    painter.setBrush(accent if state == "done" else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(circle)
    if state == "started":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawPie(circle, 90 * 16, 180 * 16)
    painter.restore()


def swatch(painter: QPainter, rect: QRect, label: Label, theme: Theme) -> None:
    """Draw the label as it looks in the text: its fill above its bar."""
    colours = span_colours(theme, label.light, label.dark)
    painter.fillRect(rect.adjusted(0, 0, 0, -3), colours.fill)
    painter.fillRect(QRect(rect.left(), rect.bottom() - 2, rect.width(), 3), colours.bar)


def key_cap(painter: QPainter, rect: QRectF, text: str, theme: Theme, font: QFont) -> None:
    """Draw a key with its name."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.line2), 1))
    painter.setBrush(QColor(theme.raised))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.drawLine(QPointF(rect.left() + 4, rect.bottom() - 1.5), QPointF(rect.right() - 4, rect.bottom() - 1.5))
    painter.setPen(QColor(theme.text2))
    painter.setFont(font)
    painter.drawText(rect.adjusted(0, 0, 0, -1), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def lines(text: str, font: QFont, width: float, most: int) -> list[str]:
    """Return the text broken into at most `most` lines of `width` pixels, the last one elided."""
    flat = " ".join(text.split())
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(flat) <= width:
        return [flat]
    layout = QTextLayout(flat, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    encoded = flat.encode("utf-16-le", "surrogatepass")  # Qt counts UTF-16 units
    pieces = [
        encoded[2 * start : 2 * end if end is not None else None].decode("utf-16-le", "replace").strip()
        for start, end in zip(starts, [*starts[1:], None], strict=True)
    ]
    pieces[-1] = metrics.elidedText(pieces[-1], Qt.TextElideMode.ElideRight, int(width))
    return pieces
