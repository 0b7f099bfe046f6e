"""What the text view costs on the largest article, beside the view it was built after.

Each side runs in a process of its own: `python -m tests.benchmarks.view`.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

REPO = Path(__file__).resolve().parents[2]
SPIKE = REPO.parent / "shared" / "spike"
SIZE = (1280, 800)
MARGIN = 40
TURNS = 3
ROUNDS = 9
LARGE, SMALL = (500_000, 50_000), (600, 60)
FAMILY, PIXELS = "DejaVu Serif", 17
LABELS = ("quote", "source", "cue", "claim", "evidence", "boilerplate", "event", "person")
WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "said",
    "Velmar",
    "harbour",
    "minister",
    "strike",
    "dockers",
    "agency",
    "council",
    "operator",
    "officials",
    "union",
    "told",
    "reporters",
    "“nobody",
    "wants",
    "this”",
    "on",
    "Tuesday",
    "while",
    "a",
    "second",
    "rota",
    "collapsed",
    "after",
    "talks",
    "that",
    "Mr.",
    "Halvorsen",
    "led",
    "since",
    "March",
    "and",
    "safety",
    "reports",
    "from",
    "the",
    "port",
    "were",
    "published",
    "with",
    "figures",
    "nobody",
    "had",
    "seen",
    "before",
]


def article(words: int, spans: int, *, long: bool = True) -> tuple[str, list[tuple[int, int, int]]]:
    """Return a text of so many words and (start, end, label number) of its spans, in code points.

    A tenth of the text carries half of the spans; with `long`, one in 5,000 runs over a third of the text.
    """
    chance = random.Random(7)
    paragraphs, left = [], words
    while left > 0:
        count = min(left, max(3, int(chance.gauss(45, 20))))
        chosen = chance.choices(WORDS, k=count)
        if chance.random() < 0.03:
            chosen[count // 2] += " \U0001f680"
        paragraphs.append(" ".join(chosen).capitalize() + ".")
        left -= count
    text = "\n\n".join(paragraphs)
    length, found = len(text), []
    for number in range(spans):
        hot = long and number % 2 == 1
        start = chance.randrange(length // 2, length // 2 + length // 10) if hot else chance.randrange(length - 4)
        extent = int(chance.expovariate(1 / (150 if hot else 90))) + 3
        if long and number % 5_000 == 4_999:
            extent = length // 3
        found.append((start, min(length, start + extent), number % len(LABELS)))
    return text, found


# ---- one side, in its own process


def _milliseconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1000


def _resident() -> float:
    """Return the memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _ours(words: int, spans: int, long: bool) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication

    from annotator.domain.change import Change
    from annotator.domain.span import Span
    from annotator.ui.text.view import ArticleView

    app = QApplication.instance() or QApplication([])
    text, found = article(words, spans, long=long)
    held = [Span(f"{n:036}", "a", "l", "n", LABELS[k], ((start, end),)) for n, (start, end, k) in enumerate(found)]
    view = ArticleView()
    view.set_reading([FAMILY], PIXELS, width=SIZE[0] - 2 * MARGIN)  # as much text on the screen as the other has

    def add(start: int, end: int, number: int) -> None:
        view.apply([Change(None, Span(f"new {number}", "a", "l", "n", LABELS[number % 8], ((start, end),)))])

    return _measured(app, view, lambda: view.show_article(text, held), add, view.position_at, len(text))


def _reference(words: int, spans: int, long: bool) -> dict[str, float]:
    sys.path.insert(0, str(SPIKE))
    from palette import PAIRS  # type: ignore[import-not-found]
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QApplication
    from view_d import AnnView, Theme  # type: ignore[import-not-found]

    app = QApplication.instance() or QApplication([])
    text, found = article(words, spans, long=long)
    font = QFont()
    font.setFamilies([FAMILY])
    font.setPixelSize(PIXELS)
    view = AnnView(Theme(False, list(LABELS), PAIRS[:8]), font)
    view.mx = MARGIN

    def add(start: int, end: int, number: int) -> None:
        view.add(start, end, number % 8)

    return _measured(app, view, lambda: view.load(text, found), add, view.pos_at, len(text))


def _measured(
    app: Any, view: Any, show: Callable[[], None], add: Callable[[int, int, int], None],
    position_at: Callable[[Any], int], length: int,
) -> dict[str, float]:  # fmt: skip
    from PySide6.QtCore import QPoint

    view.resize(*SIZE)
    view.show()
    app.processEvents()
    paint = view.viewport().repaint

    def opened() -> None:
        show()
        paint()

    before = _resident()
    opened()
    memory = _resident() - before
    opening = median(_milliseconds(opened) for _ in range(ROUNDS))
    bar = view.verticalScrollBar()
    scrolls, adds = [], []
    for number in range(ROUNDS * 5):
        place = round(bar.maximum() * (0.05 + 0.9 * (number * 7 % 45) / 45)) if length > 100_000 else 0
        bar.setValue(place)
        paint()
        scrolls += [_milliseconds(lambda: (bar.setValue(bar.value() + 60), paint())) for _ in range(5)]
        start = position_at(QPoint(SIZE[0] // 2, SIZE[1] // 2))
        end = min(start + 60, length)
        start = min(start, end - 10)
        adds.append(_milliseconds(lambda s=start, e=end, n=number: (add(s, e, n), paint())))
    return {"open": opening, "scroll": median(scrolls), "add": median(adds), "memory": memory}


# ---- the comparison


def _child(side: str, size: tuple[int, int], long: bool) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.view", side, str(size[0]), str(size[1]), "long" if long else ""]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "1"}
    done = subprocess.run(command, cwd=REPO, env=environment, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def _in_turns(*sides: tuple[str, tuple[int, int], bool]) -> list[dict[str, float]]:
    """Measure every side TURNS times, one after the other, so that a busy machine is busy for all; return medians."""
    results: list[list[dict[str, float]]] = [[] for _ in sides]
    for _ in range(TURNS):
        for result, side in zip(results, sides, strict=True):
            result.append(_child(*side))
    return [{key: median(each[key] for each in result) for key in result[0]} for result in results]


def _row(name: str, ours: float, reference: float, unit: str, low: float, high: float) -> bool:
    ratio = ours / reference if reference else float("inf")
    good = low <= ratio <= high
    limit = f"≤ {high:.2f}" if not low else f"{low:.2f}–{high:.2f}"
    print(
        f"{name:<44}{ours:>10.2f} {unit:<3}{reference:>10.2f} {unit:<3}"
        f"{ratio:>7.2f}   {limit:<10} {'ok' if good else 'TOO SLOW'}"
    )
    return good


def main() -> int:
    """Print a row for each measure and return 0 when all are within their limits."""
    print(f"{'text view':<44}{'ours':>13} {'reference':>13} {'ratio':>7}   {'limit':<10}")
    small, even = _in_turns(("ours", SMALL, False), ("ours", LARGE, False))
    good = _row("add a span: 500,000 words, beside 600", even["add"], small["add"], "ms", 0.5, 1.5)
    if not (SPIKE / "view_d.py").exists():
        print("no view to compare with beside this repository (../shared/spike/view_d.py): the other rows are left out")
        return 0 if good else 1
    ours, reference = _in_turns(("ours", LARGE, True), ("reference", LARGE, True))
    for key, name, unit, limit in (
        ("open", "open 500,000 words, 50,000 spans", "ms", 1.5),
        ("add", "add a span and paint", "ms", 1.5),
        ("scroll", "scroll and paint", "ms", 1.5),
        ("memory", "memory of the open article", "MB", 2.0),
    ):
        good &= _row(name, ours[key], reference[key], unit, 0, limit)
    return 0 if good else 1


if __name__ == "__main__":
    if len(sys.argv) > 1:
        side_, words_, spans_, long_ = sys.argv[1:5]
        print(json.dumps((_ours if side_ == "ours" else _reference)(int(words_), int(spans_), bool(long_))))
    else:
        raise SystemExit(main())
