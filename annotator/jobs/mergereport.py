"""What merging a package brings or brought: as it is told, kept with the package, and read again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import msgspec

from annotator.exchange import lines as encoding
from annotator.exchange.header import Header
from annotator.jobs.mergecounts import ByAnnotator
from annotator.storage.forks import Fork
from annotator.storage.packages import PackageRow


@dataclass(frozen=True, slots=True)
class Preview:
    """What a package brings, or brought; `path` is its file, `header` what it says of itself (None: not readable).

    `badge` is known, first, other or unsigned. `by_annotator` counts by the owner of the layer; `twofold` is what was
    changed on two machines by this merge; `assigned` counts readings that somebody is given, `schemes` new versions of
    the scheme; `proposals` are sentences of what would change what is the lead's, `refused` sentences with line and
    reason (nothing is written then), `waiting` how many changes lack what they start from.
    `decisions` counts what reviewers decided, `corrections` what somebody is told that a review made of their spans,
    `answers` what was said to that, `contests` how many of those contest it.
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
    decisions: int = 0
    corrections: int = 0
    answers: int = 0
    contests: int = 0
    assigned: int = 0
    schemes: int = 0
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


def report_of(row: PackageRow) -> Report:
    """Return what was told when a package was merged here, as it was stored."""
    data = {name: value for name, value in row.report.items() if name in Report.__slots__ or name in Preview.__slots__}
    data |= {"path": row.name, "header": header_of(row), "package": row.id}
    data["by_annotator"] = tuple(ByAnnotator(**one) for one in data.get("by_annotator", ()))
    data["twofold"] = tuple(Fork(**one) for one in data.get("twofold", ()))
    for name in ("proposals", "refused", "warnings"):
        data[name] = tuple(data.get(name, ()))
    return Report(**data)


def fields(preview: Preview) -> dict[str, Any]:
    """Return what a preview says, for a report that says the same."""
    return {name: getattr(preview, name) for name in Preview.__slots__}


def as_data(report: Preview) -> dict[str, Any]:
    """Return a report as JSON has it."""
    data = asdict(report)
    header = report.header
    data["header"] = msgspec.json.decode(encoding.header_bytes(header)) if header is not None else None
    data["twofold"] = [fork._asdict() for fork in report.twofold]
    return data


def stored(report: Report) -> str:
    """Return a report as it is kept with its package (JSON)."""
    data = as_data(report)
    del data["header"], data["path"], data["seconds"], data["stopped"], data["refused"]
    return msgspec.json.encode(data).decode("utf-8")


def header_of(row: PackageRow) -> Header | None:
    """Return what a merged package said of itself, None where that cannot be understood."""
    try:
        return encoding.header(msgspec.json.encode(row.header))
    except Exception:
        return None
