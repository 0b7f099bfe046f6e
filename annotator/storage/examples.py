"""Spans of a label with the words around them, the newest first: how it was used in this project."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from annotator.domain.span import Fragments

AROUND, LONGEST = 80, 240
"""Code points before and after a span that are read, and of its own words."""


class Example(NamedTuple):
    """A span amid the words around it, on one line; of `parts` those with True are its own words."""

    span: str
    article: str
    title: str
    who: str
    at: str
    parts: tuple[tuple[str, bool], ...]


_NEWEST = """
SELECT span.id, layer.article, article.title, coalesce(annotator.name, nullif(layer.name, ''), span.annotator),
  span.created, span.start, span."end", span.fragments, revision.sha256
FROM (
  SELECT span.rowid AS number FROM span JOIN layer ON layer.id = span.layer
  WHERE span.label = :label AND {where} ORDER BY span.created DESC, span.id DESC LIMIT :most
) AS newest
JOIN span ON span.rowid = newest.number JOIN layer ON layer.id = span.layer
JOIN article ON article.id = layer.article
JOIN revision ON revision.article = article.id AND revision.n = span.revision
LEFT JOIN annotator ON annotator.id = span.annotator
ORDER BY span.created DESC, span.id DESC
"""


def newest(
    connection: sqlite3.Connection, label: str, where: str, parameters: dict[str, str], most: int
) -> list[Example]:
    """Return the spans of a label (its id) in the layers that `where` (SQL on `layer`) lets see, at most `most`.

    All spans are looked at once (4 ms of 25,000, 40 ms of 200,000); an index by label and time would cost every key
    a page. Of the text only what stands around is taken out of the file.
    """
    rows = connection.execute(_NEWEST.format(where=where), {"label": label, "most": most, **parameters}).fetchall()
    found: list[Example] = []
    for id, article, title, who, at, start, end, fragments, sha256 in rows:
        places: Fragments = tuple((a, b) for a, b in json.loads(fragments)) if fragments else ((start, end),)
        low, high = max(0, start - AROUND), min(end, start + LONGEST) + AROUND
        (around,) = connection.execute(
            "SELECT substr(body, ?, ?) FROM text WHERE sha256 = ?", (low + 1, high - low, sha256)
        ).fetchone()
        whole = low + len(around) < high
        found.append(Example(id, article, title, who, at, _parts(around, low, places, whole)))
    return found


def _parts(around: str, low: int, places: Fragments, ends: bool) -> tuple[tuple[str, bool], ...]:
    """Return the text that begins at `low` (code points), cut at the edges of the span's fragments.

    What stands around ends with the paragraph; `ends` says whether the article ends there too.
    """
    most = places[0][0] + LONGEST
    parts = [(_before(around[: places[0][0] - low], low == 0), False)]
    at = places[0][0]
    for start, end in places:
        if start >= most:
            break
        parts += [(around[at - low : start - low], False), (around[start - low : min(end, most) - low], True)]
        at = min(end, most)
    parts.append(("…" if places[-1][1] > most else _after(around[at - low :], ends), False))
    return tuple((_line(text), own) for text, own in parts if text)


def _before(text: str, begins: bool) -> str:
    """Return what of the text is in the last paragraph, by whole words unless the article `begins` with it."""
    last = max(text.rfind("\n"), text.rfind("\r"))
    if last >= 0 or begins:
        return text[last + 1 :]
    return "…" + text[text.find(" ") + 1 :]


def _after(text: str, ends: bool) -> str:
    """Return what of the text is in the first paragraph, by whole words unless the article `ends` with it."""
    first = min((at for mark in "\r\n" if (at := text.find(mark)) >= 0), default=-1)
    if first >= 0 or ends:
        return text[:first] if first >= 0 else text
    return text[: max(0, text.rfind(" "))] + "…"


def _line(text: str) -> str:
    """Return the text on one line, a blank at an edge kept as one."""
    words = " ".join(text.split())
    return f"{' ' * text[:1].isspace()}{words}{' ' * text[-1:].isspace()}" if words else " "
