"""Which words of other articles are likely to mean the same, or are meant by what was typed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain.terms import plain

_SHORTEST = 4
"""Letters of a word that says what a sentence is about; shorter ones are mostly "the" and "of"."""


class Known(NamedTuple):
    """Words that are compared: as they are typed, and how many they share with what is looked for."""

    compared: str
    shared: int


def telling(words: str) -> frozenset[str]:
    """Return the words of a sentence that say what it is about."""
    return frozenset(word for word in plain(words).split() if len(word) >= _SHORTEST or word.isdigit())


def known(words: str, title: str, about: frozenset[str]) -> Known:
    """Return words with their article's title, ready to be compared with what is typed and with what it is `about`."""
    compared = plain(words)
    return Known(f" {compared} {plain(title)}", len(about.intersection(compared.split())))


def ranked(all_known: Iterable[Known], typed: str) -> list[int]:
    """Return the places (from 0) of those that hold every typed word or its beginning, the likeliest first.

    Those where each begins a word come before those that have one inside; then those that share more words.
    """
    wanted = plain(typed).split()
    begun = [f" {word}" for word in wanted]
    hits: list[tuple[bool, int, int]] = []
    for place, one in enumerate(all_known):
        if all(word in one.compared for word in wanted):
            inside = not all(word in one.compared for word in begun)
            hits.append((inside, -one.shared, place))
    hits.sort()
    return [place for _inside, _shared, place in hits]
