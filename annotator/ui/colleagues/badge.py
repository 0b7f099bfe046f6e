"""Says at the bottom of the window that corrections wait for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.domain.change import Changed, Decision
from annotator.domain.errors import UserError
from annotator.domain.sides import ANSWER, CORRECTION, TAGGED, answers_in
from annotator.i18n import n_
from annotator.storage.corrections import Waiting

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


class CorrectionBadge(QObject):
    """Counts when a project was opened, and again when something was told or answered; not with every decision."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._bottom, self._session = window.bottom, window.session
        self._waiting: Waiting | None = None
        self.gone_from = ""
        """The correction (its id) whose place in the text one went to see: coming back one stands there again."""
        window.session.changed.connect(self._follow)
        window.session.unsealed.connect(self.look)
        window.session.closing.connect(self._clear)
        window.bottom.badge_pressed.connect(lambda: window.sheets.colleagues("corrections"))

    @property
    def count(self) -> int:
        """How many wait."""
        if self._waiting is None:
            self.look()
        return len(self._waiting) if self._waiting is not None else 0

    def look(self) -> None:
        """Count anew."""
        store = self._session.store
        try:
            self._waiting = Waiting(store, self._session.me.id) if store is not None else None
        except UserError:
            self._waiting = None  # what cannot be read is told by what is asked for next
        self._show()

    def _show(self) -> None:
        count = len(self._waiting) if self._waiting is not None else 0
        words = n_("{count:,} correction", "{count:,} corrections", count).format(count=count)
        self._bottom.set_badge(words if count else "")

    def _follow(self, changed: Changed) -> None:
        kinds = changed.kinds()
        if "decision" not in kinds:
            return
        answers = answers_in(changed.changes, TAGGED)
        if answers is None or self._waiting is None:
            values = (change.value for change in changed.changes)
            if any(isinstance(it, Decision) and it.data.get("about") in (ANSWER, CORRECTION) for it in values):
                self.look()
            return
        for change in answers:
            before, after = change.before, change.after
            self._waiting.follow(
                before if isinstance(before, Decision) else None, after if isinstance(after, Decision) else None
            )
        self._show()

    def _clear(self) -> None:
        self._waiting = None
        self._bottom.set_badge("")
