"""An article as it was, and its spans back one by one or all at once."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.domain.span import Span
from annotator.ui.dialogs.history import HistoryDialog
from annotator.ui.dialogs.moment import MomentDialog
from annotator.ui.window import MainWindow
from tests.builders import bring

K, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier


def mark(window: MainWindow, qtbot: QtBot, start: int, end: int, key: Qt.Key) -> Span:
    window.view.select(start, end)
    qtbot.keyClick(window.view, key)
    assert window.view.focused is not None
    return window.view.focused


def moment(window: MainWindow, qtbot: QtBot, row: int) -> MomentDialog:
    """Look back from the line of the history with this number."""
    assert window.session.workspace is not None
    history = HistoryDialog(window.session.workspace, window.session.visible, True, window.look, window)
    qtbot.addWidget(history)
    history.table.selectRow(row)
    history.then.click()
    assert history.look_back is not None
    article, line = history.look_back
    dialog = MomentDialog(window.session, article, line.id, line.at, window.look, window)
    qtbot.addWidget(dialog)
    return dialog


def changes(dialog: MomentDialog) -> list[str]:
    return [item.text() for row in range(dialog.table.rowCount()) if (item := dialog.table.item(row, 2))]


def test_deleted_moved_and_relabelled_spans_come_back_one_by_one(window: MainWindow, qtbot: QtBot) -> None:
    first = mark(window, qtbot, 0, 5, K.Key_Q)
    second = mark(window, qtbot, 6, 10, K.Key_S)
    window.view.focus_span(first.id)
    qtbot.keyClick(window.view, K.Key_A)  # relabelled
    window.view.focus_span(second.id)
    qtbot.keyClick(window.view, K.Key_Delete)
    dialog = moment(window, qtbot, 2)  # after the second was made
    assert [span.id for span in dialog._spans] == [first.id, second.id]
    assert dialog._spans[0].label == "quote"
    assert changes(dialog) == ["relabelled", "gone"]
    assert dialog.view.read_only
    dialog.table.selectRow(1)
    dialog.restore.click()
    assert changes(dialog) == ["relabelled"]
    assert window.session.spans.get(second.id) == second
    dialog.restore.click()
    assert changes(dialog) == []
    assert not dialog.restore.isEnabled()
    label = window.session.spans.get(first.id)
    assert label is not None
    assert label.label == "quote"
    window.undoing.undo()
    window.undoing.undo()
    assert window.session.spans.get(second.id) is None


def test_the_layer_comes_back_with_its_first_span(window: MainWindow, qtbot: QtBot) -> None:
    span = mark(window, qtbot, 0, 5, K.Key_Q)
    window.undoing.undo()
    assert window.session.layer is None
    dialog = moment(window, qtbot, 1)  # the line under the undo
    assert changes(dialog) == ["gone"]
    dialog.restore.click()
    assert window.session.spans.get(span.id) == span
    assert window.session.store is not None


def test_a_moment_without_spans_says_so(window: MainWindow, qtbot: QtBot) -> None:
    mark(window, qtbot, 0, 5, K.Key_Q)
    dialog = moment(window, qtbot, 1)  # the import
    assert dialog._spans == []
    assert dialog._count.text() == "No span has changed since then."
    assert not dialog.restore.isEnabled()


def test_all_come_back_in_one_step_and_go_in_one_undo(window: MainWindow, qtbot: QtBot) -> None:
    first = mark(window, qtbot, 0, 5, K.Key_Q)
    second = mark(window, qtbot, 6, 10, K.Key_S)
    qtbot.keyClick(window.view, K.Key_Delete)
    window.view.focus_span(first.id)
    qtbot.keyClick(window.view, K.Key_A)
    added = mark(window, qtbot, 12, 16, K.Key_C)
    before = list(window.session.spans)
    dialog = moment(window, qtbot, 3)  # after the second was made
    assert changes(dialog) == ["relabelled", "gone", "added"]
    assert window.session.store is not None
    steps = window.session.store.step_count()
    dialog.restore_all.click()
    assert window.session.store.step_count() == steps + 1
    assert changes(dialog) == ["added"]
    assert not dialog.restore_all.isEnabled()
    assert [span._replace(updated="") for span in window.session.spans] == [
        span._replace(updated="") for span in (first, second, added)
    ]
    window.undoing.undo()
    assert list(window.session.spans) == before


def test_what_was_added_since_is_listed_and_stays(window: MainWindow, qtbot: QtBot) -> None:
    mark(window, qtbot, 0, 5, K.Key_Q)
    mark(window, qtbot, 6, 10, K.Key_S)
    dialog = moment(window, qtbot, 1)
    assert changes(dialog) == ["added"]
    assert [item.text() for column in range(2) if (item := dialog.table.item(0, column))] == ["Source", "crew"]
    assert not dialog.restore.isEnabled()
    assert not dialog.restore_all.isEnabled()


def test_the_layer_comes_back_once_with_all_its_spans(window: MainWindow, qtbot: QtBot) -> None:
    spans = [mark(window, qtbot, 0, 5, K.Key_Q), mark(window, qtbot, 6, 10, K.Key_S)]
    window.undoing.undo()
    window.undoing.undo()
    assert window.session.layer is None
    dialog = moment(window, qtbot, 2)  # after the second was made
    dialog.restore_all.click()
    assert list(window.session.spans) == spans
    window.undoing.undo()
    assert window.session.layer is None


@pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every window
def test_with_nothing_changed_it_opens_where_the_step_was_done(window: MainWindow, qtbot: QtBot) -> None:
    assert window.session.workspace is not None
    text = "".join(f"Paragraph {n} of a long text.\n\n" for n in range(200))
    article = bring(window.session.workspace, text, "Long")
    qtbot.waitUntil(lambda: window.session.show_article(article.id))
    at = text.index("Paragraph 150")
    mark(window, qtbot, at, at + 9, K.Key_Q)
    dialog = moment(window, qtbot, 0)
    assert changes(dialog) == []
    dialog.show()
    qtbot.waitExposed(dialog)
    bottom = dialog.view.viewport().height()
    qtbot.waitUntil(lambda: 0 < dialog.view.caret_rect(at).top() < bottom)
