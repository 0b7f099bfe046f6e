"""Who may change what all share: scheme, assignments and metadata are the lead's where a project has one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from annotator.storage import payload
from annotator.storage.layout import LEAD

SHARED = frozenset({"scheme", "assignment", "lead"})
"""Kinds of values that only a lead makes, changes or takes away."""


HIDDEN = (
    "EXISTS (SELECT 1 FROM package_step WHERE package_step.step = step.id) AND NOT EXISTS "
    "(SELECT 1 FROM package_step JOIN package ON package.id = package_step.package "
    "WHERE package_step.step = step.id AND package.active)"
)
"""The condition on `step` that only packages which are switched off brought it."""


def shown(connection: sqlite3.Connection) -> str:
    """Return the condition on `step` that it is not hidden: for whatever tells of the journal."""
    (hides,) = connection.execute("SELECT EXISTS (SELECT 1 FROM package WHERE NOT active)").fetchone()
    return f"NOT ({HIDDEN})" if hides else "1"


Named = tuple[int, str, int, str, str]
"""Who made somebody a lead: lamport, id of the step, number of the change, author, the value as JSON."""


class Authority(NamedTuple):
    """The rules of a project: `leads` are ids of annotators, empty where everybody may change everything.

    They count from the `since`-th tick of the logical clock on: before, there was no lead. `hides` says whether a
    package is switched off.
    """

    leads: frozenset[str] = frozenset()
    since: int = 0
    hides: bool = False

    def allows(self, author: str, lamport: int, kind: str, edits: bool) -> bool:
        """Whether a change counts; `edits` says that it makes something else of what was there.

        Nobody ("") is who chose the scheme before there was anybody, and who mends a damaged project.
        """
        if not self.leads or not author or author in self.leads or lamport <= self.since:
            return True
        return kind not in SHARED and not (kind == "article" and edits)


def authority(connection: sqlite3.Connection, more: Sequence[Named] = ()) -> Authority:
    """Return the rules of the project, by whatever connection; `more` are leads that steps to come name."""
    (hides,) = connection.execute("SELECT EXISTS (SELECT 1 FROM package WHERE NOT active)").fetchone()
    first, since = first_lead(connection)
    if not first:
        return Authority(hides=bool(hides))
    rows = sorted([*_those_they_named(connection, bool(hides)), *more])
    leads = {first}
    for _, _, _, author, after in rows:
        if author in leads:
            leads.add(payload.decode("lead", after).annotator)  # type: ignore[union-attr]
    return Authority(frozenset(leads), since, bool(hides))


def first_lead(connection: sqlite3.Connection) -> tuple[str, int]:
    """Return the id of who leads since when (by the logical clock), ("", 0) where nobody does."""
    row = connection.execute("SELECT value FROM project WHERE key = ?", (LEAD,)).fetchone()
    return spelt_lead(row[0]) if row is not None else ("", 0)


def spelt_lead(text: str) -> tuple[str, int]:
    """Return what "ID TICK" says, as it stands in project and package."""
    annotator, _, since = text.partition(" ")
    return annotator, int(since) if since.isdecimal() else 0


def _those_they_named(connection: sqlite3.Connection, hides: bool) -> list[Named]:
    return connection.execute(
        "SELECT step.lamport, step.id, change.n, step.annotator, change.after FROM change "
        "JOIN step ON step.seq = change.step "
        "WHERE change.article = '' AND change.kind = 'lead' AND change.after IS NOT NULL"
        + (f" AND NOT ({HIDDEN})" if hides else "")
    ).fetchall()
