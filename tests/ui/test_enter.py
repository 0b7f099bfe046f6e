"""Enter presses the button that has the keyboard, else what a dialog is for; schemes are chosen by the arrows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs.new import NewDialog
from annotator.ui.dialogs.parts import Sheet, button
from annotator.ui.dialogs.settings import KEYS_PAGE, SettingsDialog
from annotator.ui.look import Look
from annotator.ui.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every dialog


def test_enter_presses_what_has_the_ring(qapp: QApplication, qtbot: QtBot) -> None:
    pressed: list[str] = []
    sheet = Sheet("A sheet", Look(qapp))
    qtbot.addWidget(sheet)
    made = {
        name: button(name, lambda name=name: pressed.append(name), role)
        for name, role in (("way out", "quiet"), ("beside", ""), ("main", "main"))
    }
    sheet.buttons(*made.values())
    sheet.show()
    sheet.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is sheet)
    for name, one in made.items():
        one.setFocus()
        qtbot.keyClick(one, Qt.Key.Key_Return)
        assert pressed[-1] == name
    sheet.heading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    sheet.heading.setFocus()
    qtbot.keyClick(sheet.heading, Qt.Key.Key_Return)
    assert pressed[-1] == "main"


def test_a_scheme_is_chosen_by_the_arrows_and_enter_makes_the_project(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = NewDialog(tmp_path / "News.annotator", Look(qapp))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    dialog.rows[0].setFocus()
    qtbot.keyClick(dialog.rows[0], Qt.Key.Key_Down)
    assert dialog.rows[1].isChecked()
    assert dialog.rows[1].hasFocus()
    qtbot.keyClick(dialog.rows[1], Qt.Key.Key_Return)
    assert dialog.path == tmp_path / "News.annotator"
    assert dialog.path.exists()


def test_enter_in_the_list_of_keys_waits_for_the_new_key(window: MainWindow, qtbot: QtBot) -> None:
    dialog = SettingsDialog(window.preferences, window.session.identity, window.look, window)
    qtbot.addWidget(dialog)
    dialog.show_page(KEYS_PAGE)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    page = dialog.keys_page
    page.search.setText("find next")
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.action == "edit.find.next"
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert page.field.hasFocus() or page.field.isAncestorOf(QApplication.focusWidget() or QPushButton())
