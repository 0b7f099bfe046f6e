"""How labels look in the text: colours, and tags drawn once and kept."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from annotator.domain.scheme import Label
from annotator.domain.span import Span
from annotator.ui.text.held import LEFT_OUT, SUGGESTED
from annotator.ui.text.typography import BAR
from annotator.ui.theme import CONTRAST, UNKNOWN_LABEL, SpanColours, Theme, span_colours

_TAG_HEIGHT = 12.0
_PADDING = 4.0
_AFTER = {"unsure": " ?", SUGGESTED: " ?", LEFT_OUT: " ×"}
"""What a tag says of a span's state."""
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
        self._tags: dict[tuple[str, str, float], QPixmap] = {}

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
        key = (span.label, span.state, ratio)
        found = self._tags.get(key)
        if found is None:
            found = self._tags[key] = self._drawn(span, ratio)
        return found

    def bar_of(self, span: Span) -> QColor:
        """Return the colour of the span's bar."""
        return QColor(self.theme.text3) if span.state == LEFT_OUT else self.colours(span.label).bar

    def tag_width(self, span: Span) -> float:
        """Return how wide the span's tag is."""
        return round(self._metrics.horizontalAdvance(self._tag_words(span)) + 2 * _PADDING)

    def _tag_words(self, span: Span) -> str:
        name = self._metrics.elidedText(self.name(span.label), Qt.TextElideMode.ElideRight, _WIDEST_TAG)
        return name + _AFTER.get(span.state, "")

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
        bar, box = self.bar_of(span), QRectF(at.x(), at.y(), self.tag_width(span), _TAG_HEIGHT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if span.state in (SUGGESTED, LEFT_OUT):
            painter.setPen(QPen(bar, 1))
            painter.setBrush(QColor(self.theme.page))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
            # On the page and not on the bar: the bar's own colour may be too faint for small letters.
            painter.setPen(QColor(self.theme.text2))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(bar)
            painter.drawRoundedRect(box, 2, 2)
            painter.fillRect(QRectF(box.left(), box.top(), box.width(), 3), bar)
            painter.setPen(self.colours(span.label).tag_text)
        painter.setFont(self._font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._tag_words(span))
        painter.restore()
