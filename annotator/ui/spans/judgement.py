"""What I say of the article as a whole, in the place of the focused span while none is: fields, mark, note."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.article import MARKS
from annotator.domain.attributes import Attribute, Choice
from annotator.i18n import _
from annotator.ui.judging import Judging
from annotator.ui.look import Look
from annotator.ui.remarks.place import RemarkPlace
from annotator.ui.session import Session
from annotator.ui.spans.attributes import AttributeRows, Shown, digit_of
from annotator.ui.spans.note import NoteField
from annotator.ui.states import MARK_NAMES
from annotator.ui.taborder import InOrder
from annotator.ui.widgets import KeyCaps, caption, rule


class Judgement(InOrder):
    """Shows what I said of the open article, below what to do to get a span."""

    def __init__(
        self, session: Session, look: Look, actions: dict[str, QAction], judging: Judging, remarks: RemarkPlace
    ) -> None:
        super().__init__()
        self.remarks = remarks
        self._session, self._actions, self._judging = session, actions, judging
        self._article = ""
        self._advice = caption("", "third")
        self._advice.setWordWrap(True)
        self._head = caption(_("My judgement"), "heading")
        self._key = KeyCaps(look, actions["article.judge"].shortcut().toString())
        actions["article.judge"].changed.connect(self._name_key)
        self.fields = AttributeRows(look)
        self.fields.pressed.connect(judging.press)
        self.fields.written.connect(judging.write)
        self.fields.opened.connect(judging.open)
        self.fields.left.connect(judging.leave)
        self.fields.cleared.connect(lambda field: judging.link(field, None, ""))
        self.state = AttributeRows(look)
        self.state.pressed.connect(lambda _id, number: judging.mark(MARKS[number]))
        choices = tuple(Choice(id, _(MARK_NAMES[id])) for id in MARKS)
        self._states = Attribute("mark", _("State"), (), choices=choices)
        self.note = NoteField(look)
        self.note.left.connect(judging.leave)
        self.note.written.connect(self._write)
        self._others = caption("", "third")
        self._others.setWordWrap(True)
        for signal in (session.closing, session.leaving):
            signal.connect(remarks.keep)
        session.closing.connect(self.note.keep)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self._advice)
        self._rule = rule()
        column.addWidget(self._rule)
        self._mine = QWidget()
        head = QHBoxLayout(self._mine)
        head.setContentsMargins(0, 4, 0, 0)
        head.addWidget(self._head)
        head.addStretch(1)
        head.addWidget(self._key)
        for widget in (self._mine, self.fields, self.state, self.note, self._others, self.remarks):
            column.addWidget(widget)
        column.addStretch(1)

    def _name_key(self) -> None:
        self._key.set_keys(self._actions["article.judge"].shortcut().toString())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What no field here takes: a digit does what it does in the text, Esc goes back there.
        if event.key() == Qt.Key.Key_Escape:
            self._judging.leave()
        elif not self._judging.place(digit_of(event)):
            super().keyPressEvent(event)

    def set_narrow(self, narrow: bool) -> None:
        """Take less room."""
        self.fields.set_narrow(narrow)
        self.state.set_narrow(narrow)

    def take_keyboard(self, field: str) -> QWidget:
        """Give the keyboard to a field (its id), with "" to the first one, or where the scheme has none to the mark.

        Returns what is to be seen then.
        """
        row = self.fields.row(field) if field else next(iter(self.fields.rows()), None)
        row = row or self.state.row(self._states.id)
        if row is None:
            return self
        row.take_keyboard()
        return row

    def take_note(self) -> QWidget:
        """Give the keyboard to the note, and return it."""
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.note.moveCursor(QTextCursor.MoveOperation.End)
        return self.note

    def _write(self, words: str) -> None:
        if self._article:
            self._judging.annotate(self._article, words)

    def say(self, advice: str) -> None:
        """Say how to get a span."""
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))

    def show_article(self, advice: str) -> None:
        """Show what is said of the open article, under words of advice."""
        self.say(advice)
        session, judging = self._session, self._judging
        there = session.article is not None
        article = session.article.id if session.article is not None else ""
        if article != self._article:
            self.note.keep()  # what was typed belongs to the article before
            self._article = article
        for widget in (self._rule, self._mine, self.state):
            widget.setVisible(there)
        may = session.editable
        self.fields.show_attributes(judging.shown() if there else ())
        self.state.show_attributes([Shown(self._states, judging.marked, enabled=may)] if there else ())
        self.note.show_note(judging.note, "")
        self.note.setReadOnly(not may)
        self.note.setVisible(there and (may or bool(judging.note)))
        others = "\n".join(judging.others()) if there else ""
        self._others.setText(others)
        self._others.setVisible(bool(others))
        self.show_remarks()

    def show_remarks(self) -> None:
        """Show what people tell each other of the article."""
        shown = self._actions["article.remark"].shortcut().toString()
        self.remarks.show_about(self._article, "", shown)
