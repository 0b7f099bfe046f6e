"""Long work in a thread of its own: what it reports and its end arrive in the window's thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.errors import UserError

Progress = Callable[[int, int], None]
"""Told how much is done, of how much (0 when that is not known)."""

Cancelled = Callable[[], bool]

Work = Callable[[Progress, Cancelled], Any]
"""What is given `progress` and `cancelled`, runs in a thread of its own and returns its result."""


SlicedWork = Callable[[Cancelled], Generator[tuple[int, int], None, Any]]
"""What is given `cancelled`, yields (done, total) after each slice and returns its result."""


class Task(QObject):
    """Runs `work(progress, cancelled)` once. Emits `advanced`, then `done(result)`, `failed(words)` or `broke(error)`.

    The work may use the project's store for writing and readers of its own; it must not touch a widget.
    """

    advanced = Signal(int, int)
    done = Signal(object)
    failed = Signal(str)
    broke = Signal(object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
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


class Slices(QObject):
    """Runs `work(cancelled)` a slice at a time in the window's own thread, between what else happens there.

    For what only that thread may do, such as printing; each slice, up to a (done, total) that it yields, must be short.
    """

    advanced = Signal(int, int)
    done = Signal(object)
    failed = Signal(str)
    broke = Signal(object)

    def __init__(self, work: SlicedWork, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = False
        self._slices = work(lambda: self._cancelled)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin."""
        self._timer.start(0)

    def cancel(self) -> None:
        """Ask the work to stop at the next good place."""
        self._cancelled = True

    def wait(self) -> None:
        """Stop at once where it has not ended; it tidies up behind itself."""
        self._timer.stop()
        self._slices.close()

    def _go_on(self) -> None:
        try:
            self.advanced.emit(*next(self._slices))
        except StopIteration as end:
            self._timer.stop()
            self.done.emit(end.value)
        except UserError as error:
            self._timer.stop()
            self.failed.emit(str(error))
        except Exception as error:  # a bug: as in a task
            self._timer.stop()
            self.broke.emit(error)


class Runner(QObject):
    """One task at a time. `advanced(done, total)` while it goes on, `ended()` when it has, before its outcome is told.

    A failure is told by `failed(words)`; a bug is raised again in the window's thread, with its own trace.
    """

    advanced = Signal(int, int)
    ended = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task: Task | Slices | None = None

    @property
    def running(self) -> bool:
        """Whether a task goes on."""
        return self._task is not None

    def start(self, work: Work, done: Callable[[Any], None]) -> None:
        """Begin; then `done(result)`. The caller has looked that nothing is running."""
        self._begin(Task(work, self), done)

    def start_slices(self, work: SlicedWork, done: Callable[[Any], None]) -> None:
        """Begin work that the window's thread does between other things; then `done(result)`."""
        self._begin(Slices(work, self), done)

    def _begin(self, task: Task | Slices, done: Callable[[Any], None]) -> None:
        self._task = task
        task.advanced.connect(self.advanced)
        task.done.connect(lambda result: self._end(lambda: done(result)))
        task.failed.connect(lambda words: self._end(lambda: self.failed.emit(words)))
        task.broke.connect(lambda error: self._end(lambda: _raise_later(error)))
        task.start()

    def cancel(self) -> None:
        """Ask the task to stop at the next good place."""
        if self._task is not None:
            self._task.cancel()

    def finish(self) -> None:
        """Wait for the task; its outcome is not told any more."""
        if self._task is not None:
            self._task.wait()
            self._task = None

    def _end(self, then: Callable[[], None]) -> None:
        task, self._task = self._task, None
        if task is None:
            return
        task.wait()
        task.deleteLater()
        self.ended.emit()
        then()


def _raise_later(error: BaseException) -> None:
    # From the event loop it reaches the hook for bugs, with its own trace.
    def again() -> None:
        raise error

    QTimer.singleShot(0, again)
