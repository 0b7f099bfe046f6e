"""Where the words of a search stand in the article: framed, counted, gone through by F3."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from annotator.domain import terms
from annotator.ui.window import MainWindow
from tests.ui.articles.test_filter import search

K, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def said(window: MainWindow) -> str:
    return window.articles.filter._unread.text()


def framed(window: MainWindow) -> list[str]:
    return [window.view.text[start:end] for start, end in window.view._marks]


def test_the_words_are_framed_and_gone_through(window: MainWindow, qtbot: QtBot) -> None:
    search(qtbot, window, "w")
    qtbot.keyClick(window.articles.filter.field, K.Key_Return)
    places = list(terms.places(window.view.text, "w"))
    assert len(places) > 1
    assert window.view._marks == tuple(places)
    assert f"{len(places)} places in this one · F3" in said(window)
    assert window.view.caret == places[0][0]
    assert window.view.selection is None  # a label's key must not take what nobody chose
    for place in [*places, places[0]]:
        qtbot.keyClick(window.view, K.Key_F3)
        assert window.view.selection == place
    qtbot.keyClick(window.view, K.Key_F3, SHIFT)
    assert window.view.selection == places[-1]
    qtbot.keyClick(window.view, K.Key_Q)
    assert [(span.start, span.end) for span in window.session.spans][-1] == places[-1]


def test_while_one_types_the_caret_stays(window: MainWindow, qtbot: QtBot) -> None:
    window.view.set_caret(30)
    search(qtbot, window, "ferry")
    qtbot.waitUntil(lambda: framed(window) != [])
    assert window.view.caret == 30


def test_the_find_bar_goes_before_and_gives_the_frames_back(window: MainWindow, qtbot: QtBot) -> None:
    search(qtbot, window, "ferry")
    qtbot.keyClick(window.articles.filter.field, K.Key_Return)
    before = framed(window)
    assert before
    qtbot.keyClick(window.view, K.Key_F, CTRL)
    bar = window.page.find_bar
    qtbot.keyClicks(bar.field, "vot")
    qtbot.waitUntil(lambda: not bar._pause.isActive())
    assert set(framed(window)) == {"vot"}
    qtbot.keyClick(bar.field, K.Key_Escape)
    assert framed(window) == before


def test_a_click_empties_the_search(window: MainWindow, qtbot: QtBot) -> None:
    search(qtbot, window, "ferry")
    qtbot.waitUntil(lambda: framed(window) != [])
    (button,) = window.articles.filter.field.findChildren(QToolButton)
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.articles.model.wanted.words == "")
    assert not button.isVisible()
    assert framed(window) == []
    assert said(window) == ""


def test_a_long_text_is_looked_through_in_pieces(window: MainWindow, qtbot: QtBot) -> None:
    search(qtbot, window, "ferry")
    found = window.articles.found
    window.view.show_article("A ferry came. " * 10_000, [])
    found._begin(to_first=False)
    assert not found.known
    qtbot.waitUntil(lambda: found.known)
    assert len(found.places) == 10_000
