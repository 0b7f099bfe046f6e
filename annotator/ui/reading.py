"""How large the text is read."""

from __future__ import annotations

from annotator.ui.look import Look
from annotator.ui.text.view import ArticleView

SMALLEST, USUAL, LARGEST = 14, 17, 24


class Reading:
    """The size of the article's text, a point of the scale at a time."""

    def __init__(self, view: ArticleView, look: Look) -> None:
        self._view = view
        self._look = look
        self._size = USUAL
        self._apply()

    def resize(self, by: int) -> None:
        """Make the text larger or smaller, within bounds."""
        self._size = max(SMALLEST, min(LARGEST, self._size + by))
        self._apply()

    def _apply(self) -> None:
        self._view.set_reading(size=self._look.px(self._size))
