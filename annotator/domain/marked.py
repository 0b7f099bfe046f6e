"""What is marked in a project: to be discussed, unsure, with a note, with an open remark, or tagged under another
meaning of its label.

Found once, then followed change by change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from annotator.domain.article import Layer, VisibleLayers
from annotator.domain.change import Change, Imported
from annotator.domain.relation import Group, Relation
from annotator.domain.span import Span
from annotator.domain.team import Remark

OWN = ("discuss", "unsure", "note")
"""What one may look for: the two states, and whatever has a note."""
OLDER = "older"
"""And spans that are older than what their label means now."""
REMARK = "remark"
"""And what somebody told others of, as long as that is open."""
WHATS = (*OWN, REMARK, OLDER)
KINDS = ("layer", "span", "group", "relation")
"""Kinds of values that are marked; a layer is so for its article as a whole."""


class Marked(NamedTuple):
    """A marked value (`kind` of KINDS, its id) in a layer; `whats` are those of OWN that it is."""

    kind: str
    id: str
    layer: Layer
    whats: tuple[str, ...]

    @property
    def article(self) -> str:
        """The id of its article."""
        return self.layer.article


class Marks:
    """All that is marked. `layer(id, article)` finds the layer of a value that changed.

    `since` says for labels (by id) the version of the scheme since which they mean what they mean. Of spans that are
    older only the layers are known: they may be all spans of a project. `still(layer)` (its id) says whether there is
    one left. `readable(remark)` says of a remark that came whether it may be seen now.
    """

    def __init__(
        self,
        layer: Callable[[str, str], Layer | None],
        since: Mapping[str, int] | None = None,
        still: Callable[[str], bool] = lambda _layer: True,
        readable: Callable[[Remark], bool] = lambda _remark: True,
    ) -> None:
        self._layer, self._still, self._readable = layer, still, readable
        self._since = since or {}
        self._found: dict[str, dict[str, Marked]] = {}
        self._layers: dict[str, Layer] = {}
        self._tally: dict[str, Counter[str]] = {what: Counter() for what in OWN}
        """How many values are so in each layer, by its id."""
        self._older: dict[str, Layer] = {}
        self._doubtful: set[str] = set()
        """Layers (ids) of which a span is older no longer."""
        self._remarks: dict[str, dict[str, Remark]] = {}
        """What began an open thread, by its article and its id."""

    def __bool__(self) -> bool:
        return bool(self._older or self._remarks) or any(self._tally.values())

    def take(self, found: Iterable[Marked]) -> None:
        """Take in what was found in the project."""
        for one in found:
            self._put(one)

    def take_older(self, layers: Iterable[Layer]) -> None:
        """Take in the layers in which spans are older than what their label means."""
        self._older.update((layer.id, layer) for layer in layers)

    def take_remarks(self, remarks: Iterable[Remark]) -> None:
        """Take in what began threads that are open."""
        for remark in remarks:
            self._remarks.setdefault(remark.article, {})[remark.id] = remark

    def is_older(self, span: Span) -> bool:
        """Whether a span is older than what its label means."""
        return span.scheme_version < self._since.get(span.label, 0)

    def _put(self, one: Marked) -> bool:
        there = self._found.setdefault(one.article, {})
        before = there.get(one.id)
        if before is not None and before.whats == one.whats:
            return False
        if before is not None:
            self._drop(one.article, one.id)
        # One value a layer, whoever brought it: there may be very many of them.
        layer = self._layers.setdefault(one.layer.id, one.layer)
        self._found.setdefault(one.article, {})[one.id] = one._replace(layer=layer)
        for what in one.whats:
            self._tally[what][layer.id] += 1
        return True

    def _drop(self, article: str, id: str) -> bool:
        there = self._found.get(article, {})
        one = there.pop(id, None)
        if one is None:
            return False
        if not there:
            del self._found[article]
        for what in one.whats:
            self._tally[what][one.layer.id] -= 1
            if not self._tally[what][one.layer.id]:
                del self._tally[what][one.layer.id]
        return True

    def follow(self, changes: Iterable[Change]) -> bool:
        """Follow changes in the project; return whether something else is marked than before."""
        altered = False
        for change in changes:
            if isinstance(change.value, Remark):
                altered |= self._hear(change)
                continue
            brought = change.after.layers if isinstance(change.after, Imported) else ()
            layers = {layer.id: layer for layer in brought}
            if self._since:
                altered |= self._grow_old(change, layers)
            if change.after is None:
                for value in _values(change.before):
                    altered |= self._drop(value.article, value.id)
            for value in _values(change.after):
                altered |= self._follow(value, layers)
        return altered

    def _hear(self, change: Change) -> bool:
        from annotator.domain.threads import is_open  # not before somebody remarks something: each start pays for it

        there = self._remarks.get(change.article, {})
        before, after = there.pop(change.entity, None), change.after
        if not there:
            self._remarks.pop(change.article, None)
        if isinstance(after, Remark) and is_open(after) and self._readable(after):
            self.take_remarks([after])
            return before != after
        return before is not None

    def _grow_old(self, change: Change, brought: Mapping[str, Layer]) -> bool:
        before = {span.layer for span in _values(change.before) if isinstance(span, Span) and self.is_older(span)}
        after = {span.layer: span for span in _values(change.after) if isinstance(span, Span) and self.is_older(span)}
        self._doubtful |= before - after.keys()
        for id, span in after.items():
            if id not in self._older and (layer := self._whose(span, brought)) is not None:
                self._older[id] = layer
        return before != after.keys()

    def _whose(self, value: Span | Group | Relation, brought: Mapping[str, Layer]) -> Layer | None:
        layer = self._layers.get(value.layer) or brought.get(value.layer) or self._layer(value.layer, value.article)
        return plain(layer) if layer is not None else None

    def _follow(self, value: Layer | Span | Group | Relation, brought: Mapping[str, Layer]) -> bool:
        found = whats(value.mark if isinstance(value, Layer) else value.state, bool(value.note))
        if not found:
            return self._drop(value.article, value.id)
        layer = plain(value) if isinstance(value, Layer) else self._whose(value, brought)
        return layer is not None and self._put(Marked(type(value).__name__.lower(), value.id, layer, found))

    def articles(self, what: str, visible: VisibleLayers, me: str = "") -> set[str]:
        """Return the articles (ids) in which something is so, one of WHATS; of remarks those that concern `me`."""
        if what == REMARK:
            return {id for id in self._remarks if self.remarks(id, me)}
        if what == OLDER:
            doubtful, self._doubtful = self._doubtful & self._older.keys(), set()
            for id in doubtful:
                if not self._still(id):
                    del self._older[id]
            layers = iter(self._older.values())
        else:
            layers = (self._layers[id] for id in self._tally[what])
        return {layer.article for layer in layers if visible.shows(layer)}

    def counts(self, visible: VisibleLayers, me: str = "") -> dict[str, int]:
        """Return how many articles have something of each sort."""
        return {what: len(self.articles(what, visible, me)) for what in WHATS}

    def remarks(self, article: str, me: str) -> list[Remark]:
        """Return what began the open threads of an article (its id) that concern somebody (an id)."""
        there = self._remarks.get(article)
        if not there:
            return []
        from annotator.domain.threads import concerns

        return [remark for remark in there.values() if concerns(remark, me)]

    def of(self, article: str, what: str, visible: VisibleLayers) -> list[Marked]:
        """Return what is marked so in one article; older spans are not known one by one (`is_older`)."""
        there = self._found.get(article, {}).values()
        return [one for one in there if what in one.whats and visible.shows(one.layer)]


def whats(state: str, noted: bool) -> tuple[str, ...]:
    """Return which of OWN something is, by its state and whether it has a note."""
    if state == "ok" and not noted:
        return ()
    return tuple(what for what, so in zip(OWN, (state == "discuss", state == "unsure", noted), strict=True) if so)


def plain(layer: Layer) -> Layer:
    """Return of a layer only whose and where it is."""
    return Layer(layer.id, layer.article, layer.kind, layer.owner)


def _values(value: object) -> Iterable[Layer | Span | Group | Relation]:
    if isinstance(value, Imported):
        return (*value.layers, *value.spans, *value.groups, *value.relations)
    return (value,) if isinstance(value, Layer | Span | Group | Relation) else ()
