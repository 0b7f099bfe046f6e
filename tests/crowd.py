"""Projects of own texts that many people read: as many readers, labels and articles as a test wants."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from annotator import assets
from annotator.domain.article import Annotator, Article, own_layer
from annotator.domain.change import Change, Imported, Step
from annotator.domain.ids import content_article_id
from annotator.domain.scheme import parse
from annotator.domain.span import Span
from annotator.domain.text import fingerprint
from annotator.editing.workspace import Workspace
from annotator.storage.store import Store
from tests.builders import counted_ids

LABELS = ("quote", "source", "cue", "claim")
WORDS = ("quay", "said", "mayor", "harbour", "dues", "winter", "ferry", "rise")


def person(number: int, name: str = "") -> Annotator:
    """Return the reader of a number."""
    return Annotator(f"0190c000-0000-7000-8000-{number:012x}", name or f"Reader {number + 1}")


def crowd(
    path: Path, readers: int = 2, labels: Collection[str] = LABELS, articles: int = 6, *, spans: int = 12,
    names: Collection[str] = (), done: bool = True, apart: bool = False, title: str = "Harbour news",
) -> Path:  # fmt: skip
    """Make it. Every third span is a word longer with every other reader, every seventh has the next label there and
    every eleventh is missing. With `apart` the last two readers share no article.
    """
    Store.create(path, parse(assets.scheme_text(), "news-sourcing.toml"))
    people = [person(n, name) for n, name in enumerate([*names, *[""] * readers][:readers])]
    new_id, known = counted_ids("c0c0c0c0"), list(labels)
    store = Store.open(path)
    try:
        work = Workspace(store, people[0], "desk")
        work.do(Step("Names", tuple(Change(None, who) for who in people[1:])))
        with work.job() as job:
            for number in range(articles):
                text = " ".join(f"{WORDS[(number + n) % len(WORDS)]}{n}" for n in range(4 * spans)) + f" {number}"
                sha256 = fingerprint(text)
                article = Article(content_article_id(sha256), f"{title} {number}", sha256, position=number)
                layers, found = [], []
                for n, who in enumerate(people):
                    if apart and n == len(people) - 1 - number % 2:
                        continue
                    layer = own_layer(article.id, who.id)._replace(state="done" if done else "started")
                    layers.append(layer)
                    found += _spans(article, layer.id, who, text, n, number, spans, known, new_id)
                imported = Imported(article.id, article, tuple(layers), tuple(found))
                job.add(Step("Import article", (Change(None, imported),)), {sha256: text})
    finally:
        store.close()
    return path


def _spans(
    article: Article,
    layer: str,
    who: Annotator,
    text: str,
    reader: int,
    number: int,
    count: int,
    labels: list[str],
    new_id: Callable[[], str],
) -> list[Span]:
    starts = [0]
    for word in text.split(" "):
        starts.append(starts[-1] + len(word) + 1)
    found = []
    for n in range(count):
        odd = reader % 2 == 1
        if odd and (n + number) % 11 == 10:
            continue
        long = 2 if odd and (n + number) % 3 == 2 else 1
        label = labels[(n + (odd and (n + 2 * number) % 7 == 6)) % len(labels)]
        piece = (starts[4 * n], starts[4 * n + long] - 1)
        now = "2026-11-23T17:00:00.000Z"
        found.append(Span(new_id(), article.id, layer, who.id, label, (piece,), created=now, updated=now))
    return found
