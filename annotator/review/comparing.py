"""What two readings of an article have in common, counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from annotator.domain.span import Fragments, Span
from annotator.review.align import Mark, matched, overlaps
from annotator.review.pairing import heaviest

MISSING = ""
"""In a confusion of labels: there is no span of the other reading."""

Pair = tuple[str, str]
"""Two readers, as the caller calls them."""


class Tally(NamedTuple):
    """Spans of two readings together, and pairs of them: on exactly the same words, on some of the same."""

    spans: int = 0
    exact: int = 0
    overlap: int = 0

    def __add__(self, other: object) -> Tally:
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(self.spans + other.spans, self.exact + other.exact, self.overlap + other.overlap)


class InCommon(NamedTuple):
    """Two readings of one article: tallies by label, one in which labels do not matter, and labels by labels."""

    article: str
    pair: Pair
    labels: Mapping[str, Tally]
    places: Tally
    confusion: Mapping[tuple[str, str], int]


def marks(spans: Iterable[Span]) -> frozenset[Mark]:
    """Return what is compared of a reading; a span that stands twice counts once."""
    return frozenset((span.label, span.fragments) for span in spans)


def in_common(article: str, readings: Mapping[str, Collection[Mark]], text: str = "") -> list[InCommon]:
    """Compare every two readings of an article; `text` as in `align.matched`, for the confusion of labels.

    Pairs "on some of the same words" are as many as can be made, one code point being enough, with each span in one
    pair at most: so no order of spans and no choice among equals changes a figure.
    """
    sorted_marks = {reader: sorted(set(many)) for reader, many in readings.items()}
    return [
        _in_common(article, (one, two), sorted_marks[one], sorted_marks[two], text)
        for one, two in combinations(sorted(readings), 2)
    ]


def _in_common(article: str, pair: Pair, first: Sequence[Mark], second: Sequence[Mark], text: str) -> InCommon:
    edges = list(overlaps([it[1] for it in first], [it[1] for it in second]))
    spans = Counter(label for label, _ in (*first, *second))
    exact = Counter(label for label, _ in set(first) & set(second))
    alike = [(one, two) for one, two in edges if first[one][0] == second[two][0]]
    overlap = Counter(first[one][0] for one in _most(alike))
    places: Counter[Fragments] = Counter(it[1] for it in first) & Counter(it[1] for it in second)
    return InCommon(
        article,
        pair,
        {label: Tally(count, exact[label], overlap[label]) for label, count in spans.items()},
        Tally(len(first) + len(second), places.total(), len(_most(edges))),
        confusion(first, second, text),
    )


def _most(edges: Iterable[tuple[int, int]]) -> Mapping[int, int]:
    """Return as many pairs as can be made of these, each in one at most."""
    by_row: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for one, two in edges:
        by_row[one].append((two, 1))
    return heaviest(by_row)


def confusion(first: Sequence[Mark], second: Sequence[Mark], text: str = "") -> Counter[tuple[str, str]]:
    """Count the labels of the first reading by those of the second, MISSING where a span has no counterpart."""
    pairs = matched(first, second, text)
    found = Counter((mark[0], second[pairs[n]][0] if n in pairs else MISSING) for n, mark in enumerate(first))
    there = set(pairs.values())
    found.update((MISSING, mark[0]) for number, mark in enumerate(second) if number not in there)
    return found
