"""The mouse pointer over the text while a label is held: the text's own, with the label's tag beside it."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QFont, QPainter, QPen, QPixmap

from annotator.domain.scheme import Label
from annotator.ui.theme import Theme, span_colours

_SIZE = 32
_X, _TOP, _BOTTOM = 7.5, 3.5, 20.5
_BEAM = (
    QLineF(_X, _TOP + 1, _X, _BOTTOM - 1),
    QLineF(_X - 3, _TOP, _X + 3, _TOP),
    QLineF(_X - 3, _BOTTOM, _X + 3, _BOTTOM),
)


def pointer(label: Label, theme: Theme, ratio: float) -> QCursor:
    """Return the pointer for a label: a beam, and a tag with the label's key or the first letter of its name."""
    pixmap = QPixmap(round(_SIZE * ratio), round(_SIZE * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(Qt.GlobalColor.transparent))
    colours = span_colours(theme, label.light, label.dark)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # An edge of the page's colour keeps it apart from letters and bars.
        for colour, width in ((theme.page, 4.0), (theme.text, 1.5)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLines(_BEAM)
        tag = QRectF(13, 16, 16, 14)
        painter.setPen(QPen(QColor(theme.page), 1))
        painter.setBrush(colours.bar)
        painter.drawRoundedRect(tag, 3, 3)
        font = QFont()
        font.setPixelSize(10)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(colours.tag_text)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, (label.key or label.name[:1]).upper())
    return QCursor(pixmap, round(_X), round((_TOP + _BOTTOM) / 2))
