"""P11: one flipped bit anywhere in a project is found as soon as it changes anything that can be read."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator.cli.main import main
from annotator.domain.errors import UserError
from annotator.domain.terms import terms
from annotator.jobs.reading import read
from annotator.storage.check import check
from annotator.storage.fingerprint import ACCOUNT
from annotator.storage.layout import TABLES as DDL
from annotator.storage.store import Store
from tests.builders import TEXT, bring, project, tag, workspace

NAMES = [line.split()[2] for line in DDL.splitlines() if line.startswith("CREATE TABLE")]

COLUMNS = {"searched": "article, head"}
"""An entry under another number is passed over: nobody reads another thing for it."""
DEFINED = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT IN (?, ?) ORDER BY name"
"""Without what sqlite-utils keeps for itself: how that is spelled is told to nobody."""
ASKED = [f'"{word[:end]}"*' for word in sorted(terms(TEXT)) for end in range(1, len(word) + 1)]
"""What the index of words is asked. Its rows are not compared: they also hold what is never asked, such as sizes."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    for start in range(0, 50, 3):
        tag(ws, article, "quote", (start, start + 2), (start + 4, start + 6))
    ws.undo()
    read(ws.store)
    ws.store.close()
    return ws.store.path


def content(path: Path) -> Any:
    """Return everything a reader could see, or that nothing can be read."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            return [
                connection.execute(DEFINED, ACCOUNT).fetchall(),
                *(
                    connection.execute(f"SELECT {COLUMNS.get(name, '*')} FROM {name} NOT INDEXED").fetchall()
                    for name in NAMES
                ),
                *(connection.execute(f"SELECT count(*) FROM {name}").fetchall() for name in NAMES),
                *(
                    connection.execute("SELECT rowid FROM search WHERE search MATCH ?", (it,)).fetchall()
                    for it in ASKED
                ),
                connection.execute("PRAGMA user_version").fetchone(),
                connection.execute("PRAGMA application_id").fetchone(),
            ]
    except (sqlite3.Error, UnicodeDecodeError):
        return "unreadable"


def found(path: Path) -> bool:
    try:
        reader = Store.open(path, write=False)
    except UserError:
        return True
    try:
        return next(check(reader), None) is not None
    except UserError:
        return True
    finally:
        reader.close()


def flips(path: Path, tmp_path: Path, seeds: range) -> tuple[int, list[int]]:
    """Return how many flips changed what can be read, and the seeds of those that were not found."""
    whole, copy = path.read_bytes(), tmp_path / "flipped.annotator"
    was = content(path)
    material, missed = 0, []
    for seed in seeds:
        noise = random.Random(seed)
        data = bytearray(whole)
        at = noise.randrange(len(data))
        data[at] ^= 1 << noise.randrange(8)
        for rest in tmp_path.glob("flipped.annotator*"):
            rest.unlink()
        copy.write_bytes(data)
        if content(copy) == was:
            continue
        for rest in tmp_path.glob("flipped.annotator-*"):
            rest.unlink()
        copy.write_bytes(data)
        material += 1
        if not found(copy):
            missed.append(seed)
    return material, missed


def test_flipped_bits_are_found(path: Path, tmp_path: Path) -> None:
    material, missed = flips(path, tmp_path, range(100))
    assert material >= 5
    assert missed == []


@pytest.mark.full
def test_a_thousand_flipped_bits(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    material, missed = flips(path, tmp_path, range(10_000, 23_000))
    with capsys.disabled():
        print(f"\n13000 flips: {material} changed what can be read, {len(missed)} of them were not found")
    assert material >= 1_000
    assert missed == []


def test_restore_drill(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """T14, T15: a project cut in the middle with a stale -wal beside it; the backup comes back by the command line."""
    assert main(["backups", str(path), "--now"]) == 0
    before = content(path)
    work = workspace(path)
    tag(work, work.store.article(next(work.store.article_ids())), "cue", (1, 3))
    shutil.copy(f"{path}-wal", tmp_path / "stale")
    work.store.close()
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    shutil.copy(tmp_path / "stale", f"{path}-wal")
    assert main(["info", str(path)]) == 1 or main(["check", str(path)]) == 1
    capsys.readouterr()
    assert main(["backups", str(path)]) == 0
    copy = capsys.readouterr().out.split()[-1]
    again = tmp_path / "again.annotator"
    assert main(["restore", copy, "-o", str(again)]) == 0
    after = content(again)
    rows = NAMES.index("project") + 1
    assert [part for number, part in enumerate(after) if number != rows] == [
        part for number, part in enumerate(before) if number != rows
    ]
    assert main(["check", str(again)]) == 0
    assert path.read_bytes()[: len(data) // 2] == data[: len(data) // 2]
