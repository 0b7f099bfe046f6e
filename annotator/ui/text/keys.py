"""From a key to what is meant by it: pure, so that every key can be tested without a window."""

from __future__ import annotations

from typing import NamedTuple

_MOVES = {
    "Key_Left": "left",
    "Key_Right": "right",
    "Key_Up": "up",
    "Key_Down": "down",
    "Key_Home": "line start",
    "Key_End": "line end",
    "Key_PageUp": "page up",
    "Key_PageDown": "page down",
}
_CONTROL_MOVES = {
    "Key_Left": "word left",
    "Key_Right": "word right",
    "Key_Home": "text start",
    "Key_End": "text end",
}


class KeyPress(NamedTuple):
    """A key as it was pressed: Qt's name of it, the text it makes, the modifiers held."""

    name: str
    text: str = ""
    shift: bool = False
    control: bool = False
    alt: bool = False
    meta: bool = False


class Move(NamedTuple):
    """Take the caret somewhere; `extend` keeps the other end of the selection where it is."""

    where: str
    extend: bool


class Letter(NamedTuple):
    """A bare key that makes a character: a label's key, perhaps. ASCII letters come in upper case."""

    text: str
    shift: bool


class Leave:
    """Give up the selection, or else the focused span."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Leave)

    def __hash__(self) -> int:
        return hash(Leave)


Intent = Move | Letter | Leave


def intent(press: KeyPress) -> Intent | None:
    """Return what is meant by a key, None for a key that is not the text's."""
    if press.alt or press.meta:
        return None
    moves = _CONTROL_MOVES if press.control else _MOVES
    if press.name in moves:
        return Move(moves[press.name], press.shift)
    if press.control:
        return None
    if press.name == "Key_Escape":
        return Leave()
    if len(press.text) == 1 and press.text.isprintable() and not press.text.isspace():
        return Letter(press.text.upper() if press.text.isascii() else press.text, press.shift)
    return None
