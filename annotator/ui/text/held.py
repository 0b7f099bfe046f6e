"""The spans that the view shows: by id, by place and in reading order."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.intervals import SpanIndex
from annotator.domain.span import Span

SUGGESTED, LEFT_OUT = "suggested", "left out"
"""States of spans that nobody made yet: they are drawn, and neither focused nor stepped to."""

_FIRST_REACH = 2_000


def _order(span: Span) -> tuple[int, int, str]:
    return span.start, -span.end, span.id


class HeldSpans:
    """Spans of one article; all positions in code points. Those of hidden labels are kept, but nowhere to be found."""

    def __init__(self, spans: Iterable[Span] = (), length: int = 0, hidden: frozenset[str] = frozenset()) -> None:
        self._length = length
        self._suggested: dict[str, Span] = {}
        self._suggestions = SpanIndex()
        self._take(spans, hidden)

    def _take(self, spans: Iterable[Span], hidden: frozenset[str]) -> None:
        self._hidden_labels = hidden
        self._hidden: dict[str, Span] = {}
        if hidden:
            spans = list(spans)
            self._hidden = {span.id: span for span in spans if span.label in hidden}
            spans = (span for span in spans if span.label not in hidden)
        self._by_id = {span.id: span for span in spans}
        self.index = SpanIndex(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def hide(self, labels: frozenset[str]) -> None:
        """Hide the spans of these labels, and show all others."""
        self._take([*self._by_id.values(), *self._hidden.values()], labels)

    def get(self, id: str) -> Span | None:
        """Return the span, or None."""
        return self._by_id.get(id)

    def hides(self, id: str) -> bool:
        """Whether the span is here, but of a hidden label."""
        return id in self._hidden

    def all(self) -> list[Span]:
        """Return all spans in reading order: by start, the longest first, then by id."""
        return sorted(self._by_id.values(), key=_order)

    def put(self, span: Span) -> None:
        """Add a span, in the place of the one that has its id."""
        self.drop(span.id)
        if span.label in self._hidden_labels:
            self._hidden[span.id] = span
            return
        self._by_id[span.id] = span
        self.index.add(span)

    def drop(self, id: str) -> Span | None:
        """Remove a span and return it; None where there was none."""
        span = self._by_id.pop(id, None)
        if span is not None:
            self.index.remove(span)
            return span
        return self._hidden.pop(id, None)

    def suggest(self, spans: Iterable[Span]) -> list[Span]:
        """Hold other suggestions, of hidden labels too; return those that came, went or changed."""
        before, now = self._suggested, {span.id: span for span in spans}
        self._suggested, self._suggestions = now, SpanIndex(now.values())
        gone = [span for id, span in before.items() if now.get(id) != span]
        return gone + [span for id, span in now.items() if before.get(id) != span]

    def hulls(self, start: int, end: int) -> list[tuple[int, int, Span]]:
        """Return (start, end, span) of spans and suggestions that share a code point with ``[start, end)``."""
        return self.index.hulls(start, end) + self._suggestions.hulls(start, end)

    def around(self, position: int) -> list[Span]:
        """Return the spans that cover a caret position, the innermost first."""
        near = self.index.query(max(position - 1, 0), position + 1)
        covering = [span for span in near if span.covers(position)]
        return sorted(covering, key=lambda span: (span.end - span.start, span.start, span.id))

    def after(self, span: Span | None, position: int) -> Span | None:
        """Return the next span in reading order: after `span`, or, where that is None, from the position on."""
        key = _order(span) if span is not None else (position, -self._length - 1, "")
        reach = _FIRST_REACH
        while key[0] < self._length:
            found = [each for each in self.index.query(key[0], key[0] + reach) if _order(each) > key]
            # A span that begins beyond the reach comes after every one that begins within.
            within = [each for each in found if each.start < key[0] + reach]
            if within or key[0] + reach > self._length:
                return min(within, key=_order, default=None)
            reach *= 8
        return None

    def before(self, span: Span | None, position: int) -> Span | None:
        """Return the previous span in reading order: before `span`, or, if that is None, begun before the position."""
        key = _order(span) if span is not None else (position, -self._length - 1, "")
        reach = _FIRST_REACH
        while True:
            low = max(key[0] - reach, 0)
            found = [each for each in self.index.query(low, key[0] + 1) if _order(each) < key and each.start >= low]
            if found or low == 0:
                return max(found, key=_order, default=None)
            reach *= 8
