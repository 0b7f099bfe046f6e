"""Attributes of labels as the scheme declares them: what can be said of a span, and what has to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from annotator.domain.free import NOTHING, Free
from annotator.domain.scheme import Scheme
from annotator.domain.span import Fragments

TYPES = ("choice", "choices", "text", "number", "yes-no", "registry")
"""Of the values: one of a list, several of a list, words, a number, True or False, the id of a registry entry."""


class Choice(NamedTuple):
    """One value of a list; `id` is what spans keep, `name` what is shown."""

    id: str
    name: str
    definition: str = ""


class Condition(NamedTuple):
    """An attribute is asked for only where another one has one of these values."""

    attribute: str
    values: tuple[Any, ...]


class Attribute(NamedTuple):
    """What can be said of the spans of some labels (by id). `default` is None where there is none."""

    id: str
    name: str
    labels: tuple[str, ...]
    type: str = "choice"
    choices: tuple[Choice, ...] = ()
    required: bool = False
    default: Any = None
    only_if: Condition | None = None
    definition: str = ""
    suggest: str = ""
    """How a value is found where nobody says it: "quotation marks" or ""."""

    def choice(self, id: object) -> Choice | None:
        """Return the value of its list, None where it has none of this id."""
        return next((choice for choice in self.choices if choice.id == id), None)

    def fits(self, value: object) -> bool:
        """Whether a value is one that the attribute can have."""
        if self.type == "choice":
            return self.choice(value) is not None
        if self.type == "choices":
            return isinstance(value, list | tuple) and all(self.choice(one) is not None for one in value)
        if self.type == "yes-no":
            return isinstance(value, bool)
        if self.type == "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        return isinstance(value, str)


class _Read(NamedTuple):
    scheme: Scheme
    all: tuple[Attribute, ...]
    by_label: dict[str, tuple[Attribute, ...]]


_KEPT = 4
_read: list[_Read] = []


def attributes(scheme: Scheme) -> tuple[Attribute, ...]:
    """Return the attributes of a scheme, in its order; what the program does not understand is left out."""
    return _of(scheme).all


def _of(scheme: Scheme) -> _Read:
    # A few schemes are kept: the panel asks with every span that is focused, a draft compares two of them.
    for kept in _read:
        if kept.scheme is scheme:
            return kept
    all = tuple(filter(None, map(read, _tables(scheme.rest, "attributes"))))
    by_label: dict[str, tuple[Attribute, ...]] = {}
    for attribute in sorted(all, key=lambda one: not (one.required and one.only_if is None)):
        for label in dict.fromkeys(attribute.labels):
            by_label[label] = (*by_label.get(label, ()), attribute)
    made = _Read(scheme, all, by_label)
    _read[:] = [made, *_read[: _KEPT - 1]]
    return made  # what is first in the list by now may be of another thread


def of_label(scheme: Scheme, label: str) -> tuple[Attribute, ...]:
    """Return the attributes of a label (its id): required ones first, otherwise in the scheme's order."""
    return _of(scheme).by_label.get(label, ())


def asked(own: Iterable[Attribute], values: Free) -> tuple[Attribute, ...]:
    """Return those of a label's attributes that its span is asked for, given its values."""
    own = tuple(own)
    # Most hang on nothing, and this is asked of every span when the scheme changes.
    if all(attribute.only_if is None for attribute in own):
        return own
    by_id = {attribute.id: attribute for attribute in own}
    shown: dict[str, bool] = {}

    def is_asked(attribute: Attribute) -> bool:
        if attribute.only_if is None:
            return True
        if attribute.id not in shown:
            shown[attribute.id] = False  # a circle of conditions shows none of its attributes
            shown[attribute.id] = holds(attribute.only_if)
        return shown[attribute.id]

    def holds(condition: Condition) -> bool:
        other = by_id.get(condition.attribute)
        if other is None or not is_asked(other):
            return False
        value = values.get(other.id)
        given = value if isinstance(value, list | tuple) else (value,)
        return any(one == wanted and type(one) is type(wanted) for one in given for wanted in condition.values)

    return tuple(attribute for attribute in own if attribute.only_if is None or is_asked(attribute))


def is_set(value: object) -> bool:
    """Whether a value says something: empty words and empty lists do not."""
    return value is not None and value not in ("", [], ())


def missing(own: Iterable[Attribute], values: Free) -> tuple[Attribute, ...]:
    """Return the attributes that are required, asked for, and not set to something the scheme knows."""
    return tuple(
        attribute
        for attribute in asked(own, values)
        if attribute.required and not (is_set(values.get(attribute.id)) and attribute.fits(values[attribute.id]))
    )


def with_value(own: Iterable[Attribute], values: Free, id: str, value: object) -> Free:
    """Return the values with one of them set, or taken out (None); what is not asked for any more goes with it."""
    own = tuple(own)
    changed = {key: kept for key, kept in values.items() if key != id}
    if is_set(value):
        changed[id] = list(value) if isinstance(value, tuple) else value
    before = {attribute.id for attribute in asked(own, values)}
    # To the end of a chain: what hung on a value that went hangs on nothing.
    while gone := (before - {attribute.id for attribute in asked(own, changed)}) & changed.keys():
        changed = {key: kept for key, kept in changed.items() if key not in gone}
    return changed or NOTHING


def begun(own: Iterable[Attribute], sets: Mapping[str, Any]) -> Free:
    """Return the values of a new span: the defaults, and what the pressed key `sets`."""
    own = tuple(own)
    values = {attribute.id: attribute.default for attribute in own if attribute.default is not None} | dict(sets)
    if not values:
        return NOTHING
    there = {attribute.id for attribute in asked(own, values)}
    return {id: value for id, value in values.items() if id in there} or NOTHING


def suggested(own: Iterable[Attribute], text: str, fragments: Fragments) -> Free:
    """Return what the words themselves say of a span on these fragments (code points), where the scheme wants that."""
    found: dict[str, Any] = {}
    for attribute in own:
        if attribute.suggest == "quotation marks":
            from annotator.domain.quotemode import mode

            value = mode(text, fragments)
            if attribute.fits(value):
                found[attribute.id] = value
    return found


def taken_over(before: Iterable[Attribute], after: Iterable[Attribute], values: Free, sets: Mapping[str, Any]) -> Free:
    """Return the values of a span that gets another label: what both labels have stays, so does what no label has.

    `before` and `after` are the attributes of the two labels; `sets` is what the pressed key says.
    """
    mine = {attribute.id for attribute in before}
    after = tuple(after)
    by_id = {attribute.id: attribute for attribute in after}
    kept = {
        id: value for id, value in values.items() if id not in mine or (id in by_id and by_id[id].fits(value))
    }  # fmt: skip
    own = {attribute.id for attribute in after}
    told = {**begun(after, sets), **kept, **sets}
    there = {attribute.id for attribute in asked(after, told)}
    return {id: value for id, value in told.items() if id not in own or id in there} or NOTHING


def next_value(attribute: Attribute, value: object, chosen: int) -> object:
    """Return what the value becomes when the choice of this index (from 0) is pressed; None takes it out.

    Of one of a list the same choice again takes it out, where nothing must be said; of several it turns one.
    """
    if attribute.type == "yes-no":
        wanted: object = (True, False)[chosen]
        return None if value is wanted and not attribute.required else wanted
    id = attribute.choices[chosen].id
    if attribute.type == "choices":
        there = [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []
        turned = [one for one in there if one != id] if id in there else [*there, id]
        order = [choice.id for choice in attribute.choices]
        return sorted(turned, key=lambda one: order.index(one) if one in order else len(order)) or None
    return None if value == id and not attribute.required else id


def _tables(data: Free, key: str) -> list[Mapping[str, Any]]:
    found = data.get(key)
    return [table for table in found if isinstance(table, Mapping)] if isinstance(found, list) else []


def read(data: Mapping[str, Any]) -> Attribute | None:
    """Return the attribute that a table of a scheme declares, None where the program does not understand it."""
    id, labels = data.get("id"), data.get("labels")
    if not isinstance(id, str) or not id or not isinstance(labels, list):
        return None
    type = str(data.get("type") or ("choices" if data.get("several") is True else "choice"))
    values = data.get("values")
    choices = tuple(filter(None, map(_choice, values if isinstance(values, list) else ())))
    if type not in TYPES or (type in ("choice", "choices") and not choices):
        return None
    made = Attribute(
        id, str(data.get("name") or id), tuple(map(str, labels)), type, choices, data.get("required") is True,
        definition=str(data.get("definition") or ""), only_if=_condition(data.get("only-if")),
        suggest=str(data.get("suggest") or ""),
    )  # fmt: skip
    default = data.get("default")
    return made._replace(default=default) if default is not None and made.fits(default) else made


def _choice(data: object) -> Choice | None:
    if isinstance(data, str):
        return Choice(data, data)
    if isinstance(data, Mapping) and isinstance(data.get("id"), str):
        return Choice(data["id"], str(data.get("name") or data["id"]), str(data.get("definition") or ""))
    return None


def _condition(data: object) -> Condition | None:
    if not isinstance(data, Mapping):
        return None
    values = data.get("in")
    return Condition(str(data.get("attribute")), tuple(values) if isinstance(values, list) else (values,))
