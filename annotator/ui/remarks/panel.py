"""All threads on a span or on the article, in the right panel, and a field for a new remark."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.threads import Thread
from annotator.i18n import _, n_
from annotator.ui.fields import DropDown
from annotator.ui.look import Look
from annotator.ui.remarks.desk import RemarkDesk
from annotator.ui.remarks.fields import NewField
from annotator.ui.remarks.thread import ThreadView, small_button
from annotator.ui.widgets import KeyCaps, caption, rule

_OPEN, _CLOSED = 20, 20
"""Threads that are shown at most, the newest; of more the rest is told by number."""


class RemarkPanel(QWidget):
    """Shows remarks where there are some, and the field where one is being written. `left()` for the text."""

    left = Signal()

    def __init__(self, desk: RemarkDesk, look: Look) -> None:
        super().__init__()
        self._desk, self._look = desk, look
        self._about = ("", "")
        self._writing = self._with_closed = False
        self._threads: list[Thread] = []
        self._views: dict[str, ThreadView] = {}
        self._shown: tuple[object, ...] = ()
        """What it was made to show last: each key asks for it, most ask for the same."""
        self._key = KeyCaps(look)
        self._more = caption("", "third")
        self.closed = small_button("", self._turn_closed)
        self.to = DropDown(look)
        self.to.setAccessibleName(_("The remark is for"))
        self.to.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # names may be long
        self.field = NewField(look, self._say, _("Write a remark"))
        self.field.left.connect(self.left)
        self.field.ended.connect(self._end)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(rule())
        head = QHBoxLayout()
        head.addWidget(caption(_("Remarks"), "heading"))
        head.addStretch(1)
        head.addWidget(self._key)
        column.addLayout(head)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        column.addLayout(self._list)
        for part in (self._more, self.closed, self.to, self.field):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if part is self.closed else Qt.AlignmentFlag(0))
        self.hide()

    def keep(self) -> None:
        """Keep what is typed here."""
        for view in list(self._views.values()):
            view.keep()
        self.field.end()

    def show_about(self, article: str, span: str, threads: list[Thread], key: str) -> None:
        """Show the threads on a span, or with "" on an article (ids), and the key that leads to the field."""
        if self._about != (article, span):
            self.keep()  # what was typed belongs to what was shown before
            self._about = (article, span)
            self._writing = self._with_closed = False
        self._threads = threads
        self._key.set_keys(key)
        self._show()

    def _show(self) -> None:
        desk = self._desk
        told = [desk.missing(thread) for thread in self._threads]
        now = (
            self._about, self._threads, told, self.field.id, self._writing, self._with_closed, desk.others(),
            desk.editable, self._look.theme,
        )  # fmt: skip
        if now != self._shown:
            self._shown = now
            self._show_all()

    def _show_all(self) -> None:
        written = [thread for thread in self._threads if thread.first.id != self.field.id]
        open_ = [thread for thread in written if not thread.closed]
        closed = [thread for thread in written if thread.closed]
        shown = open_[-_OPEN:] + (closed[-_CLOSED:] if self._with_closed else [])
        for id in self._views.keys() - {thread.first.id for thread in shown}:
            self._views.pop(id).deleteLater()
        for number, thread in enumerate(shown):
            view = self._views.get(thread.first.id)
            if view is None:
                view = self._views[thread.first.id] = ThreadView(self._desk, self._look)
                view.left.connect(self.left)
            self._list.insertWidget(number, view)
            view.show_thread(thread)
            view.show()  # Qt would do it later, and scroll to where nothing is yet
        more = len(open_) - min(len(open_), _OPEN)
        self._more.setText(n_("{count} older one", "{count} older ones", more).format(count=more))
        self._more.setVisible(more > 0)
        words = n_("{count} closed remark", "{count} closed remarks", len(closed)).format(count=len(closed))
        self.closed.setText(_("Hide closed remarks") if self._with_closed else words)
        self.closed.setVisible(bool(closed))
        others = self._desk.others()
        asked = self._desk.editable and (self._writing or bool(written))
        self._offer(others)
        self.to.setVisible(asked and bool(others))
        self.field.setVisible(asked)
        self.setVisible(asked or bool(written))

    def _offer(self, others: list[tuple[str, str]]) -> None:
        names = [("", _("For all")), *((id, _("For {name}").format(name=name)) for id, name in others)]
        if [(self.to.itemData(n), self.to.itemText(n)) for n in range(self.to.count())] == names:
            return
        chosen = self.to.currentData()
        self.to.clear()
        for id, name in names:
            self.to.addItem(name, id)
        self.to.setCurrentIndex(max(0, self.to.findData(chosen)))

    def _turn_closed(self) -> None:
        self._with_closed = not self._with_closed
        self._show()

    def begin(self) -> QWidget:
        """Give the keyboard to the field for a new remark, and return it."""
        self._writing = True
        self._show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return self.field

    def _say(self, id: str, words: str) -> str:
        article, span = self._about
        return self._desk.say(id, article, span, words, to=str(self.to.currentData() or "")) if article else ""

    def _end(self) -> None:
        self._writing = False
        self.to.setCurrentIndex(0)
        self._show()
