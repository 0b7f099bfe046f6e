"""The manual opens beside the work, finds words on every page, and loads nothing."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from pytestqt.qtbot import QtBot

from annotator import assets
from annotator.ui.manual import ManualWindow
from annotator.ui.window import MainWindow


def manual(window: MainWindow, qtbot: QtBot) -> ManualWindow:
    made = ManualWindow(window.look, window)
    qtbot.addWidget(made)
    return made


def test_every_page_can_be_read(window: MainWindow, qtbot: QtBot) -> None:
    made = manual(window, qtbot)
    for number, (_, title) in enumerate(assets.MANUAL):
        made.list.setCurrentRow(number)
        assert made.page.toPlainText().startswith(title)
        assert "|---" not in made.page.toPlainText()


def test_words_are_found_on_other_pages_and_round(window: MainWindow, qtbot: QtBot) -> None:
    made = manual(window, qtbot)
    made.field.setText("stolen")
    made._find()
    assert assets.MANUAL[made.list.currentRow()][0] == "safety"
    assert made.page.textCursor().selectedText() == "stolen"
    made.field.setText("start page")
    made._find()
    assert made.list.currentRow() == 0
    made.field.setText("xyzzy")
    made._find()
    assert made._missing.text() == "Not found"
    assert not made._missing.isHidden()


def test_it_loads_nothing(window: MainWindow, qtbot: QtBot) -> None:
    made = manual(window, qtbot)
    kind = QTextDocument.ResourceType.ImageResource.value
    for link in (
        "file:///etc/hostname",
        "http://127.0.0.1:9/window.png",
        "x.png",
        "../manual/window.png",
        "",
        "begin.md",
    ):
        assert made.page.loadResource(kind, QUrl(link)) is None
    made.page.anchorClicked.emit(QUrl("safety.md"))
    assert assets.MANUAL[made.list.currentRow()][0] == "safety"
    made.page.anchorClicked.emit(QUrl("file:///etc/hostname"))
    assert assets.MANUAL[made.list.currentRow()][0] == "safety"


@pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every window
def test_every_picture_is_there_and_fits_the_page(window: MainWindow, qtbot: QtBot) -> None:
    made = manual(window, qtbot)
    kind = QTextDocument.ResourceType.ImageResource.value
    shown = {found for name, _ in assets.MANUAL for found in re.findall(r"\]\((\w+\.png)\)", assets.manual_page(name))}
    assert len(shown) == 6
    for width in (920, 700):
        made.resize(width, 680)
        made.show()
        qtbot.waitUntil(lambda width=width: made.width() == width)
        for name in shown:
            picture = made.page.loadResource(kind, QUrl(name))
            assert isinstance(picture, QImage)
            assert 200 <= picture.deviceIndependentSize().width() <= made.page.width() - 64


@pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every window
def test_f1_shows_it_and_escape_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.view, Qt.Key.Key_F1)
    assert window.sheets.manual_window.isVisible()
    qtbot.keyClick(window.sheets.manual_window, Qt.Key.Key_Escape)
    assert window.sheets.manual_window.isHidden()
