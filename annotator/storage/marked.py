"""What is marked in a project, read a portion at a time: no index knows it, for each would cost every key a page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator

from annotator.domain.article import Layer
from annotator.domain.marked import Marked
from annotator.storage.faults import told
from annotator.storage.reader import Reader

PORTION = 4_000
"""Rows that are looked at in some milliseconds."""
_MARK = "coalesce(CASE WHEN extra LIKE '%\"mark\"%' THEN json_extract(extra, '$.mark') END, 'ok')"
_SQL = """
    SELECT '{kind}', one.id, layer.article, layer.id, layer.kind, layer.owner, one.state, one.note <> ''
    FROM {table} AS one CROSS JOIN layer ON layer.id = one.layer
    WHERE one.rowid > ? AND one.rowid <= ? AND (one.state <> 'ok' OR one.note <> '')"""
_OF_LAYERS = f"""
    SELECT 'layer', id, article, id, kind, owner, {_MARK} AS mark, note <> '' FROM layer
    WHERE rowid > ? AND rowid <= ? AND (note <> '' OR mark IN ('discuss', 'unsure'))"""
# The few that are marked by themselves come before the many spans.
_LOOKS = (
    ("layer", _OF_LAYERS),
    ("span_group", _SQL.format(kind="group", table="span_group")),
    ("relation", _SQL.format(kind="relation", table="relation")),
    ("span", _SQL.format(kind="span", table="span")),
)


def marked(reader: Reader) -> Iterator[tuple[list[Marked], int, int]]:
    """Yield what is marked in all layers: what a portion of rows holds, how many were looked at, of how many."""
    with told(reader.path):
        ends = [_end(reader.connection, table) for table, _sql in _LOOKS]
    done, total = 0, sum(ends)
    for (_table, sql), end in zip(_LOOKS, ends, strict=True):
        for after in range(0, end, PORTION):
            with told(reader.path):
                rows = reader.connection.execute(sql, (after, after + PORTION)).fetchall()
            done += min(PORTION, end - after)
            yield [_marked(row) for row in rows], done, total


def next_article(reader: Reader, among: Collection[str], after: str, by: int) -> str | None:
    """Return the next (1) or previous (-1) of these articles (ids) in project order, at last `after` itself."""
    order, beyond = ("ASC", ">") if by > 0 else ("DESC", "<")
    sql = f"""
        SELECT id FROM article WHERE id IN (SELECT value FROM json_each(:among))
        ORDER BY (position, id) {beyond} (SELECT position, id FROM article WHERE id = :after) DESC,
          id = :after, position {order}, id {order} LIMIT 1"""
    with told(reader.path):
        rows = reader.connection.execute(sql, {"among": json.dumps(list(among)), "after": after}).fetchall()
    return str(rows[0][0]) if rows else None


def _end(connection: sqlite3.Connection, table: str) -> int:
    row = connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()
    return int(row[0] or 0)


def _marked(row: tuple[str, str, str, str, str, str, str, int]) -> Marked:
    kind, id, article, layer, of, owner, state, noted = row
    # A layer with a note may have a mark of somebody else's program: it is none of ours.
    state = state if state in ("discuss", "unsure") else "ok"
    return Marked(kind, id, article, Layer(layer, article, of, owner), state, bool(noted))
