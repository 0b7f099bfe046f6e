"""Where words stand in a text, as a reader means them: quotation marks and blanks of any kind are alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice, takewhile
from typing import NamedTuple

from annotator.domain import graphemes
from annotator.domain.terms import WITHOUT_BLANKS

MOST = 10_000
"""Places that are told; a reader goes through a few of them, and none through more."""

_ALIKE = ("'’‘‚‛`´′", '"“”„‟«»″', "-‐‑‒–—−")
_ANY_OF = {sign: f"[{re.escape(group)}]" for group in _ALIKE for sign in group}
_BESIDE = rf"[^\W{WITHOUT_BLANKS}]"
"""A sign that goes on with a word."""
_ALONE = re.compile(f"[{WITHOUT_BLANKS}]")
_LINE_ENDS = re.compile("\r\n|[\r\n\u2028\u2029]")


class Sought(NamedTuple):
    """What is looked for; `pattern` means that the words are a regular expression, which is not read here."""

    words: str = ""
    case: bool = False
    whole: bool = False
    pattern: bool = False


def places(text: str, sought: Sought) -> list[tuple[int, int]]:
    """Return where the words stand as ``[start, end)`` in code points, in order, none over another; at most MOST.

    Without `case` upper and lower case are alike and so are all kinds of quotation marks and dashes; blanks in the
    words stand for any blanks, also at the end of a line. With `whole` no letter or digit stands beside, unless one of
    the two is of a script that puts no blanks between words.
    """
    if not sought.words:
        return []
    expression = _expression(sought.words, case=sought.case, exactly=sought.case, whole=sought.whole)
    return [match.span() for match in islice(expression.finditer(text), MOST)]


def equal(text: str, place: tuple[int, int], any_case: bool = False) -> list[tuple[int, int]]:
    """Return where else the words of a place stand, as whole words: ``[start, end)`` in code points, in order, at most
    MOST; none lies over another or over the place.

    Quotation marks, dashes and blanks of any kind are alike; with `any_case` also upper and lower case. No place goes
    over an empty line where the words do not, none cuts what a reader sees as one character.
    """
    words = text[slice(*place)]
    if not words.strip():
        return []
    expression = _expression(words, case=not any_case, exactly=False, whole=True)
    # Twice, for what begins in the place or reaches into it must not hide what follows.
    before = takewhile(lambda found: found[0] < place[0], _spans(expression, text, 0))
    after = _spans(expression, text, place[1])
    fits = (found for found in chain(before, after) if _alike(text, found, words) and not _meet(found, place))
    return list(islice(fits, MOST))


def _spans(expression: re.Pattern[str], text: str, start: int) -> Iterator[tuple[int, int]]:
    return (match.span() for match in expression.finditer(text, start))


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _alike(text: str, place: tuple[int, int], words: str) -> bool:
    if not (graphemes.is_boundary(text, place[0]) and graphemes.is_boundary(text, place[1])):
        return False
    return len(_LINE_ENDS.findall(text, *place)) <= max(1, len(_LINE_ENDS.findall(words)))


def _expression(words: str, *, case: bool, exactly: bool, whole: bool) -> re.Pattern[str]:
    pieces = re.split(r"(\s+)", words)
    written = "".join(
        r"\s+" if piece.isspace() else "".join(_sign(sign, exactly) for sign in piece) for piece in pieces
    )
    if whole:
        written = ("" if _ALONE.match(words) else rf"(?<!{_BESIDE})") + written
        written += "" if _ALONE.match(words[-1]) else rf"(?!{_BESIDE})"
    return re.compile(written, re.NOFLAG if case else re.IGNORECASE)


def _sign(sign: str, exactly: bool) -> str:
    return re.escape(sign) if exactly else _ANY_OF.get(sign, re.escape(sign))
