"""Reads what people tell each other: of an article at once, of the project page by page."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.team import Remark
from annotator.storage.reader import Reader
from annotator.storage.rows import TABLES

PAGE = 500
_COLUMNS = TABLES["remark"].quoted


def of_article(reader: Reader, article: str) -> list[Remark]:
    """Return all remarks on an article (its id) and its spans, in no order."""
    return _remarks(reader.rows(f"SELECT {_COLUMNS} FROM remark WHERE article = :article", {"article": article}))


def remarks(reader: Reader, only_open: bool = False) -> Iterator[list[Remark]]:
    """Yield the remarks of the project in pages; `only_open` gives the beginnings of open threads alone."""
    where, last = ("AND answers = '' AND NOT closed" if only_open else ""), ""
    while True:
        rows = reader.rows(
            f"SELECT {_COLUMNS} FROM remark WHERE id > :last {where} ORDER BY id LIMIT {PAGE}", {"last": last}
        )
        if not rows:
            return
        last = rows[-1][0]
        yield _remarks(rows)


def _remarks(rows: list[tuple[object, ...]]) -> list[Remark]:
    from_row = TABLES["remark"].from_row
    return [from_row(row, "") for row in rows]
