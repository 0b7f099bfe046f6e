"""Does a package give a thing of one article to another? A table holds each id once: it would be taken from there."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from annotator.storage.rows import TABLES

_IN_LAYER = frozenset({"span", "relation", "group"})
_OF_ARTICLE = ("layer", *_IN_LAYER, "decision", "assignment", "remark", "proposal")


class Clash(NamedTuple):
    """A thing (its kind and id) that would stand in two articles, and the step that says so, by its local number."""

    kind: str
    id: str
    step: int


def found(connection: sqlite3.Connection, base: int) -> Clash | None:
    """Return a thing that what is staged puts elsewhere than where it stands, or stood by any step; None for none.

    `base` is the last local number of a step that is here already.
    """
    for sql in (*_JOURNAL, *(sql for kind in _OF_ARTICLE for sql in _tables(kind))):
        row = connection.execute(sql, {"base": base} if ":base" in sql else {}).fetchone()
        if row is not None:
            return Clash(*row)
    return None


_JOURNAL = (
    "SELECT one.kind, one.entity, one.step + :base FROM new_change AS one "
    "JOIN here.change AS other ON other.entity = one.entity "
    "WHERE one.kind = other.kind AND one.article <> other.article LIMIT 1",
    "SELECT kind, entity, max(step) + :base FROM new_change GROUP BY kind, entity "
    "HAVING count(DISTINCT article) > 1 LIMIT 1",
)


def _tables(kind: str) -> tuple[str, str]:
    """Return what asks of the rows to be put: for those an import brought, of which no change of their own tells."""
    name = TABLES[kind].name
    home = "(SELECT article FROM here.layer WHERE layer.id = there.layer)" if kind in _IN_LAYER else "there.article"
    return (
        f"SELECT '{kind}', one.id, one.head FROM put_{name} AS one JOIN here.{name} AS there ON there.id = one.id "
        f"WHERE one.its_article <> {home} LIMIT 1",
        f"SELECT '{kind}', id, max(head) FROM put_{name} GROUP BY id HAVING count(*) > 1 LIMIT 1",
    )
