"""Which differences stand behind a figure: what the review is narrowed to when one is chosen. Pure."""

from __future__ import annotations

from typing import NamedTuple

from annotator.report.sheet import Confused, Line, Sheet, Two
from annotator.review.differences import KINDS

_SAME_LABEL = frozenset(KINDS) - {"label", "missed", "field"}


class Behind(NamedTuple):
    """`sides` are the readers by number (none: all), `labels` must all be there, `kinds` any of (none: any).

    `articles` (ids) limits it to some. Labels, kinds: as in `ui.review.desk`.
    """

    sides: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    articles: tuple[str, ...] = ()


def of_pair(pair: Two | None) -> Behind | None:
    """Return what is behind a pair's figure; None where they have nothing in common."""
    return Behind((pair.first, pair.second)) if pair is not None and pair.spans else None


def of_label(line: Line) -> Behind:
    """Return what is behind a label's figure."""
    return Behind(labels=(line.id,))


def of_article(line: Line) -> Behind:
    """Return what is behind an article's figure."""
    return Behind(articles=(line.id,))


def of_confused(confused: Confused, row: int, column: int, readers: int) -> Behind | None:
    """Return what is behind a cell of two labels, or a label and nothing; None for an empty one."""
    if not confused.counts[row][column]:
        return None
    one, two = confused.ids[row], confused.ids[column]
    if one == two:
        return Behind(labels=(one,), kinds=_SAME_LABEL)
    if not one or not two:
        return Behind(labels=(one or two,), kinds=frozenset({"missed"}))
    # Of more than two, one may have nothing where two differ in the label; that is told first.
    return Behind(labels=(one, two), kinds=frozenset({"label"} if readers == 2 else {"label", "missed"}))


def of_rows(sheet: Sheet) -> list[Behind | None]:
    """Return what is behind each row of the table (`report.written.rows`)."""
    found: list[Behind | None] = [Behind() for _one in sheet.all]
    found += map(of_pair, sheet.pairs)
    found += map(of_label, sheet.labels)
    found += map(of_article, sheet.articles)
    confused, readers = sheet.confused, len(sheet.names)
    many = range(len(confused.ids))
    return found + [of_confused(confused, row, column, readers) for row in many for column in many
                    if confused.counts[row][column]]  # fmt: skip
