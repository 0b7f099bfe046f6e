"""What is new in a draft is called in files by its name: while it is made, only a number tells it from the rest."""

from __future__ import annotations

from typing import Any

from annotator.domain import redrawing
from annotator.domain.redrawing import Data, Redrawn

_TABLES = ("labels", "relations", "groups", "fields")


def named(draft: Redrawn) -> Redrawn:
    """Return the draft in which the ids of new labels, relations, groups and fields are made of their names.

    Nothing in the project knows them yet. Raises UserError as any edit.
    """
    data = redrawing.data_of(draft)
    labels: dict[str, str] = {}
    for table in _TABLES:
        known = {item.get("id") for item in redrawing.tables(dict(draft.before.rest), table)}
        if table == "labels":
            known = {label.id for label in draft.before.labels}
        taken = known | {item.get("id") for item in redrawing.tables(data, table) if item.get("id") in known}
        for item in redrawing.tables(data, table):
            if item.get("id") in known:
                continue
            wanted = _free(str(item.get("name") or item.get("id")), taken)
            taken.add(wanted)
            if table == "labels":
                labels[str(item["id"])] = wanted
            item["id"] = wanted
    if all(old == new for old, new in labels.items()) and data == redrawing.data_of(draft):
        return draft
    _rename(data, labels)
    moves = tuple(
        move._replace(label=labels.get(move.label, move.label), into=labels.get(move.into, move.into))
        if move.what in ("merge", "split", "delete", "fill")
        else move
        for move in draft.moves
    )
    return redrawing.with_data(draft._replace(moves=moves), data)


def _free(name: str, taken: set[Any]) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in name.casefold()).split()
    plain = "-".join(words)[:64] or "new"
    number, id = 1, plain
    while id in taken:
        number += 1
        id = f"{plain}-{number}"
    return id


def _rename(data: Data, labels: dict[str, str]) -> None:
    """Put the new ids of labels wherever a scheme names labels."""
    for table, keys in (("attributes", ("labels",)), ("relations", ("from", "to")), ("rules", ("labels",))):
        for item in redrawing.tables(data, table):
            for key in keys:
                if isinstance(item.get(key), list):
                    item[key] = [labels.get(one, one) for one in item[key]]
    for group in redrawing.tables(data, "groups"):
        for role in redrawing.tables(group, "roles"):
            if role.get("role") == role.get("label") and role.get("role") in labels:
                if group.get("head") == role["role"]:
                    group["head"] = labels[role["role"]]
                role["role"] = labels[role["role"]]
            role["label"] = labels.get(role.get("label", ""), role.get("label"))
            if isinstance(role.get("also"), list):
                role["also"] = [labels.get(one, one) for one in role["also"]]
