"""From a key to what the reviewer means by it: pure."""

from __future__ import annotations

from collections.abc import Callable

from annotator.i18n import later

KeysOf = Callable[[str], tuple[str, ...]]
"""Gives the keys of an action by its id."""

_NAMED = {
    "Key_Down": "next", "Key_Up": "previous", "Key_Right": "next", "Key_Left": "previous", "Key_Backspace": "back",
    "Key_Escape": "leave", "Key_PageDown": "down", "Key_PageUp": "up",
}  # fmt: skip
_LETTERS = {
    "E": "own", "D": "discuss", "N": "reason", "S": "alike", "J": "next", "K": "previous", "H": "names", "0": "none",
    "A": "agreement", "G": "guide",
}  # fmt: skip

MOVES = frozenset({"next", "previous", "down", "up"})
"""What a key that is held down does again and again."""

KEYS = (
    (later("Take the first, the second, …"), "1"), (later("Both are right, of two"), "3"),
    (later("All are right, of more"), "B"), (later("Nothing belongs here"), "0"), (later("Set it myself"), "E"),
    (later("Leave for discussion"), "D"), (later("Reason for annotators"), "N"),
    (later("The same for all alike"), "S"), (later("The next"), "J"), (later("The one before"), "K"),
    (later("Take the decision back"), "Backspace"), (later("Hide names, or show them"), "H"),
    (later("How well do they agree?"), "A"), (later("All rules of the label"), "G"),
    (later("Read on, read back"), "PgDown"), (later("Queue, text, answers"), "F6"),
)  # fmt: skip
"""What is heard on the page, for the sheet of keys and the manual: what it does, and its key (a portable sequence)."""


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
