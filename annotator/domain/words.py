"""Bounds of words, quotations, sentences and paragraphs, so that a hand need not select letter by letter.

All positions are code points; everything looks at a few thousand of them around the place, never at the whole text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from annotator.domain import graphemes

Range = tuple[int, int]

_WINDOW = 5_000
"""How far a sentence or a quotation is looked for, each way."""
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f"
    "\ufe20-\ufe2f"
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HIRAGANA = "\u3041-\u309f"
_KATAKANA = "\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_LETTER = f"(?:(?![{_HAN}{_HIRAGANA}{_KATAKANA}])[\\w{_MARKS}])"
_HEBREW = "\u05d0-\u05ea\u05b0-\u05c7"
_BLANKS = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff"
)
"""Also those without a width, which nobody sees."""
_LINE_END = re.compile("\r\n|\r|\n")


@cache
def _word() -> re.Pattern[str]:
    # Compiled when the first word is asked for: it takes 8 ms, which the start of the program has not to give.
    return re.compile(
        f"[{_HAN}][{_MARKS}]*"  # an ideograph alone, as elsewhere; kana in runs
        f"|[{_HIRAGANA}][{_HIRAGANA}{_MARKS}]*|[{_KATAKANA}][{_KATAKANA}{_MARKS}]*"
        f"|{_LETTER}+(?:(?:[’'·\u2019]|(?<=\\d)[.,](?=\\d)|(?<=[A-Za-z])\\.(?=[A-Za-z])"
        f"|(?<=[{_HEBREW}])[\"״'׳](?=[{_HEBREW}])){_LETTER}+)*"
    )


def words_in(text: str, start: int, end: int) -> Iterator[Range]:
    """Yield the words that begin in ``[start, end)``; `start` must not lie inside a word."""
    for match in _word().finditer(text, start, min(len(text), end + _WINDOW)):
        if match.start() >= end:
            return
        yield match.span()


def word_at(text: str, position: int) -> Range | None:
    """Return the word that the position touches, the right one where two meet; None between blanks."""
    start, _ = paragraph_at(text, position)
    found = None
    for word in words_in(text, safe_start(text, start, position), position + 1):
        if word[0] <= position <= word[1]:
            found = word
    return found


def next_word_end(text: str, position: int) -> int:
    """Return the end of the first word that ends after the position; the text's length when there is none."""
    match = _word().search(text, safe_start(text, 0, position))
    while match is not None and match.end() <= position:
        match = _word().search(text, match.end())
    return match.end() if match else len(text)


def next_word_start(text: str, position: int) -> int:
    """Return the start of the first word that begins after the position; the text's length when there is none."""
    match = _word().search(text, safe_start(text, 0, position))
    while match is not None and match.start() <= position:
        match = _word().search(text, match.end())
    return match.start() if match else len(text)


def previous_word_start(text: str, position: int) -> int:
    """Return the start of the last word that begins before the position; 0 when there is none."""
    return _last_edge(text, position, 0)


def previous_word_end(text: str, position: int) -> int:
    """Return the end of the last word that ends before the position; 0 when there is none."""
    return _last_edge(text, position, 1)


def _last_edge(text: str, position: int, edge: int) -> int:
    end = position
    while end > 0:
        start = safe_start(text, 0, end - 1)
        edges = [word[edge] for word in words_in(text, start, end) if word[edge] < position]
        if edges:
            return edges[-1]
        end = start
    return 0


def safe_start(text: str, first: int, position: int) -> int:
    """Return a place at or before the position, not before `first`, that is surely not inside a word."""
    low = max(first, position - 200)
    blank = max(text.rfind(" ", low, position), text.rfind("\n", low, position), text.rfind("\r", low, position))
    return blank + 1 if blank >= 0 else low


def trimmed(text: str, start: int, end: int) -> Range | None:
    """Return ``[start, end)`` without the blanks at its edges, None where nothing else is in it."""
    words = text[start:end]
    inside = words.strip(_BLANKS)
    if not inside:
        return None
    start += len(words) - len(words.lstrip(_BLANKS))
    # A blank that bears a mark is no blank.
    return graphemes.floor(text, start), start + len(inside)


def paragraph_at(text: str, position: int) -> Range:
    """Return the line that the position stands in, without its line end."""
    start = text.rfind("\n", 0, position) + 1
    start = max(start, text.rfind("\r", start, position) + 1)
    match = _LINE_END.search(text, position)
    return start, max(start, match.start() if match else len(text))


def _window(text: str, position: int) -> Range:
    start, end = paragraph_at(text, position)
    return max(start, position - _WINDOW), min(end, position + _WINDOW)


def sentence_at(text: str, position: int) -> Range:
    """Return the sentence that the position stands in, without the blanks around it."""
    # Imported here and below: their patterns would cost every start of the program some milliseconds.
    from annotator.domain.sentences import sentence_starts

    start, end = _window(text, position)
    starts = [start + offset for offset in sentence_starts(text[start:end])]
    number = max(bisect_right(starts, position) - 1, 0)
    last = starts[number + 1] if number + 1 < len(starts) else end
    return trimmed(text, starts[number], last) or (starts[number], last)


def clause_at(text: str, position: int) -> Range | None:
    """Return the clause that the position touches, the right one where two meet; None between marks."""
    from annotator.domain import clauses

    return clauses.clause_at(text, position, *_window(text, position))


def expanded(text: str, start: int, end: int) -> Range:
    """Return the next larger unit around ``[start, end)``: word, clause, quotation, sentence, paragraph, whole text.

    A quotation may be larger than a sentence or smaller; the smallest unit that is larger than the range is taken.
    """
    from annotator.domain import quotations

    low, high = paragraph_at(text, start)
    units = [trimmed(text, low, high) or (low, high), (low, high), (0, len(text)), sentence_at(text, start)]
    quoted = quotations.around(text, start, end)
    units += quoted
    if (word := word_at(text, start)) is not None:
        units.append(word)
    if (clause := clause_at(text, start)) is not None and not any(_all_of(text, clause, place) for place in quoted):
        units.append(clause)
    larger = [(b - a, a, b) for a, b in units if a <= start and end <= b and b - a > end - start]
    if not larger:
        return start, end
    _, first, last = min(larger)
    return first, last


def _all_of(text: str, clause: Range, quotation: Range) -> bool:
    """Whether the clause is all that is quoted: then the quotation is meant, with its marks."""
    rest = text[quotation[0] : clause[0]] + text[clause[1] : quotation[1]]
    return quotation[0] <= clause[0] and clause[1] <= quotation[1] and not any(sign.isalnum() for sign in rest)
