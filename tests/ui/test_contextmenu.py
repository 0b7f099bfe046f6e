"""The menu of the right button in the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from annotator.ui.contextmenu import menu_at
from annotator.ui.window import MainWindow
from tests.ui.test_window import press, select, stored


def offered(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


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
    assert "Add the selection as a fragment" in offered(menu)
    next(action for action in menu.actions() if action.text() == "Add the selection as a fragment").trigger()
    assert len(stored(window)[0].fragments) == 2


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_right_button_opens_it(window: MainWindow, qtbot: QtBot) -> None:
    point = at(window, "Nobody")
    port = window.view.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, port.mapToGlobal(point))
    QApplication.sendEvent(port, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Copy" in offered(menu)
    menu.close()
