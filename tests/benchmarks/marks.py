"""What is marked among 100,000 articles with 25 spans each: looking for it between keys, listing it, going to the next.

The rows are written without a journal: only reading is measured.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

ARTICLES, SPANS = 100_000, 25
SLICE, CLICK, KEY = 0.016, 0.100, 0.050
"""Seconds: a look between two keys (95 %), a click on a chip, a key."""
TEXT = "Words of a text that is long enough for what is marked in it."


def _project(folder: Path, me: str) -> Path:
    from annotator.domain.text import fingerprint
    from annotator.storage.store import Store
    from tests.builders import project

    noise, path = random.Random(1), project(folder)
    sha256 = fingerprint(TEXT)

    def id() -> str:
        return str(uuid.UUID(int=noise.getrandbits(128)))

    def state() -> tuple[str, str]:
        return ("discuss" if noise.random() < 0.002 else "ok", "why?" if noise.random() < 0.002 else "")

    store = Store.open(path)
    with store.writing() as to:
        to.execute("INSERT INTO text VALUES (?, ?, ?)", (sha256, len(TEXT), TEXT))
        for number in range(ARTICLES):
            article, layer = id(), id()
            row = (article, number, f"Title {number}", sha256)
            to.execute("INSERT INTO article VALUES (NULL, ?, ?, ?, ?, 1, '{}', '', '{}', 1)", row)
            layer_row = (layer, article, me)
            to.execute(
                "INSERT INTO layer VALUES (?, ?, 'annotator', ?, '', 1, 'started', '{}', '', '', '{}', 1)", layer_row
            )
            rows = [(id(), layer, me, place, place + 2, *state()) for place in range(SPANS)]
            sql = "INSERT INTO span VALUES (?, ?, 1, ?, 'quote', ?, ?, '', '{}', ?, ?, 1, 't', 't', '', '{}', 1)"
            to.executemany(sql, rows)
    store.close()
    return path


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def main() -> int:
    """Print a row a measure; return the number of limits that were broken."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        os.environ["ANNOTATOR_HOME"] = name
        from PySide6.QtWidgets import QApplication

        from annotator import whoami
        from annotator.storage.library import Wanted
        from annotator.ui.look import ARGUMENTS, Look
        from annotator.ui.session import Session
        from annotator.ui.window import MainWindow

        who = whoami.save_identity("Ana")
        path = _project(Path(name), who.annotator.id)
        app = QApplication.instance() or QApplication(["annotator", *ARGUMENTS])
        assert isinstance(app, QApplication)
        window = MainWindow(Session(who), Look(app))
        window.files.open_path(path)
        window.show()
        app.processEvents()
        window.articles.reading.stop()
        worklist, slices, clicks, keys = window.articles.worklist, [], [], []
        worklist.begin()
        while not worklist.complete:
            slices.append(_seconds(worklist._go_on))
        for what in ("discuss", "note", "unsure") * 5:
            clicks.append(_seconds(lambda what=what: window.articles.model.want(Wanted(marked=what))))  # type: ignore[misc]
        window.actions_["go.discuss"].trigger()  # makes the panel
        for _ in range(40):
            keys.append(_seconds(window.actions_["go.discuss"].trigger))
            app.processEvents()
        slices.sort()
        rows = (
            (
                "look between two keys, seconds, 95 %",
                slices[int(0.95 * len(slices))],
                SLICE,
                f"{sum(slices):.1f} s in all",
            ),
            ("click on a chip, longest, seconds", max(clicks), CLICK, f"of {len(clicks)}"),
            ("key to the next, seconds, 95 %", sorted(keys)[int(0.95 * len(keys))], KEY, f"longest {max(keys):.3f}"),
        )
        for what, value, limit, more in rows:
            print(f"{what:40} {value:7.3f}  limit {limit}  {'ok' if value <= limit else 'BROKEN'}  ({more})")
        window.close()
        return sum(value > limit for _, value, limit, _ in rows)


if __name__ == "__main__":
    sys.exit(main())
