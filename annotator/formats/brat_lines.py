"""One line of brat's standoff files, taken apart: what it says of itself, before it is looked at with the others."""

from __future__ import annotations

from typing import NamedTuple

from annotator.formats.record import BadLine
from annotator.formats.strict_json import shown
from annotator.i18n import _

_DIGITS = 12
"""An offset with more of them lies beyond every text."""


class Mention(NamedTuple):
    """T: a label on pieces of the text, offsets as the file counts; `quote` is None where the file quotes nothing."""

    line: int
    id: str
    label: str
    pieces: tuple[tuple[int, int], ...]
    quote: str | None


class Tie(NamedTuple):
    """R: two ends, each a role and an id."""

    line: int
    id: str
    label: str
    ends: tuple[tuple[str, str], ...]


class Event(NamedTuple):
    """E: a trigger and what plays a part in it, as "Role:T1"."""

    line: int
    id: str
    label: str
    trigger: str
    parts: tuple[str, ...]


class Alike(NamedTuple):
    """An asterisk: ids of what is the same thing."""

    line: int
    label: str
    ids: tuple[str, ...]


class Trait(NamedTuple):
    """A or M: a flag (`value` is None) or a value of a span, event or relation."""

    line: int
    id: str
    name: str
    to: str
    value: str | None


class Reference(NamedTuple):
    """N: an entry of a knowledge base that is meant, and what it is called there."""

    line: int
    id: str
    kind: str
    to: str
    reference: str
    text: str


class Note(NamedTuple):
    """A number sign: free words on anything that has an id."""

    line: int
    id: str
    kind: str
    to: str
    text: str


Line = Mention | Tie | Event | Alike | Trait | Reference | Note

WHAT = {"T": "span", "R": "relation", "E": "event", "*": "group", "A": "attribute", "M": "attribute", "N": "reference",
        "#": "note"}  # fmt: skip
"""What a line is about, by its first character."""


def parsed(line: int, text: str) -> Line:
    """Return what a line says; `line` is its number from 1. Raises BadLine with the reason."""
    id, tab, rest = text.partition("\t")
    kind = id[:1]
    if kind not in WHAT:
        raise BadLine(_("No line of brat’s begins like {text}.").format(text=shown(text)))
    if not tab or id != id.strip() or " " in id:
        raise BadLine(_("Behind {id} a tab is missing.").format(id=shown(id.split(" ")[0])))
    if kind == "*":
        return _alike(line, rest)
    if len(id) < 2:
        raise BadLine(_("{kind} has no number.").format(kind=shown(kind)))
    if kind == "T":
        return _mention(line, id, rest)
    if kind in "RE":
        return _tied(line, id, rest)
    return _said(line, id, rest)


def _mention(line: int, id: str, rest: str) -> Mention:
    head, tab, quote = rest.partition("\t")
    label, _blank, offsets = head.strip().partition(" ")
    if not label or not offsets:
        raise BadLine(_("A label and offsets are needed, not {head}.").format(head=shown(head)))
    pieces = []
    for piece in offsets.split(";"):
        numbers = piece.split()
        if len(numbers) != 2 or not all(_is_number(number) for number in numbers):
            raise BadLine(_("Offsets must be two whole numbers, not {piece}.").format(piece=shown(piece)))
        pieces.append((int(numbers[0]), int(numbers[1])))
    return Mention(line, id, label, tuple(pieces), quote if tab else None)


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS


def _tied(line: int, id: str, rest: str) -> Tie | Event:
    label, *parts = rest.split() or [""]
    if id[0] == "E":
        label, colon, trigger = label.partition(":")
        if not label or not colon or not trigger:
            raise BadLine(_("An event begins with its type and trigger, as Type:T1, not {rest}.").format(
                rest=shown(rest)))  # fmt: skip
        return Event(line, id, label, trigger, tuple(parts))
    ends = [ended(part) for part in parts]
    if not label or len(ends) != 2:
        raise BadLine(_("A relation has a label and two ends, as Arg1:T1 Arg2:T2, not {rest}.").format(
            rest=shown(rest)))  # fmt: skip
    return Tie(line, id, label, tuple(ends))


def ended(part: str) -> tuple[str, str]:
    """Return role and id of "Role:T1". Raises BadLine."""
    role, _colon, to = part.rpartition(":")
    if not role or not to:
        raise BadLine(_("A role is followed by a colon and an id, as Role:T1, not {part}.").format(part=shown(part)))
    return role, to


def _alike(line: int, rest: str) -> Alike:
    label, *ids = rest.split() or [""]
    if len(ids) < 2:
        raise BadLine(_("An equivalence has a label and two ids at least, not {rest}.").format(rest=shown(rest)))
    return Alike(line, label, tuple(ids))


def _said(line: int, id: str, rest: str) -> Trait | Reference | Note:
    """A, M, N and #: a name, what it is said of, and more."""
    head, _tab, text = rest.partition("\t")
    words = head.split()
    kind = id[0]
    if kind in "AM":
        name, to, *value = words if len(words) > 1 else ["", ""]
        if not to:
            raise BadLine(_("An attribute has a name and an id, as Name T1, not {rest}.").format(rest=shown(rest)))
        # Some programs write a value of several words, or one behind a tab.
        said = " ".join([*value, text.strip()]).strip()
        return Trait(line, id, name, to, said or None)
    if len(words) < (3 if kind == "N" else 2):
        needed = _("A reference has a type, an id and an entry, as Reference T1 Wiki:12, not {rest}.")
        if kind == "#":
            needed = _("A note has a type and an id, as AnnotatorNotes T1, not {rest}.")
        raise BadLine(needed.format(rest=shown(rest)))
    if kind == "N":
        return Reference(line, id, words[0], words[1], " ".join(words[2:]), text)
    return Note(line, id, words[0], words[1], text)
