"""How the article's text is read: font, size, distance of lines, width of the column."""

from __future__ import annotations

from annotator.settings import BY_NAME
from annotator.ui.look import Look
from annotator.ui.preferences import Preferences
from annotator.ui.text.typography import READING_FAMILIES
from annotator.ui.text.view import ArticleView

_LEADING = 39 / 17
_LETTER = 592 / 17 / 74
"""Width of a letter of the reading font, as a share of its size."""
_MONO = ("Noto Sans Mono", "DejaVu Sans Mono", "monospace")


class Reading:
    """Keeps the text as the settings say."""

    def __init__(self, view: ArticleView, look: Look, preferences: Preferences) -> None:
        self._view = view
        self._look = look
        self._preferences = preferences
        preferences.changed.connect(self._follow)
        self._apply()

    def resize(self, by: int) -> None:
        """Make the text larger or smaller, within bounds."""
        size = BY_NAME["size"]
        self._preferences.choose(
            "size", max(size.least, min(size.most, self._preferences.settings.number("size") + by))
        )

    def _follow(self, setting: str) -> None:
        if BY_NAME[setting].group == "Reading":
            self._apply()

    def _apply(self) -> None:
        chosen = self._preferences.settings
        size = self._look.px(chosen.number("size"))
        families = {"sans": self._look.families, "mono": _MONO}.get(str(chosen["font"]), READING_FAMILIES)
        leading = size * _LEADING * chosen.number("leading") / 100
        self._view.set_reading(families, size, leading, size * _LETTER * chosen.number("width"))
