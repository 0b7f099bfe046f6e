from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.article import Layer
from annotator.domain.errors import UserError
from annotator.domain.relation import Group, Member
from annotator.editing import judgements, marks
from annotator.editing.titles import told
from tests.builders import bring, my_layer, workspace
from tests.builders import project as made

GROUP = Group("g", "a", "l", "attribution", (Member("quote", "q"), Member("cue", "c")))


def test_what_is_said_first_of_an_article_begins_my_layer_and_undo_takes_both(tmp_path: Path) -> None:
    ws = workspace(made(tmp_path))
    article = bring(ws)
    ws.do(judgements.judge(article.id, my_layer(ws, article), ws.me, {"genre": "opinion"}, "Genre"))
    layer = my_layer(ws, article)
    assert layer is not None
    assert (layer.fields, layer.state, layer.mark, layer.note) == ({"genre": "opinion"}, "started", "ok", "")
    ws.do(judgements.mark(article.id, layer, ws.me, "discuss"))
    ws.do(judgements.annotate(article.id, my_layer(ws, article), ws.me, " is it satire? \n"))
    layer = my_layer(ws, article)
    assert layer is not None
    assert (layer.fields, layer.mark, layer.note) == ({"genre": "opinion"}, "discuss", "is it satire?")
    for _ in range(3):
        ws.undo()
    assert my_layer(ws, article) is None
    for _ in range(3):
        ws.redo()
    assert my_layer(ws, article) == layer


def test_a_done_article_stays_done(tmp_path: Path) -> None:
    done = Layer("l", "a", "annotator", "me", state="done")
    ws = workspace(made(tmp_path))
    for step in (
        judgements.judge("a", done, ws.me, {"genre": "opinion"}, "Genre"),
        judgements.mark("a", done, ws.me, "unsure"),
        judgements.annotate("a", done, ws.me, "why"),
    ):
        after = step.changes[0].after
        assert isinstance(after, Layer)
        assert after.state == "done"


def test_what_changes_nothing_is_refused(tmp_path: Path) -> None:
    ws = workspace(made(tmp_path))
    with pytest.raises(UserError, match="Genre is so already"):
        judgements.judge("a", None, ws.me, {}, "Genre")
    with pytest.raises(UserError, match="marked so already"):
        judgements.mark("a", None, ws.me, "ok")
    with pytest.raises(ValueError, match="done"):
        judgements.mark("a", None, ws.me, "done")
    with pytest.raises(UserError, match="says that already"):
        judgements.annotate("a", None, ws.me, " ")
    assert told(judgements.judge("a", None, ws.me, {"g": "x"}, "Genre").title) == "Set Genre"
    unset = judgements.judge("a", Layer("l", "a", "annotator", "me", fields={"g": "x"}), ws.me, {}, "Genre", unset=True)
    assert told(unset.title) == "Leave Genre open"


def test_state_and_note_of_an_attribution() -> None:
    (change,) = marks.mark_group(GROUP, "discuss").changes
    assert (change.before, change.after) == (GROUP, GROUP._replace(state="discuss"))
    with pytest.raises(UserError, match="marked so already"):
        marks.mark_group(GROUP, "ok")
    with pytest.raises(ValueError, match="settled"):
        marks.mark_group(GROUP, "settled")
    step = marks.annotate_group(GROUP, " two sources? ")
    assert step.changes[0].after == GROUP._replace(note="two sources?")
    assert step.repeat
    with pytest.raises(UserError, match="says that already"):
        marks.annotate_group(GROUP, "")
