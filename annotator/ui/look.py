"""The look of the window: which theme is on, type sizes by role, and telling when the system changes its mind."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator import assets
from annotator.ui.style import stylesheet
from annotator.ui.text.typography import MONO_FAMILIES, READING_FAMILIES
from annotator.ui.theme import DARK, LIGHT, THEMES, Theme, palette

ARGUMENTS = ("-style", "fusion")
"""For the QApplication: our stylesheet is made for Fusion. Set by `setStyle` it would cost every start 8 ms."""

_DESIGNED_AT = 13  # the size in pixels that the type scale of the design is written for


class Look(QObject):
    """Palette, stylesheet and fonts of the application, after the wish of the user or the system's colour scheme.

    `ANNOTATOR_THEME=light|dark|contrast` in the environment wins; pictures of the program are made with it.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        system = app.font()
        self._scale = max(1.0, QFontInfo(system).pixelSize() / _DESIGNED_AT)
        self._family = system.families() or [system.family()]
        self._wish, self._applied = "", False
        self._fonts: dict[tuple[int, QFont.Weight], QFont] = {}
        _add_fonts(tuple(assets.fonts()))
        self.theme: Theme = LIGHT
        app.setFont(self.sans(13))
        self._apply()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)

    @property
    def families(self) -> list[str]:
        """The system's font families for windows."""
        return self._family

    def wish(self, theme: str) -> None:
        """Take light, dark or contrast; anything else follows the system."""
        if theme != self._wish:
            self._wish = theme
            self._apply()

    def sans(self, size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the system's font at `size` of the design's scale; who changes it makes a copy first."""
        font = self._fonts.get((size, weight))
        if font is None:
            font = self._fonts[size, weight] = QFont(self._family)
            font.setPixelSize(self.px(size))
            font.setWeight(weight)
        return font

    def serif(self, size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the reading font at `size` of the design's scale."""
        font = QFont(list(READING_FAMILIES))
        font.setStyleHint(QFont.StyleHint.Serif)
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        return font

    def mono(self, size: int) -> QFont:
        """Return a font whose letters are equally wide, for what programs read."""
        font = QFont(list(MONO_FAMILIES))
        font.setPixelSize(self.px(size))
        return font

    def px(self, size: float) -> int:
        """Return a length of the design in this system's logical pixels: larger where its font is larger."""
        return round(size * self._scale)

    def _apply(self) -> None:
        theme = _wanted(self._wish)
        if theme is self.theme and self._applied:
            return
        self._applied, self.theme = True, theme
        self._app.setPalette(palette(self.theme))
        if (sheet := stylesheet(self.theme, self.px)) != self._app.styleSheet():
            self._app.setStyleSheet(sheet)
        self.changed.emit()


@cache
def _add_fonts(fonts: tuple[Path, ...]) -> None:
    """Add fonts, each once: with every one added Qt forgets all fonts and letters that it has at hand."""
    for font in fonts:
        # Half a millisecond; the article looks the same on every computer. Where it fails the next family is taken.
        QFontDatabase.addApplicationFont(str(font))


def _wanted(wish: str) -> Theme:
    named = THEMES.get(os.environ.get("ANNOTATOR_THEME", "")) or THEMES.get(wish)
    if named is not None:
        return named
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return DARK if dark else LIGHT
