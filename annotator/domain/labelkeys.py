"""What the keys of a scheme's labels mean: a label, and for some keys what they say of its span at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from annotator.domain.free import NOTHING, Free
from annotator.domain.scheme import Label, Scheme, as_key


class Meaning(NamedTuple):
    """A key's label, and the values of attributes that it sets (by attribute id)."""

    label: Label
    sets: Free = NOTHING


_read: tuple[Scheme | None, dict[str, Meaning]] = (None, {})


def meanings(scheme: Scheme) -> dict[str, Meaning]:
    """Return what each key (one character, letters in upper case) of the scheme means; the first wins."""
    global _read
    kept = _read  # the draft of a scheme asks in a thread of its own
    if kept[0] is not scheme:
        found: dict[str, Meaning] = {}
        pairs = zip(scheme.labels, scheme.tables(), strict=False)
        used = [(label, table) for label, table in pairs if table.get("off") is not True]
        for label, table in used:
            found.setdefault(label.key, Meaning(label, _sets(table)))
        for label, table in used:
            for further in table.get("keys") or ():
                if isinstance(further, Mapping) and isinstance(further.get("key"), str):
                    found.setdefault(as_key(further["key"]), Meaning(label, _sets(further)))
        found.pop("", None)
        _read = kept = scheme, found
    return kept[1]


def keys_of(scheme: Scheme, label: str, attribute: str) -> dict[Any, str]:
    """Return the keys that say something of an attribute (its id) of a label (its id), by the value they set."""
    return {
        meaning.sets[attribute]: key
        for key, meaning in meanings(scheme).items()
        if meaning.label.id == label and isinstance(meaning.sets.get(attribute), str | bool | int)
    }


def sets_of(scheme: Scheme, label: str) -> Free:
    """Return what the label's own key sets, also where the label is clicked instead."""
    return next((meaning.sets for meaning in meanings(scheme).values() if meaning.label.id == label), NOTHING)


def _sets(table: Mapping[str, Any]) -> Free:
    sets = table.get("sets")
    return dict(sets) if isinstance(sets, Mapping) else NOTHING
