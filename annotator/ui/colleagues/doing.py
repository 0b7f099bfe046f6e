"""Assignments are done as one step, by a thread of their own: there may be very many."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from annotator.domain.change import Changed, Step
from annotator.editing.workspace import GivenUp, Workspace
from annotator.ui.tasks import Cancelled, Progress, Work

_EVERY = 100


def whole(workspace: Workspace, make: Callable[[], list[Step]], lead: str) -> Work:
    """Return work that does what `make` gives, all or nothing; before that `lead` (an id, "" for nobody) leads."""

    def work(progress: Progress, cancelled: Cancelled) -> Changed | None:
        made = make()

        def steps() -> Iterator[Step]:
            for number, step in enumerate(made):
                if number % _EVERY == 0:
                    if cancelled():
                        raise GivenUp
                    progress(number, len(made))
                yield step

        if made and lead:
            workspace.store.set_lead(lead)
        return workspace.do_whole(steps())

    return work
