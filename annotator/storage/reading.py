"""A connection that reads a project and cannot write: opened, asked, held at one moment, given back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotator.storage import connection as connections
from annotator.storage import fingerprint
from annotator.storage.faults import told


class Reading:
    """What every reader of a project stands on; for one thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with told(path):
            self._read = connections.for_reading(path)
            try:
                fingerprint.verify(self._read, path)
            except BaseException:
                self._read.close()
                raise

    def close(self) -> None:
        """Give the connection back; who is the last one leaves the project one file."""
        # Imported here: a start ends with none.
        from annotator.storage import tidying

        self._read.close()
        tidying.tidy(self.path)

    def rows(self, sql: str, parameters: Mapping[str, Any] | tuple[Any, ...] = ()) -> list[Any]:
        """Return what a query of this room finds. Raises as everything that reads (`faults.told`)."""
        # Always to the end: a cursor left half read would hold a read transaction and let the -wal grow.
        with told(self.path):
            return self._read.execute(sql, parameters).fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all reads of the block see the project at one moment; keep it short, the -wal grows meanwhile."""
        with told(self.path):
            self._read.execute("BEGIN")
        try:
            yield
        finally:
            self._read.execute("COMMIT")

    @property
    def connection(self) -> sqlite3.Connection:
        """The reading connection, for the other files of this room."""
        return self._read
