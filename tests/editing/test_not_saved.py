"""A disk that refuses: what was told as done stays, the step at hand is kept, and nothing is done twice."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.article import Article
from annotator.domain.change import Changed
from annotator.domain.errors import NotSaved
from annotator.editing.workspace import Workspace
from annotator.storage.check import check
from annotator.storage.store import Store
from tests.builders import bring, project, tag, workspace
from tests.disk import Disk


@pytest.fixture
def work(disk: Disk, tmp_path: Path) -> Workspace:
    return workspace(project(tmp_path))


@pytest.fixture
def article(work: Workspace) -> Article:
    article = bring(work)
    tag(work, article, "quote", (0, 10))
    return article


def labels(work: Workspace) -> list[str]:
    rows = work.store.connection.execute("SELECT label FROM span ORDER BY start").fetchall()
    return [row[0] for row in rows]


def sound(work: Workspace) -> bool:
    return list(check(work.store)) == []


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, 6410])
def test_a_commit_that_fails_once_is_kept_and_saved_at_the_next_try(
    disk: Disk, work: Workspace, article: Article, code: int
) -> None:
    disk.refuse("COMMIT", 1, code=code)
    heard: list[Changed] = []
    work.listen(heard.append)
    with pytest.raises(NotSaved):
        tag(work, article, "cue", (11, 15))
    assert work.pending is not None
    assert heard == []
    assert labels(work) == ["quote"]
    for act in (lambda: tag(work, article, "source", (20, 25)), work.undo):
        with pytest.raises(NotSaved, match="before this one"):
            act()
    assert work.save_again() is not None
    assert work.pending is None
    assert [changed.title for changed in heard] == ["Label Cue"]
    assert labels(work) == ["quote", "cue"]
    assert work.save_again() is None
    assert sound(work)
    assert work.undo() is not None
    assert labels(work) == ["quote"]


def test_a_commit_that_fails_and_is_kept_all_the_same_is_not_done_twice(
    disk: Disk, work: Workspace, article: Article
) -> None:
    disk.refuse("COMMIT", 1, kept=True)
    tag(work, article, "cue", (11, 15))
    assert work.pending is None
    assert labels(work) == ["quote", "cue"]
    assert sound(work)


def test_what_is_found_kept_only_at_the_second_look_is_not_done_twice(
    disk: Disk, work: Workspace, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Store.recovered
    monkeypatch.setattr(Store, "recovered", lambda *_: False)
    disk.refuse("COMMIT", 1, kept=True)
    with pytest.raises(NotSaved):
        tag(work, article, "cue", (11, 15))
    monkeypatch.setattr(Store, "recovered", real)
    assert work.save_again() is not None
    assert labels(work) == ["quote", "cue"]
    assert sound(work)


def test_a_disk_that_goes_on_refusing_keeps_the_step_waiting(disk: Disk, work: Workspace, article: Article) -> None:
    disk.refuse("BEGIN", 5)
    with pytest.raises(NotSaved):
        tag(work, article, "cue", (11, 15))
    for _ in range(4):
        with pytest.raises(NotSaved):
            work.save_again()
        assert work.pending is not None
    assert work.save_again() is not None
    assert labels(work) == ["quote", "cue"]


def test_a_step_can_be_given_up(disk: Disk, work: Workspace, article: Article) -> None:
    disk.refuse("INSERT", 1)
    with pytest.raises(NotSaved):
        tag(work, article, "cue", (11, 15))
    work.let_go()
    tag(work, article, "source", (20, 25))
    assert labels(work) == ["quote", "source"]
    assert sound(work)


@pytest.mark.parametrize("kept", [False, True])
def test_an_undo_that_fails_can_be_tried_again(disk: Disk, work: Workspace, article: Article, kept: bool) -> None:
    disk.refuse("COMMIT", 1, kept=kept)
    if kept:
        assert work.undo() is not None
    else:
        with pytest.raises(NotSaved):
            work.undo()
        assert labels(work) == ["quote"]
        assert work.undo() is not None
    assert labels(work) == []
    assert work.redo() is not None
    assert labels(work) == ["quote"]
    assert sound(work)


@pytest.mark.parametrize("how", ["moved", "deleted", "replaced"])
def test_nothing_is_written_to_a_file_that_went_away(work: Workspace, article: Article, how: str) -> None:
    path = work.store.path
    if how == "replaced":
        other = path.with_name("other")
        shutil.copy(path, other)
        other.replace(path)
    elif how == "moved":
        path.rename(path.with_name("elsewhere.annotator"))
    else:
        path.unlink()
    with pytest.raises(NotSaved, match="moved, deleted or replaced"):
        tag(work, article, "cue", (11, 15))
    assert work.pending is not None
    with pytest.raises(NotSaved):
        work.save_again()
    if how == "moved":
        path.with_name("elsewhere.annotator").rename(path)
        assert work.save_again() is not None
        assert labels(work) == ["quote", "cue"]


def test_a_copy_can_be_saved_of_a_file_that_went_away(work: Workspace, article: Article, tmp_path: Path) -> None:
    from annotator.storage.backup import copy

    work.store.path.unlink()
    target = tmp_path / "rescued.annotator"
    copy(work.store.connection, target)
    with closing(Store.open(target)) as store:
        assert store.article_count() == 1
        assert list(check(store)) == []
