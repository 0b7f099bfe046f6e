"""Spans by label through the project, and those made under an older version than their label's meaning."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain import redrawing as draw
from annotator.domain.article import VisibleLayers
from annotator.domain.errors import UserError
from annotator.domain.meaning import since
from annotator.editing import schemes, spans
from annotator.editing.workspace import Workspace
from annotator.jobs.redrawing import redraw
from annotator.storage import labelled
from annotator.storage.labelled import Count, Place
from tests.builders import ANA, BO, workspace
from tests.schemed import made, state


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made(tmp_path / "p.annotator", 5, 24)
    return workspace(tmp_path / "p.annotator")


def all_older(ws: Workspace, visible: VisibleLayers, owner: str | None, limit: int) -> list[Place]:
    found: list[Place] = []
    while page := labelled.older(
        ws.store, since(ws.store.scheme()), visible, owner, after=found[-1] if found else None, limit=limit
    ):
        assert len(page) <= limit
        found += page
    return found


def test_counts(ws: Workspace) -> None:
    found = state(ws.store).spans.values()
    for label, count in labelled.counts(ws.store).items():
        own = [span for span in found if span.label == label]
        owners = {span.annotator for span in own} - {""}
        assert count == Count(len(own), len({span.article for span in own}), len(owners))


def test_what_is_to_be_looked_at(ws: Workspace) -> None:
    assert all_older(ws, VisibleLayers.ALL, None, 100) == []
    redraw(ws, draw.define(draw.begun(ws.store.scheme()), "cue", "Only verbs."))
    cues = [span for span in state(ws.store).spans.values() if span.label == "cue"]
    order = {id: number for number, id in enumerate(ws.store.article_ids())}
    wanted = sorted((order[span.article], span.start, span.id) for span in cues)
    for limit in (1, 7, 100):
        found = all_older(ws, VisibleLayers.ALL, None, limit)
        assert [(order[one.article], one.start, one.id) for one in found] == wanted
    by_article = labelled.older_by_article(ws.store, since(ws.store.scheme()), VisibleLayers.ALL)
    assert list(by_article) == [id for id in order if id in by_article]
    assert sum(by_article.values()) == len(cues)


def test_whose_layers_are_seen_and_whose_are_mine(ws: Workspace) -> None:
    redraw(ws, draw.define(draw.begun(ws.store.scheme()), "cue", "Only verbs."))
    cues = {span.id: span.annotator for span in state(ws.store).spans.values() if span.label == "cue"}

    def owners(visible: VisibleLayers, owner: str | None) -> set[str]:
        return {cues[one.id] for one in all_older(ws, visible, owner, 50)}

    assert owners(VisibleLayers.ALL, None) == {ANA.id, BO.id, ""}
    assert owners(VisibleLayers.ALL, ANA.id) == {ANA.id, ""}
    assert owners(VisibleLayers(frozenset({"annotator"}), frozenset({BO.id})), None) == {BO.id}
    assert owners(VisibleLayers(frozenset({"annotator"}), frozenset({BO.id})), ANA.id) == set()


def test_what_was_looked_at_is_done_and_undo_asks_again(ws: Workspace) -> None:
    redraw(ws, draw.define(draw.begun(ws.store.scheme()), "cue", "Only verbs."))
    version = ws.store.scheme().version
    first, second, third = (
        ws.store.value("span", one.id, one.article) for one in all_older(ws, VisibleLayers.ALL, None, 50)[:3]
    )
    total = len(all_older(ws, VisibleLayers.ALL, None, 50))
    ws.do(schemes.still_right(first, version, ws.clock()))
    with pytest.raises(UserError, match="this version"):
        schemes.still_right(ws.store.value("span", first.id, first.article), version, "t")
    end = second.end + 1
    ws.do(spans.by_hand(spans.move(second, ((second.start, end),), ws.clock()), version))
    ws.do(spans.delete(third))
    left = {one.id for one in all_older(ws, VisibleLayers.ALL, None, 50)}
    assert len(left) == total - 3
    assert not left & {first.id, second.id, third.id}
    for _ in range(3):
        ws.undo()
    assert len(all_older(ws, VisibleLayers.ALL, None, 50)) == total
    ws.undo()
    assert all_older(ws, VisibleLayers.ALL, None, 50) == []


def test_a_version_that_was_undone_is_not_given_twice(ws: Workspace) -> None:
    begun = draw.begun(ws.store.scheme())
    redraw(ws, draw.define(begun, "cue", "Only verbs."))
    bo = Workspace(ws.store, BO, "elsewhere")
    cue = next(span for span in state(ws.store).spans.values() if span.label == "cue" and span.annotator == BO.id)
    bo.do(schemes.still_right(cue, 3, bo.clock()))
    ws.undo()
    assert ws.store.scheme().version == 2
    redraw(ws, draw.define(begun, "cue", "Only nouns."))
    assert ws.store.scheme().version == 4
    assert cue.id in {one.id for one in all_older(ws, VisibleLayers.ALL, None, 99)}
    ws.undo()
    redraw(ws, draw.define(begun, "cue", "Only colons."))
    assert ws.store.scheme().version == 4  # nobody did anything under the one that was undone
