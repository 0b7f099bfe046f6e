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
from annotator.domain.redrawing import Redrawn
from annotator.editing.schemepreview import effects, lost
from annotator.editing.workspace import Workspace
from annotator.jobs.exporting import export
from annotator.jobs.redrawing import redraw
from annotator.storage.check import check
from annotator.storage.reader import Reader
from annotator.storage.store import Store
from tests.builders import ANA
from tests.schemed import CHANGES, made, recounted, state, told

ARTICLES, SPANS = 1_000, 25
MOST, LARGE = 2.0, 10_000
"""Seconds that a change, its undo and its redo may take; of so many values it has progress and cancel in any case."""


def main() -> int:
    """Print a row a change; return how many were wrong or too slow."""
    folder = Path(tempfile.mkdtemp(prefix="annotator-bench-"))
    try:
        path = folder / "large.annotator"
        made(path, ARTICLES, SPANS)
        export(path, folder / "before.jsonl")
        reference = (folder / "before.jsonl").read_bytes()
        print(f"{ARTICLES:,} articles, {ARTICLES * SPANS:,} spans; seconds of this process, and on the clock")
        print(f"{'change':28} {'preview':>13} {'do':>13} {'undo':>13} {'redo':>13} {'values':>8}")
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
    if max(done, undone, redone)[0] > MOST and outcome.changes < LARGE:
        wrong.append("TOO SLOW")
    with closing(Reader(path)) as reader:
        if name.startswith("merge all") and list(check(reader)):
            wrong.append("CHECK")
    times = " ".join(f"{own:6.2f} {clock:6.2f}" for own, clock in (preview, done, undone, redone))
    print(f"{name:28} {times} {outcome.changes:8,}  {', '.join(wrong)}")
    sys.stdout.flush()
    return int(bool(wrong))


def _timed(action: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    own, clock = time.process_time(), time.perf_counter()
    result = action()
    return (time.process_time() - own, time.perf_counter() - clock), result


if __name__ == "__main__":
    sys.exit(main())
