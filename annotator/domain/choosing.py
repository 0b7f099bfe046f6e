"""Labels by a few letters of their names, as a hand in a hurry types them."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.scheme import Label
from annotator.domain.terms import plain


def fitting(labels: Iterable[Label], typed: str) -> list[Label]:
    """Return the labels that what was typed may mean, the likeliest first; all of them in their order for "".

    First those whose names begin so, then those with a word that does, then those that hold it anywhere, at last those
    that hold each of its words. Accents and case do not matter.
    """
    ranked = ((_rank(label.name, typed), label) for label in labels)
    fits = [(rank, label) for rank, label in ranked if rank is not None]
    return [label for _, label in sorted(fits, key=lambda fit: fit[0])]


def _rank(name: str, typed: str) -> int | None:
    compared, wanted = plain(name), plain(typed)
    if not wanted:
        # Mere signs are compared as they are: a name may be nothing else.
        return 0 if typed.strip().casefold() in name.casefold() else None
    if compared.startswith(wanted):
        return 0
    if f" {wanted}" in f" {compared}":
        return 1
    if wanted in compared:
        return 2
    return 3 if all(word in compared for word in wanted.split()) else None
