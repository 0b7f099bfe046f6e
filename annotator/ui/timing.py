"""My time: what is done in the window goes to a stopwatch, and what that counted to the file; only where asked for."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator import times
from annotator.domain.errors import UserError
from annotator.editing.stopwatch import Stopwatch
from annotator.editing.timesheet import duration
from annotator.i18n import _
from annotator.ui.session import Session

TICK = 10_000
"""Milliseconds between two looks."""
SAVE_EVERY = 60.0
"""Seconds of work that a power cut may take. Writing waits for the disk, so no key ever does it."""

_INPUT = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
})  # fmt: skip


class Timekeeper(QObject):
    """Counts for the shown article while it measures. `seconds` is a clock that never goes back.

    `said(words)`: the time of the shown article, "" where none is measured. A filter on the window as the window system
    knows it, as `repeats` has one; dialogs are windows of their own, and what is done there does not count.
    """

    said = Signal(str)

    def __init__(self, session: Session, window: QWidget, seconds: Callable[[], float] = time.monotonic) -> None:
        super().__init__(window)
        self.measuring = False
        self._session, self._window, self._seconds = session, window, seconds
        self._watch = Stopwatch()
        self._project = ""
        self._kept: dict[str, float] = {}
        self._owed: dict[str, float] = {}
        """Counted, and not on the disk yet."""
        self._saved_at = seconds()
        self._words = ""
        self._told: set[str] = set()
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self.look)
        session.project_opened.connect(self._change)
        session.article_shown.connect(self._show)
        self._change()

    # What goes on

    def measure(self, on: bool) -> None:
        """Begin to measure, or end; a window that was never shown is measured once it is."""
        handle = self._window.windowHandle()
        if on is self.measuring or handle is None:
            return
        self.measuring = on
        if on:
            handle.installEventFilter(self)
            self._timer.start()
            if self._window.isActiveWindow():
                self._watch.wake(self._seconds())
            self._show()
        else:
            handle.removeEventFilter(self)
            self._timer.stop()
            self._watch.sleep(self._seconds())
            self.save()
            self._say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _INPUT:
            self._watch.touch(self._seconds())
        elif kind is QEvent.Type.FocusIn:
            self._watch.wake(self._seconds())
        elif kind is QEvent.Type.FocusOut:
            self._watch.sleep(self._seconds())
        return False

    def _show(self) -> None:
        article = self._session.article
        self._watch.show(article.id if article is not None else "", self._seconds())
        self._say()

    def _change(self) -> None:
        self._leave()
        store = self._session.store
        self._project = store.about().get("id", "") if store is not None else ""
        self._kept = self._read()
        self._say()

    def look(self) -> None:
        """Say how long it is by now; write where the last time is long ago, or nobody is here to be held up."""
        if not self._watch.awake or self._seconds() - self._saved_at >= SAVE_EVERY:
            self.save()
        self._say()

    def _say(self) -> None:
        article = self._session.article
        words = ""
        if self.measuring and self._project and article is not None:
            parts = (self._kept, self._owed, self._watch.counted)
            seconds = sum(part.get(article.id, 0.0) for part in parts)
            words = duration(seconds) if seconds >= 60 else _("under a minute")
        if words != self._words:
            self._words = words
            self.said.emit(words)

    # What is kept

    def seconds(self) -> dict[str, float]:
        """Return the seconds of the open project by article, with those that are not on the disk yet."""
        self._gather()
        self._kept = self._read()
        return {id: self._kept.get(id, 0.0) + self._owed.get(id, 0.0) for id in {**self._kept, **self._owed}}

    def save(self) -> None:
        """Write what was counted; where that is refused it is told once and tried again."""
        self._gather()
        self._saved_at = self._seconds()
        if not self._owed or not self._project:
            return
        try:
            self._tell(times.add(self._project, self._owed))
        except UserError as error:
            self._tell(str(error))
            return
        for article, seconds in self._owed.items():
            self._kept[article] = self._kept.get(article, 0.0) + seconds
        self._owed = {}

    def _gather(self) -> None:
        for article, seconds in self._watch.take().items():
            self._owed[article] = self._owed.get(article, 0.0) + seconds

    def _read(self) -> dict[str, float]:
        try:
            seconds, words = times.read(self._project)
        except UserError as error:
            self._tell(str(error))
            return {}
        self._tell(words)
        return seconds

    def _tell(self, words: str) -> None:
        if words and words not in self._told:
            self._told.add(words)
            self._session.told.emit(words, False)

    @property
    def forgotten(self) -> bool:
        """Whether forgotten times of the open project can be brought back."""
        return times.forgotten(self._project)

    def forget(self) -> bool:
        """Put the times of the open project aside; False, and told, where that is refused."""
        self.save()
        return not self._owed and self._altered(times.forget)

    def recall(self) -> bool:
        """Bring them back; False, and told, where that is refused."""
        return self._altered(times.recall)

    def _altered(self, alter: Callable[[str], None]) -> bool:
        try:
            alter(self._project)
        except UserError as error:
            self._session.told.emit(str(error), False)
            return False
        self._kept = self._read()
        self._say()
        return True

    def _leave(self) -> None:
        """Write what belongs to the project that was open; what was forgotten there goes for good."""
        self._watch.show("", self._seconds())
        self.save()
        self._owed = {}
        if self.forgotten:
            self._altered(times.let_go)

    def finish(self) -> None:
        """Write what was counted; before the project is closed."""
        self._timer.stop()
        self._leave()
