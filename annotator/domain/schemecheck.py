"""What cannot be right in a scheme, and what is better looked at: every problem, not only the first."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from annotator.domain import attributes as declared
from annotator.domain.attributes import Attribute
from annotator.domain.eyes import alike
from annotator.domain.scheme import Scheme, as_key, is_colour
from annotator.i18n import _

NEAR = 12.0
"""Difference of two colours (CIE 1976, of the weakest eye) below which they are hard to tell apart."""
_KNOWN = {
    "labels": (
        "id", "name", "key", "light", "dark", "definition", "good", "bad", "use-when", "avoid-when", "keys", "sets",
        "group", "overlap", "off", "since",
    ),
    "attributes": (
        "id", "name", "labels", "type", "values", "several", "required", "default", "only-if", "definition", "suggest",
    ),
    "relations": (
        "id", "name", "from", "to", "symmetric", "across-articles", "to-registry", "implied", "definition",
    ),
    "groups": ("id", "name", "head", "roles", "no-source", "definition"),
    "fields": ("id", "name", "type", "values", "several", "required", "default", "definition"),
    "rules": ("labels", "rule", "good", "bad"),
}  # fmt: skip
OVERLAPS = ("any", "nest", "none")


class Problem(NamedTuple):
    """One problem: in which table of which list (from 0; -1 for the whole scheme), at which key; `fatal` refuses it."""

    words: str
    table: str = ""
    number: int = -1
    key: str = ""
    fatal: bool = True


def problems(data: Mapping[str, Any], reserved: Mapping[str, str], *, warnings: bool = True) -> list[Problem]:
    """Return what is wrong with a scheme's data; `reserved` are keys of the program, with what they do.

    Without `warnings` only what refuses it is looked for, which takes a fraction of the time.
    """
    shape = list(_shape(data))
    if shape:
        return shape
    found = [*_labels(data, reserved), *_attributes(data), *_ties(data), *_fields(data)]
    if warnings:
        found += [*_colours(data.get("labels", [])), *_rules(data), *_unknown(data)]
    return sorted(found, key=lambda problem: not problem.fatal)


def _shape(data: Mapping[str, Any]) -> Iterator[Problem]:
    for table in _KNOWN:
        value = data.get(table, [])
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            yield Problem(_("{table} must be a list of tables.").format(table=table), table)
    for key in ("id", "name"):
        if not isinstance(data.get(key), str) or not str(data.get(key)).strip():
            yield Problem(_("The scheme needs the text {key!r}.").format(key=key), key=key)
    if type(data.get("version")) is not int or data["version"] < 1:
        yield Problem(_("The scheme's version must be a whole number from 1."), key="version")
    for table in ("labels", "attributes", "relations", "groups", "fields"):
        yield from _ids(data, table)


def _ids(data: Mapping[str, Any], table: str) -> Iterator[Problem]:
    seen: set[str] = set()
    items = data.get(table, [])
    for number, item in enumerate(items if isinstance(items, list) else []):
        id = item.get("id") if isinstance(item, Mapping) else None
        if not isinstance(id, str) or not id.strip():
            yield Problem(_("It needs an id."), table, number, "id")
        elif id in seen:
            yield Problem(_("The id {id!r} is there twice.").format(id=id), table, number, "id")
        else:
            seen.add(id)


def _labels(data: Mapping[str, Any], reserved: Mapping[str, str]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    own = _own(data)
    for number, label in enumerate(data.get("labels", [])):
        name = str(label.get("name") or label["id"])
        for key, where, sets in _keys(label):
            if not isinstance(key, str) or len(key) != 1:
                yield Problem(_("A key must be one character."), "labels", number, where)
                continue
            key = as_key(key)
            if key in reserved:
                words = _("The key {key} is the program's: {action}.").format(key=key, action=reserved[key])
                yield Problem(words, "labels", number, where)
            if key in owners:
                words = _("The key {key} is {other}'s already.").format(key=key, other=owners[key])
                yield Problem(words, "labels", number, where)
            owners.setdefault(key, name)
            yield from _sets(sets, own[label["id"]], number, "sets" if where == "key" else where)
        if not any(where == "key" for _key, where, _sets_ in _keys(label)):
            yield from _sets(label.get("sets"), own[label["id"]], number, "sets")
        yield from _words_and_look(label, number)
        if label.get("overlap", "any") not in OVERLAPS:
            words = _("overlap must be one of {known}.").format(known=", ".join(OVERLAPS))
            yield Problem(words, "labels", number, "overlap")
        since = label.get("since", 1)
        if type(since) is not int or since < 1:
            yield Problem(_("since must be a version, a whole number from 1."), "labels", number, "since")


def _words_and_look(label: Mapping[str, Any], number: int) -> Iterator[Problem]:
    if not isinstance(label.get("name"), str) or not label["name"].strip():
        yield Problem(_("It needs a name."), "labels", number, "name")
    if not isinstance(label.get("definition", ""), str):
        yield Problem(_("The definition must be text."), "labels", number, "definition")
    for ground in ("light", "dark"):
        if not is_colour(colour := label.get(ground, "#5A5A5A")):
            words = _("{colour!r} is not a colour; write it as #RRGGBB.").format(colour=colour)
            yield Problem(words, "labels", number, ground)


def _keys(label: Mapping[str, Any]) -> Iterator[tuple[Any, str, Any]]:
    """Yield the keys of a label with where they stand and what they set."""
    if label.get("key", "") != "":
        yield label["key"], "key", label.get("sets")
    further = label.get("keys", [])
    for one in further if isinstance(further, list) else [further]:
        yield (one.get("key"), "keys", one.get("sets")) if isinstance(one, Mapping) else (None, "keys", None)


def _sets(sets: object, own: Mapping[str, Attribute], number: int, where: str) -> Iterator[Problem]:
    if sets is None:
        return
    if not isinstance(sets, Mapping):
        yield Problem(_("sets must be a table of attributes and values."), "labels", number, where)
        return
    for id, value in sets.items():
        attribute = own.get(str(id))
        if attribute is None:
            yield Problem(_("The label has no attribute {id!r}.").format(id=id), "labels", number, where)
        elif not attribute.fits(value):
            words = _("{name} has no value {value!r}.").format(name=attribute.name, value=value)
            yield Problem(words, "labels", number, where)


def _own(data: Mapping[str, Any]) -> dict[str, dict[str, Attribute]]:
    """Return the attributes of each label, by id; read once for all, there may be hundreds of both."""
    own: dict[str, dict[str, Attribute]] = {label["id"]: {} for label in data.get("labels", [])}
    for attribute in declared.attributes(Scheme("", "", 1, (), dict(data))):
        for label in attribute.labels:
            if label in own:
                own[label][attribute.id] = attribute
    return own


def _colours(labels: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    for ground in ("light", "dark"):
        colours = tuple(str(label.get(ground) or "") for label in labels)
        for number, near in enumerate(alike(colours, NEAR)):
            if near is not None:
                other = str(labels[near].get("name") or labels[near]["id"])
                words = _("Its colour can hardly be told from {other}'s.").format(other=other)
                yield Problem(words, "labels", number, ground, fatal=False)


def _texts(listed: object) -> set[str]:
    return {one for one in listed if isinstance(one, str)} if isinstance(listed, list) else set()


def _strange(listed: object, known: Container[str]) -> Iterator[object]:
    """Yield what a list names that is not known; a file may hold anything there, a table as well."""
    for one in listed if isinstance(listed, list) else ():
        if not isinstance(one, str) or one not in known:
            yield one


def _attributes(data: Mapping[str, Any]) -> Iterator[Problem]:
    labels = {label["id"] for label in data.get("labels", [])}
    by_id = {table["id"]: table for table in data.get("attributes", [])}
    for number, table in enumerate(data.get("attributes", [])):
        of = table.get("labels")
        if not isinstance(of, list) or not of:
            yield Problem(_("It needs the labels that have it."), "attributes", number, "labels")
        for label in _strange(of, labels):
            words = _("There is no label {id!r}.").format(id=label)
            yield Problem(words, "attributes", number, "labels")
        yield from _type(table, number)
        yield from _condition(table, number, by_id)
    for circle in _circles(by_id):
        number = list(by_id).index(circle[0])
        words = _("It is shown only if itself is shown: {circle}.").format(circle=" → ".join((*circle, circle[0])))
        yield Problem(words, "attributes", number, "only-if")


def _type(table: Mapping[str, Any], number: int) -> Iterator[Problem]:
    type_ = table.get("type") or ("choices" if table.get("several") is True else "choice")
    if type_ not in declared.TYPES:
        words = _("There is no type {type!r}; there are {known}.").format(type=type_, known=", ".join(declared.TYPES))
        yield Problem(words, "attributes", number, "type")
        return
    values = table.get("values", [])
    if type_ in ("choice", "choices"):
        listed = values if isinstance(values, list) else []
        ids = [one.get("id") if isinstance(one, Mapping) else one for one in listed]
        if not ids or not all(isinstance(id, str) and id.strip() for id in ids):
            yield Problem(_("It needs a list of values, each a text."), "attributes", number, "values")
            return
        if twice := next((id for place, id in enumerate(ids) if id in ids[:place]), None):
            yield Problem(_("The value {id!r} is there twice.").format(id=twice), "attributes", number, "values")
    made = declared.read(table)
    if made is not None and table.get("default") is not None and not made.fits(table["default"]):
        words = _("Its default {value!r} is no value of it.").format(value=table["default"])
        yield Problem(words, "attributes", number, "default")


def _condition(table: Mapping[str, Any], number: int, by_id: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    condition = table.get("only-if")
    if condition is None:
        return
    if not isinstance(condition, Mapping) or "attribute" not in condition or "in" not in condition:
        yield Problem(_('only-if must be like { attribute = "kind", in = ["fact"] }.'), "attributes", number, "only-if")
        return
    other = by_id.get(str(condition["attribute"]))
    if other is None:
        words = _("There is no attribute {id!r}.").format(id=condition["attribute"])
        yield Problem(words, "attributes", number, "only-if")
        return
    if next(_strange(table.get("labels"), _texts(other.get("labels"))), None) is not None:
        words = _("A label has it that lacks {name!r}, on which it depends.").format(name=condition["attribute"])
        yield Problem(words, "attributes", number, "only-if")
    made = declared.read(other)
    values = condition["in"] if isinstance(condition["in"], list) else [condition["in"]]
    for value in values:
        if made is not None and not (made.fits(value) or made.fits([value])):
            words = _("{name} has no value {value!r}.").format(name=made.name, value=value)
            yield Problem(words, "attributes", number, "only-if")


def _circles(by_id: Mapping[str, Mapping[str, Any]]) -> list[list[str]]:
    """Return the circles of conditions, each once."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in by_id:
        way: list[str] = []
        at: object = start
        while isinstance(at, str) and at in by_id and at not in done and at not in way:
            way.append(at)
            condition = by_id[at].get("only-if")
            at = condition.get("attribute") if isinstance(condition, Mapping) else None
        if isinstance(at, str) and at in way:
            found.append(way[way.index(at) :])
        done.update(way)
    return found


def _ties(data: Mapping[str, Any]) -> Iterator[Problem]:
    labels = {label["id"] for label in data.get("labels", [])}
    for number, table in enumerate(data.get("relations", [])):
        ends = ("from",) if table.get("to-registry") is True else ("from", "to")
        for end in ends:
            listed = table.get(end)
            if not isinstance(listed, list) or not listed:
                yield Problem(_("It needs the labels at its end {end!r}.").format(end=end), "relations", number, end)
                continue
            for label in _strange(listed, labels):
                yield Problem(_("There is no label {id!r}.").format(id=label), "relations", number, end)
    for number, table in enumerate(data.get("groups", [])):
        roles = table.get("roles")
        if not isinstance(roles, list) or not all(isinstance(one, Mapping) and one.get("role") for one in roles):
            yield Problem(_("It needs roles, each with its label."), "groups", number, "roles")
            continue
        for role in roles:
            also = role.get("also", [])
            if not isinstance(also, list):
                yield Problem(_("also must be a list of labels."), "groups", number, "roles")
                continue
            for label in _strange([role.get("label"), *also], labels):
                yield Problem(_("There is no label {id!r}.").format(id=label), "groups", number, "roles")
        if table.get("head") not in [role["role"] for role in roles]:
            yield Problem(_("Its head must be one of its roles."), "groups", number, "head")


def _fields(data: Mapping[str, Any]) -> Iterator[Problem]:
    for number, table in enumerate(data.get("fields", [])):
        for problem in _type({**table, "labels": []}, number):
            # Schemes have declared days and others here before anything showed them: they are kept, and not asked for.
            yield problem._replace(table="fields", fatal=problem.fatal and problem.key != "type")


def _rules(data: Mapping[str, Any]) -> Iterator[Problem]:
    labels = {label["id"] for label in data.get("labels", [])}
    for number, rule in enumerate(data.get("rules", [])):
        for label in _strange(rule.get("labels"), labels):
            words = _("There is no label {id!r}.").format(id=label)
            yield Problem(words, "rules", number, "labels", fatal=False)


def _unknown(data: Mapping[str, Any]) -> Iterator[Problem]:
    for table, known in _KNOWN.items():
        for number, item in enumerate(data.get(table, [])):
            for key in item:
                if key not in known:
                    words = _("{key!r} means nothing to the program; it is kept.").format(key=key)
                    yield Problem(words, table, number, key, fatal=False)
