"""Which words of other articles are likely to mean the same, or are meant by what was typed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
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


def likest_first(all_known: Sequence[Known]) -> list[int]:
    """Return their places (from 0), those that share more words first, otherwise as they came."""
    return sorted(range(len(all_known)), key=lambda place: -all_known[place].shared)


def ranked(all_known: Sequence[Known], typed: str) -> list[int]:
    """Return the places (from 0) of those that hold every typed word or its beginning, in their order.

    Those where each begins a word come before those that have one inside.
    """
    wanted = plain(typed).split()
    places = list(range(len(all_known)))
    for word in wanted:
        places = [place for place in places if word in all_known[place].compared]
    begun = places
    for word in wanted:
        begun = [place for place in begun if f" {word}" in all_known[place].compared]
    if len(begun) == len(places):
        return places
    first = set(begun)
    return begun + [place for place in places if place not in first]
