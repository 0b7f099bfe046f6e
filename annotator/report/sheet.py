"""What a report on agreement says, as values: figures with their intervals, in words where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Estimate(NamedTuple):
    """A figure from 0 to 1 and the ends of its interval; without one `why` says in words why.

    `some` says in words that it is the mean of only some pairs, "" where it is of all.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""
    some: str = ""

    def told(self, digits: int = 2) -> str:
        """Return the figure, or why there is none."""
        return self.why if self.value is None else f"{self.value:.{digits}f}"

    def between(self, digits: int = 2, to: str = "–") -> str:
        """Return the ends of the interval, "" where there is none."""
        if self.value is None or self.low is None or self.high is None:
            return ""
        return f"{self.low:.{digits}f} {to} {self.high:.{digits}f}"


class Head(NamedTuple):
    """A large figure: an estimate, or `words` such as "16 / 48"; what it is, and what is said beside that."""

    name: str
    beside: str
    estimate: Estimate | None = None
    words: str = ""


class Line(NamedTuple):
    """A label or an article: its figure, the other way of counting, spans of all readings; bar colours (#RRGGBB)."""

    id: str
    name: str
    figure: Estimate
    other: Estimate
    spans: int
    light: str = ""
    dark: str = ""


class Two(NamedTuple):
    """A pair of readers by their numbers."""

    first: int
    second: int
    figure: Estimate
    other: Estimate
    spans: int


class Confused(NamedTuple):
    """Which labels are taken for which: `counts` row by row; the last row and column are "nothing" (id "")."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    rows: str
    """Whose the rows are, and whose the columns, in a sentence."""
    fewest: int = 0
    """Spans of a row below which its shares would be chance."""

    def share(self, row: int, column: int) -> float:
        """Return how much of the row that is, 0 to 1."""
        return self.counts[row][column] / (sum(self.counts[row]) or 1)

    def weight(self, row: int, column: int) -> float:
        """Return the same for its colour: shares of a row of few spans are as pale as the least."""
        count, total = self.counts[row][column], sum(self.counts[row])
        return count / total if total and total >= self.fewest else 0.01 if count else 0.0

    def percent(self, row: int, column: int) -> str:
        """Return the same in percent, "" for nothing; a few are not told as none, nor many as all."""
        count, share = self.counts[row][column], self.share(row, column)
        if not count or share == 1:
            return "100" if count else ""
        return "<1" if share < 0.005 else ">99" if share >= 0.995 else str(int(100 * share + 0.5))


class Note(NamedTuple):
    """A sentence on what the figures rest on; a warning is one that lowers the trust in them."""

    words: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole report. `how` says what counts as agreed, `other` the other way; `least` is a line on each part.

    `all` are the figures of everything together, with the label and whatever the label.
    """

    title: str
    about: str
    how: str
    other: str
    heads: tuple[Head, ...]
    all: tuple[Line, ...]
    names: tuple[str, ...]
    pairs: tuple[Two, ...]
    labels: tuple[Line, ...]
    articles: tuple[Line, ...]
    confused: Confused
    notes: tuple[Note, ...]
    pairs_least: str = ""
    labels_least: str = ""
    articles_least: str = ""
    made: str = ""
    """When it was written, and by which scheme the spans were made, in a sentence."""

    def pair(self, one: int, two: int) -> Two | None:
        """Return what two readers (numbers, in any order) have in common."""
        wanted = (min(one, two), max(one, two))
        return next((it for it in self.pairs if (it.first, it.second) == wanted), None)
