"""A draft of a changed scheme: what it shall be, and what becomes of the spans; each change gives a new draft."""

from __future__ import annotations

import copy
from collections.abc import Container, Mapping
from typing import Any, NamedTuple

from annotator.domain import scheme as schemes
from annotator.domain.errors import UserError
from annotator.domain.free import NOTHING
from annotator.domain.scheme import Label, Scheme, as_key
from annotator.domain.schemecheck import Problem, problems
from annotator.i18n import _

_LONGEST_ID = 64
"""Characters of an id that is made of a name."""


class Move(NamedTuple):
    """What becomes of spans that bear a label (its id) when the scheme changes; others stay as they are.

    - merge: they get the label `into`;
    - split: those whose `attribute` says `value` get the label `into`;
    - delete: they are deleted;
    - fill: those that are asked for the `attribute` and say nothing get the `value`;
    - value: those whose `attribute` says `value` (None: anything) say `into` instead, or nothing where that is "";
    - untie: of no spans; ties of the kind `label` are deleted, those of the table `attribute`: relations or groups.
    """

    what: str
    label: str
    into: str = ""
    attribute: str = ""
    value: Any = None


class Redrawn(NamedTuple):
    """A scheme in force, the one that shall follow it, and what becomes of spans, in this order.

    `same` are labels (by id) that are said to mean what they meant, though their words changed; `reserved` are keys of
    the program, with what they do.
    """

    before: Scheme
    wanted: Scheme
    moves: tuple[Move, ...] = ()
    same: frozenset[str] = frozenset()
    reserved: Mapping[str, str] = NOTHING

    @property
    def changed(self) -> bool:
        """Whether it would change anything."""
        return bool(self.moves) or self.wanted != self.before


Data = dict[str, Any]


def begun(scheme: Scheme, reserved: Mapping[str, str] = NOTHING) -> Redrawn:
    """Return the draft that changes nothing."""
    return Redrawn(scheme, scheme, reserved=reserved)


def data_of(draft: Redrawn) -> Data:
    """Return the wanted scheme as plain data of its own, to be changed in place."""
    return copy.deepcopy(schemes.to_data(draft.wanted))


def with_data(draft: Redrawn, data: Data, *moves: Move) -> Redrawn:
    """Return the draft with another wanted scheme and further moves.

    Raises UserError where the scheme would have a problem that it does not have now.
    """
    known: set[tuple[str, str]] | None = None
    for problem in problems(data, draft.reserved, warnings=False):
        if known is None:
            there = problems(schemes.to_data(draft.wanted), draft.reserved, warnings=False)
            known = {(one.words, one.table) for one in there}
        if problem.fatal and (problem.words, problem.table) not in known:
            raise UserError(said(problem, data))
    return draft._replace(wanted=schemes.from_data(data), moves=(*draft.moves, *moves))


def said(problem: Problem, data: Mapping[str, Any]) -> str:
    """Return a problem in a sentence that names what has it."""
    table = data.get(problem.table)
    if isinstance(table, list) and 0 <= problem.number < len(table):
        item = table[problem.number]
        name = item.get("name") or item.get("id") if isinstance(item, Mapping) else None
        if name:
            return _("{name}: {problem}").format(name=name, problem=problem.words)
    return problem.words


def free_id(draft: Redrawn, name: str, table: str = "labels") -> str:
    """Return an id made of a name that neither the scheme in force nor the wanted one has in this table."""
    schemes_data = (schemes.to_data(scheme) for scheme in (draft.before, draft.wanted))
    return id_from(name, {item.get("id") for data in schemes_data for item in tables(data, table)})


def id_from(name: str, taken: Container[Any]) -> str:
    """Return an id made of the letters and digits of a name, with a number behind it where it is `taken`."""
    words = "".join(letter if letter.isalnum() else " " for letter in name.casefold()).split()
    plain = "-".join(words)[:_LONGEST_ID] or "new"
    number, id = 1, plain
    while id in taken:
        number += 1
        id = f"{plain}-{number}"
    return id


def tables(data: Mapping[str, Any], table: str) -> list[Data]:
    """Return the tables of one kind in a scheme's data, [] where there are none."""
    found = data.get(table)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def edited(draft: Redrawn, table: str, id: str, changes: Mapping[str, Any], *moves: Move) -> Redrawn:
    """Return the draft with some keys of one table changed; None takes a key out. Raises UserError."""
    data = data_of(draft)
    item = found(data, table, id)
    for key, value in changes.items():
        if value is None:
            item.pop(key, None)
        else:
            item[key] = value
    return with_data(draft, data, *moves)


def found(data: Data, table: str, id: str) -> Data:
    """Return the table with this id. Raises UserError where there is none."""
    for item in tables(data, table):
        if item.get("id") == id:
            return item
    raise UserError(_("The scheme has no {id!r} any more.").format(id=id))


def _known(draft: Redrawn, label: str) -> Label:
    there = draft.wanted.label(label)
    if there is None:
        raise UserError(_("The scheme has no {id!r} any more.").format(id=label))
    return there


# ---- what a label is called and looks like


def rename(draft: Redrawn, label: str, name: str) -> Redrawn:
    """Give a label (its id) another name; its spans keep their place."""
    return edited(draft, "labels", label, {"name": name.strip()})


def recolour(draft: Redrawn, label: str, light: str, dark: str) -> Redrawn:
    """Give a label the colours #RRGGBB of its bar on a light and a dark page."""
    return edited(draft, "labels", label, {"light": light, "dark": dark})


def set_key(draft: Redrawn, label: str, key: str) -> Redrawn:
    """Give a label its key, one character, or none ("")."""
    return edited(draft, "labels", label, {"key": as_key(key)})


def regroup(draft: Redrawn, label: str, group: str) -> Redrawn:
    """Put a label into a group of labels, "" for none."""
    return edited(draft, "labels", label, {"group": group.strip() or None})


def switch(draft: Redrawn, label: str, on: bool) -> Redrawn:
    """Switch a label on or off; its spans stay."""
    return edited(draft, "labels", label, {"off": None if on else True})


def define(draft: Redrawn, label: str, definition: str, *, meaning: bool = True) -> Redrawn:
    """Write what a label means; without `meaning` the words are better and the label means what it meant."""
    return describe(draft, label, {"definition": definition.strip()}, meaning=meaning)


def describe(draft: Redrawn, label: str, changes: Mapping[str, Any], *, meaning: bool = True) -> Redrawn:
    """Change any keys of a label, such as "use-when", "good", "keys" or "overlap"; None takes one out."""
    made = edited(draft, "labels", label, changes)
    return made._replace(same=made.same - {label} if meaning else made.same | {label})


def reorder(draft: Redrawn, label: str, place: int, table: str = "labels") -> Redrawn:
    """Put a label (or what another table holds) at a place from 0 among the others."""
    data = data_of(draft)
    item = found(data, table, label)
    data[table].remove(item)
    data[table].insert(place, item)
    return with_data(draft, data)


# ---- labels that come, go, join and part


def add_label(
    draft: Redrawn, id: str, name: str, *, key: str = "", light: str = "", dark: str = "", definition: str = "",
    like: str = "",
) -> Redrawn:  # fmt: skip
    """Add a label, at the end or after the one that it is `like`: with its attributes, its ties and its group."""
    data = data_of(draft)
    made: Data = {"id": id, "name": name.strip(), "key": as_key(key)}
    made |= {key: value for key, value in (("light", light), ("dark", dark), ("definition", definition)) if value}
    labels = data.setdefault("labels", [])
    if not like:
        labels.append(made)
        return with_data(draft, data)
    model = found(data, "labels", like)
    made |= {key: model[key] for key in ("group", "overlap") if key in model}
    labels.insert(labels.index(model) + 1, made)
    _join(data, like, id)
    return with_data(draft, data)


def merge(draft: Redrawn, label: str, into: str, *, attributes_too: bool = False) -> Redrawn:
    """Let the spans of a label get another one; the label goes, the other takes its part in ties.

    `label` may be one that the scheme does not know and spans bear. What is said of the spans stays where the other
    label has such an attribute, or gets it with `attributes_too`; the rest goes, as when a span is relabelled.
    """
    if label == into:
        raise UserError(_("A label cannot be joined with itself."))
    _known(draft, into)
    data = data_of(draft)
    if draft.wanted.label(label) is not None:
        _join(data, label, into, attributes=attributes_too)
        _forget(data, label)
    return with_data(draft, data, Move("merge", label, into))


def split(draft: Redrawn, label: str, into: str, attribute: str = "", value: Any = None) -> Redrawn:
    """Let the spans of a label whose attribute says `value` get the label `into`, which the draft has already.

    Without an attribute no span moves: all of the label are to be looked at, one by one.
    """
    _known(draft, label)
    _known(draft, into)
    if not attribute:
        return draft._replace(moves=(*draft.moves, Move("split", label, into)))
    return draft._replace(moves=(*draft.moves, Move("split", label, into, attribute, value)))


def delete_label(draft: Redrawn, label: str, *, spans_too: bool = False) -> Redrawn:
    """Take a label out of the scheme. Its spans are kept, as of an unknown label, or go with it."""
    data = data_of(draft)
    if draft.wanted.label(label) is not None:
        _forget(data, label)
    elif not spans_too:
        raise UserError(_("The scheme has no {id!r} any more.").format(id=label))
    return with_data(draft, data, *([Move("delete", label)] if spans_too else []))


def _listed(data: Data) -> list[tuple[str, Data, str]]:
    """Return every place where a scheme lists labels: the kind of table, the table and its key."""
    keys = (("attributes", "labels"), ("rules", "labels"), ("relations", "from"), ("relations", "to"))
    return [
        (kind, table, key) for kind, key in keys for table in tables(data, kind) if isinstance(table.get(key), list)
    ]


def _join(data: Data, label: str, other: str, *, attributes: bool = True) -> None:
    """List `other` wherever the label is listed, and let it play its parts."""
    for kind, table, key in _listed(data):
        if label in table[key] and other not in table[key] and (attributes or kind != "attributes"):
            table[key].append(other)
    for group in tables(data, "groups"):
        for role in tables(group, "roles"):
            also = role.get("also", [])
            if (role.get("label") == label or label in also) and other != role.get("label") and other not in also:
                role["also"] = [*also, other]


def _forget(data: Data, label: str) -> None:
    """Take a label out of the scheme, and what can be of no label any more."""
    data["labels"] = [one for one in data["labels"] if one.get("id") != label]
    emptied: list[Data] = []
    for _kind, table, key in _listed(data):
        if label in table[key]:
            table[key] = [one for one in table[key] if one != label]
            emptied += [] if table[key] else [table]
    for kind in {"attributes", "relations", "rules"} & data.keys():
        data[kind] = [one for one in data[kind] if not any(one is table for table in emptied)]
    for group in tables(data, "groups"):
        for role in tables(group, "roles"):
            _leave(role, label)
        group["roles"] = [role for role in group.get("roles", ()) if role.get("label")]
    if "groups" in data:
        data["groups"] = [
            group for group in data["groups"] if group.get("head") in [role.get("role") for role in group["roles"]]
        ]


def _leave(role: Data, label: str) -> None:
    players = [one for one in (role.get("label"), *role.get("also", ())) if one != label]
    role["label"] = players[0] if players else ""
    role.pop("also", None)
    if players[1:]:
        role["also"] = players[1:]
