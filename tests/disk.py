"""A disk that refuses: it stands before the writing connection of every project a test opens."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from annotator.storage import connection as connections


class Disk:
    """Refuses some of the next statements, or (`kept`) does them all the same and then fails."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._beginning, self._times, self._kept, self._code = "", 0, False, 0
        real = connections.for_writing
        monkeypatch.setattr(connections, "for_writing", lambda path: _Between(self, real(path)))

    def refuse(self, beginning: str, times: int, *, kept: bool = False, code: int = sqlite3.SQLITE_FULL) -> None:
        """Refuse from now on; `code` is SQLite's."""
        self._beginning, self._times, self._kept, self._code = beginning, times, kept, code

    def meet(self, real: sqlite3.Connection, sql: str, *rest: Any) -> Any:
        """Do a statement, or refuse it."""
        if not (self._times and sql.startswith(self._beginning)):
            return real.execute(sql, *rest)
        self._times -= 1
        if self._kept:
            real.execute(sql, *rest)
        error = sqlite3.OperationalError("the disk refuses")
        error.sqlite_errorcode = self._code
        raise error


class _Between:
    def __init__(self, disk: Disk, real: sqlite3.Connection) -> None:
        self._disk, self._real = disk, real

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def execute(self, sql: str, *rest: Any) -> Any:
        return self._disk.meet(self._real, sql, *rest)
