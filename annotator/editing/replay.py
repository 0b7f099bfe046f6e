"""Undo and redo as plans: which steps of the journal are taken back or done again."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from annotator.domain.change import Change
from annotator.domain.journalled import StepRecord


class Replay(NamedTuple):
    """An undo or redo about to happen: local numbers of the original steps, and the steps to write."""

    how: str
    """`undo` or `redo`."""
    steps: tuple[tuple[int, StepRecord], ...] = ()
    is_job: bool = False
    """Whether it may be done in chunks; what is no job is small and is undone whole or not at all."""
    changes: tuple[Change, ...] | None = None
    """What the one original step did, None where the journal is to be asked."""
    whole: bool = False
    """Whether it is a job and yet undone whole or not at all: a change of the scheme."""
    job: str = ""
    """The job (its id) that is taken back or done again, "" where it is none."""

    @property
    def title(self) -> str:
        """Title of the original step, "" where there is nothing to do."""
        return self.steps[0][1].title if self.steps else ""


class Latest(NamedTuple):
    """A single step that was done, undone or done again just now: taking that back need not ask the journal.

    It holds as long as nothing whatever was written to the project since.
    """

    writes: int
    """`Store.writes` right after it."""
    how: str
    """What can be done about it: `undo` or `redo`."""
    seq: int
    """Local number of the original step."""
    step: StepRecord
    """The original step, as far as a replay names it."""
    last: str
    """Id of the step that was written last: the original, its undo or its redo."""
    changes: tuple[Change, ...]
    """What the original step did."""

    def replay(self, header: Callable[..., StepRecord], id: str) -> Replay:
        """Return the plan that takes it back; `header` makes the step to write of id, title, root and undoes."""
        undoes = self.step.id if self.how == "undo" else self.last
        step = header(id, self.step.title, root=self.step.id, undoes=undoes)
        return Replay(self.how, ((self.seq, step),), changes=self.changes)

    def taken_back(self, writes: int, last: str) -> Latest:
        """Return what stands once its replay is written as the step `last`."""
        return self._replace(writes=writes, how="redo" if self.how == "undo" else "undo", last=last)


def without_people(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return what is taken back of these: whoever has entered a project stays in it, whatever they undo."""
    return tuple(change for change in changes if change.kind != "annotator")
