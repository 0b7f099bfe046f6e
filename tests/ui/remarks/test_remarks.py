"""Remarks in the window: written by one key, answered, closed, found again, and all of it undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain import clock, ids
from annotator.domain.article import Annotator
from annotator.domain.assigning import Pair
from annotator.domain.change import Change, Step
from annotator.domain.team import Remark
from annotator.domain.threads import Thread, threads
from annotator.editing import assignments, remarks
from annotator.editing.workspace import Workspace
from annotator.storage.remarks import of_article
from annotator.storage.store import Store
from annotator.ui.remarks.panel import RemarkPanel
from annotator.ui.window import MainWindow
from tests.builders import BO
from tests.ui.test_saying import tag
from tests.ui.test_todo import K, here, known
from tests.ui.test_window import press

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


def ready(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.hand.knows_remarks)


def there(window: MainWindow) -> list[Thread]:
    session = window.session
    assert session.store is not None
    assert session.article is not None
    return threads(of_article(session.store, session.article.id))


def on_span(window: MainWindow) -> RemarkPanel:
    return window.side.span.full.remarks.panel


def by(window: MainWindow, who: Annotator, *more: Remark) -> None:
    """Have somebody else say something, as a package brings it."""
    for remark in more:
        window.session.do(Step("Write a remark", (Change(None, remark._replace(author=who.id)),)))


def said(window: MainWindow, text: str, span: str = "", **more: str) -> Remark:
    assert window.session.article is not None
    return Remark(ids.uuid7(), window.session.article.id, span, BO.id, text, clock.now(), **more)


def test_a_key_writes_a_remark_on_the_focused_span_and_undo_takes_it_back(window: MainWindow, qtbot: QtBot) -> None:
    ready(window, qtbot)
    tag(window, qtbot, "Nobody else", K.Key_A)
    press(qtbot, window, K.Key_H)
    panel = on_span(window)
    qtbot.waitUntil(panel.field.hasFocus)
    QTest.keyClicks(panel.field, "Who says so?")
    QTest.keyClick(panel.field, K.Key_Return)
    qtbot.waitUntil(window.view.hasFocus)
    (thread,) = there(window)
    span = window.view.focused
    assert span is not None
    assert (thread.first.text, thread.first.span, thread.first.author) == (
        "Who says so?", span.id, window.session.me.id,
    )  # fmt: skip
    assert [view.isVisible() for view in panel._views.values()] == [True]
    assert panel.field.toPlainText() == ""
    window.undoing.undo()
    assert there(window) == []
    assert not panel._views
    window.undoing.redo()
    assert there(window) == [thread]


def test_what_is_typed_is_kept_by_itself_and_further_words_change_it(window: MainWindow, qtbot: QtBot) -> None:
    ready(window, qtbot)
    press(qtbot, window, K.Key_H, SHIFT)
    panel = window.side.span.judgement.remarks.panel
    qtbot.waitUntil(panel.field.hasFocus)
    QTest.keyClicks(panel.field, "One")
    qtbot.waitUntil(lambda: [one.first.text for one in there(window)] == ["One"])
    # It is still being typed: where it is typed, and nowhere else.
    assert panel.field.hasFocus()
    assert panel.field.toPlainText() == "One"
    assert not panel._views
    QTest.keyClicks(panel.field, " two")
    window.navigation.step(1)
    window.navigation.step(-1)
    assert [(one.first.text, one.first.span) for one in there(window)] == [("One two", "")]
    # Emptied, it is gone again.
    press(qtbot, window, K.Key_H, SHIFT)
    (view,) = panel._views.values()
    (own,) = view._said.values()
    own.field.setFocus()
    own.field.selectAll()
    QTest.keyClick(own.field, K.Key_Delete)
    QTest.keyClick(own.field, K.Key_Return)
    assert there(window) == []


def test_a_colleagues_remark_is_answered_and_closed_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    ready(window, qtbot)
    tag(window, qtbot, "Nobody else", K.Key_A)
    span = window.view.focused
    assert span is not None
    by(window, BO, said(window, "A claim?", span.id))
    panel = on_span(window)
    (view,) = panel._views.values()
    assert not view.delete.isVisible()
    view.answer.setFocus()
    QTest.keyClick(view.answer, K.Key_Space)
    assert view.field.hasFocus()
    QTest.keyClicks(view.field, "Yes.")
    QTest.keyClick(view.field, K.Key_Return)
    assert [one.text for one in there(window)[0].all] == ["A claim?", "Yes."]
    assert len(view._said) == 2
    view.close_.click()
    assert there(window)[0].closed
    assert panel.closed.text() == "1 closed remark"
    panel.closed.click()
    (again,) = panel._views.values()
    again.close_.click()
    assert not there(window)[0].closed


def test_open_remarks_are_marked_and_one_key_leads_to_them(window: MainWindow, qtbot: QtBot) -> None:
    ready(window, qtbot)
    known(window, qtbot)
    tag(window, qtbot, "Nobody else", K.Key_A)
    span = window.view.focused
    assert span is not None
    by(window, BO, said(window, "A claim?", span.id))
    window.navigation.step(1)
    by(window, BO, said(window, "Twice here?"), said(window, "Not for you", to=ids.uuid7()))
    qtbot.waitUntil(lambda: window.articles.worklist.counts()["remark"] == 2)
    known(window, qtbot)
    chip = window.articles.filter.marks["remark"]
    assert (chip.count, chip.isVisible()) == (2, True)
    found = []
    for _ in range(3):
        press(qtbot, window, K.Key_H, ALT)
        found.append(here(window))
    assert found == [
        ("Harbour dues rise", ""),
        ("Ferry crews vote to stop", "Nobody else"),
        ("Harbour dues rise", ""),
    ]
    press(qtbot, window, K.Key_H, ALT)
    assert window.page.margin._remarks == (span.start,)
    model = window.side.table.model
    index = model.index(model.spans.index(span.id), 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("with an open remark")
    on_span(window)._views[there(window)[0].first.id].close_.click()
    qtbot.waitUntil(lambda: window.page.margin._remarks == ())
    assert window.articles.worklist.counts()["remark"] == 1


def test_a_remark_outlives_its_span(window: MainWindow, qtbot: QtBot) -> None:
    ready(window, qtbot)
    tag(window, qtbot, "Nobody else", K.Key_A)
    span = window.view.focused
    assert span is not None
    by(window, BO, said(window, "A claim?", span.id))
    press(qtbot, window, K.Key_Delete)
    window.view.leave_span()
    window.showing.catch_up(now=True)
    panel = window.side.span.judgement.remarks.panel
    (view,) = panel._views.values()
    assert view._missing.text() == "The span is gone."
    assert view.isVisible()
    window.undoing.undo()
    assert [one.first.text for one in window.hand.remarks.of_span(span.id)] == ["A claim?"]
    assert not panel._views


def test_remarks_are_read_where_nothing_can_be_written(
    project: Path, make_window: Callable[[Path | None], MainWindow], qtbot: QtBot
) -> None:
    store = Store.open(project)
    article = next(iter(store.article_ids()))
    Workspace(store, BO, "desk").do(remarks.write(Remark("r1", article, "", BO.id, "Read me", clock.now())))
    holds = store  # it keeps the lock
    window = make_window(project)
    ready(window, qtbot)
    qtbot.waitUntil(lambda: bool(window.side.span.judgement.remarks.panel._views))
    panel = window.side.span.judgement.remarks.panel
    (view,) = panel._views.values()
    assert (view.answer.isVisible(), view.close_.isVisible(), panel.field.isVisible()) == (False, False, False)
    press(qtbot, window, K.Key_H, SHIFT)
    assert "reading only" in window.notice.words
    holds.close()


def test_what_is_said_of_an_article_that_i_tag_blind_opens_with_my_layer(window: MainWindow, qtbot: QtBot) -> None:
    ready(window, qtbot)
    known(window, qtbot)
    session, me = window.session, window.session.me.id
    assert session.workspace is not None
    assert session.article is not None
    here = session.article.id
    session.workspace.do_whole(assignments.assign([Pair(here, me)]))
    by(window, BO, said(window, "All of these are claims."), said(window, "Only to you.", to=me))
    qtbot.waitUntil(lambda: window.articles.worklist.counts()["remark"] == 1)
    assert [one.first.text for one in window.hand.remarks.of_article()] == ["Only to you."]
    qtbot.waitUntil(lambda: [one.text for one in window.articles.worklist.remarks(here)] == ["Only to you."])
    window.finish_article()
    qtbot.waitUntil(lambda: len(window.articles.worklist.remarks(here)) == 2)
    session.show_article(here)
    assert len(window.hand.remarks.of_article()) == 2
    window.navigation.reopen()
    assert [one.first.text for one in window.hand.remarks.of_article()] == ["Only to you."]
    qtbot.waitUntil(lambda: [one.text for one in window.articles.worklist.remarks(here)] == ["Only to you."])
