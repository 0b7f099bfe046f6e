"""Export and import through the program's own jobs, to and from bytes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from annotator.editing.workspace import Workspace
from annotator.jobs import exporting, importing
from annotator.storage.store import Store


def export_bytes(store: Store) -> bytes:
    """Return the project as our JSON Lines."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.jsonl"
        exporting.export(store.path, target)
        return target.read_bytes()


def import_bytes(workspace: Workspace, data: bytes) -> importing.Report:
    """Import our JSON Lines."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.jsonl"
        source.write_bytes(data)
        return importing.import_paths(workspace, [source])
