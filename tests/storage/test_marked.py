"""What is marked is found in the project, and stays known while it changes: both ways give the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.article import Annotator, Article, Layer, VisibleLayers, imported_layer, own_layer
from annotator.domain.change import Change, Imported, Step
from annotator.domain.marked import KINDS, WHATS, Marked, Marks
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.span import Span
from annotator.domain.team import Remark
from annotator.domain.threads import Thread
from annotator.editing import judgements, marks, remarks, spans
from annotator.editing.workspace import Workspace
from annotator.storage import marked as storage
from annotator.storage import remarks as stored
from annotator.storage.library import Wanted
from annotator.storage.marked import marked, next_article, older, still_older
from tests.builders import ANA, BO, TEXT, bring, my_layer, project, tag, workspace

ALL = VisibleLayers.ALL
MINE = VisibleLayers(frozenset({"annotator", "imported"}), frozenset({ANA.id}))


def found(ws: Workspace) -> dict[str, Marked]:
    """Return what the tables hold."""
    return {one.id: one for portion, _done, _total in marked(ws.store) for one in portion}


def followed(ws: Workspace) -> Marks:
    """Return marks that follow the project from now on."""
    marks_ = Marks(lambda layer, article: ws.store.value("layer", layer, article))
    ws.listen(lambda changed: marks_.follow(changed.changes))
    return marks_


def texts(ws: Workspace, count: int) -> list[Article]:
    return [bring(ws, f"{number} {TEXT}", f"Article {number}") for number in range(count)]


def test_every_kind_of_mark_is_found_in_portions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "PORTION", 2)
    ws = workspace(project(tmp_path))
    article, other = texts(ws, 2)
    made = [tag(ws, article, "quote", (start, start + 3)) for start in range(1, 20, 4)]
    ws.do(marks.mark(made[1], "discuss", "t"))
    ws.do(marks.annotate(made[4], "who?", "t"))
    layer = own_layer(article.id, ws.me.id).id
    group = Group("g", article.id, layer, "attribution", (Member("quote", made[0].id),), state="unsure")
    relation = Relation("r", article.id, layer, "same", made[0].id, made[1].id, note="really?")
    ws.do(Step("Tie", (Change(None, group), Change(None, relation))))
    ws.do(judgements.mark(other.id, None, ws.me, "discuss"))
    ws.do(judgements.annotate(article.id, my_layer(ws, article), ws.me, "long"))
    there = found(ws)
    assert {(one.kind, one.whats) for one in there.values()} == {
        ("span", ("discuss",)), ("span", ("note",)), ("group", ("unsure",)), ("relation", ("note",)),
        ("layer", ("discuss",)), ("layer", ("note",)),
    }  # fmt: skip
    assert {one.kind for one in there.values()} == set(KINDS)
    steps = [(done, total) for _portion, done, total in marked(ws.store)]
    assert steps[-1] == (9, 9)
    assert len(steps) == 1 + 1 + 1 + 3
    marks_ = Marks(lambda _id, _article: None)
    marks_.take(there.values())
    assert marks_.articles("discuss", MINE) == {article.id, other.id}
    assert marks_.counts(MINE) == {"discuss": 2, "unsure": 1, "note": 1, "remark": 0, "older": 0}
    assert [one.kind for one in marks_.of(article.id, "unsure", MINE)] == ["group"]


def test_what_colleagues_marked_counts_only_where_it_is_visible(tmp_path: Path) -> None:
    path = project(tmp_path)
    bo = workspace(path, BO)
    (article,) = texts(bo, 1)
    bo.do(marks.mark(tag(bo, article, "quote", (1, 5)), "discuss", "t"))
    bo.store.close()
    ws = workspace(path, ANA)
    marks_ = followed(ws)
    marks_.take(found(ws).values())
    assert marks_.articles("discuss", MINE) == set()
    assert marks_.counts(MINE)["discuss"] == 0
    assert marks_.articles("discuss", ALL) == {article.id}
    ws.do(judgements.mark(article.id, None, ws.me, "discuss"))
    assert marks_.articles("discuss", MINE) == {article.id}
    assert marks_.articles("discuss", ALL) == {article.id}


def test_only_articles_among_those_that_were_told_match(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    one, two, three = texts(ws, 3)
    ws.do(judgements.mark(two.id, None, ws.me, "discuss"))
    wanted = Wanted(marked="discuss")
    assert ws.store.matching(wanted, ws.me.id, among=[three.id, two.id, "gone"]) == [two.id, three.id]
    assert ws.store.matching(wanted._replace(state="new"), ws.me.id, among=[three.id, two.id]) == [three.id]
    assert ws.store.matching(wanted._replace(words="article"), ws.me.id, among=[one.id]) == [one.id]
    assert ws.store.matching(wanted, ws.me.id, among=()) == []


@pytest.mark.parametrize("few", [0, 2_000])
def test_the_next_article_round_the_project(few: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_FEW", few)
    ws = workspace(project(tmp_path))
    one, two, three, four = (article.id for article in texts(ws, 4))
    go: Callable[[str, int], str | None] = lambda after, by: next_article(ws.store, [one, three], after, by)  # noqa: E731
    assert [go(after, 1) for after in (one, two, three, four)] == [three, three, one, one]
    assert [go(after, -1) for after in (one, two, three, four)] == [three, one, one, three]
    assert next_article(ws.store, [two], two, 1) == two
    assert next_article(ws.store, [], two, 1) is None


def test_what_an_import_brings_is_followed_and_so_is_its_undo(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    marks_ = followed(ws)
    article = Article("x", "X", "", position=1)
    layer = imported_layer("x", "file").marked("unsure")
    span = Span("s", "x", layer.id, "", "quote", ((0, 3),), state="discuss", note="?")
    imported = Imported("x", article, (layer,), (span,))
    marks_.follow((Change(None, imported),))
    assert marks_.counts(MINE) == {"discuss": 1, "unsure": 1, "note": 1, "remark": 0, "older": 0}
    marks_.follow((Change(imported, None),))
    assert not marks_


def test_spans_that_are_older_than_what_their_label_means(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    one, two = texts(ws, 2)
    old, cue = tag(ws, one, "quote", (1, 5)), tag(ws, one, "cue", (7, 9))
    since = {"quote": 3, "cue": 1, "gone": 9}
    marks_ = Marks(
        lambda layer, article: ws.store.value("layer", layer, article),
        since,
        lambda layer: still_older(ws.store, since, layer),
    )
    ws.listen(lambda changed: marks_.follow(changed.changes))
    portions = list(older(ws.store, since))
    assert [(done, total) for _found, done, total in portions] == [(2, 2)]
    marks_.take_older(portions[0][0])
    assert marks_.articles("older", MINE) == {one.id}
    assert [marks_.is_older(span) for span in (old, cue)] == [True, False]
    fresh = tag(ws, two, "quote", (1, 5))
    assert marks_.articles("older", MINE) == {one.id, two.id}
    assert marks_.articles("older", VisibleLayers(frozenset({"imported"}), None)) == set()
    ws.do(Step("Look", (Change(fresh, fresh._replace(scheme_version=3)),)))
    ws.do(spans.relabel(cue, "quote", "Quote", "t"))
    assert marks_.articles("older", MINE) == {one.id}
    ws.do(spans.delete(old))
    assert marks_.articles("older", MINE) == {one.id}  # the cue that became a quote
    ws.undo()
    ws.undo()
    ws.do(spans.delete(old))
    assert marks_.articles("older", MINE) == set()
    assert list(older(ws.store, {})) == []


ACTS = st.lists(
    st.tuples(st.sampled_from(("tag", "mark", "note", "delete", "article", "note on it", "undo", "redo")),
              st.integers(0, 30), st.sampled_from(("ok", "discuss", "unsure"))),
    max_size=14,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_following_is_the_same_as_looking_again(
    acts: list[tuple[str, int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    ws = workspace(project(tmp_path_factory.mktemp("marked")), Annotator(ANA.id, ANA.name))
    articles, marks_ = texts(ws, 2), followed(ws)
    for what, pick, state in acts:
        article = articles[pick % 2]
        there = ws.store.spans(article.id, ALL)
        span = there[pick % len(there)] if there else None
        layer: Layer | None = my_layer(ws, article)
        if what == "tag":
            tag(ws, article, "quote", (pick, pick + 3))
        elif what == "undo" and ws.undo_title() != "Import article":
            ws.undo()
        elif what == "redo":
            ws.redo()
        elif what == "article" and (layer.mark if layer else "ok") != state:
            ws.do(judgements.mark(article.id, layer, ws.me, state))
        elif what == "note on it" and (layer.note if layer else "") != state:
            ws.do(judgements.annotate(article.id, layer, ws.me, state))
        elif span is not None and what == "mark" and span.state != state:
            ws.do(marks.mark(span, state, "t"))
        elif span is not None and what == "note" and span.note != state:
            ws.do(marks.annotate(span, state, "t"))
        elif span is not None and what == "delete":
            ws.do(spans.delete(span))
    fresh = Marks(lambda _id, _article: None)
    fresh.take(found(ws).values())
    for what in WHATS:
        for article in articles:
            assert sorted(marks_.of(article.id, what, ALL)) == sorted(fresh.of(article.id, what, ALL))


def test_open_remarks_are_found_and_followed(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    marks_ = followed(ws)
    article, other = texts(ws, 2)
    for_cy = Remark("r3", other.id, "", BO.id, "for Cy", to="cy")
    for one in (
        Remark("r1", article.id, "", BO.id, "for all"),
        Remark("r2", article.id, "", ANA.id, "an answer", answers="r1"),
        for_cy,
    ):
        ws.do(remarks.write(one))

    def kept() -> dict[str, set[str]]:
        return {me: marks_.articles("remark", ALL, me) for me in (ANA.id, BO.id, "cy")}

    def read() -> dict[str, set[str]]:
        anew = Marks(lambda layer, article: ws.store.value("layer", layer, article))
        for page in stored.remarks(ws.store, only_open=True):
            anew.take_remarks(page)
        return {me: anew.articles("remark", ALL, me) for me in (ANA.id, BO.id, "cy")}

    both = {article.id, other.id}
    assert kept() == read() == {ANA.id: {article.id}, BO.id: both, "cy": both}
    ws.do(remarks.close(Thread(for_cy)))
    assert kept() == read() == {me: {article.id} for me in (ANA.id, BO.id, "cy")}
    ws.undo()
    assert kept() == read()
    ws.undo()
    assert kept() == read() == {me: {article.id} for me in (ANA.id, BO.id, "cy")}


def test_a_remark_that_may_not_be_read_yet_is_no_mark(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    marks_ = Marks(lambda _layer, _article: None, readable=lambda _remark: False)
    marks_.follow([Change(None, Remark("r1", article.id, "", BO.id, "sealed"))])
    assert not marks_
