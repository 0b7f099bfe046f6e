"""A job: many steps that one undo takes back, committed in chunks by a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

from annotator.domain.change import Change, Changed, Step

if TYPE_CHECKING:
    from annotator.editing.workspace import Workspace

Texts = Mapping[str, str]
Chunk = Sequence[tuple[Step, Texts]]
DoAll = Callable[[Chunk, str, Callable[[], None]], Changed]


def give_up(workspace: Workspace, job: str) -> None:
    """Take a job (its id) back that was stopped; it is not done again, since nobody saw it done. In any thread.

    What was done before it stays, also where nothing of it was written yet. Raises as `Workspace.carry_out`.
    """
    replay = workspace.planned_undo()
    if job and replay.job == job:
        steps = tuple((seq, header._replace(job=job)) for seq, header in replay.steps)
        workspace.carry_out(replay._replace(steps=steps))


class Job:
    """Steps of one job, committed a chunk at a time so that a keystroke never waits for long.

    `do_all` does a chunk of steps in one transaction and calls back when only the commit is left; `weight` is how many
    values make a chunk.
    """

    def __init__(self, do_all: DoAll, id: str, weight: int) -> None:
        self.id = id
        self._do_all = do_all
        self._most = weight
        self._waiting: list[tuple[Step, Texts]] = []
        self._weight = 0
        self._thread = ThreadPoolExecutor(1, "job")
        self._under_way: Future[Changed] | None = None

    def add(self, step: Step, texts: Texts | None = None) -> None:
        """Put a step in line; `texts` are the texts it needs, by fingerprint. Raises as `flush`."""
        self._waiting.append((step, texts or {}))
        self._weight += sum(_weight(change) for change in step.changes)
        if self._weight >= self._most:
            self.hand_over()

    def hand_over(self) -> None:
        """Write what is in line, and have it committed while the caller goes on.

        Waits for the chunk before, and raises what became of that one: as `Workspace.do`.
        """
        self.wait()
        chunk, self._waiting, self._weight = self._waiting, [], 0
        if chunk:
            # Only the commit runs beside the caller: two threads that both need Python hold each other up.
            written = Event()
            self._under_way = self._thread.submit(self._write, chunk, written)
            written.wait()

    def _write(self, chunk: Chunk, written: Event) -> Changed:
        try:
            return self._do_all(chunk, self.id, written.set)
        finally:
            written.set()

    def wait(self) -> None:
        """Wait until what was handed over is committed. Raises as `Workspace.do`; nothing of it is written then."""
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            under_way.result()

    def flush(self) -> None:
        """Commit what is in line. Raises as `Workspace.do`, for what is in line or was handed over before."""
        self.hand_over()
        self.wait()

    def close(self) -> None:
        """Commit what is in line and end the thread. Raises as `flush`."""
        try:
            self.flush()
        finally:
            self._thread.shutdown()


def _weight(change: Change) -> int:
    return 10 + len(getattr(change.value, "spans", ()))
