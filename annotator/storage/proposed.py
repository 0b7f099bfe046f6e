"""Changes of what is the lead's that others made all the same: they do not count, and can be taken over."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.change import Change
from annotator.domain.journalled import ChangeRecord
from annotator.storage import journal
from annotator.storage.authority import SHARED, authority, shown
from annotator.storage.reader import Reader

ABOUT = "proposed"
"""What a decision is about that says no to such a change: its data hold `step` and `entity` too."""


class NotCounted(NamedTuple):
    """A change that does not count: by which step (id), of whom, when; kind, id and article of the thing."""

    step: str
    author: str
    at: str
    kind: str
    entity: str
    article: str
    change: Change


def not_counted(reader: Reader) -> list[NotCounted]:
    """Return the changes of others that do not count here and that say something else than what stands.

    The newest first, of each thing and author only the last; not those that were declined.
    """
    rules = authority(reader.connection)
    if not rules.leads:
        return []
    rows = reader.rows(
        "SELECT step.id, step.annotator, step.at, lamport, kind, entity, article, parent, before, after FROM change "
        "JOIN step ON step.seq = change.step WHERE (kind = 'article' OR kind IN "
        f"({', '.join(f'{kind!r}' for kind in sorted(SHARED))})) AND {shown(reader.connection)} "
        "AND coalesce(before, after) NOT NULL ORDER BY lamport DESC, step.id DESC, n DESC"
    )
    declined = _declined(reader)
    found: dict[tuple[str, str], NotCounted] = {}
    for step, author, at, lamport, kind, entity, article, *change in rows:
        if rules.allows(author, lamport, kind, change[1] is not None and change[2] is not None):
            continue
        if (author, entity) in found or (step, entity) in declined:
            continue
        value = journal.change_of(ChangeRecord(kind, entity, article, *change))
        if reader.value(kind, entity, article) != value.after:
            found[author, entity] = NotCounted(step, author, at, kind, entity, article, value)
    return list(found.values())


def _declined(reader: Reader) -> set[tuple[str, str]]:
    rows = reader.rows(
        "SELECT json_extract(data, '$.step'), json_extract(data, '$.entity') FROM decision "
        "WHERE json_extract(data, '$.about') = ?",
        (ABOUT,),
    )
    return {(step, entity) for step, entity in rows}
