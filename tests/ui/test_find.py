"""Finding in the article by the keys of a hand that tags: Ctrl+F, words, F3, Esc, and a label's key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.ui.find import FindBar
from annotator.ui.window import MainWindow

K, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def find(qtbot: QtBot, window: MainWindow, words: str) -> FindBar:
    qtbot.keyClick(window.view, K.Key_F, CTRL)
    bar = window.page.find_bar
    assert bar.field.hasFocus()
    bar.field.clear()
    qtbot.keyClicks(bar.field, words)
    qtbot.waitUntil(lambda: not bar._pause.isActive())
    return bar


def chosen(window: MainWindow) -> str:
    place = window.view.selection
    return window.view.text[slice(*place)] if place else ""


def test_find_and_tag_what_was_found(window: MainWindow, qtbot: QtBot) -> None:
    bar = find(qtbot, window, "the owner")
    assert chosen(window) == "the owner"
    assert bar.count.text() == "1 of 1"
    qtbot.keyClick(bar.field, K.Key_Escape)
    assert bar.isHidden()
    assert window.view.hasFocus()
    assert chosen(window) == "the owner"
    assert window.view._marks == ()
    qtbot.keyClick(window.view, K.Key_S)
    assert [(span.label, window.view.text[span.start : span.end]) for span in window.session.spans] == [
        ("source", "the owner")
    ]


def test_there_and_back_round_the_ends(window: MainWindow, qtbot: QtBot) -> None:
    bar = find(qtbot, window, "ai")
    places = bar._places
    assert len(places) == 3  # sail, said, paid
    assert bar.count.text() == "1 of 3"
    qtbot.keyClick(bar.field, K.Key_Return)
    assert window.view.selection == places[1]
    qtbot.keyClick(bar.field, K.Key_Return, SHIFT)
    qtbot.keyClick(bar.field, K.Key_Return, SHIFT)
    assert window.view.selection == places[2]
    qtbot.keyClick(bar.field, K.Key_Escape)
    qtbot.keyClick(window.view, K.Key_F3)  # goes on without the bar being asked for
    assert window.view.selection == places[0]
    qtbot.keyClick(window.view, K.Key_F3, SHIFT)
    assert window.view.selection == places[2]


def test_typing_on_looks_from_where_one_began(window: MainWindow, qtbot: QtBot) -> None:
    window.view.set_caret(30)
    find(qtbot, window, "w")
    first = window.view.selection
    assert first is not None
    assert first[0] >= 30
    bar = find(qtbot, window, "vote")
    assert chosen(window) == "vote"
    bar.ways["case"].setChecked(True)
    qtbot.keyClicks(bar.field, "X")
    qtbot.waitUntil(lambda: bar.count.text() == "Not found")
    assert bar.count.property("role") == "error"


def test_whole_words_and_expressions(window: MainWindow, qtbot: QtBot) -> None:
    bar = find(qtbot, window, "we")
    bar.ways["whole"].setChecked(True)
    assert len(bar._places) == 2
    bar.ways["pattern"].setChecked(True)
    bar.field.setText("“[^”]+")
    qtbot.waitUntil(lambda: bar.count.text() == "1 of 2")
    bar.field.setText("“[^")
    qtbot.waitUntil(lambda: bar.count.text() == "Error")
    assert "wrong at character" in bar.count.toolTip()
    assert window.view._marks == ()


def test_selected_words_are_looked_for(window: MainWindow, qtbot: QtBot) -> None:
    start = window.view.text.index("owner")
    window.view.select(start, start + 5)
    qtbot.keyClick(window.view, K.Key_F, CTRL)
    bar = window.page.find_bar
    assert bar.field.text() == "owner"
    assert bar.count.text() == "1 of 1"


def test_another_article_is_looked_through_too(window: MainWindow, qtbot: QtBot) -> None:
    bar = find(qtbot, window, "the")
    window.actions_["article.next"].trigger()
    assert len(bar._places) == len(window.view._marks) == 2
    assert window.view.selection is None


def test_done_next_works_from_the_field(window: MainWindow, qtbot: QtBot) -> None:
    bar = find(qtbot, window, "we")
    qtbot.keyClick(bar.field, K.Key_Return, CTRL)
    assert window.session.article is not None
    assert window.session.article.title == "Harbour dues rise"
