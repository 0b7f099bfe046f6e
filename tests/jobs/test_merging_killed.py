"""A merge that is killed, or meets a full disk, leaves the project as before or as after, never between."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from annotator.domain.errors import UserError
from annotator.editing.workspace import Workspace
from annotator.jobs.merging import merge, unmerge
from annotator.storage import backup
from annotator.storage import connection as connections
from annotator.storage.check import check
from annotator.storage.store import Store
from annotator.whoami import Identity
from tests.builders import ANA, BO, tag
from tests.conftest import is_full
from tests.jobs.test_merging import article_of, good, merged, packed, signed, team
from tests.storage.test_fold import state

ME = Identity(ANA, "home")


def content(path: Path) -> object:
    store = Store.open(path)
    try:
        assert list(check(store)) == []
        tables = [store.rows(f"SELECT * FROM {name} ORDER BY 1") for name in ("step", "change", "package_step", "text")]
        return state(store), tables, store.rows("SELECT id, active FROM package")
    finally:
        store.close()


def mortal(path: Path, package: Path, number: int) -> bool:
    """Merge in a child that dies at statement `number`; return whether it came to its end before."""
    child = os.fork()
    if not child:
        left = [number]

        def count(_: str) -> None:
            left[0] -= 1
            if not left[0]:
                os._exit(9)

        for name in ("for_writing", "for_staging"):
            real = getattr(connections, name)

            def traced(*paths: Path, real: object = real) -> sqlite3.Connection:
                connection: sqlite3.Connection = real(*paths)  # type: ignore[operator]
                connection.set_trace_callback(count)
                return connection

            setattr(connections, name, traced)
        try:
            ws = Workspace(Store.open(path), ANA, "home")
            merge(ws, ME, [package])
            ws.store.close()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def made(folder: Path, spans: int = 4) -> tuple[Path, Path]:
    home, out = team(folder, (ANA, "home"), (BO, "out"))
    for place in range(spans):
        tag(out, article_of(out), "cue", (place % 60, place % 60 + 9))
    tag(home, article_of(home), "quote", (0, 5))
    path = packed(out)
    home.store.close()
    return home.store.path, path


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_kill_at_any_moment_leaves_before_or_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.setattr(backup, "make", lambda *_: None)
    template, package = made(tmp_path)
    before = content(template)
    done = tmp_path / "done.annotator"
    shutil.copy(template, done)
    assert mortal(done, package, 1 << 30)
    after = content(done)
    assert after != before
    last = 1
    while not mortal(shutil.copy(template, tmp_path / f"last-{last}.annotator"), package, last):
        last += 16
    kills, chance, found = 100 if is_full(pytestconfig) else 20, random.Random(7), set()
    for number in sorted(chance.sample(range(1, last), min(kills, last - 1))):
        path = tmp_path / f"{number}.annotator"
        shutil.copy(template, path)
        ended = mortal(path, package, number)
        is_after = content(path) == after
        assert is_after or content(path) == before, number
        assert is_after or not ended
        found.add(is_after)
        # Whoever begins anew comes to the same end.
        assert mortal(path, package, 1 << 30)
        assert content(path) == after
    assert False in found


@pytest.mark.parametrize("back", [False, True])
def test_a_full_disk_leaves_it_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, back: bool) -> None:
    monkeypatch.setattr(backup, "make", lambda *_: None)
    path, package = made(tmp_path, 4 if back else 120)
    ws = Workspace(Store.open(path), ANA, "home")
    if back:
        good(merged(ws, package)[0])
    before = state(ws.store), ws.store.rows("SELECT * FROM step"), ws.store.rows("SELECT id, active FROM package")
    writer = ws.store._writer
    assert writer is not None
    (pages,) = writer.execute("PRAGMA page_count").fetchone()
    writer.execute(f"PRAGMA max_page_count = {pages}")
    if back:
        # What is taken back makes nothing larger: the disk refuses the file beside the project.
        full = lambda *_: (_ for _ in ()).throw(_full())  # noqa: E731
        monkeypatch.setattr("annotator.storage.staging.connections.for_staging", full)
    try:
        with pytest.raises(UserError, match=r"disk is full|could not be read"):
            unmerge(ws, package.name) if back else merge(ws, ME, [package])
        assert before == (
            state(ws.store), ws.store.rows("SELECT * FROM step"), ws.store.rows("SELECT id, active FROM package"),
        )  # fmt: skip
        assert list(check(ws.store)) == []
    finally:
        ws.store.close()


def _full() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


def test_a_backup_stands_before_a_merge(tmp_path: Path) -> None:
    from annotator import paths

    path, package = made(tmp_path)
    ws = Workspace(Store.open(path), ANA, "home")
    about, before = ws.store.about()["id"], ws.store.step_count()
    good(merged(ws, signed(package))[0])
    ws.store.close()
    (copy,) = backup.listed(paths.backups_dir(), about)
    assert copy.reason == "merge"
    assert backup.verify(copy.path).steps == before
