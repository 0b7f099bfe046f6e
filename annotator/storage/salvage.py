"""Rows out of a damaged file: what can be read is read, what cannot is counted and passed over."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

_BEYOND = 1_000
"""Numbers of rows in a row that may be missing before the end is believed."""


class Salvage:
    """Reads the tables of a connection to a damaged file; `unread` counts what could not be read, by table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # A flipped bit may leave what is no UTF-8; fingerprints tell that it is not what was written.
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        self.unread: dict[str, int] = {}
        rows = connection.execute("SELECT name, type, sql FROM sqlite_schema").fetchall()
        self._tables = {name for name, kind, sql in rows if kind == "table" and _is_plain(sql)}

    def rows(self, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a table in the order of their numbers; none of a table that is no plain one."""
        if table not in self._tables:
            self.unread[table] = 1
            return
        last = 0
        while True:
            try:
                for number, *row in self._connection.execute(
                    f"SELECT rowid, {columns} FROM {table} WHERE rowid > ? ORDER BY rowid", (last,)
                ):
                    yield tuple(row)
                    last = number
                return
            except sqlite3.DatabaseError:
                found = self._next(table, columns, last)
                if found is None:
                    return
                last, row = found
                yield row

    def plain(self, table: str, columns: str) -> list[tuple[Any, ...]]:
        """Return all rows of a table without row numbers. Raises sqlite3.DatabaseError where one cannot be read."""
        return self._connection.execute(f"SELECT {columns} FROM {table}").fetchall() if table in self._tables else []

    def _next(self, table: str, columns: str, last: int) -> tuple[int, tuple[Any, ...]] | None:
        """Return number and content of the next row that can be read by its number alone."""
        self.unread.setdefault(table, 0)
        end = self._end(table, last)
        number = last
        while number < end:
            number += 1
            try:
                row = self._connection.execute(f"SELECT {columns} FROM {table} WHERE rowid = ?", (number,)).fetchone()
            except sqlite3.DatabaseError:
                self.unread[table] += 1
                continue
            if row is not None:
                return number, row
        return None

    def _end(self, table: str, last: int) -> int:
        try:
            (end,) = self._connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()
        except sqlite3.DatabaseError:
            return last + _BEYOND
        return end or last


def _is_plain(sql: str | None) -> bool:
    words = (sql or "").upper().split()
    return words[:2] == ["CREATE", "TABLE"] and " AS (" not in " ".join(words) and "GENERATED" not in words
