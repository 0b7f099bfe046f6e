"""Very many differences are decided as one: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.change import Change, Decision, Step
from annotator.domain.errors import UserError
from annotator.domain.layerref import LayerRef
from annotator.editing.workspace import Workspace
from annotator.jobs import alike
from annotator.jobs.review import Queue
from annotator.review.decide import Verdict
from annotator.review.filter import Filter
from annotator.review.standing import SETTLED
from annotator.storage import review as reading
from annotator.storage.check import check
from annotator.storage.store import Store
from tests.jobs.reviewed import REFS, REVIEWER, made

TWO = REFS[:2]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A project of more articles than go into one chunk of a job."""
    with closing(Store.open(made(tmp_path / "p.annotator", articles=16, spans=12, people=2))) as opened:
        yield opened


def filled(store: Store) -> Queue:
    queue = Queue(TWO)
    queue.fill(store)
    return queue


def decisions(store: Store) -> dict[str, Decision]:
    return {one.id: one for id in store.article_ids() for one in reading.decisions(store, id)}


def spans(store: Store) -> list[object]:
    whole = reading.grounds(store, list(store.article_ids()), [LayerRef("consensus"), *TWO])
    return [(ground.sides[0].layer, ground.sides[0].spans) for ground in whole]


def test_a_job_decides_as_one_step_would_and_one_undo_takes_it_back(store: Store) -> None:
    queue, ws = filled(store), Workspace(store, REVIEWER, "desk")
    items = [it for it in queue.items() if not it.difference.field]
    told: list[tuple[int, int]] = []
    count = alike.decide_alike(ws, TWO, items, Verdict("none", same="s"), lambda *so_far: told.append(so_far))
    assert count == len(items)
    assert told == [(n + 1, 16) for n in range(16)]
    by_job = decisions(store)
    assert filled(store).counts()["settled"] == count
    ws.undo()
    assert decisions(store) == {}
    ws.do(queue.decide_alike(store, items, Verdict("none", same="s"), ws.me, ws.clock(), 1))
    at_once = decisions(store)

    def said(some: dict[str, Decision]) -> dict[str, Decision]:
        return {id: one._replace(data={**one.data, "at": ""}) for id, one in some.items()}

    assert said(at_once) == said(by_job)
    assert alike.undecide_alike(ws, TWO, filled(store).items(Filter(frozenset({SETTLED})))) == count
    assert decisions(store) == {}
    ws.undo()
    assert decisions(store) == at_once


def test_cancelled_it_leaves_nothing(store: Store) -> None:
    queue, ws = filled(store), Workspace(store, REVIEWER, "desk")
    heard: list[int] = []
    first, *items = (it for it in queue.items() if not it.difference.field)
    ws.do(queue.decide_alike(store, [first], Verdict("discuss"), ws.me, ws.clock(), 1))
    before, stood, title = decisions(store), spans(store), ws.undo_title()
    ws.listen(lambda changed: heard.append(len(changed.changes)))
    # At once, where nothing is written yet, and where chunks of it are.
    for articles, chunks in ((0, False), (14, True)):
        looks = iter([*[False] * articles, True])
        heard.clear()
        assert alike.decide_alike(ws, TWO, items, Verdict("both"), cancelled=lambda looks=looks: next(looks)) == 0  # type: ignore[misc]
        assert bool(heard) == chunks
        assert (decisions(store), spans(store), ws.undo_title()) == (before, stood, title)
        # What was stopped is not offered to be done again, be it in part.
        assert (ws.redo_title(), ws.redo()) == (None, None)
        assert decisions(store) == before
    assert list(check(store)) == []
    ws.undo()
    assert (decisions(store), ws.redo_title()) == ({}, title)
    ws.redo()
    assert decisions(store) == before


def test_where_it_cannot_be_done_nothing_is_left_either(store: Store) -> None:
    queue, ws = filled(store), Workspace(store, REVIEWER, "desk")
    items = [it for it in queue.items() if not it.difference.field]
    heard: list[str] = []
    ws.listen(lambda changed: heard.append(changed.how))
    # Maria has something where Lisa has nothing: taking Lisa's fails there.
    items.sort(key=lambda it: 0 in it.difference.missing)
    last = items[-1].difference.article
    items.sort(key=lambda it: it.difference.article == last)
    with pytest.raises(UserError, match="has nothing here"):
        alike.decide_alike(ws, TWO, [it for it in items if 0 not in it.difference.missing] + items[-1:],
                           Verdict("side", 0))  # fmt: skip
    assert decisions(store) == {}
    assert heard[0] == "do"  # something was written, and went again
    assert heard[-1] == "undo"


def test_what_is_done_before_is_not_taken_back_with_it(store: Store) -> None:
    """A job that wrote nothing yet leaves my last step alone."""
    ws = Workspace(store, REVIEWER, "desk")
    (article, *_rest) = store.articles(list(store.article_ids())).values()
    ws.do(Step("Title", (Change(article, article._replace(title="Another")),)))
    assert alike.decide_alike(ws, TWO, filled(store).items(), Verdict("none"), cancelled=lambda: True) == 0
    assert ws.undo_title() == "Title"
