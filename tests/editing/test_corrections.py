"""Taking a correction over: my span becomes what was decided, its ties with it, or it is said why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.article import Article
from annotator.domain.change import Change, Step
from annotator.domain.corrections import ADDED, BESIDE, CHANGED, KEPT, REFUSED, Correction, Piece
from annotator.domain.errors import UserError
from annotator.domain.ids import answer_id
from annotator.domain.layerref import LayerRef
from annotator.domain.span import Span
from annotator.editing import corrections as editing
from annotator.editing.workspace import Workspace
from annotator.storage.check import check
from annotator.storage.review import sides
from tests.builders import ANA, BO, bring, project, spans_of, tag, workspace


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Workspace, Article, Span]:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    return ws, article, tag(ws, article, "quote", (1, 5))


def told(article: Article, of: Span, outcome: str, *became: Piece, **more: object) -> Correction:
    was = Piece(of.label, of.fragments, of.attributes)
    base = Correction(
        "c", article.id, of.layer, ANA.id, "d", "then", BO.id, outcome, "why", of.id, was, became,
        revision=article.revision,
    )  # fmt: skip
    return base._replace(**more)


def take(ws: Workspace, article: Article, one: Correction) -> None:
    (mine,) = sides(ws.store, article.id, [LayerRef("annotator", ANA.id)])
    ws.do(editing.take_over(one, None, article, mine, ws.store.scheme(), ANA, "now", ws.new_id).step)
    assert ws.store.value("decision", answer_id("d", ANA.id), article.id).data["says"] == "accepted"
    assert list(check(ws.store)) == []


def test_the_span_changes_and_stays_the_same_span(desk: tuple[Workspace, Article, Span]) -> None:
    ws, article, span = desk
    take(ws, article, told(article, span, CHANGED, Piece("cue", ((1, 8),))))
    assert spans_of(ws, article) == [("cue", ((1, 8),))]
    assert ws.store.value("span", span.id, article.id).label == "cue"
    ws.undo()
    assert spans_of(ws, article) == [("quote", ((1, 5),))]


def test_of_several_it_becomes_the_nearest_and_the_others_are_made(desk: tuple[Workspace, Article, Span]) -> None:
    ws, article, span = desk
    take(ws, article, told(article, span, CHANGED, Piece("cue", ((10, 14),)), Piece("cue", ((2, 5),))))
    assert sorted(spans_of(ws, article)) == [("cue", ((2, 5),)), ("cue", ((10, 14),))]
    assert ws.store.value("span", span.id, article.id).fragments == ((2, 5),)


def test_what_is_refused_goes_and_what_was_missed_comes(desk: tuple[Workspace, Article, Span]) -> None:
    ws, article, span = desk
    take(ws, article, told(article, span, REFUSED))
    assert spans_of(ws, article) == []
    ws.undo()
    take(ws, article, told(article, span, ADDED, Piece("cue", ((6, 9),)), span="", was=None))
    assert sorted(spans_of(ws, article)) == [("cue", ((6, 9),)), ("quote", ((1, 5),))]
    ws.undo()
    take(ws, article, told(article, span, BESIDE, Piece("quote", ((1, 5),)), Piece("cue", ((6, 9),))))
    assert sorted(spans_of(ws, article)) == [("cue", ((6, 9),)), ("quote", ((1, 5),))]


def test_a_label_that_is_none_any_more_is_not_brought_back(desk: tuple[Workspace, Article, Span]) -> None:
    """Told before labels were merged: the scheme is here already, what was decided is told anew by the next package."""
    ws, article, span = desk
    for one in (
        told(article, span, CHANGED, Piece("gone", ((1, 5),))),
        told(article, span, ADDED, Piece("gone", ((6, 9),)), span="", was=None),
    ):
        with pytest.raises(UserError, match="no label any more"):
            take(ws, article, one)
    assert spans_of(ws, article) == [("quote", ((1, 5),))]


def test_a_field_is_taken_over(desk: tuple[Workspace, Article, Span]) -> None:
    ws, article, span = desk
    take(ws, article, told(article, span, ADDED, field="genre", new="opinion", span="", was=None))
    assert ws.store.value("layer", span.layer, article.id).fields == {"genre": "opinion"}
    take_again = told(article, span, REFUSED, field="genre", old="opinion", span="", was=None)
    (mine,) = sides(ws.store, article.id, [LayerRef("annotator", ANA.id)])
    before = ws.store.value("decision", answer_id("d", ANA.id), article.id)
    ws.do(editing.take_over(take_again, before, article, mine, ws.store.scheme(), ANA, "later", ws.new_id).step)
    assert ws.store.value("layer", span.layer, article.id).fields == {}


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"revision": 2}, "text has changed"),
        ({"was": Piece("claim", ((1, 5),))}, "changed this span since"),
        ({"span": "gone"}, "changed this span since"),
        ({"outcome": KEPT}, "stands"),
    ],
)
def test_what_cannot_be_taken_over_is_said(
    desk: tuple[Workspace, Article, Span], how: dict[str, object], words: str
) -> None:
    ws, article, span = desk
    one = told(article, span, CHANGED, Piece("cue", ((1, 8),)))._replace(**how)  # type: ignore[arg-type]
    (mine,) = sides(ws.store, article.id, [LayerRef("annotator", ANA.id)])
    with pytest.raises(UserError, match=words):
        editing.take_over(one, None, article, mine, ws.store.scheme(), ANA, "now", ws.new_id)


def test_what_i_did_myself_since_is_accepted(desk: tuple[Workspace, Article, Span]) -> None:
    ws, article, span = desk
    one = told(article, span, CHANGED, Piece("cue", ((1, 8),)))
    ws.do(Step("s", (Change(span, span._replace(label="cue", fragments=((1, 8),))),)))
    take(ws, article, one)
    assert spans_of(ws, article) == [("cue", ((1, 8),))]
    ws.undo()
    ws.do(Step("s", (Change(ws.store.value("span", span.id, article.id), None),)))
    take(ws, article, told(article, span, REFUSED))
    with pytest.raises(UserError, match="changed this span since"):
        take(ws, article, one)


def test_a_contest_needs_a_word(desk: tuple[Workspace, Article, Span]) -> None:
    ws, article, span = desk
    with pytest.raises(UserError, match="Say why"):
        editing.contest(told(article, span, REFUSED), None, ws.me, " ", "now")
    with pytest.raises(UserError, match="nothing to accept"):
        editing.accept_all([], ws.me, "now")
