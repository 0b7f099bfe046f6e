"""The heaviest pairing between two sides that are tied here and there: the Hungarian method, sparse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

Edges = Mapping[int, Sequence[tuple[int, int]]]
"""Rows (numbers) to (column, weight); a weight is a whole number above 0."""


def heaviest(edges: Edges) -> dict[int, int]:
    """Return row → column such that the sum of the weights is as large as it can be; each is in one pair at most.

    Whole numbers, so nothing is rounded. Which of several equal sums is taken depends on the numbers alone. Kuhn's
    Hungarian method as shortest augmenting paths with prices (Edmonds and Karp 1972, Jonker and Volgenant 1987): rows
    with few edges go first, so that what lies over everything is placed once, at the end.
    """
    pairing = _Pairing(edges)
    for row in sorted(edges, key=lambda it: (len(edges[it]), it)):
        pairing.place(row)
    return pairing.column_of


class _Pairing:
    """A pairing of the rows so far that is the heaviest of all over them."""

    def __init__(self, edges: Edges) -> None:
        self._edges = edges
        self._row_of: dict[int, int] = {}
        self._weight_of: dict[int, int] = {}  # of the pair in which a row is
        self._price: dict[int, int] = {}  # of a column; 0 while nobody has it
        self.column_of: dict[int, int] = {}

    def place(self, row: int) -> None:
        """Give the row a column, moving others along, or leave one of them without."""
        edges, price, row_of = self._edges, self._price, self._row_of
        far: dict[int, int] = {}
        came: dict[int, tuple[int, int]] = {}  # the row by which a column was reached, and the weight of that edge
        heap: list[tuple[int, int]] = []
        settled: list[int] = []
        at, base = row, 0
        # Every row may stay alone, at no cost: there a path may end too.
        alone, least = row, 0
        end = -1
        while True:
            for column, weight in edges[at]:
                way = base - weight - price.get(column, 0)
                # What lies farther than staying alone is never on the way.
                if way <= least and way < far.get(column, way + 1):
                    far[column] = way
                    came[column] = at, weight
                    heappush(heap, (way, column))
            while heap and heap[0][0] > far[heap[0][1]]:
                heappop(heap)
            if not heap or heap[0][0] > least:
                break
            way, column = heappop(heap)
            if column not in row_of:
                end, least = column, way
                break
            settled.append(column)
            at = row_of[column]
            base = way + self._weight_of[at] + price.get(column, 0)
            if base < least:
                alone, least = at, base
        for column in settled:
            price[column] = price.get(column, 0) + far[column] - least
        self._move(row, alone, end, came)

    def _move(self, row: int, alone: int, end: int, came: Mapping[int, tuple[int, int]]) -> None:
        """Turn the pairs along the path round, from its end: a free column, or (-1) a row that goes without."""
        if end < 0:
            if alone == row:
                return
            end = self.column_of.pop(alone)
            del self._weight_of[alone]
        while True:
            at, weight = came[end]
            before = self.column_of.get(at, -1)
            self.column_of[at], self._row_of[end], self._weight_of[at] = end, at, weight
            if at == row:
                return
            end = before
