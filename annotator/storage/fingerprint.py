"""Are a project's tables the ones this program made? By the SHA-256 of what SQLite says about them."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path

from annotator.domain.errors import NotAProject
from annotator.i18n import _
from annotator.storage.layout import FINGERPRINTS, LAYOUT, LEAD

_PATIENCE = 2.0
"""Seconds for looking at a file that may have been made to be slow."""
_BETWEEN_LOOKS = 1_000
"""Instructions of SQLite's machine between two looks at the clock."""
# sqlite-utils keeps its own account of migrations; its versions write these two a little differently.
ACCOUNT = ("_sqlite_migrations", "idx__sqlite_migrations_migration_set_name")


def fingerprint(connection: sqlite3.Connection) -> str:
    """Return the SHA-256 (hexadecimal) over name and definition of every table, index, trigger and view.

    Raises sqlite3.OperationalError where that takes longer than two seconds.
    """
    until = time.monotonic() + _PATIENCE
    connection.set_progress_handler(lambda: time.monotonic() > until, _BETWEEN_LOOKS)
    try:
        rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
    finally:
        connection.set_progress_handler(None, 0)
    digest = hashlib.sha256()
    for kind, name, table, sql in rows:
        if kind in ("table", "index") and table == ACCOUNT[0] and name in ACCOUNT:
            continue
        # A flipped bit makes bytes of a text; whatever that says, it is not what we wrote.
        words = " ".join((sql or "").split()) if isinstance(sql, str | None) else sql
        digest.update(repr((kind, name, table, words)).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def seal(about: Mapping[str, str]) -> str:
    """Return what shows that a project's entries are as they were written: 16 hexadecimal digits."""
    parts = [about.get(key, "") for key in ("id", "name", "created", "program")]
    if LEAD in about:
        parts.append(about[LEAD])
    return hashlib.sha256(repr(parts).encode("utf-8")).hexdigest()[:16]


def verify(connection: sqlite3.Connection, path: Path, layout: int = LAYOUT) -> None:
    """Raise NotAProject where the tables are not those of the layout; a foreign trigger or view may do anything."""
    try:
        found = fingerprint(connection)
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        found = ""
    if found != FINGERPRINTS.get(layout):
        raise NotAProject(
            _(
                "{path} holds other tables than an Annotator project: another program changed it, or "
                "it is damaged. It was not touched; `annotator repair {path} -o NEW` saves what can "
                "be saved."
            ).format(path=path)
        )
