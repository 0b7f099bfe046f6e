"""Which of the things to settle are looked for."""

from __future__ import annotations

from typing import NamedTuple

from annotator.review.standing import LEFT, Item


class Filter(NamedTuple):
    """Which items are looked for; an empty set means any.

    `kinds` of differences, `labels` (ids) that a side has there, `sides` (numbers of the chosen layers) one of which
    says something else than the most (`Difference.odd`; of two sides always both), `articles` (ids).
    """

    statuses: frozenset[str] = frozenset(LEFT)
    kinds: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    sides: frozenset[int] = frozenset()
    articles: frozenset[str] = frozenset()

    def shows(self, item: Item) -> bool:
        """Whether the item is looked for."""
        one = item.difference
        return (
            (not self.statuses or item.status in self.statuses)
            and (not self.kinds or one.kind in self.kinds)
            and (not self.labels or not self.labels.isdisjoint(one.labels))
            and (not self.sides or not self.sides.isdisjoint(one.odd))
            and (not self.articles or one.article in self.articles)
        )
