"""Keys on the review page with the journal on disk: the median within 16 ms on an article of two times 600 spans.

From the event to the painted page, each key on differences of its own; and opening the page on that article.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.view import article

KEY = 16.0
OPENING = 1000.0
PRESSES = 40
WORDS, SPANS = 6_000, 600


def _milliseconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1000


def project(folder: Path, words: int, count: int) -> Path:
    """Make a project with one article that two annotators read: each third span of the second is another one."""
    from annotator import assets
    from annotator.domain import ids
    from annotator.domain.article import Annotator, Article, own_layer
    from annotator.domain.change import Change, Imported, Step
    from annotator.domain.scheme import parse
    from annotator.domain.span import Span
    from annotator.domain.text import fingerprint
    from annotator.editing.workspace import Workspace
    from annotator.storage.store import Store

    path = folder / "Two.annotator"
    scheme = parse(assets.scheme_text(), "news-sourcing.toml")
    Store.create(path, scheme)
    known = [label.id for label in scheme.labels]
    text, found = article(words, count)
    sha256 = fingerprint(text)
    made = Article(ids.content_article_id(sha256), "Two readings", sha256)
    people = [
        Annotator(f"0190a000-0000-7000-8000-00000000000{sign}", name) for sign, name in (("a", "Ana"), ("b", "Bo"))
    ]
    layers = tuple(own_layer(made.id, person.id)._replace(state="done") for person in people)
    spans = []
    for number, (start, end, label) in enumerate(found):
        for person, layer in zip(people, layers, strict=True):
            place = (start, end)
            if person is people[1] and number % 3 == 0:
                place = (start, max(start + 1, end - 3 - number % 5))
            id = f"0190b000-0000-7000-8000-{number * 2 + people.index(person):012x}"
            spans.append(Span(id, made.id, layer.id, person.id, known[label % len(known)], (place,)))
    store = Store.open(path)
    workspace = Workspace(store, people[0], "device")
    with workspace.job() as job:
        changes = [Change(None, person) for person in people[1:]]
        imported = Imported(made.id, made, layers, tuple(spans))
        job.add(Step("Import article", (*changes, Change(None, imported))), {sha256: text})
    store.close()
    return path


def measured(words: int, count: int) -> list[tuple[str, float, float]]:
    """Return what each key took (ms, the median), with its limit."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from annotator import whoami
    from annotator.storage.review import layers
    from annotator.ui.look import ARGUMENTS, Look
    from annotator.ui.session import Session
    from annotator.ui.window import MainWindow

    app: Any = QApplication.instance() or QApplication(["annotator", *ARGUMENTS])
    with tempfile.TemporaryDirectory() as name:
        os.environ["ANNOTATOR_HOME"] = name
        who = whoami.save_identity("Mara Lindt")
        path = project(Path(name), words, count)
        window = MainWindow(Session(who, app), Look(app))
        window.files.enter(path)
        window.resize(1280, 800)
        window.show()
        window.settle()
        for _ in range(20):
            app.processEvents()
        store = window.session.store
        assert store is not None
        refs = [one.ref for one in layers(store)]

        def open_() -> None:
            window.sheets.reviewer.review(refs)
            while not window.sheets.reviewing:
                app.processEvents()
            app.processEvents()

        rows = [(f"open, 2 × {count:,} spans", _milliseconds(open_), OPENING)]
        keys = {"J": Qt.Key.Key_J, "1": Qt.Key.Key_1, "2": Qt.Key.Key_2, "3": Qt.Key.Key_3, "0": Qt.Key.Key_0,
                "D": Qt.Key.Key_D, "Backspace": Qt.Key.Key_Backspace}  # fmt: skip
        for word, key in keys.items():

            def press(key: Qt.Key = key) -> None:
                QTest.keyClick(window.windowHandle(), key)
                app.processEvents()

            presses = min(PRESSES, 24)
            rows.append(
                (f"{word}, 2 × {count:,} spans: median", median(_milliseconds(press) for _ in range(presses)), KEY)
            )
        window.close()
    return rows


def main() -> int:
    """Print a row a measure; return how many limits are broken."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["ANNOTATOR_THEME"] = "light"
    broken = 0
    for what, ours, limit in measured(WORDS, SPANS):
        ok = ours <= limit
        broken += not ok
        print(f"{what:42} {ours:7.2f} ms  limit {limit} ms  {'ok' if ok else 'BROKEN'}")
    return broken


if __name__ == "__main__":
    sys.exit(main())
