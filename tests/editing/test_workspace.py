"""Steps done, undone, redone, across restarts, groups, jobs, and against a state that has changed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from annotator.domain.change import Change, Changed, Step
from annotator.domain.errors import BadSpan, ReadOnly, Stale, UserError
from annotator.editing import articles, history, spans
from annotator.editing.workspace import REPEAT_SECONDS, Workspace
from annotator.storage.check import check
from annotator.storage.store import Store
from tests.builders import ANA, BO, bring, my_layer, opened, project, spans_of, tag, workspace


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return workspace(project(tmp_path))


def test_a_span_is_there_undone_and_there_again(ws: Workspace) -> None:
    article = bring(ws)
    span = tag(ws, article, "quote", (0, 29))
    assert ws.undo_title() == "Label Quote"
    assert ws.undo() is not None
    assert spans_of(ws, article) == []
    assert my_layer(ws, article) is None
    assert ws.redo_title() == "Label Quote"
    ws.redo()
    assert ws.store.value("span", span.id, article.id) == span


def test_undo_and_redo_survive_a_restart(ws: Workspace) -> None:
    article = bring(ws)
    for start in (0, 5, 9):
        tag(ws, article, "cue", (start, start + 3))
    ws.undo()
    ws.undo()
    ws.store.close()
    again = workspace(ws.store.path)
    again.redo()
    assert spans_of(again, article) == [("cue", ((0, 3),)), ("cue", ((5, 8),))]
    again.undo()
    again.undo()
    assert spans_of(again, article) == []
    again.undo()
    assert again.store.article_count() == 0
    assert again.undo() is None
    while again.redo():
        pass
    assert len(spans_of(again, article)) == 3


def test_something_new_ends_what_could_be_redone(ws: Workspace) -> None:
    article = bring(ws)
    tag(ws, article, "cue", (0, 3))
    tag(ws, article, "cue", (4, 6))
    ws.undo()
    tag(ws, article, "quote", (8, 9))
    assert ws.redo_title() is None
    assert ws.redo() is None
    ws.undo()
    assert ws.redo_title() == "Label Quote"
    ws.undo()
    ws.redo()
    ws.redo()
    assert ws.redo() is None
    assert spans_of(ws, article) == [("cue", ((0, 3),)), ("quote", ((8, 9),))]


def test_every_action_is_one_entry_and_comes_back_exactly(ws: Workspace) -> None:
    article = bring(ws)
    span = tag(ws, article, "quote", (0, 10))
    now = "2026-11-23T18:00:00.000Z"
    layer = my_layer(ws, article)
    steps = [
        spans.relabel(span, "cue", "Cue", now),
        spans.move(span, ((0, 12),), now),
        spans.add_fragment(span, (20, 25), now),
        spans.delete(span),
        articles.set_state(article.id, layer, ANA, "done"),
    ]
    for step in steps:
        before = ws.store.step_count()
        ws.do(step)
        assert ws.store.step_count() == before + 1
        ws.undo()
        assert ws.store.value("span", span.id, article.id) == span
        assert my_layer(ws, article) == layer
    assert list(check(ws.store)) == []


def test_a_step_on_a_state_that_is_gone_writes_nothing(ws: Workspace) -> None:
    article = bring(ws)
    span = tag(ws, article, "quote", (0, 10))
    ws.do(spans.relabel(span, "cue", "Cue", "later"))
    count = ws.store.step_count()
    other = Change(None, span.__class__("new", article.id, span.layer, ANA.id, "quote", ((1, 2),)))
    with pytest.raises(Stale):
        ws.do(Step("Two", (other, *spans.delete(span).changes)))
    with pytest.raises(Stale):
        ws.do(Step("Twice", (Change(None, span),)))
    assert ws.store.step_count() == count
    assert ws.store.value("span", "new", article.id) is None


def test_repeats_within_a_second_are_one_undo(tmp_path: Path) -> None:
    now = [0.0]
    ws = Workspace(opened(Store.open(project(tmp_path))), ANA, "laptop", seconds=lambda: now[0])
    article = bring(ws)
    span = tag(ws, article, "quote", (0, 10))
    for end in (11, 12, 13):
        step = spans.move(span, ((0, end),), "t", "end " + span.id)
        ws.do(step)
        span = step.changes[0].after  # type: ignore[assignment]  # a Value, here a Span
        now[0] += REPEAT_SECONDS / 2
    now[0] += REPEAT_SECONDS * 2
    ws.do(spans.move(span, ((0, 20),), "t", "end " + span.id))
    assert [line.steps for line in history.lines(ws.store)][:2] == [1, 3]
    ws.undo()
    assert spans_of(ws, article) == [("quote", ((0, 13),))]
    ws.undo()
    assert spans_of(ws, article) == [("quote", ((0, 10),))]
    ws.redo()
    assert spans_of(ws, article) == [("quote", ((0, 13),))]


def test_a_job_is_undone_and_redone_whole(ws: Workspace) -> None:
    first = bring(ws, "The first text.")
    with ws.job() as job:
        for number in range(40):
            span = tag_later(ws, first, number)
            job.add(span)
    assert len(spans_of(ws, first)) == 40
    ws.undo()
    assert spans_of(ws, first) == []
    assert ws.store.article_count() == 1
    ws.redo()
    assert len(spans_of(ws, first)) == 40


def tag_later(ws: Workspace, article: object, number: int) -> Step:
    layer = my_layer(ws, article)  # type: ignore[arg-type]
    if number:
        layer = articles.set_state(article.id, None, ws.me, "started").changes[0].after  # type: ignore[attr-defined,assignment]
    return spans.label(
        article, layer, ws.me, "cue", "Cue", ((number % 9, 12),), id=ws.new_id(), now="t", scheme_version=1  # type: ignore[arg-type]
    )  # fmt: skip


def test_one_undoes_ones_own_steps_only(ws: Workspace) -> None:
    article = bring(ws)
    tag(ws, article, "quote", (0, 5))
    bo = Workspace(ws.store, BO, "laptop")
    assert bo.undo() is None
    tag(bo, article, "cue", (6, 9))
    ws.undo()
    assert spans_of(ws, article) == [("cue", ((6, 9),))]
    assert set(ws.store.annotators()) == {ANA.id, BO.id}


def test_an_import_on_which_a_colleague_worked_cannot_be_undone(ws: Workspace) -> None:
    article = bring(ws)
    bo = Workspace(ws.store, BO, "laptop")
    tag(bo, article, "cue", (6, 9))
    with pytest.raises(Stale):
        ws.undo()
    assert spans_of(ws, article) == [("cue", ((6, 9),))]
    assert list(check(ws.store)) == []


def test_listeners_hear_what_was_committed_until_they_leave(ws: Workspace) -> None:
    heard: list[Changed] = []
    leave = ws.listen(heard.append)
    article = bring(ws)
    tag(ws, article, "quote", (0, 5))
    ws.undo()
    assert [changed.how for changed in heard] == ["do", "do", "undo"]
    assert heard[1].articles == {article.id}
    assert "span" in heard[1].kinds()
    leave()
    ws.redo()
    assert len(heard) == 3


def test_a_second_opening_is_refused_with_the_holders_name_and_can_read(ws: Workspace) -> None:
    article = bring(ws)
    with pytest.raises(ReadOnly, match=r"open for writing already, by .+\(process"):
        Store.open(ws.store.path)
    reading = Store.open(ws.store.path, write=False)
    assert reading.article(article.id) == article
    with pytest.raises(ReadOnly):
        tag(Workspace(reading, BO, "elsewhere"), article, "quote", (0, 5))
    reading.close()
    ws.store.close()
    assert workspace(ws.store.path).store.article_count() == 1


def test_functions_refuse_what_changes_nothing(ws: Workspace) -> None:
    article = bring(ws)
    span = tag(ws, article, "quote", (0, 10))
    with pytest.raises(UserError):
        spans.relabel(span, "quote", "Quote", "t")
    with pytest.raises(BadSpan):
        spans.move(span, ((0, 10),), "t")
    with pytest.raises(BadSpan):
        spans.add_fragment(span, (2, 5), "t")
    with pytest.raises(BadSpan):
        spans.move(span, ((5, 5),), "t")


def test_history_in_words(ws: Workspace) -> None:
    article = bring(ws)
    tag(ws, article, "quote", (0, 5))
    ws.undo()
    told = [(line.title, line.how, line.annotator) for line in history.lines(ws.store)]
    assert told == [
        ("Label Quote", "undo", ANA.id),
        ("Label Quote", "do", ANA.id),
        ("Import article", "do", ANA.id),
        ("Scheme chosen", "do", ""),
    ]


def test_a_long_job_is_undone_in_chunks_in_another_thread(tmp_path: Path) -> None:
    now = iter(range(10_000))
    ws = Workspace(opened(Store.open(project(tmp_path))), ANA, "laptop", seconds=lambda: next(now))
    first = bring(ws, "The first text.")
    with ws.job() as job:
        for number in range(9):
            job.add(tag_later(ws, first, number))
    heard: list[Changed] = []
    ws.listen(heard.append)
    told: list[tuple[int, int]] = []
    plan = ws.planned_undo()
    assert (len(plan.steps), plan.title) == (9, "Label Cue")
    thread = threading.Thread(target=lambda: ws.carry_out(plan, lambda done, total: told.append((done, total))))
    thread.start()
    thread.join()
    assert told == [(number, 9) for number in range(1, 10)]
    assert len(heard) == 9
    assert spans_of(ws, first) == []
    ws.redo()
    assert len(spans_of(ws, first)) == 9


def test_a_job_undone_half_is_gone_on_with(ws: Workspace) -> None:
    first = bring(ws, "The first text.")
    with ws.job() as job:
        for number in range(6):
            job.add(tag_later(ws, first, number))
    plan = ws.planned_undo()
    ws.carry_out(plan._replace(steps=plan.steps[:2]))
    assert len(spans_of(ws, first)) == 4
    ws.undo()
    assert spans_of(ws, first) == []
    assert ws.undo_title() == "Import article"


def test_titles_say_what_undo_and_redo_would_do_also_behind_a_job(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    with ws.job() as job:
        for number in range(200):
            title = f"Headline {number}"
            job.add(articles.describe(article, title, article.meta), {})
            article = article._replace(title=title)

    def told() -> tuple[str | None, str | None]:
        return ws.undo_title(), ws.redo_title()

    def planned() -> tuple[str | None, str | None]:
        return ws.planned_undo().title or None, ws.planned_redo().title or None

    for act in (ws.redo, ws.undo, ws.redo, ws.undo, ws.undo, ws.redo):
        act()
        assert told() == planned()
        assert told() == planned()  # the second time from memory
