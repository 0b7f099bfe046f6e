"""Drags of the mouse in the window: whole words beyond the first one, letters with Ctrl or by a setting."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.window import MainWindow
from tests.ui.test_holding import CTRL, LEFT, NONE, SHIFT, click_row, made, spot


class Pointer:
    """A mouse over the text of a window; each move may have modifiers held, which QTest's cannot."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.port = window, window.view.viewport()
        self.point = QPoint()

    def press(self, before: str, held: Qt.KeyboardModifier = NONE) -> None:
        self.point = spot(self.window, self.window.view.text.index(before))
        QTest.mousePress(self.port, LEFT, held, self.point)

    def move(self, before: str, held: Qt.KeyboardModifier = NONE) -> str:
        """Move to the place before these words; return what is selected."""
        self.point = spot(self.window, self.window.view.text.index(before))
        everywhere = QPointF(self.port.mapToGlobal(self.point))
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, QPointF(self.point), everywhere, none, LEFT, held)
        QApplication.sendEvent(self.port, event)
        return self.selected()

    def release(self, held: Qt.KeyboardModifier = NONE) -> str:
        QTest.mouseRelease(self.port, LEFT, held, self.point)
        return self.selected()

    def selected(self) -> str:
        return self.window.view.text[slice(*(self.window.view.selection or (0, 0)))]


@pytest.fixture
def pointer(window: MainWindow) -> Pointer:
    """A pointer over “We sail,” said the owner, “when we are paid.” Nobody else spoke."""
    return Pointer(window)


def test_a_drag_takes_whole_words_once_it_has_left_the_first_and_letters_when_it_comes_back(pointer: Pointer) -> None:
    pointer.press("wner, “when")
    assert pointer.move("er, “when") == "wn"
    assert pointer.move("hen we") == "owner, “"  # the mark stays, of the word there is too little
    assert pointer.move("en we") == "owner, “when"
    assert pointer.move("r, “when") == "wne"
    assert pointer.move("id the") == "said the "  # of “owner” it has a letter only, this way
    assert pointer.move("aid.”") == "owner, “when we are "
    assert pointer.move(" Nobody") == "owner, “when we are paid.”"
    assert pointer.release() == "owner, “when we are paid.”"


def test_a_click_that_is_not_quite_still_takes_no_word(pointer: Pointer) -> None:
    pointer.press("r, “when")
    port, beside = pointer.port, pointer.point + QPoint(QApplication.startDragDistance() - 1, 0)
    assert pointer.window.view.position_at(beside) > pointer.window.view.text.index(", “when")
    QTest.mouseMove(port, beside)
    assert pointer.selected() == "r,"
    pointer.move(" “when")
    assert pointer.selected() == "owner,"


def test_with_control_or_by_a_setting_it_takes_letters(pointer: Pointer) -> None:
    pointer.press("wner, “when")
    assert pointer.move("n we are") == "owner, “when"
    assert pointer.move("n we are", CTRL) == "wner, “whe"
    assert pointer.release(CTRL) == "wner, “whe"
    pointer.window.preferences.choose("drag", "off")
    pointer.press("wner, “when")
    assert pointer.move("n we are") == "wner, “whe"
    assert pointer.release() == "wner, “whe"


def test_marks_of_the_words_before_fall_away_but_by_letters(pointer: Pointer) -> None:
    pointer.press("l,” said")
    assert pointer.move(" the owner") == "said"
    assert pointer.move(" the owner", CTRL) == "l,” said"
    pointer.release(CTRL)
    pointer.press(" the owner")
    pointer.move("aid the")
    assert pointer.move(",” said") == "said"  # and the same on the way back
    assert pointer.move(",” said", CTRL) == ",” said"
    pointer.release(CTRL)


def test_shift_and_a_click_correct_it_by_letters(pointer: Pointer) -> None:
    pointer.press("wner, “when")
    pointer.move("n we are")
    pointer.release()
    pointer.press("ail,”", SHIFT)
    assert pointer.release(SHIFT) == "ail,” said the "


def test_with_a_held_label_it_makes_what_was_seen_and_letters_by_the_setting(pointer: Pointer, qtbot: QtBot) -> None:
    click_row(pointer.window, "Claim")
    pointer.press("wner, “when")
    seen = pointer.move("n we are")
    pointer.release()
    assert made(pointer.window) == [("claim", seen)] == [("claim", "owner, “when")]
    pointer.window.preferences.choose("drag", "off")
    pointer.press("obody")
    pointer.move("lse spoke")
    pointer.release()
    assert made(pointer.window)[1:] == [("claim", "obody e")]


K = Qt.Key


def with_a_label_used(pointer: Pointer, qtbot: QtBot) -> None:
    """Make a span of “Nobody” with the label Source, which is the last one used then, and leave it."""
    window = pointer.window
    qtbot.waitUntil(lambda: "dragging" in window.hand.__dict__)  # it comes after the first picture
    start = window.view.text.index("Nobody")
    window.view.select(start, start + 6)
    qtbot.keyClick(window.view, K.Key_S)
    window.view.focus_span(None)


@pytest.mark.parametrize("key", [K.Key_S, K.Key_Period])
def test_a_labels_key_during_a_drag_waits_for_its_end(pointer: Pointer, qtbot: QtBot, key: Qt.Key) -> None:
    with_a_label_used(pointer, qtbot)
    window = pointer.window
    pointer.press("said the")
    pointer.move(" owner")
    qtbot.keyClick(window.view, K.Key_C)  # the last one counts
    qtbot.keyClick(window.view, key)
    assert made(window) == [("source", "Nobody")]
    assert pointer.move(", “when") == "said the owner"
    assert made(window) == [("source", "Nobody")]
    pointer.release()
    assert made(window) == [("source", "said the owner"), ("source", "Nobody")]
    assert window.view.selection is None
    pointer.press("when we")
    pointer.move(" we are")
    pointer.release()
    assert len(made(window)) == 2, "it was pressed once"


@pytest.mark.parametrize("key", [K.Key_Delete, K.Key_Space, K.Key_Left, K.Key_Home])
def test_no_other_key_does_anything_during_a_drag(pointer: Pointer, qtbot: QtBot, key: Qt.Key) -> None:
    with_a_label_used(pointer, qtbot)
    window = pointer.window
    window.view.focus_span(window.view.spans()[0].id)
    pointer.press("said the")
    seen = pointer.move(" owner")
    qtbot.keyClick(window.view, key)
    assert pointer.selected() == seen == "said the"
    assert made(window) == [("source", "Nobody")]
    assert pointer.release() == "said the"
    assert made(window) == [("source", "Nobody")]


@pytest.mark.parametrize(("key", "modifier"), [(K.Key_Escape, NONE), (K.Key_Z, CTRL)])
def test_escape_and_the_key_of_undo_give_up_the_drag_and_what_waits(
    pointer: Pointer, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    with_a_label_used(pointer, qtbot)
    window = pointer.window
    pointer.press("said the")
    pointer.move(" owner")
    qtbot.keyClick(window.view, K.Key_S)
    qtbot.keyClick(window.view, key, modifier)
    assert pointer.selected() == ""
    assert pointer.move(", “when") == ""
    assert pointer.release() == ""
    assert made(window) == [("source", "Nobody")]
    qtbot.keyClick(window.view, K.Key_Z, CTRL)
    assert made(window) == []


def test_with_a_held_label_the_key_is_for_the_next_drag(pointer: Pointer, qtbot: QtBot) -> None:
    window = pointer.window
    qtbot.waitUntil(lambda: "dragging" in window.hand.__dict__)
    click_row(window, "Claim")
    pointer.press("said the")
    pointer.move(" owner")
    qtbot.keyClick(window.view, K.Key_S)
    assert made(window) == []
    pointer.move(", “when")
    pointer.release()
    assert made(window) == [("claim", "said the owner")]
    assert window.hand.holding.label is not None
    assert window.hand.holding.label.id == "source"
