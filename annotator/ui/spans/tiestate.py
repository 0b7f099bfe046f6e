"""State and note of the attribution that the focused span belongs to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.domain.attributes import Attribute, Choice
from annotator.domain.relation import Group
from annotator.domain.span import STATES
from annotator.i18n import _
from annotator.ui.look import Look
from annotator.ui.spans.attributes import AttributeRows, Shown
from annotator.ui.spans.note import NoteField
from annotator.ui.states import MARK_NAMES


class TieState(QWidget):
    """`marked(state)`, `written(group, words)` (its id), `left()` for the text.

    There is room for a note where there is one, where the attribution is marked, or when it is asked for.
    """

    marked = Signal(str)
    written = Signal(str, str)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._group, self._asked = "", False
        self._choices = tuple(Choice(id, _(MARK_NAMES[id])) for id in STATES)
        self.state = AttributeRows(look)
        self.state.pressed.connect(lambda _id, number: self.marked.emit(STATES[number]))
        self.note = NoteField(look)
        self.note.setPlaceholderText(_("Add a note on the attribution"))
        self.note.setAccessibleName(_("Note on the attribution"))
        self.note.left.connect(self.left)
        self.note.written.connect(lambda words: self.written.emit(self._group, words))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.state)
        column.addWidget(self.note)

    def show_group(self, group: Group | None, name: str, mine: bool) -> None:
        """Show a group, which its scheme calls `name`; None where the span belongs to none, or to several."""
        if (group.id if group is not None else "") != self._group:
            self.note.keep()  # what was typed belongs to the one before
            self._group, self._asked = group.id if group is not None else "", False
        self.setVisible(group is not None)
        if group is None:
            return
        attribute = Attribute("tie", name, (), choices=self._choices)
        self.state.show_attributes([Shown(attribute, group.state, enabled=mine)])
        self.note.show_note(group.note, "")
        self.note.setReadOnly(not mine)
        self._give_room(group.note or (mine and (group.state != "ok" or self._asked)))

    def _give_room(self, room: object) -> None:
        # A field in which somebody writes does not vanish.
        self.note.setVisible(bool(room) or self.note.hasFocus())

    def take_note(self) -> None:
        """Give the keyboard to the note."""
        self._asked = True
        self._give_room(True)
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.note.moveCursor(QTextCursor.MoveOperation.End)
