"""From one marked thing to the next, across articles, and the list of articles that hold such."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.article import VisibleLayers, own_layer
from annotator.domain.errors import UserError
from annotator.editing import judgements, marks
from annotator.editing import spans as editing
from annotator.editing.schemes import apply
from annotator.editing.workspace import Workspace
from annotator.storage import marked as storage
from annotator.storage.store import Store
from annotator.ui.window import MainWindow
from tests.builders import BO
from tests.ui.articles.test_filter import titles
from tests.ui.test_saying import tag
from tests.ui.test_window import press

K = Qt.Key
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def known(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until all marks are known and told."""
    worklist = window.articles.worklist
    qtbot.waitUntil(lambda: worklist.complete and not worklist._rest.isActive())


def here(window: MainWindow) -> tuple[str, str]:
    """Return the title of the shown article and the words of the focused span."""
    article, span = window.session.article, window.view.focused
    assert article is not None
    return article.title, window.view.text[span.start : span.end] if span is not None else ""


def marked(window: MainWindow, qtbot: QtBot) -> None:
    """Mark a span of the first article, a span and an attribution of the second, and the third as a whole."""
    tag(window, qtbot, "Nobody else", K.Key_A)
    press(qtbot, window, K.Key_D)
    window.navigation.step(1)
    tag(window, qtbot, "Harbour dues", K.Key_A)
    press(qtbot, window, K.Key_D)
    tag(window, qtbot, "The council raised the dues by a third", K.Key_W)
    press(qtbot, window, K.Key_Return)
    press(qtbot, window, K.Key_D, ALT)
    window.navigation.step(1)
    press(qtbot, window, K.Key_D, SHIFT)
    window.navigation.step(-2)
    window.session.show_article(next(iter(window.session.store.article_ids())))  # type: ignore[union-attr]
    window.view.leave_span()
    known(window, qtbot)


def test_one_key_goes_through_spans_attributions_and_articles(window: MainWindow, qtbot: QtBot) -> None:
    marked(window, qtbot)
    found = []
    for _ in range(5):
        press(qtbot, window, K.Key_D, CONTROL)
        found.append(here(window))
    assert found == [
        ("Ferry crews vote to stop", "Nobody else"),
        ("Harbour dues rise", "Harbour dues"),
        ("Harbour dues rise", "The council raised the dues by a third"),
        ("Night trains return", ""),
        ("Ferry crews vote to stop", "Nobody else"),
    ]
    press(qtbot, window, K.Key_B, CONTROL)
    assert here(window)[0] == "Night trains return"


def test_backwards_is_the_same_way(window: MainWindow, qtbot: QtBot) -> None:
    marked(window, qtbot)
    found = []
    for _ in range(5):
        window.hand.todo.step("discuss", -1)
        found.append(here(window)[1])
    assert found == ["", "The council raised the dues by a third", "Harbour dues", "Nobody else", ""]


def test_where_nothing_is_marked_or_nothing_else_that_is_said(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, K.Key_D, CONTROL)
    qtbot.waitUntil(lambda: window.notice.words == "Nothing is marked to be discussed.")
    tag(window, qtbot, "Nobody else", K.Key_A)
    press(qtbot, window, K.Key_U)
    window.actions_["go.unsure"].trigger()
    assert window.notice.words == "Nothing else is unsure."
    window.view.set_caret(0)
    window.actions_["go.unsure"].trigger()
    assert here(window)[1] == "Nobody else"
    window.actions_["go.note"].trigger()
    assert window.notice.words == "Nothing has a note."
    window.actions_["go.older"].trigger()
    assert window.notice.words == "Nothing was tagged when its label meant something else."


def test_a_key_before_all_is_known_is_done_as_soon_as_it_is(
    project: Path, make_window: Callable[[Path | None], MainWindow], qtbot: QtBot
) -> None:
    first = make_window(project)
    tag(first, qtbot, "Nobody else", K.Key_A)
    press(qtbot, first, K.Key_D)
    first.navigation.step(1)
    first.close()
    again = make_window(project)
    assert not again.articles.worklist.complete
    again.actions_["go.discuss"].trigger()
    qtbot.waitUntil(lambda: here(again) == ("Ferry crews vote to stop", "Nobody else"))


def chips(window: MainWindow) -> dict[str, int]:
    """Return what the chips of marks that can be seen say."""
    if "marks" not in window.articles.filter.__dict__:
        return {}
    return {what: chip.count for what, chip in window.articles.filter.marks.items() if chip.isVisible()}


def test_chips_count_articles_and_filter_the_list(window: MainWindow, qtbot: QtBot) -> None:
    known(window, qtbot)
    assert chips(window) == {}  # nothing is marked: nothing in the way
    marked(window, qtbot)
    assert chips(window) == {"discuss": 3}
    press(qtbot, window, K.Key_M, SHIFT)
    QTest.keyClicks(window.side.span.judgement.note, "Why?")
    QTest.keyClick(window.side.span.judgement.note, K.Key_Return)
    press(qtbot, window, K.Key_U, SHIFT)
    known(window, qtbot)
    assert chips(window) == {"discuss": 3, "unsure": 1, "note": 1}
    chip = window.articles.filter.marks["unsure"]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert titles(window) == ["Ferry crews vote to stop"]
    press(qtbot, window, K.Key_U, SHIFT)  # settled: it leaves the list
    qtbot.waitUntil(lambda: titles(window) == [])
    assert window.articles._empty.text() == "No article is so: Something unsure."
    assert chips(window) == {"discuss": 3, "unsure": 0, "note": 1}
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(titles(window)) == 3
    window.articles.filter.marks["note"].setFocus()
    QTest.keyClick(window.articles.filter.marks["note"], K.Key_Space)
    assert titles(window) == ["Ferry crews vote to stop"]
    window.articles._show_all()
    assert len(titles(window)) == 3
    assert not window.articles.filter.marks["note"].isChecked()


def test_marks_and_states_and_words_narrow_together(window: MainWindow, qtbot: QtBot) -> None:
    marked(window, qtbot)
    QTest.mouseClick(window.articles.filter.marks["discuss"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(window.articles.filter.chips["done"], Qt.MouseButton.LeftButton)
    assert titles(window) == []
    assert window.articles._empty.text() == "No article is so: Something to discuss, Done."
    QTest.mouseClick(window.articles.filter.chips["started"], Qt.MouseButton.LeftButton)
    assert len(titles(window)) == 3
    window.articles.filter.field.setText("harb")
    qtbot.waitUntil(lambda: titles(window) == ["Harbour dues rise"])
    window.articles.filter.field.setText("zzz")
    qtbot.waitUntil(lambda: titles(window) == [])
    assert window.articles._empty.text().startswith("Nothing found for “zzz” among the articles with: Something to dis")


def test_spans_of_an_older_meaning_are_walked_and_said_to_be_right(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "Nobody else", K.Key_A)
    window.navigation.step(1)
    tag(window, qtbot, "Harbour dues", K.Key_A)
    tag(window, qtbot, "a clerk", K.Key_S)
    known(window, qtbot)
    session = window.session
    claim = next(label for label in session.scheme.labels if label.id == "claim")
    labels = tuple(
        label._replace(definition="Something else.") if label is claim else label for label in session.scheme.labels
    )
    session.do(apply(session.scheme, session.scheme._replace(labels=labels)))
    known(window, qtbot)
    assert chips(window) == {"older": 2}
    QTest.mouseClick(window.articles.filter.marks["older"], Qt.MouseButton.LeftButton)
    assert titles(window) == ["Ferry crews vote to stop", "Harbour dues rise"]
    for words in ("Nobody else", "Harbour dues"):
        window.actions_["go.older"].trigger()
        assert here(window)[1] == words
    assert window.side.span.full._right.isVisible()
    assert "meant something else" in window.side.span.full._notes.text()
    table = window.side.table
    assert table.filter.chips["older"].isVisibleTo(table.filter)
    QTest.mouseClick(table.filter.chips["older"], Qt.MouseButton.LeftButton)
    assert table.model.rowCount() == 1
    press(qtbot, window, K.Key_R, ALT)
    assert not window.side.span.full._right.isVisible()
    assert table.model.rowCount() == 0
    known(window, qtbot)
    assert titles(window) == ["Ferry crews vote to stop"]
    press(qtbot, window, K.Key_R, ALT)
    assert window.notice.words == "Its label means what it meant when the span was made."
    press(qtbot, window, K.Key_Z, CONTROL)
    assert window.side.span.full._right.isVisible()
    window.articles.worklist._open()  # as after a start
    window.showing.refocus()
    assert not window.side.span.full._right.isVisible()
    known(window, qtbot)
    assert window.side.span.full._right.isVisible()
    window.undoing.undo()  # the scheme
    known(window, qtbot)
    assert chips(window)["older"] == 0
    assert not window.side.span.full._right.isVisible()


def test_what_colleagues_marked_shows_with_their_spans(
    project: Path, make_window: Callable[[Path | None], MainWindow], qtbot: QtBot
) -> None:
    store = Store.open(project)
    bo = Workspace(store, BO, "desk")
    article = store.article(next(iter(store.article_ids())))
    assert article is not None
    step = editing.label(article, None, BO, "claim", "Claim", ((0, 5),), id=bo.new_id(), now="t", scheme_version=1)
    bo.do(step)
    (span,) = store.spans(article.id, VisibleLayers.ALL)
    bo.do(marks.mark(span, "discuss", "t"))
    store.close()
    window = make_window(project)
    known(window, qtbot)
    assert chips(window) == {}
    window.actions_["view.colleagues"].trigger()
    known(window, qtbot)
    assert chips(window) == {"discuss": 1}
    press(qtbot, window, K.Key_D, CONTROL)
    assert here(window)[1] == "Ferry"


def test_undo_and_an_import_are_followed(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    marked(window, qtbot)
    for _ in range(2):
        window.undoing.undo()
    known(window, qtbot)
    assert chips(window)["discuss"] == 2 - 1 + 1  # the third as a whole is not marked any more; the second by its span
    session = window.session
    assert session.store is not None
    assert session.article is not None
    id = session.article.id
    layer = session.store.value("layer", own_layer(id, session.me.id).id, id)
    session.do(judgements.annotate(id, layer, session.me, "a note"))
    known(window, qtbot)
    assert chips(window)["note"] == 1


def test_a_disk_that_fails_is_said_where_one_looks(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked(window, qtbot)

    def fail(*_: object) -> None:
        raise UserError("The disk is gone.")

    monkeypatch.setattr(storage, "_portions", fail)
    window.articles.worklist._open()
    window.articles.worklist.begin()
    qtbot.waitUntil(lambda: window.articles.worklist.fault != "")
    assert window.articles.worklist.words() == "Not all marks are known. The disk is gone."
    press(qtbot, window, K.Key_D, CONTROL)  # goes on with what is known
    assert window.notice.words == "Nothing is marked to be discussed."
