"""Filling and finishing the consensus: taking over what agrees, and saying what is missing. See `jobs.job`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from annotator.domain.errors import UserError
from annotator.domain.layerref import CONSENSUS_REF, LayerRef
from annotator.domain.sides import Ground
from annotator.editing import review as editing
from annotator.editing.workspace import Workspace
from annotator.i18n import _
from annotator.jobs.job import Cancelled, Progress, never, no_progress, seldom_collecting
from annotator.review.standing import AGREED, STATUSES, compared, counted, standing
from annotator.review.takeover import Rule, verdict
from annotator.storage import review as reading
from annotator.storage.reader import Reader


@dataclass(slots=True)
class Taken:
    """What was taken over: how many, in how many articles, by kind of difference ("agreed" for what all said)."""

    taken: int = 0
    articles: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    stopped: bool = False


def take_over(
    workspace: Workspace, refs: Sequence[LayerRef], rule: Rule, progress: Progress = no_progress,
    cancelled: Cancelled = never, *, articles: Collection[str] | None = None, dry_run: bool = False,
) -> Taken:  # fmt: skip
    """Decide what the rule decides, all of it one job that one undo takes back; `dry_run` only counts.

    Raises UserError where the consensus is among the layers, and as everything that writes.
    """
    refuse_consensus(refs)
    report = Taken()
    with closing(Reader(workspace.store.path)) as reader, seldom_collecting():
        reader.seal(workspace.me.id)
        version = reader.scheme().version
        ids = _ids(reader, refs, articles)
        with workspace.job() as job:
            for done, ground in enumerate(reading.grounds(reader, ids, refs), start=1):
                if cancelled():
                    report.stopped = True
                    break
                found = [(it, said) for it in standing(ground) if (said := verdict(it, rule, refs)) is not None]
                if found:
                    step = editing.decide_all(
                        [(ground, found)], workspace.me, workspace.clock(), version, editing.TAKEN_OVER
                    )
                    if not dry_run:
                        job.add(step)
                    report.articles += 1
                    report.taken += len(found)
                    report.kinds.update(it.difference.kind for it, _said in found)
                progress(done, len(ids))
    return report


def refuse_consensus(refs: Sequence[LayerRef]) -> None:
    """Raise UserError where the consensus is one of the layers: it is compared, but not decided about."""
    if CONSENSUS_REF in refs:
        raise UserError(
            _("The consensus is one of the layers that are compared. Choose only people's layers to decide.")
        )


def _ids(reader: Reader, refs: Sequence[LayerRef], articles: Collection[str] | None) -> list[str]:
    wanted = None if articles is None else frozenset(articles)
    return [id for id in reading.articles(reader, refs) if wanted is None or id in wanted]


@dataclass(slots=True)
class Made:
    """What stands between the articles and their consensus.

    `counts` are differences by status (`review.standing.STATUSES`), of all articles together; `done` how many articles
    have a consensus that is done now, `of` how many there are. `missing` are the counts of those (ids) that lack
    something, `undone` their layers (numbers of the chosen ones) that are not marked done, `others` the layers with
    spans of another revision. `unheard` are how many decisions of an article (its id) were made without a layer that
    says something else: they hinder nothing, but nobody looked at it.
    """

    of: int = 0
    done: int = 0
    changed: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATUSES, 0))
    missing: dict[str, dict[str, int]] = field(default_factory=dict)
    undone: dict[str, tuple[int, ...]] = field(default_factory=dict)
    others: dict[str, tuple[int, ...]] = field(default_factory=dict)
    unheard: dict[str, int] = field(default_factory=dict)
    stopped: bool = False


MISSING = ("open", "contested", "outdated", "discussed", AGREED)
"""Statuses with which an article has no consensus yet."""


def make_consensus(
    workspace: Workspace, refs: Sequence[LayerRef], progress: Progress = no_progress, cancelled: Cancelled = never,
    *, articles: Collection[str] | None = None, dry_run: bool = False,
) -> Made:  # fmt: skip
    """Say what is missing, and mark the consensus of those articles done where nothing is; one job for one undo.

    A consensus that was done and lacks something by now is marked started again. Raises as `take_over`.
    """
    refuse_consensus(refs)
    report = Made()
    with closing(Reader(workspace.store.path)) as reader, seldom_collecting():
        reader.seal(workspace.me.id)
        ids = _ids(reader, refs, articles)
        report.of = len(ids)
        with workspace.job() as job:
            for number, ground in enumerate(reading.grounds(reader, ids, refs), start=1):
                if cancelled():
                    report.stopped = True
                    break
                whole = _looked_at(ground, report)
                report.done += whole
                step = editing.finish(ground.article.id, ground.consensus.layer, done=whole)
                if step is not None:
                    report.changed += 1
                    if not dry_run:
                        job.add(step)
                progress(number, len(ids))
    return report


def _looked_at(ground: Ground, report: Made) -> bool:
    """Put what one article lacks into the report; return whether that is nothing."""
    id, found = ground.article.id, compared(ground)
    items = standing(ground, found)
    counts = counted(items)
    for status, count in counts.items():
        report.counts[status] += count
    lacking = {status: counts[status] for status in MISSING if counts[status]}
    undone = tuple(_undone(ground))
    if lacking:
        report.missing[id] = lacking
    if undone:
        report.undone[id] = undone
    if found.others:
        report.others[id] = found.others
    if unheard := sum(1 for item in items if item.unheard):
        report.unheard[id] = unheard
    return not (lacking or undone or found.others)


def _undone(ground: Ground) -> Iterator[int]:
    for number, side in enumerate(ground.sides):
        # Nobody can mark a file's layer done.
        if side.layer is not None and side.layer.state != "done" and (side.layer.owner or side.ref.kind != "imported"):
            yield number
