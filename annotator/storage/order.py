"""The order of the list of articles for somebody to whom some are assigned: these come first, then the others.

Both in project order. What is somebody's is remembered until a step changes it: no article that is opened waits for
a look at all assignments.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_RETURNED = """EXISTS (SELECT 1 FROM layer AS back WHERE back.article = given.article AND back.kind = 'annotator'
  AND back.owner = :me AND back.round = given.round AND back.extra <> '{}'
  AND json_extract(back.extra, '$.returned') = 1)"""
_NOW = """(SELECT max(round) FROM main.assignment AS other WHERE other.annotator = :me
  AND other.article = given.article)"""
IS_MINE = f"""EXISTS (SELECT 1 FROM main.assignment AS given WHERE given.annotator = :me AND given.article = article.id
  AND given.round = {_NOW} AND NOT {_RETURNED})"""
"""The condition on `article` that it is assigned to `:me`, who did not give it back."""
IS_BACK = f"""EXISTS (SELECT 1 FROM main.assignment AS given WHERE given.annotator = :me AND given.article = article.id
  AND given.round = {_NOW} AND {_RETURNED})"""
IS_DONE = """EXISTS (SELECT 1 FROM layer AS own WHERE own.article = article.id AND own.kind = 'annotator'
  AND own.owner = :me AND own.state = 'done' AND own.round = coalesce((SELECT max(round) FROM main.assignment AS given
    WHERE given.annotator = :me AND given.article = article.id), 1))"""
"""The condition on `article` that `:me` is done with it, in the round that is theirs now."""
_FIRST = f"""
  SELECT article.id FROM (
    SELECT article, max(round) AS round FROM main.assignment WHERE annotator = :me GROUP BY article
  ) AS given CROSS JOIN main.article AS article ON article.id = given.article
  WHERE NOT {_RETURNED} ORDER BY article.position, article.id"""
# What a package brought is switched on and off without a step.
_STAMP = """
  SELECT (SELECT coalesce(max(seq), 0) FROM main.step), (SELECT count(*) FROM main.purged),
    (SELECT coalesce(sum(active + 2), 0) FROM main.package)"""
_TOUCHED = """
  SELECT EXISTS (SELECT 1 FROM main.change WHERE step > ? AND (kind IN ('assignment', 'article', 'import')
    OR kind = 'layer' AND coalesce(before, '') || coalesce(after, '') LIKE '%"returned"%'))"""


class Mine(NamedTuple):
    """The articles (ids) that are somebody's, in project order, and the place of each; as of a state of the project."""

    me: str = ""
    stamp: tuple[int, int, int] = (-1, 0, 0)
    articles: tuple[str, ...] = ()
    places: Mapping[str, int] = MappingProxyType({})


def assigned(connection: sqlite3.Connection, me: str) -> bool:
    """Whether anything is assigned to `me`, given back or not."""
    sql = "SELECT EXISTS (SELECT 1 FROM main.assignment WHERE annotator = ?)"
    return bool(connection.execute(sql, (me,)).fetchone()[0])


def mine(connection: sqlite3.Connection, me: str, known: Mine) -> Mine:
    """Return the articles that are `me`'s; those that are `known` where nothing changed them since."""
    stamp: tuple[int, int, int] = connection.execute(_STAMP).fetchone()
    if known.me == me and known.stamp[1:] == stamp[1:]:
        if known.stamp == stamp:
            return known
        if not connection.execute(_TOUCHED, (known.stamp[0],)).fetchone()[0]:
            return known._replace(stamp=stamp)
    ids = tuple(row[0] for row in connection.execute(_FIRST, {"me": me}).fetchall())
    return Mine(me, stamp, ids, {id: place for place, id in enumerate(ids)})


def not_done(connection: sqlite3.Connection, me: str, articles: tuple[str, ...]) -> str | None:
    """Return the first of the articles (ids) that `me` has not done."""
    sql = f"SELECT id FROM main.article AS article WHERE id = :id AND NOT {IS_DONE}"
    for id in articles:
        if connection.execute(sql, {"me": me, "id": id}).fetchone():
            return id
    return None
