"""Projects of the scheme that comes with the program, with spans of several people, ties and an unknown label."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from annotator import assets
from annotator.domain import attributes
from annotator.domain.article import Article, VisibleLayers, imported_layer, own_layer
from annotator.domain.change import Change, Imported, Step
from annotator.domain.ids import content_article_id
from annotator.domain.redrawing import Redrawn
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.scheme import Scheme, parse
from annotator.domain.span import Span
from annotator.domain.text import fingerprint
from annotator.editing.schemepreview import Effect
from annotator.editing.workspace import Workspace
from annotator.storage.reader import Reader
from annotator.storage.store import Store
from tests.builders import ANA, BO, counted_ids

SCHEME: Scheme = parse(assets.scheme_text(), "news-sourcing.toml")
LABELS = (*(label.id for label in SCHEME.labels), "strange")
"""Also one that the scheme does not know."""
RELATIONS = {("quote", "claim"): "states", ("evidence", "claim"): "supports", ("claim", "claim"): "same-claim"}


def made(path: Path, articles: int, spans: int, seed: int = 1) -> None:
    """Make a project of so many articles with so many spans each: a third Ana's, a third Bo's, a third nobody's."""
    Store.create(path, SCHEME)
    noise, new_id = random.Random(seed), counted_ids(f"{seed:x}")
    store = Store.open(path)
    try:
        ws = Workspace(store, ANA, "laptop")
        claims: list[str] = []
        with ws.job() as job:
            for number in range(articles):
                imported, text = _article(noise, number, spans, claims, new_id)
                step = Step("Import article", (Change(None, imported),))
                assert imported.article is not None
                job.add(step, {imported.article.sha256: text})
    finally:
        store.close()


def _article(
    noise: random.Random, number: int, count: int, claims: list[str], new_id: Callable[[], str]
) -> tuple[Imported, str]:
    text = f"Article {number}. " + " ".join(noise.choices(("“quay”", "said", "Łucja", "🏗", "the", "mayor"), k=80))
    sha256 = fingerprint(text)
    article = Article(content_article_id(sha256), f"Article {number}", sha256, position=number)
    layers = (
        own_layer(article.id, ANA.id)._replace(state="done"), own_layer(article.id, BO.id),
        imported_layer(article.id, "wire"),
    )  # fmt: skip
    spans = [_span(noise, article, layers[n % 3], new_id()) for n in range(count)]
    relations, groups = _ties(spans, claims, new_id)
    claims += [span.id for span in spans if span.label == "claim"][:1]
    return Imported(article.id, article, layers, tuple(spans), tuple(relations), tuple(groups)), text


def _span(noise: random.Random, article: Article, layer: Any, id: str) -> Span:
    start, label = noise.randrange(300), noise.choice(LABELS)
    values: dict[str, Any] = {}
    for one in attributes.of_label(SCHEME, label):
        if one.choices and noise.random() < 0.7:
            chosen = noise.choice(one.choices[:3]).id
            values[one.id] = [chosen] if one.type == "choices" else chosen
    asked = {one.id for one in attributes.asked(attributes.of_label(SCHEME, label), values)}
    return Span(
        id, article.id, layer.id, layer.owner, label, ((start, start + noise.randrange(2, 9)),),
        attributes={key: value for key, value in values.items() if key in asked}, scheme_version=2,
        created=f"2026-11-23T17:00:00.{noise.randrange(1000):03}Z", updated="2026-11-23T18:00:00.000Z",
    )  # fmt: skip


def _ties(
    spans: list[Span], claims: list[str], new_id: Callable[[], str]
) -> tuple[list[Relation], list[Group]]:  # fmt: skip
    relations: list[Relation] = []
    groups: list[Group] = []
    for layer in dict.fromkeys(span.layer for span in spans):
        own = [span for span in spans if span.layer == layer]
        for one, other in pairwise(own):
            if kind := RELATIONS.get((one.label, other.label)):
                relations.append(Relation(new_id(), one.article, layer, kind, one.id, other.id))
            if (one.label, other.label) == ("quote", "source"):
                cues = [Member("cue", span.id) for span in own if span.label == "cue"][:1]
                members = (Member("quote", one.id), Member("source", other.id), *cues)
                groups.append(Group(new_id(), one.article, layer, "attribution", members))
        first = next((span for span in own if span.label == "claim"), None)
        if first is not None and claims:
            relations.append(Relation(new_id(), first.article, layer, "same-claim", first.id, claims[-1]))
    return relations, groups


class State(NamedTuple):
    """Everything a scheme may touch, by id."""

    scheme: Scheme
    spans: dict[str, Span]
    relations: dict[str, Relation]
    groups: dict[str, Group]


def state(reader: Reader) -> State:
    """Return what the project holds."""
    found = State(reader.scheme(), {}, {}, {})
    for article in reader.article_ids():
        found.spans.update((one.id, one) for one in reader.spans(article, VisibleLayers.ALL))
        found.relations.update((one.id, one) for one in reader.relations(article, VisibleLayers.ALL))
        found.groups.update((one.id, one) for one in reader.groups(article, VisibleLayers.ALL))
    return found


Key = tuple[str, str, str, str]


def recounted(draft: Redrawn, before: State, after: State) -> dict[Key, tuple[int, int]]:
    """Return what happened as effects would tell it: spans and articles by (what, label, name, into).

    By comparing two states alone, without a look at what decides about it.
    """
    seen: dict[Key, tuple[set[str], set[str]]] = {}

    def note(what: str, label: str, id: str, article: str, name: str = "", into: str = "") -> None:
        ids, articles = seen.setdefault((what, label, name, into), (set(), set()))
        ids.add(id)
        articles.add(article)

    for id, was in before.spans.items():
        now = after.spans.get(id)
        if now is None:
            note("deleted", was.label, id, was.article)
            continue
        if now.label != was.label:
            known = after.scheme.label(was.label) is not None
            note("split" if known else "merged", was.label, id, was.article, into=now.label)
        for key in was.attributes.keys() | now.attributes.keys():
            _said(note, was, now, key, _names(draft).get(key, key))
    for what, old, new in (("relations", before.relations, after.relations), ("groups", before.groups, after.groups)):
        for id, tie in old.items():
            if new.get(id) != tie:
                note(what, tie.label if isinstance(tie, Relation) else tie.kind, id, tie.article)
    return {key: (len(ids), len(articles)) for key, (ids, articles) in seen.items()}


def _said(note: Callable[..., None], was: Span, now: Span, key: str, name: str) -> None:
    one, other = was.attributes.get(key), now.attributes.get(key)
    if one != other:
        what = "unsaid" if other is None else "filled" if one is None else "said"
        note(what, was.label, was.id, was.article, name)


def _names(draft: Redrawn) -> Mapping[str, str]:
    return {one.id: one.name for scheme in (draft.before, draft.wanted) for one in attributes.attributes(scheme)}


def told(effects: list[Effect]) -> dict[Key, tuple[int, int]]:
    """Return those effects that change spans or ties, in the shape of `recounted`; those of nothing left out."""
    whats = ("deleted", "merged", "split", "unsaid", "filled", "said", "relations", "groups")
    return {
        (one.what, one.label, "" if one.what in ("relations", "groups") else one.name, one.into):
        (one.spans, one.articles)
        for one in effects if one.what in whats and one.spans
    }  # fmt: skip
