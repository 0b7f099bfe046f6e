"""Reads who is to tag what, and how far everybody is with it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from annotator.domain.team import Assignment
from annotator.storage.reading import Reading
from annotator.storage.rows import TABLES

_COLUMNS = TABLES["assignment"].quoted


class Progress(NamedTuple):
    """How far one annotator (id) is with what was assigned to them for a round, in articles; `spans` in these.

    `assigned` are all of them; `returned` ones were given back and are none of `new`, `started` and `done`.
    What is sealed for who asks (`sealing`) is not counted: it is new.
    """

    annotator: str
    round: int
    assigned: int
    new: int
    started: int
    done: int
    returned: int
    spans: int


def everything(reader: Reading) -> list[Assignment]:
    """Return all assignments, by article."""
    return [_made(row) for row in reader.rows(f"SELECT {_COLUMNS} FROM assignment ORDER BY article, annotator, round")]


def of_annotator(reader: Reading, annotator: str) -> list[Assignment]:
    """Return what is assigned to an annotator (id), given back or not, by article."""
    sql = f"SELECT {_COLUMNS} FROM assignment WHERE annotator = ? ORDER BY article, round"
    return [_made(row) for row in reader.rows(sql, (annotator,))]


def of_articles(reader: Reading, articles: Iterable[str]) -> list[Assignment]:
    """Return the assignments of some articles (ids), by article."""
    sql = (
        f"SELECT {_COLUMNS} FROM assignment WHERE article IN (SELECT value FROM json_each(?)) "
        "ORDER BY article, annotator, round"
    )
    return [_made(row) for row in reader.rows(sql, (json.dumps(list(articles)),))]


def some(reader: Reading, annotator: str = "") -> bool:
    """Whether anything is assigned, to anybody or to one annotator (id)."""
    where = "WHERE annotator = ?" if annotator else ""
    rows = reader.rows(f"SELECT EXISTS (SELECT 1 FROM assignment {where})", (annotator,) if annotator else ())
    return bool(rows[0][0])


def progress(reader: Reading) -> list[Progress]:
    """Return how far everybody is, by annotator and round."""
    rows = reader.rows(
        """
        SELECT annotator, around, count(*), sum(NOT back AND state = 'new'), sum(NOT back AND state = 'started'),
          sum(NOT back AND state = 'done'), sum(back), sum(spans)
        FROM (
          SELECT assignment.annotator, assignment.round AS around, coalesce(layer.state, 'new') AS state,
            coalesce(json_extract(layer.extra, '$.returned') = 1, 0) AS back,
            (SELECT count(*) FROM span WHERE span.layer = layer.id) AS spans
          FROM assignment LEFT JOIN layer ON layer.article = assignment.article AND layer.kind = 'annotator'
            AND layer.owner = assignment.annotator AND layer.round = assignment.round
        ) GROUP BY annotator, around ORDER BY annotator, around"""
    )
    return [Progress(*row) for row in rows]


def _made(row: tuple[Any, ...]) -> Assignment:
    made: Assignment = TABLES["assignment"].from_row(row, "")
    return made
