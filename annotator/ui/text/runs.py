"""Where a stretch of a line stands on the screen when the line runs both ways: pure geometry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

Run = tuple[float, float]

_TOUCH = 0.6
"""Gaps up to this many pixels come from rounding, not from the direction of the text."""
_JOINED = re.compile("[\u0600-\u08ff\u0900-\u0dff\u1800-\u18af\ufb50-\ufdff\ufe70-\ufefc]")


def visual_runs(edges: Iterable[tuple[float, float]]) -> list[Run]:
    """Return the horizontal stretches (left, right) that characters cover, in the order in which they are read.

    `edges` are the leading and the trailing edge of each character, in reading order; characters without a
    width are left out, stretches that touch are joined.
    """
    runs: list[Run] = []
    for leading, trailing in edges:
        left, right = min(leading, trailing), max(leading, trailing)
        if right - left < 0.01:
            continue
        if runs and abs(runs[-1][1] - left) < _TOUCH:
            runs[-1] = (runs[-1][0], right)
        elif runs and abs(runs[-1][0] - right) < _TOUCH:
            runs[-1] = (left, runs[-1][1])
        else:
            runs.append((left, right))
    return runs


def has_right_to_left(text: str) -> bool:
    """Whether the text holds a letter or a control character that makes a part of it run from right to left."""
    if text.isascii():
        return False
    return any(
        "\u0590" <= character <= "\u08ff"
        or "\ufb1d" <= character <= "\ufdff"
        or "\ufe70" <= character <= "\ufefc"
        or "\U00010800" <= character <= "\U00010fff"
        or "\U0001e800" <= character <= "\U0001efff"
        or character in "\u200f\u202b\u202e\u2067"
        for character in text
    )


def letters_join(text: str) -> bool:
    """Whether the text holds letters of a script in which they join: Arabic and its kin, those of India, Mongolian."""
    return not text.isascii() and _JOINED.search(text) is not None


def first_direction(text: str) -> bool | None:
    """Return whether the first letter runs from right to left, None where there is no letter that says."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return None
