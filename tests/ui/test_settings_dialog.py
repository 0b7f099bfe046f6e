"""Settings hold at once and come back; keys move; nothing a damaged file holds keeps the window from standing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from annotator import settings, whoami
from annotator.settings import SETTINGS
from annotator.ui.dialogs.settings import SettingsDialog
from annotator.ui.fields import DropDown, NumberField
from annotator.ui.theme import CONTRAST
from annotator.ui.window import MainWindow

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[SettingsDialog]:
    monkeypatch.delenv("ANNOTATOR_THEME", raising=False)
    result = SettingsDialog(window.preferences, window.session.identity, window.look, window)
    qtbot.addWidget(result)
    yield result
    window.preferences.reset()


def test_every_setting_has_a_field(dialog: SettingsDialog) -> None:
    shown = [*dialog.look_page.fields, *dialog.me_page.choices.fields]
    assert sorted(shown) == sorted(setting.id for setting in SETTINGS)


def test_a_choice_holds_at_once_and_after_a_restart(
    dialog: SettingsDialog, window: MainWindow, project: Path, make_window: Callable[[Path | None], MainWindow]
) -> None:
    size, theme, width = (dialog.look_page.fields[id] for id in ("size", "theme", "width"))
    assert isinstance(size, NumberField)
    assert isinstance(theme, DropDown)
    assert isinstance(width, NumberField)
    before = window.view._type
    size.setValue(22)
    width.setValue(50)
    theme.setCurrentIndex(theme.findData("contrast"))
    theme.activated.emit(theme.currentIndex())
    assert window.view._type.font.pixelSize() == round(before.font.pixelSize() * 22 / 17)
    assert window.look.theme is CONTRAST
    window.close()
    again = make_window(project)
    assert again.view._type.font.pixelSize() == window.view._type.font.pixelSize()
    assert again.look.theme is CONTRAST
    again.preferences.reset()
    assert again.look.theme is not CONTRAST
    assert again.view._type == before


def test_larger_and_smaller_are_kept(window: MainWindow) -> None:
    window.actions_["view.larger"].trigger()
    assert settings.load()[0]["size"] == 18
    for _ in range(50):
        window.actions_["view.smaller"].trigger()
    assert settings.load()[0]["size"] == 12


def test_another_key(dialog: SettingsDialog, window: MainWindow, qtbot: QtBot) -> None:
    page = dialog.keys_page
    page.search.setText("find in")
    rows = [number for number in range(page.table.rowCount()) if not page.table.isRowHidden(number)]
    assert len(rows) == 1
    page.table.selectRow(rows[0])
    page.field.setKeySequence(QKeySequence("Ctrl+Z"))
    page.take.click()
    assert page.words.text() == "Ctrl+Z is the key of “Undo”. Give that one another key first."
    page.field.setKeySequence(QKeySequence("Ctrl+M"))
    page.take.click()
    assert settings.load()[0].keys == {"edit.find": ("Ctrl+M",)}
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)  # keys of actions are heard in the active window only
    qtbot.keyClick(window.view, K.Key_F, CTRL)
    assert not window.page.finding
    qtbot.keyClick(window.view, K.Key_M, CTRL)
    assert window.page.finding
    page.usual.click()
    assert settings.load()[0].keys == {}
    page.none.click()
    assert settings.load()[0].keys == {"edit.find": ()}


def test_my_name(dialog: SettingsDialog) -> None:
    page = dialog.me_page
    page.name.setText(" ")
    page._keep()
    assert page.words.text() == "A name must not be empty."
    page.name.setText("Łucja")
    page._keep()
    who = whoami.identity()
    assert who is not None
    assert who.annotator.name == "Łucja"


def test_a_damaged_file_is_told_in_the_window(project: Path, make_window: Callable[[Path | None], MainWindow]) -> None:
    settings.file().parent.mkdir(parents=True, exist_ok=True)
    settings.file().write_text("size = [", encoding="utf-8")
    window = make_window(project)
    assert "settings.toml" in window.notice._words.text()
    assert window.notice.isVisible()


def test_a_key_that_is_none_does_no_harm(project: Path, make_window: Callable[[Path | None], MainWindow]) -> None:
    settings.file().parent.mkdir(parents=True, exist_ok=True)
    settings.file().write_text('[keys]\n"edit.find" = ["Ctrl+Nonsense"]\n"article.done" = []\n', encoding="utf-8")
    window = make_window(project)
    window.refresh()
    window.view.select_all()
    assert window.actions_["article.done"].isEnabled()


def test_my_name_holds_at_once(dialog: SettingsDialog, window: MainWindow, qtbot: QtBot) -> None:
    dialog.me_page.renamed.connect(window.rename)
    dialog.me_page.name.setText("Łucja Brandt")
    dialog.me_page._keep()
    assert window.bottom._who.text() == "Łucja Brandt"
    window.view.select(0, 5)
    qtbot.keyClick(window.view, K.Key_Q)
    assert window.session.store is not None
    assert window.session.store.annotators()[window.session.me.id].name == "Łucja Brandt"
    window.undoing.undo()
    assert window.session.store.annotators()[window.session.me.id].name == "Łucja Brandt"
