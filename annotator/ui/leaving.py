"""Whether a window may close: what would be lost or stopped is told first, and quitting again means it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.i18n import _, n_

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


class Leaving:
    """One for the window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._told = (False, 0, 0)
        """What would be stopped or given up when that was told: whether something goes on, changes of the scheme that
        are not applied, differences that are begun and not decided."""

    def forget(self) -> None:
        """What was told is over: quitting asks again."""
        self._told = (False, 0, 0)

    def refused(self) -> bool:
        """Say why the window should stay, and return True; False where it may go."""
        window = self._window
        if window.session.waiting:
            window.notice.say(_("One step is not saved yet. Save it to a file or give it up first."))
            return True
        lost = (window.files.running, window.sheets.unapplied, window.sheets.begun)
        if lost == self._told:
            return False
        if window.files.running:
            words = _("Something is still going on. Quit again to stop it here; what is done stays.")
        elif window.sheets.unapplied:
            words = _("The scheme has changes that are not applied. Quit again to give them up.")
        elif begun := window.sheets.begun:
            words = n_(
                "At {count:,} difference you began something and did not decide. Quit again to give it up.",
                "At {count:,} differences you began something and did not decide. Quit again to give it up.",
                begun,
            ).format(count=begun)
        else:
            return False
        self._told = lost
        window.notice.say(words)
        return True
