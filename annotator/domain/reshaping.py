"""A draft of a changed scheme, further: attributes and their values, relations, groups and fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.domain.errors import UserError
from annotator.domain.redrawing import Data, Move, Redrawn, data_of, edited, found, tables, with_data
from annotator.i18n import _

# ---- what can be said of spans


def add(draft: Redrawn, table: str, item: Mapping[str, Any]) -> Redrawn:
    """Add a table to "attributes", "relations", "groups" or "fields"; it brings its id. Raises UserError."""
    data = data_of(draft)
    data.setdefault(table, []).append(dict(item))
    return with_data(draft, data)


def change(draft: Redrawn, table: str, id: str, changes: Mapping[str, Any]) -> Redrawn:
    """Change any keys of an attribute, a relation, a group or a field; None takes one out. Raises UserError."""
    return edited(draft, table, id, changes)


def delete(draft: Redrawn, table: str, id: str, *, ties_too: bool = False) -> Redrawn:
    """Take a relation, a group or a field out of the scheme; with `ties_too` also the project's ties of the kind."""
    data = data_of(draft)
    gone = found(data, table, id)
    data[table].remove(gone)
    return with_data(draft, data, *([Move("untie", id, attribute=table)] if ties_too else []))


def delete_attribute(draft: Redrawn, id: str, *, values_too: bool = False) -> Redrawn:
    """Take an attribute out of the scheme. What spans say of it is kept unseen, or goes with it (`values_too`).

    Raises UserError where another attribute is asked for because of it.
    """
    data = data_of(draft)
    item = found(data, "attributes", id)
    for other in tables(data, "attributes"):
        if isinstance(other.get("only-if"), Mapping) and other["only-if"].get("attribute") == id:
            raise UserError(
                _("{other} is asked for because of {name}. Change that first.").format(
                    other=_name(other), name=_name(item)
                )
            )
    for label in item.get("labels", ()):
        _unset(data, label, id)
    data["attributes"].remove(item)
    moves = [Move("value", label, attribute=id) for label in item.get("labels", ())] if values_too else []
    return with_data(draft, data, *moves)


def give(draft: Redrawn, attribute: str, label: str) -> Redrawn:
    """Let a label have an attribute. Raises UserError."""
    labels = found(data_of(draft), "attributes", attribute).get("labels", [])
    return edited(draft, "attributes", attribute, {"labels": list(dict.fromkeys([*labels, label]))})


def take(draft: Redrawn, attribute: str, label: str, *, values_too: bool = False) -> Redrawn:
    """Let a label have an attribute no longer; one that no label has goes. What spans say as in `delete_attribute`."""
    data = data_of(draft)
    item = found(data, "attributes", attribute)
    if set(item.get("labels", ())) <= {label}:
        return delete_attribute(draft, attribute, values_too=values_too)
    item["labels"] = [one for one in item["labels"] if one != label]
    _unset(data, label, attribute)
    return with_data(draft, data, *([Move("value", label, attribute=attribute)] if values_too else []))


def require(draft: Redrawn, attribute: str, required: bool = True, value: Any = None) -> Redrawn:
    """Say that an attribute must be said, or need not; `value` is what spans get that lack it. Raises UserError."""
    made = edited(draft, "attributes", attribute, {"required": required or None})
    if value is None:
        return made
    from annotator.domain.attributes import read

    item = found(data_of(made), "attributes", attribute)
    declared = read(item)
    if declared is None or not declared.fits(value):
        raise UserError(_("{name} has no value {value!r}.").format(name=_name(item), value=value))
    moves = [Move("fill", label, attribute=attribute, value=value) for label in item.get("labels", ())]
    return made._replace(moves=(*made.moves, *moves))


# ---- values of a choice


def add_value(draft: Redrawn, attribute: str, value: str | Mapping[str, Any], place: int | None = None) -> Redrawn:
    """Add a value to a choice, a text or a table with id and name, at a place from 0 or at the end."""
    data = data_of(draft)
    values = found(data, "attributes", attribute).setdefault("values", [])
    values.insert(len(values) if place is None else place, value if isinstance(value, str) else dict(value))
    return with_data(draft, data)


def change_value(draft: Redrawn, attribute: str, value: str, changes: Mapping[str, Any]) -> Redrawn:
    """Change name or definition of a value; its id, which spans keep, stays. None takes a key out."""
    data = data_of(draft)
    values = found(data, "attributes", attribute).get("values", [])
    for place, one in enumerate(values):
        if _id(one) == value:
            made = {**(one if isinstance(one, dict) else {"id": value}), **changes}
            values[place] = {key: kept for key, kept in made.items() if kept is not None}
            return with_data(draft, data)
    raise UserError(_("{name} has no value {value!r}.").format(name=attribute, value=value))


def delete_value(draft: Redrawn, attribute: str, value: str, *, into: str = "", values_too: bool = False) -> Redrawn:
    """Take a value out of a choice. Spans that say it keep it as unknown, say `into`, or nothing (`values_too`).

    Raises UserError where another attribute is asked for only because of it.
    """
    data = data_of(draft)
    item = found(data, "attributes", attribute)
    ids = [_id(one) for one in item.get("values", ())]
    for wanted in filter(None, (value, into)):
        if wanted not in ids or into == value:
            raise UserError(_("{name} has no value {value!r}.").format(name=_name(item), value=wanted))
    item["values"] = [one for one in item["values"] if _id(one) != value]
    if item.get("default") is not None:
        item["default"] = _replaced(item["default"], value, into)
        if item["default"] is None:
            del item["default"]
    _in_conditions(data, item, value, into)
    for label in tables(data, "labels"):
        if label.get("id") in item.get("labels", ()):
            for one in (label, *(key for key in label.get("keys", ()) if isinstance(key, dict))):
                _in_sets(one, attribute, value, into)
    moves = [Move("value", label, into, attribute, value) for label in item.get("labels", ())]
    return with_data(draft, data, *(moves if into or values_too else []))


def _in_conditions(data: Data, item: Data, value: str, into: str) -> None:
    for other in tables(data, "attributes"):
        condition = other.get("only-if")
        if not isinstance(condition, dict) or condition.get("attribute") != item["id"]:
            continue
        wanted = condition.get("in")
        listed = wanted if isinstance(wanted, list) else [wanted]
        if value not in listed:
            continue
        left = list(dict.fromkeys(one for one in (into if one == value else one for one in listed) if one))
        if not left:
            raise UserError(
                _("{other} is asked for because of {name}. Change that first.").format(other=_name(other), name=value)
            )
        condition["in"] = left


def _in_sets(table: Data, attribute: str, value: str, into: str) -> None:
    sets = table.get("sets")
    if isinstance(sets, dict) and attribute in sets:
        sets[attribute] = _replaced(sets[attribute], value, into)
        if sets[attribute] is None:
            del sets[attribute]
        if not sets:
            del table["sets"]


def _replaced(said: Any, value: str, into: str) -> Any:
    """Return what is said with one value replaced, or taken out where `into` is ""; None where nothing is left."""
    if isinstance(said, list | tuple):
        left = dict.fromkeys(into if one == value else one for one in said)
        return [one for one in left if one != ""] or None
    return (into or None) if said == value else said


def replaced(said: Any, value: Any, into: str) -> Any:
    """Return what a span says with one value (None: any) replaced; None where it says nothing then."""
    return (into or None) if value is None else _replaced(said, value, into)


def _unset(data: Data, label: str, attribute: str) -> None:
    """Let no key of a label set an attribute any more."""
    for table in tables(data, "labels"):
        if table.get("id") == label:
            for one in (table, *(key for key in table.get("keys", ()) if isinstance(key, dict))):
                if isinstance(one.get("sets"), dict):
                    one["sets"].pop(attribute, None)
                    if not one["sets"]:
                        del one["sets"]


def _id(value: Any) -> Any:
    return value.get("id") if isinstance(value, Mapping) else value


def _name(item: Mapping[str, Any]) -> str:
    return str(item.get("name") or item.get("id"))
