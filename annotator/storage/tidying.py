"""What a reader leaves beside a project: an empty -wal and its -shm, which no connection that only reads may remove."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.storage import connection as connections
from annotator.storage.lock import Held, Lock, lock_file


def tidy(path: Path) -> None:
    """Make a project one file again where nobody has it open any more; else, and where that fails, nothing happens.

    A -wal that holds something stays: it is a program's that writes, or what a crash left, to be looked at first.
    """
    wal = path.resolve()
    wal = wal.with_name(f"{wal.name}-wal")
    try:
        if wal.stat().st_size:
            return
    except OSError:
        return  # none is there
    with suppress(Held, UserError, OSError, sqlite3.Error, UnicodeDecodeError):
        # Held: who writes takes them away when done. Where there never was a lock none is made, for it would stay.
        # SQLite lets only a connection that is alone with the file remove anything, and this one writes nothing.
        lock = Lock.take(lock_file(path)) if lock_file(path).exists() else None
        try:
            with closing(connections.for_tidying(path)) as connection:
                connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
        finally:
            if lock is not None:
                lock.release()
