"""The menu of the right button in the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from annotator.ui.contextmenu import menu_at
from annotator.ui.window import MainWindow
from tests.ui.test_window import press, select, stored


def offered(menu: QMenu) -> list[str]:
    return [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]


def at(window: MainWindow, words: str) -> QPoint:
    return window.view.caret_rect(window.view.text.index(words) + 1).center()


def test_for_a_span_and_for_a_selection(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "the owner")
    press(qtbot, window, Qt.Key.Key_S)
    press(qtbot, window, Qt.Key.Key_Escape)
    words = offered(menu_at(window, at(window, "the owner")))
    assert window.view.focused is not None
    assert "Delete the span" in words
    assert "Fit the span to the selection" not in words
    select(window, "Nobody else")
    menu = menu_at(window, at(window, "Nobody"))
    assert window.view.selection is not None
    assert offered(menu)[3:5] == ["Add the selection to the focused span", "Fit the focused span to the selection"]
    assert not [words for words in offered(menu) if words.startswith(("Delete", "Take", "Focus"))]
    next(action for action in menu.actions() if action.text().startswith("Add the selection to")).trigger()
    assert len(stored(window)[0].fragments) == 2


def test_words_within_the_focused_span_and_words_alone(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "the owner")
    words = offered(menu_at(window, at(window, "the owner")))
    assert not [each for each in words if "span" in each]
    press(qtbot, window, Qt.Key.Key_S)
    select(window, "owner")
    menu = menu_at(window, at(window, "owner"))
    assert offered(menu)[3:6] == [
        "Take the selection out of the focused span",
        "Fit the focused span to the selection",
        "Delete the focused span",
    ]
    delete = next(action for action in menu.actions() if action.text().startswith("Delete the focused"))
    assert delete.text().endswith("\tDel")
    delete.trigger()
    assert stored(window) == []


def opened_at(window: MainWindow, point: QPoint) -> QMenu:
    port = window.view.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, port.mapToGlobal(point))
    QApplication.sendEvent(port, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("low", [False, True])
def test_it_covers_no_selected_word(window: MainWindow, low: bool) -> None:
    screen = window.screen().availableGeometry()
    start, end = select(window, "We sail,” said the owner")
    port, view = window.view.viewport(), window.view
    if low:  # so that there is no room for it below the words
        window.move(0, screen.bottom() - port.mapTo(window, view.caret_rect(end).bottomLeft()).y() - 40)
    menu = opened_at(window, at(window, "said"))
    box = menu.geometry()
    first, last = view.caret_rect(start).topLeft(), view.caret_rect(end).bottomRight()
    words = QRect(port.mapToGlobal(first), port.mapToGlobal(last))
    assert not box.intersects(words)
    assert screen.contains(box)
    assert (box.bottom() < words.top()) is low
    menu.close()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_right_button_opens_it(window: MainWindow, qtbot: QtBot) -> None:
    menu = opened_at(window, at(window, "Nobody"))
    assert "Copy" in offered(menu)
    menu.close()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_key_of_the_menu_opens_it_at_the_words_and_leaves_them_selected(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.view.hasFocus)
    place = select(window, "the owner")
    # As the desktop tells of the key: to the window, which knows who has the keyboard.
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(window.windowHandle(), event)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert window.view.selection == place
    caret = window.view.viewport().mapToGlobal(window.view.caret_rect(place[1]).bottomLeft())
    assert abs(menu.x() - caret.x()) < 5
    assert 0 <= menu.y() - caret.y() < 10
    menu.close()
