"""Deciding very many differences as one, or taking that back: a job that one undo takes back. See `jobs.job`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing

from annotator.domain.change import Step
from annotator.domain.ids import uuid7
from annotator.domain.layerref import LayerRef
from annotator.domain.sides import Ground
from annotator.editing import review as editing
from annotator.editing.job import give_up
from annotator.editing.workspace import Workspace
from annotator.jobs.job import Cancelled, Progress, never, no_progress, seldom_collecting
from annotator.review.decide import Verdict
from annotator.review.standing import Item
from annotator.storage import review as reading
from annotator.storage.reader import Reader


def decide_alike(
    workspace: Workspace, refs: Sequence[LayerRef], items: Sequence[Item], verdict: Verdict,
    progress: Progress = no_progress, cancelled: Cancelled = never,
) -> int:  # fmt: skip
    """Decide all these as the verdict says; return how many, 0 where it was cancelled: then nothing is decided.

    Raises as `editing.review.decide`, and as everything that writes; nothing is decided then either.
    """
    same, me, now = verdict._replace(same=verdict.same or uuid7()), workspace.me, workspace.clock()

    def step(ground: Ground, some: Sequence[Item]) -> Step:
        verdicts = [(item, same) for item in some]
        return editing.decide_all([(ground, verdicts)], me, now, ground.scheme.version)

    return _as_one(workspace, refs, items, step, progress, cancelled)


def undecide_alike(
    workspace: Workspace, refs: Sequence[LayerRef], items: Sequence[Item], progress: Progress = no_progress,
    cancelled: Cancelled = never,
) -> int:  # fmt: skip
    """Take the decisions of all these back; as `decide_alike`."""
    return _as_one(workspace, refs, items, editing.undecide, progress, cancelled)


def _as_one(
    workspace: Workspace, refs: Sequence[LayerRef], items: Sequence[Item],
    step: Callable[[Ground, Sequence[Item]], Step], progress: Progress, cancelled: Cancelled,
) -> int:  # fmt: skip
    by_article: dict[str, list[Item]] = {}
    for item in items:
        by_article.setdefault(item.difference.article, []).append(item)
    count, stopped, id = 0, False, ""
    with closing(Reader(workspace.store.path)) as reader, seldom_collecting():
        reader.seal(workspace.me.id)
        try:
            with workspace.job() as job:
                id = job.id
                for done, ground in enumerate(reading.grounds(reader, list(by_article), refs), start=1):
                    if stopped := cancelled():
                        break
                    some = by_article[ground.article.id]
                    job.add(step(ground, some))
                    count += len(some)
                    progress(done, len(by_article))
        except BaseException:
            # Whoever saw a list of what is decided as one is not left with a part of it.
            give_up(workspace, id)
            raise
    if not stopped:
        return count
    give_up(workspace, id)
    return 0
