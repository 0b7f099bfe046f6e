"""What is taken back at once is known without asking the journal, for as long as nobody else wrote."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.editing.replay import Replay
from annotator.editing.workspace import Workspace
from annotator.storage.purge import purge
from annotator.storage.store import Store
from tests.builders import bring, project, spans_of, tag, workspace


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return workspace(project(tmp_path))


def without_ids(plan: Replay) -> object:
    """Return what a plan does; its steps get fresh ids and times each time."""
    return plan.how, [(seq, step.title, step.root, step.undoes, step.grp) for seq, step in plan.steps], plan.is_job


def asked(ws: Workspace) -> tuple[Replay, Replay]:
    """Return what undo and redo would do by the journal alone."""
    other = Workspace(ws.store, ws.me, ws.device)
    return other.planned_undo(), other.planned_redo()


def test_the_memory_says_what_the_journal_says(ws: Workspace) -> None:
    article = bring(ws)
    tag(ws, article, "quote", (0, 5))
    tag(ws, article, "cue", (6, 9))
    for act in (ws.undo, ws.redo, ws.undo, ws.undo, ws.redo, ws.redo, ws.undo):
        act()
        for mine, theirs in zip((ws.planned_undo(), ws.planned_redo()), asked(ws), strict=True):
            assert without_ids(mine) == without_ids(theirs)


def test_undo_and_redo_right_after_a_step_ask_the_journal_nothing(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = bring(ws)
    tag(ws, article, "quote", (0, 5))
    before = spans_of(ws, article)

    @contextmanager
    def refused(_: Store) -> Iterator[sqlite3.Connection]:
        raise AssertionError("the journal was asked")
        yield

    monkeypatch.setattr(Store, "looking", refused)
    ws.undo()
    assert spans_of(ws, article) == []
    ws.redo()
    assert spans_of(ws, article) == before
    ws.undo()
    with pytest.raises(AssertionError, match="was asked"):
        ws.undo()


def test_what_was_purged_since_is_not_brought_back(ws: Workspace) -> None:
    article, other = bring(ws), bring(ws, "Another text.")
    tag(ws, other, "cue", (0, 7))
    tag(ws, article, "quote", (0, 5))
    ws.undo()
    purge(ws.store, [article.id], ws.me.id)
    assert ws.redo() is None
    assert ws.undo() is not None
    assert spans_of(ws, other) == []


def test_what_another_hand_did_since_is_seen(ws: Workspace) -> None:
    article = bring(ws)
    tag(ws, article, "quote", (0, 5))
    second = Workspace(ws.store, ws.me, ws.device)
    tag(second, article, "cue", (6, 9))
    ws.undo()
    assert [label for label, *_ in spans_of(ws, article)] == ["quote"]


def test_a_plan_made_before_another_step_leaves_no_false_memory(ws: Workspace) -> None:
    article = bring(ws)
    tag(ws, article, "source", (10, 15))
    tag(ws, article, "quote", (0, 5))
    plan = ws.planned_undo()
    tag(ws, article, "cue", (6, 9))
    ws.carry_out(plan)
    assert without_ids(ws.planned_redo()) == without_ids(asked(ws)[1])
    ws.redo()
    assert sorted(label for label, *_ in spans_of(ws, article)) == ["cue", "quote", "source"]
