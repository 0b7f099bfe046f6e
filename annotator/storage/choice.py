"""What goes into a package, asked of the project: whose names, entries and layers, and what went out before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from annotator.storage.authority import Authority
from annotator.storage.chain import Line


class Base(NamedTuple):
    """What the package held that this one goes on from.

    `upto` is the local number of the last step then, `articles` those that it was limited to (None: no limit), `people`
    and `entries` (ids) who and which entries stood in it, `ends` the hash of the last step of each line that went out
    word for word. `sealed` articles were not mine to see then, packages that were `off` brought what was hidden then.
    `corrections` says whether those to its recipient went along, but for the articles `kept_back`: they tagged blind.
    """

    upto: int = 0
    articles: frozenset[str] | None = None
    people: frozenset[str] = frozenset()
    entries: frozenset[str] = frozenset()
    ends: Mapping[Line, str] = {}
    sealed: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    corrections: bool = True
    kept_back: frozenset[str] = frozenset()

    def had(self, article: str) -> bool:
        """Whether the article (id) was among those it was limited to; "" always is."""
        return not article or self.articles is None or article in self.articles


class Choice(NamedTuple):
    """Who packs for whom, and what: `layers` is none, mine or all; `articles` limits it to these ids.

    `returning` packs only what I did: a colleague's work on its way back. `open` says that whoever gets it may see
    all that I changed. With `corrections` the one recipient is told what was decided about their spans.
    """

    me: str
    recipients: frozenset[str] = frozenset()
    layers: str = "none"
    articles: frozenset[str] | None = None
    returning: bool = False
    open: bool = False
    base: Base = Base()
    corrections: bool = False

    @property
    def told(self) -> str:
        """Who (id) is told what was decided about their spans, "" for nobody.

        One file for several people tells nobody: each of them would read the others'.
        """
        return next(iter(self.recipients)) if self.corrections and len(self.recipients) == 1 else ""

    @property
    def owners(self) -> frozenset[str]:
        """Whose layers go, where not all do.

        One file for several people holds nobody's: each of them would see the others'.
        """
        own = self.recipients if len(self.recipients) == 1 else frozenset()
        return own | {self.me} if self.layers == "mine" or self.returning else own

    def wants(self, article: str) -> bool:
        """Whether an article (id) goes; "" is what stands in none."""
        return not article or self.articles is None or article in self.articles


def off(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the packages (ids) that are switched off."""
    return frozenset(_ids(connection, "SELECT id FROM package WHERE NOT active"))


class Entries(NamedTuple):
    """The registry entries (ids) that go: those of whom it is packed by and for, and others that layers name."""

    made: frozenset[str]
    named: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Either."""
        return self.made | self.named


def entries(
    connection: sqlite3.Connection, makers: Collection[str], choice: Choice, closed: frozenset[str]
) -> Entries | None:
    """Return the registry entries that go, None for all; `closed` are the articles that are sealed for me.

    Those that one of the makers (ids of annotators) made, those that a layer which goes links to, and what these were
    merged into.
    """
    if choice.layers == "all" and not closed:
        sql = "SELECT DISTINCT entity FROM change WHERE article = '' AND kind = 'entry'"
        return Entries(frozenset(), frozenset(_ids(connection, sql))) if choice.base.sealed else None
    # What goes back need not tell its readers of their own entries.
    made = _made(connection, [choice.me, ""] if choice.returning else makers)
    everything = _ids(connection, "SELECT id FROM entry")
    others = everything - made - (_made(connection, makers) if choice.returning else set())
    if not others:
        return Entries(frozenset(made), frozenset())
    found = made | _linked(connection, others, choice, closed)
    into = {
        id: set(json.loads(data).get("merged_into") or ())
        for id, data in connection.execute("SELECT id, data FROM entry WHERE data <> '{}'").fetchall()
    }
    more = set(found)
    while more:
        more = {other for id in more for other in into.get(id, ()) if other in everything} - found
        found |= more
    return Entries(frozenset(made), frozenset(found - made))


def _made(connection: sqlite3.Connection, makers: Collection[str]) -> set[str]:
    return _ids(
        connection,
        "SELECT DISTINCT entity FROM change JOIN step ON step.seq = change.step WHERE article = '' AND kind = 'entry' "
        "AND before IS NULL AND annotator IN (SELECT value FROM json_each(?))",
        (_list(makers),),
    )


def _linked(connection: sqlite3.Connection, others: Iterable[str], choice: Choice, closed: frozenset[str]) -> set[str]:
    given = {
        "others": _list(others), "owners": _list(choice.owners), "empty": choice.returning or choice.layers == "all",
        "all": choice.layers == "all", "closed": _list(closed),
    }  # fmt: skip
    mine = (
        "(layer.owner IN (SELECT value FROM json_each(:owners)) OR (:empty AND layer.owner = '') "
        "OR (:all AND layer.article NOT IN (SELECT value FROM json_each(:closed))))"
    )
    among = "IN (SELECT value FROM json_each(:others))"
    found: set[str] = set()
    for sql in (
        f"SELECT DISTINCT atom FROM layer JOIN span ON span.layer = layer.id, json_tree(span.attributes) "
        f"WHERE {mine} AND span.attributes <> '{{}}' AND atom {among}",
        f"SELECT DISTINCT atom FROM layer JOIN relation ON relation.layer = layer.id, json_tree(relation.attributes) "
        f"WHERE {mine} AND relation.attributes <> '{{}}' AND atom {among}",
        f"SELECT DISTINCT target FROM layer JOIN relation ON relation.layer = layer.id WHERE {mine} AND target {among}",
        f"SELECT DISTINCT atom FROM layer, json_tree(layer.fields) "
        f"WHERE {mine} AND layer.fields <> '{{}}' AND atom {among}",
    ):
        found |= _ids(connection, sql, given)
    return found


_SHARED = (
    "(kind IN ('scheme', 'lead', 'article') OR (kind = 'import' AND json_type(coalesce(after, before), '$.article') "
    "IS NOT NULL))"
)


def people(
    connection: sqlite3.Connection, choice: Choice, rules: Authority, goes: Entries | None
) -> frozenset[str] | None:
    """Return those (ids) whom the package names, None for all; `goes` are the entries in it."""
    if choice.layers == "all" and not choice.returning:
        return None
    # A lead knows who they are; what comes back names me and whom my work names.
    found = {choice.me} if choice.returning else {choice.me, *choice.recipients, *rules.leads}
    if choice.returning:
        authors = "kind = 'entry' AND entity IN (SELECT value FROM json_each(:entries))"
    else:
        authors = (
            f"({_SHARED} AND (article = '' OR :all OR article IN (SELECT value FROM json_each(:articles)))) "
            "OR (kind = 'entry' AND entity IN (SELECT value FROM json_each(:entries)))"
        )
    given = {
        "entries": _list(goes.named if goes is not None else ()),
        "all": choice.articles is None, "articles": _list(choice.articles or ()),
        "owners": _list(choice.owners),
    }  # fmt: skip
    found |= _ids(
        connection, f"SELECT DISTINCT annotator FROM change JOIN step ON step.seq = change.step WHERE {authors}", given
    )
    # Whoever put a span into somebody's layer, such as the one who united two labels.
    found |= _ids(
        connection,
        "SELECT DISTINCT annotator FROM layer JOIN span ON span.layer = layer.id "
        "WHERE layer.owner IN (SELECT value FROM json_each(:owners))",
        given,
    )
    if choice.told:
        found |= _ids(
            connection,
            "SELECT DISTINCT json_extract(data, '$.by') FROM decision "
            "WHERE json_extract(data, '$.about') = 'correction' AND json_extract(data, '$.to') = ?",
            (choice.told,),
        )
    if not choice.returning and not choice.recipients:
        found |= _ids(connection, "SELECT DISTINCT annotator FROM assignment")
    return frozenset(found)


def _ids(connection: sqlite3.Connection, sql: str, given: Mapping[str, object] | tuple[str, ...] = ()) -> set[str]:
    return {row[0] for row in connection.execute(sql, given).fetchall()}


def _list(ids: Iterable[str]) -> str:
    return json.dumps(sorted(ids))
