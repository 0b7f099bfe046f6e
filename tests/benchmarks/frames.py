"""Frames where much is drawn, and the time from a key to its pixels in the whole window with the journal on disk.

Frames: an article with twelve lanes everywhere is scrolled and relabelled; 99 % of the repaints within 16.7 ms, printed
beside the same text without spans. Keys: at both sizes of the design (600 words with 60 spans, 500,000 with 50,000),
from the event to the painted view, the median within 16 ms.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.benchmarks.view import LABELS, article

if TYPE_CHECKING:
    from annotator.domain.span import Span

FRAME, KEY = 16.7, 16.0
LANES = 12
FRAMES, PRESSES = 600, 40
SIZES = ((600, 60), (500_000, 50_000))


def _milliseconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1000


def _nearly_all(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def _frames_of(app: Any, text: str, held: list[Span]) -> tuple[list[float], list[float]]:
    """Return the times of scrolling and of relabelling a text with these spans, each with the repaint."""
    from annotator.domain.change import Change
    from annotator.ui.text.view import ArticleView

    view = ArticleView()
    view.resize(1280, 800)
    view.show()
    view.show_article(text, held)
    paint, bar = view.viewport().repaint, view.verticalScrollBar()
    app.processEvents()
    scrolls = [_milliseconds(lambda: (bar.setValue(bar.value() + 60), paint())) for _ in range(FRAMES)]
    bar.setValue(bar.maximum() // 2)
    paint()
    middle = view.position_at(view.viewport().rect().center())
    near = [span for span in held if span.start <= middle <= span.end]
    labels: list[float] = []
    for number in range(FRAMES // 3):
        changes: list[Change] = []
        if near:
            span = near[number % len(near)]
            near[number % len(near)] = changed = span._replace(label=LABELS[number % 8])
            changes = [Change(span, changed)]
        labels.append(_milliseconds(lambda changes=changes: (view.apply(changes), view.viewport().repaint())))  # type: ignore[misc]
    view.close()
    return scrolls, labels


def frames() -> list[tuple[str, float, float, float]]:
    """Return what was measured: words, ours and the plain text's in ms, the limit."""
    from PySide6.QtWidgets import QApplication

    from annotator.domain.span import Span

    app = QApplication.instance() or QApplication([])
    text, _ = article(6_000, 0)
    spans: list[Span] = []
    start = 0
    for paragraph in text.split("\n\n"):
        length = len(paragraph)
        for lane in range(LANES):
            place = (start + lane % 5, start + length - lane % 7)
            if place[0] < place[1]:
                spans.append(Span(f"{len(spans):036}", "a", "l", "n", LABELS[lane % 8], (place,)))
        start += length + 2
    found = {"ours": _frames_of(app, text, spans), "plain": _frames_of(app, text, [])}
    rows = []
    for number, what in enumerate(("scroll", "label")):
        ours, plain = found["ours"][number], found["plain"][number]
        rows.append((f"{what} and paint, 12 lanes: 99 %", _nearly_all(ours), _nearly_all(plain), FRAME))
    return rows


def keys(words: int, count: int) -> list[tuple[str, float, float, float]]:
    """Return the medians of keys in a window on an article of this size."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from annotator import assets, whoami
    from annotator.domain.scheme import parse
    from annotator.editing.workspace import Workspace
    from annotator.jobs.importing import import_paths
    from annotator.storage.store import Store
    from annotator.ui.look import ARGUMENTS, Look
    from annotator.ui.session import Session
    from annotator.ui.window import MainWindow

    app = QApplication.instance() or QApplication(["annotator", *ARGUMENTS])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["ANNOTATOR_HOME"] = name
        who = whoami.save_identity("Lena Brandt")
        text, found = article(words, count)
        known = [label.id for label in parse(assets.scheme_text(), "news-sourcing.toml").labels]
        spans = [{"start": a, "end": b, "label": known[k % len(known)]} for a, b, k in found]
        line = json.dumps({"text": text, "spans": spans}, ensure_ascii=False)
        (folder / "long.jsonl").write_text(line + "\n", encoding="utf-8")
        path = folder / "Long.annotator"
        Store.create(path, parse(assets.scheme_text(), "news-sourcing.toml"))
        store = Store.open(path)
        import_paths(Workspace(store, who.annotator, who.device), [folder / "long.jsonl"])
        store.close()
        window = MainWindow(Session(who, app), Look(app))
        window.files.enter(path)
        window.show()
        window.settle()
        for _ in range(20):
            app.processEvents()
        view, control, alt = window.view, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
        shift, none = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
        view.set_caret(len(text) * 55 // 100)  # where spans stand thick
        app.processEvents()
        presses = (
            ("caret by a word", Qt.Key.Key_Right, control),
            ("select a word", Qt.Key.Key_Right, control | shift),
            ("select two", Qt.Key.Key_Right, control | shift),
            ("label", Qt.Key.Key_Q, none),
            ("relabel", Qt.Key.Key_S, none),
            ("move an end", Qt.Key.Key_Left, alt),
            ("undo", Qt.Key.Key_Z, control),
        )
        times: dict[str, list[float]] = {what: [] for what, _, _ in presses}
        for _ in range(PRESSES):
            for what, key, held in presses:

                def press(key: Qt.Key = key, held: Qt.KeyboardModifier = held) -> None:
                    QTest.keyClick(window.windowHandle(), key, held)
                    app.processEvents()

                times[what].append(_milliseconds(press))
            view.set_caret(view.caret + 40)
            app.processEvents()
        window.close()
    return [(f"{what}, {words:,} words: median", median(taken), 0.0, KEY) for what, taken in times.items()]


def main() -> int:
    """Print a row a measure; return how many limits are broken."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["ANNOTATOR_THEME"] = "light"
    # The keys first: their window wants the application made as the program makes it.
    rows = [row for size in SIZES for row in keys(*size)]
    rows = [*frames(), *rows]
    broken = 0
    for what, ours, plain, limit in rows:
        ok = ours <= limit
        broken += not ok
        beside = f"plain text {plain:6.2f} ms" if plain else ""
        print(f"{what:42} {ours:7.2f} ms  limit {limit} ms  {'ok' if ok else 'BROKEN':6}  {beside}")
    return broken


if __name__ == "__main__":
    sys.exit(main())
