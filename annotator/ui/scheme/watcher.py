"""Finds out what a draft would change while one works on it: in a thread of its own, the newest draft last."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.article import VisibleLayers
from annotator.domain.redrawing import Redrawn
from annotator.storage.store import Store
from annotator.ui.scheme import consequences
from annotator.ui.scheme.consequences import Looked
from annotator.ui.tasks import Cancelled, Progress, Runner

PAUSE_MS = 150
"""After an edit, before its effects are looked for: whoever types is not held up by what was half typed."""


class Watcher(QObject):
    """`working()` when an edit waits for its numbers, `looked(Looked)` when they are there."""

    working = Signal()
    looked = Signal(object)

    def __init__(self, store: Store, visible: VisibleLayers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._visible = store, visible
        self._runner = Runner(self)
        self._wanted: tuple[Redrawn, str] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._begin)

    def ask(self, draft: Redrawn, label: str) -> None:
        """Look at a draft, with examples of a label (its id), in a moment."""
        self._wanted = draft, label
        self._runner.cancel()
        self._pause.start()
        self.working.emit()

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._pause.isActive() or self._runner.running or self._wanted is not None

    def finish(self) -> None:
        """Look no more."""
        self._pause.stop()
        self._wanted = None
        self._runner.cancel()
        self._runner.finish()

    def _begin(self) -> None:
        if self._wanted is None or self._runner.running:
            return  # what is going on was told to stop; its end begins the next
        (draft, label), self._wanted = self._wanted, None
        store, visible = self._store, self._visible

        def work(progress: Progress, cancelled: Cancelled) -> Looked | None:
            reader = store.reader()
            try:
                return consequences.look(reader, draft, label, visible, cancelled)
            finally:
                reader.close()

        self._runner.start(work, self._done)

    def _done(self, found: Looked | None) -> None:
        if self._wanted is not None:
            self._pause.start(0)
        elif found is not None:
            self.looked.emit(found)
