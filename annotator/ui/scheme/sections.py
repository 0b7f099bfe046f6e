"""What the scheme has besides labels, at the left of the editor: each with its count, pressed it opens its form."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from annotator.i18n import later
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.rowbutton import RowButton

SECTIONS = (
    ("relations", later("Relations")),
    ("groups", later("Groups")),
    ("fields", later("Article fields")),
    ("rules", later("Rules")),
    ("scheme", later("The scheme itself")),
)
"""Tables of a scheme with what they are called; the last is its name and its file."""


class SectionRow(RowButton):
    """A table of the scheme: its name, how much is in it."""

    def __init__(self, table: str, name: str, look: Look) -> None:
        super().__init__()
        self.table, self._look, self._count = table, look, -1
        self.setText(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(look.px(32))
        self.set_count(-1)

    def set_count(self, count: int) -> None:
        """Show how much is in it, nothing for -1."""
        self._count = count
        self.setAccessibleName(f"{self.text()}, {count:,}" if count >= 0 else self.text())
        self.update()

    def nextCheckState(self) -> None:
        """Stay: the page says what is shown."""

    def sizeHint(self) -> QSize:
        return QSize(100, self._look.px(32))

    def paint(self, painter: QPainter) -> None:
        """Paint the row."""
        theme, look = self._look.theme, self._look
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(theme.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        ground = theme.tint if self.isChecked() else theme.hover if self.underMouse() else ""
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(look.sans(13, QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Medium))
        painter.setPen(QColor(theme.text))
        room = QRectF(8, 0, self.width() - 76, self.height())
        name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        icon("chevron-right", theme.text2).paint(painter, self.width() - 26, self.height() // 2 - 8, 16, 16)
        if self._count >= 0:
            painter.setFont(look.sans(13))
            painter.setPen(QColor(theme.text2))
            edge = QRectF(self.width() - 68, 0, 36, self.height())
            painter.drawText(edge, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{self._count:,}")
