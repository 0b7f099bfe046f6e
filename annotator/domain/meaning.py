"""Since which version of the scheme each label means what it means; spans of an older one are to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.domain import attributes as declared
from annotator.domain import scheme as schemes
from annotator.domain.attributes import Attribute
from annotator.domain.redrawing import Redrawn, tables
from annotator.domain.scheme import Scheme

SINCE = "since"
"""Key of a label's table: the first version under which it meant what it means."""
WORDS = ("definition", "use-when", "avoid-when")


def since(scheme: Scheme) -> dict[str, int]:
    """Return for each label (its id) whose meaning changed the version since which it means what it means."""
    found = {}
    for table in tables(schemes.to_data(scheme), "labels"):
        if isinstance(table.get(SINCE), int):
            found[str(table["id"])] = int(table[SINCE])
    return found


def reworded(before: Scheme, after: Scheme, label: str) -> bool:
    """Whether both schemes have the label (its id), and say in other words what it means."""
    one, other = before.label(label), after.label(label)
    if one is None or other is None:
        return False
    was, now = before.table(label), after.table(label)
    return one.definition != other.definition or any(was.get(key, "") != now.get(key, "") for key in WORDS[1:])


def changed(draft: Redrawn) -> frozenset[str]:
    """Return the labels of both schemes (by id) that mean something else than before, so that spans need a look.

    That is: other words of its definition, another label merged into it, a part split off, an attribute that must be
    said from now on and was not filled in, other values to choose from. Names, colours and keys change nothing.
    """
    before, after = (_by_id(scheme) for scheme in (draft.before, draft.wanted))
    both = before.keys() & after.keys()
    found = {id for id in both if any(before[id].get(key, "") != after[id].get(key, "") for key in WORDS)}
    found -= draft.same
    for move in draft.moves:
        if move.what == "split":
            found |= {move.label} | ({move.into} if move.attribute else set())
        elif move.what == "merge":
            found.add(move.into)
    filled = {(move.label, move.attribute) for move in draft.moves if move.what == "fill"}
    for id in both:
        mine = {one.id: one for one in declared.of_label(draft.before, id)}
        for one in declared.of_label(draft.wanted, id):
            if _asks(mine.get(one.id), one) and (id, one.id) not in filled:
                found.add(id)
    return frozenset(found & both)


def _asks(before: Attribute | None, after: Attribute) -> bool:
    """Whether an attribute asks for a new look at a label's spans."""
    if after.required and (before is None or not before.required):
        return True
    if before is None:
        return False
    meant = [(one.id, one.definition) for one in before.choices], before.type, before.definition
    return meant != ([(one.id, one.definition) for one in after.choices], after.type, after.definition)


def remembered(draft: Redrawn, version: int) -> Scheme:
    """Return the wanted scheme as it comes into force under this version; labels say since when they mean it."""
    data = schemes.to_data(draft.wanted)
    known, fresh = since(draft.before), changed(draft)
    for table in data["labels"]:
        id = table["id"]
        if id in fresh:
            table[SINCE] = version
        elif id in known:
            table[SINCE] = known[id]
        elif draft.before.label(id) is not None or table.get(SINCE, 0) > version:
            table.pop(SINCE, None)
    return schemes.from_data({**data, "version": version})


def _by_id(scheme: Scheme) -> dict[str, Mapping[str, Any]]:
    return {str(table["id"]): table for table in tables(schemes.to_data(scheme), "labels")}
