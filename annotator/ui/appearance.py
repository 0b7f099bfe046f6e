"""What the settings say of the looks: the theme; the font, size, distance of lines and width of the article's text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontDatabase

from annotator import assets
from annotator.settings import BY_NAME
from annotator.ui.look import Look
from annotator.ui.preferences import Preferences
from annotator.ui.text.typography import (
    CLEAR_FAMILIES,
    LEADING,
    MEASURE,
    MONO_FAMILIES,
    READING_FAMILIES,
    WORD_SPACING,
    Reading,
)
from annotator.ui.text.view import ArticleView

_LETTER = MEASURE / 74
"""Width of a letter of the reading font, as a share of its size."""


class Appearance:
    """Keeps theme and text as the settings say."""

    def __init__(self, view: ArticleView, look: Look, preferences: Preferences) -> None:
        self._view = view
        self._look = look
        self._preferences = preferences
        self._has_clear_font = False
        preferences.changed.connect(self._follow)
        self.reading = Reading()
        """How the article is read, in a column of the width that was chosen."""
        look.wish(str(preferences.settings["theme"]))
        self._apply()

    def resize(self, by: int) -> None:
        """Make the text larger or smaller, within bounds."""
        size = BY_NAME["size"]
        self._preferences.choose(
            "size", max(size.least, min(size.most, self._preferences.settings.number("size") + by))
        )

    def _follow(self, setting: str) -> None:
        if setting == "theme":
            self._look.wish(str(self._preferences.settings["theme"]))
        elif BY_NAME[setting].group == "Reading":
            self._apply()

    def _apply(self) -> None:
        chosen = self._preferences.settings
        size = self._look.px(chosen.number("size"))
        font = str(chosen["font"])
        if font == "clear" and not self._has_clear_font:
            # Only now: every start would wait for it. Where it fails the next family is taken.
            self._has_clear_font = True
            QFontDatabase.addApplicationFont(str(assets.clear_font()))
        families: Sequence[str] = {
            "sans": self._look.families, "mono": MONO_FAMILIES, "clear": CLEAR_FAMILIES,
        }.get(font, READING_FAMILIES)  # fmt: skip
        leading = size * LEADING * chosen.number("leading") / 100
        spacing = size * chosen.number("spacing") / 100
        # A word of five letters and its blank: the column holds as many letters as without.
        between = spacing * (5 + WORD_SPACING) / 6
        width = (size * _LETTER + between) * chosen.number("width")
        self.reading = Reading(tuple(families), size, leading, width, spacing)
        self._view.set_reading(*self.reading)
