"""What the window does when the disk refuses, and what it does for the project by itself."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.cli.main import main
from annotator.storage import backup, whereabouts
from annotator.storage.store import Store
from annotator.ui.dialogs import files as file_dialogs
from annotator.ui.dialogs.backups import BackupsDialog
from annotator.ui.keeping import BACKUP_EVERY, IDLE, Keeper
from annotator.ui.window import MainWindow
from tests.builders import without_triggers
from tests.disk import Disk

Make = Callable[[Path | None], MainWindow]


def label(window: MainWindow, qtbot: QtBot) -> None:
    window.view.select(0, 5)
    qtbot.keyClick(window.view, Qt.Key.Key_Q)


def test_a_refused_step_waits_in_the_window_and_is_saved_once(
    disk: Disk, project: Path, make_window: Make, qtbot: QtBot
) -> None:
    window = make_window(project)
    disk.refuse("COMMIT", 1)
    label(window, qtbot)
    assert window.unsaved.words.startswith("NOT SAVED: Label Quote. The disk is full")
    assert window.bottom._saved.text() == "NOT SAVED"
    assert len(window.session.spans) == 0
    label(window, qtbot)
    assert window.unsaved.words
    assert not window.close()
    assert "not saved yet" in window.notice.words
    qtbot.mouseClick(window.unsaved.again, Qt.MouseButton.LeftButton)
    assert window.unsaved.words == ""
    assert window.bottom._saved.text().startswith("Saved ")
    assert len(window.session.spans) == 1
    window.undoing.undo()
    assert len(window.session.spans) == 0


def test_the_program_tries_again_by_itself(disk: Disk, project: Path, make_window: Make, qtbot: QtBot) -> None:
    window = make_window(project)
    disk.refuse("COMMIT", 1)
    label(window, qtbot)
    window.unsaved._timer.setInterval(1)
    qtbot.waitUntil(lambda: window.unsaved.words == "")
    assert len(window.session.spans) == 1


def test_a_waiting_step_can_be_saved_to_a_file_that_an_import_takes(
    disk: Disk, project: Path, make_window: Make, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(project)
    disk.refuse("COMMIT", 1_000)
    label(window, qtbot)
    file = tmp_path / "rescued.jsonl"
    monkeypatch.setattr(file_dialogs, "ask_save", lambda *_: file)
    qtbot.mouseClick(window.unsaved.save, Qt.MouseButton.LeftButton)
    assert "rescued.jsonl holds this article" in window.notice.words
    qtbot.mouseClick(window.unsaved.give_up, Qt.MouseButton.LeftButton)
    disk.refuse("", 0)
    assert window.unsaved.words == ""
    window.close()
    assert main(["import", str(project), str(file)]) == 0
    with closing(Store.open(project, write=False)) as store:
        assert store.connection.execute("SELECT count(*) FROM span").fetchone() == (1,)


class Clock:
    """A clock for the keeper."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def keeper(window: MainWindow, clock: Clock) -> Keeper:
    window.keeper.finish()
    keeper = Keeper(window.session, window, clock)
    keeper._timer.stop()
    return keeper


def test_after_half_an_hour_of_work_there_is_a_backup_and_without_work_none(
    project: Path, make_window: Make, qtbot: QtBot, clock: Clock
) -> None:
    window = make_window(project)
    keep = keeper(window, clock)
    clock.now = BACKUP_EVERY + 1
    keep.look()
    qtbot.waitUntil(lambda: keep.at_rest)
    assert backup.listed(paths.backups_dir()) == []
    label(window, qtbot)
    keep.look()
    qtbot.waitUntil(lambda: keep.at_rest)
    (made,) = backup.listed(paths.backups_dir())
    assert backup.verify(made.path).spans == 1
    clock.now += BACKUP_EVERY + 1
    keep.look()
    assert keep.at_rest
    keep.finish()


def test_the_wal_is_folded_in_when_nothing_happens(
    project: Path, make_window: Make, qtbot: QtBot, clock: Clock
) -> None:
    window = make_window(project)
    keep = keeper(window, clock)
    label(window, qtbot)
    wal = project.with_name(f"{project.name}-wal")
    keep.look()
    qtbot.waitUntil(lambda: keep.at_rest)
    assert wal.stat().st_size > 0
    clock.now += IDLE

    def folded() -> bool:
        keep.look()  # a reader that is not gone yet makes it wait for the next look
        return wal.stat().st_size == 0

    qtbot.waitUntil(folded)
    keep.finish()


def test_a_file_that_went_away_and_a_full_disk_are_told(
    project: Path, make_window: Make, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(project)
    keep = keeper(window, clock)
    told: list[str] = []
    window.session.told.connect(lambda words, _: told.append(words))
    monkeypatch.setattr(Store, "room", lambda _: (12_000_000, 1_000))
    keep.look()
    clock.now += 100
    keep.look()
    assert [words for words in told if "Only 12 MB" in words] == told[:1]
    project.rename(project.with_name("elsewhere.annotator"))
    keep.look()
    assert "was moved, deleted or replaced" in told[-1]
    keep.finish()
    project.with_name("elsewhere.annotator").rename(project)


def test_a_cloud_folder_is_told(
    project: Path, make_window: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whereabouts, "cloud", lambda _: "Dropbox")
    window = make_window(project)
    qtbot.waitUntil(lambda: "folder of Dropbox" in window.notice.words)


def damage(project: Path, statement: str) -> None:
    with closing(sqlite3.connect(project)) as connection, without_triggers(connection):
        connection.execute(statement)
        connection.commit()


def test_damage_is_told_soon_after_opening(project: Path, make_window: Make, qtbot: QtBot, clock: Clock) -> None:
    damage(project, "UPDATE text SET body = replace(body, 'Night', 'Light')")
    window = make_window(project)
    keep = keeper(window, clock)
    keep.look()
    qtbot.waitUntil(lambda: "This project is damaged" in window.notice.words)
    assert window.session.editable
    keep.finish()


def test_after_a_bad_end_a_damaged_project_opens_for_reading_only(
    project: Path, make_window: Make, qtbot: QtBot
) -> None:
    damage(project, "UPDATE change SET after = replace(after, 'Ferry', 'Perry')")
    damage(project, "INSERT INTO project VALUES ('holder', '{}')")
    window = make_window(project)
    assert not window.session.editable
    assert "ended badly" in window.notice.words


def test_after_a_bad_end_a_sound_project_opens_as_always(project: Path, make_window: Make) -> None:
    damage(project, "INSERT INTO project VALUES ('holder', '{}')")
    assert make_window(project).session.editable


def test_a_copy_can_be_sent_also_of_a_file_that_went_away(
    project: Path, make_window: Make, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(project)
    label(window, qtbot)
    for number in range(2):
        target = tmp_path / f"copy {number}.annotator"
        monkeypatch.setattr(file_dialogs, "ask_save", lambda *_, target=target: target)
        window.files.send_copy()
        qtbot.waitUntil(lambda: not window.files.running)
        assert backup.verify(target).spans == 1
        if not number:
            shutil.move(project, tmp_path / "elsewhere.annotator")
    shutil.move(tmp_path / "elsewhere.annotator", project)


def test_a_text_altered_behind_our_back_is_told_and_not_worked_on(
    project: Path, make_window: Make, qtbot: QtBot
) -> None:
    damage(project, "UPDATE text SET body = replace(body, 'Ferry', 'Perry')")
    window = make_window(project)
    assert "was altered outside the program" in window.notice.words
    label(window, qtbot)
    assert len(window.session.spans) == 0
    window.navigation.step(1)
    label(window, qtbot)
    assert len(window.session.spans) == 1


def test_a_backup_is_made_listed_and_brought_back_in_the_window(
    project: Path, make_window: Make, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(project)
    qtbot.waitUntil(lambda: window.keeper.at_rest)
    shown: list[list[str]] = []

    def answer(dialog: BackupsDialog) -> int:
        table = dialog.table
        shown.append([cell.text() if (cell := table.item(row, 2)) else "" for row in range(table.rowCount())])
        (dialog.restore if shown[-1] else dialog.now).click()
        return dialog.result()

    monkeypatch.setattr(BackupsDialog, "exec", answer)
    window.actions_["project.backups"].trigger()
    qtbot.waitUntil(lambda: "A backup was made" in window.notice.words)
    label(window, qtbot)
    monkeypatch.setattr(file_dialogs, "ask_save", lambda *_: tmp_path / "again.annotator")
    window.actions_["project.backups"].trigger()
    assert shown == [[], ["3 articles, 0 spans"]]
    assert window.session.name == "again"
    assert len(window.session.spans) == 0
