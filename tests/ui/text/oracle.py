"""Where characters stand on the screen, without the program's own code: plain QTextLayout, naive UTF-16 counts."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt, QTextBoundaryFinder
from PySide6.QtGui import QFont, QTextLayout, QTextLine, QTextOption

FAMILY = "DejaVu Serif"
TOP, PARAGRAPH_GAP, BLANK_LINE, WIDTH = 12, 12, 12, 420
"""The look in logical pixels: above the first line, between paragraphs, an empty line, the column of these tests."""

ATOMS = (
    *("the", "harbour", "said", "strike,", "“no”", "Mr.", "3.5", "a", "I", "Ødegård", "can’t"),
    *("😀", "👨‍👩‍👧", "👍🏽", "🇰🇷", "❤️", "🏗"),
    *("e\u0301tude", "n\u0303o", "a\u0323\u0302"),
    *("مرحبا", "بالعالم", "قال", "نص"),
    *("中文字", "港口工人", "罷工"),
    *("\ufeff", "\u00a0", "x\u00a0y", "\u2028", "a\u2028b"),
)
LINE_ENDS = ("\n", "\r\n", "\r", "\n\n", "\r\n\r\n")
# What is drawn for a character that Qt would take for something else; one for one, as the look says.
DRAWN = {"\u2028": "↵", "\ufeff": "\u2060"}


def random_text(chance: random.Random) -> str:
    """Return a text of up to some hundred characters, with everything that has ever moved an offset."""
    parts: list[str] = ["\ufeff"] if chance.random() < 0.1 else []
    for _ in range(chance.randrange(3, 45)):
        parts.append(chance.choice(ATOMS))
        parts.append(chance.choice(LINE_ENDS) if chance.random() < 0.08 else chance.choice((" ", " ", " ", "")))
    return "".join(parts)


def utf16(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True)
class Place:
    """A place for a caret: code points of the text, pixels of the page with the column's left edge at 0."""

    position: int
    point: QPointF


def places(text: str, pixels: int, spacing: float = 0.0) -> list[Place]:
    """Return the places between characters that a pointer can hit, with where to press for each."""
    font = QFont()
    font.setFamilies([FAMILY])
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    joined = QFont(font)
    joined.setWordSpacing(3.5 * spacing)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    font.setWordSpacing(2.5 * spacing)
    leading = round(pixels * 39 / 17)
    y, start, found = float(TOP), 0, []
    for paragraph, ending in _paragraphs(text):
        drawn = "".join(DRAWN.get(character, character) for character in paragraph)
        arabic = any(unicodedata.bidirectional(character) == "AL" for character in drawn)
        layout = QTextLayout(drawn, joined if arabic else font)
        rtl = _first_letter_is_arabic(drawn)
        option = QTextOption(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if rtl:
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        layout.setTextOption(option)
        layout.beginLayout()
        lines: list[QTextLine] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(WIDTH)
            lines.append(line)
        layout.endLayout()
        bounds = _graphemes(drawn)
        for line in lines:
            for position in range(len(drawn) + 1):
                unit = utf16(drawn[:position])
                last = line is lines[-1]
                inside = line.textStart() <= unit < line.textStart() + line.textLength()
                if (inside or (last and unit == utf16(drawn))) and unit in bounds:
                    x = line.cursorToX(unit)[0]
                    # Only where the plain layout itself answers with this place: at the border of two directions
                    # one pixel stands for two places, and characters without a width share theirs.
                    if line.xToCursor(x) == unit:
                        found.append(
                            Place(start + position, QPointF(x, y + (leading / 3 if paragraph else BLANK_LINE / 2)))
                        )
            y += leading if paragraph else BLANK_LINE
        y += PARAGRAPH_GAP if paragraph else 0
        start += len(paragraph) + len(ending)
    return found


def _paragraphs(text: str) -> list[tuple[str, str]]:
    result, rest = [], text
    while True:
        cuts = [rest.index(mark) for mark in "\r\n" if mark in rest]
        if not cuts:
            return [*result, (rest, "")]
        cut = min(cuts)
        ending = "\r\n" if rest[cut : cut + 2] == "\r\n" else rest[cut]
        result.append((rest[:cut], ending))
        rest = rest[cut + len(ending) :]


def _first_letter_is_arabic(text: str) -> bool:
    kinds = [unicodedata.bidirectional(character) for character in text]  # a flag's halves count as Latin letters
    return next((kind for kind in kinds if kind in ("L", "AL")), "L") == "AL"


def _graphemes(text: str) -> set[int]:
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    found = {0}
    while (position := finder.toNextBoundary()) >= 0:
        found.add(position)
    return found
