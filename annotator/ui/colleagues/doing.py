"""Assignments are done as one step, by a thread of their own: there may be very many."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from annotator.domain.assigning import Heed
from annotator.domain.change import Changed, Step
from annotator.domain.shares import Outlook
from annotator.editing.workspace import GivenUp, Workspace
from annotator.ui.tasks import Cancelled, Progress, Work

_EVERY = 100


def heeding(progress: Progress, cancelled: Cancelled) -> Heed:
    """Return what tells of progress and raises GivenUp once that is wished."""

    def heed(done: int, total: int) -> None:
        if cancelled():
            raise GivenUp
        progress(done, total)

    return heed


def counted(look: Callable[[Heed], Outlook]) -> Work:
    """Return work that gives what `look` finds, or None where it was stopped."""

    def work(progress: Progress, cancelled: Cancelled) -> Outlook | None:
        try:
            return look(heeding(progress, cancelled))
        except GivenUp:
            return None

    return work


def whole(workspace: Workspace, make: Callable[[Heed], list[Step]], lead: str) -> Work:
    """Return work that does what `make` gives, all or nothing; after that `lead` (an id, "" for nobody) leads."""

    def work(progress: Progress, cancelled: Cancelled) -> Changed | None:
        heed = heeding(progress, cancelled)
        try:
            made = make(heed)
        except GivenUp:
            return None

        def steps() -> Iterator[Step]:
            for number, step in enumerate(made):
                if number % _EVERY == 0:
                    heed(number, len(made))
                yield step

        changed = workspace.do_whole(steps())
        if changed is not None and lead:
            # Not before: what was stopped has made nobody the lead, and earlier steps count whoever leads.
            workspace.store.set_lead(lead)
        return changed

    return work
