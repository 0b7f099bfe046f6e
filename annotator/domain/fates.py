"""What becomes of a span and of what ties it when a scheme is changed: one rule for the preview and for doing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from annotator.domain import attributes as declared
from annotator.domain.attributes import Attribute
from annotator.domain.change import Change
from annotator.domain.free import NOTHING
from annotator.domain.grouping import kind as kind_of
from annotator.domain.grouping import relations as relation_kinds
from annotator.domain.grouping import without_member
from annotator.domain.redrawing import Move, Redrawn
from annotator.domain.relation import Group, Relation
from annotator.domain.reshaping import replaced
from annotator.domain.span import Span

Fate = Callable[[Span], Span | None]
"""What becomes of a span: the same one, a changed one, or None where it is deleted."""


def labels(draft: Redrawn) -> frozenset[str]:
    """Return the labels (by id) of which some span may change."""
    one_by_one = ("split", "")
    return frozenset(
        move.label for move in draft.moves if move.what != "untie" and (move.what, move.attribute) != one_by_one
    )


def fate(draft: Redrawn) -> Fate:
    """Return what becomes of each span when the draft comes into force. Moves happen one after the other."""
    moved = labels(draft)
    own: dict[tuple[bool, str], tuple[Attribute, ...]] = {}

    def attributes_of(label: str, *, after: bool) -> tuple[Attribute, ...]:
        if (after, label) not in own:
            own[after, label] = declared.of_label(draft.wanted if after else draft.before, label)
        return own[after, label]

    def becomes(span: Span) -> Span | None:
        if span.label not in moved:
            return span
        label, values = span.label, span.attributes
        for move in draft.moves:
            if move.label != label:
                continue
            if move.what == "delete":
                return None
            if move.what == "merge" or (move.what == "split" and move.attribute and says(values, move)):
                label = move.into
            elif move.what == "fill":
                values = _filled(attributes_of(label, after=True), values, move)
            elif move.what == "value" and says(values, move):
                said = replaced(values[move.attribute], move.value, move.into)
                values = declared.with_value(attributes_of(label, after=True), values, move.attribute, said)
        if label != span.label:
            before, after = attributes_of(span.label, after=False), attributes_of(label, after=True)
            values = declared.taken_over(before, after, values, {})
        return (
            span if (label, values) == (span.label, span.attributes) else span._replace(label=label, attributes=values)
        )

    return becomes


def says(values: Mapping[str, Any], move: Move) -> bool:
    """Whether a span's values say what a move is about."""
    said = values.get(move.attribute)
    if not declared.is_set(said):
        return False
    return move.value is None or said == move.value or (isinstance(said, list | tuple) and move.value in said)


def _filled(own: tuple[Attribute, ...], values: Mapping[str, Any], move: Move) -> Mapping[str, Any]:
    lacks = any(one.id == move.attribute for one in declared.asked(own, values))
    if not lacks or declared.is_set(values.get(move.attribute)):
        return values
    return declared.with_value(own, values, move.attribute, move.value) or NOTHING


def ties(
    draft: Redrawn, relations: Iterable[Relation], groups: Iterable[Group], ends: Mapping[str, tuple[str, str | None]]
) -> list[Change]:
    """Return how ties change with the spans they tie: one whose span is deleted or outgrows it goes, or loses it.

    `ends` are the labels of spans (by id) before and after, None where the span is deleted.
    """
    untied = {(move.attribute, move.label) for move in draft.moves if move.what == "untie"}
    known = {one.id: one for one in relation_kinds(draft.wanted)}
    changes: list[Change] = []
    for relation in relations:
        two = [ends[id] for id in (relation.source, relation.target) if id in ends]
        gone = ("relations", relation.label) in untied or any(after is None for _before, after in two)
        kind = known.get(relation.label)
        if not gone and kind is not None and len(two) == 2 and any(before != after for before, after in two):
            gone = not kind.joins(str(two[0][1]), str(two[1][1]))
        if gone:
            changes.append(Change(relation, None))
    for group in groups:
        left = None if ("groups", group.kind) in untied else _left(draft, group, ends)
        if left != group:
            changes.append(Change(group, left))
    return changes


def _left(draft: Redrawn, group: Group, ends: Mapping[str, tuple[str, str | None]]) -> Group | None:
    kind = kind_of(draft.wanted, group.kind)
    # Of a kind that goes too it is the scheme in force that knows what holds it together.
    holding = kind or kind_of(draft.before, group.kind)
    left: Group | None = group
    for member in group.members:
        before, after = ends.get(member.span, ("", ""))
        role = kind.role(member.role) if kind is not None else None
        outgrown = after is not None and before != after and role is not None and not role.plays(after)
        if left is not None and (after is None or outgrown):
            left = without_member(left, holding, member.span)
    return left
