"""Telling annotators what was decided about their spans, before a package for them is made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import closing

from annotator.domain.change import Step
from annotator.editing.corrections import TOLD
from annotator.editing.workspace import Workspace
from annotator.jobs.job import Cancelled, Progress, never, no_progress, seldom_collecting
from annotator.review.corrections import changes
from annotator.storage import corrections as stored
from annotator.storage import review as reading
from annotator.storage.faults import told
from annotator.storage.sealing import is_sealed


def tell(
    workspace: Workspace, recipients: Sequence[str], articles: Collection[str] | None = None,
    progress: Progress = no_progress, cancelled: Cancelled = never,
) -> int:  # fmt: skip
    """Write for each of the recipients (ids) what became of their spans, in these articles (ids) or all; in any thread.

    Returns how many corrections came, changed or went. Steps of one job, one for each person and article; what was
    written when it was cancelled stays and is right. Nothing is told of an article that the recipient, or who works
    here, still tags blind. See `jobs.job` for the rest.
    """
    me = workspace.me.id
    store, count = workspace.store, 0
    with seldom_collecting(), closing(store.reader(whole=True)) as reader, told(store.path), workspace.job() as job:
        if not stored.tells(reader, me):
            return 0
        names, scheme = stored.entry_names(reader), reader.scheme()
        pairs = [
            (who, article)
            for who, some in stored.concerned(reader, [it for it in recipients if it != me]).items()
            for article in some
            if (articles is None or article in articles) and not is_sealed(reader.connection, me, article)
        ]
        for done, (who, article) in enumerate(pairs, start=1):
            if cancelled():
                break
            ground = reading.ground(reader, article, stored.layers_of(reader, who, article), scheme)
            found = changes(ground, who, stored.told_to(reader, who, article), names) if ground is not None else ()
            if found:
                job.add(Step(TOLD, found))
                count += len(found)
            progress(done, len(pairs))
    return count
