"""The soft edge around the control that has the keyboard."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.glow import Glow
from annotator.ui.look import Look


def test_it_follows_the_keyboard(qapp: QApplication, qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    field, button, text = QLineEdit(top), QPushButton(top), QTextEdit(top)
    for number, widget in enumerate((field, button, text)):
        widget.setGeometry(20, 20 + 50 * number, 80, 30)
    glow = Glow(Look(qapp))
    qtbot.addWidget(glow)
    top.show()
    top.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is top)
    for widget in (field, button):
        widget.setFocus()
        assert glow.isVisible()
        assert glow.geometry() == widget.geometry().adjusted(-3, -3, 3, 3)
    button.move(40, 90)
    qtbot.waitUntil(lambda: glow.geometry() == button.geometry().adjusted(-3, -3, 3, 3))
    text.setFocus()
    assert not glow.isVisible()


def test_it_outlives_what_it_stood_around(qapp: QApplication, qtbot: QtBot) -> None:
    glow = Glow(Look(qapp))
    qtbot.addWidget(glow)
    for _ in range(2):
        top = QWidget()
        field = QLineEdit(top)
        top.show()
        top.activateWindow()
        qtbot.waitUntil(lambda top=top: QApplication.activeWindow() is top)
        field.setFocus()
        assert glow.isVisible()
        del field
        top.deleteLater()
        qtbot.waitUntil(lambda: not glow.isVisible())
