"""Connections to a project's file: looked at before they are made, their settings read back after."""

from __future__ import annotations

import sqlite3
import struct
from pathlib import Path

from annotator.domain.errors import NotAProject, UserError
from annotator.i18n import _
from annotator.storage.layout import APPLICATION_ID, LAYOUT

SQLITE_VERSION = sqlite3.sqlite_version
_MAGIC = b"SQLite format 3\x00"
_PRAGMAS: dict[str, int | str] = {
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "recursive_triggers": 1,
    "mmap_size": 0,
}
# 32,000 KiB at most: what a chunk of an import changes is written once, and not for want of room in between.
_WRITING: dict[str, int | str] = {"journal_mode": "wal", "synchronous": 2, "cache_size": -32_000}
_STAGING: dict[str, int | str] = {"journal_mode": "off", "synchronous": 0, "cache_size": -64_000}
# For a file that was made to be slow or huge; the longest article's import takes some 40 MB.
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 200_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 10,
}
_NO_ROOM = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
# A full disk.
_NO_SHARED_MEMORY = (sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMOPEN, sqlite3.SQLITE_IOERR_SHMMAP)
_WAIT = 10.0  # seconds for another program's transaction


def look(path: Path) -> int:
    """Look at the file's head, before connecting; return its layout.

    What is not a project of ours, or of a newer version, is refused.

    Must not be called while this process has the file open: closing it would drop SQLite's own locks (POSIX).
    Raises UserError, NotAProject.
    """
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise UserError(_("{path}: no such project; `annotator new {path}` makes one.").format(path=path)) from None
    except OSError as error:
        raise UserError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror or error)
        ) from None
    if len(head) < 100 or head[:16] != _MAGIC:
        raise NotAProject(_("{path} is not an Annotator project.").format(path=path))
    (layout,) = struct.unpack(">i", head[60:64])
    (application,) = struct.unpack(">i", head[68:72])
    if application != APPLICATION_ID:
        raise NotAProject(_("{path} is a database of another program, not an Annotator project.").format(path=path))
    if layout < 0:
        raise NotAProject(_("{path} is damaged: it names no layout. Restore a backup.").format(path=path))
    if layout > LAYOUT:
        raise NotAProject(
            _(
                "{path} was made by a newer version of Annotator (layout {layout}, this one knows "
                "{known}). It was not touched; install the newer version to open it."
            ).format(path=path, layout=layout, known=LAYOUT)
        )
    return int(layout)


def for_writing(path: Path) -> sqlite3.Connection:
    """Return the one connection that may write; use it only under the store's lock and inside a transaction."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=_WAIT, check_same_thread=False)
    _set(connection, _WRITING | _PRAGMAS)
    return connection


def for_reading(path: Path) -> sqlite3.Connection:
    """Return a connection that cannot write, for the calling thread alone.

    Where nothing can be written beside the project (a read-only folder, a full disk) it is read as it stands, without
    SQLite's shared memory. Raises sqlite3.Error, and UserError where that would leave out what stands in its -wal.
    """
    connection = _reading(path, "mode=ro")
    try:
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in _NO_ROOM and error.sqlite_errorcode not in _NO_SHARED_MEMORY:
            raise
        wal = path.with_name(f"{path.name}-wal")
        if wal.is_file() and wal.stat().st_size:
            raise UserError(
                _(
                    "{path} stands where nothing can be written now, and {name} beside it holds work "
                    "that is not folded in yet. Make room, or copy both files to a folder of your own "
                    "and open the copy."
                ).format(path=path, name=wal.name)
            ) from None
        connection = _reading(path, "immutable=1")
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        connection.close()
        raise
    return connection


def for_staging(path: Path, project: Path) -> sqlite3.Connection:
    """Return a connection to a new file that nobody needs to keep, with the project beside it as `here`, read only."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=_WAIT, uri=True)
    _set(connection, _STAGING | _PRAGMAS)
    connection.execute("ATTACH ? AS here", (f"{project.resolve().as_uri()}?mode=ro",))
    return connection


def for_tidying(path: Path) -> sqlite3.Connection:
    """Return a connection that changes nothing and waits for nobody, but as the last one takes -wal and -shm away.

    Raises sqlite3.Error and UserError.
    """
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=0)
    _set(connection, _PRAGMAS | {"query_only": 1})
    return connection


def _reading(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None, timeout=_WAIT)
    _set(connection, _PRAGMAS)
    return connection


def _set(connection: sqlite3.Connection, pragmas: dict[str, int | str]) -> None:
    """Set limits and pragmas and read these back; the connection is closed where that fails."""
    try:
        for limit, most in _LIMITS.items():
            connection.setlimit(limit, most)
        for name, wanted in pragmas.items():
            connection.execute(f"PRAGMA {name} = {wanted}")
            row = connection.execute(f"PRAGMA {name}").fetchone()
            # mmap_size answers with no row where SQLite was built without it.
            if row is not None and row[0] != wanted:
                raise UserError(
                    _("SQLite here does not keep {name} = {wanted} (it says {row}); work cannot be kept safe.").format(
                        name=name, wanted=wanted, row=row[0]
                    )
                )
    except BaseException:
        connection.close()
        raise
