"""How many changes a draft holds that are not applied, and of what, in a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from annotator.domain import scheme as schemes
from annotator.domain.redrawing import Redrawn
from annotator.i18n import _, n_

_TABLES = ("attributes", "relations", "groups", "fields")
_TOLD = 3
"""Kinds of changes that are named; there is no room for all."""
_OF_LABEL = {"name": "name", "key": "key", "keys": "key", "light": "colour", "dark": "colour", "off": "off"}


def changes(draft: Redrawn) -> Counter[str]:
    """Return how much is changed of each kind: "name", "key", "colour", "off", "words", "labels", "order", tables."""
    before, after = schemes.to_data(draft.before), schemes.to_data(draft.wanted)
    found: Counter[str] = Counter()
    was, now = _by_id(before, "labels"), _by_id(after, "labels")
    found["labels"] += len(was.keys() ^ now.keys())
    for id in was.keys() & now.keys():
        found.update({_OF_LABEL.get(key, "words") for key in _differing(was[id], now[id])})
    if [id for id in was if id in now] != [id for id in now if id in was]:
        found["order"] += 1
    for table in _TABLES:
        was, now = _by_id(before, table), _by_id(after, table)
        found[table] += sum(was.get(id) != now.get(id) for id in was.keys() | now.keys())
        if not found[table] and list(was) != list(now):
            found["order"] += 1
    old, new = before.get("rules") or [], after.get("rules") or []
    found["rules"] += max(
        sum(rule not in new for rule in old), sum(rule not in old for rule in new), int(old != new)
    )  # fmt: skip
    found["scheme"] += sum(before.get(key) != after.get(key) for key in ("id", "name"))
    if not +found and draft.changed:
        found["other"] = 1
    return +found


def _by_id(data: Mapping[str, Any], table: str) -> dict[str, Mapping[str, Any]]:
    found = data.get(table)
    return {str(one.get("id")): one for one in found if isinstance(one, Mapping)} if isinstance(found, list) else {}


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]


def told(found: Counter[str]) -> str:
    """Return the kinds of changes in words: "Name, 1 attribute"."""
    words = {
        "labels": n_("{count:,} label", "{count:,} labels", found["labels"]),
        "name": n_("name", "{count:,} names", found["name"]),
        "key": n_("key", "{count:,} keys", found["key"]),
        "colour": n_("colour", "{count:,} colours", found["colour"]),
        "words": n_("meaning and examples", "{count:,} meanings and examples", found["words"]),
        "off": n_("on or off", "{count:,} on or off", found["off"]),
        "order": _("order"),
        "attributes": n_("{count:,} attribute", "{count:,} attributes", found["attributes"]),
        "relations": n_("{count:,} relation", "{count:,} relations", found["relations"]),
        "groups": n_("{count:,} group", "{count:,} groups", found["groups"]),
        "fields": n_("{count:,} field", "{count:,} fields", found["fields"]),
        "rules": n_("{count:,} rule", "{count:,} rules", found["rules"]),
        "scheme": _("the scheme’s name"),
        "other": _("what becomes of spans"),
    }
    parts = [words[kind].format(count=found[kind]) for kind in words if found[kind]]
    line = ", ".join([*parts[:_TOLD], *(["…"] if len(parts) > _TOLD else [])])
    return line[:1].upper() + line[1:]
