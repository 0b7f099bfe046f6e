"""Where words stand in a text, as a reader means them: quotation marks and blanks of any kind are alike."""

from __future__ import annotations

import re
from typing import NamedTuple

MOST = 10_000
"""Places that are told; a reader goes through a few of them, and none through more."""

_ALIKE = ("'’‘‚‛`´′", '"“”„‟«»″', "-‐‑‒–—−")
_ANY_OF = {sign: f"[{re.escape(group)}]" for group in _ALIKE for sign in group}


class Sought(NamedTuple):
    """What is looked for; `pattern` means that the words are a regular expression, which is not read here."""

    words: str = ""
    case: bool = False
    whole: bool = False
    pattern: bool = False


def places(text: str, sought: Sought) -> list[tuple[int, int]]:
    """Return where the words stand as ``[start, end)`` in code points, in order, none over another; at most MOST.

    Without `case` upper and lower case are alike and so are all kinds of quotation marks and dashes; blanks in the
    words stand for any blanks, also at the end of a line. With `whole` no letter or digit stands beside.
    """
    if not sought.words:
        return []
    found: list[tuple[int, int]] = []
    for match in _expression(sought).finditer(text):
        found.append(match.span())
        if len(found) == MOST:
            break
    return found


def _expression(sought: Sought) -> re.Pattern[str]:
    pieces = re.split(r"(\s+)", sought.words)
    written = "".join(
        r"\s+" if piece.isspace() else "".join(_sign(sign, sought.case) for sign in piece) for piece in pieces
    )
    if sought.whole:
        written = rf"(?<!\w){written}(?!\w)"
    return re.compile(written, re.NOFLAG if sought.case else re.IGNORECASE)


def _sign(sign: str, exactly: bool) -> str:
    return re.escape(sign) if exactly else _ANY_OF.get(sign, re.escape(sign))
