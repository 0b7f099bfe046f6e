"""What the tables are told apart by."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from annotator.storage import fingerprint


def test_a_definition_that_a_flipped_bit_made_bytes_is_another_one() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE a (x)")
        before = fingerprint.fingerprint(connection)
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = CAST(sql AS BLOB)")
        assert fingerprint.fingerprint(connection) != before
