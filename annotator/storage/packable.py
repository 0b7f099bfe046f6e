"""What a package would hold, counted before it is made; and what was made before."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, NamedTuple

from annotator.storage.reading import Reading


class Sent(NamedTuple):
    """A package made here: its id, file name, when (ISO 8601), and what it says of itself, as it was stored."""

    id: str
    name: str
    at: str
    header: dict[str, Any]

    @property
    def recipients(self) -> tuple[tuple[str, str], ...]:
        """Ids and names of those it is for, none for whoever gets it."""
        found = self.header.get("recipients") or ()
        pairs = (one if isinstance(one, list | tuple) else (one.get("id", ""), one.get("name", "")) for one in found)
        return tuple((str(id), str(name)) for id, name in pairs)


def sent(reader: Reading) -> list[Sent]:
    """Return the packages that were made here, the newest first."""
    rows = reader.rows("SELECT id, name, at, header FROM sent ORDER BY at DESC, id DESC")
    return [Sent(id, name, at, json.loads(header or "{}")) for id, name, at, header in rows]


def forks(reader: Reading) -> int:
    """Return how many changes lost against another one made without knowledge of them, and are not settled."""
    count: int = reader.rows("SELECT count(*) FROM fork")[0][0]
    return count


def spans(reader: Reading, articles: Collection[str] | None, owners: Collection[str] | None) -> int:
    """Return how many spans stand in layers of these owners (ids; None: of everybody) on articles (ids; None: all)."""
    where, given = ["1"], {}
    if articles is not None:
        where.append("layer.article IN (SELECT value FROM json_each(:articles))")
        given["articles"] = json.dumps(list(articles))
    if owners is not None:
        where.append("layer.owner IN (SELECT value FROM json_each(:owners))")
        given["owners"] = json.dumps(list(owners))
    rows = reader.rows(
        f"SELECT count(*) FROM span JOIN layer ON layer.id = span.layer WHERE {' AND '.join(where)}", given
    )
    count: int = rows[0][0]
    return count


def assigned_to(reader: Reading, annotators: Collection[str]) -> list[str]:
    """Return the articles (ids) that are assigned to any of these annotators (ids), in project order."""
    rows = reader.rows(
        "SELECT id FROM article WHERE id IN (SELECT article FROM assignment WHERE annotator IN "
        "(SELECT value FROM json_each(?))) ORDER BY position, id",
        (json.dumps(list(annotators)),),
    )
    return [row[0] for row in rows]
