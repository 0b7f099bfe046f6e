"""What ties the spans of a consensus together: what tied those they were taken from, once both ends are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from annotator.domain.change import Change, Decision
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

    A span of the consensus has those of the spans it was taken from, also what only one of several alike is tied to:
    that is no difference where the others miss the other end. Ends are what became of the other spans, whoever's was
    taken there; an end about which nothing is decided, or that does not belong here, is left out. What lies outside the
    compared layers (an entry of the registry, another article) stays the end; an export of the consensus alone leads to
    what became of it there.
    """
    if not any(of_sides) or ground.consensus.layer is None:
        return {}
    layer = ground.consensus.layer.id
    there = {span.id: span for span in ground.consensus.spans}
    stands_for = became(ground.decisions, there)
    inside = {span.id for side in ground.sides for span in side.spans}
    found: dict[str, Tie] = {}
    for decision in ground.decisions:
        for id in made(decision):
            since = there[id].extra.get("from") if id in there else None
            taken: list[Tie] = []
            for one in since if isinstance(since, list | tuple) else ():
                of_one = [tie for ties in of_sides for tie in ties.get(str(one), ())]
                mine = [_mine(tie, layer, stands_for, inside, ground) for tie in of_one]
                taken = _joined(taken, [tie for tie in mine if tie is not None], ground.far)
            found.update((tie.id, tie) for tie in taken)
    return found


def _joined(first: list[Tie], second: list[Tie], far: Mapping[str, str]) -> list[Tie]:
    """Return what ties a span in two readings, of which the first is followed where they say the same otherwise.

    Of one group each the members come together; of several of a kind nobody knows which are meant to be the same.
    `far` is as in `sides.Ground`.
    """
    if not first or not second:
        return first or second
    known = {_said(one, far) for one in first if isinstance(one, Relation)}
    found = [*first]
    found += [one for one in second if isinstance(one, Relation) and _said(one, far) not in known]
    kinds = {kind: [one for one in first if isinstance(one, Group) and one.kind == kind] for kind in _kinds(second)}
    for kind, ours in kinds.items():
        theirs = [one for one in second if isinstance(one, Group) and one.kind == kind]
        if not ours:
            found += theirs
        elif len(ours) == len(theirs) == 1:
            members = tuple(dict.fromkeys((*ours[0].members, *theirs[0].members)))
            silent = ours[0].no_source and theirs[0].no_source
            found[found.index(ours[0])] = ours[0]._replace(members=members, no_source=silent)
    return found


def _said(one: Relation, far: Mapping[str, str]) -> tuple[str, ...]:
    return one.label, one.source, far.get(one.target, one.target)


def _kinds(ties: Iterable[Tie]) -> dict[str, None]:
    return dict.fromkeys(tie.kind for tie in ties if isinstance(tie, Group))


def became(decisions: Iterable[Decision], there: Mapping[str, Span]) -> dict[str, str]:
    """Return which span (id) of an article's consensus, whose spans are `there` by id, stands for which of the sides.

    What nothing is decided about, and what nothing belongs to, is not among them.
    """
    found: dict[str, str] = {}
    for decision in decisions:
        spans = [there[id] for id in made(decision) if id in there]
        if not spans:
            continue
        for marks in named(decision).values():
            found.update(dict.fromkeys(marks, spans[0].id))
        for span in reversed(spans):
            since = span.extra.get("from")
            found.update({str(id): span.id for id in (since if isinstance(since, list | tuple) else ())})
    return found


def _mine(tie: Tie, layer: str, stands_for: Mapping[str, str], inside: set[str], ground: Ground) -> Tie | None:
    """Return a side's tie as the consensus has it, None where nothing is left that belongs together."""
    # Not "from" as with spans: in our JSON Lines that is where a relation begins.
    id, since = consensus_id(tie.id), {"made_of": tie.id}
    if isinstance(tie, Relation):
        source, target = stands_for.get(tie.source), stands_for.get(tie.target)
        if target is None and tie.target not in inside:
            target = tie.target
        if source is None or target is None:
            return None
        return tie._replace(
            id=id, layer=layer, source=source, target=target, state="ok", note="", source_id="", extra=since
        )
    of = stands_for.get(head(tie, ground.scheme))
    members = tuple(
        dict.fromkeys(Member(one.role, stands_for[one.span]) for one in tie.members if one.span in stands_for)
    )
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
