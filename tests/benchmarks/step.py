"""What a step costs beside a bare insert and commit with the same settings, measured in turns in the same run."""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from annotator.editing import spans
from tests.builders import bring, my_layer, project, tag, workspace

ROUNDS = 600
LIMIT = 2.0


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _bare(folder: Path) -> Callable[[int], None]:
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = wal")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute('CREATE TABLE span (id TEXT PRIMARY KEY, label TEXT, start INTEGER, "end" INTEGER) STRICT')

    def insert(number: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO span VALUES (?, 'quote', ?, ?)", (f"{number:036}", number, number + 40))
        connection.execute("COMMIT")

    return insert


def main() -> int:
    """Print a row a measure; return the number of limits that were broken."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = _bare(folder)
        ws = workspace(project(folder))
        article = bring(ws, "A plain text of some length. " * 200)
        tag(ws, article, "quote", (0, 5))
        layer = my_layer(ws, article)  # the window knows it

        def label(start: int) -> None:
            words = (start, start + 9)
            ws.do(
                spans.label(
                    article, layer, ws.me, "quote", "Quote", (words,), id=ws.new_id(), now=ws.clock(), scheme_version=1
                )
            )

        times: dict[str, list[float]] = {"bare": [], "do": [], "undo": [], "redo": []}
        for number in range(ROUNDS):
            times["bare"].append(_seconds(lambda number=number: bare(number)))  # type: ignore[misc]
            start = number % 5000
            times["do"].append(_seconds(lambda start=start: label(start)))  # type: ignore[misc]
            times["undo"].append(_seconds(ws.undo))
            times["redo"].append(_seconds(ws.redo))
        ws.store.close()
    reference = statistics.median(times["bare"])
    broken = 0
    for what in ("do", "undo", "redo"):
        ours = statistics.median(times[what])
        late = sorted(times[what])[int(len(times[what]) * 0.95)]
        ratio = ours / reference
        ok = ratio <= LIMIT
        broken += not ok
        print(
            f"step {what:5} ours {ours * 1e3:6.3f} ms (p95 {late * 1e3:.3f})  reference {reference * 1e3:.3f} ms  "
            f"ratio {ratio:.2f}  limit {LIMIT}  {'ok' if ok else 'BROKEN'}"
        )
    return broken


if __name__ == "__main__":
    sys.exit(main())
