"""Jumps that leave the screen show what stands around the place they lead to; drags leave it slowly."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.span import Span
from annotator.ui.text.view import ArticleView

TEXT = "\n".join(f"Line {number} of a long article." for number in range(300))


def place(number: int, lines: int = 1) -> tuple[int, int]:
    return TEXT.index(f"Line {number} "), TEXT.index(f"Line {number + lines} ") - 1


def span(number: int, lines: int = 1) -> Span:
    return Span(f"at {number}", "a", "l", "p", "quote", (place(number, lines),))


@pytest.fixture
def view(qtbot: QtBot) -> ArticleView:
    result = ArticleView()
    qtbot.addWidget(result)
    result.resize(720, 500)
    result.show_article(TEXT, [span(2), span(18), span(100), span(102), span(150, 60), span(290)])
    result.show()
    return result


def top(view: ArticleView, number: int) -> float:
    """Return where a line stands, as a part of the height of the window."""
    return view.caret_rect(place(number)[0]).top() / view.viewport().height()


def test_a_jump_comes_a_third_from_the_top_and_a_near_one_moves_nothing(view: ArticleView) -> None:
    view.next_span()
    assert view.verticalScrollBar().value() == 0
    view.next_span()
    assert top(view, 18) == pytest.approx(1 / 3, abs=0.03)
    view.next_span()
    assert top(view, 100) == pytest.approx(1 / 3, abs=0.03)
    before = view.verticalScrollBar().value()
    view.next_span()
    assert view.verticalScrollBar().value() == before
    view.previous_span()
    view.previous_span()
    view.previous_span()
    assert view.verticalScrollBar().value() == 0  # its top allows no more
    assert 0 < top(view, 2) < 1 / 3


def test_a_long_one_begins_below_the_first_line(view: ArticleView) -> None:
    view.focus_span("at 150")
    assert 0 < top(view, 150) < 0.15
    view.focus_span("at 290")
    assert top(view, 290) > 1 / 3  # the end of the text
    view.come_to(*place(200, 5))
    assert top(view, 200) == pytest.approx(1 / 3, abs=0.03)
    assert top(view, 205) < 1


def test_at_the_very_edge_there_is_no_line_to_spare(view: ArticleView) -> None:
    view.come_to(*place(100))
    bar, start = view.verticalScrollBar(), view.caret_rect(place(100)[0])
    bar.setValue(bar.value() + start.top())  # the first line of the screen
    view.come_to(*place(100))
    assert top(view, 100) == pytest.approx(1 / 3, abs=0.03)
    bar.setValue(bar.value() - (view.viewport().height() - view.caret_rect(place(100)[0]).bottom()))
    view.come_to(*place(100))
    assert top(view, 100) == pytest.approx(1 / 3, abs=0.03)


def test_the_caret_by_arrows_scrolls_no_farther_than_needed(view: ArticleView) -> None:
    last = next(number for number in range(300) if top(view, number) > 1) - 1
    view.set_caret(place(last)[0])
    before = view.verticalScrollBar().value()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert 0 < view.verticalScrollBar().value() - before < 80


@pytest.mark.parametrize(("beyond", "least", "most"), [(1, 0.05, 0.3), (30, 0.4, 0.6), (59, 0.9, 1.05), (900, 2, 3.1)])
@pytest.mark.parametrize("up", [False, True])
def test_a_drag_beyond_the_edge_scrolls_by_its_distance(
    view: ArticleView, beyond: int, least: float, most: float, up: bool
) -> None:
    bar, port = view.verticalScrollBar(), view.viewport()
    view.come_to(*place(150))
    before, height = bar.value(), port.height()
    outside = QPoint(200, -beyond if up else height - 1 + beyond)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(200, height // 2))
    QTest.mouseMove(port, outside)
    assert view._autoscroll.isActive()
    view._autoscroll.stop()  # its ticks are counted here: a second of them
    QCursor.setPos(port.mapToGlobal(outside))
    for _ in range(1000 // view._autoscroll.interval()):
        view._scroll_on()
    screens = (bar.value() - before) / height
    assert least < (-screens if up else screens) < most
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, outside)
    assert view.selection is not None


@pytest.mark.parametrize("up", [False, True])
def test_where_the_screen_ends_a_drag_scrolls_at_the_last_pixel(view: ArticleView, up: bool) -> None:
    # A window that fills the screen: the pointer cannot go beyond it.
    bar, port = view.verticalScrollBar(), view.viewport()
    view.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    view.setGeometry(view.screen().geometry())
    view.show()
    view.come_to(*place(150))
    before, height = bar.value(), port.height()
    edge = QPoint(200, 0 if up else height - 1)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(200, height // 2))
    QTest.mouseMove(port, edge + QPoint(0, 8 if up else -8))
    assert not view._autoscroll.isActive()
    QTest.mouseMove(port, edge)
    assert view._autoscroll.isActive()
    view._autoscroll.stop()
    QCursor.setPos(port.mapToGlobal(edge))
    for _ in range(10):
        view._scroll_on()
    assert bar.value() < before if up else bar.value() > before
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, edge)
