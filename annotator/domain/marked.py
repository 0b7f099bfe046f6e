"""What is marked in a project: to be discussed, unsure, or with a note; found once, then followed change by change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from annotator.domain.article import Layer, VisibleLayers
from annotator.domain.change import Change, Imported
from annotator.domain.relation import Group, Relation
from annotator.domain.span import Span

WHATS = ("discuss", "unsure", "note")
"""What one may look for: the two states, and whatever has a note."""
KINDS = ("layer", "span", "group", "relation")
"""Kinds of values that are marked; a layer is so for its article as a whole."""


class Marked(NamedTuple):
    """A marked value (`kind` of KINDS, its id) in a layer; `state` as of a span, `noted` where it has a note."""

    kind: str
    id: str
    article: str
    layer: Layer
    state: str
    noted: bool

    def is_(self, what: str) -> bool:
        """Whether it is what one looks for, one of WHATS."""
        return self.noted if what == "note" else self.state == what


class Marks:
    """All that is marked, by id. `layer(id, article)` finds the layer of a value that changed."""

    def __init__(self, layer: Callable[[str, str], Layer | None]) -> None:
        self._layer = layer
        self._found: dict[str, Marked] = {}

    def __len__(self) -> int:
        return len(self._found)

    def take(self, found: Iterable[Marked]) -> None:
        """Take in what was found in the project."""
        self._found.update((one.id, one) for one in found)

    def follow(self, changes: Iterable[Change]) -> bool:
        """Follow changes in the project; return whether something else is marked than before."""
        altered = False
        for change in changes:
            for value in _values(change.before):
                if change.after is None or isinstance(change.after, Imported):
                    altered |= self._found.pop(value.id, None) is not None
            brought = change.after.layers if isinstance(change.after, Imported) else ()
            for value in _values(change.after):
                altered |= self._put(value, {layer.id: layer for layer in brought})
        return altered

    def _put(self, value: Layer | Span | Group | Relation, brought: dict[str, Layer]) -> bool:
        before = self._found.get(value.id)
        state, noted = value.mark if isinstance(value, Layer) else value.state, bool(value.note)
        if state == "ok" and not noted:
            return self._found.pop(value.id, None) is not None
        if before is not None and (before.state, before.noted) == (state, noted):
            return False
        layer = value if isinstance(value, Layer) else brought.get(value.layer)
        layer = layer or self._layer(value.layer, value.article)  # type: ignore[union-attr]
        if layer is None:
            return False
        self._found[value.id] = Marked(_kind(value), value.id, value.article, plain(layer), state, noted)
        return True

    def articles(self, what: str, visible: VisibleLayers) -> Counter[str]:
        """Return how many things of that sort (one of WHATS) stand in each article that has some, by its id."""
        return Counter(one.article for one in self._found.values() if one.is_(what) and visible.shows(one.layer))

    def counts(self, visible: VisibleLayers) -> dict[str, int]:
        """Return how many articles have something of each sort."""
        seen: dict[str, set[str]] = {what: set() for what in WHATS}
        for one in self._found.values():
            if visible.shows(one.layer):
                for what in WHATS:
                    if one.is_(what):
                        seen[what].add(one.article)
        return {what: len(articles) for what, articles in seen.items()}

    def of(self, article: str, what: str, visible: VisibleLayers) -> list[Marked]:
        """Return what is marked so in one article."""
        return [
            one for one in self._found.values()
            if one.article == article and one.is_(what) and visible.shows(one.layer)
        ]  # fmt: skip


def plain(layer: Layer) -> Layer:
    """Return of a layer only whose and where it is."""
    return Layer(layer.id, layer.article, layer.kind, layer.owner)


def _values(value: object) -> Iterable[Layer | Span | Group | Relation]:
    if isinstance(value, Imported):
        return (*value.layers, *value.spans, *value.groups, *value.relations)
    return (value,) if isinstance(value, Layer | Span | Group | Relation) else ()


def _kind(value: Layer | Span | Group | Relation) -> str:
    return type(value).__name__.lower()
