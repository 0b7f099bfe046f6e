"""Packages of colleagues into a project, looked at first, taken back and brought in again; each with a report."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotator.exchange.header import Header
from annotator.storage.forks import Fork


@dataclass(frozen=True, slots=True)
class ByAnnotator:
    """What one person's work (id, name) brings: numbers of spans."""

    id: str
    name: str
    spans_new: int = 0
    spans_changed: int = 0
    spans_deleted: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What a package brings, or brought; `path` is its file, `header` what it says of itself (None: not readable).

    `badge` is known, first, other or unsigned. `by_annotator` counts by the owner of the layer; `twofold` is what was
    changed on two machines by this merge; `proposals` are sentences of what would change what is the lead's, `refused`
    sentences with line and reason (nothing is written then), `waiting` how many changes lack what they start from.
    """

    path: str
    header: Header | None = None
    badge: str = "unsigned"
    articles_new: int = 0
    articles_changed: int = 0
    spans_new: int = 0
    spans_changed: int = 0
    spans_deleted: int = 0
    by_annotator: tuple[ByAnnotator, ...] = ()
    twofold: tuple[Fork, ...] = ()
    proposals: tuple[str, ...] = ()
    remarks: int = 0
    steps_new: int = 0
    steps_known: int = 0
    refused: tuple[str, ...] = ()
    waiting: int = 0
    warnings: tuple[str, ...] = ()
    nothing_new: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Report(Preview):
    """What was done; `package` is the id of the package, `how` is merge, unmerge or again (switched on again)."""

    package: str = ""
    how: str = "merge"
    seconds: float = field(default=0.0, compare=False)
    """How long nobody else could write."""


# look(store, identity, path, progress, cancelled) -> Preview
# merge(workspace, identity, paths, progress, cancelled, hear) -> list[Report]
# unmerge(workspace, package, progress, cancelled) -> Report
# packages(reader) -> list[PackageRow] stands in storage/packages
