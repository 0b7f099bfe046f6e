"""The definitions of a damaged project's tables: where SQLite cannot read them they are put back as they were made.

SQLite opens no table of a file in which one definition is damaged. Where each table lies in the file is written beside
its definition, and what the definition was this program knows.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.domain.ids import uuid7
from annotator.i18n import _
from annotator.storage import connection as connections
from annotator.storage.fingerprint import ACCOUNT
from annotator.storage.layout import INDEX, statements

_MADE = re.compile(r"CREATE (TABLE|INDEX|TRIGGER) (\w+)(?: ON (\w+)| BEFORE \w+ ON (\w+))?")


@contextmanager
def legible(damaged: Path, folder: Path) -> Iterator[sqlite3.Connection]:
    """Give a reading connection to the project; to a mended copy of it where its definitions cannot be read.

    The damaged file is only read. The copy stands in `folder` meanwhile, where the user wants the project: no text of
    a project is ever put into the system's folder for temporary files. Raises UserError where there is no room for
    the copy, sqlite3.DatabaseError where no definition is left.
    """
    try:
        reader = connections.for_reading(damaged)
    except sqlite3.OperationalError:
        raise
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        with _copied(damaged, folder) as copy:
            _mend(copy)
            with closing(connections.for_reading(copy)) as mended:
                yield mended
    else:
        with closing(reader):
            yield reader


@contextmanager
def _copied(damaged: Path, folder: Path) -> Iterator[Path]:
    copy = folder / f".{uuid7()[-8:]}.damaged"
    beside = [copy.with_name(f"{copy.name}{end}") for end in ("", "-wal", "-shm", "-journal")]
    try:
        try:
            shutil.copyfile(damaged, copy)
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{damaged}-wal", beside[1])
        except OSError as error:
            raise UserError(
                _("{damaged} can only be repaired in a copy, and that could not be made: {reason}.").format(
                    damaged=damaged, reason=error.strerror or error
                )
            ) from None
        yield copy
    finally:
        for file in beside:
            file.unlink(missing_ok=True)


def _mend(copy: Path) -> None:
    """Put the definitions back that are known; drop what has none any more."""
    known = {match[2]: (match[1].lower(), match[3] or match[4] or match[2], sql) for sql, match in _known()}
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        # With it SQLite passes over definitions that it cannot read, and lets them be changed.
        connection.execute("PRAGMA writable_schema = ON")
        # The index of words is made anew from the texts.
        connection.executemany("DELETE FROM sqlite_schema WHERE name = ?", [(name,) for name in INDEX])
        rows = connection.execute("SELECT rowid, name, sql FROM sqlite_schema").fetchall()
        lost = [row[0] for row in rows if row[1] not in known and not _by_itself(str(row[1]), row[2])]
        for rowid, name, _ in rows:
            if name in known:
                _put(connection, rowid, name, known.pop(name))
        for rowid in lost:
            if len(lost) == len(known) == 1:
                # Its name was damaged too, and only one is missing.
                _put(connection, rowid, *known.popitem())
            else:
                connection.execute("DELETE FROM sqlite_schema WHERE rowid = ?", (rowid,))


def _known() -> list[tuple[str, re.Match[str]]]:
    made = ((sql.rstrip(";"), _MADE.search(sql)) for sql in statements())
    return [(sql[match.start() :], match) for sql, match in made if match]


def _by_itself(name: str, sql: str | None) -> bool:
    """Whether SQLite makes and names it (the index of a primary key), or sqlite-utils for its own account."""
    return (name.startswith("sqlite_autoindex_") and sql is None) or name in ACCOUNT


def _put(connection: sqlite3.Connection, rowid: int, name: str, made: tuple[str, str, str]) -> None:
    kind, table, sql = made
    connection.execute(
        "UPDATE sqlite_schema SET type = ?, name = ?, tbl_name = ?, sql = ? WHERE rowid = ?",
        (kind, name, table, sql, rowid),
    )
