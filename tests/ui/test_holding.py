"""The held label and the label of the last time, by the mouse and keys of the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.storage.store import Store
from annotator.ui.labels.panel import LabelRow
from annotator.ui.theme import DARK
from annotator.ui.window import MainWindow
from tests.ui.test_panels import article_of

K = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
Made = list[tuple[str, str]]


def made(window: MainWindow) -> Made:
    return [(span.label, window.view.text[span.start : span.end]) for span in window.session.spans]


def row(window: MainWindow, name: str) -> LabelRow:
    return next(row for row in window.side.labels._rows if row.label.name == name)


def click_row(window: MainWindow, name: str) -> None:
    QTest.mouseClick(row(window, name), LEFT, NONE, QPoint(60, 16))


def click_pin(window: MainWindow, name: str) -> None:
    QTest.mouseClick(row(window, name), LEFT, NONE, row(window, name).pin().center())


def spot(window: MainWindow, position: int) -> QPoint:
    return window.view.caret_rect(position).center()


def drag(window: MainWindow, words: str, held: Qt.KeyboardModifier = NONE, blank: int = 0) -> None:
    """Drag over words, and over so many signs on each side of them."""
    view = window.view
    start = view.text.index(words)
    first, last = spot(window, start - blank), spot(window, start + len(words) + blank)
    QTest.mousePress(view.viewport(), LEFT, held, first)
    QTest.mouseMove(view.viewport(), (first + last) / 2)
    QTest.mouseMove(view.viewport(), last)
    QTest.mouseRelease(view.viewport(), LEFT, held, last)


def held(window: MainWindow) -> str:
    label = window.hand.holding.label
    return label.name if label is not None else ""


def hint(window: MainWindow) -> str:
    return window.bottom._words[1]


def test_a_label_is_picked_once_then_every_drag_is_a_span(window: MainWindow, qtbot: QtBot) -> None:
    usual = window.view.viewport().cursor()
    click_row(window, "Claim")
    assert held(window) == "Claim"
    assert hint(window) == "Claim is held: every drag makes one; Esc lets it go"
    assert "held" in row(window, "Claim").accessibleName()
    assert "held" not in row(window, "Cue").accessibleName()
    assert window.view.viewport().cursor().shape() == Qt.CursorShape.BitmapCursor
    QTest.mouseMove(window.view.viewport(), spot(window, 30))
    assert window.view.viewport().cursor().shape() == Qt.CursorShape.BitmapCursor
    assert window.actions_["label.hold"].isChecked()
    drag(window, "the owner")
    assert made(window) == [("claim", "the owner")]
    assert window.view.focused is not None
    drag(window, "Nobody", blank=1)  # the blanks beside it are left out
    assert made(window)[1:] == [("claim", "Nobody")]
    qtbot.keyClick(window.view, K.Key_Z, CTRL)
    assert made(window) == [("claim", "the owner")]
    qtbot.keyClick(window.view, K.Key_Escape)
    assert held(window) == ""
    assert window.view.viewport().cursor().shape() == usual.shape()
    drag(window, "Nobody")
    assert made(window) == [("claim", "the owner")]
    assert window.view.selection is not None


def test_a_key_or_a_click_changes_which_one_is_held(window: MainWindow, qtbot: QtBot) -> None:
    click_row(window, "Claim")
    drag(window, "the owner")
    qtbot.keyClick(window.view, K.Key_S)
    assert held(window) == "Source"
    assert made(window) == [("claim", "the owner")]  # what was made stays as it is
    drag(window, "Nobody")
    click_row(window, "Cue")
    drag(window, "said")
    assert made(window) == [("cue", "said"), ("claim", "the owner"), ("source", "Nobody")]
    click_row(window, "Cue")
    assert held(window) == ""


def test_a_click_that_is_not_quite_still_focuses_and_makes_nothing(window: MainWindow) -> None:
    click_row(window, "Claim")
    drag(window, "the owner")
    window.view.focus_span(None)
    view, start = window.view, window.view.text.index("owner")
    first = spot(window, start)
    near = first + QPoint(QApplication.startDragDistance() - 2, 0)
    assert view.position_at(near) == start + 1
    QTest.mousePress(view.viewport(), LEFT, NONE, first)
    QTest.mouseMove(view.viewport(), near)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, near)
    assert len(made(window)) == 1
    assert view.selection is None
    assert view.focused is not None


def test_a_drag_over_nothing_makes_nothing(window: MainWindow) -> None:
    click_row(window, "Claim")
    view = window.view
    empty = spot(window, view.text.index("\n\n") + 1)
    QTest.mousePress(view.viewport(), LEFT, NONE, spot(window, view.text.index("\n\n")))
    QTest.mouseMove(view.viewport(), empty + QPoint(40, 0))
    QTest.mouseRelease(view.viewport(), LEFT, NONE, empty + QPoint(40, 0))
    assert made(window) == []
    assert view.selection is None


def clicks(window: MainWindow, place: QPoint, count: int) -> None:
    """Click so many times in a row, with the events of a real mouse; QTest's clicks lie too far apart for a third."""
    surface = window.view.viewport()
    kinds = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonPress)
    for number, kind in enumerate(kinds[:count]):
        for each, down in ((kind, LEFT), (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton)):
            event = QMouseEvent(each, QPointF(place), QPointF(surface.mapToGlobal(place)), LEFT, down, NONE)
            event.setTimestamp(1_000 + 50 * number)
            QApplication.sendEvent(surface, event)


def test_two_clicks_make_the_word_three_the_sentence_as_one_undo(window: MainWindow, qtbot: QtBot) -> None:
    click_row(window, "Claim")
    place = spot(window, window.view.text.index("Nobody") + 2)
    clicks(window, place, 2)
    assert made(window) == [("claim", "Nobody")]
    qtbot.keyClick(window.view, K.Key_Z, CTRL)
    assert made(window) == []
    window.view._mouse.forget()
    clicks(window, place, 3)
    assert made(window) == [("claim", "Nobody else spoke.")]
    assert window.actions_["edit.undo"].text() == "Undo Label Claim"
    qtbot.keyClick(window.view, K.Key_Z, CTRL)
    assert made(window) == []
    qtbot.keyClick(window.view, K.Key_Z, CTRL | SHIFT)
    assert made(window) == [("claim", "Nobody else spoke.")]
    window.view._mouse.forget()
    clicks(window, place, 3)  # the sentence is one already: the word does not stay beside it
    assert made(window) == [("claim", "Nobody else spoke.")]


def test_with_control_a_drag_only_selects_for_another_fragment(window: MainWindow, qtbot: QtBot) -> None:
    click_row(window, "Quote")
    drag(window, "“We sail,”")
    drag(window, "“when we are paid.”", CTRL)
    assert len(made(window)) == 1
    qtbot.keyClick(window.view, K.Key_Plus)
    (span,) = window.session.spans
    assert len(span.fragments) == 2


def test_a_rough_drag_begins_with_no_mark_of_the_words_before(window: MainWindow) -> None:
    def selected() -> str:
        return window.view.text[slice(*window.view.selection)] if window.view.selection else ""

    drag(window, "l,” said")
    assert selected() == "said"
    drag(window, "r, “when we")
    assert selected() == "“when we"
    drag(window, ",”")
    assert selected() == ",”"
    window.view.set_caret(0)
    click_row(window, "Claim")
    drag(window, "l,” said")
    drag(window, ".” Nobody")
    assert made(window) == [("claim", "said"), ("claim", "Nobody")]


def test_one_escape_leaves_label_and_span_that_was_dragged(window: MainWindow, qtbot: QtBot) -> None:
    click_row(window, "Claim")
    drag(window, "the owner")
    qtbot.keyClick(window.view, K.Key_Escape)
    assert window.view.focused is None
    click_row(window, "Quote")
    assert held(window) == "Quote"
    assert made(window) == [("claim", "the owner")]
    clicks(window, spot(window, window.view.text.index("owner") + 2), 1)
    assert window.view.focused is not None
    qtbot.keyClick(window.view, K.Key_Escape)  # it was focused by a click and not by a drag of this label
    assert held(window) == ""
    assert window.view.focused is not None


def test_escape_while_dragging_gives_up_the_drag_alone(window: MainWindow, qtbot: QtBot) -> None:
    click_row(window, "Claim")
    view = window.view
    QTest.mousePress(view.viewport(), LEFT, NONE, spot(window, 30))
    QTest.mouseMove(view.viewport(), spot(window, 45))
    qtbot.keyClick(view, K.Key_Escape)
    QTest.mouseMove(view.viewport(), spot(window, 60))
    QTest.mouseRelease(view.viewport(), LEFT, NONE, spot(window, 60))
    assert made(window) == []
    assert view.selection is None
    assert held(window) == "Claim"


def test_a_drag_out_of_the_window_and_a_theme_that_changes_meanwhile(window: MainWindow) -> None:
    click_row(window, "Claim")
    view = window.view
    start = view.text.index("Nobody")
    QTest.mousePress(view.viewport(), LEFT, NONE, spot(window, start))
    QTest.mouseMove(view.viewport(), spot(window, start + 3))
    window.preferences.choose("theme", "dark")
    below = QPoint(view.viewport().width() + 200, view.viewport().height() + 300)
    QTest.mouseMove(view.viewport(), below)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, below)
    assert window.look.theme is DARK
    assert made(window) == [("claim", "Nobody else spoke.")]
    assert not view._autoscroll.isActive()
    assert held(window) == "Claim"


def test_words_that_are_selected_or_a_focused_span_are_labelled_as_ever(window: MainWindow) -> None:
    window.view.select(27, 34)
    click_row(window, "Claim")
    assert [label for label, _ in made(window)] == ["claim"]
    click_row(window, "Cue")
    assert [label for label, _ in made(window)] == ["cue"]
    assert held(window) == ""
    click_pin(window, "Quote")  # the pin holds whatever is selected or focused
    assert held(window) == "Quote"
    assert [label for label, _ in made(window)] == ["cue"]
    click_pin(window, "Quote")
    assert held(window) == ""


def test_it_is_held_from_article_to_article_and_by_keys_alone(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.view, K.Key_L, CTRL | SHIFT)
    assert "click a label" in window.notice.words
    assert not window.actions_["label.hold"].isChecked()
    window.view.select(27, 34)
    qtbot.keyClick(window.view, K.Key_S)
    qtbot.keyClick(window.view, K.Key_L, CTRL | SHIFT)
    assert held(window) == "Source"
    window.actions_["article.next"].trigger()
    drag(window, "a clerk")
    assert made(window) == [("source", "a clerk")]
    qtbot.keyClick(window.view, K.Key_L, CTRL | SHIFT)
    assert held(window) == ""
    window.view.focus_span(None)
    window.view.set_caret(0)
    qtbot.keyClick(window.view, K.Key_L, CTRL | SHIFT)  # none is focused: the last one
    assert held(window) == "Source"


def test_escape_among_the_labels_lets_go_too(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["view.labels"].trigger()
    first = window.side.labels._rows[0]
    qtbot.keyClick(first, K.Key_Return)
    assert held(window) == "Quote"
    qtbot.keyClick(first, K.Key_Escape)
    assert held(window) == ""


def test_only_the_text_and_a_done_article(window: MainWindow, qtbot: QtBot) -> None:
    first = article_of(window).id
    window.actions_["article.done"].trigger()
    window.session.show_article(first)
    click_row(window, "Claim")
    window.actions_["view.focus"].trigger()
    qtbot.waitUntil(lambda: not window.side.isVisible())
    assert "Claim is held" in hint(window)
    drag(window, "the owner")
    assert made(window) == [("claim", "the owner")]
    assert window.session.state == "done"


def test_a_project_that_can_only_be_read(
    project: Path, make_window: Callable[[Path | None], MainWindow], qtbot: QtBot
) -> None:
    holder = Store.open(project)
    try:
        window = make_window(project)
        assert not window.session.editable
        window.activateWindow()
        qtbot.waitUntil(window.view.hasFocus)
        acts: dict[str, Callable[[], None]] = {
            "row": lambda: click_row(window, "Claim"),
            "pin": lambda: click_pin(window, "Claim"),
            "repeat": lambda: qtbot.keyClick(window.view, K.Key_Period),
            "pick": lambda: qtbot.keyClick(window.view, K.Key_L, CTRL),
            "hold": lambda: qtbot.keyClick(window.view, K.Key_L, CTRL | SHIFT),
            "everywhere": lambda: qtbot.keyClick(window.view, K.Key_A, CTRL | SHIFT),
        }
        for name, act in acts.items():
            window.notice.hide()
            act()
            assert "reading only" in window.notice.words, name
            assert held(window) == ""
            assert not window.hand.choosing.picking
        drag(window, "the owner")
        assert made(window) == []
        window.close()
    finally:
        holder.close()


@pytest.mark.parametrize("key", [K.Key_Period, K.Key_Semicolon])
def test_the_label_of_the_last_time(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(window.view, key)
    assert "No label was used yet" in window.notice.words
    window.view.select(27, 34)
    qtbot.keyClick(window.view, K.Key_S)
    window.view.select(36, 40)
    qtbot.keyClick(window.view, key)
    assert [label for label, _ in made(window)] == ["source", "source"]
    qtbot.keyClick(window.view, K.Key_C)
    window.view.next_span()
    window.view.previous_span()
    qtbot.keyClick(window.view, key)  # a focused span gets it
    assert sorted(label for label, _ in made(window)) == ["cue", "cue"]
    qtbot.keyClick(window.view, K.Key_Z, CTRL)
    assert sorted(label for label, _ in made(window)) == ["cue", "source"]


def test_the_label_of_the_last_time_is_known_after_a_restart(
    window: MainWindow, project: Path, qtbot: QtBot, make_window: Callable[[Path | None], MainWindow]
) -> None:
    window.view.select(27, 34)
    qtbot.keyClick(window.view, K.Key_S)
    window.close()
    again = make_window(project)
    again.view.select(36, 40)
    qtbot.keyClick(again.view, K.Key_Period)
    assert [label for label, _ in made(again)] == ["source", "source"]


def test_each_project_has_its_own_label_of_the_last_time(
    window: MainWindow, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "Evening.annotator"
    Store.create(other, window.session.scheme)
    window.view.select(27, 34)
    qtbot.keyClick(window.view, K.Key_S)
    window.files.open_path(other)
    assert window.tagging.last is None
    window.files.open_path(project)
    assert window.tagging.last is not None
    assert window.tagging.last.id == "source"


def test_a_label_that_the_scheme_has_no_more_is_not_used(
    window: MainWindow, project: Path, make_window: Callable[[Path | None], MainWindow]
) -> None:
    window.session.last_label = "gone"
    window.close()
    assert make_window(project).tagging.last is None
