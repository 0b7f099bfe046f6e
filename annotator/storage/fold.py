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
from annotator.storage.authority import Authority, authority
from annotator.storage.rows import TABLES

Key = tuple[str, str]
"""Kind and id of a thing."""

HIDDEN = (
    "EXISTS (SELECT 1 FROM package_step WHERE package_step.step = step.id) AND NOT EXISTS "
    "(SELECT 1 FROM package_step JOIN package ON package.id = package_step.package "
    "WHERE package_step.step = step.id AND package.active)"
)
"""The condition on `step` that only packages which are switched off brought it."""


class Folded(NamedTuple):
    """A value and the local number of the step that gave it."""

    value: Any
    head: int


class _Gone(NamedTuple):
    """What was deleted, and who did it."""

    folded: Folded
    by: str


class _Changed(NamedTuple):
    """A change of the journal that counts."""

    seq: int
    author: str
    kind: str
    before: str | None
    after: str | None


def fold(
    connection: sqlite3.Connection, article: str, until: str = "", rules: Authority | None = None
) -> dict[Key, Folded]:
    """Return everything that stands in an article by the journal; "" for what stands in none.

    With the id of a step in `until`: what stood there after that step. `rules` are what `authority` says of the
    project, for who folds many articles.

    A layer or an article that was taken back stays as long as something stands in it: on another machine a colleague
    (or the same person) may have gone on while its making was undone here. What was never made, by any step that
    is here and not hidden, is not: neither a change of it nor what stands in it.
    """
    rules = rules or authority(connection)
    return _Fold().run(_changes(connection, article, until, rules))


class _Fold:
    """One run over the changes of an article, in their order."""

    def __init__(self) -> None:
        self.alive: dict[Key, Folded] = {}
        self.gone: dict[Key, _Gone] = {}
        self.makers: dict[Key, str] = {}

    def run(self, changes: Iterable[_Changed]) -> dict[Key, Folded]:
        for change in changes:
            if change.after is None:
                for key, _ in _parts(change.kind, change.before):
                    if key in self.alive:
                        self.gone[key] = _Gone(self.alive.pop(key), change.author)
            else:
                for key, value in _parts(change.kind, change.after):
                    self._put(key, value, change)
        self._revive()
        self._let_go_of_what_has_no_place()
        return self.alive

    def _put(self, key: Key, value: Any, change: _Changed) -> None:
        made = change.before is None
        if made:
            self.makers.setdefault(key, change.author)
        elif key not in self.alive and not self._comes_back(key, change.author):
            return
        if isinstance(value, Entry):
            value = self._joined(key, value, change.before)
        self.alive[key] = Folded(value, change.seq)

    def _comes_back(self, key: Key, author: str) -> bool:
        """Whether a change of what is not there counts: of what was deleted by somebody who did not know of it.

        What its own maker deleted, another's change does not bring back.
        """
        gone = self.gone.get(key)
        if gone is None:
            return False
        return key[0] == "entry" or not gone.by == self.makers.get(key) != author

    def _joined(self, key: Key, after: Entry, before: str | None) -> Entry:
        """Return an entry as an edit leaves it; one of an entry that was deleted elsewhere meanwhile brings it back."""
        made_from = None if before is None else payload.decode("entry", before)
        gone = self.gone.get(key)
        there = self.alive.get(key) or (gone.folded if gone is not None and made_from is not None else None)
        assert made_from is None or isinstance(made_from, Entry)  # a change turns nothing into another thing
        return joined(there.value if there is not None else None, made_from, after)

    def _revive(self) -> None:
        for kind, container in (("span", "layer"), ("relation", "layer"), ("group", "layer"), ("layer", "article")):
            for (its_kind, _), folded in list(self.alive.items()):
                key = (container, getattr(folded.value, container, ""))
                if its_kind == kind and key in self.gone and key not in self.alive:
                    self.alive[key] = self.gone[key].folded

    def _let_go_of_what_has_no_place(self) -> None:
        # Its container came with a package that is not here yet, or is switched off.
        for kind, container in (("layer", "article"), ("span", "layer"), ("relation", "layer"), ("group", "layer")):
            for key, folded in list(self.alive.items()):
                if key[0] == kind and (container, getattr(folded.value, container)) not in self.alive:
                    del self.alive[key]


def _changes(connection: sqlite3.Connection, article: str, until: str, rules: Authority) -> Iterator[_Changed]:
    before = "AND (step.lamport, step.id) <= (SELECT lamport, id FROM step WHERE id = ?)" if until else ""
    if rules.hides:
        before += f" AND NOT ({HIDDEN})"
    rows = connection.execute(
        "SELECT step.seq, step.annotator, change.kind, change.before, change.after, step.lamport FROM change "
        f"JOIN step ON step.seq = change.step WHERE change.article = ? {before} "
        "ORDER BY step.lamport, step.id, change.n",
        (article, until) if until else (article,),
    ).fetchall()
    for seq, author, kind, was, after, lamport in rows:
        if rules.allows(author, lamport, kind, was is not None and after is not None):
            yield _Changed(seq, author, kind, was, after)


def _parts(kind: str, text: str | None) -> Iterator[tuple[Key, Any]]:
    if text is None:
        return
    value = payload.decode(kind, text)
    for part in value.values() if isinstance(value, Imported) else (value,):
        yield (KIND_OF[type(part)], part.id), part


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
    if kind in ("annotator", "lead", "scheme", "entry"):
        return None if article else "1"
    if kind == "article":
        return "id = ?"
    if kind in ("layer", "decision", "assignment", "remark", "proposal"):
        return "article = ?"
    return "layer IN (SELECT id FROM layer WHERE article = ?)"


def rewrite(connection: sqlite3.Connection, touched: Iterable[str]) -> None:
    """Make the tables of these articles ("" for what stands in none) what the journal says, in an open transaction."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    rules = authority(connection)
    for article in touched:
        for kind, table in reversed(TABLES.items()):
            where = _where(kind, article)
            if where is not None:
                connection.execute(f"DELETE FROM {table.name} WHERE {where}", (article,) if "?" in where else ())
        for (kind, _), folded in fold(connection, article, rules=rules).items():
            table = TABLES[kind]
            connection.execute(table.insert, (*table.to_row(folded.value), folded.head))
            if isinstance(folded.value, Article):
                connection.execute(
                    "INSERT OR IGNORE INTO revision (article, n, sha256) VALUES (?, ?, ?)",
                    (article, folded.value.revision, folded.value.sha256),
                )
