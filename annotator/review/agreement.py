"""How well people agree: span F1 by pair, label and article, how sure each figure is, and which labels are confused."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import NamedTuple

from annotator.i18n import later
from annotator.review.comparing import InCommon, Pair, Tally
from annotator.review.resampling import Hear, Interval, nobody, resampled

EXACT, OVERLAP, EXACT_PLACE, OVERLAP_PLACE = MEASURES = "exact", "overlap", "exact-place", "overlap-place"
"""Same label on the same fragments; same label and a code point in common; the same two whatever the label."""
LABELLED = EXACT, OVERLAP
"""Those that can be told of one label."""
FEWEST = 5
"""Spans of both readings together below which a figure would be chance; articles below which an interval would be."""
COMMON, NOTHING, FEW = later("no common article"), later("no spans"), later("too few spans")
"""Why there is no figure: they read no article both; neither marked anything; together less than FEWEST."""


class Figure(NamedTuple):
    """F1 of two readings, or its mean over pairs of them with the population SD; None where `why` says why not.

    `tally` is what it stands on; `pairs` of all `of` have a figure. `low` and `high` are the interval that holds 95 %
    of the figures of articles drawn anew.
    """

    value: float | None
    tally: Tally
    why: str = ""
    sd: float | None = None
    pairs: int = 1
    of: int = 1
    low: float | None = None
    high: float | None = None


def f1(tally: Tally, exact: bool) -> Figure:
    """Return the F1 of two readings: twice the pairs over the spans of both."""
    if not tally.spans:
        return Figure(None, tally, NOTHING)
    if tally.spans < FEWEST:
        return Figure(None, tally, FEW)
    return Figure(2 * (tally.exact if exact else tally.overlap) / tally.spans, tally)


def mean(figures: Sequence[Figure]) -> Figure:
    """Return the mean over pairs of readers, with the population SD; pairs without a figure are counted, not guessed.

    One pair has no SD.
    """
    values = [it.value for it in figures if it.value is not None]
    tally = sum((it.tally for it in figures), Tally())
    if not values:
        reasons = [it.why for it in figures if it.why != COMMON]
        why = FEW if FEW in reasons else NOTHING if reasons else COMMON
        return Figure(None, tally, why, pairs=0, of=len(figures))
    value = sum(values) / len(values)
    sd = sqrt(sum((it - value) ** 2 for it in values) / len(values)) if len(values) > 1 else None
    return Figure(value, tally, "", sd, len(values), len(figures))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Figures by measure: of all, of each pair of readers, of each label and of each article (means over pairs).

    `cells` are those of one pair and one label. `confusion` counts, for each pair, the labels of the first by those of
    the second, over the articles that both have read.
    """

    overall: Mapping[str, Figure]
    pairs: Mapping[Pair, Mapping[str, Figure]]
    labels: Mapping[str, Mapping[str, Figure]]
    articles: Mapping[str, Mapping[str, Figure]]
    cells: Mapping[tuple[Pair, str], Mapping[str, Figure]]
    confusion: Mapping[Pair, Mapping[tuple[str, str], int]]


def agreement(
    items: Iterable[InCommon], readers: Sequence[str], *, draws: int = 1000, seed: int = 0, hear: Hear = nobody
) -> Agreement:
    """Return how well the readers agree over the compared articles, each article and pair once.

    F1 is taken over all spans of a pair together (micro), then averaged over the pairs that have a figure. Intervals
    come from `draws` samples of the articles (0: none); the seed and the articles decide them, not their order. `hear`
    is told how many samples are done; what it raises ends the work.
    """
    found = _Found(tuple(combinations(sorted(readers), 2)))
    for item in items:
        found.take(item)
    intervals = resampled(found.rows, found.groups(), draws, seed, hear) if draws else {}
    return found.made(intervals)


_ALL, _PLACE, _LABEL = "all", "place", "label"


class _Cell(NamedTuple):
    """What is summed up: of a pair all labels together, places whatever the label, or one label."""

    pair: Pair
    kind: str
    label: str = ""


_Mean = tuple[str, str]
"""Kind and label: a figure over all pairs."""


class _Found:
    """Sums of tallies, and the tallies of each article for drawing it anew."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._pairs = pairs
        self._sums: defaultdict[_Cell, Tally] = defaultdict(Tally)
        self._common: Counter[Pair] = Counter()
        self._confusion: defaultdict[Pair, Counter[tuple[str, str]]] = defaultdict(Counter)
        self.rows: defaultdict[str, dict[_Cell, Tally]] = defaultdict(dict)

    def take(self, item: InCommon) -> None:
        """Add what two readings of an article have in common."""
        pair = item.pair
        self._common[pair] += 1
        self._confusion[pair].update(item.confusion)
        found = {_Cell(pair, _LABEL, label): tally for label, tally in item.labels.items()}
        found[_Cell(pair, _ALL)] = sum(item.labels.values(), Tally())
        found[_Cell(pair, _PLACE)] = item.places
        self.rows[item.article].update(found)
        for cell, tally in found.items():
            self._sums[cell] += tally

    def groups(self) -> dict[_Cell | _Mean, list[_Cell]]:
        """Return of which cells a figure is the mean that has an interval: each cell itself, and all pairs' of a kind.

        A few articles drawn again and again say nothing; a pair without a figure has no part in that of all. Sorted,
        as a sum of fractions depends on the order.
        """
        groups: dict[_Cell | _Mean, list[_Cell]] = {}
        if len(self.rows) < FEWEST:
            return groups
        for cell in sorted(cell for cell, tally in self._sums.items() if tally.spans >= FEWEST):
            groups.setdefault((cell.kind, cell.label), []).append(cell)
            if self._common[cell.pair] >= FEWEST and cell.kind != _LABEL:
                groups[cell] = [cell]
        return groups

    def made(self, intervals: Mapping[tuple[_Cell | _Mean, bool], Interval]) -> Agreement:
        """Return the figures; `intervals` by what they are of and whether exact words are meant."""

        def sure(figure: Figure, of: _Cell | _Mean, exact: bool) -> Figure:
            low, high = intervals.get((of, exact), (None, None))
            return figure if figure.value is None else figure._replace(low=low, high=high)

        def of_pair(pair: Pair, kind: str, exact: bool, label: str = "") -> Figure:
            if not self._common[pair]:
                return Figure(None, Tally(), COMMON)
            cell = _Cell(pair, kind, label)
            return sure(f1(self._sums.get(cell, Tally()), exact), cell, exact)

        def of_all(kind: str, exact: bool, label: str = "") -> Figure:
            return sure(mean([of_pair(pair, kind, exact, label) for pair in self._pairs]), (kind, label), exact)

        labels = sorted({cell.label for cell in self._sums if cell.kind == _LABEL})
        pairs = [pair for pair in self._pairs if self._common[pair]]
        return Agreement(
            {measure: of_all(kind, exact) for measure, kind, exact in _WHOLE},
            {pair: {measure: of_pair(pair, kind, exact) for measure, kind, exact in _WHOLE} for pair in self._pairs},
            {label: {it: of_all(_LABEL, it == EXACT, label) for it in LABELLED} for label in labels},
            {article: _of_article(row) for article, row in sorted(self.rows.items())},
            {
                (pair, label): {it: of_pair(pair, _LABEL, it == EXACT, label) for it in LABELLED}
                for pair in pairs
                for label in labels
            },
            dict(self._confusion),
        )


_WHOLE = (
    (EXACT, _ALL, True), (OVERLAP, _ALL, False), (EXACT_PLACE, _PLACE, True), (OVERLAP_PLACE, _PLACE, False)
)  # fmt: skip


def _of_article(row: Mapping[_Cell, Tally]) -> dict[str, Figure]:
    return {
        measure: mean([f1(tally, exact) for cell, tally in sorted(row.items()) if cell.kind == kind])
        for measure, kind, exact in _WHOLE
    }
