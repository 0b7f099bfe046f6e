"""What review reads: which layers there are, which articles have several of them, and the ground of one article."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from annotator.domain.article import VisibleLayers
from annotator.domain.change import Decision
from annotator.domain.layerref import CONSENSUS_REF, LayerRef
from annotator.domain.relation import Group, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.sides import Ground, Side, alike_elsewhere, empty, sorted_decisions
from annotator.domain.span import Fragments, Span
from annotator.storage.reader import Reader
from annotator.storage.rows import TABLES


class Found(NamedTuple):
    """A layer that can be chosen: in how many articles it stands, in how many of them it is done."""

    ref: LayerRef
    articles: int
    done: int


def layers(reader: Reader) -> list[Found]:
    """Return which layers there are, annotators' first, the consensus last; suggestions are nobody's reading."""
    rows = reader.rows(
        "SELECT kind, owner, CASE kind WHEN 'imported' THEN name ELSE '' END AS called, round, "
        "count(DISTINCT article), count(DISTINCT CASE state WHEN 'done' THEN article END) "
        "FROM layer WHERE kind <> 'suggested' GROUP BY kind, owner, called, round "
        "ORDER BY kind = 'consensus', kind, owner, called, round"
    )
    return [Found(LayerRef(*row[:4]), row[4], row[5]) for row in rows]


def articles(reader: Reader, refs: Sequence[LayerRef], least: int = 2) -> list[str]:
    """Return the articles (ids), in project order, that have at least so many of the layers."""
    rows = reader.rows(
        f"SELECT layer.article FROM layer JOIN article ON article.id = layer.article WHERE {_AMONG} "
        "GROUP BY layer.article HAVING count(*) >= :least ORDER BY article.position, article.id",
        {"refs": _refs(refs), "least": least},
    )
    return [row[0] for row in rows]


def finished(reader: Reader, refs: Sequence[LayerRef]) -> dict[str, bool]:
    """Return whether all of the layers are done in each article (id) that has at least two, in project order."""
    rows = reader.rows(
        "SELECT layer.article, min(layer.state = 'done') FROM layer JOIN article ON article.id = layer.article "
        f"WHERE {_AMONG} GROUP BY layer.article HAVING count(*) >= 2 ORDER BY article.position, article.id",
        {"refs": _refs(refs)},
    )
    return {row[0]: bool(row[1]) for row in rows}


_AMONG = """EXISTS (SELECT 1 FROM json_each(:refs) AS ref WHERE layer.kind = ref.value ->> 0
    AND layer.owner = ref.value ->> 1 AND layer.round = ref.value ->> 3
    AND (layer.kind <> 'imported' OR layer.name = ref.value ->> 2))"""


def _refs(refs: Sequence[LayerRef]) -> str:
    return json.dumps([list(ref) for ref in refs])


def decided_articles(reader: Reader) -> list[str]:
    """Return the articles (ids), in project order, about which something was decided."""
    rows = reader.rows("SELECT id FROM article WHERE id IN (SELECT article FROM decision) ORDER BY position, id")
    return [row[0] for row in rows]


def sides(reader: Reader, article: str, refs: Sequence[LayerRef]) -> tuple[Side, ...]:
    """Return what stands in each of the layers, in this order."""
    of_article = reader.layers(article, VisibleLayers.ALL)
    chosen = [next((layer for layer in of_article if ref.means(layer)), None) for ref in refs]
    ids = [layer.id for layer in chosen if layer is not None]
    spans: dict[str, list[Span]] = _by_layer(reader, "span", article, ids, 'start, -"end", label, id')
    relations: dict[str, list[Relation]] = _by_layer(reader, "relation", article, ids, "id")
    groups: dict[str, list[Group]] = _by_layer(reader, "group", article, ids, "id")
    return tuple(
        empty(ref) if layer is None else Side(
            ref, layer, tuple(spans.get(layer.id, ())), tuple(relations.get(layer.id, ())),
            tuple(groups.get(layer.id, ())),
        )
        for ref, layer in zip(refs, chosen, strict=True)
    )  # fmt: skip


def _by_layer(reader: Reader, kind: str, article: str, ids: Sequence[str], order: str) -> dict[str, list[Any]]:
    table = TABLES[kind]
    found: dict[str, list[Any]] = {}
    rows = reader.rows(
        f"SELECT {table.quoted} FROM {table.name} WHERE layer IN (SELECT value FROM json_each(?)) ORDER BY {order}",
        (json.dumps(ids),),
    )
    for row in rows:
        value = table.from_row(row, article)
        found.setdefault(value.layer, []).append(value)
    return found


def decisions(reader: Reader, article: str) -> list[Decision]:
    """Return everything that was decided about an article, answers and forks among it, by id."""
    table = TABLES["decision"]
    rows = reader.rows(f"SELECT {table.quoted} FROM decision WHERE article = ? ORDER BY id", (article,))
    return [table.from_row(row, article) for row in rows]


def ground(reader: Reader, article: str, refs: Sequence[LayerRef], scheme: Scheme | None = None) -> Ground | None:
    """Return what a review of the article stands on, None where the article is gone; `scheme` is that in force."""
    found = reader.article(article)
    if found is None:
        return None
    *chosen, consensus = sides(reader, article, [*refs, CONSENSUS_REF])
    about, answers = sorted_decisions(decisions(reader, article))
    text = reader.text(found.sha256)
    far = _elsewhere(reader, chosen)
    return Ground(found, text, scheme or reader.scheme(), tuple(chosen), consensus, about, answers, far)


def _elsewhere(reader: Reader, sides: Sequence[Side]) -> dict[str, str]:
    """Return what spans of other articles are called to which the sides relate."""
    there = {span.id for side in sides if side.relations for span in side.spans}
    away = sorted({one.target for side in sides for one in side.relations} - there)
    if not away:
        return {}
    rows = reader.rows(
        'SELECT span.id, layer.article, start, "end", fragments FROM span JOIN layer ON layer.id = span.layer '
        "WHERE span.id IN (SELECT value FROM json_each(?))",
        (json.dumps(away),),
    )
    return alike_elsewhere((id, article, _fragments(*place)) for id, article, *place in rows)


def _fragments(start: int, end: int, fragments: str | None) -> Fragments:
    return tuple(map(tuple, json.loads(fragments))) if fragments else ((start, end),)


def grounds(reader: Reader, ids: Sequence[str], refs: Sequence[LayerRef]) -> Iterator[Ground]:
    """Yield the grounds of those articles that are there."""
    scheme = reader.scheme()
    for id in ids:
        found = ground(reader, id, refs, scheme)
        if found is not None:
            yield found


Marks = frozenset[tuple[str, Fragments]]
"""Label (id) and fragments of the spans of a layer."""


class Reading(NamedTuple):
    """What is compared of an article for the agreement: by number of the chosen layers, what each marked there.

    `others` are the layers with spans of another revision, which are not among the readings.
    """

    article: str
    text: str
    marks: dict[int, Marks]
    others: tuple[int, ...] = ()


_CHUNK = 100
"""Articles that are read at once."""


def readings(reader: Reader, refs: Sequence[LayerRef], ids: Sequence[str]) -> Iterator[Reading]:
    """Yield what the layers mark in those of the articles that are there."""
    sql = """
        SELECT layer.article, ref.key, article.revision, article.sha256, span.revision, label, start, "end", fragments
        FROM json_each(:ids) AS wanted
        JOIN article ON article.id = wanted.value JOIN layer ON layer.article = article.id
        JOIN json_each(:refs) AS ref ON layer.kind = ref.value ->> 0 AND layer.owner = ref.value ->> 1
          AND layer.round = ref.value ->> 3 AND (layer.kind <> 'imported' OR layer.name = ref.value ->> 2)
        LEFT JOIN span ON span.layer = layer.id
        ORDER BY wanted.key"""
    for at in range(0, len(ids), _CHUNK):
        rows = reader.rows(sql, {"ids": json.dumps(ids[at : at + _CHUNK]), "refs": _refs(refs)})
        for article, some in groupby(rows, key=lambda row: row[0]):
            yield _reading(reader, article, list(some))


def _reading(reader: Reader, article: str, rows: list[Any]) -> Reading:
    found: dict[int, set[tuple[str, Fragments]]] = {}
    others = set()
    for _article, number, revision, _sha256, written, label, start, end, fragments in rows:
        marks = found.setdefault(number, set())
        if label is None:  # a layer without spans
            continue
        if written != revision:
            others.add(number)
        marks.add((label, _fragments(start, end, fragments)))
    marks_of = {number: frozenset(marks) for number, marks in found.items() if number not in others}
    return Reading(article, reader.text(rows[0][3]), marks_of, tuple(sorted(others)))
