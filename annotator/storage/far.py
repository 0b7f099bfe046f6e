"""Spans of other articles, and the relations that lead to them and from them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.domain.relation import Relation
from annotator.domain.span import Fragments, quoted
from annotator.storage.rows import TABLES

WORDS = 120
"""Code points of a fragment that are read."""
_CHUNK = 400
"""Spans that are read at once: between two of them a key may be heard."""


class FarSpan(NamedTuple):
    """A span as other articles see it: its words on one line, and the article it stands in (id and title).

    `owner` is the annotator of its layer, "" where that came with a file.
    """

    id: str
    article: str
    title: str
    layer: str
    owner: str
    label: str
    words: str


def relations_at(connection: sqlite3.Connection, span: str) -> list[Relation]:
    """Return all relations that begin or end at a span (its id), in whichever article and layer, by id."""
    table = TABLES["relation"]
    rows = connection.execute(
        f"SELECT {table.qualified}, layer.article FROM relation JOIN layer ON layer.id = relation.layer "
        "WHERE source = :span OR target = :span ORDER BY relation.id",
        {"span": span},
    ).fetchall()
    return [table.from_row(row[:-1], row[-1]) for row in rows]


def relations_into(connection: sqlite3.Connection, articles: Iterable[str]) -> list[Relation]:
    """Return the relations that lead from other articles to spans of these (ids), in whichever layer, by id."""
    table = TABLES["relation"]
    rows = connection.execute(
        f"""SELECT {table.qualified}, home.article FROM layer JOIN span ON span.layer = layer.id
        JOIN relation ON relation.target = span.id JOIN layer AS home ON home.id = relation.layer
        WHERE layer.article IN (SELECT value FROM json_each(:articles))
          AND home.article NOT IN (SELECT value FROM json_each(:articles)) ORDER BY relation.id""",
        {"articles": json.dumps(list(articles))},
    ).fetchall()
    return [table.from_row(row[:-1], row[-1]) for row in rows]


_COLUMNS = """SELECT span.rowid, span.id, layer.article, article.title, span.layer, layer.owner, span.label,
  span.start, span."end", span.fragments, revision.sha256"""
_JOINED = """JOIN article ON article.id = layer.article
  JOIN revision ON revision.article = article.id AND revision.n = span.revision"""


def spans(connection: sqlite3.Connection, ids: Iterable[str], where: str, parameters: dict[str, str]) -> list[FarSpan]:
    """Return those of the spans (ids) that stand in layers which `where` (SQL on `layer`) lets see."""
    rows = connection.execute(
        f"{_COLUMNS} FROM span JOIN layer ON layer.id = span.layer {_JOINED} "
        f"WHERE span.id IN (SELECT value FROM json_each(:ids)) AND {where}",
        {"ids": json.dumps(list(ids)), **parameters},
    ).fetchall()
    return [_span(connection, row) for row in rows]


def candidates(
    connection: sqlite3.Connection, labels: Iterable[str], without: str, where: str, parameters: dict[str, str]
) -> Iterator[list[FarSpan]]:
    """Yield the spans of some labels (ids) in all articles but one (its id), in project order, a few at a time.

    An article that is gone by the time it would be read is left out.
    """
    wanted = {"labels": json.dumps(sorted(labels)), **parameters}
    articles = connection.execute("SELECT id FROM article WHERE id <> ? ORDER BY position, id", (without,)).fetchall()
    sql = f"""{_COLUMNS} FROM layer JOIN span ON span.layer = layer.id {_JOINED}
      WHERE layer.id = :layer AND span.rowid > :last AND span.label IN (SELECT value FROM json_each(:labels))
      ORDER BY span.rowid LIMIT {_CHUNK}"""
    for (article,) in articles:
        layers = connection.execute(
            f"SELECT id FROM layer WHERE article = :article AND {where}", {"article": article, **parameters}
        ).fetchall()
        for (layer,) in layers:
            last = -1
            while rows := connection.execute(sql, {**wanted, "layer": layer, "last": last}).fetchall():
                last = rows[-1][0]
                yield [_span(connection, row) for row in rows]
                if len(rows) < _CHUNK:
                    break


def _span(connection: sqlite3.Connection, row: tuple[object, ...]) -> FarSpan:
    _number, id, article, title, layer, owner, label, start, end, fragments, sha256 = row
    places: Fragments = tuple((a, b) for a, b in json.loads(str(fragments))) if fragments else ((start, end),)  # type: ignore[assignment]
    low, high = places[0][0], min(places[-1][1], places[0][0] + 4 * WORDS)
    (text,) = connection.execute(
        "SELECT substr(body, ?, ?) FROM text WHERE sha256 = ?", (low + 1, high - low, sha256)
    ).fetchone()
    near = tuple((a - low, b - low) for a, b in places if a < high)
    seen = quoted(text, near, WORDS)
    return FarSpan(str(id), str(article), str(title), str(layer), str(owner), str(label), seen)
