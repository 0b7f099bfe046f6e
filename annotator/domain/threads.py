"""Remarks of people, put together as threads: what one began, and what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain.team import Remark


class Thread(NamedTuple):
    """A remark and its answers, oldest first."""

    first: Remark
    answers: tuple[Remark, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether nothing more is to be done."""
        return self.first.closed

    @property
    def all(self) -> tuple[Remark, ...]:
        """All that was said, oldest first."""
        return (self.first, *self.answers)


def threads(remarks: Iterable[Remark]) -> list[Thread]:
    """Return the remarks as threads, oldest first.

    What answers a remark that is not here, gone or not to be seen, begins a thread itself: nothing said is left out.
    """
    ordered = sorted(remarks, key=lambda one: (one.created, one.id))
    begins = {one.id for one in ordered if not one.answers}
    answers: dict[str, list[Remark]] = {}
    for one in ordered:
        if one.answers in begins:
            answers.setdefault(one.answers, []).append(one)
    return [Thread(one, tuple(answers.get(one.id, ()))) for one in ordered if one.answers not in begins]


def is_open(remark: Remark) -> bool:
    """Whether a remark began a thread that is open."""
    return not remark.answers and not remark.closed


def concerns(remark: Remark, annotator: str) -> bool:
    """Whether a remark is meant for somebody (an id): for all, or for them, or their own."""
    return remark.to in ("", annotator) or remark.author == annotator
