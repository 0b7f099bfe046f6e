"""The spans of the shown article in reading order, kept so that one change costs the same in a long article."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator

from annotator.domain.change import Change
from annotator.domain.span import Span

Key = tuple[int, int, str, str]


def _key(span: Span) -> Key:
    return (span.start, -span.end, span.label, span.id)


class OrderedSpans:
    """Spans by (start, −end, label, id), with how many there are of each label."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._by_id: dict[str, Span] = {span.id: span for span in spans}
        self._keys: list[Key] = sorted(_key(span) for span in self._by_id.values())
        self.counts: Counter[str] = Counter(span.label for span in self._by_id.values())

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[Span]:
        return (self._by_id[key[3]] for key in self._keys)

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def get(self, id: str) -> Span | None:
        """Return the span, or None."""
        return self._by_id.get(id)

    def at(self, index: int) -> Span:
        """Return the span at a place in reading order."""
        return self._by_id[self._keys[index][3]]

    def index(self, id: str) -> int:
        """Return the place of a span in reading order; KeyError when it is not here."""
        return bisect_left(self._keys, _key(self._by_id[id]))

    def place(self, span: Span) -> int:
        """Return where a span that is not here yet would stand."""
        return bisect_left(self._keys, _key(span))

    def with_hull(self, start: int, end: int) -> Iterator[Span]:
        """Yield the spans that begin and end there (code points)."""
        number = bisect_left(self._keys, (start, -end, "", ""))
        while number < len(self._keys) and self._keys[number][:2] == (start, -end):
            yield self._by_id[self._keys[number][3]]
            number += 1

    def beginning(self, start: int, end: int) -> Iterator[Span]:
        """Yield the spans that begin in ``[start, end)`` (code points), in reading order."""
        low, high = (bisect_left(self._keys, (place,)) for place in (start, end))
        return (self._by_id[key[3]] for key in self._keys[low:high])

    def first_from(self, start: int) -> int:
        """Return the place in reading order of the first span that begins there or later (code points)."""
        return bisect_left(self._keys, (start,))

    def onward(self, index: int, by: int) -> Iterator[Span]:
        """Yield the spans from a place in reading order on, forth (1) or back (-1); none from beyond an end."""
        keys = self._keys[max(0, index) :] if by > 0 else self._keys[index::-1] if index >= 0 else []
        return (self._by_id[key[3]] for key in keys)

    def add(self, span: Span) -> None:
        """Take a span in."""
        self._by_id[span.id] = span
        insort(self._keys, _key(span))
        self.counts[span.label] += 1

    def remove(self, id: str) -> None:
        """Take a span out; KeyError when it is not here."""
        del self._keys[self.index(id)]
        self.counts[self._by_id.pop(id).label] -= 1

    def apply(self, change: Change) -> None:
        """Follow one change of a span."""
        if isinstance(change.before, Span) and change.before.id in self._by_id:
            self.remove(change.before.id)
        if isinstance(change.after, Span):
            self.add(change.after)
