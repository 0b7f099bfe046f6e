"""What is sealed for somebody who is to tag blind: shown to no read of theirs until their own layer is done.

Views of the reading connection's own, named as the tables, stand before these; so every query of the program is blind
without knowing of it. Their conditions are asked anew with each read: what is done opens by itself. They stand there
only while something is assigned blind to the reader, or a second reading; else every query is as it was.

Who wants all of it (checks, copies, planning of imports, packing, merging) takes a reader that is not sealed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from operator import attrgetter
from typing import Any, NamedTuple

from annotator.domain.article import Layer
from annotator.domain.change import Change, Decision, Entry, Value
from annotator.domain.relation import Group, Relation
from annotator.domain.span import Span
from annotator.domain.team import Remark
from annotator.storage.layout import LEAD

VIEWS = (
    "layer", "span", "relation", "span_group", "decision", "remark", "fork", "change", "step", "entry",
)  # fmt: skip
"""The tables that hold people's work."""


def some_open(connection: sqlite3.Connection, me: str) -> bool:
    """Whether something is sealed for `me` now, whether or not anybody else did anything there."""
    sql = _Conditions(me).some_open
    return bool(connection.execute(f"SELECT {sql}").fetchone()[0])


def seal(connection: sqlite3.Connection, me: str) -> None:
    """Let this connection see only what is not sealed for `me` (the annotator's id)."""
    unseal(connection)
    for name, condition in _Conditions(me).views().items():
        # Row numbers too: some pages are read by them.
        number = "" if name == "fork" else f"{name}.rowid AS rowid, "
        connection.execute(f"CREATE TEMP VIEW {name} AS SELECT {number}{name}.* FROM main.{name} WHERE {condition}")


def packages(connection: sqlite3.Connection, me: str) -> frozenset[str]:
    """Return the packages (ids) that brought something which is sealed for `me`; `connection` is any reading one.

    No view hides them: who asks which steps are switched off must know of all.
    """
    rows = connection.execute(f"SELECT id FROM main.package AS package WHERE NOT ({_Conditions(me).package()})")
    return frozenset(row[0] for row in rows.fetchall())


def unseal(connection: sqlite3.Connection) -> None:
    """Let this connection see everything."""
    for name in VIEWS:
        connection.execute(f"DROP VIEW IF EXISTS temp.{name}")


class _Of(NamedTuple):
    """A layer in SQL: its article, kind, owner and round."""

    article: str
    kind: str
    owner: str
    round: str


def _row(name: str) -> _Of:
    return _Of(f"{name}.article", f"{name}.kind", f"{name}.owner", f"{name}.round")


def _told(value: str, article: str) -> _Of:
    """Return a layer that a JSON value tells of."""
    return _Of(
        article, f"json_extract({value}, '$.kind')", f"coalesce(json_extract({value}, '$.owner'), '')",
        f"coalesce(json_extract({value}, '$.round'), 1)",
    )  # fmt: skip


class _Conditions:
    """What is visible, as conditions in SQL. Nothing is a parameter, for a view can have none.

    Every condition begins with the look whether something of mine is open there: most rows need no more.
    """

    def __init__(self, me: str) -> None:
        self.me = "'" + me.replace("'", "''") + "'"

    def views(self) -> dict[str, str]:
        """Return the condition of each of VIEWS, on the table by its name."""
        hidden_change = self.change_hidden("change", "step")
        step = (
            "NOT EXISTS (SELECT 1 FROM main.change AS change WHERE change.step = step.seq AND "
            f"{hidden_change}) OR EXISTS (SELECT 1 FROM main.change AS change WHERE change.step = step.seq "
            "AND change.kind = 'scheme')"
        )
        by = "(SELECT step.annotator FROM main.step AS step WHERE step.seq = change.step)"
        return {
            "layer": f"NOT {self.layer_hidden(_row('layer'))}",
            "span": self.in_layer("span"),
            "relation": self.in_layer("relation"),
            "span_group": self.in_layer("span_group"),
            "decision": f"NOT {self.sealed('decision.article')}",
            "remark": f"NOT {self.sealed('remark.article')} OR {self.to_me('remark.author', 'remark.addressee')}",
            "fork": f"NOT {self.sealed('fork.article')}",
            "change": f"NOT {self.change_hidden('change', by)} AND NOT {self.made_beside('change')}",
            "step": step,
            "entry": self.entry(),
        }

    @property
    def some_open(self) -> str:
        """Whether anything of mine is open."""
        return f"EXISTS (SELECT 1 FROM {self.open()})"

    def open(self, article: str = "") -> str:
        """Return mine that are not done, for FROM and WHERE; one that I gave back stays closed to me."""
        where = f"AND mine.article = {article}" if article else ""
        return f"""main.assignment AS mine WHERE mine.annotator = {self.me} {where}
          AND (mine.blind OR mine.round > 1) AND NOT EXISTS (SELECT 1 FROM main.layer AS own
            WHERE own.article = mine.article AND own.kind = 'annotator' AND own.owner = {self.me}
              AND own.round = mine.round AND own.state = 'done')"""

    def sealed(self, article: str) -> str:
        """Whether I am blind to others on an article."""
        return f"EXISTS (SELECT 1 FROM {self.open(article)} AND mine.blind)"

    def layer_hidden(self, layer: _Of) -> str:
        """Whether a layer is another's and I am blind to it, or is of an earlier round of mine."""
        others = f"({layer.kind} = 'consensus' OR {layer.owner} NOT IN ('', {self.me}))"
        earlier = f"({layer.kind} = 'annotator' AND {layer.owner} = {self.me} AND {layer.round} < mine.round)"
        return f"EXISTS (SELECT 1 FROM {self.open(layer.article)} AND (mine.blind AND {others} OR {earlier}))"

    def in_layer(self, thing: str) -> str:
        """Whether the layer in which something stands is not hidden."""
        return (
            f"NOT EXISTS (SELECT 1 FROM main.layer AS home WHERE home.id = {thing}.layer "
            f"AND {self.layer_hidden(_row('home'))})"
        )

    def to_me(self, author: str, addressee: str) -> str:
        """Whether a remark is by me, to me, or by a lead to all."""
        first = f"SELECT substr(value, 1, instr(value || ' ', ' ') - 1) FROM main.project WHERE key = '{LEAD}'"
        leads = f"({author} IN ({first}) OR {author} IN (SELECT annotator FROM main.lead))"
        return f"({self.me} IN ({author}, {addressee}) OR ({addressee} = '' AND {leads}))"

    def change_hidden(self, change: str, by: str) -> str:
        """Whether a change of the journal tells of what is hidden; `by` is its step, or who did it, in SQL."""
        value, article = f"coalesce({change}.after, {change}.before)", f"{change}.article"
        by = f"{by}.annotator" if by.isidentifier() else by
        home = f"main.layer AS home WHERE home.id = json_extract({value}, '$.layer')"
        brought = self.layer_hidden(_told("brought.value", article))
        author, to = f"json_extract({value}, '$.author')", f"coalesce(json_extract({value}, '$.to'), '')"
        return f"""({change}.kind IN ('layer', 'span', 'relation', 'group', 'decision', 'remark', 'import')
          AND EXISTS (SELECT 1 FROM {self.open(article)})
          AND CASE {change}.kind
            WHEN 'decision' THEN {self.sealed(article)}
            WHEN 'remark' THEN {self.sealed(article)} AND NOT {self.to_me(author, to)}
            WHEN 'layer' THEN {self.layer_hidden(_told(value, article))}
            WHEN 'import' THEN json_extract({value}, '$.article') IS NULL
              AND EXISTS (SELECT 1 FROM json_each({value}, '$.layers') AS brought WHERE {brought})
            -- what stood in a layer that is gone by now is whose who did it
            ELSE CASE WHEN EXISTS (SELECT 1 FROM {home})
              THEN EXISTS (SELECT 1 FROM {home} AND {self.layer_hidden(_row("home"))})
              ELSE {self.sealed(article)} AND {by} NOT IN ('', {self.me}) END
          END)"""

    def made_beside(self, change: str) -> str:
        """Whether a change makes an entry in the same step that does something hidden."""
        return f"""({change}.kind = 'entry' AND EXISTS (SELECT 1 FROM main.change AS beside
          JOIN main.step AS step ON step.seq = beside.step
          WHERE beside.step = {change}.step AND {self.change_hidden("beside", "step")}))"""

    def package(self) -> str:
        """Whether a package brought nothing that is hidden."""
        return f"""NOT {self.some_open} OR package.annotator = {self.me} OR NOT EXISTS (
          SELECT 1 FROM main.package_step AS one JOIN main.step AS step ON step.id = one.step
          JOIN main.change AS change ON change.step = step.seq
          WHERE one.package = package.id AND {self.change_hidden("change", "step")})"""

    def entry(self) -> str:
        """Whether an entry was not made for hidden work, or is linked from what is to be seen."""
        # A link is looked for in all spans, but only of the few entries that came with hidden work.
        named = "instr({}, entry.id)"
        return f"""NOT {self.some_open} OR NOT EXISTS (
          SELECT 1 FROM main.change AS made JOIN main.step AS step ON step.seq = made.step
          JOIN main.change AS change ON change.step = made.step
          WHERE made.entity = entry.id AND made.before IS NULL AND {self.change_hidden("change", "step")})
          OR EXISTS (SELECT 1 FROM main.span AS span
            WHERE span.attributes <> '{{}}' AND {named.format("span.attributes")} AND {self.in_layer("span")})
          OR EXISTS (SELECT 1 FROM main.layer AS layer
            WHERE layer.fields <> '{{}}' AND {named.format("layer.fields")}
              AND NOT {self.layer_hidden(_row("layer"))})
          OR EXISTS (SELECT 1 FROM main.relation AS relation
            WHERE relation.target = entry.id AND {self.in_layer("relation")})"""


def opened(connection: sqlite3.Connection, me: str, values: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return those of the values (by kind and id) of one article, as it was at some time, that are not sealed for `me`.

    `connection` is any reading one.
    """
    layers = {id for id, layer in values.get("layer", {}).items() if not _hides(connection, me, layer)}
    found = {kind: dict(some) for kind, some in values.items()}
    for kind in ("layer", "span", "relation", "group"):
        if kind in found:
            home = attrgetter("id" if kind == "layer" else "layer")
            found[kind] = {id: value for id, value in found[kind].items() if home(value) in layers}
    articles = {value.article for kind in ("decision", "remark") for value in values.get(kind, {}).values()}
    if any(is_sealed(connection, me, article) for article in articles):
        found.pop("decision", None)
        found["remark"] = {id: one for id, one in values.get("remark", {}).items() if me in (one.author, one.to)}
    return found


def _hides(connection: sqlite3.Connection, me: str, layer: Layer) -> bool:
    sql = _Conditions(me).layer_hidden(_Of(":article", ":kind", ":owner", ":round"))
    given = {"article": layer.article, "kind": layer.kind, "owner": layer.owner, "round": layer.round}
    return bool(connection.execute(f"SELECT {sql}", given).fetchone()[0])


def is_sealed(connection: sqlite3.Connection, me: str, article: str) -> bool:
    """Whether `me` is blind to others on an article (its id)."""
    return bool(connection.execute(f"SELECT {_Conditions(me).sealed(':article')}", {"article": article}).fetchone()[0])


def seen(connection: sqlite3.Connection, me: str, changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return those of the changes that were just done which tell of nothing that is sealed for `me`.

    `connection` is one that is sealed: what it does not find is not to be told of.
    """
    blind: dict[str, bool] = {}
    found: list[Change] = []
    for change in changes:
        value, article = change.value, change.article
        if article not in blind:
            blind[article] = bool(article) and is_open(connection, me, article)
        if isinstance(value, Entry):
            # One that came with hidden work is hidden; one that is gone tells nothing any more.
            hidden = change.after is not None and not _is_there(connection, value)
        else:
            hidden = blind[article] and _tells(connection, me, value)
        if not hidden:
            found.append(change)
    return tuple(found)


def _is_there(connection: sqlite3.Connection, entry: Entry) -> bool:
    return connection.execute("SELECT 1 FROM entry WHERE id = ?", (entry.id,)).fetchone() is not None


def is_open(connection: sqlite3.Connection, me: str, article: str) -> bool:
    """Whether something is sealed for `me` on an article (its id), be it only their own earlier round."""
    sql = f"SELECT EXISTS (SELECT 1 FROM {_Conditions(me).open(':article')})"
    return bool(connection.execute(sql, {"article": article}).fetchone()[0])


def _tells(connection: sqlite3.Connection, me: str, value: Value) -> bool:
    """Whether a value of an article on which something is sealed belongs to that."""
    if isinstance(value, Layer):
        return _hides(connection, me, value)
    if isinstance(value, Span | Relation | Group):
        there = connection.execute("SELECT 1 FROM layer WHERE id = ?", (value.layer,)).fetchone()
        # Of a layer that went with it only my own work is told.
        return there is None and getattr(value, "annotator", "") != me
    if isinstance(value, Decision):
        return is_sealed(connection, me, value.article)
    if isinstance(value, Remark):
        return is_sealed(connection, me, value.article) and me not in (value.author, value.to)
    return False
