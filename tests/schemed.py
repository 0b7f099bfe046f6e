"""Projects of the scheme that comes with the program, with spans of several people, ties and an unknown label."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from annotator import assets
from annotator.domain import attributes
from annotator.domain import redrawing as draw
from annotator.domain import reshaping as shape
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
        sources, cues = ([span.id for span in own if span.label == label] for label in ("source", "cue"))
        for number, quote in enumerate(span for span in own if span.label == "quote"):
            if sources or cues:
                members = [Member("source", id) for id in sources[number : number + 2]]
                members += [Member("cue", id) for id in cues[number : number + 1]]
                groups.append(
                    Group(new_id(), quote.article, layer, "attribution", (Member("quote", quote.id), *members))
                )
        first = next((span for span in own if span.label == "claim"), None)
        if first is not None and claims:
            relations.append(Relation(new_id(), first.article, layer, "same-claim", first.id, claims[-1]))
    return relations, groups


def _all_into_one(draft: Redrawn) -> Redrawn:
    for label in ("source", "cue", "claim", "evidence", "boilerplate", "strange"):
        draft = draw.merge(draft, label, "quote", attributes_too=True)
    return draft


def _all_deleted(draft: Redrawn) -> Redrawn:
    for label in ("source", "cue", "claim", "evidence", "boilerplate", "strange"):
        draft = draw.delete_label(draft, label, spans_too=True)
    return draft


def _split(draft: Redrawn) -> Redrawn:
    made = draw.add_label(draft, "report", "Report", key="Y", light="#004D40", dark="#80CBC4", like="quote")
    return draw.split(made, "quote", "report", "mode", "indirect")


CHANGES: tuple[tuple[str, Callable[[Redrawn], Redrawn]], ...] = (
    ("rename", lambda draft: draw.rename(draft, "cue", "Speech cue")),
    ("recolour", lambda draft: draw.recolour(draft, "cue", "#004D40", "#80CBC4")),
    ("another key", lambda draft: draw.set_key(draft, "cue", "Y")),
    ("regroup", lambda draft: draw.regroup(draft, "cue", "Attribution")),
    ("reorder", lambda draft: draw.reorder(draft, "cue", 0)),
    ("define", lambda draft: draw.define(draft, "cue", "Only verbs.")),
    ("switch off", lambda draft: draw.switch(draft, "boilerplate", False)),
    ("add a label", lambda draft: draw.add_label(draft, "headline", "Headline")),
    ("merge", lambda draft: draw.merge(draft, "evidence", "claim")),
    ("merge an unknown label", lambda draft: draw.merge(draft, "strange", "claim")),
    ("merge all into one", _all_into_one),
    ("split by an attribute", _split),
    ("split one by one", lambda draft: draw.split(draft, "quote", "claim")),
    ("delete, spans kept", lambda draft: draw.delete_label(draft, "quote")),
    ("delete, spans too", lambda draft: draw.delete_label(draft, "quote", spans_too=True)),
    ("delete all but quotes", _all_deleted),
    ("required", lambda draft: shape.require(draft, "act")),
    ("required, with a value", lambda draft: shape.require(draft, "act", value="statement")),
    ("attribute gone, values kept", lambda draft: shape.delete_attribute(draft, "act")),
    ("attribute gone, values too", lambda draft: shape.delete_attribute(draft, "act", values_too=True)),
    ("value gone, kept", lambda draft: shape.delete_value(draft, "act", "belief")),
    ("value gone into another", lambda draft: shape.delete_value(draft, "act", "belief", into="statement")),
    ("add a value", lambda draft: shape.add_value(draft, "act", "rumour")),
    ("relation gone, ties too", lambda draft: shape.delete(draft, "relations", "same-claim", ties_too=True)),
    ("group gone, ties too", lambda draft: shape.delete(draft, "groups", "attribution", ties_too=True)),
    ("field gone", lambda draft: shape.delete(draft, "fields", "genre")),
)  # fmt: skip


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
    for span in after.spans.values():
        for what, name, into in _asked(draft, span):
            note(what, span.label, span.id, span.article, name, into)
    return {key: (len(ids), len(articles)) for key, (ids, articles) in seen.items()}


def _asked(draft: Redrawn, span: Span) -> Iterator[tuple[str, str, str]]:
    """Yield what the wanted scheme asks of a span that the one in force does not, and what it knows no longer."""
    # Who was parted from a label is asked what that one was not.
    parted = {move.into: move.label for move in draft.moves if move.what == "split"}
    old = span.label if draft.before.label(span.label) is not None else parted.get(span.label, "")
    if draft.before.label(old) is None or draft.wanted.label(span.label) is None:
        return
    was, now = ({one.id: one for one in attributes.attributes(scheme) if label in one.labels}
                for scheme, label in ((draft.before, old), (draft.wanted, span.label)))  # fmt: skip
    for id, one in now.items():
        if one.required and not (id in was and was[id].required):
            on = one.only_if is None or span.attributes.get(one.only_if.attribute) in one.only_if.values
            said = span.attributes.get(id)
            known = [choice.id for choice in one.choices]
            if on and not (said and all(it in known for it in (said if isinstance(said, list) else [said]))):
                yield "required", one.name, ""
    for id, said in span.attributes.items():
        if id in was and id not in now:
            yield "attribute gone", was[id].name, ""
        elif id in was:
            ids = {choice.id for choice in now[id].choices}
            for it in said if isinstance(said, list) else [said]:
                if it not in ids and was[id].choice(it) is not None:
                    yield "value gone", was[id].name, it


def _said(note: Callable[..., None], was: Span, now: Span, key: str, name: str) -> None:
    one, other = was.attributes.get(key), now.attributes.get(key)
    if one != other:
        what = "unsaid" if other is None else "filled" if one is None else "said"
        note(what, was.label, was.id, was.article, name)


def _names(draft: Redrawn) -> Mapping[str, str]:
    return {one.id: one.name for scheme in (draft.before, draft.wanted) for one in attributes.attributes(scheme)}


def told(effects: list[Effect]) -> dict[Key, tuple[int, int]]:
    """Return those effects that change spans or ties, in the shape of `recounted`; those of nothing left out."""
    whats = (
        "deleted",
        "merged",
        "split",
        "unsaid",
        "filled",
        "said",
        "relations",
        "groups",
        "required",
        "attribute gone",
        "value gone",
    )
    return {
        (one.what, one.label, "" if one.what in ("relations", "groups") else one.name, one.into):
        (one.spans, one.articles)
        for one in effects if one.what in whats and one.spans
    }  # fmt: skip
