"""What ties the spans of a consensus together: what tied those they were taken from, once both ends are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from annotator.domain.change import Change
from annotator.domain.grouping import kind as kind_of
from annotator.domain.grouping import relation as relation_kind
from annotator.domain.grouping import without_member
from annotator.domain.ids import consensus_id
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.sides import Ground
from annotator.review.differences import head, tied
from annotator.review.recorded import became, made

Tie: TypeAlias = Relation | Group


def wanted(ground: Ground, of_sides: Sequence[Mapping[str, Sequence[Tie]]]) -> dict[str, Tie]:
    """Return the ties that follow from the decisions, by id; `of_sides` are the sides' by the span they belong to.

    A span of the consensus has those of the spans it was taken from, also what only one of several alike is tied to:
    that is no difference where the others miss the other end. Ends are what became of the other spans, whoever's was
    taken there; an end about which nothing is decided, or that does not belong here, is left out, and so is one
    that got a label with which the scheme does not let it be tied so. What lies outside the compared layers (an entry
    of the registry, another article) stays the end; an export of the consensus alone leads to what became of it there.
    """
    if not any(of_sides) or ground.consensus.layer is None:
        return {}
    layer = ground.consensus.layer.id
    there = {span.id: span for span in ground.consensus.spans}
    stands_for = became(ground.decisions, there)
    labels = {span.id: span.label for side in ground.sides for span in side.spans}
    another = {id for id, made in stands_for.items() if labels.get(id) != there[made].label}
    ends = _Ends(stands_for, {**labels, **{id: there[made].label for id, made in stands_for.items()}}, another)
    found: dict[str, Tie] = {}
    for decision in ground.decisions:
        for id in made(decision):
            since = there[id].extra.get("from") if id in there else None
            taken: list[Tie] = []
            for one in since if isinstance(since, list | tuple) else ():
                of_one = [tie for ties in of_sides for tie in ties.get(str(one), ())]
                mine = [_mine(tie, layer, ends, ground) for tie in of_one]
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


class _Ends(NamedTuple):
    """What became of the sides' spans (ids): which span of the consensus `stands_for` them, and their label now.

    `another` are those that got another label than their reader gave them.
    """

    stands_for: Mapping[str, str]
    labels: Mapping[str, str]
    another: set[str]

    def outgrown(self, tie: Tie, span: str, scheme: Scheme) -> bool:
        """Whether a span got a label that the scheme does not let stand there; what a reader tied so stays tied."""
        if isinstance(tie, Relation):
            led = relation_kind(scheme, tie.label)
            if led is None or self.another.isdisjoint((tie.source, tie.target)):
                return False
            source, target = self.labels.get(tie.source, ""), self.labels.get(tie.target)
            return source not in led.source if target is None else not led.joins(source, target)
        kind = kind_of(scheme, tie.kind)
        roles = {kind.role(one.role) for one in tie.members if one.span == span} if kind is not None else set()
        return span in self.another and any(role is not None and not role.plays(self.labels[span]) for role in roles)


def _mine(tie: Tie, layer: str, ends: _Ends, ground: Ground) -> Tie | None:
    """Return a side's tie as the consensus has it, None where nothing is left that belongs together."""
    # Not "from" as with spans: in our JSON Lines that is where a relation begins.
    id, since, stands_for = consensus_id(tie.id), {"made_of": tie.id}, ends.stands_for
    if isinstance(tie, Relation):
        source, target = stands_for.get(tie.source), stands_for.get(tie.target)
        if target is None and tie.target not in ends.labels:
            target = tie.target
        if source is None or target is None or ends.outgrown(tie, tie.source, ground.scheme):
            return None
        return tie._replace(
            id=id, layer=layer, source=source, target=target, state="ok", note="", source_id="", extra=since
        )
    first = head(tie, ground.scheme)
    of = None if ends.outgrown(tie, first, ground.scheme) else stands_for.get(first)
    members = tuple(
        dict.fromkeys(
            Member(one.role, stands_for[one.span]) for one in tie.members
            if one.span in stands_for and not ends.outgrown(tie, one.span, ground.scheme)
        )
    )  # fmt: skip
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
