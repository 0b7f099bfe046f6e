"""The sheet of keys: search, close, other keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.actions import ACTIONS
from annotator.ui.dialogs.keys import KeySheet, fitting, sections
from annotator.ui.dialogs.settings import KEYS_PAGE, SettingsDialog
from annotator.ui.widgets import Elided, KeyCaps
from annotator.ui.window import MainWindow

# The offscreen platform says so of every dialog.
pytestmark = pytest.mark.qt_log_ignore("does not support")

K = Qt.Key


@pytest.fixture
def sheet(window: MainWindow, qtbot: QtBot) -> KeySheet:
    result = KeySheet(window.session.scheme.labels, window.preferences.settings, window.look, window)
    qtbot.addWidget(result)
    return result


def shown(sheet: KeySheet) -> list[str]:
    return [label.text() for label in sheet._area.widget().findChildren(QLabel)]


def test_the_search_finds_by_what_a_key_does_by_heading_and_by_key(window: MainWindow) -> None:
    everything = sections(window.session.scheme.labels, window.preferences.settings)
    assert fitting(everything, "") == everything
    assert fitting(everything, "find next") == [("Edit", [("Find next", "F3")])]
    assert [heading for heading, _ in fitting(everything, "label quote")] == ["Label"]
    assert fitting(everything, "ctrl+z")[0][1][0] == ("Undo", "Ctrl+Z")
    assert fitting(everything, "nonsense") == []


def test_letters_search_and_the_question_mark_closes(sheet: KeySheet, qtbot: QtBot) -> None:
    assert len(shown(sheet)) > len([action for action in ACTIONS if action.keys])
    qtbot.keyClicks(sheet.field, "undo")
    assert "Undo" in shown(sheet)
    assert "Find next" not in shown(sheet)
    qtbot.keyClicks(sheet.field, " zzz")
    assert shown(sheet) == ["No key for “undo zzz”."]
    qtbot.keyClick(sheet.field, Qt.Key.Key_Question)
    assert sheet.result() == 1
    assert not sheet.wants_change


def test_other_keys_are_one_press_away(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    pages: list[int] = []

    def press(sheet: KeySheet) -> int:
        sheet.change.click()
        return sheet.result()

    def look(dialog: SettingsDialog) -> int:
        pages.append(dialog._stack.currentIndex())
        return 0

    monkeypatch.setattr(KeySheet, "exec", press)
    monkeypatch.setattr(SettingsDialog, "exec", look)
    window.actions_["help.keys"].trigger()
    assert pages == [KEYS_PAGE]


def test_the_sheet_is_scrolled_by_keys_while_they_go_into_the_field(
    window: MainWindow, sheet: KeySheet, qtbot: QtBot
) -> None:
    sheet.resize(700, 300)
    sheet.show()
    qtbot.waitExposed(sheet)
    bar = sheet._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 2 * bar.pageStep())
    for keyed in (sheet.field, sheet.change, sheet._area):
        places = []
        for key in (K.Key_Down, K.Key_PageDown, K.Key_Up, K.Key_PageUp, K.Key_End, K.Key_Home):
            qtbot.keyClick(keyed, key)
            places.append(bar.value())
        assert 0 < places[0] < places[1] > places[2] > places[3], (keyed, places)
        assert places[-2:] == [bar.maximum(), 0]


def test_home_and_end_stay_with_the_words_that_are_typed(sheet: KeySheet, qtbot: QtBot) -> None:
    sheet.resize(700, 300)
    sheet.show()
    qtbot.waitExposed(sheet)
    qtbot.keyClicks(sheet.field, "the")
    qtbot.keyClick(sheet.field, K.Key_Home)
    assert sheet.field.cursorPosition() == 0
    qtbot.keyClick(sheet.field, K.Key_End)
    assert sheet.field.cursorPosition() == 3
    assert sheet._area.verticalScrollBar().value() == 0
    qtbot.keyClick(sheet.field, K.Key_PageDown)
    assert sheet._area.verticalScrollBar().value() > 0


@pytest.mark.parametrize(("width", "columns"), [(1080, 3), (780, 2), (420, 1)])
def test_there_are_as_many_columns_as_fit_and_nothing_is_cut(
    sheet: KeySheet, qtbot: QtBot, width: int, columns: int
) -> None:
    sheet.resize(width, 500)
    sheet.show()
    qtbot.waitExposed(sheet)
    qtbot.waitUntil(lambda: sheet._area.widget().width() == sheet._area.viewport().width())
    assert len(sheet._parts) == columns
    body = sheet._area.widget()
    assert [name.text() for name in body.findChildren(Elided) if "…" in name.text()] == []
    for cap in body.findChildren(KeyCaps):
        assert cap.mapTo(body, cap.rect().topRight()).x() < body.width()


def test_the_key_of_a_single_find_stands_near_its_name(sheet: KeySheet, qtbot: QtBot) -> None:
    sheet.resize(1080, 500)
    sheet.show()
    qtbot.keyClicks(sheet.field, "find next")
    (cap,) = sheet._area.widget().findChildren(KeyCaps)
    qtbot.waitUntil(lambda: 0 < cap.mapTo(sheet, cap.rect().center()).x() < 450)
