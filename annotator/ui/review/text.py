"""The text with the spans of several readings: shown, pointed at, and edited only while one sets a place oneself."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.sidelanes import Whose
from annotator.ui.review.parts import InText
from annotator.ui.text.view import ArticleView


class ReviewText(ArticleView):
    """`picked(id)` of the span that was clicked. Keys go to the page, but while the hand is let in (`set_free`)."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._free = False
        self.read_only = True

    @property
    def free(self) -> bool:
        """Whether the hand may select and edit."""
        return self._free

    def set_free(self, free: bool) -> None:
        """Let the hand select and edit, or only look."""
        self._free = free
        self.read_only = not free
        if not free:
            self.leave_span()

    def show_readings(self, found: InText) -> None:
        """Show other spans of the same text; what stays as it is, is not laid out again."""
        before, held = self._whose or Whose(), self._held
        touched = [span for span in held.all() if found.spans.get(span.id) != span]
        for span in touched:
            held.drop(span.id)
        for id, span in found.spans.items():
            if held.get(id) is None:
                held.put(span)
                touched.append(span)
            elif _told(id, before) != _told(id, found.whose):
                touched.append(span)
        self._whose = self._looks.whose = self._page.whose = found.whose
        self._decorate_again(touched)
        self.viewport().update()

    def set_whose(self, whose: Whose | None) -> None:
        """Hold the spans of several readings apart; None shows them as one's own."""
        self._whose = self._looks.whose = self._page.whose = whose
        self._decorate_all()
        self.viewport().update()

    def frame(self, places: Iterable[tuple[int, int]]) -> None:
        """Draw a ring round the words to be decided on: ``[start, end)`` in order, none over another."""
        self._frames = tuple(places)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._free:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._free:
            super().mousePressEvent(event)
            return
        span, _on_bar = self.hit(event.position().toPoint())
        if span is not None:
            self.picked.emit(span.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._free:
            super().mouseDoubleClickEvent(event)


def _told(id: str, whose: Whose) -> tuple[int | None, bool, str | None]:
    """Return what the text shows of a span (its id) beside the span itself."""
    return whose.side_of.get(id), id in whose.agreed, whose.words.get(id)
