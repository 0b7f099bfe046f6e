"""Through the text by single keys: clauses, what has no label, a word by its letters, and back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from annotator.ui.window import MainWindow
from tests.ui.test_window import press, select, stored

K, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def chosen(window: MainWindow) -> str:
    place = window.view.selection
    return window.view.text[slice(*place)] if place else ""


def here(window: MainWindow) -> str:
    return window.view.text[window.view.caret :].split()[0]


def test_space_extends_by_clauses_and_shift_space_takes_them_back(window: MainWindow, qtbot: QtBot) -> None:
    window.view.set_caret(window.view.text.index("“We"))
    seen = []
    for _ in range(3):
        press(qtbot, window, K.Key_Space)
        seen.append(chosen(window))
    assert seen == ["“We sail", "“We sail,”", "“We sail,” said the owner"]
    press(qtbot, window, K.Key_Space, SHIFT)
    press(qtbot, window, K.Key_Space, SHIFT)
    assert chosen(window) == "“We sail"
    press(qtbot, window, K.Key_Space, SHIFT)
    assert chosen(window) == ""


def test_space_presses_buttons_where_they_have_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    button = QPushButton("A button", window.page)
    button.clicked.connect(lambda: pressed.append(True))
    button.show()
    button.setFocus()
    qtbot.keyClick(button, K.Key_Space)
    assert len(pressed) == 1
    assert chosen(window) == ""


def test_n_goes_to_what_has_no_label(window: MainWindow, qtbot: QtBot) -> None:
    seen = []
    for _ in range(4):
        press(qtbot, window, K.Key_N)
        seen.append(here(window))
    assert seen == ["We", "said", "when", "Nobody"]
    press(qtbot, window, K.Key_N)
    assert window.notice.words == "Nothing without a label further on."
    select(window, "“We sail,” said the owner, “when we are paid.”")
    press(qtbot, window, K.Key_Q)
    press(qtbot, window, K.Key_N, SHIFT)
    assert here(window) == "Ferry"
    press(qtbot, window, K.Key_N)
    assert here(window) == "Nobody"


@pytest.mark.parametrize("back", [False, True])
def test_where_n_finds_nothing_the_span_is_left_so_that_the_next_key_relabels_nothing(
    window: MainWindow, qtbot: QtBot, back: bool
) -> None:
    select(window, "Ferry crews vote to stop" if back else "Nobody else spoke.")
    press(qtbot, window, K.Key_Q)
    assert window.view.focused is not None
    press(qtbot, window, K.Key_N, SHIFT if back else NONE)
    assert window.notice.words.startswith("Nothing without a label")
    assert window.view.focused is None
    press(qtbot, window, K.Key_E)
    assert [span.label for span in stored(window)] == ["quote"]


def test_words_that_are_selected_and_their_span_stay_where_n_finds_nothing(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "Nobody")
    press(qtbot, window, K.Key_Q)
    select(window, "spoke.")
    press(qtbot, window, K.Key_N)
    assert window.notice.words == "Nothing without a label further on."
    assert chosen(window) == "spoke."
    press(qtbot, window, K.Key_Plus)
    assert len(stored(window)[0].fragments) == 2


def test_g_and_two_letters_go_to_a_word(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, K.Key_G)
    assert window.bottom._hint.text().startswith("Type the first two letters")
    # J, N and S are letters now, and no keys of actions or labels.
    qtbot.keyClicks(window.view, "sa")
    assert here(window) == "sail,”"
    press(qtbot, window, K.Key_G)
    press(qtbot, window, K.Key_Return)
    assert here(window) == "said"
    assert stored(window) == []
    press(qtbot, window, K.Key_G)
    qtbot.keyClicks(window.view, "n")
    press(qtbot, window, K.Key_Escape)
    assert here(window) == "said"
    press(qtbot, window, K.Key_J)  # an action's again


def test_shift_g_extends_to_the_end_of_a_word(window: MainWindow, qtbot: QtBot) -> None:
    window.view.set_caret(window.view.text.index("said the"))
    press(qtbot, window, K.Key_G, SHIFT)
    qtbot.keyClicks(window.view, "pa")
    assert chosen(window) == "said the owner, “when we are paid"
    press(qtbot, window, K.Key_Escape)
    press(qtbot, window, K.Key_G)
    qtbot.keyClicks(window.view, "zz")
    assert window.notice.words == "No word further on begins with “zz”."


def test_one_goes_back_to_where_one_was(window: MainWindow, qtbot: QtBot) -> None:
    window.view.set_caret(5)
    press(qtbot, window, K.Key_N)
    press(qtbot, window, K.Key_N)
    press(qtbot, window, K.Key_B, CTRL)
    assert here(window) == "We"
    press(qtbot, window, K.Key_B, CTRL)
    assert window.view.caret == 5
    press(qtbot, window, K.Key_B, CTRL)
    assert window.notice.words == "There is no earlier place in this session."


@pytest.mark.parametrize(("key", "modifier"), [(K.Key_N, NONE), (K.Key_Space, NONE), (K.Key_G, NONE), (K.Key_F, NONE)])
def test_without_an_article_nothing_happens(
    window: MainWindow, qtbot: QtBot, key: K, modifier: Qt.KeyboardModifier
) -> None:
    window.session.clear_article()
    press(qtbot, window, key, modifier)
    assert window.isVisible()


# Edges and pieces


def test_blanks_at_the_edges_are_left_out(window: MainWindow, qtbot: QtBot) -> None:
    select(window, " said the owner, ")
    press(qtbot, window, K.Key_C)
    (span,) = stored(window)
    assert window.view.text[span.start : span.end] == "said the owner,"
    select(window, "\n\n")
    press(qtbot, window, K.Key_Q)
    assert window.notice.words == "Only blanks are selected."
    assert len(stored(window)) == 1


def test_a_comma_is_left_out_by_a_setting(window: MainWindow, qtbot: QtBot) -> None:
    window.preferences.choose("comma", "left")
    select(window, "the owner, ")
    press(qtbot, window, K.Key_S)
    (span,) = stored(window)
    assert window.view.text[span.start : span.end] == "the owner"


def test_the_span_is_fitted_to_the_selection_and_keeps_its_id(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "said the owner")
    press(qtbot, window, K.Key_S)
    (before,) = stored(window)
    select(window, "the owner")
    press(qtbot, window, K.Key_F)
    (after,) = stored(window)
    assert (after.id, window.view.text[after.start : after.end]) == (before.id, "the owner")
    select(window, "sail,” said")
    press(qtbot, window, K.Key_F)
    (after,) = stored(window)
    assert window.view.text[after.start : after.end] == "sail,” said the owner"


def test_words_and_pieces_are_taken_away(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "“We sail,” said the owner, “when we are paid.”")
    press(qtbot, window, K.Key_Q)
    select(window, "said the owner,")
    press(qtbot, window, K.Key_Minus)
    (span,) = stored(window)
    assert [window.view.text[a:b] for a, b in span.fragments] == ["“We sail,”", "“when we are paid.”"]
    window.view.set_caret(span.fragments[1][0] + 3)
    press(qtbot, window, K.Key_Minus)
    (span,) = stored(window)
    assert [window.view.text[a:b] for a, b in span.fragments] == ["“We sail,”"]
    press(qtbot, window, K.Key_Minus)
    assert "Select the words" in window.notice.words
    press(qtbot, window, K.Key_Z, CTRL)
    assert len(stored(window)[0].fragments) == 2


def test_the_edge_of_the_piece_with_the_caret_moves(window: MainWindow, qtbot: QtBot) -> None:
    first = select(window, "“We sail,”")
    press(qtbot, window, K.Key_Q)
    select(window, "“when we are paid.”")
    press(qtbot, window, K.Key_Plus)
    window.view.set_caret(first[0] + 2)
    press(qtbot, window, K.Key_Left, Qt.KeyboardModifier.AltModifier)
    (span,) = stored(window)
    assert [window.view.text[a:b] for a, b in span.fragments] == ["“We sail", "“when we are paid.”"]


def test_delete_spares_a_span_while_other_words_are_selected(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "the owner")
    press(qtbot, window, K.Key_S)
    select(window, "Nobody else")
    press(qtbot, window, K.Key_Delete)
    assert len(stored(window)) == 1
    assert window.notice.words == "Other words are selected. Press Esc first, then Delete."
    select(window, "owner")
    press(qtbot, window, K.Key_Delete)
    assert stored(window) == []


def test_a_piece_is_added_to_the_quote_inside_a_larger_span(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "“We sail,” said the owner, “when we are paid.”")
    press(qtbot, window, K.Key_A)
    select(window, "“We sail,”")
    press(qtbot, window, K.Key_Q)
    window.view.set_caret(window.view.text.index("“when") + 2)
    assert window.view.focused is not None
    assert window.view.focused.label == "claim"
    select(window, "“when we are paid.”")
    press(qtbot, window, K.Key_Plus)
    quote = next(span for span in stored(window) if span.label == "quote")
    assert [window.view.text[a:b] for a, b in quote.fragments] == ["“We sail,”", "“when we are paid.”"]
    assert window.view.focused == quote


def test_a_drag_ends_where_the_button_went_up_over_another_window(window: MainWindow) -> None:
    port, view = window.view.viewport(), window.view
    start, end = (view.caret_rect(view.text.index(words)).center() for words in ("said", "owner"))
    QTest.mousePress(port, Qt.MouseButton.LeftButton, NONE, start)
    QTest.mouseMove(port, end)
    before = view.selection
    assert before is not None
    there = QPointF(end + QPoint(80, 0))
    moved = QMouseEvent(
        QEvent.Type.MouseMove, there, port.mapToGlobal(there), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, NONE
    )
    QApplication.sendEvent(port, moved)
    assert view.selection == before
