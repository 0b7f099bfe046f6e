"""What becomes of spans when a scheme file is applied: as options say it, and told in lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from annotator.cli.common import counted
from annotator.domain import attributes
from annotator.domain.attributes import Attribute
from annotator.domain.errors import UserError
from annotator.domain.redrawing import Move
from annotator.domain.scheme import Scheme
from annotator.editing.schemepreview import Effect


def read(
    before: Scheme, wanted: Scheme, *, merges: Sequence[str], splits: Sequence[str], deletes: Sequence[str],
    fills: Sequence[str],
) -> tuple[Move, ...]:  # fmt: skip
    """Return the moves of the options. Raises click.UsageError, and UserError where there is no such thing."""
    moves: list[Move] = []
    for text in merges:
        label, other = _parted(text, "=", "--merge LABEL=OTHER")
        _wanted(wanted, other)
        if label == other:
            raise UserError(f"{label} cannot be merged with itself.")
        moves.append(Move("merge", label, other))
    for text in splits:
        label, rest = _parted(text, ":", "--split LABEL:ATTRIBUTE=VALUE:OTHER")
        said, colon, other = rest.rpartition(":")
        _wanted(wanted, other)
        known(before, wanted, label)
        if colon:
            id, value = _parted(said, "=", "--split LABEL:ATTRIBUTE=VALUE:OTHER")
            moves.append(Move("split", label, other, id, _value(_attribute(before, label, id), value)))
        else:
            moves.append(Move("split", label, other))
    moves += [Move("delete", label) for label in deletes]
    for text in fills:
        label, rest = _parted(text, ":", "--fill LABEL:ATTRIBUTE=VALUE")
        id, value = _parted(rest, "=", "--fill LABEL:ATTRIBUTE=VALUE")
        _wanted(wanted, label)
        attribute = _attribute(wanted, label, id)
        filled = _value(attribute, value)
        moves.append(Move("fill", label, attribute=id, value=[filled] if attribute.type == "choices" else filled))
    return tuple(moves)


def known(before: Scheme, wanted: Scheme, *labels: str) -> None:
    """Raise UserError where neither scheme has one of the labels (ids)."""
    for label in labels:
        if before.label(label) is None and wanted.label(label) is None:
            raise UserError(f"The scheme has no label {label!r}.")


def _wanted(wanted: Scheme, label: str) -> None:
    if wanted.label(label) is None:
        raise UserError(f"The scheme file has no label {label!r}, which spans would get.")


def _parted(text: str, sign: str, form: str) -> tuple[str, str]:
    one, there, other = text.partition(sign)
    if not there or not one or not other:
        raise click.UsageError(f"{text!r} is not of the form {form}.")
    return one, other


def _attribute(scheme: Scheme, label: str, id: str) -> Attribute:
    for attribute in attributes.of_label(scheme, label):
        if attribute.id == id:
            return attribute
    raise UserError(f"{label} has no attribute {id!r}.")


def _value(attribute: Attribute, text: str) -> Any:
    value: Any = text
    if attribute.type == "yes-no":
        value = {"true": True, "false": False}.get(text)
    elif attribute.type == "number":
        value = _number(text)
    if not (attribute.fits(value) or (attribute.type == "choices" and attribute.fits([value]))):
        raise UserError(f"{attribute.name} has no value {text!r}.")
    return value


def _number(text: str) -> float | int | None:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return None


_LINES = {
    "renamed": "{spans} get the name {name}",
    "recoloured": "{spans} get another colour",
    "rekeyed": "another key",
    "regrouped": "another group of labels",
    "off": "switched off; {spans} are kept",
    "on": "switched on",
    "defined": "another definition",
    "new": "a new label",
    "gone": "the label is gone; {spans} are kept, as of an unknown label",
    "merged": "{spans} get the label {into}",
    "split": "{spans} get the label {into}",
    "deleted": "{spans} are deleted",
    "required": "{spans} lack {name}, which must be said from now on",
    "optional": "of {spans} {name} can be said",
    "attribute gone": "of {spans} {name} is said, which is gone; it is kept unseen",
    "value gone": "{spans} say {into} of {name}, which is not known any more; it is kept",
    "unsaid": "of {spans} {name} is said no more",
    "filled": "{spans} get a value of {name}",
    "said": "{spans} get another value of {name}",
    "relations": "{ties} go",
    "groups": "{ties} lose a span, or go",
    "relation new": "a new relation",
    "group new": "a new group",
    "relation gone": "the relation is gone; {ties} are kept",
    "group gone": "the group is gone; {ties} are kept",
    "meaning": "{spans} are to be looked at",
}
_OF_ONE = {
    "get": "gets", "are": "is", "lack": "lacks", "say": "says", "go": "goes", "lose": "loses",
}  # fmt: skip
_ONLY_OF_SOME = frozenset(("required", "optional"))


def told(effect: Effect) -> str:
    """Return an effect as a line, "" for what is not worth one."""
    if not effect.spans and effect.what in _ONLY_OF_SOME:
        return ""
    spans, ties = counted(effect.spans, "span"), counted(effect.spans, "tie")
    words = _LINES[effect.what]
    if effect.spans == 1:
        words = " ".join(_OF_ONE.get(word, word) for word in words.split(" "))
    line = words.format(spans=spans, ties=ties, name=effect.name, into=effect.into)
    if effect.what == "new" and effect.spans:
        line += f"; {spans} {'bears' if effect.spans == 1 else 'bear'} it already"
    where = ", ".join(
        counted(number, what)
        for number, what in ((effect.articles, "article"), (effect.annotators, "annotator"))
        if number
    )
    return f"{effect.label}: {line}" + (f" ({where})" if where else "")
