"""An article as it was, and its spans back one by one."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.domain.span import Span
from annotator.ui.dialogs.history import HistoryDialog
from annotator.ui.dialogs.moment import MomentDialog
from annotator.ui.window import MainWindow

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
    assert "Every span" in dialog._count.text()
    assert not dialog.restore.isEnabled()
