"""Which entries are offered for a mention, and how a new one would be called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from annotator.domain import registry, speech
from annotator.domain.change import Entry
from annotator.domain.register import Register, Uses, suggested_name
from annotator.domain.terms import plain

MOST = 24
"""Entries that are offered at most: of more one types another letter."""
_AKIN = 6
"""Those that are offered for one reason, before anything is typed."""


class Offer(NamedTuple):
    """One row: an entry, or (`entry` is None) a new one of this name and kind."""

    entry: Entry | None
    name: str
    kind: str
    known: bool = False
    """Whether these very words were linked to it before."""
    away: bool = False
    """Whether it takes the link away that is there, to what is called `name`."""


class Mention(NamedTuple):
    """What is to be linked: its words, its article (id), the kind that is likely, the name it is linked to now."""

    words: str = ""
    article: str = ""
    kind: str = "person"
    linked: str = ""
    named: bool = True
    """Whether the words name who is meant; else they are about somebody, who may be named among them."""

    @property
    def pronoun(self) -> bool:
        """Whether it means somebody else in every article."""
        return plain(self.words) in speech.pronouns()


def offers(typed: str, mention: Mention, register: Register, uses: Uses, used: Mapping[str, int]) -> list[Offer]:
    """Return what is offered, the best first.

    Without letters: whom the same words meant before, a new entry of these words, who shares a word with them, then
    who is linked most. With letters: who is found by them, then a new entry of what was typed, of each kind.
    """
    if typed.strip():
        found = [_of(entry) for entry in register.find(typed, MOST, used)]
        return [*found, *_new(" ".join(typed.split()), (mention.kind, *registry.KINDS))]
    name = suggested_name(mention.words) if mention.named and not mention.pronoun else ""
    before = [entry for id in _linked_before(mention, uses)[:_AKIN] if (entry := register.standing(id)) is not None]
    same = register.named(name) if name else []
    first = [*(_of(entry, known=True) for entry in before), *map(_of, same)]
    akin = map(_of, register.akin(name, _AKIN, used) if mention.named else register.within(mention.words, _AKIN, used))
    most = map(_of, register.find("", MOST, used))
    new = _new(name, (mention.kind,)) if name else []
    each: dict[str, Offer] = {}
    for one in (*first, *new, *akin, *most):
        # Whose name is taken already is not offered to be made twice.
        if one.entry is not None or not same:
            each.setdefault(one.entry.id if one.entry is not None else "", one)
    away = [Offer(None, mention.linked, "", away=True)] if mention.linked else []
    return [*each.values(), *away]


def _linked_before(mention: Mention, uses: Uses) -> list[str]:
    if not mention.named:
        return []
    if mention.pronoun:
        return uses.last_of(mention.article)
    return uses.said_of(mention.words)


def _of(entry: Entry, known: bool = False) -> Offer:
    return Offer(entry, entry.name, entry.kind, known)


def _new(name: str, kinds: Iterable[str]) -> list[Offer]:
    return [Offer(None, name, kind) for kind in dict.fromkeys(kinds)]
