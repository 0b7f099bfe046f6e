"""Any action by a few letters: the best fit first, Enter does it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.actions import ACTIONS
from annotator.ui.palette import Palette, found, title
from annotator.ui.widgets import KeyCaps
from annotator.ui.window import MainWindow

K = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog


@pytest.fixture
def palette(window: MainWindow, qtbot: QtBot) -> Palette:
    made = Palette(window.actions_, window.preferences.settings, window.look, window)
    qtbot.addWidget(made)
    made.show()
    return made


def names(words: str) -> list[str]:
    return [title(hit.action) for hit in found(words)]


def test_the_best_fit_comes_first() -> None:
    assert names("undo")[0] == "Undo"
    assert names("find")[0] == "Find in the article"
    assert names("next ar")[0] == "Next article"
    assert "Redo" in names("edit")
    assert names("zzz") == []
    assert names("mails") == []
    assert names("mail") == ["Send a copy"]  # stands in its hint
    assert len(names("")) == len(ACTIONS) - 1


def test_letters_that_were_typed() -> None:
    hit = found("art next")[0]
    assert "".join(title(hit.action)[position] for position in sorted(hit.letters)) == "Nextart"


def test_every_action_is_found_by_its_name() -> None:
    for action in ACTIONS:
        if action.id != "help.palette":
            assert title(action) in names(title(action))[:3]


def test_enter_does_it(palette: Palette, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "select all")
    qtbot.keyClick(palette.field, K.Key_Return)
    qtbot.waitUntil(lambda: window.view.selection == (0, len(window.view.text)))
    assert palette.isHidden()


def test_what_makes_no_sense_now_stays_and_comes_last(palette: Palette, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "delete")
    assert not window.actions_["span.delete"].isEnabled()
    qtbot.keyClick(palette.field, K.Key_Return)
    assert palette.isVisible()
    palette.field.clear()
    able = [window.actions_[hit.action.id].isEnabled() for hit in palette.model.hits]
    assert able == sorted(able, reverse=True)
    assert False in able


def test_arrows_choose(palette: Palette, qtbot: QtBot) -> None:
    for key, row in ((K.Key_Down, 1), (K.Key_PageDown, 10), (K.Key_Up, 9), (K.Key_PageUp, 0), (K.Key_Up, 0)):
        qtbot.keyClick(palette.field, key)
        assert palette.list.currentIndex().row() == row
    palette.field.setText("no such thing")
    qtbot.keyClick(palette.field, K.Key_Down)
    qtbot.keyClick(palette.field, K.Key_Return)
    assert palette.isVisible()


def test_it_can_be_drawn(palette: Palette) -> None:
    palette.field.setText("span")
    assert not palette.grab().isNull()


@pytest.mark.parametrize("height", [560, 800])
def test_its_foot_is_seen_in_a_low_window(window: MainWindow, qtbot: QtBot, height: int) -> None:
    window.resize(880, height)
    qtbot.waitUntil(lambda: window.height() == height)
    made = Palette(window.actions_, window.preferences.settings, window.look, window)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    top = window.mapToGlobal(window.rect().topLeft()).y()
    assert top <= made.y() <= top + height - made.height() - 16
    foot = max(made.findChildren(KeyCaps), key=lambda cap: cap.y())
    assert made.rect().contains(foot.geometry())
