"""Says at the bottom of the window that corrections wait for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.domain.change import Changed, Decision
from annotator.domain.errors import UserError
from annotator.domain.sides import ANSWER, CORRECTION
from annotator.i18n import n_
from annotator.storage import corrections as stored

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


class CorrectionBadge(QObject):
    """Counts when a project was opened, and again when something was told or answered; not with every decision."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._bottom, self._session = window.bottom, window.session
        window.session.changed.connect(self._follow)
        window.session.unsealed.connect(self.look)
        window.session.closing.connect(self._clear)
        window.bottom.badge_pressed.connect(lambda: window.sheets.colleagues("corrections"))

    def look(self) -> None:
        """Count anew."""
        store = self._session.store
        try:
            count = stored.open_count(store, self._session.me.id) if store is not None else 0
        except UserError:
            count = 0  # what cannot be read is told by what is asked for next
        words = n_("{count:,} correction", "{count:,} corrections", count).format(count=count)
        self._bottom.set_badge(words if count else "")

    def _follow(self, changed: Changed) -> None:
        if "decision" not in changed.kinds():
            return
        values = (change.value for change in changed.changes)
        if any(isinstance(it, Decision) and it.data.get("about") in (ANSWER, CORRECTION) for it in values):
            self.look()

    def _clear(self) -> None:
        self._bottom.set_badge("")
