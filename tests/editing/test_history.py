"""Beside a line of the history stand the words it is about, from the text and never from the journal."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.article import VisibleLayers
from annotator.editing import spans
from annotator.editing.history import lines, span_words
from annotator.editing.workspace import Workspace
from annotator.storage import purge
from tests import builders
from tests.builders import ANA, BO, TEXT

OWN = VisibleLayers(frozenset({"annotator", "imported"}), frozenset({ANA.id}))


def told(ws: Workspace, visible: VisibleLayers = OWN) -> list[str]:
    shown = list(lines(ws.store))
    words = span_words(ws.store, shown, visible, ANA.id)
    return [words.get(line.id, "") for line in shown]


def test_made_moved_deleted_and_undone(tmp_path: Path) -> None:
    ws = builders.workspace(builders.project(tmp_path))
    article = builders.bring(ws)
    span = builders.tag(ws, article, "quote", (0, 3))
    moved = spans.move(span, ((0, 8),), ws.clock())
    ws.do(moved)
    ws.do(spans.delete(span._replace(fragments=((0, 8),), updated=moved.changes[0].value.updated)))  # type: ignore[union-attr]
    ws.undo()
    deleted = "“We will"
    assert told(ws) == [deleted, deleted, deleted, "“We", "", ""]  # the import, the scheme


def test_a_quote_in_pieces_on_one_line(tmp_path: Path) -> None:
    ws = builders.workspace(builders.project(tmp_path))
    article = builders.bring(ws)
    end = TEXT.index("\r\n\r\nNobody")
    builders.tag(ws, article, "quote", (1, 8), (end - 7, end + 10))
    assert told(ws)[0] == "We will … comes.” Nobody"


def test_what_may_not_be_seen_is_not_quoted(tmp_path: Path) -> None:
    path = builders.project(tmp_path)
    bo = builders.workspace(path, BO)
    article = builders.bring(bo)
    builders.tag(bo, article, "quote", (0, 3))
    bo.undo()
    bo.redo()
    builders.tag(bo, article, "cue", (4, 8))
    bo.undo()
    assert told(bo) == [""] * len(told(bo))
    assert told(bo, VisibleLayers.ALL)[0] == "will"
    while bo.undo():
        pass  # the layer goes with its first span; its words stay Bo's
    assert told(bo) == [""] * len(told(bo))


def test_a_purged_article_gives_no_words(tmp_path: Path) -> None:
    ws = builders.workspace(builders.project(tmp_path))
    article = builders.bring(ws)
    builders.tag(ws, article, "quote", (0, 3))
    assert told(ws)[0] == "“We"
    purge.purge(ws.store, [article.id], ANA.id)
    assert not any(told(ws))


def test_each_text_is_read_once(tmp_path: Path) -> None:
    ws = builders.workspace(builders.project(tmp_path))
    one, other = builders.bring(ws), builders.bring(ws, "Another text.\n", "Other")
    for n in range(10):
        builders.tag(ws, one, "quote", (n, n + 3))
        builders.tag(ws, other, "cue", (n, n + 2))
    asked: list[str] = []
    ws.store.connection.set_trace_callback(asked.append)
    words = told(ws)
    ws.store.connection.set_trace_callback(None)
    assert len([each for each in words if each]) == 20
    assert len([sql for sql in asked if "body" in sql]) == 2


def test_a_step_of_many_spans_names_the_first(tmp_path: Path) -> None:
    ws = builders.workspace(builders.project(tmp_path))
    article = builders.bring(ws)
    first = builders.tag(ws, article, "quote", (0, 3))
    second = builders.tag(ws, article, "cue", (4, 8))
    step = spans.delete(first)
    ws.do(step._replace(changes=step.changes + spans.delete(second).changes))
    assert told(ws)[0] == "“We and 1 more"
