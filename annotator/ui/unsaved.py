"""The bar that stands above everything while a step is not on the disk: what waits, and three ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from annotator.i18n import _
from annotator.ui.session import Session
from annotator.ui.widgets import caption

if TYPE_CHECKING:
    from annotator.formats.record import Record

AGAIN = 5_000
"""Milliseconds between two tries that the program makes by itself."""


class UnsavedBar(QFrame):
    """Hidden while all is saved. `save_wanted()` asks for a file for the waiting work."""

    save_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unsaved")
        self._session = session
        self._words = caption("", "unsaved")
        self._words.setWordWrap(True)
        self.again, self.save, self.give_up = (
            QPushButton(_("Try again")),
            QPushButton(_("Save to a file…")),
            QPushButton(_("Give up")),
        )
        self.give_up.setToolTip(_("Leave this step out and go on"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        for button in (self.again, self.save, self.give_up):
            row.addWidget(button)
        self.again.clicked.connect(session.save_again)
        self.save.clicked.connect(self.save_wanted)
        self.give_up.clicked.connect(session.let_go)
        self._timer = QTimer(self, interval=AGAIN)
        self._timer.timeout.connect(session.save_again)
        self.hide()

    @property
    def words(self) -> str:
        """What the bar says, "" when all is saved."""
        return self._words.text() if not self.isHidden() else ""

    def say(self, words: str) -> None:
        """Say what the disk refused, and stand there; "" goes away."""
        self._words.setText(_("NOT SAVED: {waiting}. {words}").format(waiting=self._session.waiting, words=words))
        self.setVisible(bool(words))
        if words:
            self._timer.start()
        else:
            self._timer.stop()


def unsaved_article(session: Session) -> Record | None:
    """Return the shown article as it would be with the waiting step; it needs no disk to be read."""
    article, workspace = session.article, session.workspace
    if article is None or workspace is None:
        return None
    from annotator.editing.unsaved import with_waiting  # seldom

    waiting = workspace.pending.step.changes if workspace.pending is not None else ()
    return with_waiting(article, session.text, session.scheme, session.me, session.layers, session.spans, waiting)
