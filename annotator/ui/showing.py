"""When what a window shows is told anew: once for each key, though a key changes spans, focus and offers in turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow

_Done = TypeVar("_Done")
_WORDS, _FOCUS = "words", "focus"
"""What is to be shown anew: what the window says, or the focused span too."""


class Showing:
    """One for the window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._doing, self._stale = 0, ""
        self._seen = False

    def begin(self) -> None:
        """Show all of it: the window is seen from now on."""
        self._seen = True
        self.refresh()

    def refocus(self) -> None:
        """Show the focused span anew."""
        self._stale = _FOCUS
        self.catch_up()

    def refresh(self) -> None:
        """Say anew what can be done now, and what there is; once for all that comes before the window is seen."""
        self._stale = self._stale or _WORDS
        self.catch_up()

    def at_once(self, act: Callable[[], _Done]) -> _Done:
        """Do what one key means, and only then show what came of it."""
        self._doing += 1
        try:
            return act()
        finally:
            self._doing -= 1
            self.catch_up()

    def catch_up(self, now: bool = False) -> None:
        """Show what has changed, where nothing is going on or it is needed `now`."""
        if self._doing and not now:
            return
        stale, self._stale = self._stale, ""
        if stale == _FOCUS:
            self._window.side.show_span(self._window.view.focused)
        if stale and self._seen:
            self._window.telling.refresh()
