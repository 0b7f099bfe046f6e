"""The journal: every step with its changes, append-only; undo is found in it, not beside it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from annotator.domain.change import Change
from annotator.domain.journalled import ChangeRecord, StepRecord
from annotator.storage import payload
from annotator.storage.authority import shown


def change_of(record: ChangeRecord) -> Change:
    """Return a change of the journal as values."""
    before = None if record.before is None else payload.decode(record.kind, record.before)
    after = None if record.after is None else payload.decode(record.kind, record.after)
    return Change(before, after)


def recorded(change: Change, parent: str) -> ChangeRecord:
    """Return the change as the journal keeps it."""
    before = None if change.before is None else payload.encode(change.before)
    after = None if change.after is None else payload.encode(change.after)
    return ChangeRecord(change.kind, change.entity, change.article, parent, before, after)


STEP = "id, annotator, device, at, title, scheme_version, undoes, root, grp, job, lamport, payload_sha256, prev_hash"
INTO_STEP = f"step (seq, {STEP}, seal)"
INTO_CHANGE = "change (step, n, kind, entity, article, parent, before, after)"
_INSERT_STEP = f"INSERT INTO {INTO_STEP} VALUES ({', '.join('?' * 15)})"
_INSERT_CHANGE = f"INSERT INTO {INTO_CHANGE} VALUES ({', '.join('?' * 8)})"
PAGE = 256


def step_row(seq: int, step: StepRecord) -> tuple[object, ...]:
    """Return the row of a step for INTO_STEP; `seq` is its local number."""
    return (
        seq, step.id, step.annotator, step.device, step.at, step.title, step.scheme_version, step.undoes,
        step.root, step.grp, step.job, step.lamport, step.payload_sha256, step.prev_hash, step.seal(seq),
    )  # fmt: skip


def change_rows(seq: int, changes: Iterable[ChangeRecord]) -> list[tuple[object, ...]]:
    """Return the rows of a step's changes for INTO_CHANGE."""
    return [
        (seq, n, change.kind, change.entity, change.article, change.parent, change.before, change.after)
        for n, change in enumerate(changes)
    ]


def insert(connection: sqlite3.Connection, seq: int, step: StepRecord, changes: Sequence[ChangeRecord]) -> None:
    """Append a step as it is; `seq` is its local number."""
    connection.execute(_INSERT_STEP, step_row(seq, step))
    connection.executemany(_INSERT_CHANGE, change_rows(seq, changes))


def last_of_line(connection: sqlite3.Connection, annotator: str, device: str) -> StepRecord | None:
    """Return the newest step of one person on one device."""
    row = connection.execute(
        f"SELECT {STEP} FROM step WHERE annotator = ? AND device = ? ORDER BY seq DESC LIMIT 1", (annotator, device)
    ).fetchone()
    return None if row is None else StepRecord(*row)


def step(connection: sqlite3.Connection, id: str) -> StepRecord | None:
    """Return the step with this id."""
    row = connection.execute(f"SELECT {STEP} FROM step WHERE id = ?", (id,)).fetchone()
    return None if row is None else StepRecord(*row)


def steps(
    connection: sqlite3.Connection, *, newest_first: bool = False, hidden: bool = True
) -> Iterator[tuple[int, StepRecord]]:
    """Yield all steps with their local numbers, a page at a time, so that no read transaction stays open.

    Without `hidden` none of those that only packages brought which are switched off.
    """
    where = "1" if hidden else shown(connection)
    sign, order, last = ("<", "DESC", 1 << 62) if newest_first else (">", "ASC", 0)
    while True:
        rows = connection.execute(
            f"SELECT seq, {STEP} FROM step WHERE seq {sign} ? AND {where} ORDER BY seq {order} LIMIT {PAGE}", (last,)
        ).fetchall()
        if not rows:
            return
        for row in rows:
            yield row[0], StepRecord(*row[1:])
        last = rows[-1][0]


def seals(connection: sqlite3.Connection) -> dict[int, str]:
    """Return the seals of all steps by local number."""
    return dict(connection.execute("SELECT seq, seal FROM step").fetchall())


def changes(connection: sqlite3.Connection, seq: int) -> list[ChangeRecord]:
    """Return the changes of the step with this local number, in order."""
    rows = connection.execute(
        "SELECT kind, entity, article, parent, before, after FROM change WHERE step = ? ORDER BY n", (seq,)
    )
    return [ChangeRecord(*row) for row in rows.fetchall()]


def touches_scheme(connection: sqlite3.Connection, seq: int) -> bool:
    """Whether the step with this local number changed the scheme."""
    sql = "SELECT 1 FROM change WHERE step = ? AND kind = 'scheme' LIMIT 1"
    return connection.execute(sql, (seq,)).fetchone() is not None


def sequence(connection: sqlite3.Connection, id: str) -> int:
    """Return the local number of a step. Raises KeyError."""
    number = _number(connection, id)
    if number is None:
        raise KeyError(id)
    return number


def _number(connection: sqlite3.Connection, id: str) -> int | None:
    row = connection.execute("SELECT seq FROM step WHERE id = ?", (id,)).fetchone()
    return row[0] if row else None


def last_touch(connection: sqlite3.Connection, entity: str) -> str:
    """Return the id of the last step (in the order of the fold) that changed the entity by itself, or ""."""
    # A new thing has no step yet: that is asked first, in a third of the time.
    if connection.execute("SELECT 1 FROM change WHERE entity = ? LIMIT 1", (entity,)).fetchone() is None:
        return ""
    row = connection.execute(
        "SELECT step.id FROM change JOIN step ON step.seq = change.step WHERE change.entity = ? "
        f"AND {shown(connection)} ORDER BY step.lamport DESC, step.id DESC LIMIT 1",
        (entity,),
    ).fetchone()
    return row[0] if row else ""


def touches(connection: sqlite3.Connection, entity: str, most: int) -> list[StepRecord]:
    """Return the steps that changed the entity by itself, newest first, at most `most`."""
    columns = ", ".join(f"step.{name.strip()}" for name in STEP.split(","))
    rows = connection.execute(
        f"SELECT {columns} FROM change JOIN step ON step.seq = change.step WHERE change.entity = ? "
        f"AND {shown(connection)} ORDER BY step.lamport DESC, step.id DESC LIMIT ?",
        (entity, most),
    )
    return [StepRecord(*row) for row in rows.fetchall()]


def last_touches(connection: sqlite3.Connection, entities: Sequence[str]) -> dict[str, str]:
    """Return what `last_touch` does for each of the entities that a step changed by itself, in one query."""
    rows = connection.execute(
        "SELECT change.entity, step.id FROM change JOIN step ON step.seq = change.step "
        f"WHERE change.entity IN (SELECT value FROM json_each(?)) AND {shown(connection)} "
        "ORDER BY step.lamport, step.id",
        (json.dumps(entities),),
    )
    return dict(rows.fetchall())


def deleted_by_hand(connection: sqlite3.Connection, entity: str) -> bool:
    """Whether the last change of the entity is a deletion that somebody meant, not the undo of its creation."""
    row = connection.execute(
        "SELECT change.after IS NULL, step.root FROM change JOIN step ON step.seq = change.step "
        f"WHERE change.entity = ? AND {shown(connection)} "
        "ORDER BY step.lamport DESC, step.id DESC, change.n DESC LIMIT 1",
        (entity,),
    ).fetchone()
    if row is None or not row[0]:
        return False
    meant = connection.execute(
        "SELECT change.after IS NULL FROM change JOIN step ON step.seq = change.step "
        "WHERE step.id = ? AND change.entity = ? ORDER BY change.n DESC LIMIT 1",
        (row[1], entity),
    ).fetchone()
    # A purely merged deletion (no root here) was meant by a colleague.
    return meant is None or bool(meant[0])


def _line(
    connection: sqlite3.Connection, annotator: str, device: str, before: int = 1 << 62
) -> Iterator[tuple[int, StepRecord]]:
    """Yield the steps of one person on one device before this local number, the newest first."""
    # Nearly always the first row or the first few decide; only a large job needs all of its own.
    last, page, where = before, 1, shown(connection)
    while True:
        rows = connection.execute(
            # What a purge took the content of cannot be done or undone any more.
            f"SELECT seq, {STEP} FROM step WHERE annotator = ? AND device = ? AND seq < ? AND {where} AND NOT EXISTS "
            "(SELECT 1 FROM change JOIN purged ON purged.article = change.article WHERE change.step = step.seq) "
            "ORDER BY seq DESC LIMIT ?",
            (annotator, device, last, page),
        ).fetchall()
        for row in rows:
            yield row[0], StepRecord(*row[1:])
        if len(rows) < page:
            return
        last, page = rows[-1][0], min(8 * page, PAGE)


def standing(connection: sqlite3.Connection, annotator: str, device: str) -> Iterator[list[tuple[int, StepRecord]]]:
    """Yield what undo after undo would take back: the original steps of one step, group or job, the newest first."""
    found: list[tuple[int, StepRecord]] = []
    for seq, record in _that_stand(connection, annotator, device):
        if found and not _together(found[0][1], record):
            yield found
            found = []
        found.append((seq, record))
        if not (record.job or record.grp):
            yield found
            found = []
    if found:
        yield found


def _that_stand(connection: sqlite3.Connection, annotator: str, device: str) -> Iterator[tuple[int, StepRecord]]:
    redone: set[str] = set()
    before: int | None = 1 << 62
    while before is not None:
        line, before = _line(connection, annotator, device, before), None
        for seq, record in line:
            if not record.root or (record.takes_back and record.root in redone):
                continue
            if record.original:
                yield seq, record
            elif not record.takes_back:
                redone.add(record.root)
            elif (original := _number(connection, record.root)) is not None:
                # What was done between a step and its undo does not stand either: it had to be undone first.
                before = original
                break


def to_undo(connection: sqlite3.Connection, annotator: str, device: str) -> list[tuple[int, StepRecord]]:
    """Return the original steps that an undo takes back now, newest first: one, or those of one group or job."""
    return next(standing(connection, annotator, device), [])


def to_redo(connection: sqlite3.Connection, annotator: str, device: str) -> list[tuple[int, StepRecord, StepRecord]]:
    """Return what a redo does again now, in that order: (number of the original, original, its undo)."""
    found: list[tuple[int, StepRecord, StepRecord]] = []
    for original, undo in _undone(connection, annotator, device):
        if found and not _together(found[0][1], original):
            break
        found.append((sequence(connection, original.id), original, undo))
        if not (original.job or original.grp):
            break
    return found


def _undone(connection: sqlite3.Connection, annotator: str, device: str) -> Iterator[tuple[StepRecord, StepRecord]]:
    seen: set[str] = set()
    for _, record in _line(connection, annotator, device):
        if record.original:
            break  # something was done since; what was undone before it stays undone
        if not record.root or record.root in seen:
            continue
        seen.add(record.root)
        if not record.takes_back or record.job:  # a job that was stopped took itself back
            continue
        original = step(connection, record.root)
        if original is None:
            break
        yield original, record


def next_titles(connection: sqlite3.Connection, annotator: str, device: str) -> tuple[str | None, str | None]:
    """Return the titles of what an undo would take back and a redo do again, None where there is nothing.

    Of a job of a hundred thousand steps only the first is looked at.
    """
    stands = next(_that_stand(connection, annotator, device), None)
    undone = next(_undone(connection, annotator, device), None)
    return stands[1].title if stands else None, undone[0].title if undone else None


def _together(one: StepRecord, other: StepRecord) -> bool:
    if one.job or other.job:
        return one.job == other.job
    return bool(one.grp) and one.grp == other.grp
