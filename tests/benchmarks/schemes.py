"""Every kind of change of a scheme on a project of 1,000 articles with 25,000 spans: its time, and whether it is right.

`python -m tests.benchmarks.schemes`. The preview is compared with what happened, and the export before with the export
after the undo, byte by byte.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from annotator.domain import redrawing as draw
from annotator.domain import reshaping as shape
from annotator.domain.redrawing import Redrawn
from annotator.editing.schemepreview import effects, lost
from annotator.editing.workspace import Workspace
from annotator.jobs.exporting import export
from annotator.jobs.redrawing import redraw
from annotator.storage.check import check
from annotator.storage.reader import Reader
from annotator.storage.store import Store
from tests.builders import ANA
from tests.schemed import made, recounted, state, told

ARTICLES, SPANS = 1_000, 25
MOST = 2.0
"""Seconds for a change, and for its undo."""


def _all_into_one(draft: Redrawn) -> Redrawn:
    for label in ("source", "cue", "claim", "evidence", "boilerplate", "strange"):
        draft = draw.merge(draft, label, "quote", attributes_too=True)
    return draft


def _all_deleted(draft: Redrawn) -> Redrawn:
    for label in ("source", "cue", "claim", "evidence", "boilerplate", "strange"):
        draft = draw.delete_label(draft, label, spans_too=True)
    return draft


def _split(draft: Redrawn) -> Redrawn:
    made = draw.add_label(draft, "report", "Report", key="Y", light="#004D40", dark="#80CBC4", like="quote")
    return draw.split(made, "quote", "report", "mode", "indirect")


CHANGES: tuple[tuple[str, Callable[[Redrawn], Redrawn]], ...] = (
    ("rename", lambda draft: draw.rename(draft, "cue", "Speech cue")),
    ("recolour", lambda draft: draw.recolour(draft, "cue", "#004D40", "#80CBC4")),
    ("another key", lambda draft: draw.set_key(draft, "cue", "Y")),
    ("regroup", lambda draft: draw.regroup(draft, "cue", "Attribution")),
    ("reorder", lambda draft: draw.reorder(draft, "cue", 0)),
    ("define", lambda draft: draw.define(draft, "cue", "Only verbs.")),
    ("switch off", lambda draft: draw.switch(draft, "boilerplate", False)),
    ("add a label", lambda draft: draw.add_label(draft, "headline", "Headline")),
    ("merge", lambda draft: draw.merge(draft, "evidence", "claim")),
    ("merge an unknown label", lambda draft: draw.merge(draft, "strange", "claim")),
    ("merge all into one", _all_into_one),
    ("split by an attribute", _split),
    ("split one by one", lambda draft: draw.split(draft, "quote", "claim")),
    ("delete, spans kept", lambda draft: draw.delete_label(draft, "quote")),
    ("delete, spans too", lambda draft: draw.delete_label(draft, "quote", spans_too=True)),
    ("delete all but quotes", _all_deleted),
    ("required", lambda draft: shape.require(draft, "act")),
    ("required, with a value", lambda draft: shape.require(draft, "act", value="statement")),
    ("attribute gone, values kept", lambda draft: shape.delete_attribute(draft, "act")),
    ("attribute gone, values too", lambda draft: shape.delete_attribute(draft, "act", values_too=True)),
    ("value gone, kept", lambda draft: shape.delete_value(draft, "act", "belief")),
    ("value gone into another", lambda draft: shape.delete_value(draft, "act", "belief", into="statement")),
    ("add a value", lambda draft: shape.add_value(draft, "act", "rumour")),
    ("relation gone, ties too", lambda draft: shape.delete(draft, "relations", "same-claim", ties_too=True)),
    ("group gone, ties too", lambda draft: shape.delete(draft, "groups", "attribution", ties_too=True)),
    ("field gone", lambda draft: shape.delete(draft, "fields", "genre")),
)  # fmt: skip


def main() -> int:
    """Print a row a change; return how many were wrong or too slow."""
    folder = Path(tempfile.mkdtemp(prefix="annotator-bench-"))
    try:
        path = folder / "large.annotator"
        made(path, ARTICLES, SPANS)
        export(path, folder / "before.jsonl")
        reference = (folder / "before.jsonl").read_bytes()
        print(f"{ARTICLES:,} articles, {ARTICLES * SPANS:,} spans; seconds")
        print(f"{'change':30} {'preview':>8} {'do':>8} {'undo':>8} {'redo':>8} {'values':>8}")
        return sum(_row(folder, path, reference, name, change) for name, change in CHANGES)
    finally:
        shutil.rmtree(folder)


def _row(folder: Path, path: Path, reference: bytes, name: str, change: Callable[[Redrawn], Redrawn]) -> int:
    with closing(Store.open(path)) as store:
        ws, wrong = Workspace(store, ANA, "laptop"), []
        before = state(store)
        draft = change(draw.begun(store.scheme()))
        preview, told_before = _timed(lambda: effects(store, draft))
        done, outcome = _timed(lambda: redraw(ws, draft))
        after = state(store)
        if told(told_before) != recounted(draft, before, after):
            wrong.append("PREVIEW WRONG")
        if len(before.spans) - len(after.spans) != lost(told_before):
            wrong.append("SPANS LOST")
        undone, _ = _timed(lambda: ws.carry_out(ws.planned_undo()))
        if state(store) != before:
            wrong.append("UNDO WRONG")
        redone, _ = _timed(lambda: ws.carry_out(ws.planned_redo()))
        ws.carry_out(ws.planned_undo())
    export(path, folder / "after.jsonl")
    if (folder / "after.jsonl").read_bytes() != reference:
        wrong.append("EXPORT DIFFERS")
    if max(done, undone, redone) > MOST:
        wrong.append("TOO SLOW")
    with closing(Reader(path)) as reader:
        if name.startswith("merge all") and list(check(reader)):
            wrong.append("CHECK")
    print(f"{name:30} {preview:8.2f} {done:8.2f} {undone:8.2f} {redone:8.2f} {outcome.changes:8,}  {', '.join(wrong)}")
    sys.stdout.flush()
    return int(bool(wrong))


def _timed(action: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = action()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    sys.exit(main())
