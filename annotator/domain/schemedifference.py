"""How a wanted scheme differs from the one in force, label by label, whatever the project holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotator.domain import attributes as declared
from annotator.domain import grouping, meaning
from annotator.domain.attributes import Attribute
from annotator.domain.redrawing import Redrawn
from annotator.domain.scheme import Scheme


def of_label(draft: Redrawn, id: str) -> Iterator[tuple[str, str]]:
    """Yield what happens to a label itself, with its name."""
    before, after = draft.before.label(id), draft.wanted.label(id)
    if before is None or after is None:
        moved = any(move.label == id and move.what in ("merge", "delete") for move in draft.moves)
        if after is not None:
            yield "new", after.name
        elif before is not None and not moved:
            yield "gone", before.name
        return
    was, now = (_table(scheme, id) for scheme in (draft.before, draft.wanted))
    if before.name != after.name:
        yield "renamed", after.name
    if (before.light, before.dark) != (after.light, after.dark):
        yield "recoloured", after.name
    if any(was.get(key) != now.get(key) for key in ("key", "keys", "sets")):
        yield "rekeyed", after.name
    if was.get("group") != now.get("group"):
        yield "regrouped", after.name
    if (was.get("off") is True) != (now.get("off") is True):
        yield "off" if now.get("off") is True else "on", after.name
    if meaning.reworded(draft.before, draft.wanted, id):
        yield "defined", after.name


def _table(scheme: Scheme, id: str) -> dict[str, Any]:
    """Return all that a scheme says of one label."""
    label = scheme.label(id)
    return {**(label._asdict() if label is not None else {}), **scheme.table(id)}


def _pairs(draft: Redrawn) -> Iterator[tuple[str, Attribute | None, Attribute | None]]:
    """Yield what each label that stays has as attributes, before and after; of one split off, before the split."""
    parts = {move.into: move.label for move in draft.moves if move.what == "split"}
    for label in draft.wanted.labels:
        old = label.id if draft.before.label(label.id) is not None else parts.get(label.id, "")
        if draft.before.label(old) is None:
            continue
        was = {one.id: one for one in declared.of_label(draft.before, old)}
        now = {one.id: one for one in declared.of_label(draft.wanted, label.id)}
        for id in dict.fromkeys((*was, *now)):
            yield label.id, was.get(id), now.get(id)


def newly_required(draft: Redrawn) -> dict[str, list[Attribute]]:
    """Return by label (its id) the attributes that must be said from now on."""
    by_label: dict[str, list[Attribute]] = {}
    for label, was, now in _pairs(draft):
        if now is not None and now.required and (was is None or not was.required):
            by_label.setdefault(label, []).append(now)
    return by_label


def not_fitting(draft: Redrawn) -> dict[str, list[tuple[Attribute, Attribute | None]]]:
    """Return by label the attributes, before and after, whose values may be unknown from now on."""
    by_label: dict[str, list[tuple[Attribute, Attribute | None]]] = {}
    for label, was, now in _pairs(draft):
        if was is not None and (now is None or (was.type, _ids(was)) != (now.type, _ids(now))):
            by_label.setdefault(label, []).append((was, now))
    return by_label


def _ids(attribute: Attribute) -> list[str]:
    return [choice.id for choice in attribute.choices]


def strange(now: Attribute | None, value: object) -> list[str]:
    """Return the values of a list that an attribute does not know, "" where it is no matter of values."""
    if now is None or not now.choices:
        return [""]
    said = value if isinstance(value, list | tuple) else [value]
    return [str(one) for one in said if now.choice(one) is None] or [""]


def optional(draft: Redrawn) -> dict[str, list[Attribute]]:
    """Return by label (its id) what can be said of its spans from now on."""
    by_label: dict[str, list[Attribute]] = {}
    for label, was, now in _pairs(draft):
        if was is None and now is not None and not now.required:
            by_label.setdefault(label, []).append(now)
    return by_label


def attribute_name(draft: Redrawn, id: str) -> str:
    """Return what an attribute is called, or was."""
    for scheme in (draft.wanted, draft.before):
        for one in declared.attributes(scheme):
            if one.id == id:
                return one.name
    return id


def kind_name(draft: Redrawn, what: str, id: str) -> str:
    """Return what a kind of tie is called, or was; `what` is "relations" or "groups"."""
    return kind_names(draft.wanted, what).get(id) or kind_names(draft.before, what).get(id, id)


def kind_names(scheme: Scheme, what: str) -> dict[str, str]:
    """Return the names of a scheme's kinds of ties by id; `what` is "relations" or "groups"."""
    kinds = grouping.kinds(scheme) if what == "groups" else grouping.relations(scheme)
    return {one.id: one.name for one in kinds}
