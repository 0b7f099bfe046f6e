"""The registry as a dialog: looked through, changed, merged and deleted by keys, and back to where somebody speaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain import registry
from annotator.editing import registry as editing
from annotator.storage.check import check
from annotator.ui.registry.dialog import RegistryDialog
from annotator.ui.registry.merging import MergeDialog
from annotator.ui.window import MainWindow
from tests.ui.modal import answered
from tests.ui.registry.test_linker import entries, linked, names, opened, ready, source
from tests.ui.test_saying import CONTROL, K, tag
from tests.ui.test_window import press, stored

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog


def link(window: MainWindow, qtbot: QtBot, words: str, name: str) -> None:
    source(window, qtbot, words)
    picker = opened(window, qtbot)
    picker.field.insert(name)
    QTest.keyClick(picker.field, K.Key_Return)


@pytest.fixture
def two(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window in which two sources are linked to two entries, which are the same person."""
    link(ready(window, qtbot), qtbot, "the owner", "Ada Ødegård")
    link(window, qtbot, "Nobody else", "Mayor Ødegård")
    window.view.set_caret(0)  # else the registry would open at the one that the focused span is linked to
    return window


def shown(qtbot: QtBot, window: MainWindow, act: Callable[[RegistryDialog], object]) -> None:
    """Open the registry by its action, do something there, close it."""

    def answer(dialog: RegistryDialog) -> None:
        try:
            dialog.activateWindow()
            qtbot.waitUntil(dialog.search.hasFocus)
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    with answered(RegistryDialog, answer):
        window.actions_["project.registry"].trigger()


def listed(dialog: RegistryDialog) -> list[str]:
    return [offer.name for offer in dialog.model.offers]


def places(dialog: RegistryDialog) -> list[str]:
    return [dialog.places.item(row, 0).text() for row in range(dialog.places.rowCount())]


def held() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_it_is_looked_through_by_letters_and_tells_where_somebody_speaks(two: MainWindow, qtbot: QtBot) -> None:
    def act(dialog: RegistryDialog) -> None:
        assert (listed(dialog), dialog.form.name.text()) == (["Ada Ødegård", "Mayor Ødegård"], "Ada Ødegård")
        assert places(dialog) == ["the owner"]
        QTest.keyClicks(held(), "may od")
        assert (listed(dialog), places(dialog)) == (["Mayor Ødegård"], ["Nobody else"])
        assert dialog._told.text() == "Speaks in 1 place, in 1 article"
        dialog.places.setFocus()
        QTest.keyClick(held(), K.Key_Return)

    shown(qtbot, two, act)
    assert two.view.focused is not None
    assert two.view.text[two.view.focused.start : two.view.focused.end] == "Nobody else"
    ready(two, qtbot)  # the text has the keyboard again


def test_it_shows_what_a_source_says(two: MainWindow, qtbot: QtBot) -> None:
    tag(two, qtbot, "“We sail,”", K.Key_Q)
    if two.hand.proposed[0]:
        press(qtbot, two, K.Key_Escape)
    quote, owner = two.view.focused, next(span for span in stored(two) if span.label == "source")
    assert quote is not None
    assert two.hand.tying.tie(quote, owner)
    two.view.set_caret(0)

    def act(dialog: RegistryDialog) -> None:
        item = dialog.places.item(0, 1)
        qtbot.waitUntil(lambda: item.text() == "“We sail,”")

    shown(qtbot, two, act)


def test_fields_are_kept_when_they_are_left_and_taken_back_by_a_key(two: MainWindow, qtbot: QtBot) -> None:
    def act(dialog: RegistryDialog) -> None:
        QTest.keyClick(held(), K.Key_Return)
        assert held() is dialog.form.name
        dialog.form.name.selectAll()
        QTest.keyClicks(held(), "Ada Odegard")
        QTest.keyClick(held(), K.Key_Tab)
        assert held() is dialog.form.kind
        QTest.keyClick(held(), K.Key_Tab)
        assert names(two) == ["Ada Odegard", "Mayor Ødegård"]
        QTest.keyClicks(held(), "A. O.; The mayor;")
        QTest.keyClick(held(), K.Key_Tab)
        QTest.keyClicks(held(), "q42")
        QTest.keyClick(held(), K.Key_Tab)
        QTest.keyClicks(held(), "since 2019")
        dialog.search.setFocus()
        entry = next(one for one in entries(two).values() if one.name == "Ada Odegard")
        assert registry.aliases(entry) == ("A. O.", "The mayor")
        assert registry.ids(entry) == {"wikidata": "Q42"}
        assert registry.note(entry) == "since 2019"
        assert dialog.form.ids.text() == "wikidata:Q42"
        for _ in range(4):
            QTest.keyClick(held(), K.Key_Z, CONTROL)
        assert dialog.form.name.text() == "Ada Ødegård"
        assert entries(two)[entry.id] == entry._replace(name="Ada Ødegård", data={})
        dialog.form.name.setFocus()
        dialog.form.name.clear()
        dialog.form.name.setModified(True)
        QTest.keyClick(held(), K.Key_Return)
        assert dialog.notice.words == "A name is needed."
        assert (dialog.form.name.text(), names(two)[0]) == ("Ada Ødegård", "Ada Ødegård")
        # In a field in which nothing was typed the key takes the last step back, too.
        dialog.form.others.setFocus()
        QTest.keyClick(held(), K.Key_Z, CONTROL)
        assert linked(two) == ["Ada Ødegård"]

    shown(qtbot, two, act)
    assert two.session.store is not None
    assert list(check(two.session.store)) == []


def test_undo_of_a_link_is_counted_in_the_list(two: MainWindow, qtbot: QtBot) -> None:
    def counts(dialog: RegistryDialog) -> list[str]:
        indexes = map(dialog.model.index, range(len(dialog.model.offers)))
        return [str(index.data(Qt.ItemDataRole.AccessibleTextRole)) for index in indexes]

    def act(dialog: RegistryDialog) -> None:
        assert counts(dialog) == ["Ada Ødegård, person · 2 links", "Mayor Ødegård, person · 1 link"]
        with qtbot.waitSignal(dialog.model.dataChanged):
            dialog._undo()
        assert counts(dialog) == ["Ada Ødegård, person · 1 link", "Mayor Ødegård, person · 1 link"]

    link(two, qtbot, "paid", "Ada Ødegård")
    two.view.set_caret(0)
    shown(qtbot, two, act)


def test_a_button_that_has_no_use_any_more_does_not_hand_the_keyboard_to_delete(two: MainWindow, qtbot: QtBot) -> None:
    def act(dialog: RegistryDialog) -> None:
        dialog.merge.setFocus()
        QTest.keyClick(dialog.merge, K.Key_Z, CONTROL)
        assert listed(dialog) == ["Ada Ødegård"]
        assert not dialog.merge.isEnabled()
        assert dialog.search.hasFocus()

    shown(qtbot, two, act)


def test_two_are_merged_by_keys_and_taken_apart_again(two: MainWindow, qtbot: QtBot) -> None:
    def merge(dialog: MergeDialog) -> None:
        assert [offer.name for offer in dialog.model.offers] == ["Ada Ødegård"]
        assert dialog._means.text() == "Then “Mayor Ødegård” finds “Ada Ødegård”, and its 1 link leads there."
        QTest.keyClicks(held(), "ad")
        QTest.keyClick(held(), K.Key_Return)

    def answer(dialog: MergeDialog) -> None:
        try:
            dialog.activateWindow()
            qtbot.waitUntil(dialog.field.hasFocus)
            merge(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    def act(dialog: RegistryDialog) -> None:
        QTest.keyClicks(held(), "may")
        with answered(MergeDialog, answer):
            dialog.merge.click()
        assert dialog.notice.words == "“Mayor Ødegård” is “Ada Ødegård” now."
        assert listed(dialog) == ["Ada Ødegård"]
        assert sorted(places(dialog)) == ["Nobody else", "the owner"]
        assert dialog._told.text() == "Speaks in 2 places, in 1 article"
        dialog.activateWindow()
        dialog.search.setFocus()
        qtbot.waitUntil(dialog.search.hasFocus)
        QTest.keyClicks(held(), "mayor")
        assert listed(dialog) == ["Ada Ødegård"]  # found by the other name
        QTest.keyClick(dialog.places, K.Key_Z, CONTROL)
        dialog.search.clear()
        assert listed(dialog) == ["Ada Ødegård", "Mayor Ødegård"]
        QTest.keyClick(dialog.places, K.Key_Y, CONTROL)
        assert listed(dialog) == ["Ada Ødegård"]

    before = [span.attributes for span in stored(two)]
    shown(qtbot, two, act)
    assert [span.attributes for span in stored(two)] == before  # no link was changed
    two.view.focus_span(stored(two)[1].id)
    assert two.side.span.full.attributes.row("entity").field.name == "Ada Ødegård"  # type: ignore[union-attr]
    merged = next(one for one in entries(two).values() if registry.merged_into(one))
    assert not two.session.do_made(lambda: editing.merge(merged, merged, {}))
    assert two.notice.words == "An entry cannot be merged with itself."
    roots = two.hand.registry.entries.register.roots
    other = next(one for one in entries(two).values() if one.id != merged.id)
    assert not two.session.do_made(lambda: editing.merge(other, merged, roots))
    assert two.notice.words == "These two are merged already."


def test_deleting_tells_what_hangs_on_it_and_is_taken_back(two: MainWindow, qtbot: QtBot) -> None:
    def act(dialog: RegistryDialog) -> None:
        dialog.delete.setFocus()
        QTest.keyClick(dialog.delete, K.Key_Return)
        assert dialog.notice.words == "“Ada Ødegård” is deleted. 1 link to it stays and says that it is gone."
        assert listed(dialog) == ["Mayor Ødegård"]
        dialog.notice._undo.click()
        assert listed(dialog) == ["Ada Ødegård", "Mayor Ødegård"]
        dialog.delete.click()

    before = entries(two)
    shown(qtbot, two, act)
    assert len(entries(two)) == 1
    assert [span.attributes["entity"] for span in stored(two) if span.attributes["entity"] not in entries(two)]
    two.undoing.undo()
    assert entries(two) == before


def test_a_new_one_is_made_when_it_has_a_name(two: MainWindow, qtbot: QtBot) -> None:
    def act(dialog: RegistryDialog) -> None:
        QTest.keyClicks(held(), "Harbour Board")
        assert listed(dialog) == []
        assert dialog._told.text().startswith("Nobody is called so")
        assert dialog._told.isVisible()
        assert dialog._told.width() > 200
        dialog.new.click()
        assert (held(), dialog.form.name.text()) == (dialog.form.name, "Harbour Board")
        dialog.form.kind.setCurrentIndex(1)
        QTest.keyClick(held(), K.Key_Return)
        assert listed(dialog) == ["Ada Ødegård", "Harbour Board", "Mayor Ødegård"]
        assert dialog.form.name.text() == "Harbour Board"
        dialog.new.click()
        QTest.keyClick(dialog, K.Key_Escape)  # nothing was typed

    shown(qtbot, two, act)
    assert [(entry.name, entry.kind) for entry in entries(two).values()][-1] == ("Harbour Board", "organisation")
    assert len(entries(two)) == 3


def test_what_is_being_typed_stays_when_something_else_changes(two: MainWindow, qtbot: QtBot) -> None:
    def act(dialog: RegistryDialog) -> None:
        QTest.keyClick(held(), K.Key_Return)
        dialog.form.name.selectAll()
        QTest.keyClicks(held(), "Ida")
        entry = next(one for one in entries(two).values() if one.name == "Ada Ødegård")
        assert two.session.do(editing.set_note(entry, "since 2019"))
        assert (dialog.form.name.text(), dialog.form.note.toPlainText()) == ("Ida", "since 2019")
        QTest.keyClick(held(), K.Key_Return)
        assert names(two) == ["Ida", "Mayor Ødegård"]

    shown(qtbot, two, act)


def test_without_entries_it_says_how_one_is_made(window: MainWindow, qtbot: QtBot) -> None:
    def act(dialog: RegistryDialog) -> None:
        assert "is empty" in dialog._told.text()
        assert not dialog.delete.isEnabled()
        assert not dialog.merge.isEnabled()
        dialog.grab()

    shown(qtbot, window, act)


def test_esc_keeps_what_was_typed(two: MainWindow, qtbot: QtBot) -> None:
    def act(dialog: RegistryDialog) -> None:
        QTest.keyClick(held(), K.Key_Return)
        QTest.keyClicks(held(), "Ida")
        QTest.keyClick(held(), K.Key_Escape, Qt.KeyboardModifier.NoModifier)

    shown(qtbot, two, act)
    assert "Ida" in names(two)[0] or "Ida" in names(two)[1]


def test_what_was_typed_of_an_entry_is_kept_before_it_is_deleted(two: MainWindow, qtbot: QtBot) -> None:
    def act(dialog: RegistryDialog) -> None:
        QTest.keyClick(held(), K.Key_Return)
        QTest.keyClicks(held(), "Ida")
        dialog.delete.click()  # by a program that reads the screen: the keyboard stays in the field
        assert dialog.notice.words.startswith("“Ida” is deleted.")

    shown(qtbot, two, act)
    assert len(entries(two)) == 1
    two.undoing.undo()
    assert "Ida" in names(two)
