"""People, assignment and progress: parts of the page of colleagues."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain import ids
from annotator.domain.article import Annotator
from annotator.editing import assignments as editing
from annotator.storage import assignments as stored
from annotator.storage.store import Store
from annotator.ui.colleagues.assignment import AssignmentPart
from annotator.ui.colleagues.page import ColleaguesPage
from annotator.ui.colleagues.part import Part
from annotator.ui.colleagues.people import People
from annotator.ui.colleagues.progress import ProgressPart
from annotator.ui.dialogs.parts import ReadTable
from annotator.ui.window import MainWindow
from tests.builders import BO
from tests.ui.colleagues.test_proposals import led_by

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog
CY = Annotator(ids.uuid7(), "Cy")
Key = Qt.Key


def page_at(window: MainWindow, qtbot: QtBot, id: str) -> tuple[ColleaguesPage, Part]:
    page = ColleaguesPage(window, id)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page, page.part


def join(window: MainWindow, *people: Annotator) -> None:
    for one in people:
        assert window.session.do(editing.join(one))


def rows(table: ReadTable) -> list[list[str]]:
    return [
        [item.text() if (item := table.item(row, column)) is not None else "" for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def assigned(window: MainWindow) -> list[tuple[str, int]]:
    store = window.session.store
    assert store is not None
    return sorted((one.annotator, one.round) for one in stored.everything(store))


def share(part: AssignmentPart, rule: str, among: str = "all") -> None:
    part.rule.setCurrentIndex(part.rule.findData(rule))
    part.among.setCurrentIndex(part.among.findData(among))
    part._preview()


# People


def test_somebody_is_added_by_name_and_two_of_one_name_are_told_apart(window: MainWindow, qtbot: QtBot) -> None:
    page, part = page_at(window, qtbot, "people")
    assert isinstance(part, People)
    assert "Nobody else stands in this project yet" in part._about.text()
    assert part.name.hasFocus()
    QTest.keyClicks(part.name, "Bo")
    QTest.keyClick(part.name, Key.Key_Return)
    assert [row[0] for row in rows(part.table)] == ["Lena Brandt (you)", "Bo"]
    QTest.keyClicks(part.name, "bo")
    QTest.keyClick(part.name, Key.Key_Return)
    names = [row[0] for row in rows(part.table)]
    assert len({*names}) == 3
    assert all("(…" in name for name in names[1:])
    assert page.isVisible()
    page._undo()
    # Who stands in a project stays there: their id may stand anywhere by then.
    assert window.notice is not None


def test_a_bad_name_is_refused_in_words(window: MainWindow, qtbot: QtBot) -> None:
    page, part = page_at(window, qtbot, "people")
    assert isinstance(part, People)
    part.name.setText("a\u202eb")
    part.add()
    assert "invisible" in page.notice.words
    assert len(rows(part.table)) == 1


def test_i_am_called_otherwise(window: MainWindow, qtbot: QtBot) -> None:
    _page, part = page_at(window, qtbot, "people")
    assert isinstance(part, People)
    part.name.setText("Lena B.")
    part.mine.click()
    assert window.session.me.name == "Lena B."
    assert rows(part.table)[0][0] == "Lena B. (you)"


def test_thirty_people_with_long_names(window: MainWindow, qtbot: QtBot) -> None:
    join(window, *(Annotator(ids.uuid7(), f"{number} {'Wörth' * 30}") for number in range(30)))
    for id in ("people", "assignment", "progress"):
        page, part = page_at(window, qtbot, id)
        table = part.table  # type: ignore[attr-defined]
        assert table.rowCount() == (31 if id != "progress" else 0)
        assert page.minimumSizeHint().width() <= 960


def test_a_key_turns_to_another_part_also_from_a_table(window: MainWindow, qtbot: QtBot) -> None:
    join(window, BO)
    page, part = page_at(window, qtbot, "people")
    assert isinstance(part, People)
    qtbot.waitUntil(part.table.hasFocus)
    QTest.keyClick(part.table, Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(page.part, AssignmentPart)
    QTest.keyClick(page.part.table, Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.part is part


# Assignment


def test_a_rule_is_shown_before_it_is_done_and_done_as_one_step(window: MainWindow, qtbot: QtBot) -> None:
    join(window, BO, CY)
    page, part = page_at(window, qtbot, "assignment")
    assert isinstance(part, AssignmentPart)
    share(part, "all")
    assert [row[1:] for row in rows(part.table)] == [["0", "0", "0"], ["0", "3", "3"], ["0", "3", "3"]]
    assert part._told.text() == "3 articles, 3 of them read by more than one."
    part.assign.click()
    qtbot.waitUntil(lambda: len(assigned(window)) == 6)
    qtbot.waitUntil(lambda: "You lead this project" in page.notice.words)
    store = window.session.store
    assert store is not None
    assert store.leads() == frozenset({window.session.me.id})
    share(part, "all")
    assert part._told.text() == "All of that is assigned already."
    assert not part.assign.isEnabled()
    assert rows(part.table)[1][1:] == ["3", "0", "3"]
    page._undo()
    assert assigned(window) == []
    window.undoing.redo()
    assert len(assigned(window)) == 6


def test_each_and_split_count_as_they_say_and_the_seed_is_repeatable(window: MainWindow, qtbot: QtBot) -> None:
    join(window, BO, CY)
    _page, part = page_at(window, qtbot, "assignment")
    assert isinstance(part, AssignmentPart)
    part.number.setValue(1)
    share(part, "each")
    assert part._outlook is not None
    assert sum(one.new for one in part._outlook.shares) == 3
    assert part._outlook.shared == 0
    first = part._outlook
    part.seed.setValue(77)
    part.seed.setValue(1)
    part._preview()
    assert part._outlook == first
    part.overlap.setValue(34)
    share(part, "split")
    assert part._outlook.shared == 2
    assert (part.overlap.isVisible(), part.number.isVisible(), part.seed.isVisible()) == (True, False, True)


def test_ticks_say_who_and_are_set_by_the_space_bar(window: MainWindow, qtbot: QtBot) -> None:
    join(window, BO)
    _page, part = page_at(window, qtbot, "assignment")
    assert isinstance(part, AssignmentPart)
    assert part.plan.people == [BO.id]
    part.table.setFocus()
    part.table.selectRow(0)
    part.table.setCurrentCell(0, 0)
    QTest.keyClick(part.table, Key.Key_Space)
    assert part.plan.people == [window.session.me.id, BO.id]
    part.table.setCurrentCell(1, 0)
    QTest.keyClick(part.table, Key.Key_Space)
    assert part.plan.people == [window.session.me.id]


def test_what_is_listed_or_of_nobody_and_taking_away(window: MainWindow, qtbot: QtBot) -> None:
    join(window, BO)
    window.articles.filter.field.setText("harbour")
    window.articles.model.want(window.articles.filter.wanted)
    _page, part = page_at(window, qtbot, "assignment")
    assert isinstance(part, AssignmentPart)
    share(part, "all", "listed")
    assert rows(part.table)[1][2] == "1"
    part.assign.click()
    qtbot.waitUntil(lambda: assigned(window) == [(BO.id, 1)])
    share(part, "all", "unassigned")
    assert rows(part.table)[1][1:] == ["1", "2", "3"]
    share(part, "all", "all")
    assert part.away.text() == "Take away (1)"
    part.away.click()
    qtbot.waitUntil(lambda: assigned(window) == [])
    window.undoing.undo()
    assert assigned(window) == [(BO.id, 1)]


def test_many_are_counted_when_that_is_asked_for(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.ui.colleagues.assignment._AT_ONCE", 2)
    join(window, BO)
    _page, part = page_at(window, qtbot, "assignment")
    assert isinstance(part, AssignmentPart)
    assert part.count.isVisible()
    assert "These are many" in part._told.text()
    part.count.click()
    qtbot.waitUntil(lambda: rows(part.table)[1][1:] == ["0", "3", "3"])


def test_who_does_not_lead_only_reads(
    project: Path, make_window: Callable[[Path | None], MainWindow], qtbot: QtBot
) -> None:
    led_by(project, BO.id)
    window = make_window(project)
    page, part = page_at(window, qtbot, "assignment")
    assert isinstance(part, AssignmentPart)
    assert part._about.text().startswith("This is the project of")
    assert not part.assign.isVisible()
    assert not part._fields.isVisible()
    assert part.table.isColumnHidden(2)
    part.table.setFocus()
    part.table.setCurrentCell(0, 0)
    before = part.plan.people
    QTest.keyClick(part.table, Key.Key_Space)
    assert part.plan.people == before
    assert page.isVisible()


def test_a_second_reading_of_what_each_has_done_is_blind(window: MainWindow, qtbot: QtBot) -> None:
    window.finish_article()
    me = window.session.me.id
    _page, part = page_at(window, qtbot, "assignment")
    assert isinstance(part, AssignmentPart)
    assert part.plan.people == [me]  # who is alone reads twice alone
    share(part, "again")
    assert not part.blind.isVisible()
    assert rows(part.table)[0][1:] == ["0", "1", "1"]
    part.assign.click()
    qtbot.waitUntil(lambda: assigned(window) == [(me, 2)])
    store = window.session.store
    assert store is not None
    assert [one.blind for one in stored.everything(store)] == [True]
    share(part, "again")
    assert not part.assign.isEnabled()
    window.undoing.undo()
    assert assigned(window) == []


def test_stopping_leaves_all_as_it_was(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    join(window, BO)
    page, part = page_at(window, qtbot, "assignment")
    assert isinstance(part, AssignmentPart)
    monkeypatch.setattr("annotator.ui.tasks.Task.start", lambda task: (task.cancel(), task._thread.start()))
    part.assign.click()
    qtbot.waitUntil(lambda: "Stopped" in page.notice.words)
    assert assigned(window) == []
    assert window.session.store is not None
    assert window.session.store.leads() == frozenset()


# Progress


def test_progress_is_a_row_each_and_all(window: MainWindow, qtbot: QtBot) -> None:
    join(window, BO)
    _page, part = page_at(window, qtbot, "progress")
    assert isinstance(part, ProgressPart)
    assert part._about.text() == "Nothing is assigned yet."
    store, me = window.session.store, window.session.me.id
    assert store is not None
    from annotator.domain.assigning import Pair

    some = list(store.article_ids())
    pairs = [*(Pair(id, BO.id) for id in some), Pair(some[0], me)]
    assert window.session.workspace is not None
    window.session.workspace.do_whole(editing.assign(pairs, blind=False))
    window.finish_article()
    part.refresh()
    found = rows(part.table)
    assert [row[:4] for row in found] == [
        ["Lena Brandt (you)", "1", "0", "1"],
        ["Bo", "3", "0", "0"],
        ["All", "4", "0", "1"],
    ]


def test_who_tags_blind_sees_only_their_own_row(
    project: Path, make_window: Callable[[Path | None], MainWindow], qtbot: QtBot
) -> None:
    store = Store.open(project)
    store.close()
    window = make_window(project)
    join(window, BO)
    from annotator.domain.assigning import Pair

    assert window.session.store is not None
    assert window.session.workspace is not None
    (first, *_rest) = window.session.store.article_ids()
    me = window.session.me.id
    window.session.workspace.do_whole(editing.assign([Pair(first, BO.id), Pair(first, me)]))
    window.session.store.seal(me)
    _page, part = page_at(window, qtbot, "progress")
    assert isinstance(part, ProgressPart)
    assert [row[0] for row in rows(part.table)] == ["Lena Brandt (you)"]
    assert "You tag blind" in part._about.text()
