"""What is decided in a review and then the scheme is changed under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain import redrawing as draw
from annotator.domain.change import Change, Step
from annotator.domain.redrawing import Redrawn
from annotator.domain.span import Span
from annotator.editing import review as editing
from annotator.jobs.consensus import take_over
from annotator.jobs.redrawing import redraw
from annotator.jobs.review import Queue
from annotator.review.decide import Verdict
from annotator.review.filter import Filter
from annotator.review.takeover import Rule
from annotator.storage.check import check
from annotator.storage.store import Store
from tests.jobs.reviewed import REFS, made, reviewing

ANY = Filter(frozenset())


def filled(store: Store) -> Queue:
    queue = Queue(REFS)
    assert queue.fill(store)
    return queue


def renamed(draft: Redrawn) -> Redrawn:
    return draw.rename(draft, "claim", "Assertion")


def merged(draft: Redrawn) -> Redrawn:
    return draw.merge(draft, "claim", "evidence")


def split(draft: Redrawn) -> Redrawn:
    return draw.split(draw.add_label(draft, "report", "Report", like="quote"), "quote", "report", "mode", "direct")


def deleted(draft: Redrawn) -> Redrawn:
    return draw.delete_label(draft, "source", spans_too=True)


def turned(draft: Redrawn) -> Redrawn:
    return draw.edited(draft, "relations", "states", {"symmetric": True})


def headed(draft: Redrawn) -> Redrawn:
    return draw.edited(draft, "groups", "attribution", {"head": "source"})


@pytest.mark.parametrize("change", [renamed, merged, split, deleted, turned, headed])
def test_a_change_of_the_scheme_asks_nothing_anew(tmp_path: Path, change: Callable[[Redrawn], Redrawn]) -> None:
    """Decisions follow what it does to their spans, and all of it is taken back by one undo."""
    with closing(Store.open(made(tmp_path / "p.annotator", articles=2, spans=9))) as store:
        _asks_nothing_anew(store, change)


def _asks_nothing_anew(store: Store, change: Callable[[Redrawn], Redrawn]) -> None:
    ws = reviewing(store)
    take_over(ws, REFS, Rule("trusted", side=0))
    queue = filled(store)
    for id in queue.articles:
        ground = queue.ground(store, id)
        assert ground is not None
        verdicts = [(it, Verdict("none")) for it in queue.of(id) if it.status == "open"]
        if verdicts:
            ws.do(editing.decide_all([(ground, verdicts)], ws.me, ws.clock(), 1))
    before = filled(store).items(ANY)
    assert {it.status for it in before} == {"settled"}
    # One that was outdated stays so.
    span = next(it.consensus and it.difference.spans[0] for it in before if len(it.difference.ids) == 4)
    assert isinstance(span, Span)
    moved = span._replace(fragments=((span.start, span.end + 1),))
    ws.do(Step("Move", (Change(span, moved),)))
    before = filled(store).items(ANY)
    assert Counter(it.status for it in before)["outdated"] == 1
    redraw(ws, change(draw.begun(store.scheme())))
    after = filled(store).items(ANY)
    # Spans that mean the same by the new labels may be others.
    clusters = {it.difference.ids: it.status for it in before if it.difference.ids}
    assert all(it.status == clusters.get(it.difference.ids, it.status) for it in after)
    counts = Counter(it.status for it in after)
    assert counts["settled"] + counts["outdated"] == len(after)
    assert counts["outdated"] <= (3 if change is split else 1)
    assert list(check(store)) == []
    ws.undo()
    assert filled(store).items(ANY) == before
