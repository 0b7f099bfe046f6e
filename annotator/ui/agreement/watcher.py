"""Computes the figures in a thread of its own, anew when what they stand on has changed and the hand rests."""

from __future__ import annotations

import time
from contextlib import closing
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.layerref import LayerRef
from annotator.jobs.agreementsheet import Gathered, gather
from annotator.storage.store import Store
from annotator.ui.tasks import Cancelled, Progress, Runner

REST_MS = 400
"""After a change of the project: nobody looks at the figures while something is being done."""
_SEEN_MS = 400
"""What is done earlier shows no bar."""


class Wish(NamedTuple):
    """Which layers, and whether only articles in which all of them are done (None: where there are such)."""

    refs: tuple[LayerRef, ...]
    done_only: bool | None = None


class Computed(NamedTuple):
    """The figures, and how many seconds they took."""

    found: Gathered
    seconds: float


class Watcher(QObject):
    """`computed(Computed)` with each outcome; `advanced(done, total)` where it takes long; then `ended(stopped)`."""

    computed = Signal(object)
    advanced = Signal(int, int)
    ended = Signal(bool)
    failed = Signal(str)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._runner = Runner(self)
        self._wanted: Wish | None = None
        self._begun = 0.0
        self._stopped = False
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._begin)
        self._runner.advanced.connect(self._advance)
        self._runner.failed.connect(self._fail)

    def ask(self, wish: Wish, after_ms: int = 0) -> None:
        """Compute what is wished, in a moment; what is going on for an earlier wish ends."""
        self._wanted = wish
        self._runner.cancel()
        self._pause.start(after_ms)

    def stop(self) -> None:
        """Stop what is going on; the figures stay as they were."""
        waits = self._wanted is not None and not self._runner.running
        self._wanted, self._stopped = None, True
        self._pause.stop()
        self._runner.cancel()
        if waits:
            self.ended.emit(True)  # no outcome will tell it

    @property
    def busy(self) -> bool:
        """Whether figures are still to come."""
        return self._pause.isActive() or self._runner.running or self._wanted is not None

    def finish(self) -> None:
        """Compute no more."""
        self.stop()
        self._runner.finish()

    def _begin(self) -> None:
        if self._wanted is None or self._runner.running:
            return  # what is going on was told to stop; its end begins the next
        wish, self._wanted = self._wanted, None
        store, self._begun, self._stopped = self._store, time.monotonic(), False

        def work(progress: Progress, cancelled: Cancelled) -> Computed | None:
            begun = time.monotonic()
            with closing(store.reader()) as reader:
                found = gather(reader, wish.refs, progress, cancelled, done_only=wish.done_only)
            return None if found is None else Computed(found, time.monotonic() - begun)

        self._runner.start(work, self._done)

    def _advance(self, done: int, total: int) -> None:
        if time.monotonic() - self._begun > _SEEN_MS / 1000:
            self.advanced.emit(done, total)

    def _fail(self, words: str) -> None:
        self.ended.emit(False)
        self.failed.emit(words)
        if self._wanted is not None:
            self._pause.start(0)

    def _done(self, computed: Computed | None) -> None:
        if self._wanted is not None:
            self._pause.start(0)
            return
        self.ended.emit(computed is None and self._stopped)
        if computed is not None:
            self.computed.emit(computed)
