"""Settings hold at once and come back; keys move; nothing a damaged file holds keeps the window from standing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from annotator import assets, settings, whoami
from annotator.domain.scheme import Label, parse
from annotator.settings import BY_NAME, SETTINGS
from annotator.storage.store import Store
from annotator.ui.dialogs.settings import KEYS_PAGE, ME_PAGE, SettingsDialog
from annotator.ui.fields import DropDown, NumberField
from annotator.ui.theme import CONTRAST, DARK
from annotator.ui.window import MainWindow

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[SettingsDialog]:
    monkeypatch.delenv("ANNOTATOR_THEME", raising=False)
    result = SettingsDialog(window.preferences, window.session.identity, window.look, window)
    qtbot.addWidget(result)
    yield result
    window.preferences.reset(BY_NAME)


def test_every_setting_has_a_field(dialog: SettingsDialog) -> None:
    shown = [*dialog.look_page.fields, *dialog.tagging_page.fields, *dialog.me_page.choices.fields]
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
    again.preferences.reset(BY_NAME)
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
    page.field.setKeySequence(QKeySequence("Ctrl+U"))
    page.take.click()
    assert settings.load()[0].keys == {"edit.find": ("Ctrl+U",)}
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)  # keys of actions are heard in the active window only
    qtbot.keyClick(window.view, K.Key_F, CTRL)
    assert not window.page.finding
    qtbot.keyClick(window.view, K.Key_U, CTRL)
    assert window.page.finding
    page.usual.click()
    assert settings.load()[0].keys == {}
    page.none.click()
    assert settings.load()[0].keys == {"edit.find": ()}


def pressed(dialog: SettingsDialog, action: str, key: str) -> str:
    page = dialog.keys_page
    page.show_action(action)
    page.field.setKeySequence(QKeySequence(key))
    page.take.click()
    return page.words.text()


def test_the_key_of_a_label_is_refused(dialog: SettingsDialog, window: MainWindow, qtbot: QtBot) -> None:
    assert pressed(dialog, "project.report", "Q") == "Q is the key of the label “Quote”."
    assert pressed(dialog, "project.report", "Shift+Q") == "Shift+Q is the key of the label “Quote”."
    assert settings.load()[0].keys == {}
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.view.select(0, 5)
    qtbot.keyClick(window.view, K.Key_Q)
    assert [span.label for span in window.session.spans] == ["quote"]


def test_the_key_of_a_label_in_any_scheme_of_ours_is_refused(
    make_window: Callable[[Path | None], MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "Blank.annotator"
    Store.create(other, parse(assets.scheme_text("blank"), "blank"))
    window = make_window(other)
    dialog = SettingsDialog(window.preferences, window.session.identity, window.look, window)
    qtbot.addWidget(dialog)
    assert "the label “Quote” in the scheme “News sourcing”" in pressed(dialog, "project.report", "Q")
    assert "has the key W now" in pressed(dialog, "project.report", "W")


def test_a_label_has_its_key_whatever_the_settings_file_says(
    project: Path, make_window: Callable[[Path | None], MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    settings.file().parent.mkdir(parents=True, exist_ok=True)
    settings.file().write_text('[keys]\n"project.report" = ["Q", "Ctrl+Alt+R"]\n', encoding="utf-8")
    window = make_window(project)
    said = "Q is the key of the label “Quote” here, so it does not start “Report of the last import or export”."
    assert window.notice.words == said
    assert [key.toString() for key in window.actions_["project.report"].shortcuts()] == ["Ctrl+Alt+R"]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.view.select(0, 5)
    qtbot.keyClick(window.view, K.Key_Q)
    assert [span.label for span in window.session.spans] == ["quote"]
    other = tmp_path / "Blank.annotator"
    Store.create(other, parse(assets.scheme_text("blank"), "blank"))
    window.files.open_path(other)  # which has no label: the key is the action's
    assert [key.toString() for key in window.actions_["project.report"].shortcuts()] == ["Q", "Ctrl+Alt+R"]
    assert window.notice.words == ""
    window.files.open_path(project)
    assert [key.toString() for key in window.actions_["project.report"].shortcuts()] == ["Ctrl+Alt+R"]
    assert window.notice.words == ""  # told once


def press(dialog: SettingsDialog, name: str, qtbot: QtBot) -> None:
    found = [one for one in dialog.findChildren(QPushButton) if one.text() == name and one.isVisible()]
    assert len(found) == 1
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


@pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every dialog
def test_only_the_page_that_is_shown_goes_back_to_the_usual(
    dialog: SettingsDialog, window: MainWindow, qtbot: QtBot
) -> None:
    dialog.show()
    preferences = window.preferences
    preferences.choose("size", 22)
    preferences.choose("theme", "dark")
    preferences.choose("time", "on")
    preferences.bind("edit.find", ("Ctrl+U",))
    before = settings.load()[0]
    press(dialog, "Reset this page", qtbot)
    assert dialog.told.text() == "2 settings are as they were at first."
    assert settings.load()[0] == settings.Settings({"time": "on"}, {"edit.find": ("Ctrl+U",)})
    press(dialog, "Undo", qtbot)
    assert settings.load()[0] == before
    assert window.look.theme is DARK
    size = dialog.look_page.fields["size"]
    assert isinstance(size, NumberField)
    assert size.value() == 22
    dialog.show_page(KEYS_PAGE)
    press(dialog, "Reset this page", qtbot)
    assert dialog.told.text() == "1 action has its usual keys again."
    assert settings.load()[0] == settings.Settings(before.values)
    assert [key.toString() for key in window.actions_["edit.find"].shortcuts()] == ["Ctrl+F"]
    press(dialog, "Undo", qtbot)
    assert settings.load()[0] == before
    dialog.show_page(ME_PAGE)
    press(dialog, "Reset this page", qtbot)
    assert settings.load()[0] == settings.Settings({"size": 22, "theme": "dark"}, before.keys)
    press(dialog, "Reset this page", qtbot)
    assert dialog.told.text() == "This page is as it was at first."
    assert not dialog.undo.isVisible()


@pytest.mark.qt_log_ignore("does not support")
def test_what_was_chosen_since_is_not_undone(dialog: SettingsDialog, window: MainWindow, qtbot: QtBot) -> None:
    dialog.show()
    window.preferences.choose("size", 22)
    press(dialog, "Reset this page", qtbot)
    assert dialog.undo.isVisible()
    window.preferences.choose("size", 20)
    assert not dialog.undo.isVisible()
    assert not dialog.told.isVisible()


def test_the_usual_keys_may_take_a_label_s_and_say_so(window: MainWindow) -> None:
    preferences = window.preferences
    preferences.bind("span.next", ("Ctrl+.",))
    preferences.give_way((Label("jury", "Jury", "J", "#000000", "#ffffff"),))
    assert window.notice.words == ""
    preferences.reset_keys()
    assert window.notice.words == "J starts “Next span”, so the label “Jury” has no key. Give the action another one."


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
    window.showing.refresh()
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


@pytest.mark.qt_log_ignore("does not support")
def test_on_a_low_screen_the_page_scrolls_and_close_stays_seen(
    window: MainWindow, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    window.resize(880, 560)
    qtbot.waitUntil(lambda: window.height() == 560)
    low = SettingsDialog(window.preferences, window.session.identity, window.look, window)
    qtbot.addWidget(low)
    low.show()
    qtbot.waitExposed(low)
    (close,) = (one for one in low.findChildren(QPushButton) if one.text() == "Close")
    assert low.height() <= 560
    assert low.rect().contains(close.mapTo(low, close.rect().bottomRight()))
    area = low._stack.currentWidget()
    assert isinstance(area, QScrollArea)
    assert area.verticalScrollBar().maximum() > 0
    for page in (ME_PAGE, 0):
        low.show_page(page)
        shown = low._stack.currentWidget()
        assert isinstance(shown, QScrollArea)
        assert shown.widget().minimumSizeHint().width() <= shown.viewport().width()
    low.activateWindow()
    first, *_between, last = low.look_page.fields.values()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    for _number in range(len(low.look_page.fields) - 1):
        qtbot.keyClick(QApplication.focusWidget(), K.Key_Tab)
    assert last.hasFocus()
    assert area.viewport().rect().contains(last.mapTo(area.viewport(), last.rect().bottomLeft()))


@pytest.mark.qt_log_ignore("does not support")
def test_on_a_high_screen_nothing_of_a_page_is_out_of_sight(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 1000)
    qtbot.waitUntil(lambda: window.height() == 1000)
    high = SettingsDialog(window.preferences, window.session.identity, window.look, window)
    qtbot.addWidget(high)
    high.show()
    qtbot.waitExposed(high)
    area = high._stack.currentWidget()
    assert isinstance(area, QScrollArea)
    assert area.verticalScrollBar().maximum() == 0


def test_the_wheel_over_a_field_scrolls_and_changes_nothing(dialog: SettingsDialog, window: MainWindow) -> None:
    size = dialog.look_page.fields["size"]
    before = settings.load()[0]
    size.setFocus()
    centre = QPointF(size.rect().center())
    wheel = QWheelEvent(
        centre, size.mapToGlobal(centre), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(size, wheel)
    assert settings.load()[0] == before


def test_fields_of_a_form_are_equally_wide(dialog: SettingsDialog) -> None:
    for form, more in ((dialog.look_page, list[QWidget]()), (dialog.me_page.choices, [dialog.me_page.name])):
        assert len({field.maximumWidth() for field in [*form.fields.values(), *more]}) == 1


def test_the_field_of_a_key_says_what_to_do(dialog: SettingsDialog) -> None:
    (line,) = dialog.keys_page.field.findChildren(QLineEdit)
    dialog.keys_page.show_action("edit.find")
    assert line.placeholderText() == "Press the new key"
    dialog.keys_page.field.setKeySequence(QKeySequence("Ctrl+U"))
    dialog.keys_page.field.empty()
    assert line.placeholderText() == "Press the new key"
