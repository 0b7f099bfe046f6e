"""The list that is looked at, kept article by article: a key costs the article it touched, not the whole queue."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from annotator.jobs.review import Queue
from annotator.review.differences import AGREED
from annotator.review.filter import Filter
from annotator.review.standing import DISCUSSED, LEFT, SETTLED, Item
from annotator.ui.review.parts import stands_alone

SHOWN = {"left": frozenset(LEFT), "discussed": frozenset({DISCUSSED}), "settled": frozenset({SETTLED})}
"""Which statuses each of the three lists holds."""


class Wanted(NamedTuple):
    """What is looked at: one of the lists, of some kinds, a label (id; several a line each: all of them), a side."""

    list: str = "left"
    kinds: frozenset[str] = frozenset()
    label: str = ""
    side: int = -1

    @property
    def labels(self) -> frozenset[str]:
        """The labels (ids) that must all be there."""
        return frozenset(self.label.split("\n")) if self.label else frozenset()

    @property
    def filter(self) -> Filter:
        """The same for the queue, which knows no "all of these labels" and no "alone"."""
        sides = frozenset({self.side}) if self.side >= 0 else frozenset[int]()
        return Filter(SHOWN[self.list], self.kinds, self.labels, sides)

    def shows(self, item: Item) -> bool:
        """Whether the item is wanted; of one person only what they say alone."""
        return self.filter.shows(item) and self.fits(item)

    def test(self) -> Callable[[Item], bool] | None:
        """Return what says whether an item of the list that has one of the labels is wanted but for its kind.

        None where all of them are.
        """
        labels, side = self.labels, self.side
        if len(labels) < 2 and side < 0:
            return None

        def shows(item: Item) -> bool:
            return labels.issubset(item.difference.labels) and (side < 0 or stands_alone(item, side))

        return shows

    def fits(self, item: Item) -> bool:
        """Whether it is as far as the queue's filter cannot say."""
        alone = self.side < 0 or stands_alone(item, self.side)
        return alone and ("\n" not in self.label or self.labels <= set(item.difference.labels))


class Narrow(NamedTuple):
    """Which differences are to be seen: with all these labels (ids), of one of these kinds; none means any.

    `hidden` when nobody is to be named.
    """

    labels: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    hidden: bool = False


class Looked(NamedTuple):
    """The shown list; how many there are of each kind if all kinds were shown; all that is settled, and agreed."""

    articles: list[str]
    """Those (ids) of which something is shown, in project order."""
    items_of: list[list[Item]]
    """What is shown of each, in the order of the text."""
    firsts: list[int]
    """How many items stand before those of each; last, how many there are."""
    kinds: Mapping[str, int]
    settled: int
    """Differences; what all agreed on was none."""
    agreed: int
    """Taken over or not."""

    @property
    def many(self) -> int:
        """How many are shown."""
        return self.firsts[-1]

    @property
    def items(self) -> list[Item]:
        """All that is shown."""
        return [item for items in self.items_of for item in items]

    def item(self, place: int) -> Item:
        """Return the item at a place of the list, from 0."""
        number = bisect_right(self.firsts, place) - 1
        return self.items_of[number][place - self.firsts[number]]

    def place(self, item: Item | None) -> tuple[int, int] | None:
        """Return the number of the article among which an item is shown, and its place in the list; None: nowhere."""
        if item is None or item.difference.article not in self.articles:
            return None
        number, id = self.articles.index(item.difference.article), item.id
        at = next((n for n, it in enumerate(self.items_of[number]) if it.id == id), -1)
        return (number, self.firsts[number] + at) if at >= 0 else None


NOTHING = Looked([], [], [0], {}, 0, 0)
"""An empty list."""


class _Part(NamedTuple):
    """What is shown of an article's items, and which of them these are; of what kinds it would be without `kinds`."""

    items: list[Item]
    at: list[int]
    kinds: dict[str, int]


_NONE = _Part([], [], {})


class _Lists(NamedTuple):
    """An article's items by list, as they are shown where nothing is narrowed."""

    items: tuple[Item, ...]
    lists: dict[str, _Part]
    settled: int
    agreed: int


class Listing:
    """Looks at a queue; what did not change since the last look costs nothing anew."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._wanted = Wanted()
        self._labels: tuple[str, ...] = ()
        self._shows: Callable[[Item], bool] | None = None
        """What the labels leave open."""
        self._lists: dict[str, _Lists] = {}
        self._parts: dict[str, _Part] = {}
        self._order: list[str] = []
        self._kinds: dict[str, int] = {}
        self._settled = self._agreed = 0
        self._looked: tuple[int, Looked] = -1, NOTHING
        """After how many changes of the queue it was looked at."""

    def look(self, wanted: Wanted) -> Looked:
        """Return the list as it is now: the same object as before while nothing of it is another."""
        version, queue, before = self._queue.version, self._queue, self._looked[1]
        if wanted != self._wanted:
            self._wanted, self._parts, self._kinds = wanted, {}, {}
            self._labels, self._shows = tuple(wanted.labels), wanted.test()
            touched = None
        elif self._looked[0] == version:
            return before
        else:
            touched = queue.since(self._looked[0])
        if touched is None:
            articles, items_of = self._look_through()
        elif any(bool(self._parts[id].items) != self._take(id, queue.of(id)) for id in touched):
            articles, items_of = self._all_shown()
        else:
            # With a key only what is in it is another: of a thousand articles none is looked at again.
            articles, items_of = before.articles, before.items_of.copy()
            for id in touched:
                if items := self._parts[id].items:
                    items_of[articles.index(id)] = items
        firsts = list(accumulate(map(len, items_of), initial=0))
        kinds = {kind: count for kind, count in self._kinds.items() if count}
        self._looked = version, Looked(articles, items_of, firsts, kinds, self._settled, self._agreed)
        return self._looked[1]

    def _look_through(self) -> tuple[list[str], list[list[Item]]]:
        current = dict(self._queue.by_article())
        for id in self._lists.keys() - current.keys():
            self._forget(id)
        for id, items in current.items():
            if id not in self._parts or self._lists[id].items is not items:
                self._take(id, items)
        self._order = list(current)
        return self._all_shown()

    def _all_shown(self) -> tuple[list[str], list[list[Item]]]:
        articles = [id for id in self._order if self._parts[id].items]
        return articles, [self._parts[id].items for id in articles]

    def _forget(self, article: str) -> None:
        lists, part = self._lists.pop(article, None), self._parts.pop(article, None)
        if lists is not None:
            self._settled -= lists.settled
            self._agreed -= lists.agreed
        if part is not None:
            self._count(part, -1)

    def _take(self, article: str, items: tuple[Item, ...]) -> bool:
        """Take an article as it is now; return whether any of it is shown."""
        lists = self._lists.get(article)
        if lists is None or lists.items is not items:
            self._forget(article)
            lists = self._lists[article] = _listed(items)
            self._settled += lists.settled
            self._agreed += lists.agreed
        part = self._parts[article] = self._narrowed(article, lists)
        self._count(part, 1)
        return bool(part.items)

    def _narrowed(self, article: str, lists: _Lists) -> _Part:
        labels, kinds = self._labels, self._wanted.kinds
        whole = lists.lists[self._wanted.list]
        if not labels:
            if self._shows is None and not kinds:
                return whole
            return _part(whole.at, lists.items, self._shows, kinds)
        # With another label it is all of many thousand: only those that have it are looked at.
        labelled, statuses = self._queue.labelled(article), SHOWN[self._wanted.list]
        if len(labels) == 1:
            having: Iterable[int] = labelled.get(labels[0], ())
        else:
            having = sorted({at for label in labels for at in labelled.get(label, ())})
        there = [at for at in having if lists.items[at][1] in statuses]
        return _part(there, lists.items, self._shows, kinds) if there else _NONE

    def _count(self, part: _Part, by: int) -> None:
        for kind, count in part.kinds.items():
            self._kinds[kind] = self._kinds.get(kind, 0) + by * count

    def next(self, after: str, step: int, wanted: Wanted) -> str:
        """Return the id of what is shown behind an item (its id), or before it (`step` -1), round at the ends.

        The one asked from need not be shown any more; of one that is nowhere it is the first, or the last.
        """
        looked = self.look(wanted)
        if not looked.many:
            return ""
        before, here = self._before(after, looked)
        if before < 0:
            return looked.item(0 if step > 0 else looked.many - 1).id
        return looked.item((before + here if step > 0 else before - 1) % looked.many).id

    def _before(self, id: str, looked: Looked) -> tuple[int, bool]:
        """Return how many shown ones stand before an item, -1 where it is nowhere; and whether it is shown itself."""
        place = self._queue.place(id)
        if place is None:
            return -1, False
        article, at = place
        shown = looked.articles
        if article in shown:
            among = self._parts[article].at
            number = bisect_left(among, at)
            here = number < len(among) and among[number] == at
            return looked.firsts[shown.index(article)] + number, here
        behind, known = self._order[self._order.index(article) + 1 :], frozenset(shown)
        after = next((one for one in behind if one in known), None)
        return looked.many if after is None else looked.firsts[shown.index(after)], False


def _listed(items: tuple[Item, ...]) -> _Lists:
    lists: dict[str, _Part] = {which: _Part([], [], {}) for which in SHOWN}
    settled = agreed = 0
    for at, item in enumerate(items):
        one, status = item[0], item[1]  # by place: with every key it is all of an article
        kind = one[2]
        if kind == AGREED:
            agreed += status != DISCUSSED  # what all agreed on may have been left for discussion before they did
        elif status == SETTLED:
            settled += 1
        which = _LIST_OF.get(status)
        if which is not None:
            shown, places, count = lists[which]
            shown.append(item)
            places.append(at)
            count[kind] = count.get(kind, 0) + 1
    return _Lists(items, lists, settled, agreed)


_LIST_OF = {status: which for which, statuses in SHOWN.items() for status in statuses}


def _part(
    places: Iterable[int], all: Sequence[Item], shows: Callable[[Item], bool] | None, kinds: Collection[str]
) -> _Part:  # fmt: skip
    items: list[Item] = []
    at: list[int] = []
    count: dict[str, int] = {}
    for place in places:
        item = all[place]
        if shows is not None and not shows(item):
            continue
        kind = item[0][2]
        count[kind] = count.get(kind, 0) + 1
        if not kinds or kind in kinds:
            items.append(item)
            at.append(place)
    return _Part(items, at, count)
