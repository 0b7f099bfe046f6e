"""The kinds of groups and relations that a scheme declares: which labels play which part, what may be tied to what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from annotator.domain.relation import Group, Member
from annotator.domain.scheme import Scheme


class Role(NamedTuple):
    """A part in a group, played by spans of a label (its id) and of those in `also`; `most` is None for any number."""

    id: str
    label: str
    least: int = 0
    most: int | None = None
    also: tuple[str, ...] = ()

    def plays(self, label: str) -> bool:
        """Whether spans of a label (its id) play it."""
        return label == self.label or label in self.also


class Kind(NamedTuple):
    """A kind of group, such as an attribution; the span of the role `head` holds it together."""

    id: str
    name: str
    head: str
    roles: tuple[Role, ...]
    no_source: bool = False
    """Whether it may be said that the text names no source."""

    def role(self, id: str) -> Role | None:
        """Return a role by its id."""
        return next((role for role in self.roles if role.id == id), None)

    def played_by(self, label: str) -> Role | None:
        """Return the role that spans of a label (its id) play, None where they play none."""
        return next((role for role in self.roles if role.plays(label)), None)


class RelationKind(NamedTuple):
    """A kind of relation: the labels (by id) that may stand at its two ends."""

    id: str
    name: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    symmetric: bool = False
    across: bool = False
    """Whether its ends may lie in different articles."""
    to_registry: bool = False
    definition: str = ""

    def joins(self, source: str, target: str) -> bool:
        """Whether it may lead from a span of one label to one of another."""
        straight = source in self.source and target in self.target
        return straight or (self.symmetric and target in self.source and source in self.target)


_kinds: tuple[Scheme | None, tuple[Kind, ...]] = (None, ())
_relations: tuple[Scheme | None, tuple[RelationKind, ...]] = (None, ())


def kinds(scheme: Scheme) -> tuple[Kind, ...]:
    """Return the kinds of groups of a scheme; what the program does not understand is left out."""
    global _kinds
    if _kinds[0] is not scheme:
        _kinds = scheme, tuple(filter(None, map(_kind, _tables(scheme, "groups"))))
    return _kinds[1]


def kind(scheme: Scheme, id: str) -> Kind | None:
    """Return a kind of group by its id."""
    return next((one for one in kinds(scheme) if one.id == id), None)


def headed_by(scheme: Scheme, label: str) -> Kind | None:
    """Return the kind of group that a span of the label (its id) holds together."""
    return next((one for one in kinds(scheme) if (role := one.role(one.head)) and role.plays(label)), None)


def relation(scheme: Scheme, id: str) -> RelationKind | None:
    """Return a kind of relation by its id, None where the scheme does not know it."""
    return next((one for one in relations(scheme) if one.id == id), None)


def relations(scheme: Scheme) -> tuple[RelationKind, ...]:
    """Return the kinds of relations of a scheme; what the program does not understand is left out."""
    global _relations
    if _relations[0] is not scheme:
        _relations = scheme, tuple(filter(None, map(_relation, _tables(scheme, "relations"))))
    return _relations[1]


def between(scheme: Scheme, source: str, target: str) -> tuple[RelationKind, ...]:
    """Return the relations that may lead from a span of one label (its id) to one of another."""
    return tuple(one for one in relations(scheme) if not one.to_registry and one.joins(source, target))


def members(group: Group, role: str) -> tuple[str, ...]:
    """Return the spans (by id) that play a role in a group, in its order."""
    return tuple(member.span for member in group.members if member.role == role)


def with_member(group: Group, kind: Kind, role: str, span: str) -> Group:
    """Return the group with a span in a role; where the role is full the new one takes the place of the last.

    A group that says the text names no source says so no longer once it has one.
    """
    wanted = kind.role(role)
    if wanted is None:
        raise ValueError(f"{kind.id} has no role {role}")
    others = [member for member in group.members if member.span != span]
    held = [member for member in others if member.role == role]
    if wanted.most is not None and len(held) >= wanted.most:
        others.remove(held[-1])
    order = [one.id for one in kind.roles]
    made = sorted((*others, Member(role, span)), key=lambda one: order.index(one.role) if one.role in order else 99)
    none = group.no_source and role != "source"
    return group._replace(members=tuple(made), no_source=none)


def without_member(group: Group, kind: Kind | None, span: str) -> Group | None:
    """Return the group without a span; None where nothing is left that belongs together."""
    left = tuple(member for member in group.members if member.span != span)
    if kind is None:
        return group._replace(members=left) if len(left) > 1 else None
    if not any(member.role == kind.head for member in left):
        return None
    alone = all(member.role == kind.head for member in left)
    return None if alone and not group.no_source else group._replace(members=left)


def _tables(scheme: Scheme, key: str) -> list[Mapping[str, Any]]:
    found = scheme.rest.get(key)
    return [table for table in found if isinstance(table, Mapping)] if isinstance(found, list) else []


def _kind(data: Mapping[str, Any]) -> Kind | None:
    id, head, roles = data.get("id"), data.get("head"), data.get("roles")
    if not isinstance(id, str) or not isinstance(head, str) or not isinstance(roles, list):
        return None
    made = tuple(
        Role(
            str(role["role"]), str(role["label"]), _whole(role.get("min")) or 0, _whole(role.get("max")),
            tuple(map(str, role["also"])) if isinstance(role.get("also"), list) else (),
        )
        for role in roles
        if isinstance(role, Mapping) and role.get("role") and role.get("label")
    )  # fmt: skip
    found = Kind(id, str(data.get("name") or id), head, made, data.get("no-source") is True)
    return found if found.role(head) is not None else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _relation(data: Mapping[str, Any]) -> RelationKind | None:
    id, source, target = data.get("id"), data.get("from"), data.get("to")
    registry = data.get("to-registry") is True
    if not isinstance(id, str) or not isinstance(source, list) or not (registry or isinstance(target, list)):
        return None
    return RelationKind(
        id, str(data.get("name") or id), tuple(map(str, source)), tuple(map(str, target or ())),
        data.get("symmetric") is True, data.get("across-articles") is True, registry,
        str(data.get("definition") or ""),
    )  # fmt: skip
