"""Keys on the review page with the journal on disk: from the event to the painted page, the median within 16 ms.

On an article of two times 600 spans each key on differences of its own; going on to the next article, long or short;
and in a queue of 1,000 articles with two times 25 spans. Beside the time stands what the thread itself took: where
others kept the machine busy for more than a third of it, the clock says nothing, and the thread's time has to do. Above
all stands what it takes to paint the whole page once, in the same run.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from tests.benchmarks.view import article

KEY = 16.0
OPENING = 1000.0
PRESSES = 24
LONG, SHORT, FEW = (6_000, 600), (1_000, 60), (400, 25)
"""Words and spans of an article."""
MANY, DECISIONS = 1_000, 5_000


class Took(NamedTuple):
    """What was measured (ms): the wall's clock and the thread's; the limit of the first."""

    what: str
    wall: float
    own: float
    limit: float = KEY

    @property
    def told(self) -> str:
        """Whether the limit was kept."""
        if self.wall <= self.limit:
            return "ok"
        return "ok (busy)" if self.wall > self.own * 1.5 and self.own <= self.limit else "BROKEN"


def _measured(action: Callable[[], object]) -> tuple[float, float]:
    begun, own = time.perf_counter(), time.thread_time()
    action()
    return (time.perf_counter() - begun) * 1000, (time.thread_time() - own) * 1000


def project(folder: Path, words: int, count: int, articles: int = 1) -> Path:
    """Make a project with articles that two annotators read: of each third span the second has another end."""
    from annotator import assets
    from annotator.domain import ids
    from annotator.domain.article import Annotator, Article, own_layer
    from annotator.domain.change import Change, Imported, Step
    from annotator.domain.scheme import parse
    from annotator.domain.span import Span
    from annotator.domain.text import fingerprint
    from annotator.editing.workspace import Workspace
    from annotator.storage.store import Store

    path = folder / f"{articles} of {count}.annotator"
    scheme = parse(assets.scheme_text(), "news-sourcing.toml")
    Store.create(path, scheme)
    known = [label.id for label in scheme.labels]
    body, found = article(words, count)
    people = [
        Annotator(f"0190a000-0000-7000-8000-00000000000{sign}", name) for sign, name in (("a", "Ana"), ("b", "Bo"))
    ]
    store = Store.open(path)
    workspace = Workspace(store, people[0], "device")
    with workspace.job(20_000) as job:
        for at in range(articles):
            heading = f"Article {at}\n\n"
            text = heading + body
            sha256 = fingerprint(text)
            made = Article(ids.content_article_id(sha256), f"Readings {at}", sha256, position=at)
            layers = tuple(own_layer(made.id, person.id)._replace(state="done") for person in people)
            spans = []
            for number, (start, end, label) in enumerate(found):
                for person, layer in zip(people, layers, strict=True):
                    last = end
                    if person is people[1] and number % 3 == 0:
                        last = max(start + 1, end - 3 - number % 5)
                    place = (start + len(heading), last + len(heading))
                    spans.append(
                        Span(ids.uuid7(), made.id, layer.id, person.id, known[(label + at) % len(known)], (place,))
                    )
            changes = [Change(None, person) for person in people[1:]] if not at else []
            imported = Imported(made.id, made, layers, tuple(spans))
            job.add(Step("Import article", (*changes, Change(None, imported))), {sha256: text})
    store.close()
    return path


class Review:
    """A window with the review of a project, and a hand that presses keys there."""

    def __init__(self, app: Any, path: Path) -> None:
        from PySide6.QtCore import QEvent, QObject

        from annotator import whoami
        from annotator.storage.review import layers
        from annotator.ui.look import Look
        from annotator.ui.session import Session
        from annotator.ui.window import MainWindow

        class Painted(QObject):
            count = 0

            def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
                self.count += event.type() is QEvent.Type.UpdateRequest
                return False

        os.environ["ANNOTATOR_HOME"] = str(path.parent)
        who = whoami.save_identity("Mara Lindt")
        self.app, self.window, self.painted = app, MainWindow(Session(who, app), Look(app)), Painted()
        self.window.files.enter(path)
        self.window.resize(1280, 800)
        self.window.show()
        self.window.settle()
        for _ in range(20):
            app.processEvents()
        store = self.window.session.store
        assert store is not None
        refs = [one.ref for one in layers(store)]

        def open_() -> None:
            self.window.sheets.reviewer.review(refs)
            while not self.window.sheets.reviewing:
                app.processEvents()
            app.processEvents()

        self.opening = _measured(open_)
        page = self.window.sheets.reviewer.page
        assert page is not None
        self.page = page
        self.window.installEventFilter(self.painted)

    def press(self, key: str, *, control: bool = False) -> None:
        """Press a key and wait for its picture."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.window.windowHandle(), getattr(Qt.Key, f"Key_{key}"), held)
        self.app.processEvents()

    def rest(self) -> None:
        """Let the hand rest, as who reads the difference does."""
        while self.page.article.resting.isActive():
            self.app.processEvents()

    def took(self, what: str, act: Callable[[], object], before: Callable[[], object] = int, n: int = PRESSES) -> Took:
        """Return the medians of something that is done n times, each time after something else."""
        times = []
        for _ in range(n):
            before()
            self.app.processEvents()
            self.painted.count = 0
            times.append(_measured(act))
            assert self.painted.count, f"{what}: nothing was painted"
        return Took(what, median(wall for wall, _ in times), median(own for _, own in times))

    def key(self, what: str, key: str, before: Callable[[], object] = int, n: int = PRESSES) -> Took:
        """Return what a key takes."""
        return self.took(f"{key}, {what}", lambda: self.press(key), before, n)


@contextmanager
def reviewing(app: Any, size: tuple[int, int], articles: int = 1) -> Iterator[Review]:
    """Yield the review of so many articles of this size."""
    with tempfile.TemporaryDirectory() as name:
        review = Review(app, project(Path(name), *size, articles))
        yield review
        review.window.close()


def in_one(review: Review) -> list[Took]:
    """Return what keys take within an article."""
    what, page = "2 × 600 spans", review.page
    found = [Took("the whole page painted once", *_measured(page.repaint), float("inf"))]
    found.append(Took(f"open, {what}", *review.opening, OPENING))
    found += [review.key(what, key) for key in ("J", "K", "1", "2", "3", "0", "D", "Backspace", "H")]
    found.append(review.took(f"undo, {what}", lambda: review.press("Z", control=True), n=8))
    found.append(review.key(f"the place opens, {what}", "E", page.owning.leave, 12))
    found.append(review.key(f"the place is left, {what}", "Escape", page.owning.begin, 12))
    return found


def going_on(review: Review, what: str) -> list[Took]:
    """Return what it takes to go on to another article: by a key, by the one that settles the last difference."""
    desk, articles = review.page.desk, review.page.desk.queue.articles[:-1]
    at = iter(articles)

    def to_the_last() -> None:
        left = [item for item in desk.queue.of(next(at)) if item.status == "open"]
        desk.go(left[-1].id)

    def to_the_last_and_read() -> None:
        to_the_last()
        review.rest()

    n = min(PRESSES, len(articles) // 2)
    found = [review.key(f"into the next article of {what}", "J", to_the_last, n)]
    at = iter(articles)
    found.append(review.key(f"at once into the next article of {what}", "2", to_the_last, n))
    found.append(review.key(f"into the next article of {what}", "2", to_the_last_and_read, n))
    return found


def in_many(review: Review) -> list[Took]:
    """Return what keys take in a long queue."""
    what, desk = "1,000 × 2 × 25 spans", review.page.desk
    found = [review.key(what, key) for key in ("J", "2", "0", "D", "Backspace")]
    labels = [label.id for label in desk.session.scheme.labels]
    at = iter(labels * PRESSES)

    def narrow() -> None:
        desk.narrow(label=next(at))
        review.app.processEvents()

    found.append(review.took(f"another label, {what}", narrow))
    return found


def behind_many_decisions(review: Review) -> list[Took]:
    """Return what keys take where very much was decided before."""
    from annotator.domain import clock
    from annotator.review.decide import Verdict

    desk, what = review.page.desk, f"{DECISIONS:,} decisions"
    session, queue, items = desk.session, desk.queue, desk.items()[:-200]
    verdict = Verdict("none", reason="The guideline says so.")
    by_article: dict[str, list[Any]] = {}
    for item in items[:DECISIONS]:
        by_article.setdefault(item.difference.article, []).append(item)
    # A step for each article: half a thousand steps.
    for some in by_article.values():
        session.do_made(lambda some=some: queue.decide_alike(desk.store, some, verdict, session.me, clock.now(), 1))  # type: ignore[misc]
    desk.to_first()
    review.app.processEvents()
    found = [review.key(what, key) for key in ("J", "2", "0", "D", "Backspace")]
    found.append(review.took(f"undo, {what}", lambda: review.press("Z", control=True), n=8))
    desk.show_list("settled")
    review.app.processEvents()
    return [*found, *(review.key(f"among what is settled, {what}", key) for key in ("J", "0"))]


def measured() -> list[Took]:
    """Return all that is measured."""
    from PySide6.QtWidgets import QApplication

    from annotator.ui.look import ARGUMENTS

    app = QApplication.instance() or QApplication(["annotator", *ARGUMENTS])
    found: list[Took] = []
    with reviewing(app, LONG) as review:
        found += in_one(review)
    for size in (SHORT, LONG):
        with reviewing(app, size, 32) as review:
            found += going_on(review, f"2 × {size[1]}")
    with reviewing(app, FEW, MANY) as review:
        found += in_many(review)
        desk = review.page.desk
        desk.narrow(kinds=frozenset(), label="", side=-1)
        found += behind_many_decisions(review)
    return found


def main() -> int:
    """Print a row a measure; return how many limits are broken."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["ANNOTATOR_THEME"] = "light"
    broken = 0
    for one in measured():
        broken += one.told == "BROKEN"
        said = "" if one.limit == float("inf") else f"limit {one.limit:6.1f} ms  {one.told}"
        print(f"{one.what:46} {one.wall:7.2f} ms, the thread {one.own:7.2f} ms  {said}")
    return broken


if __name__ == "__main__":
    sys.exit(main())
