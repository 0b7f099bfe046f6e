"""The one place that turns code points into UTF-16 units or UTF-8 bytes, and back."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Protocol

from annotator.domain.errors import BadSpan
from annotator.i18n import _

UNITS = ("code-points", "utf-16", "utf-8")
"""The units an offset may be written in."""

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_BLOCK_BITS = 9
_BLOCK = 1 << _BLOCK_BITS


class OffsetMap(Protocol):
    """Offsets of one text in one unit. Both ways are O(log n) and count from 0 to the text's length in the unit."""

    length: int
    """Length of the text in the unit."""

    def from_code_point(self, position: int) -> int:
        """Return the offset in the unit of a position in code points (0 to the text's length)."""

    def to_code_point(self, offset: int) -> int:
        """Return the position in code points of an offset in the unit; inside a character, the character's start."""


class CodePointMap:
    """The map of the unit that we use ourselves: nothing changes."""

    __slots__ = ("length",)

    def __init__(self, text: str) -> None:
        self.length = len(text)

    def from_code_point(self, position: int) -> int:
        """Return the position."""
        return position

    def to_code_point(self, offset: int) -> int:
        """Return the offset."""
        return offset


class Utf16Map:
    """Code points and UTF-16 units (what Qt, JavaScript and Java count); a lone surrogate is one unit.

    Holds the positions of characters beyond U+FFFF only, so it is empty for most texts.
    """

    __slots__ = ("_astral", "_units", "length")

    def __init__(self, text: str) -> None:
        self._astral = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [position + before for before, position in enumerate(self._astral)]
        self.length = len(text) + len(self._astral)

    def from_code_point(self, position: int) -> int:
        """Return the offset in UTF-16 units of a position in code points."""
        return position + bisect_left(self._astral, position) if self._astral else position

    def to_code_point(self, offset: int) -> int:
        """Return the position of an offset in UTF-16 units; between the two of a pair, the pair's start."""
        if not self._units:
            return offset
        before = bisect_left(self._units, offset)
        if before and self._units[before - 1] == offset - 1:
            return self._astral[before - 1]
        return offset - before


class Utf8Map:
    """Code points and UTF-8 bytes; a lone surrogate counts the three bytes of its generalised form.

    Holds the byte offset of every 512th code point, so it is small for every script.
    """

    __slots__ = ("_ascii", "_blocks", "_text", "length")

    def __init__(self, text: str) -> None:
        self._text = text
        self._ascii = text.isascii()
        self._blocks = [0]
        if self._ascii:
            self.length = len(text)
            return
        total = 0
        for start in range(0, len(text), _BLOCK):
            total += len(_utf8(text[start : start + _BLOCK]))
            self._blocks.append(total)
        self.length = total

    def from_code_point(self, position: int) -> int:
        """Return the offset in bytes of a position in code points."""
        if self._ascii:
            return position
        block = position >> _BLOCK_BITS
        return self._blocks[block] + len(_utf8(self._text[block << _BLOCK_BITS : position]))

    def to_code_point(self, offset: int) -> int:
        """Return the position of an offset in bytes; inside a character, the character's start."""
        if self._ascii:
            return offset
        block = min(bisect_right(self._blocks, offset), len(self._blocks) - 1) - 1
        start = block << _BLOCK_BITS
        data = _utf8(self._text[start : start + _BLOCK])
        rest = offset - self._blocks[block]
        while 0 < rest < len(data) and data[rest] & 0xC0 == 0x80:
            rest -= 1
        return start + len(data[:rest].decode("utf-8", "surrogatepass"))


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def offset_map(text: str, unit: str) -> OffsetMap:
    """Return the map of a text for one of UNITS. Raises ValueError for another unit."""
    if unit == "code-points":
        return CodePointMap(text)
    if unit == "utf-16":
        return Utf16Map(text)
    if unit == "utf-8":
        return Utf8Map(text)
    raise ValueError(f"unknown unit of offsets: {unit!r}")


def exact_code_point(offsets: OffsetMap, offset: int) -> int:
    """Return the position in code points of an offset that must stand between two characters of the text.

    Raises BadSpan when it is outside the text or inside a character.
    """
    if not 0 <= offset <= offsets.length:
        raise BadSpan(_("The offset {offset} is outside the text.").format(offset=offset))
    position = offsets.to_code_point(offset)
    if offsets.from_code_point(position) != offset:
        raise BadSpan(_("The offset {offset} is inside a character.").format(offset=offset))
    return position
