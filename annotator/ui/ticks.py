"""Boxes to tick, in a table or alone, as the design has them: a stylesheet can only put picture files there."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QListView,
    QRadioButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
)

from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.theme import Theme

_BOX, _LEFT, _ROOM = 16, 10, 34
"""Pixels: the side of a box, where it begins, where the words do."""
_AROUND = 4
"""Room for what shows around a box that it has the keyboard."""
_CHECKED = Qt.CheckState.Checked
Index = QModelIndex | QPersistentModelIndex


class TickColumn(QStyledItemDelegate):
    """Paints a table's first column, or a list, whose items can be ticked: by a click on the box, or the space bar.

    The style's own box cannot be seen in dark colours.
    """

    def __init__(self, look: Look, view: QTableWidget | QListView) -> None:
        super().__init__(view)
        self._look = look
        self._lined = isinstance(view, QTableWidget)
        if isinstance(view, QTableWidget):
            view.setItemDelegateForColumn(0, self)
        else:
            view.setItemDelegate(self)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return super().sizeHint(option, index) + QSize(_ROOM - 8, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self._look.theme, QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        # What stands behind the box; the style paints the rest of the row behind the words.
        painter.fillRect(row.adjusted(0, 0, 0, -1), QColor(theme.tint if chosen else theme.page))
        words = QStyleOptionViewItem(option)
        words.rect = row.adjusted(_ROOM - 8, 0, 0, 0)
        super().paint(painter, words, index)
        if self._lined:
            painter.fillRect(QRect(row.left(), row.bottom(), _ROOM, 1), QColor(theme.line))
        ticked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is _CHECKED
        painter.save()
        try:
            _draw(painter, box_of(row), ticked, theme)
        finally:
            painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() is QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            if event.position().x() - option.rect.left() > _ROOM:
                return False
            ticked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is _CHECKED
            other = Qt.CheckState.Unchecked if ticked else _CHECKED
            return model.setData(index, other.value, Qt.ItemDataRole.CheckStateRole)
        return super().editorEvent(event, model, option, index)


def _room(choice: QAbstractButton, look: Look) -> QSize:
    """Return the size of a box or ring with its words."""
    return QSize(_AROUND + _BOX + 8 + choice.fontMetrics().horizontalAdvance(choice.text()) + 4, max(24, look.px(28)))


class Tick(QCheckBox):
    """Something to choose or not, by a click or the space bar."""

    def __init__(self, words: str, look: Look, ticked: bool = False) -> None:
        super().__init__(words)
        self._look = look
        self.setChecked(ticked)

    def sizeHint(self) -> QSize:
        return _room(self, self._look)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with QPainter(self) as painter:
            painter.setPen(QColor(theme.text if self.isEnabled() else theme.disabled))
            words = self.rect().adjusted(_AROUND + _BOX + 8, 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
            painter.setOpacity(1.0 if self.isEnabled() else 0.5)
            box = QRect(_AROUND, (self.height() - _BOX) // 2, _BOX, _BOX)
            _draw(painter, box, self.isChecked(), theme)
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(box).adjusted(-3, -3, 3, 3), 6, 6)


class OneOf(QRadioButton):
    """One of several, of which one is chosen: by a click, the space bar or the arrows."""

    def __init__(self, words: str, look: Look) -> None:
        super().__init__(words)
        self._look = look

    def sizeHint(self) -> QSize:
        return _room(self, self._look)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.text))
            words = self.rect().adjusted(_AROUND + _BOX + 8, 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
            box = QRectF(_AROUND, (self.height() - _BOX) // 2, _BOX, _BOX)
            painter.setPen(QPen(QColor(theme.accent if self.isChecked() else theme.control), 1))
            painter.setBrush(QColor(theme.page))
            painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
            if self.isChecked():
                painter.setBrush(QColor(theme.accent))
                painter.drawEllipse(box.adjusted(4, 4, -4, -4))
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(box.adjusted(-3, -3, 3, 3))


def _draw(painter: QPainter, box: QRect, ticked: bool, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.accent if ticked else theme.control), 1))
    painter.setBrush(QColor(theme.accent if ticked else theme.page))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if ticked:
        icon("check", theme.on_accent, 12).paint(painter, box.adjusted(2, 2, -2, -2))


def box_of(row: QRect) -> QRect:
    """Return where the box of a row is."""
    return QRect(row.left() + _LEFT, row.top() + (row.height() - _BOX) // 2, _BOX, _BOX)
