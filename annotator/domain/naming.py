"""What is new in a draft is called in files by its name: while it is made, only a number tells it from the rest."""

from __future__ import annotations

from annotator.domain import redrawing
from annotator.domain import scheme as schemes
from annotator.domain.redrawing import Data, Move, Redrawn

_TABLES = ("labels", "relations", "groups", "fields")


def named(draft: Redrawn) -> Redrawn:
    """Return the draft in which the ids of new labels, relations, groups and fields are made of their names.

    Nothing in the project knows them yet. Raises UserError as any edit.
    """
    before, data = schemes.to_data(draft.before), redrawing.data_of(draft)
    labels: dict[str, str] = {}
    for table in _TABLES:
        known = {item.get("id") for item in redrawing.tables(before, table)}
        # A label that moves name and the draft has no more would be taken for the new one.
        gone = {id for move in draft.moves for id in (move.label, move.into) if draft.wanted.label(id) is None}
        taken = known | gone
        for item in redrawing.tables(data, table):
            if item.get("id") in known:
                continue
            wanted = redrawing.id_from(str(item.get("name") or item.get("id")), taken)
            taken.add(wanted)
            if table == "labels":
                labels[str(item["id"])] = wanted
            item["id"] = wanted
    if data == schemes.to_data(draft.wanted):
        return draft
    _rename(data, labels)
    moves = tuple(_of(move, labels) for move in draft.moves)
    return redrawing.with_data(draft._replace(moves=moves), data)


def _of(move: Move, labels: dict[str, str]) -> Move:
    """Return a move with the new ids of its labels."""
    if move.what == "untie":
        return move  # of a kind of tie, not of a label
    into = labels.get(move.into, move.into) if move.what in ("merge", "split") else move.into
    return move._replace(label=labels.get(move.label, move.label), into=into)


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
