"""Where clauses stand: the stretches of a sentence between commas, dashes, brackets and quotation marks."""

from __future__ import annotations

import re

from annotator.domain import quotations
from annotator.domain.sentences import sentence_starts

Range = tuple[int, int]

_BOUNDS = re.compile("[,;:،؛，；：—()\\[\\]{}（）【】…]|(?<=[ \u00a0\u202f])[–-](?=[ \u00a0\u202f])|[.!?؟。！？｡]+|、")
_KANA = re.compile("[\u3040-\u30ff]")
_TRIMMED = " \t\u00a0\u202f\u2009\u3000\r\n.!?…؟。！？｡¿¡"


def clauses(text: str, start: int, end: int) -> list[Range]:
    """Return the clauses of ``text[start:end]``, which is one paragraph or a part of it, in their order.

    In code points, without the marks and blanks around them; none is empty.
    """
    found: list[Range] = []
    edge = start
    for place, length in _edges(text, start, end):
        _add(found, text, edge, place)
        edge = place + length
    _add(found, text, edge, end)
    return found


def _add(found: list[Range], text: str, start: int, end: int) -> None:
    while start < end and text[start] in _TRIMMED:
        start += 1
    while end > start and text[end - 1] in _TRIMMED:
        end -= 1
    if start < end:
        found.append((start, end))


def _edges(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the places of what bounds clauses, with its length."""
    japanese = _KANA.search(text, start, end) is not None
    starts = {start + offset for offset in sentence_starts(text[start:end])}
    edges = dict.fromkeys(quotations.marks(quotations.quotations(text, start, end)), 1)
    for match in _BOUNDS.finditer(text, start, end):
        place, sign = match.start(), match.group()
        if sign[0] in ".!?؟。！？｡":
            # Only at a sentence's end: behind it the next one begins.
            after = match.end()
            while after < end and after not in starts and text[after] not in "\r\n" and not text[after].isalnum():
                after += 1
            if after in starts:
                edges.setdefault(place, len(sign))
        elif not _is_within_a_figure(text, place, sign) and (sign != "、" or japanese):
            edges.setdefault(place, 1)
    return sorted(edges.items())


def _is_within_a_figure(text: str, place: int, sign: str) -> bool:
    return sign in ",:，：" and text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()


def clause_at(text: str, position: int, low: int, high: int) -> Range | None:
    """Return the clause of the paragraph ``[low, high)`` that the position touches, the right one where two meet."""
    found = None
    for start, end in clauses(text, low, high):
        if start <= position <= end:
            found = (start, end)
    return found
