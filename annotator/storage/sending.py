"""Packages that were made here, remembered so that the next one to the same people holds only what is new."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from typing import Any

from annotator.storage.choice import Base, Choice
from annotator.storage.parts import Parts
from annotator.storage.rows import dumps

_GOING = "going"
"""Key beside the header's own, for what only this side needs to know."""


def last(connection: sqlite3.Connection, recipients: Collection[str], layers: str) -> tuple[str, Base]:
    """Return the id of the last package to just these people with these layers, and what it held; ("", Base()) if none.

    Raises sqlite3.Error.
    """
    for id, upto, header in connection.execute("SELECT id, upto, header FROM sent ORDER BY rowid DESC").fetchall():
        said = json.loads(header)
        if said["layers"] == layers and _recipients(said) == frozenset(recipients):
            return id, _base(upto, said[_GOING])
    return "", Base()


def with_what_is_gone(connection: sqlite3.Connection, choice: Choice) -> Choice:
    """Return the choice with those articles that are gone here and went out to its recipients before.

    Nobody finds them any more to choose them, and that they are gone is news.
    """
    if choice.articles is None:
        return choice
    gone = {
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT article FROM change WHERE article <> '' AND article NOT IN (SELECT id FROM article)"
        ).fetchall()
    }
    had: set[str] = set()
    for (header,) in connection.execute("SELECT header FROM sent").fetchall() if gone else ():
        said = json.loads(header)
        if _recipients(said) == choice.recipients:
            articles = said[_GOING]["articles"]
            had |= gone if articles is None else gone & set(articles)
    return choice._replace(articles=choice.articles | had)


def remember(
    connection: sqlite3.Connection, id: str, name: str, at: str, upto: int, header: Mapping[str, Any], parts: Parts
) -> None:
    """Keep that a package was made, in an open transaction; `upto` is the local number of the last step it knew of."""
    base, choice = parts.choice.base, parts.choice
    going = {
        "articles": None if choice.articles is None else sorted(choice.articles),
        "people": sorted(base.people | (parts.people or frozenset())),
        "entries": sorted(base.entries | (parts.entries or frozenset())),
        "ends": [[*line, hash] for line, hash in sorted(parts.ends.items())],
        "sealed": sorted(parts.sealed),
        "off": sorted(parts.off),
        "corrections": bool(choice.told),
        "kept_back": sorted(parts.closed_to_them),
    }
    connection.execute(
        "INSERT INTO sent (id, name, at, upto, header) VALUES (?, ?, ?, ?, ?)",
        (id, name, at, upto, dumps({**header, _GOING: going})),
    )


def _recipients(said: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(one["id"] for one in said["recipients"])


def _base(upto: int, going: Mapping[str, Any]) -> Base:
    articles = going["articles"]
    return Base(
        upto,
        None if articles is None else frozenset(articles),
        frozenset(going["people"]),
        frozenset(going["entries"]),
        {(annotator, device): hash for annotator, device, hash in going["ends"]},
        frozenset(going["sealed"]),
        frozenset(going["off"]),
        going.get("corrections", False),
        frozenset(going.get("kept_back", ())),
    )
