"""What people are called where two may have one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from annotator.domain.article import Annotator

_SHORT = 4


def short(id: str) -> str:
    """Return the end of an id, which tells people apart: its beginning is the moment it was made."""
    return f"…{id[-_SHORT:]}"


def called(people: Mapping[str, Annotator]) -> dict[str, str]:
    """Return what each of the people is called, by id: the name, with the end of the id where others have it too."""
    names = Counter(one.name.casefold() for one in people.values())
    return {
        id: one.name if names[one.name.casefold()] == 1 else f"{one.name} ({short(id)})" for id, one in people.items()
    }
