"""The focused span tied to another: by R, Tab and Return, and by dragging its tag."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.ui.window import MainWindow
from tests.ui.test_proposing import TEXT, groups, proposed, tied
from tests.ui.test_proposing import window as dues
from tests.ui.test_saying import focused, tag
from tests.ui.test_window import press, stored

K = Qt.Key
Make = Callable[[Path | None], MainWindow]
window = dues
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def parts(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Two quotes, a source and a cue, none of them tied; the source is focused."""
    window.preferences.choose("proposals", "off")
    tag(window, qtbot, "The council raised the dues by a third", K.Key_W)
    tag(window, qtbot, "“We sail,”", K.Key_Q)
    tag(window, qtbot, "said on Monday", K.Key_C)
    tag(window, qtbot, "a clerk", K.Key_S)
    _made = window.hand.tie_drag  # which is made after the first picture
    return window


def test_the_nearest_comes_first_tab_walks_return_ties(parts: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, parts, K.Key_R)
    assert proposed(parts) == {("quote", "The council raised the dues by a third")}
    press(qtbot, parts, K.Key_Tab)
    assert proposed(parts) == {("quote", "“We sail,”")}
    press(qtbot, parts, K.Key_R)  # as Tab does: there are two
    assert proposed(parts) == {("quote", "The council raised the dues by a third")}
    press(qtbot, parts, K.Key_Return)
    assert tied(parts) == [[("quote", "The council raised the dues by a third"), ("source", "a clerk")]]
    press(qtbot, parts, K.Key_R)
    assert proposed(parts) == {("quote", "“We sail,”")}  # what is tied already is not offered again
    press(qtbot, parts, K.Key_Escape)
    assert proposed(parts) == set()
    assert focused(parts).label == "source"


def test_one_source_may_serve_two_quotes(parts: MainWindow, qtbot: QtBot) -> None:
    for _quote in range(2):
        press(qtbot, parts, K.Key_R)
        press(qtbot, parts, K.Key_Return)
    assert len(groups(parts)) == 2
    rows = [row.tied.words for row in parts.side.span.full.ties.rows if row.isVisible()]
    assert sorted(rows) == ["The council raised the dues by a third", "“We sail,”"]


def test_what_nothing_can_be_tied_to_says_so(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "a clerk", K.Key_B)
    press(qtbot, window, K.Key_R)
    assert "to which a Boilerplate could be tied" in window.notice.words


def test_several_relations_are_walked_through(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "the dues", K.Key_A)
    tag(window, qtbot, "it was ready", K.Key_A)
    press(qtbot, window, K.Key_R)
    names = []
    for _way in range(4):
        names.append(window.hand.linked)
        press(qtbot, window, K.Key_Tab)
    assert set(names) >= {"supports", "contradicts", "same claim"}
    while window.hand.linked != "contradicts":
        press(qtbot, window, K.Key_Tab)
    press(qtbot, window, K.Key_Return)
    (relation,) = window.session.links.relations_of(focused(window).id)
    assert relation.label == "contradicts"


def spot(window: MainWindow, words: str, on_tag: bool) -> QPoint:
    start = window.view.text.index(words)
    rect = window.view.caret_rect(start)
    for below in range(2, 40) if on_tag else (-rect.height() // 2,):
        point = QPoint(rect.left() + 4, rect.bottom() + below)
        span, on_bar = window.view.hit(point)
        if span is not None and span.start == start and on_bar is on_tag:
            return point
    raise AssertionError(words)


def drag(window: MainWindow, start: QPoint, end: QPoint, release: bool = True) -> None:
    port = window.view.viewport()
    QTest.mousePress(port, LEFT, pos=start)
    QTest.mouseMove(port, (start + end) / 2)
    QTest.mouseMove(port, end)
    if release:
        QTest.mouseRelease(port, LEFT, pos=end)


def test_the_tag_of_the_focused_span_is_dragged_to_another(parts: MainWindow, qtbot: QtBot) -> None:
    start, end = spot(parts, "a clerk", on_tag=True), spot(parts, "“We sail,”", on_tag=False)
    drag(parts, start, end)
    assert tied(parts) == [[("quote", "“We sail,”"), ("source", "a clerk")]]
    assert parts.view.selection is None
    assert focused(parts).label == "source"


def test_esc_gives_the_drag_up_and_a_drag_to_nothing_does_nothing(parts: MainWindow, qtbot: QtBot) -> None:
    start, end = spot(parts, "a clerk", on_tag=True), spot(parts, "“We sail,”", on_tag=False)
    drag(parts, start, end, release=False)
    assert proposed(parts) == {("quote", "“We sail,”")}
    press(qtbot, parts, K.Key_Escape)
    QTest.mouseRelease(parts.view.viewport(), LEFT, pos=end)
    assert (groups(parts), proposed(parts)) == ([], set())
    nothing = parts.view.caret_rect(TEXT.index("one firm")).center()
    drag(parts, spot(parts, "a clerk", on_tag=True), nothing)
    assert (groups(parts), len(stored(parts))) == ([], 4)


def test_a_drag_to_what_the_scheme_does_not_tie_says_so(parts: MainWindow, qtbot: QtBot) -> None:
    drag(parts, spot(parts, "a clerk", on_tag=True), spot(parts, "said on", on_tag=False))
    assert "ties no Source to a Cue" in parts.notice.words


def test_words_are_still_selected_from_a_bar_that_is_not_focused(parts: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, parts, K.Key_Escape)
    parts.view.set_caret(len(TEXT) - 2)
    start, end = spot(parts, "a clerk", on_tag=True), spot(parts, "“We sail,”", on_tag=False)
    drag(parts, start, end)
    assert parts.view.selection is not None
