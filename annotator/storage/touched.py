"""What steps touched in the texts: the spans they made, changed or took away, and the texts these stand in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from annotator.domain.span import Span
from annotator.storage import payload
from annotator.storage.faults import told
from annotator.storage.reader import Reader


class Touched(NamedTuple):
    """The first span that a step touched, as it was afterwards (before, where it was deleted), and how many it did."""

    span: Span
    number: int


def spans(reader: Reader, steps: Sequence[str]) -> dict[str, Touched]:
    """Return what each of the steps (ids) touched; none where it was no span, or its article was purged."""
    with told(reader.path):
        rows = reader.connection.execute(
            # SQLite gives the other columns of the row that holds the minimum.
            "SELECT step.id, coalesce(after, before), count(*), min(n) FROM step JOIN change ON change.step = step.seq "
            "WHERE step.id IN (SELECT value FROM json_each(?)) AND kind = 'span' AND coalesce(after, before) NOT NULL "
            "GROUP BY step.id",
            (json.dumps(steps),),
        ).fetchall()
    found: dict[str, Touched] = {}
    for step, value, count, _n in rows:
        span = payload.decode("span", value)
        assert isinstance(span, Span)
        found[step] = Touched(span, count)
    return found


def texts(reader: Reader, revisions: Iterable[tuple[str, int]]) -> Iterator[tuple[tuple[str, int], str]]:
    """Yield the text of each of the revisions (article, number) that is there, one at a time."""
    for article, number in revisions:
        with told(reader.path):
            row = reader.connection.execute(
                "SELECT body FROM revision JOIN text ON text.sha256 = revision.sha256 WHERE article = ? AND n = ?",
                (article, number),
            ).fetchone()
        if row is not None:
            yield (article, number), row[0]
