"""What an assignment would come to: how many articles each of the people has and gets, how many are read twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from annotator.domain.assigning import Heed, Pair, Rule, shared_out
from annotator.domain.team import Assignment

FIRST, SECOND = 1, 2
"""Rounds: the first reading, and a second one of what one has tagged oneself."""


class Share(NamedTuple):
    """Of one annotator (id): articles that are theirs already, those that would be new, those to be taken away."""

    annotator: str
    there: int
    new: int
    gone: int

    @property
    def after(self) -> int:
        """How many they would have."""
        return self.there + self.new


class Outlook(NamedTuple):
    """The shares; after that so many articles would be read by more than one, of those that anybody reads."""

    shares: tuple[Share, ...]
    shared: int
    read: int


def outlook(people: Iterable[str], new: Collection[Pair], present: Iterable[Assignment], among: Collection[str],
            round: int = FIRST) -> Outlook:  # fmt: skip
    """Return what `new` pairs come to with what is assigned in a round; `among` are the chosen articles (ids)."""
    there, gone, readers = Counter[str](), Counter[str](), Counter[str]()
    for one in present:
        if one.round == round:
            there[one.annotator] += 1
            gone[one.annotator] += one.article in among
            readers[one.article] += 1
    fresh = Counter(pair.annotator for pair in new)
    readers.update(pair.article for pair in new)
    shares = tuple(Share(id, there[id], fresh[id], gone[id]) for id in people)
    return Outlook(shares, sum(1 for count in readers.values() if count > 1), len(readers))


def again(
    done: Iterable[Pair], people: Collection[str], among: Collection[str], present: Iterable[Assignment]
) -> list[Pair]:
    """Return who is to read what a second time: what each has `done`, where that is not assigned yet."""
    there = {(one.article, one.annotator) for one in present if one.round == SECOND}
    wanted = {pair for pair in done if pair.annotator in people and pair.article in among}
    return sorted(pair for pair in wanted if tuple(pair) not in there)


def taken(
    present: Iterable[Assignment], people: Collection[str], among: Collection[str], round: int
) -> list[Assignment]:
    """Return the assignments of a round of these people to these articles (ids)."""
    return [one for one in present if one.round == round and one.annotator in people and one.article in among]


def drawn(
    rule: Rule, among: Iterable[str], people: Iterable[str], present: Iterable[Assignment], back: Collection[Pair],
    heed: Heed = lambda _done, _total: None,
) -> list[Pair]:  # fmt: skip
    """Return who is to read what by a rule, beyond what is assigned; what somebody gave `back` is drawn for others.

    `heed` is told as `assigning.shared_out` does it.
    """
    team, articles = frozenset(people), list(among)
    have = [pair for one in present if one.round == FIRST and (pair := Pair(one.article, one.annotator)) not in back]
    wont: dict[str, set[str]] = {}
    for pair in back:
        wont.setdefault(pair.article, set()).add(pair.annotator)
    groups: dict[frozenset[str], list[str]] = {}
    for article in articles:
        groups.setdefault(team - wont.get(article, set()), []).append(article)
    return sorted(pair for able, some in groups.items() for pair in shared_out(rule, some, able, have, heed))
