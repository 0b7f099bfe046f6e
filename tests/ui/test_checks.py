"""What is not finished in an article: found while one works, said in one line, gone through by one key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.ui.window import MainWindow
from tests.ui.test_saying import focused, tag
from tests.ui.test_window import press

K = Qt.Key


def kinds(window: MainWindow) -> list[str]:
    return [one.kind for one in window.hand.checks.fresh()]


def test_it_follows_what_is_done_and_one_key_goes_there(window: MainWindow, qtbot: QtBot) -> None:
    assert kinds(window) == []
    press(qtbot, window, K.Key_F8)
    assert "Nothing to look at" in window.notice.words
    tag(window, qtbot, "Nobody else spoke", K.Key_A)
    tag(window, qtbot, "said", K.Key_C)
    assert kinds(window) == ["stray", "required"]
    press(qtbot, window, K.Key_Escape)
    press(qtbot, window, K.Key_Home, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, window, K.Key_F8)
    assert focused(window).label == "cue"
    press(qtbot, window, K.Key_F8)
    assert focused(window).label == "claim"
    press(qtbot, window, K.Key_3)  # a policy; the digit is heard at once
    assert kinds(window) == ["stray"]
    press(qtbot, window, K.Key_F8)
    assert focused(window).label == "cue"
    press(qtbot, window, K.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert focused(window).label == "cue"  # round the article


def test_the_bottom_line_says_what_comes_first(window: MainWindow, qtbot: QtBot) -> None:
    assert window.hand.checks.found == []  # made after the first picture, which nobody sees here
    tag(window, qtbot, "said", K.Key_C)
    press(qtbot, window, K.Key_Escape)
    qtbot.waitUntil(lambda: window.bottom._words == ("F8", "goes to what is left: Belongs to nothing (1)"))
    window.session.undo()
    qtbot.waitUntil(lambda: window.bottom._words[0] != "F8")


def test_at_a_span_the_bottom_line_says_what_is_wrong_with_it(window: MainWindow, qtbot: QtBot) -> None:
    _made = window.hand.checks
    tag(window, qtbot, "Nobody else spoke", K.Key_A)
    press(qtbot, window, K.Key_1)
    press(qtbot, window, K.Key_1)
    qtbot.waitUntil(lambda: window.bottom._words == ("R", "ties it to another span"))
    tag(window, qtbot, "said", K.Key_C)
    qtbot.waitUntil(lambda: window.bottom._words == ("F8", "goes on. Here: It belongs to no Quote"))


def test_it_is_said_as_soon_as_the_article_is_open(
    project: Path, make_window: Callable[[Path | None], MainWindow], qtbot: QtBot
) -> None:
    first = make_window(project)
    tag(first, qtbot, "said", K.Key_C)
    first.close()
    second = make_window(project)
    assert second.bottom._words[0] != "F8"
    _made = second.hand.checks
    qtbot.waitUntil(lambda: second.bottom._words[0] == "F8")


def test_of_colleagues_nothing_is_told(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    assert kinds(window) == ["stray"]
    article = window.session.article
    assert article is not None
    window.navigation.step(1)
    assert kinds(window) == []
    window.navigation.step(-1)
    assert kinds(window) == ["stray"]


def test_a_key_for_a_span_says_so_where_none_is_focused(window: MainWindow, qtbot: QtBot) -> None:
    window.notice.hide()
    press(qtbot, window, K.Key_R)
    assert window.notice.words == "“Tie to another span” is done to a span: click one, or go to it with J."
    assert not list(window.session.spans)
