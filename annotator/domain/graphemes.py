"""Where a caret may stand: between the characters that a reader sees (grapheme clusters, after UAX #29)."""

from __future__ import annotations

import unicodedata

_ZWJ = "\u200d"
_EXTENDING = frozenset("\u200c\u200d\u0e33\u0eb3\uff9e\uff9f")
_PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
_CONTROLS = frozenset(("Cc", "Cf", "Zl", "Zp"))
_LOOK_BACK = 64
"""A cluster longer than this is cut; real ones have fewer than 20 code points."""


def is_boundary(text: str, position: int) -> bool:
    """Whether a caret may stand at the position (code points, 0 to the text's length)."""
    if position <= 0 or position >= len(text):
        return True
    before, after = text[position - 1], text[position]
    if before < "\u0300" and after < "\u0300":
        return not (before == "\r" and after == "\n")
    if _is_control(before) or _is_control(after):
        return True
    if _extends(after) or before in _PREPENDED:
        return False
    if _is_regional(before) and _is_regional(after):
        return _regionals_before(text, position) % 2 == 0
    if before == _ZWJ and _is_pictograph(after):
        return not _pictograph_before(text, position - 1)
    return not _hangul_joins(before, after)


def next_boundary(text: str, position: int) -> int:
    """Return the next place for a caret after the position, the text's length at its end."""
    position = min(position + 1, len(text))
    while not is_boundary(text, position):
        position += 1
    return position


def previous_boundary(text: str, position: int) -> int:
    """Return the last place for a caret before the position, 0 at the beginning."""
    position = max(position - 1, 0)
    while not is_boundary(text, position):
        position -= 1
    return position


def floor(text: str, position: int) -> int:
    """Return the position, or the start of the cluster it lies in; outside the text, the text's edge."""
    position = min(max(position, 0), len(text))
    return position if is_boundary(text, position) else previous_boundary(text, position)


def _is_control(character: str) -> bool:
    if unicodedata.category(character) not in _CONTROLS:
        return False
    return not (_extends(character) or character in _PREPENDED)


def _extends(character: str) -> bool:
    return (
        character in _EXTENDING
        or unicodedata.category(character) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _regionals_before(text: str, position: int) -> int:
    first = position
    while first and _is_regional(text[first - 1]):
        first -= 1
    return position - first


def _is_pictograph(character: str) -> bool:
    return (
        ("\U0001f000" <= character <= "\U0001faff" and not _is_regional(character))
        or (character in "\u00a9\u00ae\u203c\u2049\u2122\u2139\u3030\u303d\u3297\u3299")
        or ("\u2190" <= character <= "\u2bff" and unicodedata.category(character) in ("So", "Sm"))
    )


def _pictograph_before(text: str, position: int) -> bool:
    first = max(0, position - _LOOK_BACK)
    while position > first and _extends(text[position - 1]):
        position -= 1
    return position > first and _is_pictograph(text[position - 1])


def _hangul_joins(before: str, after: str) -> bool:
    if not ("\u1100" <= after <= "\u11ff" or "\uac00" <= after <= "\ud7ff" or "\ua960" <= after <= "\ua97f"):
        return False
    first, second = _hangul(before), _hangul(after)
    return (
        (first == "L" and second in ("L", "V", "LV", "LVT"))
        or (first in ("LV", "V") and second in ("V", "T"))
        or (first in ("LVT", "T") and second == "T")
    )


def _hangul(character: str) -> str:
    if "\u1100" <= character <= "\u115f" or "\ua960" <= character <= "\ua97c":
        return "L"
    if "\u1160" <= character <= "\u11a7" or "\ud7b0" <= character <= "\ud7c6":
        return "V"
    if "\u11a8" <= character <= "\u11ff" or "\ud7cb" <= character <= "\ud7fb":
        return "T"
    if "\uac00" <= character <= "\ud7a3":
        return "LVT" if (ord(character) - 0xAC00) % 28 else "LV"
    return ""
