"""Handles of the focused span, dragged: to words, with Ctrl to characters; id and all else stay."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.ui.window import MainWindow
from tests.ui.test_window import press, select, stored

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def handle(window: MainWindow, edge: str, piece: int = 0) -> QPoint:
    span = window.view.focused
    assert span is not None
    start, end = span.fragments[piece]
    if edge == "start":
        return window.view.caret_rect(start).topLeft() - QPoint(2, 2)
    return window.view.caret_rect(end).bottomLeft() + QPoint(2, 4)


def drag(window: MainWindow, edge: str, to: int, *, piece: int = 0, modifier: Qt.KeyboardModifier = NONE) -> None:
    port = window.view.viewport()
    QTest.mousePress(port, LEFT, NONE, handle(window, edge, piece))
    target = window.view.caret_rect(to).center()
    QTest.mouseMove(port, target - QPoint(20, 0))
    event_at(window, target, modifier)
    QTest.mouseRelease(port, LEFT, modifier, target)


def event_at(window: MainWindow, point: QPoint, modifier: Qt.KeyboardModifier) -> None:
    """A move of the mouse with a modifier held, which QTest cannot make."""
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    port = window.view.viewport()
    at = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, QPointF(port.mapToGlobal(point)), Qt.MouseButton.NoButton, LEFT, modifier
    )
    QApplication.sendEvent(port, event)


def words(window: MainWindow) -> list[str]:
    (span,) = stored(window)
    return [window.view.text[a:b] for a, b in span.fragments]


@pytest.fixture
def tagged(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window with “said the owner” labelled and focused."""
    qtbot.waitUntil(lambda: "dragging" in window.hand.__dict__)  # it comes after the first picture
    select(window, "said the owner")
    press(qtbot, window, Qt.Key.Key_S)
    return window


def test_an_end_goes_to_the_nearest_word(tagged: MainWindow) -> None:
    (before,) = stored(tagged)
    drag(tagged, "end", tagged.view.text.index("when") + 3)
    assert words(tagged) == ["said the owner, “when"]
    drag(tagged, "end", tagged.view.text.index("the owner") + 3)
    assert words(tagged) == ["said the"]
    (after,) = stored(tagged)
    assert after == before._replace(fragments=after.fragments, updated=after.updated)
    assert tagged.view.focused == after
    tagged.undoing.undo()
    tagged.undoing.undo()
    assert stored(tagged) == [before]


def test_a_start_goes_to_the_nearest_word(tagged: MainWindow) -> None:
    drag(tagged, "start", tagged.view.text.index("the owner") + 1)
    assert words(tagged) == ["the owner"]
    drag(tagged, "start", tagged.view.text.index("“We"))
    assert words(tagged) == ["“We sail,” said the owner"]


def test_with_ctrl_it_goes_to_the_nearest_character(tagged: MainWindow) -> None:
    drag(tagged, "end", tagged.view.text.index("owner") + 2, modifier=CTRL)
    assert words(tagged) == ["said the ow"]


def test_it_is_shown_before_the_button_is_let_go_and_esc_leaves_it(tagged: MainWindow, qtbot: QtBot) -> None:
    port = tagged.view.viewport()
    QTest.mousePress(port, LEFT, NONE, handle(tagged, "end"))
    QTest.mouseMove(port, tagged.view.caret_rect(tagged.view.text.index("paid")).center())
    (shown,) = tagged.view._held._suggested.values()
    assert shown.end > tagged.view.text.index("we are")
    qtbot.keyClick(tagged.view, Qt.Key.Key_Escape)
    QTest.mouseRelease(port, LEFT, NONE, QPoint(5, 5))
    assert words(tagged) == ["said the owner"]
    assert tagged.view._held._suggested == {}


def test_an_edge_never_crosses_the_other_and_a_click_on_it_changes_nothing(tagged: MainWindow) -> None:
    drag(tagged, "end", tagged.view.text.index("Ferry"))
    assert words(tagged) == ["said the owner"]
    QTest.mouseClick(tagged.view.viewport(), LEFT, NONE, handle(tagged, "end"))
    assert words(tagged) == ["said the owner"]


def test_each_piece_has_its_handles(tagged: MainWindow, qtbot: QtBot) -> None:
    select(tagged, "Nobody else")
    press(qtbot, tagged, Qt.Key.Key_Plus)
    drag(tagged, "end", tagged.view.text.index("spoke") + 4, piece=1)
    assert words(tagged) == ["said the owner", "Nobody else spoke"]
    drag(tagged, "end", tagged.view.text.index("the owner") + 3, piece=0)
    assert words(tagged) == ["said the", "Nobody else spoke"]


def test_the_text_itself_is_selected_as_ever(tagged: MainWindow) -> None:
    port = tagged.view.viewport()
    end = tagged.view.caret_rect(tagged.view.text.index(", “when")).center()
    QTest.mousePress(port, LEFT, NONE, end)
    QTest.mouseMove(port, end + QPoint(60, 0))
    QTest.mouseRelease(port, LEFT, NONE, end + QPoint(60, 0))
    assert tagged.view.selection is not None
    assert words(tagged) == ["said the owner"]


@pytest.mark.parametrize("rebound", [False, True])
def test_the_key_of_undo_gives_the_drag_up_and_undoes_nothing(tagged: MainWindow, qtbot: QtBot, rebound: bool) -> None:
    if rebound:
        tagged.preferences.bind("edit.undo", ("Ctrl+U",))
    key = Qt.Key.Key_U if rebound else Qt.Key.Key_Z
    before = stored(tagged)
    port = tagged.view.viewport()
    QTest.mousePress(port, LEFT, NONE, handle(tagged, "end"))
    paid = tagged.view.caret_rect(tagged.view.text.index("paid")).center()
    QTest.mouseMove(port, paid)
    assert tagged.view._held._suggested
    qtbot.keyClick(tagged.view, key, CTRL)
    assert tagged.view._held._suggested == {}
    assert stored(tagged) == before
    QTest.mouseMove(port, paid + QPoint(9, 0))
    QTest.mouseRelease(port, LEFT, NONE, paid)
    assert stored(tagged) == before
    qtbot.keyClick(tagged.view, key, CTRL)
    assert stored(tagged) == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_C, Qt.Key.Key_Right, Qt.Key.Key_J])
def test_no_other_key_does_anything_meanwhile(tagged: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    port = tagged.view.viewport()
    QTest.mousePress(port, LEFT, NONE, handle(tagged, "end"))
    target = tagged.view.caret_rect(tagged.view.text.index("when") + 4).center()
    QTest.mouseMove(port, target)
    qtbot.keyClick(tagged.view, key)
    QTest.mouseRelease(port, LEFT, NONE, target)
    (span,) = stored(tagged)
    assert span.label == "source"
    assert words(tagged) == ["said the owner, “when"]
