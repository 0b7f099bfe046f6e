"""What a review of one article stands on: the layers that are compared, what was decided, and the consensus."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, TypeVar

from annotator.domain.article import Article, Layer
from annotator.domain.change import Change, Decision
from annotator.domain.free import NOTHING
from annotator.domain.layerref import CONSENSUS_REF, LayerRef
from annotator.domain.relation import Group, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.span import Fragments, Span

DIFFERENCE, ANSWER, CORRECTION = "difference", "answer", "correction"
"""What a `Decision` is about, under the key "about": a reviewer's on a difference, an annotator's on that, and what
one annotator is told of it (`domain/corrections`)."""
ACCEPTED, CONTESTED = "accepted", "contested"
"""What an annotator may answer, under the key "says"."""


_One = TypeVar("_One", Span, Relation, Group)


class Side(NamedTuple):
    """One of the layers that are compared, as it stands in one article; `layer` is None where there is none."""

    ref: LayerRef
    layer: Layer | None = None
    spans: tuple[Span, ...] = ()
    relations: tuple[Relation, ...] = ()
    groups: tuple[Group, ...] = ()


class Ground(NamedTuple):
    """An article under review: `sides` in the chosen order, all decisions on differences and annotators' answers.

    `far` says what spans (ids) of other articles are called that relations lead to: alike where they share words
    (`alike_elsewhere`), for two who mean the same there each relate to a span of their own.
    """

    article: Article
    text: str
    scheme: Scheme
    sides: tuple[Side, ...]
    consensus: Side
    decisions: tuple[Decision, ...] = ()
    answers: tuple[Decision, ...] = ()
    far: Mapping[str, str] = NOTHING

    @property
    def refs(self) -> tuple[LayerRef, ...]:
        """The chosen layers."""
        return tuple(side.ref for side in self.sides)

    def after(self, changes: Iterable[Change]) -> Ground | None:
        """Return the ground after changes in the project; None where it must be read again (article, text, scheme, and
        what a side relates to in other articles)."""
        sides = [*self.sides, self.consensus]
        decisions = {one.id: one for one in (*self.decisions, *self.answers)}
        for change in changes:
            value = change.value
            if change.kind == "scheme":
                return None
            if change.article != self.article.id:
                continue
            if change.kind in ("article", "import") or self._leads_away(change):
                return None
            if isinstance(value, Decision):
                decisions.pop(value.id, None)
                if isinstance(change.after, Decision):
                    decisions[value.id] = change.after
            elif isinstance(value, Layer):
                sides = [_with_layer(side, change) for side in sides]
            elif isinstance(value, Span | Relation | Group):
                sides = [_with(side, change) for side in sides]
        about, answers = sorted_decisions(decisions.values())
        return self._replace(sides=tuple(sides[:-1]), consensus=sides[-1], decisions=about, answers=answers)

    def _leads_away(self, change: Change) -> bool:
        """Whether a side relates to something else, or no more, that stands in none of the sides."""
        if change.kind != "relation":
            return False
        both = [one for one in (change.before, change.after) if isinstance(one, Relation)]
        layers = {side.layer.id: side for side in self.sides if side.layer is not None}
        return any(
            one.layer in layers and all(span.id != one.target for span in layers[one.layer].spans) for one in both
        )


def alike_elsewhere(spans: Iterable[tuple[str, str, Fragments]]) -> dict[str, str]:
    """Return what spans are called, given as id, article (id) and fragments: the same where they share code points."""
    called: dict[str, str] = {}

    def name(id: str) -> str:
        while called[id] != id:
            id = called[id]
        return id

    pieces = sorted((article, start, end, id) for id, article, fragments in spans for start, end in fragments)
    before, reach, last = "", 0, ""
    for article, start, end, id in pieces:
        called.setdefault(id, id)
        if article == before and start < reach:
            one, other = sorted((name(id), name(last)))
            called[other] = one
            reach = max(reach, end)
        else:
            before, reach = article, end
        last = id
    return {id: name(id) for id in called}


TAGGED = frozenset({"annotator", "span", "relation", "group", "layer"})
"""Kinds of changes that no correction and no answer tells of: what is tagged, and by whom."""


def answers_in(changes: Iterable[Change], beside: Collection[str] = ("annotator",)) -> list[Change] | None:
    """Return the changes of annotators' answers, None where something else changed that is not of a kind `beside`."""
    found = [change for change in changes if change.kind not in beside]
    only = all(isinstance(one.value, Decision) and one.value.data.get("about") == ANSWER for one in found)
    return found if only else None


def sorted_decisions(decisions: Iterable[Decision]) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
    """Return those on differences and the answers to them, by id, as a `Ground` holds them."""
    found: dict[str, list[Decision]] = {DIFFERENCE: [], ANSWER: []}
    for one in sorted(decisions, key=lambda it: it.id):
        if (about := one.data.get("about")) in found:
            found[str(about)].append(one)
    return tuple(found[DIFFERENCE]), tuple(found[ANSWER])


def empty(ref: LayerRef = CONSENSUS_REF) -> Side:
    """Return a side of an article that has no such layer."""
    return Side(ref)


def _with_layer(side: Side, change: Change) -> Side:
    layer = change.value
    assert isinstance(layer, Layer)
    if not side.ref.means(layer):
        return side
    return side._replace(layer=change.after) if isinstance(change.after, Layer) else empty(side.ref)


def _with(side: Side, change: Change) -> Side:
    value, layer, after = change.value, side.layer, change.after
    if layer is None or getattr(value, "layer", "") != layer.id:
        return side
    if isinstance(value, Span):
        spans = _swapped(side.spans, value.id, after if isinstance(after, Span) else None)
        # As they are read: by place.
        return side._replace(spans=tuple(sorted(spans, key=lambda it: (it.start, -it.end, it.label, it.id))))
    if isinstance(value, Relation):
        relations = _swapped(side.relations, value.id, after if isinstance(after, Relation) else None)
        return side._replace(relations=tuple(sorted(relations, key=lambda it: it.id)))
    if isinstance(value, Group):
        groups = _swapped(side.groups, value.id, after if isinstance(after, Group) else None)
        return side._replace(groups=tuple(sorted(groups, key=lambda it: it.id)))
    return side


def _swapped(many: Iterable[_One], id: str, after: _One | None) -> list[_One]:
    left: list[_One] = [one for one in many if one.id != id]
    if after is not None:
        left.append(after)
    return left
