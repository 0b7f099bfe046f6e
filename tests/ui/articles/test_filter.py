"""Search and filter over the list of articles, by keys and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.storage.library import Wanted
from annotator.ui.articles import model
from annotator.ui.window import MainWindow

K = Qt.Key


def titles(window: MainWindow) -> list[str]:
    rows = (window.articles.model.article(number) for number in range(window.articles.model.rowCount()))
    return [row.title for row in rows if row is not None]


def search(qtbot: QtBot, window: MainWindow, words: str) -> None:
    qtbot.waitUntil(lambda: window.articles.reading.complete)
    qtbot.keyClick(window.view, K.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = window.articles.filter.field
    assert field.hasFocus()
    qtbot.keyClicks(field, words)
    qtbot.waitUntil(lambda: window.articles.model.wanted.words == words)


def test_search_and_go_to_the_hit(window: MainWindow, qtbot: QtBot) -> None:
    search(qtbot, window, "harb")
    assert titles(window) == ["Harbour dues rise"]
    assert window.session.article is not None
    assert window.session.article.title == "Ferry crews vote to stop"  # nothing opens while one types
    qtbot.keyClick(window.articles.filter.field, K.Key_Return)
    assert window.session.article.title == "Harbour dues rise"
    assert window.view.hasFocus()


def test_the_last_of_those_found_is_not_called_the_last_article(window: MainWindow, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    search(qtbot, window, "harb")
    qtbot.keyClick(window.articles.filter.field, K.Key_Return)
    qtbot.keyClick(window.view, K.Key_Down, control)
    assert window.notice.words == "This is the last of the articles found."
    qtbot.keyClick(window.view, K.Key_Up, control)
    assert window.notice.words == "This is the first of the articles found."
    window.articles.model.want(Wanted(words="zzz"))
    qtbot.keyClick(window.view, K.Key_Up, control)
    assert window.notice.words == "No article is found."
    window.articles._show_all()
    for _ in range(2):
        qtbot.keyClick(window.view, K.Key_Down, control)
    assert window.session.article is not None
    assert window.session.article.title == "Night trains return"
    assert window.notice.words == "This is the last article."


def test_escape_empties_the_field_and_then_leaves_it(window: MainWindow, qtbot: QtBot) -> None:
    search(qtbot, window, "night")
    field = window.articles.filter.field
    qtbot.keyClick(field, K.Key_Escape)
    qtbot.waitUntil(lambda: len(titles(window)) == 3)
    assert field.hasFocus()
    qtbot.keyClick(field, K.Key_Escape)
    assert window.view.hasFocus()


def test_down_goes_into_the_list(window: MainWindow, qtbot: QtBot) -> None:
    search(qtbot, window, "r")
    qtbot.keyClick(window.articles.filter.field, K.Key_Down)
    assert window.articles.list.hasFocus()


def test_nothing_found_says_so_and_shows_all_again(window: MainWindow, qtbot: QtBot) -> None:
    search(qtbot, window, "<b>zzz</b>")
    panel = window.articles
    assert not panel.list.isVisible()
    assert panel._empty.text() == "Nothing found for “<b>zzz</b>”. Searched 3 articles."
    panel._all.click()
    assert len(titles(window)) == 3
    assert panel.list.isVisible()
    assert not panel._nothing.isVisible()


def test_a_done_article_leaves_the_new_ones(window: MainWindow, qtbot: QtBot) -> None:
    chips = window.articles.filter.chips
    chips["new"].click()
    assert len(titles(window)) == 3
    window.actions_["article.done"].trigger()
    assert titles(window) == ["Harbour dues rise", "Night trains return"]
    assert window.session.article is not None
    assert window.session.article.title == "Harbour dues rise"
    assert [chips[state]._count for state in ("", "new", "started", "done")] == [3, 2, 0, 1]
    window.undoing.undo()
    assert len(titles(window)) == 3
    chips["started"].click()
    assert titles(window) == []
    assert window.articles._empty.text() == "No started articles."


def test_next_goes_through_what_is_listed(window: MainWindow, qtbot: QtBot) -> None:
    search(qtbot, window, "n")  # “Nobody”, in the text; “Night”
    assert titles(window) == ["Ferry crews vote to stop", "Night trains return"]
    window.actions_["article.next"].trigger()
    assert window.session.article is not None
    assert window.session.article.title == "Night trains return"
    search(qtbot, window, "dues")
    window.actions_["article.next"].trigger()  # from an article that is not listed
    assert window.session.article.title == "Harbour dues rise"


def test_many_hits_come_in_two_looks(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    qtbot.waitUntil(lambda: window.articles.reading.complete)
    monkeypatch.setattr(model, "AT_ONCE", 2)
    window.articles.model.want(Wanted(words="e"))
    assert window.articles.model.rowCount() == 2
    assert not window.articles.model.whole
    qtbot.waitUntil(lambda: window.articles.model.whole)
    assert window.articles.model.rowCount() == 3


def test_the_rail_opens_for_the_search_and_closes_for_the_text(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 600)
    qtbot.waitUntil(lambda: window.articles.width() == 48)
    rows = window.articles.list
    qtbot.waitUntil(lambda: rows.visualRect(rows.model().index(0, 0)).width() <= 48)  # the dot stands in the middle
    assert not window.articles.filter.isVisible()
    qtbot.keyClick(window.view, K.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.articles.width() == 264
    assert window.articles.filter.field.hasFocus()
    qtbot.keyClick(window.articles.filter.field, K.Key_Escape)
    assert window.articles.width() == 48
    assert window.view.hasFocus()


def test_another_project_begins_without_a_filter(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, make_window: Callable[[Path | None], MainWindow]
) -> None:
    from tests.builders import project

    search(qtbot, window, "harb")
    window.files.open_path(project(tmp_path, "other"))
    assert window.articles.filter.field.text() == ""
    assert window.articles.model.wanted == Wanted()
    assert not window.articles.filter.isVisible()


def test_the_later_hits_do_not_move_what_one_looks_at(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: window.articles.reading.complete)
    monkeypatch.setattr(model, "AT_ONCE", 2)
    resets: list[bool] = []
    window.articles.model.want(Wanted(words="e"))
    window.articles.model.modelReset.connect(lambda: resets.append(True))
    window.articles.list.setCurrentIndex(window.articles.model.index(1))
    chosen = window.articles.list.currentIndex().data()
    assert len(titles(window)) == 2
    qtbot.waitUntil(lambda: window.articles.model.whole)
    assert len(titles(window)) == 3
    assert resets == []
    assert window.articles.list.currentIndex().row() == 1
    assert window.articles.list.currentIndex().data() == chosen
