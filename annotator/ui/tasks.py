"""Long work in a thread of its own: what it reports and its end arrive in the window's thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.domain.errors import UserError

Progress = Callable[[int, int], None]
"""Told how much is done, of how much (0 when that is not known)."""


class Task(QObject):
    """Runs `work(progress, cancelled)` once. Emits `advanced`, then `done(result)`, `failed(words)` or `broke(error)`.

    The work may use the project's store for writing and readers of its own; it must not touch a widget.
    """

    advanced = Signal(int, int)
    done = Signal(object)
    failed = Signal(str)
    broke = Signal(object)

    def __init__(self, work: Callable[[Progress, Callable[[], bool]], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._told = time.monotonic()
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, name="annotator-task")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop at the next good place."""
        self._cancelled.set()

    def wait(self) -> None:
        """Return when the work has ended."""
        self._thread.join()

    @property
    def running(self) -> bool:
        """Whether the work goes on."""
        return self._thread.is_alive()

    def _advance(self, done: int, total: int) -> None:
        # Ten times a second is enough to see; each one is an event in the window's queue.
        now = time.monotonic()
        if now - self._told >= 0.1:
            self._told = now
            self.advanced.emit(done, total)

    def _run(self) -> None:
        try:
            result = self._work(self._advance, self._cancelled.is_set)
        except UserError as error:
            self.failed.emit(str(error))
        except Exception as error:  # a bug: handed over whole, told in the window's thread
            self.broke.emit(error)
        else:
            self.done.emit(result)
