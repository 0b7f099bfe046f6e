"""Held keys: repeats that come late are dropped, so that nothing goes on after the key is let go."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

LATE = 0.060
"""Seconds that a repeat may wait in the queue before it is dropped."""


class LateRepeats(QObject):
    """An event filter for a window as the window system knows it, where every key comes in first.

    Not for the application: every event of every widget would be wrapped for Python to look at.
    The window system's clock is not ours: the smallest difference seen so far counts as no delay.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._offset: float | None = None

    def late(self, stamp: float, now: float) -> bool:
        """Whether an event stamped `stamp` and taken up at `now` (seconds of two clocks) waited too long."""
        difference = now - stamp
        if self._offset is None or difference < self._offset:
            self._offset = difference
        return difference - self._offset > LATE

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or not isinstance(event, QKeyEvent):
            return False
        if not event.timestamp():
            return False
        late = self.late(event.timestamp() / 1000, time.monotonic())
        if late and event.isAutoRepeat():
            event.accept()
            return True
        return False
