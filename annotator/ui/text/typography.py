"""Sizes of the article's text: one frozen value that everything that lays out or paints is given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontMetricsF

READING_FAMILIES = (
    "Source Serif 4", "Source Serif Pro", "Charter", "Noto Serif", "Georgia", "DejaVu Serif", "serif",
)  # fmt: skip

CLEAR_FAMILIES = ("Atkinson Hyperlegible", "Lexend", "Verdana", "DejaVu Sans", "sans-serif")

MONO_FAMILIES = ("Noto Sans Mono", "DejaVu Sans Mono", "monospace")

MARGIN = 14
"""Width of the strip beside the text, in which the whole article is seen."""
BAR = 3.0
TAG_HEIGHT = 12.0
LANE_STEP = 13.0
LONGEST_TAG, SHORTEST_TAG = 180.0, 16.0
"""Width of a tag at most, and where the next one of its lane is very near."""
THIN_BAR = 2.0
THIN_STEP = 4.0
TAGGED_LANES = 6
"""With more lanes in a paragraph the bars get thin and lose their tags."""
MOST_LANES = 12
"""Lanes beyond are not drawn but counted at the end of the line."""
LINK_ROOM = 9.0
"""Under the lanes of a line in which a linked span begins, whether its links are drawn or not: then no text moves."""
PARAGRAPH_GAP = 12.0
BLANK_LINE = 12.0
"""Height of an empty line, which has no gap below: texts mark their paragraphs by one or by two line ends."""
_BOX = 1.3
LEADING = 39 / 17
"""Distance of lines with one lane, as a share of the font's size."""
MEASURE = 592 / 17
"""Width of the column with its 74 letters, as a share of the font's size."""

WORD_SPACING = 3.5
"""What more there is between words than between letters, as the British Dyslexia Association advises."""


def bar_top(lane: int, box: float, step: float, thickness: float) -> float:
    """Return where the bar of a lane begins, from the top of the text box, in logical pixels; above it: negative."""
    return box + 1 + lane * step if lane >= 0 else (lane + 1) * step - thickness


class Reading(NamedTuple):
    """How somebody wants to read: what `typography` is made from, and no font, so that any thread may have it."""

    families: tuple[str, ...] = READING_FAMILIES
    size: float = 17
    leading: float | None = None
    width: float | None = None
    spacing: float = 0.0


class Typography(NamedTuple):
    """Logical pixels. A line is a text box, then lanes; `leading` holds the box and one lane."""

    font: QFont
    joined_font: QFont
    """For paragraphs in scripts whose letters join: what stands between letters would tear words apart."""
    tag_font: QFont
    width: float
    leading: float
    box: float
    baseline: float
    """From the top of the box to the line on which the letters stand."""
    letter: float
    """Mean width of a letter, for guessing heights of paragraphs that were never laid out."""

    def of_width(self, width: float) -> Typography:
        """Return the same sizes for a narrower or wider column."""
        return self._replace(width=width)


def typography(
    families: Sequence[str] = READING_FAMILIES,
    size: float = 17,
    leading: float | None = None,
    width: float | None = None,
    spacing: float = 0.0,
) -> Typography:
    """Return the sizes for a font of `size` pixels; leading and width follow the size where they are not given.

    `spacing` is put between letters, and WORD_SPACING of it between words.
    """
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(round(size))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    joined = QFont(font)
    if spacing:
        joined.setWordSpacing(WORD_SPACING * spacing)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
        font.setWordSpacing((WORD_SPACING - 1) * spacing)
    metrics = QFontMetricsF(font)
    box = float(round(size * _BOX))
    tag_font = QFont()
    tag_font.setPixelSize(10)
    tag_font.setWeight(QFont.Weight.DemiBold)
    return Typography(
        font=font,
        joined_font=joined,
        tag_font=tag_font,
        width=float(round(width if width is not None else size * MEASURE)),
        leading=max(float(round(leading if leading is not None else size * LEADING)), box + 1 + LANE_STEP),
        box=box,
        baseline=round((box - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()),
        letter=metrics.averageCharWidth() + spacing,
    )
