"""Where the spans of a whole article stand, as rows of a narrow strip."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from annotator.domain.span import Span

_RUN = re.compile(b"\x01+")


class Stripes:
    """Rows that the spans of each label cover in a strip `rows` high, for a text of `length` code points.

    A fragment takes `least` rows at least. Spans may come in portions, so that very many hold nobody up.
    """

    def __init__(self, length: int, rows: int, least: int = 2) -> None:
        self.counts: Counter[str] = Counter()
        self._rows = rows
        self._least = min(least, rows)
        self._scale = rows / length if length > 0 else 0.0
        self._covered: dict[str, bytearray] = {}

    def add(self, spans: Iterable[Span]) -> None:
        """Take spans in."""
        rows, least, scale = self._rows, self._least, self._scale
        for span in spans:
            self.counts[span.label] += 1
            column = self._covered.get(span.label)
            if column is None:
                column = self._covered[span.label] = bytearray(rows)
            for start, end in span.fragments:
                first = min(int(start * scale), rows - least)
                high = max(min(int(end * scale), rows) - first, least)
                column[first : first + high] = b"\x01" * high

    def stretches(self) -> dict[str, list[tuple[int, int]]]:
        """Return for each label the stretches ``[first, last)`` of rows that are covered, joined, from the top."""
        return {label: [match.span() for match in _RUN.finditer(column)] for label, column in self._covered.items()}
