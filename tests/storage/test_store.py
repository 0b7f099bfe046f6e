"""Opening, refusing, creating, and what a closed project leaves behind."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from annotator.domain.article import VisibleLayers, imported_layer
from annotator.domain.change import Change, Imported, Step
from annotator.domain.errors import BadSpan, NotAProject, UserError
from annotator.domain.span import Span
from annotator.editing.workspace import Workspace
from annotator.storage.store import Store
from tests.builders import ANA, BO, SCHEME, bring, project, tag, workspace


def test_a_file_that_is_there_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "mine.annotator"
    path.write_bytes(b"precious")
    with pytest.raises(UserError, match="exists already"):
        Store.create(path, SCHEME)
    assert path.read_bytes() == b"precious"
    assert [file.name for file in tmp_path.iterdir()] == ["mine.annotator"]


def test_a_closed_project_is_one_file(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    bring(ws)
    ws.store.close()
    left = {file.name for file in tmp_path.iterdir()} - {".project.annotator.lock"}
    assert left == {"project.annotator"}


def _other_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (a)")
    connection.close()


def _newer(path: Path) -> None:
    Store.create(path, SCHEME)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.write_bytes(b""), "not an Annotator project"),
        (lambda path: path.write_bytes(b"SQLite format 3\x00"), "not an Annotator project"),
        (lambda path: path.write_text("Hello" * 100), "not an Annotator project"),
        (_other_program, "another program"),
        (_newer, "newer version"),
    ],
)
@pytest.mark.parametrize("write", [True, False])
def test_what_is_not_ours_is_refused_and_left_as_it_was(
    tmp_path: Path, make: object, sentence: str, write: bool
) -> None:
    path = tmp_path / "x.annotator"
    make(path)  # type: ignore[operator]
    before = hashlib.sha256(path.read_bytes()).digest()
    with pytest.raises(NotAProject, match=sentence):
        Store.open(path, write=write)
    assert hashlib.sha256(path.read_bytes()).digest() == before


def test_a_missing_file_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no such project; `annotator new .*` makes one"):
        Store.open(tmp_path / "no.annotator")
    assert list(tmp_path.iterdir()) == []


def test_layers_that_are_not_visible_show_nowhere(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    bo = Workspace(ws.store, BO, "laptop")
    tag(ws, article, "quote", (0, 5))
    tag(bo, article, "cue", (6, 9))
    mine = VisibleLayers(owners=frozenset({ANA.id}))
    assert [span.label for span in ws.store.spans(article.id, mine)] == ["quote"]
    assert [layer.owner for layer in ws.store.layers(article.id, mine)] == [ANA.id]
    assert [row.spans for row in ws.store.article_page(ANA.id, mine, 0, 10)] == [1]
    assert [count.label for count in ws.store.span_counts(mine)] == ["quote"]
    assert ws.store.spans(article.id, VisibleLayers(kinds=frozenset({"imported"}))) == []
    assert len(ws.store.spans(article.id, VisibleLayers.ALL)) == 2


def test_articles_in_pages_and_the_next_unfinished(tmp_path: Path) -> None:
    from annotator.editing import articles

    ws = workspace(project(tmp_path))
    made = [bring(ws, f"Text number {number}.", f"Title {number}") for number in range(5)]
    page = ws.store.article_page(ANA.id, VisibleLayers.ALL, 1, 3)
    assert [row.title for row in page] == ["Title 1", "Title 2", "Title 3"]
    rest = ws.store.article_page(ANA.id, VisibleLayers.ALL, 4, 3)
    assert [row.title for row in rest] == ["Title 4"]
    assert ws.store.article_page(ANA.id, VisibleLayers.ALL, 4, 3, page[-1]) == rest
    assert list(ws.store.article_ids()) == [article.id for article in made]
    assert ws.store.article_index(made[3].id) == 3
    for number in (1, 2, 4):
        ws.do(articles.set_state(made[number].id, None, ANA, "done"))
    assert ws.store.next_unfinished(ANA.id, made[0].id) == made[3].id
    assert ws.store.next_unfinished(ANA.id, made[4].id) == made[0].id
    assert ws.store.states(ANA.id) == {"new": 2, "done": 3}
    for number in (0, 3):
        ws.do(articles.set_state(made[number].id, None, ANA, "done"))
    assert ws.store.next_unfinished(ANA.id, made[0].id) is None


@pytest.mark.parametrize("end", [88, 10_000])
def test_a_span_beyond_the_text_never_reaches_the_disk(tmp_path: Path, end: int) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws, "x" * 87)
    with pytest.raises(BadSpan, match="beyond the text of 87"):
        tag(ws, article, "quote", (0, end))
    assert ws.store.layers(article.id, VisibleLayers.ALL) == []
    layer = imported_layer(article.id, "file")
    span = Span("s", article.id, layer.id, "", "quote", ((0, end),))
    with pytest.raises(BadSpan):
        ws.do(Step("Import article", (Change(None, Imported(article.id, None, (layer,), (span,))),)))
    tag(ws, article, "quote", (0, 87))
