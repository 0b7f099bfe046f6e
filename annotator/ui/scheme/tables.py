"""What a form says of an attribute or a part, as changes of the scheme's tables."""

from __future__ import annotations

from typing import Any

from annotator.domain import redrawing, reshaping
from annotator.domain.attributes import Attribute, Choice
from annotator.domain.errors import UserError
from annotator.domain.redrawing import Redrawn
from annotator.i18n import _
from annotator.ui.scheme.values import Gone


def values(choices: tuple[Choice, ...]) -> list[Any]:
    """Return values as a scheme's file has them: a text where id and name are the same."""
    return [
        one.name
        if one.id == one.name and not one.definition
        else {key: value for key, value in one._asdict().items() if value}
        for one in choices
    ]


def said_of(attribute: Attribute) -> dict[str, Any]:
    """Return what a scheme's table says of an attribute; None where a key is to be taken out."""
    listed = attribute.type in ("choice", "choices")
    condition = attribute.only_if
    return {
        "name": attribute.name,
        "labels": list(attribute.labels),
        "type": None if attribute.type == "choice" else attribute.type,
        "several": None,
        "values": values(attribute.choices) if listed else None,
        "required": attribute.required or None,
        "default": attribute.default,
        "only-if": None if condition is None else {"attribute": condition.attribute, "in": list(condition.values)},
        "definition": attribute.definition or None,
    }


def attribute(draft: Redrawn, id: str, wanted: Attribute, gone: tuple[Gone, ...]) -> Redrawn:
    """Change an attribute, or add one (id ""), as a form wants it. Raises UserError."""
    changes = said_of(wanted)
    if not id:
        id = redrawing.free_id(draft, wanted.name, "attributes")
        made = {"id": id} | {key: value for key, value in changes.items() if value is not None}
        return reshaping.add(draft, "attributes", made)
    if gone:
        # First all that were and shall be: spans may get one that is new.
        lost = {one.value for one in gone}
        old = redrawing.found(redrawing.data_of(draft), "attributes", id).get("values", [])
        kept = [one for one in old if (one.get("id") if isinstance(one, dict) else one) in lost]
        draft = reshaping.change(draft, "attributes", id, {"values": [*values(wanted.choices), *kept]})
        for one in gone:
            draft = reshaping.delete_value(draft, id, one.value, into=one.into, values_too=not one.into)
    return reshaping.change(draft, "attributes", id, changes)


def play(draft: Redrawn, group: str, label: str, part: str) -> Redrawn:
    """Let a label play a part in a kind of group, or none (""). Raises UserError where a part would have no label."""
    data = redrawing.data_of(draft)
    table = redrawing.found(data, "groups", group)
    for role in redrawing.tables(table, "roles"):
        players = [one for one in (role.get("label"), *role.get("also", ())) if one and one != label]
        if role.get("role") == part:
            players.append(label)
        if not players:
            words = _("“{part}” would have no label then. Give another label this part first.")
            raise UserError(words.format(part=role.get("role")))
        role["label"], role["also"] = players[0], players[1:]
        if not players[1:]:
            del role["also"]
    return redrawing.with_data(draft, data)
