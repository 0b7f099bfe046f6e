"""The text cut into the pieces that are laid out one by one; every character stays where it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import sub

from annotator.domain import graphemes

LONGEST = 8_000
"""A longer paragraph is cut for display, at a blank where there is one."""

_LINE_END = re.compile("\r\n|\r|\n")


class Paragraphs:
    """Starts of the pieces in code points. A line ends at CRLF, CR or LF, which belongs to the piece it ends."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        starts = [0]
        starts += [match.end() for match in _LINE_END.finditer(text)]
        self._starts = starts
        if max(self.lengths()) > LONGEST:
            self._starts = _cut(text, starts)

    def __len__(self) -> int:
        return len(self._starts)

    def index_of(self, position: int) -> int:
        """Return the index of the piece that the position (code points) stands in."""
        return bisect_right(self._starts, position) - 1

    def start(self, index: int) -> int:
        """Return where a piece begins."""
        return self._starts[index]

    def lengths(self) -> list[int]:
        """Return the lengths of all pieces in code points, line ends included."""
        starts = self._starts
        return list(map(sub, [*starts[1:], len(self._text)], starts))

    def bounds(self, index: int) -> tuple[int, int]:
        """Return start and end of a piece, its line end left out."""
        start = self._starts[index]
        if index + 1 == len(self._starts):
            return start, len(self._text)
        end = self._starts[index + 1]
        if self._text[end - 1] == "\n":
            end -= 1
            return start, end - 1 if end > start and self._text[end - 1] == "\r" else end
        return start, end - 1 if self._text[end - 1] == "\r" else end


def _cut(text: str, starts: list[int]) -> list[int]:
    result: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        at = start
        while end - at > LONGEST:
            result.append(at)
            blank = text.rfind(" ", at + LONGEST // 2, at + LONGEST)
            at = blank + 1 if blank >= 0 else graphemes.floor(text, at + LONGEST)
        result.append(at)
    return result
