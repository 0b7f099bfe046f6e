"""The table of spans by label and by marks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.ui.spans.table import SPAN, SpanTable
from annotator.ui.window import MainWindow
from tests.ui.test_saying import tag
from tests.ui.test_window import press

K = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def rows(table: SpanTable) -> list[str]:
    model = table.model
    found = []
    for number in range(model.rowCount()):
        span = model.index(number, 0).data(SPAN)
        found.append(table._session.text[span.start : span.end])
    return found


def opened(window: MainWindow, qtbot: QtBot) -> SpanTable:
    """Tag four spans, mark one as unsure and an attribution to be discussed, and show the table."""
    tag(window, qtbot, "Nobody else", K.Key_A)
    press(qtbot, window, K.Key_U)
    tag(window, qtbot, "“We sail,”", K.Key_Q)
    press(qtbot, window, K.Key_Return)
    press(qtbot, window, K.Key_D, ALT)
    press(qtbot, window, K.Key_T)
    return window.side.table


def choose(table: SpanTable, name: str) -> None:
    table.filter.labels.setCurrentIndex(table.filter.labels.findText(name))
    table.filter.labels.activated.emit(table.filter.labels.currentIndex())


def test_by_label(window: MainWindow, qtbot: QtBot) -> None:
    table = opened(window, qtbot)
    assert rows(table) == ["“We sail,”", "said", "the owner", "Nobody else"]
    choose(table, "Claim")
    assert rows(table) == ["Nobody else"]
    choose(table, "Evidence")
    assert rows(table) == []
    assert table._empty.text() == "No span of this article is so."
    assert table.filter.isVisible()
    choose(table, "All labels")
    assert len(rows(table)) == 4


def test_by_marks_of_the_span_or_of_its_attribution(window: MainWindow, qtbot: QtBot) -> None:
    table = opened(window, qtbot)
    chips = table.filter.chips
    assert not chips["older"].isVisible()
    QTest.mouseClick(chips["discuss"], Qt.MouseButton.LeftButton)
    assert rows(table) == ["“We sail,”", "said", "the owner"]
    choose(table, "Source")
    assert rows(table) == ["the owner"]
    choose(table, "All labels")
    QTest.keyClick(chips["unsure"], K.Key_Space)
    assert not chips["discuss"].isChecked()
    assert rows(table) == ["Nobody else"]
    QTest.keyClick(chips["unsure"], K.Key_Space)
    assert len(rows(table)) == 4


def test_what_changes_comes_and_goes(window: MainWindow, qtbot: QtBot) -> None:
    table = opened(window, qtbot)
    QTest.mouseClick(table.filter.chips["unsure"], Qt.MouseButton.LeftButton)
    claim = next(span for span in window.session.spans if span.label == "claim")
    window.hand.focus(claim.id)
    press(qtbot, window, K.Key_U)
    assert rows(table) == []
    press(qtbot, window, K.Key_Z, CONTROL)
    assert rows(table) == ["Nobody else"]
    assert table.view.currentIndex().data(SPAN) == window.view.focused
    press(qtbot, window, K.Key_Delete)
    assert rows(table) == []
    window.undoing.undo()
    QTest.mouseClick(table.filter.chips["discuss"], Qt.MouseButton.LeftButton)
    quote = next(span for span in window.session.spans if span.label == "quote")
    window.hand.focus(quote.id)
    press(qtbot, window, K.Key_D, ALT)
    assert rows(table) == []


def test_it_stays_from_article_to_article(window: MainWindow, qtbot: QtBot) -> None:
    table = opened(window, qtbot)
    choose(table, "Claim")
    window.navigation.step(1)
    assert rows(table) == []
    assert table.filter.isVisible()
    tag(window, qtbot, "Harbour dues", K.Key_A)
    tag(window, qtbot, "a clerk", K.Key_S)
    assert rows(table) == ["Harbour dues"]
    window.hand.focus(next(span.id for span in window.session.spans if span.label == "source"))
    assert not table.view.selectionModel().hasSelection()
