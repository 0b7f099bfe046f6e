"""The history tells every step, and takes back to before one of mine."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.domain.change import Changed
from annotator.editing.history import lines, mine_that_stand
from annotator.ui.dialogs import history
from annotator.ui.dialogs.history import HistoryDialog
from annotator.ui.window import MainWindow


def label(window: MainWindow, *places: tuple[int, int]) -> None:
    for start, end in places:
        window.view.select(start, end)
        window.hand.key("Q", False)


def dialog(window: MainWindow, qtbot: QtBot) -> HistoryDialog:
    assert window.session.workspace is not None
    made = HistoryDialog(window.session.workspace, window.session.visible, window.session.editable, window.look, window)
    qtbot.addWidget(made)
    return made


def row(made: HistoryDialog, number: int) -> list[str]:
    return [made.table.item(number, column).text() for column in range(5)]  # type: ignore[union-attr]


def test_what_was_done_by_whom(window: MainWindow, qtbot: QtBot) -> None:
    label(window, (0, 4), (5, 9))
    window.undoing.undo()
    made = dialog(window, qtbot)
    assert [row(made, number)[1:] for number in range(3)] == [
        ["Lena Brandt", "Undone: Label Quote", "cre", "Ferry crews vote to stop"],
        ["Lena Brandt", "Label Quote — undone", "cre", "Ferry crews vote to stop"],
        ["Lena Brandt", "Label Quote", "Ferr", "Ferry crews vote to stop"],
    ]
    assert row(made, 3)[2] == "Import 3 articles"
    assert made.table.rowCount() == 5  # and the scheme
    assert row(made, 4)[1] == ""


def test_rows_of_one_minute_are_told_apart_by_the_second(window: MainWindow, qtbot: QtBot) -> None:
    label(window, (0, 4))
    made = dialog(window, qtbot)
    assert re.fullmatch(r"\d+ \w+ \d{4}, \d\d:\d\d:\d\d", row(made, 0)[0])


def test_only_what_stands_and_is_mine_can_be_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    label(window, (0, 4), (5, 9))
    window.undoing.undo()
    made = dialog(window, qtbot)
    offered = []
    for number in range(5):
        made.table.selectRow(number)
        offered.append(made.back.text() if made.back.isEnabled() else "")
    assert offered == ["", "", "Undo this step", "Undo 2 steps to here", ""]


def test_why_a_line_cannot_be_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    label(window, (0, 4))
    window.undoing.undo()
    made = dialog(window, qtbot)
    said = []
    for number in range(4):
        made.table.selectRow(number)
        said.append(made._why.text())
    again = "What was undone is done again by Ctrl Y."
    assert said == [again, "This is undone already.", "", "The program did this."]


def test_after_a_new_step_nothing_is_promised_to_come_again(window: MainWindow, qtbot: QtBot) -> None:
    label(window, (0, 4))
    window.undoing.undo()
    label(window, (5, 9))
    made = dialog(window, qtbot)
    made.table.selectRow(1)
    assert row(made, 1)[2] == "Undone: Label Quote"
    assert made._why.text() == "What was undone is done again already, or something new was done since."


def test_what_was_done_again_can_be_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    label(window, (0, 4))
    window.undoing.undo()
    window.undoing.redo()
    made = dialog(window, qtbot)
    assert [row(made, number)[2] for number in range(3)] == [
        "Done again: Label Quote",
        "Undone: Label Quote",
        "Label Quote",
    ]
    for number, offered in enumerate((True, False, True)):
        made.table.selectRow(number)
        assert made.back.isEnabled() == offered


def test_a_job_that_was_undone_is_told_as_undone(window: MainWindow, qtbot: QtBot) -> None:
    window.undoing.undo()
    qtbot.waitUntil(lambda: not window.files.busy())
    made = dialog(window, qtbot)
    assert row(made, 1)[2] == "Import 3 articles — undone"


def test_undo_to_here(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    label(window, (0, 4), (5, 9), (10, 14), (15, 19))
    told: list[Changed] = []
    window.session.changed.connect(told.append)

    def choose(made: HistoryDialog) -> int:
        made.table.selectRow(2)
        made.back.click()
        return made.result()

    monkeypatch.setattr(HistoryDialog, "exec", choose)
    window.actions_["edit.history"].trigger()
    qtbot.waitUntil(lambda: len(window.session.spans) == 1)
    qtbot.waitUntil(lambda: not window.files.busy())
    assert [changed.how for changed in told] == ["undo"] * 3
    assert len(window.view.spans()) == 1
    for _ in range(3):
        window.undoing.redo()
    assert len(window.session.spans) == 4


def test_older_steps_come_by_pages(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PAGE", 2)
    label(window, (0, 4), (5, 9), (10, 14))
    made = dialog(window, qtbot)
    assert made.table.rowCount() == 2
    made.more.click()
    made.more.click()
    assert made.table.rowCount() == 5
    assert made.more.isHidden()


def test_the_numbers_are_those_of_the_undos(window: MainWindow) -> None:
    """Undo after undo goes through exactly the lines that are offered, in their order."""
    label(window, (0, 4), (5, 9))
    window.actions_["span.end.right"].trigger()
    window.actions_["span.end.right"].trigger()  # one line with the one before
    window.actions_["article.done"].trigger()
    workspace = window.session.workspace
    assert workspace is not None
    offered = mine_that_stand(workspace, 100)
    ids = [line.id for line in lines(workspace.store) if line.id in offered]
    assert [offered[id] for id in ids] == list(range(1, len(ids) + 1))
    titles = [line.title for line in lines(workspace.store) if line.id in offered]
    for title in titles:
        assert workspace.undo_title() == title
        assert workspace.undo() is not None
    assert workspace.undo() is None


def test_a_project_read_only_offers_nothing(window: MainWindow, qtbot: QtBot) -> None:
    label(window, (0, 4))
    assert window.session.workspace is not None
    made = HistoryDialog(window.session.workspace, window.session.visible, False, window.look, window)
    qtbot.addWidget(made)
    assert not made.back.isEnabled()


@pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every dialog
@pytest.mark.parametrize("width", [880, 1280])
def test_columns_have_room_by_need_and_none_is_out_of_sight(window: MainWindow, qtbot: QtBot, width: int) -> None:
    window.resize(width, 600)
    qtbot.waitUntil(lambda: window.width() == width)
    window.view.select(0, 25)  # so that words and title want all the room there is
    window.hand.key("V", False)
    window.undoing.undo()
    window.undoing.redo()
    made = dialog(window, qtbot)
    made.show()
    qtbot.waitExposed(made)
    table = made.table
    assert row(made, 0)[2] == "Done again: Label Evidence"
    for column in range(3):
        assert table.columnWidth(column) >= table.sizeHintForColumn(column)
    assert min(table.columnWidth(3), table.columnWidth(4)) > 100
    assert table.horizontalScrollBar().maximum() == 0


def test_home_and_end_go_to_the_first_and_the_last_step(window: MainWindow, qtbot: QtBot) -> None:
    label(window, *((at, at + 1) for at in range(30)))
    made = dialog(window, qtbot)
    qtbot.keyClick(made.table, Qt.Key.Key_End)
    assert made.table.chosen_row == made.table.rowCount() - 1
    qtbot.keyClick(made.table, Qt.Key.Key_Up)
    assert made.table.chosen_row == made.table.rowCount() - 2
    qtbot.keyClick(made.table, Qt.Key.Key_Home)
    assert made.table.chosen_row == 0
