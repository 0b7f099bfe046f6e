"""What a change of the scheme would touch, told before it is done: numbers, and a few of the spans."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from annotator.domain import attributes as declared
from annotator.domain import fates, meaning
from annotator.domain import schemedifference as difference
from annotator.domain.article import VisibleLayers
from annotator.domain.attributes import Attribute
from annotator.domain.redrawing import Redrawn
from annotator.domain.relation import Group, Relation
from annotator.domain.span import Span
from annotator.editing.schemes import Plan, Touched
from annotator.storage import labelled
from annotator.storage.labelled import Count
from annotator.storage.reader import Reader
from annotator.storage.touched import texts

_AROUND = 40
"""Code points beside an example that are looked at."""
_PAGES = (50, 500, 5_000)
"""Spans that are looked at for examples, a page after the other."""


class Effect(NamedTuple):
    """One thing a change of the scheme would do: to how many spans of which label (its id), and what in one word.

    - "renamed", "recoloured", "rekeyed", "regrouped", "off", "on", "defined": of the label; `name` is its name then;
    - "new": a label; spans that bear it already; "gone": its spans are kept, as of an unknown label;
    - "merged", "split": spans get the label `into`; "deleted": spans are deleted;
    - "required": spans lack the attribute `name`, which must be said from now on; "optional": spans can say `name`;
    - "attribute gone": spans say `name`, and what they say is kept unseen;
    - "value gone": spans say the value `into` of `name`, which is not known any more, and is kept;
    - "unsaid": what spans say of `name` goes; "filled": they say something of it; "said": they say something else;
    - "relations", "groups": so many ties (`spans`) of the kind `label`, whose name is `name`, go or lose a span;
    - "relation gone", "group gone": the kind is no more, so many ties of it are kept, as of an unknown kind;
    - "relation new", "group new": the kind was not there before;
    - "meaning": so many spans are to be looked at, since the label means something else.
    """

    what: str
    label: str
    spans: int
    name: str = ""
    into: str = ""
    articles: int = 0
    annotators: int = 0


class Example(NamedTuple):
    """A touched span with the words of its text around it, each on one line."""

    span: Span
    before: str
    words: str
    after: str


def lost(effects: Sequence[Effect]) -> int:
    """Return how many spans would be lost: those that are deleted on purpose, else none."""
    return sum(effect.spans for effect in effects if effect.what == "deleted")


class _Sum:
    """Spans counted with the articles and annotators they are of."""

    def __init__(self) -> None:
        self.spans = 0
        self.articles: set[str] = set()
        self.owners: set[str] = set()

    def add(self, article: str, owner: str) -> None:
        self.spans += 1
        self.articles.add(article)
        if owner:
            self.owners.add(owner)

    @property
    def count(self) -> Count:
        return Count(self.spans, len(self.articles), len(self.owners))


def effects(
    reader: Reader, draft: Redrawn, progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Effect]:  # fmt: skip
    """Return what a draft would do to the spans of all layers, in the order of its labels, what is gone last.

    Everything that is counted is counted on what doing it would write (`schemes.Plan`). Returns [] where it is
    `cancelled` between two articles.
    """
    counts = labelled.counts(reader)
    tally = _Tally(draft, counts)
    if tally.looked_at or draft.moves:
        plan = Plan(reader, draft)
        articles = plan.articles(tally.looked_at)
        for number, article in enumerate(articles):
            if cancelled is not None and cancelled():
                return []
            owners = {layer.id: layer.owner for layer in reader.layers(article, VisibleLayers.ALL)}
            tally.add(plan(article), owners)
            if progress is not None:
                progress(number + 1, len(articles))
    return [*tally.effects(), *_kinds_new(draft), *_kinds_gone(reader, draft)]


class _Tally:
    """Counts what a draft does to spans and ties, one article after the other."""

    def __init__(self, draft: Redrawn, counts: dict[str, Count]) -> None:
        self._draft, self._counts = draft, counts
        self._found: dict[tuple[str, str, str, str], _Sum] = {}
        self._after: dict[str, _Sum] = {}
        self._optional = difference.optional(draft)
        self._silent: dict[tuple[str, str], _Sum] = {}
        self._required, self._unknown = difference.newly_required(draft), difference.not_fitting(draft)
        into = {move.into for move in draft.moves if move.what in ("merge", "split")}
        moved = fates.labels(draft)
        self._attributes: dict[str, tuple[Attribute, ...]] = {}
        self.looked_at = moved | into | self._required.keys() | self._unknown.keys()
        """Labels of which each span is looked at."""
        for move in draft.moves:
            what = {"merge": "merged", "split": "split" if move.attribute else "", "delete": "deleted"}.get(move.what)
            if what and (what == "deleted" or draft.wanted.label(move.into) is not None):
                self._sum(what, move.label, into=move.into)
        for label, some in self._required.items():
            for one in some:
                self._sum("required", label, one.name)

    def _own(self, label: str) -> tuple[Attribute, ...]:
        if label not in self._attributes:
            self._attributes[label] = declared.of_label(self._draft.wanted, label)
        return self._attributes[label]

    def _sum(self, what: str, label: str, name: str = "", into: str = "") -> _Sum:
        return self._found.setdefault((what, label, name, into), _Sum())

    def add(self, touched: Touched, owners: dict[str, str]) -> None:
        """Count what is done to one article; `owners` are those of its layers, by layer id."""
        article = touched.article
        for span, after in touched.spans:
            if span.label not in self.looked_at:
                continue
            owner = owners.get(span.layer, "")
            for key in self._happens(span, after):
                self._sum(*key).add(article, owner)
            if after is not None:
                self._after.setdefault(after.label, _Sum()).add(article, owner)
                for one in self._optional.get(after.label, ()):
                    if not declared.is_set(after.attributes.get(one.id)):
                        self._silent.setdefault((after.label, one.id), _Sum()).add(article, owner)
        for change in touched.ties:
            tie = change.value
            assert isinstance(tie, Relation | Group)
            what, kind = ("groups", tie.kind) if isinstance(tie, Group) else ("relations", tie.label)
            name = difference.kind_name(self._draft, what, kind)
            self._sum(what, kind, name).add(article, owners.get(tie.layer, ""))

    def _happens(self, span: Span, after: Span | None) -> Iterator[tuple[str, str, str, str]]:
        """Yield the effects that one span is part of."""
        if after is None:
            yield "deleted", span.label, "", ""
            return
        if after.label != span.label:
            stays = self._draft.wanted.label(span.label) is not None
            yield "split" if stays else "merged", span.label, "", after.label
        if after is not span:
            for id in dict.fromkeys((*span.attributes, *after.attributes)):
                was, says = span.attributes.get(id), after.attributes.get(id)
                if was != says:
                    what = "unsaid" if says is None else "filled" if was is None else "said"
                    yield what, span.label, difference.attribute_name(self._draft, id), ""
        if required := self._required.get(after.label):
            for one in declared.missing(self._own(after.label), after.attributes):
                if one in required:
                    yield "required", after.label, one.name, ""
        for before, now in self._unknown.get(after.label, ()):
            value = after.attributes.get(before.id)
            if declared.is_set(value) and before.fits(value) and (now is None or not now.fits(value)):
                for unknown in difference.strange(now, value):
                    yield "attribute gone" if now is None else "value gone", after.label, before.name, unknown

    def is_part(self, span: Span, after: Span | None, effect: Effect) -> bool:
        """Whether a span of the effect's label is one that it touches."""
        counted = (effect.what, effect.label, effect.name, effect.into)
        return effect.what in _OF_LABELS or counted in self._happens(span, after)

    def effects(self) -> list[Effect]:
        """Return what was counted, and what can be told of labels by their numbers alone."""
        told: list[Effect] = []
        draft, spans = self._draft, {key: one.count for key, one in self._found.items()}
        fresh = self._meaning
        for id in _all_labels(draft):
            for what, name in difference.of_label(draft, id):
                count = self._count_after(id) if what == "gone" else self._counts.get(id, Count())
                told.append(_effect(what, id, count, name))
            told += [
                _effect(what, id, count, name, into)
                for (what, label, name, into), count in spans.items()
                if label == id and what not in _TIES
            ]
            told += [
                _effect("optional", id, self._count_silent(id, one), one.name) for one in self._optional.get(id, ())
            ]
            if id in fresh:
                told.append(_effect("meaning", id, self._count_after(id)))
        gone = [one for one in told if one.what == "gone"]
        others = [one for one in told if one.what != "gone"]
        ties = [_effect(what, id, count, name) for (what, id, name, _into), count in spans.items() if what in _TIES]
        return [*others, *gone, *ties]

    @property
    def _meaning(self) -> frozenset[str]:
        same_scheme = self._draft.before.id == self._draft.wanted.id
        return meaning.changed(self._draft) if same_scheme else frozenset()

    def _count_silent(self, label: str, one: Attribute) -> Count:
        """Return the spans that say nothing yet of what can be said of them; those of a label merged in may."""
        if label not in self.looked_at:
            return self._count_after(label)
        return self._silent.get((label, one.id), _Sum()).count

    def _count_after(self, label: str) -> Count:
        if label in self.looked_at:
            return self._after[label].count if label in self._after else Count()
        return self._counts.get(label, Count())


_TIES = ("relations", "groups")
_OF_LABELS = (
    "renamed", "recoloured", "rekeyed", "regrouped", "off", "on", "defined", "new", "gone", "optional", "meaning",
)  # fmt: skip


def _effect(what: str, label: str, count: Count, name: str = "", into: str = "") -> Effect:
    return Effect(what, label, count.spans, name, into, count.articles, count.annotators)


def _all_labels(draft: Redrawn) -> list[str]:
    """Return the ids of the labels wanted, then of those that go, then of unknown ones that moves name."""
    ids = [label.id for label in (*draft.wanted.labels, *draft.before.labels)]
    return list(dict.fromkeys([*ids, *(move.label for move in draft.moves if move.what != "untie")]))


def _kinds_new(draft: Redrawn) -> Iterator[Effect]:
    for what, single in zip(_TIES, ("relation new", "group new"), strict=True):
        before = difference.kind_names(draft.before, what)
        for id, name in difference.kind_names(draft.wanted, what).items():
            if id not in before:
                yield Effect(single, id, 0, name)


def _kinds_gone(reader: Reader, draft: Redrawn) -> list[Effect]:
    """Return the kinds of ties that are no more, with the ties that are kept."""
    told = []
    for what, single, counts in zip(_TIES, ("relation gone", "group gone"), labelled.tie_counts(reader), strict=True):
        untied = {move.label for move in draft.moves if move.what == "untie" and move.attribute == what}
        before, after = difference.kind_names(draft.before, what), difference.kind_names(draft.wanted, what)
        told += [Effect(single, id, counts.get(id, 0), name)
                 for id, name in before.items() if id not in after and id not in untied]  # fmt: skip
    return told


def examples(reader: Reader, draft: Redrawn, effect: Effect, visible: VisibleLayers, limit: int) -> list[Example]:
    """Return up to `limit` spans that an effect touches, the newest first, with the words around them."""
    spans: list[Span] = []
    tally = _Tally(draft, {})
    becomes = Plan(reader, draft)
    offset = 0
    for size in _PAGES:
        page = labelled.newest(reader, [effect.label], visible, offset, size)
        spans += [span for span in page if tally.is_part(span, becomes.fate(span), effect)]
        offset += size
        if len(page) < size or len(spans) >= limit:
            break
    # Each text is read once: five hundred spans may stand in one long article.
    by_text: dict[tuple[str, int], list[Span]] = {}
    for span in spans[:limit]:
        by_text.setdefault((span.article, span.revision), []).append(span)
    made = {span.id: _example(text, span) for key, text in texts(reader, by_text) for span in by_text[key]}
    return [made[span.id] for span in spans[:limit] if span.id in made]


def _example(text: str, span: Span) -> Example:
    start, end = span.start, span.end
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    # A word that is cut is left out.
    before = before if start <= _AROUND else before.partition(" ")[2]
    after = after if end + _AROUND >= len(text) else after.rpartition(" ")[0]
    return Example(span, *(" ".join(part.split()) for part in (before, text[start:end], after)))
