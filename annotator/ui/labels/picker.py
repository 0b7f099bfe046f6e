"""The label picker: at the selection, any label by a few letters of its name."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from annotator.domain.choosing import fitting
from annotator.domain.scheme import Label
from annotator.i18n import _
from annotator.ui.drawing import key_cap, swatch
from annotator.ui.listfield import ListField
from annotator.ui.look import Look
from annotator.ui.text.view import ArticleView
from annotator.ui.widgets import caption, plain_tip, rule

_ROW, _SHOWN, _WIDTH = 32, 8, 320
_FEWEST = 3
"""Rows that are shown where there is little room."""
_GAP, _EDGE, _TAGS, _AROUND = 6, 8, 18, 24
_LABEL = Qt.ItemDataRole.UserRole
_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class _Room(NamedTuple):
    """Where a list may stand: pixels of the page; `edge` is the one at the words, `high` how high it may be."""

    left: int
    edge: int
    upwards: bool
    high: int


class _Labels(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.labels: list[Label] = []

    def show_labels(self, labels: list[Label]) -> None:
        self.beginResetModel()
        self.labels = labels
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.labels)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        label = self.labels[index.row()]
        if role == _LABEL:
            return label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            key = _("key {key}").format(key=label.key) if label.key else _("no key")
            return f"{label.name}, {key}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(label.name)
        return label.name if role == Qt.ItemDataRole.DisplayRole else None


class _Row(QStyledItemDelegate):
    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._look.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        label = index.data(_LABEL)
        if not isinstance(label, Label):
            return
        painter.save()
        try:
            self._row(painter, option.rect, label, self._view.selectionModel().isSelected(index))
        finally:
            painter.restore()

    def _row(self, painter: QPainter, box: QRect, label: Label, chosen: bool) -> None:
        theme, px = self._look.theme, self._look.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.tint))
            painter.drawRoundedRect(QRectF(box).adjusted(6, 1, -6, -1), 6, 6)
            painter.fillRect(QRectF(box.left() + 6, box.top() + 7, 3, box.height() - 14), QColor(theme.accent))
        middle, cap = box.center().y() + 1, px(20)
        if label.key:
            place = QRectF(box.left() + 16, middle - cap / 2, cap, cap)
            key_cap(painter, place, label.key, theme, self._look.sans(11, QFont.Weight.Medium))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        left = box.left() + 16 + cap + 12
        swatch(painter, QRect(left, middle - 9, 24, 18), label, theme)
        words = QRect(left + 36, box.top(), box.right() - 16 - left - 36, box.height())
        painter.setFont(self._look.sans(13, QFont.Weight.DemiBold if chosen else QFont.Weight.Medium))
        painter.setPen(QColor(theme.text))
        name = painter.fontMetrics().elidedText(label.name, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)


class _Field(ListField):
    taken = Signal(bool)
    left = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit(True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self.left.emit(False)


class LabelPicker(QFrame):
    """Stands in the page, beside the selection; `chosen(label, shift)` with Enter or a click, Esc leaves; `moved()`
    when it comes or goes."""

    chosen = Signal(object, bool)
    moved = Signal()

    def __init__(self, view: ArticleView, look: Look, page: QWidget) -> None:
        super().__init__(page)
        self.setObjectName("picker")
        self._view, self._look, self._page = view, look, page
        self._labels: tuple[Label, ...] = ()
        self._room, self._upwards = QRect(), False
        self.model = _Labels()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Row(look, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Labels"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.field = _Field(self.list, _SHOWN)
        self.field.setObjectName("pickerField")
        self.field.setFrame(False)
        self._nothing = caption(_("No such label"), "third")
        self._nothing.setContentsMargins(16, 8, 16, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 6, 1, 6)
        column.setSpacing(4)
        for widget in (self.field, rule(), self.list, self._nothing):
            column.addWidget(widget)
        self.field.textChanged.connect(self._look_for)
        self.field.taken.connect(self._take)
        self.field.left.connect(self.leave)
        self.list.clicked.connect(lambda _index: self._take(False))
        self.hide()

    def open_at(self, labels: tuple[Label, ...], place: tuple[int, int], what: str) -> None:
        """Offer labels for a place (code points); `what` says what will be done with the chosen one."""
        self._labels = labels
        self.field.setPlaceholderText(what)
        self.field.setAccessibleName(what)
        self.field.clear()
        self._reveal(place)
        self._look_for("")
        self._stand(place)
        self._fit()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.moved.emit()

    def leave(self, to_text: bool = True) -> None:
        """Offer nothing any more."""
        if not self.isHidden():
            self.hide()
            if to_text:
                self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.moved.emit()

    def _reveal(self, place: tuple[int, int]) -> None:
        """Bring the place into view, or where it is too long the line with the caret: that is what one looks at."""
        view, caret = self._view, self._view.caret
        first, last = map(view.caret_rect, place)
        long = last.bottom() - first.top() > view.viewport().height() * 3 // 4
        view.reveal(*((caret, caret) if long else place))

    def _stand(self, place: tuple[int, int]) -> None:
        """Find the room below the end of the place, or above its start where there is more; not over it.

        Of a place too long for that only the line with the caret stays free, and where even so many labels would not
        be seen, the list may stand over the header.
        """
        page, view = self._page, self._view
        text = QRect(view.viewport().mapTo(page, QPoint(0, 0)), view.viewport().size())
        here, least = (view.caret, view.caret), self._height(_FEWEST)
        room = self._beside(place, text)
        for within in (text, page.rect()):
            # A row more is not worth that the words are covered.
            if (other := self._beside(here, within, place[1] > view.caret)).high > room.high + self._look.px(_ROW):
                room = other
        high, width = max(least, room.high), min(self._look.px(_WIDTH), page.width() - 2 * _EDGE)
        left = max(_EDGE, min(room.left, page.width() - _EDGE - width))
        top = room.edge - high if room.upwards else room.edge
        self._upwards = room.upwards
        self._room = QRect(left, max(_EDGE, min(top, page.height() - _EDGE - high)), width, high)

    def _beside(self, place: tuple[int, int], within: QRect, above_first: bool = False) -> _Room:
        page, surface, wanted = self._page, self._view.viewport(), self._height(_SHOWN)
        first, last = (
            QRect(surface.mapTo(page, rect.topLeft()), rect.size()) for rect in map(self._view.caret_rect, place)
        )
        # The tags of the last line stay in sight.
        upper, lower = first.top() - _GAP, last.bottom() + _GAP + _TAGS
        above, below = upper - within.top() - _EDGE, within.bottom() + 1 - _EDGE - lower
        upwards = (above_first and above >= wanted) or (below < wanted and above > below)
        left = first.left() if first.top() == last.top() else last.left() - self._look.px(_WIDTH) // 2
        return _Room(left, upper if upwards else lower, upwards, min(wanted, above if upwards else below))

    def _height(self, most: int) -> int:
        rows = max(1, min(len(self.model.labels), most))
        return self.field.sizeHint().height() + self._look.px(_ROW) * rows + _AROUND

    def _fit(self) -> None:
        """Take of the room what the list needs, from its edge at the place."""
        box = QRect(self._room)
        high = min(box.height(), self._height(_SHOWN))
        if self._upwards:
            box.setTop(box.bottom() + 1 - high)
        box.setHeight(high)
        self.setGeometry(box)

    def _look_for(self, typed: str) -> None:
        self.model.show_labels(fitting(self._labels, typed))
        some = bool(self.model.labels)
        self.list.setVisible(some)
        self._nothing.setVisible(not some)
        if some:
            self.list.setCurrentIndex(self.model.index(0))
        if not self.isHidden():
            self._fit()

    def _take(self, another: bool) -> None:
        label = self.list.currentIndex().data(_LABEL)
        if isinstance(label, Label):
            self.leave()
            self.chosen.emit(label, another)
