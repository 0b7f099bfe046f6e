"""Rows that wait to be written together, a table after the other in the order of their references."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from annotator.domain.change import Imported
from annotator.domain.journalled import ChangeRecord, StepRecord
from annotator.storage import journal
from annotator.storage.rows import TABLES, Row

_TEXT = "text (sha256, length, body)"
_REVISION = "revision (article, n, sha256)"
_ORDER = (
    _TEXT,
    TABLES["article"].into,
    _REVISION,
    TABLES["layer"].into,
    TABLES["span"].into,
    TABLES["relation"].into,
    TABLES["group"].into,
    journal.INTO_STEP,
    journal.INTO_CHANGE,
)
# The same text, or the same revision of an article, may be there already.
_REPEATABLE = frozenset((_TEXT, _REVISION))


class Insertions:
    """New rows, collected until `write`."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {into: [] for into in _ORDER}

    def add_text(self, sha256: str, body: str) -> None:
        """A text under its fingerprint; one that is there already is the same one."""
        self._rows[_TEXT].append((sha256, len(body), body))

    def add_imported(self, value: Imported, seq: int) -> None:
        """Everything that an import brought for one article, as part of step number `seq`."""
        for kind, values in (
            ("article", () if value.article is None else (value.article,)),
            ("layer", value.layers),
            ("span", value.spans),
            ("relation", value.relations),
            ("group", value.groups),
        ):
            if values:
                table = TABLES[kind]
                to_row = table.to_row
                self._rows[table.into].extend([(*to_row(item), seq) for item in values])
        if value.article is not None:
            self._rows[_REVISION].append((value.article.id, value.article.revision, value.article.sha256))

    def add_step(self, seq: int, step: StepRecord, changes: Iterable[ChangeRecord]) -> None:
        """A step of the journal as it is."""
        self._rows[journal.INTO_STEP].append(journal.step_row(seq, step))
        self._rows[journal.INTO_CHANGE].extend(journal.change_rows(seq, changes))

    def write(self, connection: sqlite3.Connection) -> None:
        """Write all of it, in an open transaction. Raises sqlite3.IntegrityError where a value was there."""
        for into, rows in self._rows.items():
            if rows:
                how = "INSERT OR IGNORE" if into in _REPEATABLE else "INSERT"
                connection.executemany(f"{how} INTO {into} VALUES ({', '.join('?' * len(rows[0]))})", rows)
