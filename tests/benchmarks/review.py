"""Review: the queue of bratiaa, opening an article of 2 × 600 spans, keys there, agreement of 1,000 × 2 × 25 spans.

Figures are in seconds; the first look is not counted, as it loads what is needed. Opening is what a key waits for until
the text can be laid out: the article's text is read and what it shows of each item is found; `reviewkeys` measures the
picture too. Beside it stands what the thread waits for that fills the queue: the article read and compared anew.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

QUEUE, KEY, AGREEMENT, SURE = 1.0, 0.016, 2.0, 5.0
SIDES, SPANS, ARTICLES, FEW = 2, 600, 1_000, 25


def _project(folder: Path, articles: int, spans: int) -> Path:
    """A project in which two people tagged each article; a tenth of it each in another way."""
    from annotator.domain.article import Article, own_layer
    from annotator.domain.change import Change, Imported, Step
    from annotator.domain.ids import content_article_id, uuid7
    from annotator.domain.span import Span
    from annotator.domain.text import fingerprint
    from annotator.editing.workspace import Workspace
    from annotator.storage.store import Store
    from tests.jobs.reviewed import PEOPLE
    from tests.schemed import SCHEME

    path, noise = folder / f"{articles}.annotator", random.Random(1)
    Store.create(path, SCHEME)
    store = Store.open(path)
    with Workspace(store, PEOPLE[0], "here").job(20_000) as job:
        for number in range(articles):
            text = f"Article {number}. " + "Words of a text. " * spans
            sha256 = fingerprint(text)
            article = Article(content_article_id(sha256), f"Article {number}", sha256, position=number)
            layers = tuple(own_layer(article.id, person.id)._replace(state="done") for person in PEOPLE[:SIDES])
            many = []
            for layer in layers:
                for n in range(spans):
                    luck = noise.random()
                    label = "claim" if luck < 0.05 else "quote"
                    start = 17 * n + 15
                    many.append(
                        Span(uuid7(), article.id, layer.id, layer.owner, label, ((start, start + 5 + (luck > 0.9)),))
                    )
            job.add(Step("Import", (Change(None, Imported(article.id, article, layers, tuple(many))),)), {sha256: text})
    store.close()
    return path


def _took(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _bratiaa(folder: Path) -> float | None:
    from annotator.domain.layerref import LayerRef
    from annotator.jobs.review import Queue
    from tests.jobs.desk import Desk
    from tests.jobs.test_brat import BRATIAA, PEOPLE

    if not BRATIAA.is_dir():
        return None
    with Desk(folder / "bratiaa.annotator") as desk:
        for name, person in PEOPLE.items():
            desk.bring(BRATIAA / name, format="brat", owner=person)
        queue = Queue([LayerRef("annotator", person.id) for person in PEOPLE.values()])
        took = _took(lambda: queue.fill(desk.store))
        print(f"queue of bratiaa: {took:.3f} ({queue.left} differences)")
        return took


class _Article(NamedTuple):
    """What was measured at an article (medians)."""

    filling: float
    opening: float
    deciding: float
    following: float


def _article(folder: Path) -> _Article:
    from annotator.editing import review as editing
    from annotator.jobs.review import Queue
    from annotator.review.decide import Verdict
    from annotator.storage.store import Store
    from annotator.ui.review.parts import InText
    from annotator.ui.text.held import HeldSpans
    from tests.jobs.reviewed import REFS, reviewing

    store = Store.open(_project(folder, 3, SPANS))
    ws, queue = reviewing(store), Queue(REFS[:SIDES])
    queue.fill(store)

    def open_(article: str) -> None:
        ground, items = queue.ground(store, article), queue.of(article)
        assert ground is not None
        shown = InText(SIDES)
        shown.follow(items, items[0].id, ground.scheme)
        assert len(HeldSpans(shown.spans.values(), len(ground.text))) >= SPANS

    articles = [queue.articles[n % 3] for n in range(12)]  # each after another one: none is at hand
    opening = [_took(partial(open_, article)) for article in articles]
    filling = [_took(partial(Queue(REFS[:SIDES], {article}).fill, store)) for article in articles]
    following: list[float] = []
    ws.listen(lambda changed: following.append(_took(lambda: queue.follow(store, changed))))
    whole = []

    def decide() -> None:
        item = queue.next("")
        assert item is not None
        ground = queue.ground(store, item.difference.article)
        assert ground is not None
        ws.do(editing.decide(ground, item, Verdict("both"), ws.me, ws.clock(), 1))

    for _ in range(60):
        whole.append(_took(decide))
    store.close()
    return _Article(*map(statistics.median, (filling, opening, whole, following)))


def _agreement(folder: Path) -> tuple[float, float]:
    from annotator.jobs.agreeing import agree
    from annotator.storage.store import Store
    from tests.jobs.reviewed import REFS

    store = Store.open(_project(folder, ARTICLES, FEW))
    plain = _took(lambda: agree(store, REFS[:SIDES], draws=0))
    sure = _took(lambda: agree(store, REFS[:SIDES], draws=1_000))
    store.close()
    return plain, sure


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bratiaa = _bratiaa(folder)
        one = _article(folder)
        print(f"an article of {SIDES} × {SPANS}: opened {one.opening:.4f}, read and compared anew {one.filling:.4f}")
        print(f"a decision there: {one.deciding:.4f}, of it following {one.following:.4f}")
        plain, sure = _agreement(folder)
        print(f"agreement of {ARTICLES} × {SIDES} × {FEW}: {plain:.2f}, with 1,000 resamples {sure:.2f}")
    kept = (bratiaa or 0) < QUEUE and max(one.opening, one.deciding) < KEY and plain < AGREEMENT and sure < SURE
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
