"""Bounds of words, quotations, sentences and paragraphs, so that a hand need not select letter by letter.

All positions are code points; everything looks at a few thousand of them around the place, never at the whole text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from annotator.domain import graphemes
from annotator.domain.sentences import sentence_starts
from annotator.domain.span import Fragments, joined

Range = tuple[int, int]

_WINDOW = 5_000
"""How far a sentence or a quotation is looked for, each way."""
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f"
    "\ufe20-\ufe2f"
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HIRAGANA = "\u3041-\u309f"
_KATAKANA = "\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_LETTER = f"(?:(?![{_HAN}{_HIRAGANA}{_KATAKANA}])[\\w{_MARKS}])"
_BLANKS = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff"
)
"""Also those without a width, which nobody sees."""
_LINE_END = re.compile("\r\n|\r|\n")
_PAIRS = {"“": "”", "‘": "’", "«": "»", "‹": "›", "„": "“”", "‚": "‘’", "「": "」", "『": "』", "»": "«", "›": "‹"}


@cache
def _word() -> re.Pattern[str]:
    # Compiled when the first word is asked for: it takes 8 ms, which the start of the program has not to give.
    return re.compile(
        f"[{_HAN}][{_MARKS}]*"  # an ideograph alone, as elsewhere; kana in runs
        f"|[{_HIRAGANA}][{_HIRAGANA}{_MARKS}]*|[{_KATAKANA}][{_KATAKANA}{_MARKS}]*"
        f"|{_LETTER}+(?:(?:[’'·\u2019]|(?<=\\d)[.,](?=\\d)|(?<=[A-Za-z])\\.(?=[A-Za-z])){_LETTER}+)*"
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
    for word in words_in(text, _safe_start(text, start, position), position + 1):
        if word[0] <= position <= word[1]:
            found = word
    return found


def next_word_end(text: str, position: int) -> int:
    """Return the end of the first word that ends after the position; the text's length when there is none."""
    match = _word().search(text, _safe_start(text, 0, position))
    while match is not None and match.end() <= position:
        match = _word().search(text, match.end())
    return match.end() if match else len(text)


def next_word_start(text: str, position: int) -> int:
    """Return the start of the first word that begins after the position; the text's length when there is none."""
    match = _word().search(text, _safe_start(text, 0, position))
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
        start = _safe_start(text, 0, end - 1)
        edges = [word[edge] for word in words_in(text, start, end) if word[edge] < position]
        if edges:
            return edges[-1]
        end = start
    return 0


def _safe_start(text: str, first: int, position: int) -> int:
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
    start = max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1
    match = _LINE_END.search(text, position)
    return start, max(start, match.start() if match else len(text))


def _window(text: str, position: int) -> Range:
    start, end = paragraph_at(text, position)
    return max(start, position - _WINDOW), min(end, position + _WINDOW)


def sentence_at(text: str, position: int) -> Range:
    """Return the sentence that the position stands in, without the blanks around it."""
    start, end = _window(text, position)
    starts = [start + offset for offset in sentence_starts(text[start:end])]
    number = max(bisect_right(starts, position) - 1, 0)
    last = starts[number + 1] if number + 1 < len(starts) else end
    return _trimmed(text, starts[number], last)


def quotations_around(text: str, start: int, end: int) -> list[Range]:
    """Return the quotations of the paragraph, marks included, that hold ``[start, end)``, the innermost first."""
    low, high = _window(text, start)
    around = [(a, b) for a, b in _quotations(text, low, high) if a <= start and end <= b]
    return sorted(around, key=lambda found: found[1] - found[0])


def _quotations(text: str, low: int, high: int) -> Iterator[Range]:
    opened: list[tuple[str, int]] = []
    for position in range(low, high):
        character = text[position]
        if character not in '"“”‘’«»„‚‹›「」『』':
            continue
        match = _closes(text, opened, position, character)
        if match is not None:
            yield opened[match][1], position + 1
            del opened[match:]
        elif character == '"' or (character in _PAIRS and not _is_apostrophe(text, position, character)):
            opened.append((character, position))


def _closes(text: str, opened: list[tuple[str, int]], position: int, character: str) -> int | None:
    if _is_apostrophe(text, position, character):
        return None
    for number in range(len(opened) - 1, -1, -1):
        mark = opened[number][0]
        if (mark == '"' and character == '"') or (mark != '"' and character in _PAIRS[mark]):
            return number
    return None


def _is_apostrophe(text: str, position: int, character: str) -> bool:
    after = text[position + 1 : position + 2]
    return character in "’‘" and position > 0 and text[position - 1].isalnum() and after.isalnum()


def _trimmed(text: str, start: int, end: int) -> Range:
    part = text[start:end]
    left = start + len(part) - len(part.lstrip())
    return (left, left + len(part.strip())) if part.strip() else (start, end)


def expanded(text: str, start: int, end: int) -> Range:
    """Return the next larger unit around ``[start, end)``: word, quotation, sentence, paragraph, whole text.

    A quotation may be larger than a sentence or smaller; the smallest unit that is larger than the range is taken.
    """
    low, high = paragraph_at(text, start)
    units = [_trimmed(text, low, high), (low, high), (0, len(text)), sentence_at(text, start)]
    units += quotations_around(text, start, end)
    if (word := word_at(text, start)) is not None:
        units.append(word)
    larger = [(b - a, a, b) for a, b in units if a <= start and end <= b and b - a > end - start]
    if not larger:
        return start, end
    _, first, last = min(larger)
    return first, last


def moved(text: str, fragments: Fragments, edge: str, direction: int, unit: str) -> Fragments:
    """Return the fragments with the span's outer edge moved by a step, or the same where it cannot move.

    `edge` is "start" or "end", `direction` -1 (left) or 1 (right), `unit` "word" or "character" (a grapheme).
    A fragment never gets empty, and the edge never leaves its fragment's side.
    """
    start, end = fragments[0] if edge == "start" else fragments[-1]
    target = _target(text, start if edge == "start" else end, edge, direction, unit)
    changed = (target, end) if edge == "start" else (start, target)
    if changed[0] >= changed[1]:
        return fragments
    rest = fragments[1:] if edge == "start" else fragments[:-1]
    return joined((*rest, changed))


def _target(text: str, position: int, edge: str, direction: int, unit: str) -> int:
    if unit == "character":
        step = graphemes.next_boundary if direction > 0 else graphemes.previous_boundary
        return step(text, position)
    if edge == "end":
        return next_word_end(text, position) if direction > 0 else previous_word_end(text, position)
    if direction < 0:
        return previous_word_start(text, position)
    return next_word_start(text, position)
