"""The chain of the journal: every step of a person on a device carries the hash of the one before it."""

from __future__ import annotations

from annotator.domain.journalled import StepRecord

Line = tuple[str, str]
"""Annotator and device: whose steps follow one another in the journal."""


class Chain:
    """Steps in whatever order they came here: with packages a later one may have come first.

    What has no device is the part of a step that somebody packed, the scheme a project begins with, or what a repair
    saved; it stands in no line.
    """

    def __init__(self) -> None:
        self._hashes: dict[Line, set[str]] = {}
        self._begun: set[Line] = set()
        self._open: list[tuple[str, Line, str]] = []
        self._twice: list[str] = []

    def add(self, step: StepRecord) -> None:
        """Take a step into its line."""
        if not step.device:
            return
        line = (step.annotator, step.device)
        there = self._hashes.setdefault(line, set())
        if step.prev_hash:
            if step.prev_hash not in there:
                self._open.append((step.id, line, step.prev_hash))
        elif line in self._begun:
            self._twice.append(step.id)
        else:
            self._begun.add(line)
        there.add(step.hash())

    def broken(self) -> list[str]:
        """Return the ids of steps whose predecessor is not among those that were taken in."""
        return [*self._twice, *(id for id, line, before in self._open if before not in self._hashes[line])]
