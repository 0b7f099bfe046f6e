"""The values of an attribute: each with its digit, to be written, added, moved, taken away."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.domain.attributes import Choice
from annotator.i18n import _
from annotator.ui.fields import DropDown
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.scheme.fields import Line
from annotator.ui.widgets import Elided, KeyCaps


class Gone(NamedTuple):
    """A value (its id) that is taken away, and what its spans say instead ("" for nothing)."""

    value: str
    into: str


class _Row(QWidget):
    """One value; `entered()` with Enter, `emptied()` with Backspace in an empty line, `stepped(by)`, `moved(by)`."""

    entered = Signal()
    emptied = Signal()
    stepped = Signal(int)
    moved = Signal(int)

    def __init__(self, choice: Choice, look: Look) -> None:
        super().__init__()
        self.choice = choice
        self._caps = KeyCaps(look)
        self._caps.setFixedWidth(look.px(24))
        self.line = _ValueLine(_("Value"), choice.name)
        self.line.row = self
        self.away = QToolButton()
        self.away.setIcon(icon("close", look.theme.text2))
        self.away.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._caps)
        row.addWidget(self.line, 1)
        row.addWidget(self.away)

    def say(self, place: int) -> None:
        """Show its place from 0, which is its digit."""
        self._caps.set_keys(str(place + 1) if place < 9 else "")
        self.line.setAccessibleName(_("Value {number}").format(number=place + 1))
        self.away.setAccessibleName(_("Take value {number} away").format(number=place + 1))
        self.away.setToolTip(_("Take it away"))


class _ValueLine(Line):
    row: _Row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.row.entered.emit()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.row.emptied.emit()
        elif by is not None:
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            (self.row.moved if alt else self.row.stepped).emit(by)
        else:
            super().keyPressEvent(event)


class Values(QWidget):
    """A line a value: Enter goes to the next, or begins one; in an empty one it is `ended()`. `changed()`."""

    changed = Signal()
    ended = Signal()

    def __init__(self, choices: tuple[Choice, ...], look: Look) -> None:
        super().__init__()
        self._look = look
        self._known = {choice.id: choice for choice in choices}
        self.rows: list[_Row] = []
        self._gone: dict[str, tuple[QWidget, DropDown]] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self._lost = QVBoxLayout()
        self._lost.setSpacing(4)
        self.add = QPushButton(_("Add a value"))
        self.add.setProperty("role", "small")
        self.add.setAutoDefault(False)
        self.add.setIcon(icon("plus", look.theme.text))
        self.add.clicked.connect(lambda: self._begin(len(self.rows)))
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        self._box.addLayout(foot)
        self._box.addLayout(self._lost)
        for choice in choices:
            self._insert(choice, len(self.rows))
        if not choices:
            self._insert(Choice("", ""), 0)
        self.setFocusProxy(self.rows[0].line)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The values as they stand there; one that is new is called in files as it is named."""
        found: list[Choice] = []
        for row in self.rows:
            name = " ".join(row.line.text().split())
            if name:
                found.append(row.choice._replace(id=row.choice.id or self._free(name, found), name=name))
        return tuple(found)

    @property
    def gone(self) -> tuple[Gone, ...]:
        """What was taken away."""
        return tuple(Gone(id, str(choice.currentData() or "")) for id, (_row, choice) in self._gone.items())

    def _free(self, name: str, found: list[Choice]) -> str:
        """Return an id for a new value: its name, unless another value is kept under that."""
        taken = {row.choice.id for row in self.rows} | {one.id for one in found} | set(self._gone)
        number, id = 1, name
        while id in taken:
            number += 1
            id = f"{name} {number}"
        return id

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._number()  # Tab's order holds within a window only, and there was none yet

    def _insert(self, choice: Choice, place: int) -> _Row:
        row = _Row(choice, self._look)
        row.line.textChanged.connect(lambda _text: self._changed())
        row.entered.connect(lambda: self._enter(row))
        row.emptied.connect(lambda: self._empty(row))
        row.stepped.connect(lambda by: self._focus(self.rows.index(row) + by))
        row.moved.connect(lambda by: self._move(row, by))
        row.away.clicked.connect(lambda: self._take_away(row))
        self.rows.insert(place, row)
        self._box.insertWidget(place, row)
        self._number()
        return row

    def _number(self) -> None:
        before: QWidget | None = None
        for place, row in enumerate(self.rows):
            row.say(place)
            if before is not None:
                QWidget.setTabOrder(before, row.line)
            QWidget.setTabOrder(row.line, row.away)
            before = row.away
        if before is not None:
            QWidget.setTabOrder(before, self.add)

    def _changed(self) -> None:
        self._offer()
        self.changed.emit()

    def _begin(self, place: int) -> None:
        self._insert(Choice("", ""), place).line.setFocus()

    def _focus(self, place: int) -> None:
        if 0 <= place < len(self.rows):
            self.rows[place].line.setFocus()

    def _enter(self, row: _Row) -> None:
        place = self.rows.index(row)
        last = place == len(self.rows) - 1
        if last and not row.line.text().strip():
            self.ended.emit()
        elif last:
            self._begin(place + 1)
        else:
            self._focus(place + 1)

    def _empty(self, row: _Row) -> None:
        if len(self.rows) > 1:
            self._take_away(row)

    def _move(self, row: _Row, by: int) -> None:
        place = self.rows.index(row)
        if not 0 <= place + by < len(self.rows):
            return
        self.rows.insert(place + by, self.rows.pop(place))
        self._box.removeWidget(row)
        self._box.insertWidget(place + by, row)
        self._number()
        row.line.setFocus()
        self._changed()

    def _take_away(self, row: _Row) -> None:
        place = self.rows.index(row)
        self.rows.remove(row)
        self._box.removeWidget(row)
        row.hide()
        row.deleteLater()
        if row.choice.id in self._known:
            self._lose(self._known[row.choice.id])
        if not self.rows:
            self._insert(Choice("", ""), 0)
        self._number()
        self._focus(max(0, place - 1))
        self._changed()

    # What is taken away

    def _lose(self, choice: Choice) -> None:
        line, words = QWidget(), Elided("third", middle=True)
        words.set_text(_("{name} goes; its spans then say").format(name=choice.name))
        into = DropDown(self._look)
        into.setAccessibleName(_("What spans of {name} then say").format(name=choice.name))
        back = QPushButton(_("Keep it"))
        back.setProperty("role", "small")
        back.setAutoDefault(False)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words, 1)
        row.addWidget(into)
        row.addWidget(back)
        back.clicked.connect(lambda: self._keep(choice.id))
        into.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self._lost.addWidget(line)
        self._gone[choice.id] = line, into
        self._offer()

    def _offer(self) -> None:
        """Offer the values that are there instead of one that goes."""
        there = [(one.name, one.id) for one in self.choices]
        for _line, into in self._gone.values():
            chosen = into.currentData()
            into.blockSignals(True)
            into.clear()
            into.addItem(_("nothing"), "")
            for name, id in there:
                into.addItem(name, id)
            into.setCurrentIndex(max(0, into.findData(chosen)))
            into.blockSignals(False)

    def _keep(self, id: str) -> None:
        line, _into = self._gone.pop(id)
        self._lost.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._insert(self._known[id], len(self.rows)).line.setFocus()
        self._changed()
