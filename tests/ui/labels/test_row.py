"""The rows of the labels' panel under the hand: names that stay, buttons that are missed, the card, the menu."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from annotator.ui.labels.row import LabelRow
from annotator.ui.labels.visibility import DIMMED, HIDDEN
from annotator.ui.window import MainWindow

# The offscreen platform says so of every window and menu over another.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
TWO_COLUMNS, ONE_COLUMN = (900, 560), (1024, 600)


def row_of(window: MainWindow, label: str) -> LabelRow:
    return next(row for row in window.side.labels._rows if row.label.id == label)


@pytest.fixture(params=[TWO_COLUMNS, ONE_COLUMN, (1280, 800)], ids=lambda size: f"{size[0]}x{size[1]}")
def sized(request: pytest.FixtureRequest, window: MainWindow, qtbot: QtBot) -> MainWindow:
    return at_size(window, qtbot, request.param)


def at_size(window: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> MainWindow:
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    qtbot.waitUntil(lambda: row_of(window, "quote").width() > 100)
    return window


def letters(row: LabelRow) -> set[tuple[int, int]]:
    """Return where letters of the name are drawn: what is dark on the ground of the row, whatever that is."""
    image, room = row.grab().toImage(), row.name_room()
    return {
        (x, y)
        for x in range(room.left(), room.right() + 1)
        for y in range(6, row.height() - 6)
        if QColor(image.pixel(x, y)).lightness() < 100
    }


def alike(some: set[tuple[int, int]], others: set[tuple[int, int]]) -> bool:
    """Whether it is the same name: the soft edges of letters differ with the ground."""
    return len(some ^ others) < len(some) / 20


def test_the_name_is_the_same_under_the_pointer(sized: MainWindow) -> None:
    row = row_of(sized, "boilerplate")
    before = letters(row)
    assert len(before) > 50
    row.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    row.place_eye()
    assert alike(before, letters(row))
    row.setFocus(Qt.FocusReason.TabFocusReason)
    assert alike(before, letters(row))


def test_labels_stand_in_two_columns_only_where_there_is_no_room_for_one(window: MainWindow, qtbot: QtBot) -> None:
    assert at_size(window, qtbot, TWO_COLUMNS).side.labels.columns == 2
    assert not row_of(window, "quote").pin().isValid()
    assert at_size(window, qtbot, ONE_COLUMN).side.labels.columns == 1
    assert row_of(window, "quote").pin().isValid()


def test_the_card_covers_no_label_and_goes_with_the_pointer(sized: MainWindow, qtbot: QtBot) -> None:
    row, labels = row_of(sized, "claim"), sized.side.labels
    middle = row.rect().center()
    QApplication.sendEvent(row, QHelpEvent(QEvent.Type.ToolTip, middle, row.mapToGlobal(middle)))
    assert labels.card.isVisible()
    assert "Claim" in labels.card.text()
    assert "Key A · 0 spans" in labels.card.text()
    listed = QRect(labels.mapToGlobal(QPoint(0, 0)), labels.size())
    assert not labels.card.geometry().intersects(listed)
    assert abs(labels.card.geometry().top() - row.mapToGlobal(QPoint(0, 0)).y()) < 8
    QApplication.sendEvent(row, QEvent(QEvent.Type.Leave))
    assert not labels.card.isVisible()


def test_the_card_shows_examples_and_further_keys(window: MainWindow) -> None:
    words = row_of(window, "quote").words()
    assert "✓ “The bridge was safe" in words
    assert "✗ The so-called “smart” bridge" in words
    assert "Key Q, W indirect, E mixed · 0 spans" in words


def test_a_card_shows_what_looks_like_markup_as_it_is(window: MainWindow) -> None:
    row = row_of(window, "quote")
    row.table = {"good": "<b>bold</b>", "bad": 3, "keys": ["W", {"key": "<W>"}]}
    assert "✓ &lt;b&gt;bold&lt;/b&gt;" in row.words()
    assert "✗" not in row.words()
    assert "&lt;W&gt;" in row.words()


def test_the_card_is_not_in_the_way_of_who_types(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.view.setFocus()
    qtbot.waitUntil(window.view.hasFocus)
    row = row_of(window, "claim")
    for _ in range(2):
        window.side.labels.card.show_beside(row, row.words())
        assert window.side.labels.card.isVisible()
        QTest.keyClick(window.view, Qt.Key.Key_Right)
        assert not window.side.labels.card.isVisible()
    window.side.labels.card.show_beside(row, row.words())
    window.side.labels.card._timer.timeout.emit()
    assert not window.side.labels.card.isVisible()


def relabelled_by(window: MainWindow, row: LabelRow, x: int) -> str:
    """Focus the only span, a quote, click in the row at `x`; return the label that the span has then."""
    QTest.mouseClick(row, LEFT, NONE, QPoint(x, row.height() // 2))
    assert window.hand.holding.label is None
    return next(iter(window.session.spans)).label


def test_a_click_that_misses_pin_and_eye_by_little_labels_nothing(window: MainWindow, qtbot: QtBot) -> None:
    at_size(window, qtbot, (1280, 800))
    window.view.select(27, 34)
    QTest.keyClicks(window.view, "Q")
    row = row_of(window, "cue")
    row.set_state(1, False)
    row.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    row.place_eye()
    eye = row.eye.geometry()
    for x in (row.pin().left() - 3, eye.right() + 1, eye.right() + 4, eye.right() + 16):
        assert relabelled_by(window, row, x) == "quote", x
    for y in (1, row.height() - 2):
        QTest.mouseClick(row, LEFT, NONE, QPoint(eye.center().x(), y))
        assert next(iter(window.session.spans)).label == "quote"
    assert relabelled_by(window, row, row.name_room().left() + 5) == "cue"


def test_the_count_is_a_part_of_the_row(window: MainWindow, qtbot: QtBot) -> None:
    at_size(window, qtbot, (1280, 800))
    window.view.select(27, 34)
    QTest.keyClicks(window.view, "Q")
    row = row_of(window, "cue")
    row.set_state(3, False)
    assert relabelled_by(window, row, row.width() - 10) == "cue"


def opened_menu(row: LabelRow) -> QMenu:
    middle = row.rect().center()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(row, QContextMenuEvent(reason, middle, row.mapToGlobal(middle)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def press(row: LabelRow, words: str) -> None:
    menu = opened_menu(row)
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def test_the_right_button_offers_what_pin_and_eye_do(sized: MainWindow) -> None:
    cue = row_of(sized, "cue")
    press(cue, "Hold Cue")
    assert cue.held
    press(cue, "Let Cue go")
    assert not cue.held
    said: list[tuple[str, Callable[[], str]]] = [
        ("Dimmed", lambda: sized.visibility.of("cue")),
        ("Hidden", lambda: sized.visibility.of("cue")),
    ]
    for words, state in said:
        press(cue, words)
        assert state() == {"Dimmed": DIMMED, "Hidden": HIDDEN}[words]
        menu = opened_menu(cue)
        assert [action.text() for action in menu.actions() if action.isChecked()] == [words]
        menu.close()
    press(cue, "Only this label")
    assert sized.visibility.of("cue") == "shown"
    assert sized.visibility.of("quote") == HIDDEN
    press(cue, "Show all labels")
    assert not sized.visibility.hidden


def test_the_menu_covers_no_name_of_its_row(sized: MainWindow) -> None:
    for row in sized.side.labels.findChildren(LabelRow):
        menu = opened_menu(row)
        assert not menu.geometry().intersects(QRect(row.mapToGlobal(QPoint(0, 0)), row.size())), row.label.id
        menu.close()


def test_a_long_name_in_the_menu_is_cut_in_its_middle_and_holds_no_key(sized: MainWindow) -> None:
    cue = row_of(sized, "cue")
    cue.label = cue.label._replace(name="Sources & " + "x" * 50 + " end")
    menu = opened_menu(cue)
    words = menu.actions()[0].text()
    assert words.startswith("Hold Sources && x")
    assert words.endswith("x end")
    assert len(words) < 45
    menu.close()
