"""Projects that several people read: own articles with differences of every kind, and the published ones of bratiaa."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from annotator.domain.article import Annotator, Article, own_layer
from annotator.domain.change import Change, Imported, Step
from annotator.domain.ids import content_article_id
from annotator.domain.layerref import LayerRef
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.span import Span, joined
from annotator.domain.text import fingerprint
from annotator.editing.workspace import Workspace
from annotator.storage.store import Store
from tests.builders import counted_clock, counted_ids
from tests.schemed import SCHEME

PEOPLE = tuple(
    Annotator(f"0192f0c1-0000-7000-8000-0000000000f{n}", name) for n, name in enumerate(("Lisa", "Maria", "Max", "Bo"))
)
REVIEWER = Annotator("0192f0c1-0000-7000-8000-0000000000e0", "Rita")
REFS = tuple(LayerRef("annotator", person.id) for person in PEOPLE)
WORDS = ("quay", "said", "Łucja", "🏗", "mayor", "“dues”", "rise", "on", "Monday,", "harbour", "chief", "winter")


def made(path: Path, articles: int = 7, spans: int = 20, people: int = 4, seed: int = 8,
         by: Annotator = PEOPLE[0]) -> Path:  # fmt: skip
    """Make a project in which so many people tagged each article with about so many spans, much of it alike."""
    Store.create(path, SCHEME)
    noise, new_id = random.Random(seed), counted_ids(f"{seed:x}")
    store = Store.open(path)
    try:
        with Workspace(store, by, "laptop").job() as job:
            for number in range(articles):
                imported, text = _article(noise, number, spans, people, new_id)
                assert imported.article is not None
                job.add(Step("Import article", (Change(None, imported),)), {imported.article.sha256: text})
    finally:
        store.close()
    return path


def _article(
    noise: random.Random, number: int, count: int, people: int, new_id: Callable[[], str]
) -> tuple[Imported, str]:
    words = [f"Article {number}.", *noise.choices(WORDS, k=12 * count)]
    text = " ".join(words)
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    sha256 = fingerprint(text)
    article = Article(content_article_id(sha256), f"Article {number}", sha256, position=number)
    layers, spans, relations, groups = [], [], [], []
    meant = [(noise.randrange(1, len(words) - 6), noise.randint(1, 4), noise.choice(("quote", "source", "claim")))
             for _ in range(count)]  # fmt: skip
    for person in PEOPLE[:people]:
        genre = {"genre": noise.choice(("opinion", "opinion", "analysis"))} if noise.random() < 0.8 else {}
        layer = own_layer(article.id, person.id)._replace(state="done", fields=genre)
        mine: list[Span] = []
        for place, long, label in meant:
            luck = noise.random()
            if luck < 0.1:  # missed
                continue
            piece = (starts[place], starts[place + long + (luck < 0.2)] - 1)
            pieces = [piece, (starts[place + 5], starts[place + 6] - 1)] if 0.2 < luck < 0.25 else [piece]
            values = {"mode": "direct"} if label == "quote" and luck < 0.9 else {}
            mine.append(
                Span(
                    new_id(), article.id, layer.id, person.id, "claim" if 0.25 < luck < 0.3 else label, joined(pieces),
                    attributes=values, created="2026-11-23T17:00:00.000Z", updated="2026-11-23T17:00:00.000Z",
                )
            )  # fmt: skip
        layers.append(layer)
        spans += mine
        _tie(noise, mine, new_id, relations, groups)
    return Imported(article.id, article, tuple(layers), tuple(spans), tuple(relations), tuple(groups)), text


def _tie(
    noise: random.Random, mine: list[Span], new_id: Callable[[], str], relations: list[Relation], groups: list[Group]
) -> None:
    sources = [it for it in mine if it.label == "source"]
    claims = [it for it in mine if it.label == "claim"]
    for quote in (it for it in mine if it.label == "quote"):
        if sources and noise.random() < 0.9:
            by = min(sources, key=lambda it: abs(it.start - quote.start))
            members = (Member("quote", quote.id), Member("source", by.id))
            groups.append(Group(new_id(), quote.article, quote.layer, "attribution", members))
        if claims and noise.random() < 0.5:
            to = min(claims, key=lambda it: abs(it.start - quote.start))
            relations.append(Relation(new_id(), quote.article, quote.layer, "states", quote.id, to.id))


def reviewing(store: Store) -> Workspace:
    """The reviewer at work, with ids and a clock that can be foretold."""
    return Workspace(store, REVIEWER, "desk", clock=counted_clock(), new_id=counted_ids("e"))
