"""Assigning, taking away, giving back and reading again are steps that can be undone, and progress follows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.article import Annotator, own_layer
from annotator.domain.assigning import Pair, Rule
from annotator.domain.errors import NotTheLead, UserError
from annotator.editing import assignments
from annotator.editing.articles import set_state
from annotator.editing.workspace import Workspace
from annotator.storage import assignments as stored
from annotator.storage.assignments import Progress
from annotator.storage.check import check
from tests.builders import ANA, BO, TEXT, bring, my_layer, project, tag, workspace

CLEO = Annotator("0190a000-0000-7000-8000-00000000000c", "Cleo")


def test_who_assigns_first_leads_and_nobody_else_assigns_then(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    texts = [bring(ws, f"{number} {TEXT}", f"Article {number}") for number in range(4)]
    ids = [article.id for article in texts]
    ws.do(assignments.join(BO))
    steps = assignments.planned(ws.store, Rule("each", 1), [ANA.id, BO.id], ids)
    assert len(steps) == 4
    assert assignments.carry_out(ws, steps)
    assert ws.store.leads() == {ANA.id}
    assert {(one.annotator, one.assigned) for one in stored.progress(ws.store)} == {(ANA.id, 2), (BO.id, 2)}
    # What is assigned stays, and counts.
    assert assignments.planned(ws.store, Rule("each", 1), [BO.id], ids[:1]) in ([], steps[:1])
    assert not assignments.carry_out(ws, assignments.planned(ws.store, Rule("all"), [BO.id], ids))
    assert len(stored.of_annotator(ws.store, BO.id)) == 4
    ws.undo()
    assert len(stored.of_annotator(ws.store, BO.id)) == 2
    bos = Workspace(ws.store, BO, "desk")
    with pytest.raises(NotTheLead):
        bos.do_whole(assignments.take_away(stored.everything(ws.store)))
    assert not list(check(ws.store))


def test_given_back_taken_again_and_progress(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    one, two = bring(ws), bring(ws, f"2 {TEXT}", "Two")
    ws.do_whole(assignments.assign([Pair(one.id, ANA.id), Pair(two.id, ANA.id)]))
    tag(ws, one, "quote", (0, 4))
    assert stored.progress(ws.store) == [Progress(ANA.id, 1, 2, 1, 1, 0, 0, 1)]
    ws.do(assignments.give_back(two.id, None, ANA))
    assert stored.progress(ws.store) == [Progress(ANA.id, 1, 2, 0, 1, 0, 1, 1)]
    assert ws.store.mine(ANA.id) == (one.id,)
    layer = my_layer(ws, two)
    assert layer is not None
    with pytest.raises(UserError, match="back already"):
        assignments.give_back(two.id, layer, ANA)
    ws.do(assignments.take_again(layer))
    again = my_layer(ws, two)
    assert again is not None
    assert not again.extra
    with pytest.raises(UserError, match="not given back"):
        assignments.take_again(again)
    ws.undo()
    ws.undo()
    assert my_layer(ws, two) is None
    assert ws.store.mine(ANA.id) == (one.id, two.id)


def test_a_second_reading_begins_anew_and_leaves_the_first(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    tag(ws, article, "quote", (0, 4))
    ws.do(set_state(article.id, my_layer(ws, article), ANA, "done"))
    ws.do_whole(assignments.assign([Pair(article.id, ANA.id)], round=2))
    ws.store.seal(ANA.id)
    assert ws.store.assigned_round(article.id, ANA.id) == 2
    assert ws.store.states(ANA.id) == {"new": 1}
    other = bring(ws, f"2 {TEXT}", "Two")
    assert ws.store.next_unfinished(ANA.id, other.id) == article.id
    ws.do(set_state(article.id, None, ANA, "done", 2))
    layer = ws.store.value("layer", own_layer(article.id, ANA.id, 2).id, article.id)
    assert (layer.round, layer.state) == (2, "done")
    assert ws.store.states(ANA.id) == {"done": 1, "new": 1}
    assert ws.store.next_unfinished(ANA.id, other.id) is None
    assert [(one.round, one.done) for one in stored.progress(ws.store)] == [(2, 1)]
