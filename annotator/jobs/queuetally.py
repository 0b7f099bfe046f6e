"""What is counted over all articles of a review queue, kept while articles come, change and go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from annotator.domain.sides import Ground
from annotator.review.differences import Compared
from annotator.review.standing import SETTLED, STATUSES, Item


class Known(NamedTuple):
    """What a queue knows of one article."""

    items: tuple[Item, ...]
    keys: dict[str, str]
    counts: dict[str, int]
    compared: Compared
    at: dict[str, int]
    """By id, which of the items it is."""
    ground: Ground
    """What they stand on, without the text: the spans are those that the items hold."""
    unheard: int
    """How many decisions of it were made without a reading that says something else."""
    labelled: Mapping[str, tuple[int, ...]]
    """By label (id) the items that have it."""

    @property
    def done(self) -> bool:
        """Whether its consensus says that it is done."""
        layer = self.ground.consensus.layer
        return layer is not None and layer.state == "done"

    @property
    def reopened(self) -> bool:
        """Whether its consensus says that it is done while something is left."""
        return self.done and len(self.items) > self.counts[SETTLED]


def by_label(items: Iterable[Item]) -> dict[str, tuple[int, ...]]:
    """Return by label (id) which of the items have it."""
    found: dict[str, list[int]] = {}
    for at, item in enumerate(items):
        for label in item[0].labels:
            found.setdefault(label, []).append(at)
    return {label: tuple(some) for label, some in found.items()}


class Tally:
    """The counts of all articles together; of thousands a key costs the one that it touched."""

    def __init__(self) -> None:
        self.version = 0
        """How often anything became another."""
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.counts = dict.fromkeys(STATUSES, 0)
        self.unheard = 0
        self.reopened: set[str] = set()
        self.apart: set[str] = set()
        """The articles (ids) with sides that have spans of another revision."""
        self.leading: set[str] = set()
        """Those that relate to something in another article."""
        self._when: dict[str, int] = {}
        """After how many changes each became another, the last one last."""
        self.order_is_another()

    def order_is_another(self) -> None:
        """Note that articles came, went or stand in another order."""
        self.version += 1
        self.ordered = self.version
        """After how many changes that was the last time."""

    def swap(self, id: str, before: Known | None, now: Known | None) -> None:
        """Take an article out of the counts as it was, and in as it is; None: it was not there, or goes."""
        for of, by in ((before, -1), (now, 1)):
            if of is not None:
                for status, count in of.counts.items():
                    self.counts[status] += by * count
                self.unheard += by * of.unheard
        for ids, there in (
            (self.reopened, now is not None and now.reopened),
            (self.apart, now is not None and bool(now.compared.others)),
            (self.leading, now is not None and bool(now.ground.far)),
        ):
            (ids.add if there else ids.discard)(id)
        if before is None or now is None:
            self.order_is_another()
        self.version += 1
        self._when.pop(id, None)
        if now is not None:
            self._when[id] = self.version

    def since(self, version: int) -> list[str] | None:
        """Return the articles (ids) that became others since a version; None where any came, went or moved."""
        if version < self.ordered:
            return None
        found = []
        for id in reversed(self._when):
            if self._when[id] <= version:
                break
            found.append(id)
        return found


def in_order(ids: Iterable[str], some: set[str]) -> Iterator[str]:
    """Yield those ids that are among some, which mostly are none."""
    return (id for id in ids if id in some) if some else iter(())
