"""Spans of other articles and the relations that lead to them."""

from __future__ import annotations

from pathlib import Path

from annotator.domain import ids
from annotator.domain.article import VisibleLayers
from annotator.domain.change import Change, Step
from annotator.domain.relation import Relation
from annotator.domain.span import Span
from annotator.editing.workspace import Workspace
from annotator.storage import far
from tests.builders import BO, TEXT, bring, project, tag, workspace

ALL = VisibleLayers.ALL


def tie(ws: Workspace, source: Span, target: Span) -> Relation:
    relation = Relation(ids.uuid7(), source.article, source.layer, "same", source.id, target.id)
    ws.do(Step("Tie", (Change(None, relation),)))
    return relation


def test_a_relation_is_found_from_both_ends_with_the_article_it_stands_in(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    here, there = bring(ws), bring(ws, "Rain on Monday.\n", "Weather")
    one, other, third = tag(ws, here, "quote", (0, 5)), tag(ws, there, "quote", (0, 4)), tag(ws, there, "cue", (5, 7))
    relation = tie(ws, one, other)
    assert ws.store.relations_at(one.id) == ws.store.relations_at(other.id) == [relation]
    assert relation.article == here.id
    assert ws.store.relations_at(third.id) == []


def test_far_spans_have_their_words_and_article(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    whole, split = tag(ws, article, "cue", (31, 35)), tag(ws, article, "quote", (0, 5), (58, 64))
    found = ws.store.far_spans([whole.id, split.id, "nothing"], ALL)
    assert {id: (one.words, one.title, one.label) for id, one in found.items()} == {
        whole.id: (TEXT[31:35].strip(), "Quay", "cue"),
        split.id: (f"{TEXT[0:5].strip()} … {TEXT[58:64].strip()}", "Quay", "quote"),
    }
    assert found[whole.id].owner == ws.me.id
    assert found[whole.id].layer == whole.layer


def test_candidates_are_those_of_other_articles_that_may_be_seen(tmp_path: Path) -> None:
    path = project(tmp_path)
    ws = workspace(path)
    first, second = bring(ws), bring(ws, "Rain on Monday.\n", "Weather")
    tag(ws, second, "quote", (0, 4))
    ws.store.close()
    theirs = workspace(path, BO)
    tag(theirs, first, "quote", (0, 5))
    mine, cue = tag(theirs, second, "quote", (8, 14)), tag(theirs, second, "cue", (5, 7))
    visible = VisibleLayers(frozenset({"annotator", "imported"}), frozenset({BO.id}))

    def found(labels: set[str], without: str, seen: VisibleLayers) -> list[str]:
        return [span.id for few in theirs.store.far_candidates(labels, without, seen) for span in few]

    assert found({"quote"}, first.id, visible) == [mine.id]
    assert found({"quote", "cue"}, first.id, visible) == [mine.id, cue.id]
    assert len(found({"quote"}, first.id, ALL)) == 2
    assert found({"quote"}, second.id, ALL) != []
    assert found({"source"}, "", ALL) == []


def test_many_spans_come_a_few_at_a_time(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws, "word " * 500, "Long")
    layer = tag(ws, article, "quote", (0, 4)).layer
    many = [
        Span(ids.uuid7(), article.id, layer, ws.me.id, "quote", ((5 * n, 5 * n + 4),))
        for n in range(1, far._CHUNK + 51)
    ]
    ws.do(Step("Label", tuple(Change(None, span) for span in many)))
    sizes = [len(few) for few in ws.store.far_candidates(["quote"], "", ALL)]
    assert sizes == [far._CHUNK, 51]
