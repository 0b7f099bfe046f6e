"""How labels look in the text: colours, and tags drawn once and kept."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from annotator.domain.scheme import Label
from annotator.domain.span import Span
from annotator.ui.text.typography import BAR
from annotator.ui.theme import CONTRAST, UNKNOWN_LABEL, SpanColours, Theme, span_colours

_TAG_HEIGHT = 12.0
_PADDING = 4.0
_WIDEST_TAG = 240.0
"""A longer name is cut: it would hide the tags beside it, and stand out of a page."""
_QUIET = frozenset(("boilerplate",))
"""Labels whose words the eye may skip: their text is a shade quieter."""


class Looks:
    """Colours and tags of a theme and a scheme; a label that the scheme does not know is named by its id."""

    def __init__(self, theme: Theme, labels: Mapping[str, Label], font: QFont) -> None:
        self.theme = theme
        self._labels = labels
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._colours: dict[str, SpanColours] = {}
        self._tags: dict[tuple[str, bool, float], QPixmap] = {}

    @property
    def bar(self) -> float:
        """How thick a bar is; thicker in high contrast, where no fill stands above it."""
        return BAR + 1 if self.theme is CONTRAST else BAR

    def name(self, label: str) -> str:
        """Return what a label is called on the screen."""
        known = self._labels.get(label)
        return known.name if known is not None else label

    def colours(self, label: str) -> SpanColours:
        """Return the colours of a label's spans."""
        found = self._colours.get(label)
        if found is None:
            known = self._labels.get(label, UNKNOWN_LABEL)
            found = self._colours[label] = span_colours(self.theme, known.light, known.dark)
        return found

    def is_quiet(self, label: str) -> bool:
        """Whether the words under the label are drawn a shade quieter."""
        return label in _QUIET

    def tag(self, span: Span, ratio: float) -> QPixmap:
        """Return the tag that hangs from the span's bar, for a device pixel ratio."""
        unsure = span.state == "unsure"
        key = (span.label, unsure, ratio)
        found = self._tags.get(key)
        if found is None:
            found = self._tags[key] = self._drawn(span, ratio)
        return found

    def tag_width(self, span: Span) -> float:
        """Return how wide the span's tag is."""
        return round(self._metrics.horizontalAdvance(self._tag_words(span)) + 2 * _PADDING)

    def _tag_words(self, span: Span) -> str:
        text = self.name(span.label) + (" ?" if span.state == "unsure" else "")
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, _WIDEST_TAG)

    def _drawn(self, span: Span, ratio: float) -> QPixmap:
        width = self.tag_width(span)
        pixmap = QPixmap(round(width * ratio), round(_TAG_HEIGHT * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(Qt.GlobalColor.transparent))
        with QPainter(pixmap) as painter:
            self.draw_tag(painter, QPointF(0, 0), span)
        return pixmap

    def draw_tag(self, painter: QPainter, at: QPointF, span: Span) -> None:
        """Draw the span's tag as shapes and letters: on paper, which a picture of it would make coarse."""
        colours, box = self.colours(span.label), QRectF(at.x(), at.y(), self.tag_width(span), _TAG_HEIGHT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.bar)
        painter.drawRoundedRect(box, 2, 2)
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), 3), colours.bar)
        painter.setPen(colours.tag_text)
        painter.setFont(self._font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._tag_words(span))
        painter.restore()
