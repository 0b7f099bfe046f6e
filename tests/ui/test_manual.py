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
    assert assets.MANUAL[made.list.currentRow()][0] == "safety"
    assert made.page.textCursor().selectedText() == "stolen"
    made.field.setText("start page")
    assert made.list.currentRow() == 0
    made.field.setText("xyzzy")
    assert made._missing.text() == "Not found"
    assert not made._missing.isHidden()


def highlighted(made: ManualWindow) -> list[str]:
    return [each.cursor.selectedText() for each in made.page.extraSelections()]  # type: ignore[attr-defined]


@pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every window
def test_it_finds_as_one_types_and_shows_the_place(window: MainWindow, qtbot: QtBot) -> None:
    made = manual(window, qtbot)
    made.show()
    qtbot.keyClick(made, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(made.field, "fragmen")
    assert assets.MANUAL[made.list.currentRow()][0] == "tagging"
    assert [each.casefold() for each in highlighted(made)] == ["fragmen"]
    first = made.page.textCursor().selectionStart()
    qtbot.keyClicks(made.field, "t")
    assert made.page.textCursor().selectionStart() == first  # one more letter stays there
    place = made.page.cursorRect()
    assert made.page.viewport().rect().contains(place.center())
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    assert (made.list.currentRow(), made.page.textCursor().selectionStart()) != (1, first)
    qtbot.keyClicks(made.field, "xy")
    assert made._missing.text() == "Not found"
    assert not made._missing.isHidden()
    assert highlighted(made) == []
    qtbot.keyClick(made.field, Qt.Key.Key_Backspace)
    qtbot.keyClick(made.field, Qt.Key.Key_Backspace)
    assert made._missing.isHidden()
    made.field.clear()
    assert highlighted(made) == []


@pytest.mark.parametrize("word", ["split", "trim", "fragment", "piece", "merge", "nested", "overlap"])
def test_words_a_reader_would_look_for_lead_to_tagging(window: MainWindow, qtbot: QtBot, word: str) -> None:
    made = manual(window, qtbot)
    made.field.setText(word)
    assert highlighted(made)
    assert assets.MANUAL[made.list.currentRow()][0] == "tagging"


def test_words_are_found_where_the_page_has_marks_amid_them(window: MainWindow, qtbot: QtBot) -> None:
    made = manual(window, qtbot)
    assert "Alt+Right and Alt+Left" not in assets.manual_page("tagging")  # they stand in stars there
    made.field.setText("Alt+Right and Alt+Left")
    assert assets.MANUAL[made.list.currentRow()][0] == "tagging"


def test_a_change_of_colours_leaves_the_place_that_was_found(window: MainWindow, qtbot: QtBot) -> None:
    made = manual(window, qtbot)
    made.field.setText("stolen")
    window.look.changed.emit()
    assert highlighted(made) == ["stolen"]


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
def test_no_white_space_stands_below_a_picture(window: MainWindow, qtbot: QtBot) -> None:
    made = manual(window, qtbot)
    made.show()
    qtbot.waitExposed(made)
    gaps = []
    for number in range(len(assets.MANUAL)):
        made.list.setCurrentRow(number)
        block, layout = made.page.document().begin(), made.page.document().documentLayout()
        while block.isValid():
            if block.text() == "\ufffc":
                below = layout.blockBoundingRect(block.next())
                gaps.append(below.top() - layout.blockBoundingRect(block).bottom())
            block = block.next()
    assert len(gaps) == 6
    assert max(gaps) <= 28, "the air above a heading"


@pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every window
def test_f1_shows_it_and_escape_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.view, Qt.Key.Key_F1)
    assert window.sheets.manual_window.isVisible()
    qtbot.keyClick(window.sheets.manual_window, Qt.Key.Key_Escape)
    assert window.sheets.manual_window.isHidden()
