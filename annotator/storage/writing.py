"""A step into the tables and the journal, inside a transaction of the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class _End:
    """Where the journal ends: local number and lamport of its last step, hash of the last one of the writer's line."""

    seq: int
    lamport: int
    hash: str


class Writing:
    """What one person on one device may write while a transaction is open."""

    def __init__(self, connection: sqlite3.Connection, annotator: str, device: str) -> None:
        self._connection = connection
        self._line = (annotator, device)
        # Nobody else writes while the transaction is open: what was asked once need not be asked at every step.
        self._people: dict[str, Annotator | None] = {}
        self._end: _End | None = None

    def stored_changes(self, seq: int) -> tuple[Change, ...]:
        """Return the changes of the step with this local number."""
        return tuple(record.change() for record in journal.changes(self._connection, seq))

    def record(self, header: StepRecord, changes: Sequence[Change]) -> None:
        """Do the changes and append the step to the journal; lamport, payload and chain hash are filled in here.

        Raises Stale where the tables do not hold what a change starts from.
        """
        connection = self._connection
        end = self._end or self._found_end()
        seq = end.seq + 1
        records: list[journal.ChangeRecord] = []
        for change in changes:
            records.append(journal.recorded(change, apply(connection, change, seq)))
            if change.kind == "annotator":
                self._people.pop(change.entity, None)
        step = replace(
            header, lamport=end.lamport + 1, payload_sha256=journal.payload_sha256(records), prev_hash=end.hash
        )
        journal.insert(connection, seq, step, records)
        if (step.annotator, step.device) == self._line:
            end = replace(end, hash=step.hash())
        self._end = replace(end, seq=seq, lamport=step.lamport)

    def _found_end(self) -> _End:
        seq, lamport = self._connection.execute(
            "SELECT (SELECT coalesce(max(seq), 0) FROM step), (SELECT coalesce(max(lamport), 0) FROM step)"
        ).fetchone()
        last = journal.last_of_line(self._connection, *self._line)
        return _End(seq, lamport, last.hash() if last else "")

    def annotator(self, id: str) -> Annotator | None:
        """Return how the project knows this person."""
        if id not in self._people:
            row = self._connection.execute("SELECT id, name FROM annotator WHERE id = ?", (id,)).fetchone()
            self._people[id] = Annotator(*row) if row else None
        return self._people[id]

    def keep_texts(self, texts: Mapping[str, str]) -> None:
        """Store texts by fingerprint; one that is there already is the same one."""
        keep_texts(self._connection, texts)


def keep_texts(connection: sqlite3.Connection, texts: Mapping[str, str]) -> None:
    """Store texts by fingerprint, in an open transaction."""
    connection.executemany(
        "INSERT OR IGNORE INTO text (sha256, length, body) VALUES (?, ?, ?)",
        [(sha256, len(body), body) for sha256, body in texts.items()],
    )
