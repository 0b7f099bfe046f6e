"""From a key to what the reviewer means by it: pure."""

from __future__ import annotations

from collections.abc import Callable

KeysOf = Callable[[str], tuple[str, ...]]
"""Gives the keys of an action by its id."""

_NAMED = {
    "Key_Down": "next", "Key_Up": "previous", "Key_Right": "next", "Key_Left": "previous", "Key_Backspace": "back",
    "Key_Escape": "leave",
}  # fmt: skip
_LETTERS = {
    "E": "own", "D": "discuss", "N": "reason", "S": "alike", "J": "next", "K": "previous", "H": "names", "0": "none",
    "A": "agreement",
}  # fmt: skip

KEYS = ("1 … 9", "3", "B", "0", "E", "D", "N", "S", "J", "K", "H", "A", "Backspace")
"""What is heard on the page, for its sheet and its manual."""


def meant(name: str, text: str, place_digit: str, sides: int) -> str:
    """Return what a bare key means, "" for nothing.

    `name` is Qt's name of the key, `text` the letter it makes, `place_digit` the digit at its place on the keyboard;
    "take N" takes the answer of side N (from 0). With two sides 3 means both, with more B does.
    """
    if name in _NAMED:
        return _NAMED[name]
    letter = text.upper()
    if letter in _LETTERS:
        return _LETTERS[letter]
    if letter == "B" and sides > 2:
        return "both"
    digit = letter if len(letter) == 1 and letter in "123456789" else place_digit
    if digit == "0":
        return "none"
    if digit == "3" and sides <= 2:
        return "both"
    return f"take {int(digit) - 1}" if digit and int(digit) <= sides else ""
