"""Which spans touch a stretch of text, and in which lane each is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappop, heappush

from annotator.domain.span import Span

_SHIFTS = (8, 11, 14, 17, 20, 23, 26, 62)
# By the number of bits in which first and last code point differ: a loop over the levels would be half of opening.
_LEVEL_OF_BITS = tuple(next(level for level, shift in enumerate(_SHIFTS) if bits <= shift) for bits in range(63))

_Bin = dict[str, tuple[int, int, Span]]


class SpanIndex:
    """Spans by place. A span lives in the smallest bin (of a power of 8 code points) that holds its whole hull.

    Adding and removing are O(1); a query is O(bins under the stretch + hits).
    """

    __slots__ = ("_bins", "_size")

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._bins: tuple[dict[int, _Bin], ...] = tuple({} for _ in _SHIFTS)
        self._size = 0
        for span in spans:
            self.add(span)

    def __len__(self) -> int:
        return self._size

    def add(self, span: Span) -> None:
        """Add a span whose id is not there yet."""
        fragments = span.fragments
        start, end = fragments[0][0], fragments[-1][1]
        level = _LEVEL_OF_BITS[(start ^ (end - 1)).bit_length()]
        bins, key = self._bins[level], start >> _SHIFTS[level]
        if key in bins:
            bins[key][span.id] = (start, end, span)
        else:
            bins[key] = {span.id: (start, end, span)}
        self._size += 1

    def remove(self, span: Span) -> None:
        """Remove a span that was added with the same id and hull. Raises KeyError when it is not there."""
        level = _LEVEL_OF_BITS[(span.start ^ (span.end - 1)).bit_length()]
        bins, key = self._bins[level], span.start >> _SHIFTS[level]
        del bins[key][span.id]
        if not bins[key]:
            del bins[key]
        self._size -= 1

    def query(self, start: int, end: int) -> list[Span]:
        """Return the spans whose hull shares a code point with ``[start, end)``, in no order."""
        return [span for _, _, span in self.hulls(start, end)]

    def hulls(self, start: int, end: int) -> list[tuple[int, int, Span]]:
        """Return (start, end, span) of the spans whose hull shares a code point with ``[start, end)``, in no order."""
        found: list[tuple[int, int, Span]] = []
        for bins, shift in zip(self._bins, _SHIFTS, strict=True):
            if not bins:
                continue
            for key in range(start >> shift, (end - 1 >> shift) + 1):
                held = bins.get(key)
                if held:
                    found += [entry for entry in held.values() if entry[0] < end and entry[1] > start]
        return found


def untouched(places: Iterable[tuple[int, int]], spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Return the places ``[start, end)`` that share no code point with a fragment of a span."""
    index = SpanIndex(spans)
    return [
        (start, end)
        for start, end in places
        if not any(a < end and start < b for span in index.query(start, end) for a, b in span.fragments)
    ]


def lanes(hulls: Iterable[tuple[int, int, str]]) -> tuple[dict[str, int], int]:
    """Return the lane of each (start, end, id), counted from 0 at the text, and how many lanes there are.

    Hulls that share a code point never share a lane, and there are as few lanes as that allows: by start, the
    longest first, each takes the lowest lane that is free.
    """
    result: dict[str, int] = {}
    busy: list[tuple[int, int]] = []
    free: list[int] = []
    count = 0
    for start, end, id in sorted(hulls, key=lambda hull: (hull[0], -hull[1], hull[2])):
        while busy and busy[0][0] <= start:
            heappush(free, heappop(busy)[1])
        if free:
            lane = heappop(free)
        else:
            lane = count
            count += 1
        result[id] = lane
        heappush(busy, (end, lane))
    return result, count
