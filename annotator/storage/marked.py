"""What is marked in a project, read a portion at a time: no index knows it, for each would cost every key a page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from typing import Any

from annotator.domain.article import Layer
from annotator.domain.marked import Marked, whats
from annotator.storage.faults import told
from annotator.storage.reader import Reader

PORTION = 4_000
"""Rows that are looked at in some milliseconds."""
_MARK = "coalesce(CASE WHEN extra LIKE '%\"mark\"%' THEN json_extract(extra, '$.mark') END, 'ok')"
_SQL = """
    SELECT '{kind}', one.id, layer.id, layer.article, layer.kind, layer.owner, one.state, one.note <> ''
    FROM {table} AS one CROSS JOIN layer ON layer.id = one.layer
    WHERE one.rowid > :after AND one.rowid <= :last AND (one.state <> 'ok' OR one.note <> '')"""
_OF_LAYERS = f"""
    SELECT 'layer', id, id, article, kind, owner, {_MARK} AS mark, note <> '' FROM layer
    WHERE rowid > :after AND rowid <= :last AND (note <> '' OR mark IN ('discuss', 'unsure'))"""
_LOOKS = {
    # The few that are marked by themselves come before the many spans.
    "layer": _OF_LAYERS,
    "span_group": _SQL.format(kind="group", table="span_group"),
    "relation": _SQL.format(kind="relation", table="relation"),
    "span": _SQL.format(kind="span", table="span"),
}
# Most spans are told by their version alone.
_IS_OLDER = """(one.scheme_version < :newest AND
    coalesce((SELECT one.scheme_version < value FROM json_each(:since) WHERE key = one.label), 0))"""
_OLDER = f"""
    SELECT layer.id, layer.article, layer.kind, layer.owner FROM (
      SELECT DISTINCT layer AS id FROM span AS one WHERE one.rowid > :after AND one.rowid <= :last AND {_IS_OLDER}
    ) AS found CROSS JOIN layer ON layer.id = found.id"""

_FEW = 2_000
Portion = tuple[list[Marked], int, int]
"""What some rows hold, how many were looked at, of how many."""


def marked(reader: Reader) -> Iterator[Portion]:
    """Yield what is marked in all layers, a portion at a time."""
    with told(reader.path):
        ends = [_end(reader.connection, table) for table in _LOOKS]
    done, total = 0, sum(ends)
    for sql, end in zip(_LOOKS.values(), ends, strict=True):
        for rows, looked in _portions(reader, sql, end, {}):
            done += looked
            yield [_marked(row) for row in rows], done, total


def older(reader: Reader, since: Mapping[str, int]) -> Iterator[tuple[list[Layer], int, int]]:
    """Yield the layers that hold spans older than what their label means, a portion at a time, as `marked` does.

    `since` says for labels (by id) the version of the scheme since which they mean what they mean.
    """
    if not since:
        return
    with told(reader.path):
        end = _end(reader.connection, "span")
    done = 0
    for rows, looked in _portions(reader, _OLDER, end, _given(since)):
        done += looked
        yield [Layer(*row) for row in rows], done, end


def still_older(reader: Reader, since: Mapping[str, int], layer: str) -> bool:
    """Whether a layer (its id) holds a span older than what its label means."""
    sql = f"SELECT EXISTS (SELECT 1 FROM span AS one WHERE one.layer = :layer AND {_IS_OLDER})"
    with told(reader.path):
        row = reader.connection.execute(sql, {"layer": layer} | _given(since)).fetchone()
    return bool(row[0])


def _given(since: Mapping[str, int]) -> dict[str, Any]:
    return {"since": json.dumps(dict(since)), "newest": max(since.values(), default=0)}


def _portions(reader: Reader, sql: str, end: int, given: Mapping[str, Any]) -> Iterator[tuple[list[Any], int]]:
    for after in range(0, end, PORTION):
        with told(reader.path):
            rows = reader.connection.execute(sql, {"after": after, "last": after + PORTION, **given}).fetchall()
        yield rows, min(PORTION, end - after)


def next_article(reader: Reader, among: Collection[str], after: str, by: int) -> str | None:
    """Return the next (1) or previous (-1) of these articles (ids) in project order, at last `after` itself."""
    order, beyond, rest = ("ASC", ">", "<=") if by > 0 else ("DESC", "<", ">=")
    # Few are sorted; of many one comes soon on the way.
    few = "id IN (SELECT value FROM json_each(:among)) AND" if len(among) <= _FEW else ""
    given = {"among": json.dumps(list(among)) if few else "", "after": after}
    for which in (beyond, rest):
        sql = (
            f"SELECT id FROM article WHERE {few} (position, id) {which} (SELECT position, id FROM article "
            f"WHERE id = :after) ORDER BY position {order}, id {order}"
        )
        with told(reader.path), closing(reader.connection.execute(sql, given)) as rows:
            for (id,) in rows:
                if id in among:
                    return str(id)
    return None


def _end(connection: sqlite3.Connection, table: str) -> int:
    row = connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()
    return int(row[0] or 0)


def _marked(row: tuple[str, str, str, str, str, str, str, int]) -> Marked:
    kind, id, layer, article, of, owner, state, noted = row
    # What is no mark of ours, in a file of somebody else's, is none.
    return Marked(kind, id, Layer(layer, article, of, owner), whats(state, bool(noted)))
