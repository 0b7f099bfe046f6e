"""What lost against a change made without knowledge of it: both are kept, and shown as a difference to be settled.

Each change names in `parent` the step it was made from. Where two changes of a thing name the same one (one person on
two machines), the fold lets one win; the last of the other line is a fork, kept as a row in `fork` so that nobody has
to look for it in the whole journal.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain.change import LAYERED, Decision, Value
from annotator.storage import payload
from annotator.storage.authority import authority, shown
from annotator.storage.pieces import original
from annotator.storage.rows import TABLES

if TYPE_CHECKING:
    from annotator.storage.fold import Folded, Key, Told
    from annotator.storage.reader import Reader

ABOUT = "fork"
"""What a decision that settles one is about."""


Places = Mapping[str | int, tuple[int, str]]
"""Where steps stand in the order, by id (the original's) and by local number."""
_INSERT = "INSERT INTO fork (kind, entity, article, step) VALUES (?, ?, ?, ?)"


_TWOFOLD = """
    SELECT entity, article FROM change WHERE entity IN (SELECT value FROM json_each(?))
    GROUP BY entity, article, parent HAVING count(DISTINCT step) > 1"""
"""Of some things those that two steps changed from the same; each change is looked at once, there may be hundreds."""


class Fork(NamedTuple):
    """A change that lost: kind and id of the thing, the article, the id of the step that made the change."""

    kind: str
    entity: str
    article: str
    step: str


class Twofold(NamedTuple):
    """A fork as it is shown: the value that stands (None: deleted) and the other, with who made each, when, where."""

    fork: Fork
    stands: Value | None
    other: Value | None
    by: str
    at: str
    device: str
    other_by: str
    other_at: str
    other_device: str


def found(
    article: str, changes: Iterable[Told], standing: Mapping[Key, Folded], places: Places | None = None
) -> list[Fork]:
    """Return the forks of an article by its changes in order and what they leave standing.

    `places` says where steps stand in the order (by id and by local number) that are not among the changes.
    """
    at: dict[str | int, tuple[int, str]] = dict(places or {})
    lines: dict[tuple[str, str], list[Told]] = {}
    settled: set[tuple[str, str]] = set()
    for change in changes:
        if places is None:
            at[change.seq] = at[original(change.step)] = (change.lamport, change.step)
        if change.kind in LAYERED:
            lines.setdefault((change.kind, change.entity), []).append(change)
    for (kind, _), one in standing.items():
        if kind == "decision":
            settled |= _settled(one.value)
    result: list[Fork] = []
    for (kind, entity), line in lines.items():
        if len(line) > 1:
            result += _of_one(Fork(kind, entity, article, ""), line, standing, settled, at)
    return result


def _settled(decision: Decision) -> set[tuple[str, str]]:
    data = decision.data
    if data.get("about") != ABOUT:
        return set()
    steps = data.get("steps")
    return {
        (str(data.get("entity")), original(str(step))) for step in (steps if isinstance(steps, list | tuple) else ())
    }


def _of_one(
    fork: Fork, line: list[Told], standing: Mapping[Key, Folded], settled: set[tuple[str, str]], at: Places
) -> list[Fork]:
    """Return the forks of one thing; `line` are all its changes, in order."""
    by_step: dict[str, Told] = {}
    for change in line:
        by_step.setdefault(original(change.step), change)
        by_step[original(change.step)] = by_step[original(change.step)]._replace(after=change.after)
    stands = standing.get((fork.kind, fork.entity))
    winner = _winner(line, stands)
    known = {original(change.parent) for change in line}
    # An import brings a thing without a change of its own: it stands in no line, and follows what there was before.
    imports = [at[step] for step in known - by_step.keys() if step in at]
    if stands is not None and not winner and stands.head in at:
        imports.append(at[stands.head])
    if imports:
        last = max(imports)
        known |= {step for step, change in by_step.items() if (change.lamport, change.step) < last}
    heads = [step for step in by_step if step not in known]
    passed = _passed(by_step, winner)
    return [
        fork._replace(step=by_step[step].step)
        for step in heads
        if step != winner and (fork.entity, step) not in settled and _plain(by_step[step].after) not in passed
    ]


def _winner(line: list[Told], stands: Folded | None) -> str:
    """Return the step (the original's id) that says what the thing is now, or that it is gone."""
    if stands is not None:
        return next((original(change.step) for change in line if change.seq == stands.head), "")
    deleted = [change for change in line if change.after is None]
    return original((deleted or line)[-1].step)


def _passed(by_step: Mapping[str, Told], winner: str) -> set[str]:
    """Return the states that the line of the winner went through; not those from which it went back, as undo does."""
    states: list[str] = []
    step = winner
    seen: set[str] = set()
    while step in by_step and step not in seen:
        seen.add(step)
        change = by_step[step]
        states.append(_plain(change.after))
        if change.before is not None:  # what was not there yet was not deleted
            states.append(_plain(change.before))
        step = original(change.parent)
    path: dict[str, None] = {}
    for state in reversed(states):
        if state in path:
            while next(reversed(path)) != state:
                path.popitem()
        path[state] = None
    return set(path)


def _plain(value: str | None) -> str:
    # When it was changed says nothing of what it is.
    if value is None:
        return ""
    data = json.loads(value)
    data.pop("updated", None)
    return json.dumps(data, sort_keys=True)


def put(connection: sqlite3.Connection, article: str, forks: Iterable[Fork]) -> None:
    """Keep the forks of an article, in an open transaction."""
    connection.execute("DELETE FROM fork WHERE article = ?", (article,))
    connection.executemany(_INSERT, list(forks))


def stored(connection: sqlite3.Connection, article: str) -> list[Fork]:
    """Return the forks that are kept of an article."""
    sql = "SELECT kind, entity, article, step FROM fork WHERE article = ? ORDER BY entity, step"
    return [Fork(*row) for row in connection.execute(sql, (article,)).fetchall()]


def look_again(
    connection: sqlite3.Connection, changes: Iterable[tuple[str, str, str, Any]], back: Collection[str] = ()
) -> None:
    """Look anew at the forks a step (kind, entity, article, value of its changes) may have settled, or gone on with.

    In an open transaction. Only at these things: a key is pressed, in an article of however many spans. `back` are
    things (ids) that the step may have brought back to what they were, of which no fork need be kept by now.
    """
    wanted: dict[str, str] = dict(connection.execute(_TWOFOLD, (json.dumps(sorted(back)),)).fetchall()) if back else {}
    for kind, entity, article, value in changes:
        if kind == "decision":
            if value.data.get("about") == ABOUT:
                wanted[str(value.data.get("entity"))] = article
            continue
        # What an import brought goes with it.
        where, parameter = ("article", article) if kind == "import" else ("entity", entity)
        rows = connection.execute(f"SELECT entity, article FROM fork WHERE {where} = ?", (parameter,)).fetchall()
        wanted.update(rows)
    for entity, article in wanted.items():
        connection.execute("DELETE FROM fork WHERE entity = ?", (entity,))
        connection.executemany(_INSERT, _found_of_one(connection, entity, article))


def _found_of_one(connection: sqlite3.Connection, entity: str, article: str) -> list[Fork]:
    """Return the forks of one thing (its id), as `found` does of all that stand in the article."""
    from annotator.storage import fold

    told = fold.told_of_one(connection, entity, authority(connection))
    if not told or told[0].kind not in LAYERED:
        return []
    kind = told[0].kind
    head = connection.execute(f"SELECT head FROM {TABLES[kind].name} WHERE id = ?", (entity,)).fetchone()
    standing: dict[Key, Folded] = {}
    if head is not None:
        standing[kind, entity] = fold.Folded(None, head[0])
    table = TABLES["decision"]
    rows = connection.execute(f"SELECT {table.quoted}, head FROM {table.name} WHERE article = ?", (article,)).fetchall()
    for row in rows:
        standing["decision", row[0]] = fold.Folded(table.from_row(row[:-1], article), row[-1])
    asked = json.dumps(sorted({original(change.parent) for change in told}))
    rows = connection.execute(
        "SELECT seq, lamport, id FROM step WHERE seq = ? OR id IN (SELECT value FROM json_each(?))",
        (head[0] if head is not None else 0, asked),
    ).fetchall()
    places: dict[str | int, tuple[int, str]] = {}
    for seq, lamport, id in rows:
        places[seq] = places[original(id)] = (lamport, id)
    return found(article, told, standing, places)


def listed(reader: Reader, article: str = "") -> list[Twofold]:
    """Return what was changed on two machines and is not settled: of one article (id), or of all."""
    where = "WHERE fork.article = ?" if article else ""
    rows = reader.rows(
        "SELECT fork.kind, fork.entity, fork.article, fork.step, annotator, at, device, "
        "(SELECT after FROM change WHERE change.step = step.seq AND change.entity = fork.entity "
        "ORDER BY n DESC LIMIT 1) "
        f"FROM fork JOIN step ON step.id = fork.step {where} ORDER BY fork.article, fork.entity, fork.step",
        (article,) if article else (),
    )
    return [_shown(reader, Fork(*row[:4]), row[4:7], row[7]) for row in rows]


def _shown(reader: Reader, fork: Fork, by: tuple[str, str, str], after: str | None) -> Twofold:
    stands: Value | None = reader.value(fork.kind, fork.entity, fork.article)
    table = TABLES[fork.kind].name
    sql = (
        f"SELECT step.annotator, step.at, step.device FROM step JOIN {table} ON {table}.head = step.seq "
        f"WHERE {table}.id = ?"
    )
    if stands is None:
        sql = (
            "SELECT step.annotator, at, device FROM change JOIN step ON seq = step WHERE entity = ? AND after IS NULL "
            f"AND {shown(reader.connection)} ORDER BY lamport DESC, step.id DESC LIMIT 1"
        )
    found = reader.rows(sql, (fork.entity,))
    whose: tuple[str, str, str] = found[0] if found else ("", "", "")
    other = None if after is None else payload.decode(fork.kind, after)
    return Twofold(fork, stands, other, *whose, *by)
