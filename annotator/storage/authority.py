"""Who may change what all share: scheme, assignments and metadata are the lead's where a project has one."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from annotator.storage import payload
from annotator.storage.layout import LEAD

SHARED = frozenset({"scheme", "assignment", "lead"})
"""Kinds of values that only a lead makes, changes or takes away."""


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


def authority(connection: sqlite3.Connection) -> Authority:
    """Return the rules of the project, by whatever connection."""
    (hides,) = connection.execute("SELECT EXISTS (SELECT 1 FROM package WHERE NOT active)").fetchone()
    first, since = first_lead(connection)
    if not first:
        return Authority(hides=bool(hides))
    return Authority(_with_those_they_named(connection, first), since, bool(hides))


def first_lead(connection: sqlite3.Connection) -> tuple[str, int]:
    """Return the id of who leads since when (by the logical clock), ("", 0) where nobody does."""
    row = connection.execute("SELECT value FROM project WHERE key = ?", (LEAD,)).fetchone()
    if row is None:
        return "", 0
    annotator, _, since = row[0].partition(" ")
    return annotator, int(since or 0)


def _with_those_they_named(connection: sqlite3.Connection, first: str) -> frozenset[str]:
    rows = connection.execute(
        "SELECT step.annotator, change.after FROM change JOIN step ON step.seq = change.step "
        "WHERE change.article = '' AND change.kind = 'lead' AND change.after IS NOT NULL "
        "ORDER BY step.lamport, step.id, change.n"
    ).fetchall()
    leads = {first}
    for author, after in rows:
        if author in leads:
            leads.add(payload.decode("lead", after).annotator)  # type: ignore[union-attr]
    return frozenset(leads)
