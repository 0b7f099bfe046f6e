"""A list that stands in the page at the words it is for; what is typed says what it holds."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QVBoxLayout, QWidget

from annotator.ui.listfield import ListField
from annotator.ui.look import Look
from annotator.ui.text.view import ArticleView
from annotator.ui.widgets import caption, rule

ROW, SHOWN = 32, 8
_FEWEST = 3
"""Rows that are shown where there is little room."""
_GAP, _EDGE, _TAGS, _AROUND = 6, 8, 18, 26
_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class _Room(NamedTuple):
    """Where a list may stand: pixels of the page; `edge` is the one at the words, `high` how high it may be."""

    left: int
    edge: int
    upwards: bool
    high: int


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


class PickList(QFrame):
    """Stands in the page, beside the words; Enter or a click takes a row, Esc leaves; `moved()` when it comes or goes.

    A subclass says in `show_fitting` what the model holds, and in `take` what a row is for; with `grows` typing may
    bring more rows than there are at first.
    """

    grows = False
    moved = Signal()

    def __init__(self, view: ArticleView, look: Look, page: QWidget, model: QAbstractListModel, width: int) -> None:
        super().__init__(page)
        self.setObjectName("picker")
        self._view, self._look, self._page, self._width = view, look, page, width
        self._room, self._upwards = QRect(), False
        self.list = QListView()
        self.list.setModel(model)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.field = _Field(self.list, SHOWN)
        self.field.setObjectName("pickerField")
        self.field.setFrame(False)
        self._nothing = caption("", "third")
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

    def name_rows(self, delegate: QStyledItemDelegate, name: str, nothing: str) -> None:
        """Say how rows are painted, how the list is called, and what is said where there are none."""
        self.list.setItemDelegate(delegate)
        self.list.setAccessibleName(name)
        self._nothing.setText(nothing)

    def show_fitting(self, typed: str) -> None:
        """Let the model hold what fits."""
        raise NotImplementedError

    def take(self, row: int, another: bool) -> None:
        """Act on a row; `another` where Shift was held."""
        raise NotImplementedError

    def offer_at(self, place: tuple[int, int], what: str) -> None:
        """Come up for a place (code points); `what` says what will be done with the chosen row."""
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
        here, least = (view.caret, view.caret), self._height(_FEWEST, self.grows)
        room = self._beside(place, text)
        for within in (text, page.rect()):
            # A row more is not worth that the words are covered.
            if (other := self._beside(here, within, place[1] > view.caret)).high > room.high + self._look.px(ROW):
                room = other
        high, width = max(least, room.high), min(self._look.px(self._width), page.width() - 2 * _EDGE)
        left = max(_EDGE, min(room.left, page.width() - _EDGE - width))
        top = room.edge - high if room.upwards else room.edge
        self._upwards = room.upwards
        self._room = QRect(left, max(_EDGE, min(top, page.height() - _EDGE - high)), width, high)

    def _beside(self, place: tuple[int, int], within: QRect, above_first: bool = False) -> _Room:
        page, surface, wanted = self._page, self._view.viewport(), self._height(SHOWN, self.grows)
        first, last = (
            QRect(surface.mapTo(page, rect.topLeft()), rect.size()) for rect in map(self._view.caret_rect, place)
        )
        # The tags of the last line stay in sight.
        upper, lower = first.top() - _GAP, last.bottom() + _GAP + _TAGS
        above, below = upper - within.top() - _EDGE, within.bottom() + 1 - _EDGE - lower
        upwards = (above_first and above >= wanted) or (below < wanted and above > below)
        left = first.left() if first.top() == last.top() else last.left() - self._look.px(self._width) // 2
        return _Room(left, upper if upwards else lower, upwards, min(wanted, above if upwards else below))

    def _height(self, most: int, all_of_them: bool = False) -> int:
        rows = most if all_of_them else max(1, min(self.list.model().rowCount(), most))
        return self.field.sizeHint().height() + self._look.px(ROW) * rows + _AROUND

    def _fit(self) -> None:
        """Take of the room what the list needs, from its edge at the place."""
        box = QRect(self._room)
        high = min(box.height(), self._height(SHOWN))
        if self._upwards:
            box.setTop(box.bottom() + 1 - high)
        box.setHeight(high)
        self.setGeometry(box)

    def _look_for(self, typed: str) -> None:
        self.show_fitting(typed)
        model = self.list.model()
        some = model.rowCount() > 0
        self.list.setVisible(some)
        self._nothing.setVisible(not some)
        if some:
            self.list.setCurrentIndex(model.index(0, 0))
        if not self.isHidden():
            self._fit()

    def _take(self, another: bool) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < self.list.model().rowCount():
            self.leave()
            self.take(row, another)
