"""The text with the spans of several readings: shown, pointed at, and edited only while one sets a place oneself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.sidelanes import Whose
from annotator.domain.span import Span
from annotator.ui.text.view import ArticleView


class ReviewText(ArticleView):
    """`picked(id)` of the span that was clicked. Keys go to the page, but while the hand is let in (`set_free`)."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._free = False
        self.read_only = True
        # It fills itself: else all that lies under it would be painted with every key.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

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

    def follow(self, spans: Mapping[str, Span], touched: Iterable[Span]) -> None:
        """Show other spans of the same text; `touched` are those that came, went or are shown otherwise now."""
        held, again = self._held, []
        for span in touched:
            before, now = held.drop(span.id), spans.get(span.id)
            again += [it for it in (before, now) if it is not None]
            if now is not None:
                held.put(now)
        self._decorate_again(again)
        self.viewport().update()

    def show_readings(self, text: str, spans: Iterable[Span], whose: Whose) -> None:
        """Show a text with the spans of several readings, which are held apart."""
        self._whose = self._looks.whose = whose
        self.show_article(text, spans)

    def frame(self, places: Iterable[tuple[int, int]]) -> None:
        """Draw a ring round the words to be decided on: ``[start, end)`` in order, none over another."""
        self._frames = tuple(places)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), QColor(self._looks.theme.page))
        super().paintEvent(event)

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
