"""Relations, groups, fields, rules: a list of them, and below it the form of the chosen one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from annotator.i18n import _
from annotator.ui.dialogs.parts import say
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.scheme.draft import Draft
from annotator.ui.widgets import caption

_ROW, _LEAST, _MOST = 30, 3, 8


class _Names(QListWidget):
    """The entries; Delete takes the chosen one out, Alt and an arrow moves it."""

    def __init__(self, room: Entries) -> None:
        super().__init__()
        self._room = room
        self.setObjectName("entries")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Delete:
            self._room.delete_current()
        elif by is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._room.move_current(by)
        else:
            super().keyPressEvent(event)


class Entries(QWidget):
    """A subclass says what stands in the list, builds the form and writes what is said in it into the draft."""

    table = ""

    def __init__(self, draft: Draft, look: Look, title: str, about: str, add: str) -> None:
        super().__init__()
        self.draft, self.look = draft, look
        self.current = -1
        self.setObjectName("page")
        heading = caption(title)
        heading.setFont(look.serif(20))
        told = caption(about, "second")
        told.setWordWrap(True)
        self.add = QPushButton(add)
        self.add.setAutoDefault(True)
        self.remove = QPushButton(_("Delete"))
        self.remove.setProperty("role", "delete")
        self.remove.setAutoDefault(True)
        self.names = _Names(self)
        self.names.setAccessibleName(title)
        self.fault = caption("", "error")
        self.fault.setWordWrap(True)
        self.form = QWidget()
        self.body = QVBoxLayout(self.form)
        self.body.setContentsMargins(0, 8, 0, 0)
        self.body.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(self.add)
        foot = QHBoxLayout()
        foot.addWidget(self.remove)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(told)
        column.addWidget(self.names)
        column.addWidget(self.form)
        column.addWidget(self.fault)
        self.build()
        self.body.addLayout(foot)
        column.addStretch(1)
        self.names.currentRowChanged.connect(self._pick)
        self.add.clicked.connect(self._begin)
        self.remove.clicked.connect(self.delete_current)
        look.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        self.add.setIcon(icon("plus", self.look.theme.text))

    # What a subclass says

    def build(self) -> None:
        """Put the fields into `body`."""
        raise NotImplementedError

    def words_of(self, item: Mapping[str, Any]) -> str:
        """Return the line of an entry in the list."""
        raise NotImplementedError

    def fill(self, item: Mapping[str, Any]) -> None:
        """Show an entry in the fields."""
        raise NotImplementedError

    def fresh(self) -> dict[str, Any] | None:
        """Return a new entry that the scheme can have, None (and said why) where it cannot have one."""
        raise NotImplementedError

    def begin_here(self) -> QWidget:
        """Return the field in which a new entry is begun."""
        raise NotImplementedError

    # What all have

    def items(self) -> list[Mapping[str, Any]]:
        """Return the entries of the draft."""
        return self.draft.items(self.table)

    @property
    def item(self) -> Mapping[str, Any]:
        """The chosen entry, {} for none."""
        items = self.items()
        return items[self.current] if 0 <= self.current < len(items) else {}

    def show_entries(self) -> None:
        """Show the draft's entries; the chosen one stays chosen."""
        items = self.items()
        self.names.blockSignals(True)
        lines = [self.words_of(item) for item in items]
        if self.names.count() != len(lines):
            self.names.clear()
            self.names.addItems(lines)
        for row, line in enumerate(lines):
            if self.names.item(row).text() != line:
                self.names.item(row).setText(line)
        if self.current < 0 or self.current >= len(items):
            self.current = len(items) - 1 if self.current >= len(items) else 0 if items else -1
        self.names.setCurrentRow(self.current)
        self.names.blockSignals(False)
        rows = max(_LEAST, min(_MOST, len(items)))
        self.names.setFixedHeight(rows * self.look.px(_ROW) + 8)
        self.form.setVisible(bool(items))
        if items:
            self.fill(self.item)
        say(self.fault, self.fault_words())

    def focus_first(self) -> None:
        """Give the keyboard to the list, or to what makes the first entry; a proxy would catch Tab in a circle."""
        (self.names if self.items() else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def fault_words(self) -> str:
        """Return why the last edit here could not be."""
        at = self.draft.fault[0].split("\n")[0]
        mine = {self.table, *(str(item.get("id")) for item in self.items())}
        return self.draft.fault[1] if at in mine else ""

    def write(self, changes: Mapping[str, Any], at: str = "") -> None:
        """Change the chosen entry; `at` is the field that is typed into."""
        if self.item:
            self.draft.change(self.table, str(self.item["id"]), changes, at)

    def _pick(self, row: int) -> None:
        if row >= 0:
            self.current = row
            self.draft.settle()
            self.show_entries()

    def _begin(self) -> None:
        item = self.fresh()
        if item is None:
            return
        self.current = len(self.items())
        if self.append(item):
            self.show_entries()
            self.begin_here().setFocus(Qt.FocusReason.OtherFocusReason)

    def append(self, item: dict[str, Any]) -> bool:
        """Add an entry to the draft; False where that cannot be."""
        return self.draft.add(self.table, item)

    def delete_current(self) -> None:
        """Take the chosen entry out."""
        if self.item:
            self.draft.delete(self.table, str(self.item["id"]))

    def move_current(self, by: int) -> None:
        """Put the chosen entry before or behind the next one."""
        place = self.current + by
        if self.item and 0 <= place < len(self.items()):
            id, self.current = str(self.item["id"]), place
            self.draft.reorder(self.table, id, place)
