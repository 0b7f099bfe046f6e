"""A label's key with nothing selected: the first press shows, the second takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.storage.store import Store
from annotator.ui.text.held import SUGGESTED
from annotator.ui.window import MainWindow
from tests.ui.test_window import press, stored

K = Qt.Key
Make = Callable[[Path | None], MainWindow]


def shown(window: MainWindow) -> list[tuple[str, str]]:
    spans = window.view._held._suggested.values()
    assert all(span.state == SUGGESTED for span in spans)
    return [(span.label, window.view.text[span.start : span.end]) for span in spans]


def made(window: MainWindow) -> list[tuple[str, str]]:
    return [(span.label, window.view.text[span.start : span.end]) for span in stored(window)]


def go_to(window: MainWindow, words: str) -> None:
    window.view.set_caret(window.view.text.index(words))


def test_the_first_press_shows_the_second_takes(window: MainWindow, qtbot: QtBot) -> None:
    go_to(window, "sail,”")
    press(qtbot, window, K.Key_Q)
    assert shown(window) == [("quote", "“We sail,”")]
    assert made(window) == []
    press(qtbot, window, K.Key_Q)
    assert made(window) == [("quote", "“We sail,”")]
    assert shown(window) == [("source", "the owner"), ("cue", "said")]  # who said it is proposed next
    assert window.view.focused is not None
    press(qtbot, window, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert made(window) == []


def test_another_label_asks_what_that_one_would_take(window: MainWindow, qtbot: QtBot) -> None:
    go_to(window, "the owner")
    press(qtbot, window, K.Key_S)
    assert shown(window) == [("source", "the owner")]
    go_to(window, "said")
    press(qtbot, window, K.Key_A)
    press(qtbot, window, K.Key_C)
    assert shown(window) == [("cue", "said")]
    press(qtbot, window, K.Key_C)
    assert made(window) == [("cue", "said")]


def test_where_no_word_of_saying_stands_no_cue_is_suggested(window: MainWindow, qtbot: QtBot) -> None:
    go_to(window, "paid.”")
    press(qtbot, window, K.Key_S)
    assert shown(window) == [("source", "paid")]
    press(qtbot, window, K.Key_C)
    assert shown(window) == []
    assert window.notice.words == "No word of saying stands here. Select the words that are meant."
    press(qtbot, window, K.Key_C)
    assert made(window) == []


def test_space_lengthens_what_is_shown_and_esc_leaves_it(window: MainWindow, qtbot: QtBot) -> None:
    go_to(window, "Nobody")
    press(qtbot, window, K.Key_S)
    assert shown(window) == [("source", "Nobody else")]
    press(qtbot, window, K.Key_Space)
    press(qtbot, window, K.Key_Space)
    assert shown(window) == [("source", "Nobody else spoke.")]
    press(qtbot, window, K.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert shown(window) == [("source", "Nobody else spoke")]
    press(qtbot, window, K.Key_Escape)
    assert shown(window) == []
    press(qtbot, window, K.Key_S)
    press(qtbot, window, K.Key_Return)
    assert made(window) == [("source", "Nobody else")]


def test_it_goes_when_the_caret_moves(window: MainWindow, qtbot: QtBot) -> None:
    go_to(window, "Nobody")
    press(qtbot, window, K.Key_A)
    assert shown(window)
    press(qtbot, window, K.Key_Right)
    assert shown(window) == []
    press(qtbot, window, K.Key_A)
    window.actions_["article.next"].trigger()
    assert shown(window) == []


def test_a_click_takes_it(window: MainWindow, qtbot: QtBot) -> None:
    go_to(window, "Nobody")
    press(qtbot, window, K.Key_A)
    place = window.view.caret_rect(window.view.caret + 3).center()
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert made(window) == [("claim", "Nobody else spoke.")]


def test_in_a_project_that_is_only_read_nothing_is_shown(project: Path, make_window: Make, qtbot: QtBot) -> None:
    holder = Store.open(project)
    try:
        window = make_window(project)
        press(qtbot, window, K.Key_Q)
        assert shown(window) == []
        assert "reading only" in window.notice.words
    finally:
        holder.close()
