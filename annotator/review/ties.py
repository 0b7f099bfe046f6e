"""What ties the spans of a consensus together: what tied those they were taken from, once both ends are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from annotator.domain.change import Change
from annotator.domain.grouping import kind as kind_of
from annotator.domain.grouping import without_member
from annotator.domain.ids import consensus_id
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.sides import Ground
from annotator.domain.span import Span
from annotator.review.differences import head, tied
from annotator.review.standing import made, named

Tie: TypeAlias = Relation | Group


def wanted(ground: Ground, of_sides: Sequence[Mapping[str, Sequence[Tie]]]) -> dict[str, Tie]:
    """Return the ties that follow from the decisions, by id; `of_sides` are the sides' by the span they belong to.

    A span of the consensus has those of the span it was taken from (of several the first). Their ends are what became
    of the other spans, whoever's was taken there; an end about which nothing is decided, or that does not belong
    here, is left out. What lies outside the compared layers (an entry of the registry, another article) stays the end.
    """
    if not any(of_sides) or ground.consensus.layer is None:
        return {}
    layer = ground.consensus.layer.id
    there = {span.id: span for span in ground.consensus.spans}
    became = _became(ground, there)
    inside = {span.id for side in ground.sides for span in side.spans}
    found: dict[str, Tie] = {}
    for decision in ground.decisions:
        for id in made(decision)[:1]:
            since = there[id].extra.get("from") if id in there else None
            for first in since[:1] if isinstance(since, list | tuple) else ():
                for ties in of_sides:
                    for tie in ties.get(str(first), ()):
                        mine = _mine(tie, layer, became, inside, ground)
                        if mine is not None:
                            found[mine.id] = mine
    return found


def _became(ground: Ground, there: dict[str, Span]) -> dict[str, str]:
    """Return which span (id) of the consensus stands for which of the sides."""
    found: dict[str, str] = {}
    for decision in ground.decisions:
        spans = [there[id] for id in made(decision) if id in there]
        if not spans:
            continue
        for marks in named(decision).values():
            found.update(dict.fromkeys(marks, spans[0].id))
        for span in reversed(spans):
            since = span.extra.get("from")
            found.update({str(id): span.id for id in (since if isinstance(since, list | tuple) else ())})
    return found


def _mine(tie: Tie, layer: str, became: dict[str, str], inside: set[str], ground: Ground) -> Tie | None:
    """Return a side's tie as the consensus has it, None where nothing is left that belongs together."""
    # Not "from" as with spans: in our JSON Lines that is where a relation begins.
    id, since = consensus_id(tie.id), {"made_of": tie.id}
    if isinstance(tie, Relation):
        source, target = became.get(tie.source), became.get(tie.target)
        if target is None and tie.target not in inside:
            target = tie.target
        if source is None or target is None:
            return None
        return tie._replace(
            id=id, layer=layer, source=source, target=target, state="ok", note="", source_id="", extra=since
        )
    of = became.get(head(tie, ground.scheme))
    members = tuple(dict.fromkeys(Member(one.role, became[one.span]) for one in tie.members if one.span in became))
    if of is None or not (tie.no_source or any(one.span != of for one in members)):
        return None
    return tie._replace(id=id, layer=layer, members=members, state="ok", note="", source_id="", extra=since)


def changed(before: Ground, after: Ground) -> tuple[Change, ...]:
    """Return what changes of the consensus's ties as its spans and decisions do.

    Only what follows differently from the decisions changes, and of that only what is as it followed before: a tie
    that was edited or taken away by hand is left alone. Nothing stays tied to a span that goes.
    """
    # The sides are the same before and after.
    of_sides = [tied(side, before.scheme) for side in before.sides]
    was, now = wanted(before, of_sides), wanted(after, of_sides)
    there: dict[str, Tie] = {one.id: one for one in before.consensus.relations}
    there.update((one.id, one) for one in before.consensus.groups)
    becomes = dict(there)
    for id in was.keys() | now.keys():
        if was.get(id) != now.get(id) and there.get(id) == was.get(id):
            if id in now:
                becomes[id] = now[id]
            else:
                becomes.pop(id, None)
    gone = {span.id for span in before.consensus.spans} - {span.id for span in after.consensus.spans}
    if gone:
        becomes = {id: left for id, tie in becomes.items() if (left := _without(tie, gone, after)) is not None}
    return tuple(
        Change(there.get(id), becomes.get(id))
        for id in sorted(there.keys() | becomes.keys())
        if there.get(id) != becomes.get(id)
    )


def _without(tie: Tie, gone: set[str], ground: Ground) -> Tie | None:
    if isinstance(tie, Relation):
        return None if tie.source in gone or tie.target in gone else tie
    left: Group | None = tie
    for member in tie.members:
        if left is not None and member.span in gone:
            left = without_member(left, kind_of(ground.scheme, left.kind), member.span)
    return left
