"""The journal folded into what the tables must hold: for each thing the last change wins, by (lamport, step id, n).

An entry of the registry is shared by all: of it each field is won by itself (`domain/registry.joined`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from annotator.domain.article import Article
from annotator.domain.change import KIND_OF, Entry, Imported
from annotator.domain.registry import joined
from annotator.storage import payload
from annotator.storage.rows import TABLES

Key = tuple[str, str]
"""Kind and id of a thing."""


class Folded(NamedTuple):
    """A value and the local number of the step that gave it."""

    value: Any
    head: int


def fold(connection: sqlite3.Connection, article: str, until: str = "") -> dict[Key, Folded]:
    """Return everything that stands in an article by the journal; "" for what stands in none.

    With the id of a step in `until`: what stood there after that step.

    A layer or an article that was taken back stays as long as something stands in it: on another machine a colleague
    (or the same person) may have gone on while its making was undone here.
    """
    alive: dict[Key, Folded] = {}
    gone: dict[Key, Folded] = {}
    for seq, kind, before, after in _changes(connection, article, until):
        if after is None:
            for key, _ in _parts(kind, before):
                if key in alive:
                    gone[key] = alive.pop(key)
        else:
            for key, value in _parts(kind, after):
                if isinstance(value, Entry):
                    value = _joined(value, before, alive.get(key), gone.get(key))
                alive[key] = Folded(value, seq)
    _revive(alive, gone)
    return alive


def _joined(after: Entry, before: str | None, alive: Folded | None, gone: Folded | None) -> Entry:
    """Return an entry as an edit leaves it; one of an entry that was deleted elsewhere meanwhile brings it back."""
    made_from = None if before is None else payload.decode("entry", before)
    there = alive or (gone if made_from is not None else None)
    assert made_from is None or isinstance(made_from, Entry)  # a change turns nothing into another thing
    return joined(there.value if there is not None else None, made_from, after)


def _changes(connection: sqlite3.Connection, article: str, until: str) -> list[tuple[int, str, str | None, str | None]]:
    before = "AND (step.lamport, step.id) <= (SELECT lamport, id FROM step WHERE id = ?)" if until else ""
    return connection.execute(
        "SELECT step.seq, change.kind, change.before, change.after FROM change JOIN step ON step.seq = change.step "
        f"WHERE change.article = ? {before} ORDER BY step.lamport, step.id, change.n",
        (article, until) if until else (article,),
    ).fetchall()


def _parts(kind: str, text: str | None) -> Iterator[tuple[Key, Any]]:
    if text is None:
        return
    value = payload.decode(kind, text)
    for part in value.values() if isinstance(value, Imported) else (value,):
        yield (KIND_OF[type(part)], part.id), part


def _revive(alive: dict[Key, Folded], gone: dict[Key, Folded]) -> None:
    for kind, container in (("span", "layer"), ("relation", "layer"), ("group", "layer"), ("layer", "article")):
        for (its_kind, _), folded in list(alive.items()):
            key = (container, getattr(folded.value, container, ""))
            if its_kind == kind and key in gone and key not in alive:
                alive[key] = gone[key]


def articles(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of all articles the journal knows, "" among them."""
    return [row[0] for row in connection.execute("SELECT DISTINCT article FROM change ORDER BY article").fetchall()]


def stored(connection: sqlite3.Connection, article: str) -> dict[Key, Folded]:
    """Return what the tables hold of an article; "" for what stands in none."""
    found: dict[Key, Folded] = {}
    for kind, table in TABLES.items():
        where = _where(kind, article)
        if where is None:
            continue
        sql = f"SELECT {table.quoted}, head FROM {table.name} WHERE {where}"
        parameters = (article,) if "?" in where else ()
        for row in connection.execute(sql, parameters).fetchall():
            found[kind, row[0]] = Folded(table.from_row(row[:-1], article), row[-1])
    return found


def _where(kind: str, article: str) -> str | None:
    """Return the condition for the rows of an article ("" is none), None where such a kind cannot stand there."""
    if kind in ("annotator", "scheme", "entry"):
        return None if article else "1"
    if kind == "article":
        return "id = ?"
    if kind in ("layer", "decision"):
        return "article = ?"
    return "layer IN (SELECT id FROM layer WHERE article = ?)"


def rewrite(connection: sqlite3.Connection, touched: Iterable[str]) -> None:
    """Make the tables of these articles ("" for what stands in none) what the journal says, in an open transaction."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for article in touched:
        for kind, table in reversed(TABLES.items()):
            where = _where(kind, article)
            if where is not None:
                connection.execute(f"DELETE FROM {table.name} WHERE {where}", (article,) if "?" in where else ())
        for (kind, _), folded in fold(connection, article).items():
            table = TABLES[kind]
            connection.execute(table.insert, (*table.to_row(folded.value), folded.head))
            if isinstance(folded.value, Article):
                connection.execute(
                    "INSERT OR IGNORE INTO revision (article, n, sha256) VALUES (?, ?, ?)",
                    (article, folded.value.revision, folded.value.sha256),
                )
