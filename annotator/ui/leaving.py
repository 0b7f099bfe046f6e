"""Whether a window may close: what would be lost or stopped is told first, and quitting again means it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.i18n import _

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


class Leaving:
    """One for the window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._told = (False, 0)
        """What would be stopped or given up when that was told: whether something goes on, changes not applied."""

    def forget(self) -> None:
        """What was told is over: quitting asks again."""
        self._told = (False, 0)

    def refused(self) -> bool:
        """Say why the window should stay, and return True; False where it may go."""
        window = self._window
        if window.session.waiting:
            window.notice.say(_("One step is not saved yet. Save it to a file or give it up first."))
            return True
        lost = (window.files.running, window.sheets.unapplied)
        if lost == self._told:
            return False
        if window.files.running:
            words = _("Something is still going on. Quit again to stop it here; what is done stays.")
        elif window.sheets.unapplied:
            words = _("The scheme has changes that are not applied. Quit again to give them up.")
        else:
            return False
        self._told = lost
        window.notice.say(words)
        return True
