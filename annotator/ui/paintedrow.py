"""Rows of lists that paint themselves, and the ground of the one that Enter takes."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.look import Look

Index = QModelIndex | QPersistentModelIndex


class PaintedRow(QStyledItemDelegate):
    """All rows are `high` pixels of the design; a subclass says in `row` what stands in one."""

    def __init__(self, look: Look, view: QListView, high: int) -> None:
        super().__init__(view)
        self._look, self._view, self._high = look, view, high

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._look.px(self._high))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            self.row(painter, option.rect, index, self._view.selectionModel().isSelected(index))
        finally:
            painter.restore()

    def row(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        """Paint a row into its box; what it leaves in the painter is taken back."""
        raise NotImplementedError


def chosen_row(painter: QPainter, box: QRect, look: Look, side: int = 6) -> None:
    """Paint the ground of the row that Enter takes, so many pixels from the sides of the list."""
    theme = look.theme
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.tint))
    painter.drawRoundedRect(QRectF(box).adjusted(side, 1, -side, -1), 6, 6)
    painter.fillRect(QRectF(box.left() + side, box.top() + 7, 3, box.height() - 14), QColor(theme.accent))
