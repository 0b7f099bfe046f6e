"""Who a source is: linked from the text by keys, found again by two letters, shown in the panel."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.change import Entry
from annotator.domain.span import Span
from annotator.editing import registry as editing
from annotator.storage.check import check
from annotator.ui.registry.dialog import RegistryDialog
from annotator.ui.registry.picker import EntryPicker
from annotator.ui.spans.choices import EntryField
from annotator.ui.window import MainWindow
from tests.ui.modal import answered
from tests.ui.test_saying import CONTROL, SHIFT, K, Make, focused, offered, tag
from tests.ui.test_window import press, stored

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog


def ready(window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.activateWindow()
    qtbot.waitUntil(window.view.hasFocus)
    return window


def entries(window: MainWindow) -> dict[str, Entry]:
    store = window.session.store
    assert store is not None
    rows = store.connection.execute("SELECT id FROM entry").fetchall()
    return {id: store.value("entry", id, "") for (id,) in rows}


def names(window: MainWindow) -> list[str]:
    return sorted(entry.name for entry in entries(window).values())


def linked(window: MainWindow) -> list[str]:
    """The names of the entries that the spans of the article link to, in its order."""
    there = entries(window)
    return [there[span.attributes["entity"]].name for span in stored(window) if "entity" in span.attributes]


def source(window: MainWindow, qtbot: QtBot, words: str, digit: Qt.Key = K.Key_1) -> Span:
    tag(window, qtbot, words, K.Key_S)
    press(qtbot, window, digit)
    return focused(window)


def opened(window: MainWindow, qtbot: QtBot, key: Qt.Key = K.Key_I) -> EntryPicker:
    press(qtbot, window, key)
    picker = window.hand.registry.linker._picker
    assert picker is not None
    assert picker.isVisible()
    assert picker.field.hasFocus()
    return picker


def rows(picker: EntryPicker) -> list[str]:
    return [str(picker.model.index(row).data()) for row in range(picker.model.rowCount())]


def field(window: MainWindow) -> EntryField:
    row = window.side.span.full.attributes.row("entity")
    assert row is not None
    found: EntryField = row.field  # type: ignore[attr-defined]
    return found


def test_one_key_and_return_make_a_person_of_the_words(window: MainWindow, qtbot: QtBot) -> None:
    source(window, qtbot, "the owner")
    picker = opened(window, qtbot)
    assert rows(picker) == ["Make “the owner” a person"]
    assert window.bottom._hint.text() == "links the span to it; Esc leaves"
    QTest.keyClick(picker.field, K.Key_Return)
    assert not picker.isVisible()
    assert window.view.hasFocus()
    assert linked(window) == ["the owner"]
    assert field(window).name == "the owner"
    press(qtbot, window, K.Key_Z, CONTROL)
    assert (names(window), [dict(span.attributes) for span in stored(window)]) == ([], [{"naming": "named person"}])
    assert field(window).name == ""
    press(qtbot, window, K.Key_Y, CONTROL)
    assert linked(window) == ["the owner"]


def test_a_second_source_is_linked_to_the_same_by_two_letters(window: MainWindow, qtbot: QtBot) -> None:
    source(window, qtbot, "the owner")
    picker = opened(window, qtbot, K.Key_6 if offered(window) else K.Key_I)
    picker.field.insert("Ada Ødegård")
    assert rows(picker)[0] == "Make “Ada Ødegård” a person"
    QTest.keyClick(picker.field, K.Key_Return)
    source(window, qtbot, "Nobody else")
    picker = opened(window, qtbot)
    QTest.keyClicks(picker.field, "od")
    assert rows(picker) == ["Ada Ødegård", "Make “od” a person", "Make “od” an organisation", "Make “od” an outlet"]
    # Typing brought three rows more than there were at first: the list has grown with them.
    qtbot.waitUntil(lambda: picker.list.verticalScrollBar().maximum() == 0)
    QTest.keyClick(picker.field, K.Key_Return)
    assert linked(window) == ["Ada Ødegård"] * 2
    assert names(window) == ["Ada Ødegård"]
    assert window.hand.registry.entries.used == dict.fromkeys(entries(window), 2)
    # The words of the first are remembered, in another article too.
    source(window, qtbot, "owner")
    assert rows(opened(window, qtbot))[0] == "Make “owner” a person"
    QTest.keyClick(window.hand.registry.linker._picker.field, K.Key_Escape)  # type: ignore[union-attr]
    assert linked(window) == ["Ada Ødegård"] * 2


def test_whom_the_same_words_meant_before_comes_first(project: Path, make_window: Make, qtbot: QtBot) -> None:
    window = ready(make_window(project), qtbot)
    source(window, qtbot, "the owner")
    picker = opened(window, qtbot)
    QTest.keyClicks(picker.field, "Shipping Ltd")
    QTest.keyClick(picker.field, K.Key_Down)
    assert rows(picker)[picker.list.currentIndex().row()] == "Make “Shipping Ltd” an organisation"
    QTest.keyClick(picker.field, K.Key_Return)
    assert [entry.kind for entry in entries(window).values()] == ["organisation"]
    window.close()
    window = ready(make_window(project), qtbot)
    qtbot.waitUntil(lambda: window.hand.registry.entries.complete)
    tag(window, qtbot, "the owner", K.Key_S)  # another span on the same words
    press(qtbot, window, K.Key_S, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, window, K.Key_2)
    picker = opened(window, qtbot)
    assert rows(picker)[0] == "Shipping Ltd"
    QTest.keyClick(picker.field, K.Key_Return)
    assert set(linked(window)) == {"Shipping Ltd"}


def test_the_digit_of_its_place_opens_the_list_and_the_field_takes_away(window: MainWindow, qtbot: QtBot) -> None:
    source(window, qtbot, "the owner")
    assert offered(window) == ""
    picker = opened(window, qtbot, K.Key_5)
    QTest.keyClick(picker.field, K.Key_Return)
    assert linked(window) == ["the owner"]
    picker = opened(window, qtbot)
    assert rows(picker)[-1] == "Take the link to “the owner” away"
    QTest.keyClick(picker.field, K.Key_Up)  # stays at the first
    for _ in range(picker.model.rowCount()):
        QTest.keyClick(picker.field, K.Key_Down)
    QTest.keyClick(picker.field, K.Key_Return)
    assert (linked(window), names(window)) == ([], ["the owner"])
    press(qtbot, window, K.Key_Z, CONTROL)
    field(window).setFocus()
    QTest.keyClick(field(window), K.Key_Delete)
    assert (linked(window), len(stored(window))) == ([], 1)
    press(qtbot, window, K.Key_Z, CONTROL)
    assert linked(window) == ["the owner"]


def test_a_label_that_the_scheme_does_not_link_is_told(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    press(qtbot, window, K.Key_I)
    assert window.notice.words == "The scheme links no Cue to the registry."


def test_a_quote_is_about_somebody_by_a_relation(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "Nobody else spoke", K.Key_W)
    picker = opened(window, qtbot)
    QTest.keyClicks(picker.field, "Ferry line")
    QTest.keyClick(picker.field, K.Key_Return)
    (row,) = [row for row in window.side.span.full.ties.rows if not row.isHidden()]
    assert (row.tied.name, row.tied.words) == ("about →", "Ferry line")
    (entry,) = entries(window)
    assert window.hand.registry.entries.used == {entry: 1}
    with answered(RegistryDialog, lambda dialog: dialog.reject()):
        row.click()
    ready(window, qtbot)
    picker = opened(window, qtbot)
    QTest.keyClick(picker.field, K.Key_Return)
    assert window.notice.words == "These two are tied so already."
    row.setFocus()
    QTest.keyClick(row, K.Key_Delete)
    assert (window.hand.registry.entries.used, len(stored(window))) == ({}, 1)
    press(qtbot, window, K.Key_Z, CONTROL)
    assert window.hand.registry.entries.used == {entry: 1}
    press(qtbot, window, K.Key_C)  # a cue is about nobody: the relation goes, and comes back
    assert window.hand.registry.entries.used == {}
    press(qtbot, window, K.Key_Z, CONTROL)
    assert window.hand.registry.entries.used == {entry: 1}


def test_an_entry_that_is_gone_is_shown_as_such_and_the_link_stays(window: MainWindow, qtbot: QtBot) -> None:
    span = source(window, qtbot, "the owner")
    QTest.keyClick(opened(window, qtbot).field, K.Key_Return)
    (entry,) = entries(window).values()
    assert window.session.do(editing.delete([entry]))
    assert field(window).name == "an entry that is gone"
    assert [one.attributes["entity"] for one in stored(window)] == [entry.id]
    press(qtbot, window, K.Key_Z, CONTROL)
    assert field(window).name == "the owner"
    assert focused(window).id == span.id
    assert window.session.store is not None
    assert list(check(window.session.store)) == []


def test_names_of_two_hundred_characters_and_empty_ones(window: MainWindow, qtbot: QtBot) -> None:
    source(window, qtbot, "the owner")
    picker = opened(window, qtbot)
    picker.field.insert("Ångström " * 22)
    picker.grab()
    QTest.keyClick(picker.field, K.Key_Return)
    assert names(window) == [("Ångström " * 22).strip()]
    picker = opened(window, qtbot)
    QTest.keyClicks(picker.field, "   ")
    assert not [row for row in rows(picker) if row.startswith("Make “”")]
    picker.field.setText("x" * 501)
    QTest.keyClick(picker.field, K.Key_Return)
    assert "at most 500 characters" in window.notice.words
    assert len(entries(window)) == 1


def test_a_click_on_its_sign_shows_the_entry(window: MainWindow, qtbot: QtBot) -> None:
    source(window, qtbot, "the owner")
    QTest.keyClick(opened(window, qtbot).field, K.Key_Return)
    seen: list[str] = []

    def look(dialog: RegistryDialog) -> None:
        seen.append(dialog.form.name.text())
        dialog.reject()

    box = field(window)
    with answered(RegistryDialog, look):
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 10, box.height() // 2))
    with answered(RegistryDialog, look):
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton, CONTROL, QPoint(20, box.height() // 2))
    box.setFocus()
    with answered(RegistryDialog, look):
        QTest.keyClick(box, K.Key_Return, CONTROL)
    window.view.setFocus()
    ready(window, qtbot)
    with answered(RegistryDialog, look):
        press(qtbot, window, K.Key_I, SHIFT)
    assert seen == ["the owner"] * 4
    assert window.session.state == "started"  # Ctrl+Return did not mean the article
