"""Who tags which article, by rule: by a number everybody can repeat, fair to within one article, in no order but that.

What decides is a hash of a seed and of ids, so the same people, articles and seed give the same shares on every
machine, in whatever order they are named. Whoever has an article already keeps it and is counted.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

RULES = ("all", "each", "split")
"""Everybody the same; so many annotators an article; one an article, but for a share that everybody reads."""


Heed = Callable[[int, int], None]
_NOW_AND_THEN = 500
"""Articles that are shared out in some hundredths of a second."""


class Pair(NamedTuple):
    """An article (its id) and an annotator (id) who is to tag it."""

    article: str
    annotator: str


class Rule(NamedTuple):
    """How articles are shared out; `number` counts the annotators of an article where the `name` is "each".

    `overlap` is the share in percent of the articles that everybody reads where it is "split".
    """

    name: str = "all"
    number: int = 2
    overlap: int = 0
    seed: int = 1


def shared_out(
    rule: Rule, articles: Iterable[str], people: Iterable[str], have: Collection[Pair] = (),
    heed: Heed = lambda _done, _total: None,
) -> list[Pair]:  # fmt: skip
    """Return who is to tag what beyond what they `have`, by article; ids in, ids out.

    `heed(done, total)` is told now and then how many articles are shared out, and may raise to stop. Raises ValueError.
    """
    if rule.name not in RULES:
        raise ValueError(rule.name)
    if rule.number < 1 or not 0 <= rule.overlap <= 100:
        raise ValueError(f"{rule.number} annotators, {rule.overlap} %")
    team = sorted(set(people))
    order = sorted(set(articles), key=lambda article: (_hash(rule.seed, "article", article), article))
    return sorted(_shares(rule, order, team, have, heed)) if team else []


def _shares(rule: Rule, order: list[str], team: list[str], have: Collection[Pair], heed: Heed) -> list[Pair]:
    readers: dict[str, set[str]] = {article: set() for article in order}
    for pair in have:
        if pair.article in readers:
            readers[pair.article].add(pair.annotator)
    load = dict.fromkeys(team, 0)
    for some in readers.values():
        for person in some & load.keys():
            load[person] += 1
    found: list[Pair] = []
    by_all = _read_by_all(rule, len(order))
    for number, article in enumerate(order):
        if number % _NOW_AND_THEN == 0:
            heed(number, len(order))
        wanted = len(team) if number < by_all else rule.number if rule.name == "each" else 1
        there = readers[article] & load.keys()
        free = [person for person in team if person not in there]
        # Whoever has least comes first; who goes together changes from article to article, so that all pairs meet.
        free.sort(key=lambda person: (load[person], _hash(rule.seed, article, person), person))
        for person in free[: max(0, wanted - len(there))]:
            load[person] += 1
            found.append(Pair(article, person))
    return found


def _read_by_all(rule: Rule, count: int) -> int:
    if rule.name == "all":
        return count
    # Rounded up: who wants some overlap gets some.
    return math.ceil(count * rule.overlap / 100) if rule.name == "split" else 0


def _hash(seed: int, *ids: str) -> bytes:
    return hashlib.sha256("\x1f".join((str(seed), *ids)).encode("utf-8")).digest()
