"""A changed scheme comes into force: the scheme and the spans and ties it moves, one job, one undo."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from annotator.domain.change import Change, Step
from annotator.domain.errors import Stale
from annotator.domain.redrawing import Redrawn
from annotator.domain.relation import Group, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.span import Span
from annotator.editing import schemes
from annotator.editing.workspace import GivenUp, Workspace
from annotator.i18n import _
from annotator.jobs.job import Cancelled, Progress, never, no_progress
from annotator.storage.reader import Reader

STEP = 32
"""Most changes of one step: undo and redo look at the clock between two steps."""


class Outcome(NamedTuple):
    """What was done: the scheme in force, how many spans and ties changed; `stopped` where nothing was done."""

    scheme: Scheme
    changes: int = 0
    stopped: bool = False


def redraw(
    workspace: Workspace, draft: Redrawn, progress: Progress = no_progress, cancelled: Cancelled = never, *,
    also: tuple[Change, ...] = (),
) -> Outcome:  # fmt: skip
    """Put a draft in force, in any thread: whole, or where it is `cancelled`, not at all.

    Unlike other jobs it writes in one transaction, since half a change of the scheme is no state to leave a project in;
    steps that others do meanwhile are refused at once. `also` goes into the first step. Raises Stale where another
    scheme is in force by now, UserError as `Workspace.do`.
    """
    # Whole: what is sealed for who changes the scheme changes with the rest.
    reader = workspace.store.reader(whole=True)
    try:
        if reader.scheme() != draft.before:
            raise Stale(_("The scheme was changed meanwhile. Nothing was written."))
        first = schemes.in_force(reader, draft, also)
        if schemes.is_one_step(draft):
            workspace.do(first)
            return Outcome(reader.scheme())
        steps = _steps(workspace, reader, draft, first, progress, cancelled)
        if draft.wanted.id != draft.before.id:
            # In force is what was changed last: taken back, this makes that the scheme which is in force now.
            steps = chain([Step(first.title, (Change(draft.before, draft.before),))], steps)
        changed = workspace.do_whole(steps)
        if changed is None:
            return Outcome(draft.before, stopped=True)
        moved = sum(1 for change in changed.changes if isinstance(change.value, Span | Relation | Group))
        return Outcome(reader.scheme(), moved)
    finally:
        reader.close()


def _steps(
    workspace: Workspace, reader: Reader, draft: Redrawn, first: Step, progress: Progress, cancelled: Cancelled
) -> Iterator[Step]:
    """Yield the steps, each of one article, so that a purge of one leaves the others their undo."""
    yield first
    plan = schemes.Plan(reader, draft)
    articles = plan.articles() if draft.moves or any(schemes.turned(draft)) else []
    for number, article in enumerate(articles):
        if cancelled():
            raise GivenUp
        changes = plan(article).changes(workspace.clock())
        for at in range(0, len(changes), STEP):
            yield Step(first.title, tuple(changes[at : at + STEP]))
        progress(number + 1, len(articles))
