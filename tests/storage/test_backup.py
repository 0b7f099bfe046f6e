"""Backups hold the project, are known to be sound, thin out, and come back as new files."""

from __future__ import annotations

import hashlib
import shutil
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotator.domain.errors import UserError
from annotator.editing.workspace import Workspace
from annotator.storage import backup as copies
from annotator.storage.backup import MOST_BYTES, Backup
from annotator.storage.check import check
from annotator.storage.store import Store
from tests.builders import bring, project, tag, workspace

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    ws = workspace(project(tmp_path))
    tag(ws, bring(ws), "quote", (0, 29))
    return ws


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "copies" / "here"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_backup_of_an_open_project_holds_what_was_done(ws: Workspace, folder: Path) -> None:
    made = copies.make(ws.store.path, folder, "work", NOW)
    assert made in copies.listed(folder)
    assert made.path.name == f"project--{ws.store.about()['id'][:8]}--20261124T081500Z--work.annotator"
    assert copies.verify(made.path) == (1, 1, ws.store.step_count())
    with closing(Store.open(made.path)) as store:
        assert list(check(store)) == []
        assert not store.unclean
    assert {file.name for file in folder.iterdir()} == {made.path.name, f".{made.path.name}.lock"}


def test_a_backup_beside_a_writer_is_of_one_moment(ws: Workspace, folder: Path) -> None:
    article = ws.store.article(next(ws.store.article_ids()))
    stop = threading.Event()
    made: list[Backup] = []

    def back_up() -> None:
        for number in range(10):
            made.append(copies.make(ws.store.path, folder, "work", NOW + timedelta(seconds=number)))
        stop.set()

    thread = threading.Thread(target=back_up)
    thread.start()
    while not stop.is_set():
        tag(ws, article, "cue", (3, 9))
        ws.undo()
    thread.join()
    steps = [copies.verify(backup.path).steps for backup in made]
    assert steps == sorted(steps)
    assert steps[0] < steps[-1]
    for backup in made:
        with closing(Store.open(backup.path, write=False)) as store:
            assert list(check(store)) == []


def test_a_restored_backup_is_a_new_project_and_the_backup_stays(ws: Workspace, folder: Path, tmp_path: Path) -> None:
    made = copies.make(ws.store.path, folder, "work", NOW)
    before = sha256(made.path)
    target = tmp_path / "again.annotator"
    assert copies.restore(made.path, target).spans == 1
    assert sha256(made.path) == before
    work = workspace(target)
    assert list(check(work.store)) == []
    assert work.undo() is not None
    work.store.close()


@pytest.mark.parametrize("beside", ["again.annotator", "again.annotator-wal", "again.annotator-journal"])
def test_nothing_is_restored_over_what_is_there(ws: Workspace, folder: Path, tmp_path: Path, beside: str) -> None:
    made = copies.make(ws.store.path, folder, "work", NOW)
    (tmp_path / beside).write_bytes(b"precious")
    with pytest.raises(UserError, match="exists already"):
        copies.restore(made.path, tmp_path / "again.annotator")
    assert (tmp_path / beside).read_bytes() == b"precious"


def damaged(path: Path, how: str) -> None:
    data = bytearray(path.read_bytes())
    if how == "cut":
        data = data[: len(data) // 2]
    elif how == "empty":
        data = bytearray()
    elif how == "zeroed page":
        data[8_192:12_288] = bytes(4_096)
    else:
        text = data.index(b"Nobody")
        data[text] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("how", ["cut", "empty", "zeroed page"])
def test_a_damaged_backup_is_refused_and_the_next_older_one_named(
    ws: Workspace, folder: Path, tmp_path: Path, how: str
) -> None:
    older = copies.make(ws.store.path, folder, "work", NOW - timedelta(hours=1))
    newer = copies.make(ws.store.path, folder, "work", NOW)
    damaged(newer.path, how)
    with pytest.raises(UserError):
        copies.restore(newer.path, tmp_path / "again.annotator")
    assert not (tmp_path / "again.annotator").exists()
    assert next(copies.older(newer.path)) == older


def test_a_stale_wal_beside_a_backup_is_not_its_own(ws: Workspace, folder: Path, tmp_path: Path) -> None:
    made = copies.make(ws.store.path, folder, "work", NOW)
    article = ws.store.article(next(ws.store.article_ids()))
    tag(ws, article, "cue", (3, 9))
    shutil.copy(f"{ws.store.path}-wal", f"{made.path}-wal")
    assert copies.restore(made.path, tmp_path / "again.annotator").spans == 1


def test_a_copy_that_was_altered_on_its_way_is_found(
    ws: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = copies.verify

    def altered(path: Path) -> copies.Holding:
        damaged(path, "zeroed page")
        return real(path)

    monkeypatch.setattr(copies, "verify", altered)
    with pytest.raises(UserError, match="damaged"):
        copies.make(ws.store.path, folder, "work", NOW)
    assert list(folder.iterdir()) == []


def test_a_full_disk_is_told_and_leaves_nothing(ws: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 1_000_000))  # type: ignore[attr-defined]
    with pytest.raises(UserError, match="1 MB free"):
        copies.make(ws.store.path, folder, "work", NOW)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "copies").write_text("a file")
    with pytest.raises(UserError, match="cannot be written"):
        copies.make(ws.store.path, tmp_path / "copies", "work", NOW)


def plant(folder: Path, ages: list[float], size: int = 10) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for days in ages:
        moment = NOW - timedelta(days=days)
        (folder / f"P--0192f0c1--{moment:%Y%m%dT%H%M%SZ}--work.annotator").write_bytes(b"x" * size)


def test_old_backups_go_and_other_projects_stay(folder: Path) -> None:
    plant(folder, [0, 1, 5, 5.1, 1_000, 2_000])
    other = folder / "Q--ffffffff--20200101T000000Z--work.annotator"
    other.write_bytes(b"x")
    (folder / "notes.txt").write_text("mine")
    copies.thin_out(folder, "0192f0c1", NOW)
    left = [(NOW - backup.at).days for backup in copies.listed(folder, "0192f0c1")]
    assert left == [0, 1, 5, 1_000, 2_000]
    assert other.exists()
    assert (folder / "notes.txt").exists()


def test_too_many_bytes_let_the_oldest_go_but_never_the_newest_two(folder: Path) -> None:
    plant(folder, [0, 0.1, 0.2, 0.3], size=100)
    copies.thin_out(folder, "0192f0c1", NOW, most=350)
    assert len(copies.listed(folder)) == 3
    copies.thin_out(folder, "0192f0c1", NOW, most=10)
    assert len(copies.listed(folder)) == 2
    assert MOST_BYTES > 1_000_000_000
