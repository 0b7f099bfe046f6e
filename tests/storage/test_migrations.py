"""Every layout that ever was is brought to the present one: after a backup, wholly or not at all."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator import paths
from annotator.domain.errors import NotAProject, UserError
from annotator.domain.journalled import payload_sha256
from annotator.jobs.reading import read
from annotator.storage import backup, journal, migrations
from annotator.storage import connection as connections
from annotator.storage.check import check
from annotator.storage.layout import FINGERPRINTS, LAYOUT
from annotator.storage.library import Wanted
from annotator.storage.store import Store
from tests.builders import workspace
from tests.conftest import is_full

LAYOUTS = Path(__file__).parents[1] / "data" / "layouts"


def made(folder: Path, number: int) -> Path:
    """Make a project of a layout from its dump."""
    path = folder / f"layout {number}.annotator"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((LAYOUTS / f"{number}.sql").read_bytes().decode("utf-8"))
    return path


def content(path: Path) -> dict[str, Any]:
    """Return what the project says, whatever its layout."""
    with closing(sqlite3.connect(path)) as connection:
        tables = "annotator", "scheme", "article", "layer", "span", "change", "text", "step"
        found = {}
        for table in tables:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            own = ("root", "length", "seal", *(["n"] if table == "article" else []))
            shared = ", ".join(f'"{column}"' for column in columns if column not in own)
            found[table] = connection.execute(f"SELECT {shared} FROM {table} ORDER BY 1, 2").fetchall()
        return found


def layout_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        number: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return number


def test_there_is_a_fixture_of_each_layout() -> None:
    assert {int(path.stem) for path in LAYOUTS.iterdir()} == set(FINGERPRINTS) == set(range(LAYOUT + 1))


@pytest.mark.parametrize("number", FINGERPRINTS)
def test_a_project_of_each_layout_opens_with_all_it_holds(number: int, tmp_path: Path) -> None:
    path = made(tmp_path, number)
    before = content(path)
    work = workspace(path)
    assert list(check(work.store)) == []
    found = content(path)
    assert found == before
    (tmp_path / "present").mkdir()
    assert added(path) == added(made(tmp_path / "present", LAYOUT))
    assert work.undo_title() == "Label Cue"
    assert work.undo() is not None
    work.store.close()
    assert layout_of(path) == LAYOUT


def added(path: Path) -> list[list[Any]]:
    """Return what layout 0 did not have."""
    wanted = "SELECT id, root FROM step ORDER BY seq", "SELECT length FROM text", "SELECT * FROM revision"
    with closing(sqlite3.connect(path)) as connection:
        return [connection.execute(statement).fetchall() for statement in wanted]


@pytest.mark.parametrize("number", FINGERPRINTS)
def test_what_stood_in_it_is_found_when_it_was_read(number: int, tmp_path: Path) -> None:
    with closing(Store.open(made(tmp_path, number))) as store:
        read(store)
        for words in ("quay", "rebuild", "luc", "NOBODY ASK"):
            assert len(store.matching(Wanted(words=words), "")) == 1, words
        assert store.matching(Wanted(words="ebuild"), "") == []
        assert list(check(store)) == []


def test_before_it_is_changed_a_verified_backup_is_made(tmp_path: Path) -> None:
    path = made(tmp_path, 0)
    before = content(path)
    Store.open(path).close()
    (copy,) = backup.listed(paths.backups_dir())
    assert copy.reason == "migration"
    assert layout_of(copy.path) == 0
    assert content(copy.path) == before
    again = tmp_path / "again.annotator"
    backup.restore(copy.path, again)
    with closing(Store.open(again)) as store:
        assert list(check(store)) == []


def test_without_a_backup_nothing_is_changed(tmp_path: Path) -> None:
    path = made(tmp_path, 0)
    paths.backups_dir().parent.mkdir(parents=True, exist_ok=True)
    paths.backups_dir().write_text("a file stands here")
    with pytest.raises(UserError, match="No backup"):
        Store.open(path)
    assert layout_of(path) == 0


def test_an_older_project_is_not_changed_by_reading(tmp_path: Path) -> None:
    path = made(tmp_path, 0)
    with pytest.raises(UserError, match="older version"):
        Store.open(path, write=False)
    assert layout_of(path) == 0


def test_an_older_layout_with_foreign_tables_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path, 0)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TRIGGER evil AFTER INSERT ON span BEGIN DELETE FROM text; END")
    with pytest.raises(NotAProject, match="other tables"):
        Store.open(path)
    assert layout_of(path) == 0


def test_rows_that_point_nowhere_stop_it(tmp_path: Path) -> None:
    path = made(tmp_path, 0)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM text")
        connection.commit()
    with pytest.raises(UserError, match=r"point nowhere.*repair"):
        Store.open(path)
    assert layout_of(path) == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("layout", range(LAYOUT))
def test_a_kill_at_any_statement_leaves_the_old_or_the_new(
    layout: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.setattr(backup, "make", lambda *_: None)
    # Every statement in the long runs, else every eighth, of each layout others.
    last, number, by = False, layout, 1 if is_full(pytestconfig) else 8
    while not last:
        number += by
        folder = tmp_path / str(number)
        folder.mkdir()
        path = made(folder, layout)
        before = content(path)
        last = _ends_before(path, layout, number)
        assert layout_of(path) == (LAYOUT if last else layout), number
        assert content(path) == before
    assert number > 20


def _ends_before(path: Path, layout: int, number: int) -> bool:
    """Migrate in a child that dies at statement `number`; return whether it came to its end before."""
    child = os.fork()
    if not child:
        real = connections.for_writing

        def mortal(file: Path) -> sqlite3.Connection:
            connection = real(file)
            left = [number]

            def count(_: str) -> None:
                left[0] -= 1
                if not left[0]:
                    os._exit(9)

            connection.set_trace_callback(count)
            return connection

        connections.for_writing = mortal
        migrations.connections.for_writing = mortal
        try:
            migrations.upgrade(path, layout)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def test_the_chain_of_the_journal_is_unbroken(tmp_path: Path) -> None:
    path = made(tmp_path, 0)
    with closing(Store.open(path)) as store:
        for seq, step in journal.steps(store.connection):
            assert payload_sha256(journal.changes(store.connection, seq)) == step.payload_sha256
