"""The labels at the left of the editor: key, colour, name, how many spans; dragged or moved by keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.domain.scheme import Label
from annotator.i18n import _, n_
from annotator.ui.drawing import key_cap, swatch
from annotator.ui.look import Look

ROW = 36
_ID = Qt.ItemDataRole.UserRole
_GRIP = 14
Index = QModelIndex | QPersistentModelIndex


class _Delegate(QStyledItemDelegate):
    """Paints a row as the label panel does, with a grip where it can be dragged."""

    def __init__(self, list_: LabelList, look: Look) -> None:
        super().__init__(list_)
        self._list, self._look = list_, look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._look.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, theme, px = self._look, self._look.theme, self._look.px
        row = self._list.rows.get(str(index.data(_ID)))
        if row is None:
            return
        label, count, off = row
        box = QRect(option.rect).adjusted(8, 1, -8, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            if chosen or over:
                painter.setBrush(QColor(theme.tint if chosen else theme.hover))
                if chosen and self._list.hasFocus():
                    painter.setPen(QPen(QColor(theme.accent), 2))
                painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 6, 6)
            if (chosen or over) and self._list.movable:
                self._grip(painter, box)
            middle, cap = box.center().y() + 1, px(20)
            left = box.left() + _GRIP + 8
            if label.key:
                key_cap(painter, QRectF(left, middle - cap / 2, cap, cap), label.key, theme, look.sans(11))
            left += cap + 12
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            if off:
                painter.setPen(QPen(QColor(theme.line2), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRect(left, middle - 9, 23, 17))
            else:
                swatch(painter, QRect(left, middle - 9, 24, 18), label, theme)
            left += 24 + 12
            words = _("off") if off else f"{count:,}"
            painter.setFont(look.sans(13))
            painter.setPen(QColor(theme.text2))
            wide = painter.fontMetrics().horizontalAdvance(words)
            edge = QRect(box.right() - 8 - wide, box.top(), wide + 1, box.height())
            painter.drawText(edge, Qt.AlignmentFlag.AlignVCenter, words)
            font = QFont(look.sans(13, QFont.Weight.DemiBold if chosen else QFont.Weight.Medium))
            painter.setFont(font)
            painter.setPen(QColor(theme.text3 if off else theme.text))
            room = QRect(left, box.top(), edge.left() - 8 - left, box.height())
            name = " ".join(label.name.split()) or _("no name yet")
            name = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideMiddle, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        finally:
            painter.restore()

    def _grip(self, painter: QPainter, box: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.theme.text3))
        for row in (-4, 0, 4):
            for column in (0, 4):
                painter.drawEllipse(QRectF(box.left() + 6 + column, box.center().y() + row - 0.5, 2, 2))


class LabelList(QListWidget):
    """`picked(id)` when another label is chosen, `moved(id, place)` into another order, `deleted(id)` with Delete.

    `passed()` when the arrows go on below the last one.
    """

    passed = Signal()
    picked = Signal(str)
    moved = Signal(str, int)
    deleted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, tuple[Label, int, bool]] = {}
        self.movable = True
        self._showing = False
        self.setObjectName("schemeLabels")
        self.setAccessibleName(_("Labels"))
        self.setItemDelegate(_Delegate(self, look))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._pick)

    @property
    def current(self) -> str:
        """The id of the chosen label, "" for none."""
        item = self.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def show_labels(
        self, labels: Sequence[Label], counts: Mapping[str, int], off: frozenset[str], movable: bool
    ) -> None:
        """Show these; what is chosen stays chosen."""
        self.movable = movable
        self.setDragEnabled(movable)
        self.rows = {label.id: (label, counts.get(label.id, 0), label.id in off) for label in labels}
        if [label.id for label in labels] != self.ids():
            self._fill(labels)
        for number, label in enumerate(labels):
            words = _spoken(label, counts.get(label.id, 0), label.id in off)
            item = self.item(number)
            if item.text() != words:
                item.setText(words)
                item.setToolTip("")
        self.viewport().update()

    def ids(self) -> list[str]:
        """Return the labels' ids in the order in which they stand."""
        return [str(self.item(row).data(_ID)) for row in range(self.count())]

    def _fill(self, labels: Sequence[Label]) -> None:
        current = self.current
        self._showing = True
        self.clear()
        for label in labels:
            item = QListWidgetItem()
            item.setData(_ID, label.id)
            self.addItem(item)
        self._showing = False
        self.choose(current)

    def choose(self, id: str) -> None:
        """Show a label as chosen, without telling; "" for none."""
        self._showing = True
        rows = self.ids()
        if id in rows:
            self.setCurrentRow(rows.index(id))
            self.scrollToItem(self.item(rows.index(id)))
        else:
            self.setCurrentRow(-1)
            self.clearSelection()
        self._showing = False

    def _pick(self) -> None:
        if not self._showing and self.current:
            self.picked.emit(self.current)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt would choose the first label, and show its form to who only passes by."""
        chosen = self.current
        self._showing = True
        super().focusInEvent(event)
        self._showing = False
        if not chosen and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.choose("")

    def dropEvent(self, event: QDropEvent) -> None:
        id = self.current
        at = self.indexAt(event.position().toPoint())
        below = self.dropIndicatorPosition() is not QAbstractItemView.DropIndicatorPosition.AboveItem
        place = at.row() + below if at.isValid() else self.count()
        before = self.ids().index(id) if id in self.ids() else -1
        # The list is filled anew from what the scheme says then; Qt would move the row, and take it out besides.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if before >= 0:
            self.moved.emit(id, place - (place > before))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        alt = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier
        if by is not None and alt:
            place = self.currentRow() + by
            if self.movable and self.current and 0 <= place < self.count():
                self.moved.emit(self.current, place)
        elif by == 1 and self.currentRow() == self.count() - 1:
            self.passed.emit()
        elif event.key() == Qt.Key.Key_Delete and self.current and self.movable:
            self.deleted.emit(self.current)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            self.itemActivated.emit(self.currentItem())
        else:
            super().keyPressEvent(event)


def _spoken(label: Label, count: int, off: bool) -> str:
    """Return what a screen reader says of a row."""
    parts = [label.name or _("no name yet"), _("key {key}").format(key=label.key) if label.key else _("no key")]
    parts.append(_("off") if off else n_("{count:,} span", "{count:,} spans", count).format(count=count))
    return ", ".join(parts)
