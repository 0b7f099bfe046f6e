"""One change onto the tables, after a look whether they still are what the change was made against."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from annotator.domain.article import Article
from annotator.domain.change import KIND_OF, Change, Entry, Imported
from annotator.domain.errors import BadSpan, Stale
from annotator.domain.registry import fits, joined
from annotator.domain.span import Span
from annotator.i18n import _, later
from annotator.storage import journal
from annotator.storage.rows import TABLES, Table

_STALE = later("This was changed meanwhile, so the step no longer fits. Nothing was written.")


def apply(connection: sqlite3.Connection, change: Change, seq: int) -> str:
    """Do the change as part of step number `seq`; return its parent, the last step that touched the thing, or "".

    Raises Stale when the tables do not hold `before`; of an entry of the registry what the change touches of it.
    """
    if isinstance(change.value, Imported):
        return _apply_imported(connection, change, seq)
    table = TABLES[change.kind]
    if isinstance(change.after, Span) and not _stays(change):
        _inside(connection, change.article, (change.after,))
    if change.before is None:
        insert(connection, change.after, seq)
        return journal.last_touch(connection, change.entity)
    after = change.after
    if isinstance(change.before, Entry) and isinstance(after, Entry):
        after, head = _edited(connection, table, change.before, after)
    else:
        head = _expect(connection, table, change.before, change.article)
    if after is None:
        connection.execute(f"DELETE FROM {table.name} WHERE id = ?", (change.entity,))
    else:
        row = table.to_row(after)
        connection.execute(table.update, (*row[1:], seq, row[0]))
        _note_revision(connection, after)
    parent = connection.execute("SELECT id FROM step WHERE seq = ?", (head,)).fetchone()
    return parent[0] if parent else ""


def _stays(change: Change) -> bool:
    """Whether a span is where it was: what stands in the table is inside its text."""
    before, after = change.before, change.after
    if not isinstance(before, Span) or not isinstance(after, Span):
        return False
    return (before.fragments, before.revision) == (after.fragments, after.revision)


def insert(connection: sqlite3.Connection, value: Any, seq: int) -> None:
    """Write a value that was not there. Raises sqlite3.IntegrityError where it was."""
    table = TABLES[KIND_OF[type(value)]]
    connection.execute(table.insert, (*table.to_row(value), seq))
    _note_revision(connection, value)


def _note_revision(connection: sqlite3.Connection, value: Any) -> None:
    if isinstance(value, Article):
        connection.execute(
            "INSERT OR IGNORE INTO revision (article, n, sha256) VALUES (?, ?, ?)",
            (value.id, value.revision, value.sha256),
        )


def _inside(connection: sqlite3.Connection, article: str, spans: Sequence[Span]) -> None:
    for revision in {span.revision for span in spans}:
        row = connection.execute(
            "SELECT length FROM revision JOIN text USING (sha256) WHERE article = ? AND n = ?", (article, revision)
        ).fetchone()
        inside([span for span in spans if span.revision == revision], row[0] if row else 0)


def inside(spans: Sequence[Span], length: int) -> None:
    """Raise BadSpan where a span reaches beyond a text of so many code points.

    The last gate before the disk: whatever room made the span, it never points beyond its text.
    """
    end = max((span.fragments[-1][1] for span in spans), default=0)
    if end > length:
        raise BadSpan(
            _("A span would end at {end}, beyond the text of {length} characters.").format(end=end, length=length)
        )


def _edited(connection: sqlite3.Connection, table: Table, before: Entry, after: Entry) -> tuple[Entry, int]:
    """Return what an edit makes of the entry as it is, as the fold does, and the step that touched it last."""
    row = connection.execute(f"SELECT {table.quoted}, head FROM {table.name} WHERE id = ?", (before.id,)).fetchone()
    there = None if row is None else table.from_row(row[:-1], "")
    if there is None or not fits(there, before, after):
        raise Stale(_(_STALE))
    return joined(there, before, after), row[-1]


def _expect(connection: sqlite3.Connection, table: Table, value: Any, article: str) -> int:
    row = connection.execute(f"SELECT {table.quoted}, head FROM {table.name} WHERE id = ?", (value.id,)).fetchone()
    if row is None or table.from_row(row[:-1], article) != value:
        raise Stale(_(_STALE))
    head: int = row[-1]
    return head


def _apply_imported(connection: sqlite3.Connection, change: Change, seq: int) -> str:
    if isinstance(change.before, Imported) and isinstance(change.after, Imported):
        raise ValueError("an import is brought or taken back, never changed")
    parent = journal.last_touch(connection, change.entity)
    if isinstance(change.after, Imported):
        _bring(connection, change.after, seq)
    elif isinstance(change.before, Imported):
        _take_back(connection, change.before)
    return parent


def _bring(connection: sqlite3.Connection, value: Imported, seq: int) -> None:
    if value.article is not None:
        insert(connection, value.article, seq)
    for layer in value.layers:
        insert(connection, layer, seq)
    _inside(connection, value.id, value.spans)
    for kind, values in (("span", value.spans), ("relation", value.relations), ("group", value.groups)):
        if values:
            table = TABLES[kind]
            to_row = table.to_row
            connection.executemany(table.insert, [(*to_row(item), seq) for item in values])


def _take_back(connection: sqlite3.Connection, value: Imported) -> None:
    for item in reversed(tuple(value.values())):
        table = TABLES[KIND_OF[type(item)]]
        _expect(connection, table, item, value.id)
        connection.execute(f"DELETE FROM {table.name} WHERE id = ?", (item.id,))
