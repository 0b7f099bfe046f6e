"""Where quotations stand: marks in pairs of all common languages, apostrophes told apart, over paragraphs too.

All positions are code points. A mark opens or closes by what stands beside it, never by counting, so that an inch mark
or a quotation that somebody forgot to close spoils nothing but itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple

Range = tuple[int, int]

_CLOSES: dict[str, str] = {
    '"': '"', "“": "”\"", "”": "”", "„": "“”‟\"", "‟": "”", "״": "״", "«": "»", "»": "«»", "‹": "›", "›": "‹›",
    "‘": "’", "’": "’", "‚": "‘’", "'": "'", "「": "」", "『": "』", "《": "》", "〈": "〉", "﹁": "﹂", "﹃": "﹄",
}  # fmt: skip
"""By what a mark is closed."""
_MARKS = frozenset("".join(_CLOSES) + "".join(_CLOSES.values()))
_EITHER_WAY = frozenset("\"'”’״»›")
"""Marks that both open and close in some language; they go on over a line end only where the next line opens anew."""
_BEFORE_OPENING = frozenset("([{<—–-/¿¡（［【") | frozenset("\"“„‟«‹‘‚'「『《〈:：，、")
_LINE_END = re.compile("\r\n|[\r\n]")
_FAR = 4_000
"""Code points within which a quotation that goes on in the next paragraph must be closed."""
_NEAR = 20_000
"""Code points before a place in which its quotation must have begun."""
# One of the (at most two) signs is of a script without blanks.
_WITHOUT_BLANKS = re.compile(".?[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef]")


class _Opened(NamedTuple):
    mark: str
    position: int


def quotations(text: str, low: int, high: int) -> list[Range]:
    """Return the quotations that begin and end in ``text[low:high]``, marks included, in the order of their ends.

    `low` should be the start of a paragraph.
    """
    return _Search(text, low, high).found


def around(text: str, start: int, end: int) -> list[Range]:
    """Return the quotations that hold ``[start, end)``, marks included, the innermost first."""
    low = max(start - _NEAR, 0)
    low = max(text.rfind("\n", 0, low + 1), text.rfind("\r", 0, low + 1)) + 1 if low else 0
    found = [(a, b) for a, b in quotations(text, low, min(len(text), end + _NEAR)) if a <= start and end <= b]
    return sorted(found, key=lambda place: place[1] - place[0])


class _Search:
    """One pass over a text with what is open at each place."""

    def __init__(self, text: str, low: int, high: int) -> None:
        self._text, self._high = text, high
        self._opened: list[_Opened] = []
        self.found: list[Range] = []
        position = low
        while position < high:
            character = text[position]
            if character in "\r\n":
                position = self._next_paragraph(position)
                continue
            if character in _MARKS:
                self._meet(position, character)
            position += 1

    def _meet(self, position: int, character: str) -> None:
        if self._is_inside_a_word(position, character):
            return
        number = self._closed_by(position, character)
        if number is not None:
            self.found.append((self._opened[number].position, position + 1))
            del self._opened[number:]
        elif character in _CLOSES and self._may_open(position, character):
            self._opened.append(_Opened(character, position))

    def _beside(self, position: int) -> tuple[str, str]:
        before = self._text[position - 1] if position else ""
        return before, self._text[position + 1 : position + 2]

    def _is_inside_a_word(self, position: int, character: str) -> bool:
        """Whether it is an apostrophe, a sign of abbreviation (צה״ל), or a straight mark that nobody can tell."""
        if character not in _EITHER_WAY and character != "‘":
            return False
        before, after = self._beside(position)
        return before.isalnum() and after.isalnum() and not _WITHOUT_BLANKS.match(before + after)

    def _closed_by(self, position: int, character: str) -> int | None:
        """Return the number of the open quotation that the mark closes, None where it closes none."""
        before, after = self._beside(position)
        for number in range(len(self._opened) - 1, -1, -1):
            mark = self._opened[number].mark
            if character not in _CLOSES[mark]:
                continue
            if character in _EITHER_WAY and mark == character and not _ends_words(before, after):
                continue
            if character in "'’" and self._is_possessive(position):
                continue
            return number
        return None

    def _is_possessive(self, position: int) -> bool:
        """Whether an apostrophe behind an s belongs to the word, there being a better mark further on."""
        before, after = self._beside(position)
        if before not in ("s", "S", "z", "x") or not after.isspace():
            return False
        end = _end_of_line(self._text, position)
        following = self._text[position + 1 : end]
        if not following.lstrip()[:1].isalpha():
            return False
        for match in re.finditer(r"['’‘]", following):
            place = position + 1 + match.start()
            left, right = self._beside(place)
            if left.isalnum() and right.isalnum():
                continue
            return not (left.isspace() or match.group() == "‘")
        return False

    def _may_open(self, position: int, character: str) -> bool:
        before, after = self._beside(position)
        if not after or (after.isspace() and character not in "«»"):
            return False
        if character in "“„‟«‹‚「『《〈﹁﹃":
            return True
        free = not before or before.isspace() or before in _BEFORE_OPENING or bool(_WITHOUT_BLANKS.match(before))
        if character == "‘":
            return free
        if character == "’":
            # Swedish and Finnish open with it inside ”…”; elsewhere it is the apostrophe of ’tis.
            return free and any(opened.mark == "”" for opened in self._opened)
        if character in "»›":
            return free and not after.isspace()
        return free

    def _next_paragraph(self, position: int) -> int:
        """Keep open what goes on in the next paragraph that has words; return where to read on."""
        text = self._text
        start = position
        while start < self._high and text[start].isspace():
            start += 1
        if start >= self._high or not self._opened:
            return start
        sign = text[start]
        spanish = sign == "»" and not text[start + 1 : start + 2].isspace()
        for number, opened in enumerate(self._opened):
            if sign == opened.mark or (opened.mark == "«" and spanish):
                del self._opened[number + 1 :]
                return start + 1
        self._opened = [opened for opened in self._opened if self._goes_on(opened.mark, start)]
        return start

    def _goes_on(self, mark: str, start: int) -> bool:
        """Whether a quotation that no mark takes up again is closed before another one like it begins."""
        if mark in _EITHER_WAY or mark == "‘":
            return False
        closing = _CLOSES[mark].replace('"', "")
        for character in self._text[start : min(start + _FAR, self._high)]:
            if character in closing:
                return True
            if character == mark:
                return False
        return False


def _ends_words(before: str, after: str) -> bool:
    """Whether what stands beside a mark that is the same at both ends shows that it closes."""
    return bool(before) and not before.isspace() and (not after.isalnum() or bool(_WITHOUT_BLANKS.match(after)))


def _end_of_line(text: str, position: int) -> int:
    match = _LINE_END.search(text, position)
    return match.start() if match else len(text)


def marks(found: list[Range]) -> list[int]:
    """Return the places of the marks of these quotations, sorted."""
    return sorted(place for start, end in found for place in (start, end - 1))
