"""What ties spans together: attributions and relations; each action is a function that returns a Step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from annotator.domain.change import Change, Step
from annotator.domain.errors import UserError
from annotator.domain.grouping import Kind, RelationKind, with_member, without_member
from annotator.domain.grouping import kind as kind_of
from annotator.domain.grouping import relations as declared
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.span import Span
from annotator.editing.titles import TIED
from annotator.i18n import _, later

UNTIED = later("Untie spans")


def started(kind: Kind, head: Span, id: str) -> Group:
    """Return a group of a kind with its head alone, which is not in the project yet."""
    return Group(id, head.article, head.layer, kind.id, (Member(kind.head, head.id),))


def tie(
    group: Group,
    kind: Kind,
    additions: Sequence[tuple[str, Span]],
    *,
    stored: bool,
    made: Iterable[Span],
    nobody: bool = False,
) -> Step:
    """Put spans (role, span) into a group; those of `made` are new and come into the project with it.

    `stored` says whether the group is in the project, `nobody` that the text names no source. Raises UserError where
    nothing would change, or a span lies in another layer.
    """
    changed = group
    for role, span in additions:
        if span.layer != group.layer or span.article != group.article:
            raise UserError(_("These two spans are not of the same person: they cannot be tied together."))
        changed = with_member(changed, kind, role, span.id)
    if nobody and kind.no_source and not any(role == "source" for role, _span in additions):
        changed = changed._replace(no_source=True)
    new = [Change(None, span) for span in made]
    if changed == group and stored and not new:
        raise UserError(_("These spans belong together already."))
    change = Change(group if stored else None, changed)
    return Step(TIED.format(title=kind.name), (*new, change))


def untie(group: Group, kind: Kind | None, span: str) -> Step:
    """Take a span (its id) out of a group; the group goes where nothing is left that belongs together."""
    return Step(UNTIED, (Change(group, without_member(group, kind, span)),))


def no_source(group: Group, kind: Kind, ticked: bool, *, stored: bool) -> Step:
    """Say that the text names no source for the head of a group, or take that back.

    Raises UserError where the group has a source, or nothing would change.
    """
    others = [member for member in group.members if member.role != kind.head]
    if ticked and any(member.role == "source" for member in others):
        raise UserError(_("It has a source. Take that away first."))
    if group.no_source == ticked:
        raise UserError(_("It says that already."))
    after = None if not ticked and not others else group._replace(no_source=ticked)
    return Step(later("No source in the text"), (Change(group if stored else None, after),))


def relate(kind: RelationKind, source: Span, target: Span, there: Iterable[Relation], id: str, now: str,
           scheme_version: int) -> Step:  # fmt: skip
    """Lead a relation from one span to another. Raises UserError where that is not possible or there is one already."""
    if source.id == target.id:
        raise UserError(_("A span cannot be tied to itself."))
    if source.article != target.article and not kind.across:
        raise UserError(_("“{name}” does not lead to another article.").format(name=kind.name))
    if not kind.joins(source.label, target.label):
        raise UserError(_("“{name}” does not lead from one to the other.").format(name=kind.name))
    ends = {(source.id, target.id)} | ({(target.id, source.id)} if kind.symmetric else set())
    if any(one.label == kind.id and (one.source, one.target) in ends for one in there):
        raise UserError(_("These two are tied so already."))
    made = Relation(
        id, source.article, source.layer, kind.id, source.id, target.id, scheme_version=scheme_version, created=now,
        updated=now,
    )  # fmt: skip
    return Step(TIED.format(title=kind.name), (Change(None, made),))


def unrelate(relation: Relation) -> Step:
    """Take a relation away."""
    return Step(UNTIED, (Change(relation, None),))


def unrelate_all(relations: Sequence[Relation]) -> Step:
    """Take relations away whose other ends are about to go. Raises UserError where there are none."""
    if not relations:
        raise UserError(_("There is nothing to untie."))
    return Step(UNTIED, tuple(Change(relation, None) for relation in relations))


def hanging(
    span: str, groups: Iterable[Group], relations: Iterable[Relation], kinds: Sequence[Kind]
) -> tuple[Change, ...]:
    """Return what has to change when a span (its id) goes: its relations go, its groups lose it or go."""
    found: list[Change] = [Change(one, None) for one in relations if span in (one.source, one.target)]
    for group in groups:
        if any(member.span == span for member in group.members):
            kind = next((one for one in kinds if one.id == group.kind), None)
            found.append(Change(group, without_member(group, kind, span)))
    return tuple(found)


def outgrown(
    span: Span,
    label: str,
    groups: Iterable[Group],
    relations: Iterable[Relation],
    scheme: Scheme,
    others: Mapping[str, str],
) -> tuple[Change, ...]:
    """Return what has to change when a span gets another label (its id): ties that the scheme does not allow it go.

    `others` are the labels of the spans at the other ends, by span id.
    """
    found: list[Change] = []
    known = {one.id: one for one in declared(scheme)}
    ends = {**others, span.id: label}
    for relation in relations:
        there, source, target = known.get(relation.label), ends.get(relation.source), ends.get(relation.target)
        if there is None or source is None:
            continue
        allowed = source in there.source if there.to_registry else target is None or there.joins(source, target)
        if not allowed:
            found.append(Change(relation, None))
    for group in groups:
        kind = kind_of(scheme, group.kind)
        member = next((one for one in group.members if one.span == span.id), None)
        role = kind.role(member.role) if kind is not None and member is not None else None
        if role is not None and not role.plays(label):
            found.append(Change(group, without_member(group, kind, span.id)))
    return tuple(found)
