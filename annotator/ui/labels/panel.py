"""The labels of the scheme, each a row; more than fit are scrolled."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.i18n import _, n_
from annotator.ui.labels.row import ROW, LabelRow
from annotator.ui.labels.visibility import Visibility
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.widgets import caption, key_names

if TYPE_CHECKING:
    from annotator.ui.labels.card import Card

SCROLLED = 12
"""With more labels than this they are scrolled: the focused span below keeps its room."""
_REST = 400
"""Pixels of the design that the window has beside the labels, so that the focused span can be seen below them."""


class Back(QWidget):
    """Says that labels are hidden or dimmed, so that nobody thinks spans are gone, and shows them again."""

    def __init__(self, show_all: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = caption("", "second")
        self._words.setWordWrap(True)
        self.button = QPushButton(_("Show all"))
        self.button.setProperty("role", "small")
        self.button.setToolTip(f"{show_all.text()}  {' '.join(key_names(show_all.shortcut().toString()))}".strip())
        self.button.clicked.connect(show_all.trigger)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self.button)

    def say(self, words: str) -> None:
        """Say what is not as usual, "" for nothing."""
        self._words.setText(words)
        self.setVisible(bool(words))


class LabelPanel(QWidget):
    """All labels under one another, or in two columns where the window is narrow; `chosen(label, shift)`.

    A click on a row's pin is `pinned(label)`; `guided(id)` when the label's guideline is asked for, `change_wanted(id)`
    its form, "" where the scheme has no label yet.
    """

    chosen = Signal(object, bool)
    pinned = Signal(object)
    guided = Signal(str)
    change_wanted = Signal(str)

    def __init__(
        self,
        session: Session,
        look: Look,
        visibility: Visibility,
        show_all: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._visibility = visibility
        self._show_all = show_all
        self.guide: QAction | None = None
        """What shows the guideline of the label under the pointer."""
        self._rows: list[LabelRow] = []
        self._narrow, self._room = False, 0
        self._current = ""
        self._box = QWidget()
        self._grid = QGridLayout(self._box)
        self._grid.setContentsMargins(8, 0, 8, 0)
        self._grid.setSpacing(0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._box)
        session.project_opened.connect(self._rebuild)
        session.scheme_changed.connect(self._rebuild)
        session.article_shown.connect(self._count)
        session.changed.connect(self._count)
        visibility.changed.connect(self._see)

    @cached_property
    def _scrolled(self) -> QScrollArea:
        """What the rows stand in when they are very many."""
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setObjectName("labels")
        area.setWidget(self._box)
        self._column.insertWidget(0, area)
        return area

    @cached_property
    def back(self) -> Back:
        """What says that labels are hidden or dimmed, and brings them back."""
        back = Back(self._show_all)
        self._column.addWidget(back)
        return back

    @cached_property
    def none_yet(self) -> QWidget:
        """What stands there while the scheme has no label."""
        words = caption(_("No labels yet."), "second")
        make = QPushButton(_("Make labels"))
        make.setAutoDefault(True)
        make.clicked.connect(lambda: self.change_wanted.emit(""))
        place = QWidget()
        place.setFocusProxy(make)
        column = QVBoxLayout(place)
        column.setContentsMargins(16, 0, 16, 8)
        column.setSpacing(8)
        column.addWidget(words)
        column.addWidget(make, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(place)
        return place

    @cached_property
    def card(self) -> Card:
        """What tells about the label on which the pointer rests."""
        from annotator.ui.labels.card import Card

        return Card(self)

    def set_room(self, narrow: bool, room: int) -> None:
        """Stand in a window `room` pixels high; in two columns where it is `narrow` and all would take too much."""
        before, (self._narrow, self._room) = self.columns, (narrow, room)
        if self.columns != before:
            self._place()

    @property
    def columns(self) -> int:
        """In how many columns the labels stand."""
        # What is scrolled anyway is not cut short for it.
        count, px = len(self._rows), self._look.px
        return 2 if self._narrow and count <= SCROLLED and count * px(ROW) > self._room - px(_REST) else 1

    def set_current(self, label: str) -> None:
        """Mark the label (by id) of the focused span; "" for none."""
        if label != self._current:
            self._current = label
            self._count()
            row = next((row for row in self._rows if row.label.id == label), None)
            if row is not None and "_scrolled" in self.__dict__:
                self._scrolled.ensureWidgetVisible(row, 0, row.height())

    def set_held(self, label: str) -> None:
        """Mark the label (by id) that is held; "" for none."""
        for row in self._rows:
            row.set_held(row.label.id == label)

    @property
    def pointed(self) -> str:
        """The label (its id) that has the pointer or the keyboard, "" where none has."""
        chosen = [row for row in self._rows if row.underMouse()] or [row for row in self._rows if row.hasFocus()]
        return chosen[0].label.id if chosen else ""

    def focus_first(self) -> None:
        """Give the first label the keyboard."""
        if self._rows:
            self._rows[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif "none_yet" in self.__dict__:
            self.none_yet.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _rebuild(self) -> None:
        for row in self._rows:
            self._grid.removeWidget(row)
            row.deleteLater()
        scheme = self._session.scheme
        self._rows = [LabelRow(label, self._look, self) for label in scheme.in_use]
        tables = dict(zip((label.id for label in scheme.labels), scheme.tables(), strict=False))
        for row in self._rows:
            row.table = tables[row.label.id]
        for number, row in enumerate(self._rows):
            row.clicked.connect(lambda _checked=False, row=row: self._choose(row))
            row.eye_pressed.connect(lambda row=row: self._visibility.turn(row.label.id))
            row.rested.connect(lambda row=row: self.card.show_beside(row, row.words(self._guide_key())))
            row.menu_wanted.connect(lambda where, row=row: self._offer(row, where))
            row.stepped.connect(lambda by, number=number: self._step(number + by))
        self._place()
        if not scheme.labels or "none_yet" in self.__dict__:
            self.none_yet.setVisible(not scheme.labels)
            self.none_yet.setEnabled(self._session.editable)
        if len(self._rows) > SCROLLED:
            self._scrolled.show()
        self._count()
        self._see()

    def _guide_key(self) -> str:
        return self.guide.shortcut().toString(QKeySequence.SequenceFormat.NativeText) if self.guide is not None else ""

    def _step(self, number: int) -> None:
        if 0 <= number < len(self._rows):
            self._rows[number].setFocus(Qt.FocusReason.TabFocusReason)
            if "_scrolled" in self.__dict__:
                self._scrolled.ensureWidgetVisible(self._rows[number], 0, 0)

    def _choose(self, row: LabelRow) -> None:
        from PySide6.QtWidgets import QApplication

        if row.on_pin:
            self.pinned.emit(row.label)
            return
        shift = Qt.KeyboardModifier.ShiftModifier in QApplication.keyboardModifiers()
        self.chosen.emit(row.label, shift)

    def _offer(self, row: LabelRow, where: QPoint) -> None:
        from annotator.ui.labels.menu import Acts, menu, place_of

        change = (lambda: self.change_wanted.emit(row.label.id)) if self._session.editable else None
        acts = Acts(lambda: self.pinned.emit(row.label), lambda: self.guided.emit(row.label.id), change)
        offered = menu(row, self._visibility, self._show_all, acts, self._look.theme.text)
        offered.aboutToHide.connect(offered.deleteLater)
        offered.popup(place_of(offered, row, where))

    def _place(self) -> None:
        columns = self.columns
        for number, row in enumerate(self._rows):
            self._grid.addWidget(row, number // columns, number % columns)
            row.set_narrow(columns > 1)

    def _count(self, _changed: object = None) -> None:
        counts = self._session.spans.counts
        for row in self._rows:
            row.set_state(counts[row.label.id], row.label.id == self._current)

    def _see(self) -> None:
        for row in self._rows:
            row.set_seen(self._visibility.of(row.label.id))
        words = _away(len(self._visibility.hidden), len(self._visibility.dimmed))
        if words or "back" in self.__dict__:
            self.back.say(words)


def _away(hidden: int, dimmed: int) -> str:
    """Say how many labels are not as usual, "" for none."""
    words = []
    if hidden:
        words.append(n_("{count} label is hidden.", "{count} labels are hidden.", hidden).format(count=hidden))
    if dimmed:
        words.append(n_("{count} label is dimmed.", "{count} labels are dimmed.", dimmed).format(count=dimmed))
    return " ".join(words)
