"""A project on disk and the files that go into it, for the tests of import and export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annotator import assets
from annotator.domain import ids
from annotator.domain.article import Annotator
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.jobs.exporting import export
from annotator.jobs.importing import Outcome, Report, import_paths
from annotator.jobs.sources import Wishes
from annotator.storage.store import Store

ANA = Annotator("0192f0c1-0000-7000-8000-00000000000a", "Ana")


def make(path: Path) -> Path:
    """Make an empty project of the default scheme."""
    Store.create(path, parse(assets.scheme_text(), "default"))
    return path


class Desk:
    """An open project; use it in a `with`."""

    def __init__(self, path: Path, me: Annotator = ANA) -> None:
        self.path = path if path.exists() else make(path)
        self.folder = path.parent
        self.store = Store.open(self.path)
        self.workspace = Workspace(self.store, me, "device")
        self.heard: list[Outcome] = []

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def bring(self, *files: Path, **wishes: Any) -> Report:
        """Import files."""
        self.heard.clear()
        return import_paths(self.workspace, files, Wishes(**wishes), hear=self.heard.append)

    def lines(self, *items: object, name: str = "wire.jsonl") -> Path:
        """Write lines of JSON (bytes as they are) into a file."""
        path = self.folder / name
        path.write_bytes(b"\n".join(item if isinstance(item, bytes) else json.dumps(item).encode() for item in items))
        return path

    def export(self, name: str = "out.jsonl", **how: Any) -> bytes:
        """Return what an export writes."""
        target = self.folder / name
        export(self.path, target, **how)
        return target.read_bytes()


def tally(report: Report) -> tuple[int, int, int, int]:
    """Return added, known, different, refused."""
    return report.added, report.known, report.different, report.refused


def span(start: int, end: int, label: str = "quote", **more: Any) -> dict[str, Any]:
    """Return a span of a short line."""
    return {"start": start, "end": end, "label": label, **more}


def new_id() -> str:
    """Return an id of the kind we make."""
    return ids.uuid7()
