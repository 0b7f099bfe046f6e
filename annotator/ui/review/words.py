"""What the review page says of differences, answers and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.domain.attributes import of_label
from annotator.domain.change import Decision
from annotator.domain.scheme import Scheme
from annotator.domain.span import Span
from annotator.i18n import _, later, n_
from annotator.review.differences import AGREED
from annotator.review.standing import CONTESTED, OUTDATED, Item

KIND_NAMES = {
    "missed": later("Missed"), "label": later("Label"), "fragment": later("Fragment"),
    "boundary": later("Boundary"), "attribute": later("Attribute"), "link": later("Link"),
    "field": later("Article field"), AGREED: later("Agreed"),
}  # fmt: skip
_ABOUT = {
    "missed": later("Not everybody has a span here."),
    "label": later("The same place, another label."),
    "fragment": later("Same label and place, cut into other pieces."),
    "boundary": later("Same label and place, different length."),
    "attribute": later("The same span, described differently."),
    "link": later("The same span, tied to others differently."),
    "field": later("The article as a whole is judged differently."),
    AGREED: later("All say the same."),
}  # fmt: skip
_ORDINALS = (later("First"), later("Second"), later("Third"), later("Fourth"))


def kind_name(kind: str) -> str:
    """Return what a kind of difference is called."""
    return _(KIND_NAMES[kind]) if kind in KIND_NAMES else kind


def about(item: Item) -> str:
    """Return in a sentence what differs, and why it is here again where it was decided before."""
    words = _(_ABOUT.get(item.difference.kind, ""))
    if item.status == OUTDATED:
        return _("{what} It was decided, but the spans have changed since.").format(what=words)
    if item.status == CONTESTED:
        return _("{what} An annotator contests the decision.").format(what=words)
    return words


def hidden_name(number: int) -> str:
    """Return what a side is called while names are hidden."""
    return _(_ORDINALS[number]) if number < len(_ORDINALS) else _("Number {number}").format(number=number + 1)


def decided(decision: Decision, names: list[str]) -> str:
    """Return what was decided, in a few words; `names` are those of the sides."""
    data = decision.data
    answer = data.get("answer")
    if answer == "side":
        side = data.get("side")
        name = names[side] if isinstance(side, int) and 0 <= side < len(names) else "?"
        return _("took {name}").format(name=name)
    words = {
        "both": _("both"), "none": _("nothing belongs here"), "own": _("set by hand"), "discuss": _("for discussion"),
        "agreed": _("agreed"),
    }  # fmt: skip
    return words.get(str(answer), "")


def described(span: Span, scheme: Scheme) -> str:
    """Return what is said of a span by its attributes, values by name."""
    own = {attribute.id: attribute for attribute in of_label(scheme, span.label)}
    said = []
    for id, value in span.attributes.items():
        attribute = own.get(id)
        values = value if isinstance(value, list | tuple) else [value]
        names = [_value(attribute.choice(one) if attribute is not None else None, one) for one in values]
        words = ", ".join(names)
        if attribute is not None and attribute.type in ("yes-no", "number", "text"):
            words = f"{attribute.name}: {words}"
        said.append(words)
    return ", ".join(filter(None, said))


def _value(choice: Any, value: object) -> str:
    if choice is not None:
        return str(choice.name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("id") or "")
    return str(value)


def field_value(value: object) -> str:
    """Return what a field of the article says."""
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(_value(None, one) for one in values)


def words_counted(count: int) -> str:
    """Return "8 words"."""
    return n_("{count:,} word", "{count:,} words", count).format(count=count)


def spoken(item: Item, scheme: Scheme) -> str:
    """Return a row of the queue in words."""
    one = item.difference
    labels = ", ".join(scheme.name_of(label) for label in one.labels)
    return ", ".join(filter(None, (kind_name(one.kind), labels, one.words or one.field)))
