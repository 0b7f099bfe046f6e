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
from annotator.storage.authority import HIDDEN, Authority, authority
from annotator.storage.rows import TABLES

Key = tuple[str, str]
"""Kind and id of a thing."""

KNOWN = frozenset((*TABLES, "import"))
"""Kinds of values that this version understands."""


class Folded(NamedTuple):
    """A value and the local number of the step that gave it."""

    value: Any
    head: int


class _Gone(NamedTuple):
    """What was deleted, and who did it."""

    folded: Folded
    by: str


class Told(NamedTuple):
    """A change of the journal that counts; `lamport`, `step` (id) and `n` are its place in the order."""

    lamport: int
    step: str
    n: int
    seq: int
    author: str
    kind: str
    entity: str
    parent: str
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
    return folded(told(connection, article, rules or authority(connection), until))


def folded(changes: Iterable[Told]) -> dict[Key, Folded]:
    """Return what changes of one article, in their order, leave standing."""
    return _Fold().run(changes)


class _Fold:
    """One run over the changes of an article, in their order."""

    def __init__(self) -> None:
        self.alive: dict[Key, Folded] = {}
        self.gone: dict[Key, _Gone] = {}
        self.makers: dict[Key, str] = {}

    def run(self, changes: Iterable[Told]) -> dict[Key, Folded]:
        for change in changes:
            if change.after is None:
                for key, _ in parts(change.kind, change.before):
                    if key in self.alive:
                        self.gone[key] = _Gone(self.alive.pop(key), change.author)
            else:
                for key, value in parts(change.kind, change.after):
                    self._put(key, value, change)
        self._revive()
        self._let_go_of_what_has_no_place()
        return self.alive

    def _put(self, key: Key, value: Any, change: Told) -> None:
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


TOLD = (
    "step.lamport, step.id, change.n, step.seq, step.annotator, change.kind, change.entity, change.parent, "
    "change.before, change.after"
)


def told(connection: sqlite3.Connection, article: str, rules: Authority, until: str = "") -> list[Told]:
    """Return the changes of an article that count, in their order."""
    where = "AND (step.lamport, step.id) <= (SELECT lamport, id FROM step WHERE id = ?)" if until else ""
    return _told(connection, f"change.article = ? {where}", (article, until) if until else (article,), rules)


def told_of_one(connection: sqlite3.Connection, entity: str, rules: Authority) -> list[Told]:
    """Return the changes of one thing by itself (its id) that count, in their order."""
    return _told(connection, "change.entity = ?", (entity,), rules)


def _told(connection: sqlite3.Connection, where: str, parameters: tuple[str, ...], rules: Authority) -> list[Told]:
    if rules.hides:
        where += f" AND NOT ({HIDDEN})"
    rows = connection.execute(
        f"SELECT {TOLD} FROM change JOIN step ON step.seq = change.step WHERE {where} "
        "ORDER BY step.lamport, step.id, change.n",
        parameters,
    )
    return [change for change in map(Told._make, rows.fetchall()) if counts(change, rules)]


def counts(change: Told, rules: Authority) -> bool:
    """Whether a change counts by the rules of the project; one of a kind that only a newer version knows does not."""
    if change.kind not in KNOWN:
        return False
    return rules.allows(
        change.author, change.lamport, change.kind, change.before is not None and change.after is not None
    )


def parts(kind: str, text: str | None) -> Iterator[tuple[Key, Any]]:
    """Yield the values that a change holds, each by its key: of an import all it brought."""
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


class Difference(NamedTuple):
    """What the tables of an article lack to be what the journal says: what they must not hold, and what they must."""

    gone: dict[Key, Folded]
    put: dict[Key, Folded]
    was: dict[Key, Folded]
    """What stood in the place of those that are put."""


def difference(found: dict[Key, Folded], wanted: dict[Key, Folded]) -> Difference:
    """Return what leads from what the tables hold to what the journal says."""
    put = {key: folded for key, folded in wanted.items() if found.get(key) != folded}
    gone = {key: folded for key, folded in found.items() if key not in wanted}
    return Difference(gone, put, {key: found[key] for key in put if key in found})


def rewrite(connection: sqlite3.Connection, touched: Iterable[str]) -> dict[str, Difference]:
    """Make the tables of these articles ("" for what stands in none) what the journal says, in an open transaction.

    Returns what was different.
    """
    from annotator.storage import forks

    connection.execute("PRAGMA defer_foreign_keys = ON")
    rules = authority(connection)
    done: dict[str, Difference] = {}
    for article in touched:
        changes = told(connection, article, rules)
        wanted = folded(changes)
        done[article] = difference(stored(connection, article), wanted)
        _put(connection, article, done[article])
        forks.put(connection, article, forks.found(article, changes, wanted))
    return done


def _put(connection: sqlite3.Connection, article: str, difference: Difference) -> None:
    for kind, id in difference.gone:
        connection.execute(f"DELETE FROM {TABLES[kind].name} WHERE id = ?", (id,))
    for (kind, _), one in difference.put.items():
        table = TABLES[kind]
        connection.execute(f"{table.insert} {table.otherwise_update}", (*table.to_row(one.value), one.head))
        if isinstance(one.value, Article):
            connection.execute(
                "INSERT OR IGNORE INTO revision (article, n, sha256) VALUES (?, ?, ?)",
                (article, one.value.revision, one.value.sha256),
            )
