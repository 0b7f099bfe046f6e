"""How far a figure would move had other articles been read: the bootstrap over articles (Efron 1979)."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Hashable, Mapping, Sequence
from math import ceil
from random import Random
from typing import TypeVar

from annotator.review.comparing import Tally

Hear = Callable[[int, int], None]
Interval = tuple[float, float]
_PART = 0.95
_OFTEN = 20
"""Samples between two reports."""
_MOST = 1 << 32

Cell = TypeVar("Cell", bound=Hashable)
Group = TypeVar("Group", bound=Hashable)


def nobody(done: int, total: int) -> None:
    """Tell nobody."""


def resampled(
    rows: Mapping[str, Mapping[Cell, Tally]],
    groups: Mapping[Group, Sequence[Cell]],
    draws: int,
    seed: int,
    hear: Hear = nobody,
) -> dict[tuple[Group, bool], Interval]:
    """Return the interval of each group's figure (mean of the F1 of its cells that have one), exact or by overlap.

    `rows` are the tallies of each article. A sample draws as many articles as there are, some twice, some not at all;
    one in which no cell of a group has a span says nothing of it, and a group of which most samples say nothing has no
    interval. Sorted by article and drawn by seed: the same every time.
    """
    articles, cells = sorted(rows), list(dict.fromkeys(cell for group in groups.values() for cell in group))
    if not articles or not cells:
        return {}
    packing = _Packing([[rows[it].get(cell, Tally()) for cell in cells] for it in articles])
    place = {cell: number for number, cell in enumerate(cells)}
    of = [(group, [place[cell] for cell in many]) for group, many in groups.items()]
    found: dict[tuple[Group, bool], list[float]] = {(group, exact): [] for group, _ in of for exact in (True, False)}
    chance = Random(seed)
    for number in range(draws):
        if number % _OFTEN == 0:
            hear(number, draws)
        exact, overlap = packing.drawn(chance)
        for group, numbers in of:
            for values, is_exact in ((exact, True), (overlap, False)):
                there = [value for it in numbers if (value := values[it]) >= 0]
                if there:
                    found[group, is_exact].append(sum(there) / len(there))
    return {key: _interval(values) for key, values in found.items() if 2 * len(values) >= draws}


def _interval(values: list[float]) -> Interval:
    ordered, outside = sorted(values), (1 - _PART) / 2
    return ordered[int(outside * len(ordered))], ordered[ceil((1 - outside) * len(ordered)) - 1]


class _Packing:
    """The tallies of each article as one large number, so that adding up a sample is one sum."""

    def __init__(self, rows: Sequence[Sequence[Tally]]) -> None:
        largest = max(tally.spans for row in rows for tally in row)
        # Pairs are never more than spans, so no place overflows into the next.
        self._code = "I" if largest * len(rows) < _MOST else "Q"
        self._numbers = [self._packed(row) for row in rows]
        self._bytes = 3 * len(rows[0]) * array(self._code).itemsize

    def _packed(self, row: Sequence[Tally]) -> int:
        return int.from_bytes(array(self._code, [it for tally in row for it in tally]).tobytes(), sys.byteorder)

    def drawn(self, chance: Random) -> tuple[list[float], list[float]]:
        """Return the F1 of each cell in a sample, exact and by overlap; -1 where it has no span."""
        total = sum(chance.choices(self._numbers, k=len(self._numbers)))
        sums = array(self._code, total.to_bytes(self._bytes, sys.byteorder))
        spans = sums[0::3]
        return (
            [2 * pairs / count if count else -1.0 for count, pairs in zip(spans, sums[1::3], strict=True)],
            [2 * pairs / count if count else -1.0 for count, pairs in zip(spans, sums[2::3], strict=True)],
        )
