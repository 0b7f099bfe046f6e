"""How long somebody was at work on each article, told by the moments of what they did; idle is left out."""

from __future__ import annotations

IDLE = 60.0
"""Seconds without a key, a wheel or a move of the mouse after which nobody counts as reading: a screen of an article
holds some 170 words, which take 45 s at 240 words a minute."""
GRACE = 10.0
"""Seconds that count after the last thing done before a longer pause: one looks at it before one goes."""


class Stopwatch:
    """Counts seconds by article (id). Every `now` is in seconds of one clock, from any beginning.

    What passes between two moments counts for the article shown while the window was awake: all of it up to `IDLE`,
    else `GRACE`. So a suspended computer, or a clock that leaps, is a pause like any other. A moment before the last
    one counts as the last one.
    """

    def __init__(self) -> None:
        self.counted: dict[str, float] = {}
        """Seconds by article since the last `take`."""
        self.awake = False
        self._article = ""
        self._last = float("-inf")

    def show(self, article: str, now: float) -> None:
        """Another article (id, "" for none) is before the eyes. The same one again, after an import say, is nothing."""
        if article != self._article:
            self._pass(now)
            self._article = article

    def wake(self, now: float) -> None:
        """The window became the active one."""
        self._pass(now)
        self.awake = True

    def sleep(self, now: float) -> None:
        """Another window became the active one."""
        self._pass(now)
        self.awake = False

    def touch(self, now: float) -> None:
        """Something was done in the window."""
        self._pass(now)

    def take(self) -> dict[str, float]:
        """Return what was counted, and begin anew."""
        counted, self.counted = self.counted, {}
        return counted

    def _pass(self, now: float) -> None:
        last, self._last = self._last, max(now, self._last)
        passed = self._last - last
        if self.awake and self._article and passed > 0:
            counts = passed if passed <= IDLE else GRACE
            self.counted[self._article] = self.counted.get(self._article, 0.0) + counts
