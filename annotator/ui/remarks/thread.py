"""One thread: who said what and when, with a way to answer and to close it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.domain.team import Remark
from annotator.domain.threads import Thread
from annotator.i18n import _
from annotator.ui.look import Look
from annotator.ui.remarks.desk import RemarkDesk
from annotator.ui.remarks.fields import NewField, OwnField
from annotator.ui.spans.history import moment
from annotator.ui.widgets import Elided, caption

_INDENT = 12


def small_button(words: str, act: object, role: str = "small") -> QPushButton:
    """Return a small button that Enter presses too."""
    made = QPushButton(words)
    made.setProperty("role", role)
    made.setAutoDefault(True)
    made.clicked.connect(act)
    return made


class _Said(QWidget):
    """One remark of a thread. `left()` when its field is left for the text."""

    left = Signal()

    def __init__(self, desk: RemarkDesk, look: Look) -> None:
        super().__init__()
        self._desk = desk
        self._remark: Remark | None = None
        self._head = Elided("third")
        self._words = caption()
        self._words.setWordWrap(True)
        self.field = OwnField(look, self._say)
        self.field.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in (self._head, self._words, self.field):
            column.addWidget(part)

    def _say(self, id: str, words: str) -> str:
        one = self._remark
        if one is None:
            return ""
        return self._desk.say(id, one.article, one.span, words, answers=one.answers, to=one.to)

    def show_remark(self, remark: Remark) -> None:
        """Show who said it, to whom, when, and what."""
        self._remark = remark
        desk, mine = self._desk, self._desk.mine(remark)
        parts = [desk.name_of(remark.author)]
        if remark.to and remark.to != remark.author:
            parts.append(_("for {name}").format(name=desk.name_of(remark.to)))
        parts.append(moment(remark.created, date.today()) if remark.created else "")
        self._head.set_text(" · ".join(filter(None, parts)))
        self._words.setText(remark.text)
        self._words.setVisible(not mine)
        self.field.setVisible(mine)
        if mine:
            self.field.show_remark(remark.id, remark.text)


class ThreadView(QFrame):
    """Shows a thread. `left()` when the keyboard is to go back to the text."""

    left = Signal()

    def __init__(self, desk: RemarkDesk, look: Look) -> None:
        super().__init__()
        self.setObjectName("thread")
        self._desk, self._look = desk, look
        self._thread: Thread | None = None
        self._shown: tuple[object, ...] = ()
        self._said: dict[str, _Said] = {}
        self._missing = caption("", "third")
        self._answers = QVBoxLayout()
        self._answers.setContentsMargins(0, 0, 0, 0)
        self._answers.setSpacing(6)
        self.field = NewField(look, self._say, _("Write an answer"))
        self.field.left.connect(self.left)
        self.field.ended.connect(self._end)
        self.answer = small_button(_("Answer"), self._begin)
        self.close_ = small_button("", lambda: self._act(desk.close))
        self.delete = small_button(_("Delete"), lambda: self._act(desk.take_away), "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        column.addWidget(self._missing)
        column.addLayout(self._answers)
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self.answer, self.close_, self.delete):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.field.hide()

    def _act(self, act: object) -> None:
        if self._thread is not None and callable(act):
            self.keep()
            act(self._thread.first.id)

    def _say(self, id: str, words: str) -> str:
        if self._thread is None:
            return ""
        first = self._thread.first
        return self._desk.say(id, first.article, first.span, words, answers=first.id)

    def _begin(self) -> None:
        self.field.show()
        self.field.setFocus()

    def _end(self) -> None:
        self.field.hide()
        if self._thread is not None:
            self._show_said()

    def keep(self) -> None:
        """Keep what is typed here."""
        for said in list(self._said.values()):
            said.field.keep()
        self.field.keep()

    def show_thread(self, thread: Thread) -> None:
        """Show it; an answer that is being typed stays in its field."""
        desk, first = self._desk, thread.first
        missing = desk.missing(thread)
        now = (thread, missing, self.field.id, desk.editable, [desk.name_of(one.author) for one in thread.all])
        if now == self._shown:
            return
        self._thread, self._shown = thread, now
        self._missing.setText(missing)
        self._missing.setVisible(bool(missing))
        self._show_said()
        self.close_.setText(_("Open again") if thread.closed else _("Close"))
        for button in (self.answer, self.close_):
            button.setVisible(desk.editable)
        self.answer.setVisible(desk.editable and not thread.closed)
        self.delete.setVisible(all(desk.mine(one) for one in thread.all))
        self.setAccessibleName(
            (_("Closed remark of {name}") if thread.closed else _("Remark of {name}")).format(
                name=desk.name_of(first.author)
            )
        )

    def _show_said(self) -> None:
        assert self._thread is not None  # it is shown
        shown = [one for one in self._thread.all if one.id != self.field.id]
        for id in self._said.keys() - {one.id for one in shown}:
            self._said.pop(id).deleteLater()
        for number, remark in enumerate(shown):
            said = self._said.get(remark.id)
            if said is None:
                said = self._said[remark.id] = _Said(self._desk, self._look)
                said.left.connect(self.left)
            said.show_remark(remark)
            said.setContentsMargins(_INDENT if number else 0, 0, 0, 0)
            self._answers.insertWidget(number, said)
            said.show()
