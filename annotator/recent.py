"""Which projects were open lately and where one stopped, kept as JSON in the data folder; nothing in it is needed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from annotator import paths

MOST = 20
_LARGEST = 1_000_000
"""Bytes; a larger file is not ours."""


class Recent(NamedTuple):
    """A project as it was left. `at` is UTC (ISO 8601), `article` the id of the one that was open, `number` from 1."""

    path: str
    at: str
    article: str = ""
    number: int = 0
    done: int = 0
    total: int = 0
    reading: bool = False
    """Whether it was open for reading only."""
    caret: int = 0
    """Where the caret stood in the article, in code points."""
    exports: str = ""
    """The folder of the last export."""
    label: str = ""
    """The id of the label that was used last."""
    review: str = ""
    """The layers that were reviewed last, a line each."""


_EMPTY = Recent("", "")


def _path() -> Path:
    return paths.data_dir() / "recent.json"


def recents() -> list[Recent]:
    """Return the projects, the last one first; none where the file is missing or cannot be understood."""
    found = (_one(row) for row in paths.read_list(_path(), _LARGEST))
    return list({recent.path: recent for recent in found if recent is not None}.values())[:MOST]


def _one(row: object) -> Recent | None:
    if not isinstance(row, dict):
        return None
    whole = _EMPTY._asdict() | row
    if any(type(whole[name]) is not type(value) for name, value in _EMPTY._asdict().items()):
        return None
    recent = Recent(*(whole[name] for name in Recent._fields))
    return recent if recent.path and "\0" not in recent.path else None


def of(path: Path) -> Recent | None:
    """Return how this project was left, None where that is not known."""
    whole = str(path.absolute())
    return next((recent for recent in recents() if recent.path == whole), None)


def remember(recent: Recent) -> None:
    """Put a project first."""
    _keep([recent, *(other for other in recents() if other.path != recent.path)])


def remember_export(path: Path, folder: Path, at: str) -> None:
    """Keep where this project was exported to; `at` is now."""
    project = of(path) or Recent(str(path.absolute()), at)
    remember(project._replace(exports=str(folder.absolute())))


def remember_review(path: Path, layers: str, at: str) -> None:
    """Keep which layers of this project were reviewed (a line each); `at` is now."""
    project = of(path) or Recent(str(path.absolute()), at)
    remember(project._replace(review=layers))


def forget(path: str) -> None:
    """Take a project out of the list; the project itself stays."""
    _keep(other for other in recents() if other.path != path)


def _keep(all: Iterable[Recent]) -> None:
    rows = [recent._asdict() for recent in all][:MOST]
    # What cannot be kept is only convenience: no reason to trouble anybody.
    with suppress(OSError):
        paths.write_whole(_path(), json.dumps(rows, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass"))
