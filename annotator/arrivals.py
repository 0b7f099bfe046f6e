"""Packages that were opened while their project stands in another window: left in the data folder for that window."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from annotator import paths

_LARGEST = 100_000
"""Bytes; a larger file is not ours."""
_MOST = 50


def _path() -> Path:
    return paths.data_dir() / "arrived.json"


def _rows() -> list[tuple[str, str]]:
    rows = paths.read_list(_path(), _LARGEST)
    return [(row[0], row[1]) for row in rows
            if isinstance(row, list) and len(row) == 2 and all(isinstance(one, str) for one in row)]  # fmt: skip


def _keep(rows: Sequence[tuple[str, str]]) -> None:
    # Who opens a package once more loses nothing: no reason to trouble anybody.
    with suppress(OSError):
        if rows:
            data = json.dumps(rows[-_MOST:], ensure_ascii=False).encode("utf-8", "surrogatepass")
            paths.write_whole(_path(), data, private=True)
        else:
            _path().unlink(missing_ok=True)


def put(project: Path, package: Path) -> None:
    """Leave a package for the window that has this project open."""
    row = (str(project.resolve()), str(package.absolute()))
    _keep([*(other for other in _rows() if other != row), row])


def take(project: Path) -> list[Path]:
    """Return what was left for the window of this project, and leave it no longer."""
    rows, whole = _rows(), str(project.resolve())
    mine = [Path(package) for there, package in rows if there == whole and "\0" not in package]
    if mine:
        _keep([row for row in rows if row[0] != whole])
    return mine
