"""A step into the tables and the journal, inside a transaction of the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from annotator.domain.article import Annotator
from annotator.domain.change import Change
from annotator.storage import journal
from annotator.storage.apply import apply
from annotator.storage.journal import StepRecord
from annotator.storage.store import Store


@contextmanager
def transaction(store: Store, annotator: str, device: str) -> Iterator[Writing]:
    """Let one person on one device write in one transaction: all of it is kept, or nothing.

    Raises ReadOnly, Stale, UserError.
    """
    with store.writing() as connection:
        yield Writing(connection, annotator, device)


class Writing:
    """What one person on one device may write while a transaction is open."""

    def __init__(self, connection: sqlite3.Connection, annotator: str, device: str) -> None:
        self._connection = connection
        self._line = (annotator, device)

    def stored_changes(self, seq: int) -> tuple[Change, ...]:
        """Return the changes of the step with this local number."""
        return tuple(record.change() for record in journal.changes(self._connection, seq))

    def record(self, header: StepRecord, changes: Sequence[Change]) -> None:
        """Do the changes and append the step to the journal; lamport, payload and chain hash are filled in here.

        Raises Stale where the tables do not hold what a change starts from.
        """
        connection = self._connection
        seq, lamport = connection.execute(
            "SELECT (SELECT coalesce(max(seq), 0) FROM step), (SELECT coalesce(max(lamport), 0) FROM step)"
        ).fetchone()
        seq += 1
        records = [journal.recorded(change, apply(connection, change, seq)) for change in changes]
        last = journal.last_of_line(connection, *self._line)
        step = replace(
            header,
            lamport=lamport + 1,
            payload_sha256=journal.payload_sha256(records),
            prev_hash=last.hash() if last else "",
        )
        journal.insert(connection, seq, step, records)

    def annotator(self, id: str) -> Annotator | None:
        """Return how the project knows this person."""
        row = self._connection.execute("SELECT id, name FROM annotator WHERE id = ?", (id,)).fetchone()
        return Annotator(*row) if row else None

    def keep_texts(self, texts: Mapping[str, str]) -> None:
        """Store texts by fingerprint; one that is there already is the same one."""
        keep_texts(self._connection, texts)


def keep_texts(connection: sqlite3.Connection, texts: Mapping[str, str]) -> None:
    """Store texts by fingerprint, in an open transaction."""
    connection.executemany(
        "INSERT OR IGNORE INTO text (sha256, length, body) VALUES (?, ?, ?)",
        [(sha256, len(body), body) for sha256, body in texts.items()],
    )
