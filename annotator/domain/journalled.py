"""The rows of the journal as values: what is kept, chained and exchanged word for word."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple


class StepRecord(NamedTuple):
    """A step as the journal keeps it.

    `undoes` is the id of the step this one takes back; an undo points to the original step, a redo to the undo.
    `root` is the original step of that chain (its own id for an original), "" where there is nothing to undo.
    """

    id: str
    annotator: str
    device: str
    at: str
    title: str
    scheme_version: int
    undoes: str = ""
    root: str = ""
    grp: str = ""
    job: str = ""
    lamport: int = 0
    payload_sha256: str = ""
    prev_hash: str = ""

    @property
    def original(self) -> bool:
        """Whether it is neither an undo nor a redo."""
        return self.id == self.root

    @property
    def takes_back(self) -> bool:
        """Whether it is an undo (and not a redo)."""
        return bool(self.undoes) and self.undoes == self.root

    def hash(self) -> str:
        """Return the SHA-256 that the next step of the same annotator and device carries as `prev_hash`."""
        return _hash(self)

    def seal(self, seq: int) -> str:
        """Return what shows that the row of the step, with what is only here (`seq`, `root`), is as it was written.

        16 hexadecimal digits; the hash of a step stands in its successor, and the last one has none.
        """
        return digest((str(seq), self.root, self.hash()))[:16]


@lru_cache(maxsize=8)
def _hash(step: StepRecord) -> str:
    # Asked for by the step's own seal, and by the next step, which follows at once as a rule.
    parts = (
        step.id, step.annotator, step.device, str(step.lamport), step.at, step.title, step.undoes, step.grp,
        step.job, str(step.scheme_version), step.payload_sha256, step.prev_hash,
    )  # fmt: skip
    return digest(parts)


class ChangeRecord(NamedTuple):
    """A change as the journal keeps it; `before` and `after` are JSON or None."""

    kind: str
    entity: str
    article: str
    parent: str
    before: str | None
    after: str | None


def payload_sha256(changes: Sequence[ChangeRecord]) -> str:
    """Return the fingerprint of a step's changes."""
    return digest(
        part
        for change in changes
        for part in (
            change.kind, change.entity, change.article, change.parent,
            "-" if change.before is None else "+" + change.before,
            "-" if change.after is None else "+" + change.after,
        )
    )  # fmt: skip


def digest(parts: Iterable[str]) -> str:
    """Return the SHA-256 (hexadecimal) of a list of texts."""
    # Each part behind its length, so that no two lists of parts look alike.
    joined: list[bytes] = []
    for part in parts:
        data = part.encode("utf-8")
        joined.append(len(data).to_bytes(8, "big"))
        joined.append(data)
    return hashlib.sha256(b"".join(joined)).hexdigest()
