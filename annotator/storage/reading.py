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

    sealed_for = ""
    """The annotator (id) for whom it is blind to what is sealed for them (`sealing`), "" for nobody."""
    sealed = False
    """Whether something is assigned to them that seals something."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._all_of_it: sqlite3.Connection | None = None
        self._again: dict[str, bool] = {}  # who (id) has a second reading; until assignments change
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

        self._close_connections()
        tidying.tidy(self.path)

    def _close_connections(self) -> None:
        if self._all_of_it is not None:
            self._all_of_it.close()
            self._all_of_it = None
        self._read.close()

    def seal(self, me: str) -> None:
        """Be blind from now on to what is sealed for an annotator (id), "" for nobody; again after assignments changed.

        Raises as everything that reads.
        """
        # Imported here: most projects seal nothing.
        with told(self.path):
            sealed = bool(me) and self._seals(me)
            if sealed or self.sealed:
                from annotator.storage import sealing

                if sealed:
                    sealing.seal(self._read, me)
                else:
                    sealing.unseal(self._read)
        self.sealed_for, self.sealed = me, sealed
        self._again.clear()

    def _seals(self, me: str) -> bool:
        sql = "SELECT EXISTS (SELECT 1 FROM main.assignment WHERE annotator = ? AND (blind OR round > 1))"
        return bool(self._read.execute(sql, (me,)).fetchone()[0])

    @property
    def blind(self) -> bool:
        """Whether something is sealed at this moment, whether or not anybody did anything there."""
        if not self.sealed:
            return False
        from annotator.storage import sealing

        with told(self.path):
            return sealing.some_open(self._read, self.sealed_for)

    @property
    def all_of_it(self) -> sqlite3.Connection:
        """A reading connection that is not sealed: for what must be whole (undo, ids that are taken)."""
        if not self.sealed:
            return self._read
        if self._all_of_it is None:
            with told(self.path):
                self._all_of_it = connections.for_reading(self.path)
        return self._all_of_it

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
            if self._read.in_transaction:  # a disk that cannot be read may have ended it
                self._read.execute("COMMIT")

    @property
    def connection(self) -> sqlite3.Connection:
        """The reading connection, for the other files of this room."""
        return self._read
