"""Colleagues: a list of parts at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QStackedWidget

from annotator.domain.change import Change, Changed
from annotator.domain.errors import UserError
from annotator.domain.sides import answers_in
from annotator.domain.team import Proposal
from annotator.i18n import _
from annotator.ui.colleagues.corrections import Corrections
from annotator.ui.colleagues.part import Part
from annotator.ui.colleagues.parts import PARTS
from annotator.ui.dialogs.parts import Sheet, button, say
from annotator.ui.notices import Notice
from annotator.ui.tasks import Runner, Work
from annotator.ui.widgets import caption

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow

_STEPS = {"Ctrl+PgUp": -1, "Ctrl+PgDown": 1}
"""Keys that turn to another part from wherever one is: shortcuts, for a table has a use of its own for them."""


class ColleaguesPage(Sheet):
    """Once it was accepted, `place` is the article and span (ids, "" for none) that one wants to go to, or `draft` the
    proposed scheme that is to be looked at in its editor, with the change that settles it, or a package `sends` it.
    """

    def __init__(self, window: MainWindow, part: str = "") -> None:
        super().__init__(_("Colleagues"), window.look, window)
        self._window, self._session = window, window.session
        self._made: dict[type[Part], Part] = {}
        self.place: tuple[str, str] | None = None
        self.draft: tuple[Proposal, Change] | None = None
        self.sends = False
        self._runner = Runner(self)
        self._what = ""
        self.list = QListWidget()
        self.list.setAccessibleName(_("Parts"))
        self.list.setFixedWidth(window.look.px(200))
        self._stack = QStackedWidget()
        self._lay_out()
        self.notice = Notice(self)
        self._count()
        self._connect()
        self.fit(1040, 680)
        ids = [kind.id for kind in PARTS]
        self.list.setCurrentRow(ids.index(part) if part in ids else 0)
        self.part.enter()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.list)
        row.addWidget(self._stack, 1)
        self.column.addLayout(row, 1)
        self._progress = caption("", "second")
        self._progress.hide()
        self._stop = button(_("Stop"), self._runner.cancel)
        self._stop.hide()
        self.close_ = button(_("Close"), self.reject, "quiet")
        self._keys = caption(_("Ctrl+PgUp and Ctrl+PgDn turn to another part"), "third")
        bottom = QHBoxLayout()
        bottom.addWidget(self._keys)
        bottom.addWidget(self._progress)
        bottom.addWidget(self._stop)
        bottom.addStretch(1)
        bottom.addWidget(self.close_)
        self.column.addLayout(bottom)
        for one in (self._stop, self.close_):
            one.setAutoDefault(False)  # Return belongs to what is chosen in a part

    def _connect(self) -> None:
        for _kind in PARTS:
            item = QListWidgetItem()
            item.setSizeHint(QSize(0, self.look.px(32)))
            self.list.addItem(item)
        self._count()
        self.list.currentRowChanged.connect(self._turn)
        self._session.changed.connect(self._follow)
        self._session.told.connect(self.say)
        self.notice.undo_wanted.connect(self._undo)
        self._runner.advanced.connect(self._advance)
        self._runner.ended.connect(lambda: self._busy(False))
        self._runner.failed.connect(lambda words: self.say(words))
        undoing = self._window.undoing
        for keys, act in ((QKeySequence.StandardKey.Undo, self._undo), (QKeySequence.StandardKey.Redo, undoing.redo)):
            QShortcut(keys, self).activated.connect(act)
        for sequence, by in _STEPS.items():
            QShortcut(QKeySequence(sequence), self).activated.connect(partial(self._step, by))

    # The parts

    @property
    def part(self) -> Part:
        """The part that is shown, made where it is not there yet."""
        kind = PARTS[max(0, self.list.currentRow())]
        if kind not in self._made:
            self._made[kind] = kind(self._window, self)
            self._stack.addWidget(self._made[kind])
        return self._made[kind]

    def _turn(self, _row: int) -> None:
        before = self._stack.currentWidget()
        part = self.part
        if isinstance(before, Part) and before is not part:
            before.leave()
        self._stack.setCurrentWidget(part)
        part.refresh()

    def _step(self, by: int) -> None:
        self.list.setCurrentRow((self.list.currentRow() + by) % len(PARTS))
        self.part.enter()

    def _count(self, only: type[Part] | None = None) -> None:
        for row, kind in enumerate(PARTS):
            item = self.list.item(row)
            if item is None or only not in (None, kind):
                continue
            try:
                waiting = kind.waiting(self._window)
            except UserError as error:
                self.say(str(error))
                waiting = 0
            item.setText(f"{_(kind.title)}  {waiting:,}" if waiting else _(kind.title))

    def _follow(self, changed: Changed) -> None:
        # An answer to a correction is nobody else's matter.
        self._count(Corrections if answers_in(changed.changes) is not None else None)
        self.part.follow(changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses only a button."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(pressed := self.focusWidget(), QPushButton):
            pressed.click()
        elif self.list.hasFocus():
            self.part.enter()

    # What parts ask for

    def say(self, words: str, undo: bool = False) -> None:
        """Show a sentence at the bottom; with `undo` a button takes the last step back."""
        self.notice.say(words, undo=undo)

    def offer(self, words: str, take_back: Callable[[], object]) -> None:
        """Show a sentence about what is no step of mine; Undo does this."""
        self.notice.offer(words, take_back)

    def go(self, article: str, span: str = "") -> None:
        """Close, and show an article (its id), at a span (id) if one is given."""
        self.place = (article, span)
        self.accept()

    def send(self) -> None:
        """Close, and ask for whom a package is to be made."""
        self.sends = True
        self.accept()

    def work(self, what: str, work: Work, done: Callable[[Any], None]) -> None:
        """Do work in a thread of its own, its progress at the bottom; then `done(result)`."""
        if self._runner.running or self._window.files.busy():
            return
        self._what = what
        self._busy(True)
        say(self._progress, f"{what} …")
        self._runner.start(work, done)

    def _advance(self, done: int, total: int) -> None:
        share = f" {100 * done // total} %" if total else ""
        say(self._progress, f"{self._what} …{share}")

    def _busy(self, busy: bool) -> None:
        self._stop.setVisible(busy)
        self._progress.setVisible(busy)
        self._keys.setVisible(not busy)
        self._stack.setEnabled(not busy)
        if not busy:
            self.part.enter()

    def _undo(self) -> None:
        self.notice.hide()
        self._window.undoing.undo()

    def done(self, result: int) -> None:
        """Keep what was typed; what goes on is stopped first, since it works in the project."""
        for part in self._made.values():
            part.leave()
        self._runner.cancel()
        self._runner.finish()
        self._session.changed.disconnect(self._follow)
        self._session.told.disconnect(self.say)
        super().done(result)
