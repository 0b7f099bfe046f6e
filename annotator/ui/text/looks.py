"""How labels look in the text: colours, and tags drawn once and kept."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from annotator.domain.scheme import Label
from annotator.domain.span import Span
from annotator.ui.text.typography import BAR, LONGEST_TAG
from annotator.ui.theme import CONTRAST, UNKNOWN_LABEL, SpanColours, Theme, dimmed, span_colours

_TAG_HEIGHT = 12.0
_PADDING = 4.0
_QUIET = frozenset(("boilerplate",))
"""Labels whose words the eye may skip: their text is a shade quieter."""


class Looks:
    """Colours and tags of a theme and a scheme; a label that the scheme does not know is named by its id."""

    def __init__(
        self, theme: Theme, labels: Mapping[str, Label], font: QFont, dimmed_labels: frozenset[str] = frozenset()
    ) -> None:
        self.theme = theme
        self.dimmed = dimmed_labels
        """Labels (by id) whose spans are a pale bar and nothing more, until they are focused or under the pointer."""
        self._labels = labels
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._colours: dict[str, SpanColours] = {}
        self._widths: dict[tuple[str, bool], int] = {}
        self._tags: dict[tuple[str, bool, float, int], QPixmap] = {}

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
            found = span_colours(self.theme, known.light, known.dark)
            if label in self.dimmed:
                found = dimmed(self.theme, found)
            self._colours[label] = found
        return found

    def is_quiet(self, label: str) -> bool:
        """Whether the words under the label are drawn a shade quieter."""
        return label in _QUIET

    def tag(self, span: Span, ratio: float, room: float = LONGEST_TAG) -> QPixmap:
        """Return the tag that hangs from the span's bar, for a device pixel ratio; its name is elided to the room."""
        unsure = span.state == "unsure"
        whole = self._widths.get((span.label, unsure))
        if whole is None:
            whole = self._widths[span.label, unsure] = self._width(self._words(span.label, unsure))
        width = int(min(whole, room))
        key = (span.label, unsure, ratio, width)
        found = self._tags.get(key)
        if found is None:
            text = self._words(span.label, unsure)
            text = self._fitted(text, width) if width < whole else text
            found = self._tags[key] = self._drawn(text, self.colours(span.label), ratio, width)
        return found

    def _words(self, label: str, unsure: bool) -> str:
        return self.name(label) + (" ?" if unsure else "")

    def _width(self, text: str) -> int:
        return round(self._metrics.horizontalAdvance(text) + 2 * _PADDING)

    def _fitted(self, text: str, width: int) -> str:
        """Return as much of a name as there is room for; its first letters rather than nothing but an ellipsis."""
        elided = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 2 * _PADDING)
        return elided if len(elided) > 1 else text[:1]

    def _drawn(self, text: str, colours: SpanColours, ratio: float, width: int) -> QPixmap:
        pixmap = QPixmap(round(width * ratio), round(_TAG_HEIGHT * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(Qt.GlobalColor.transparent))
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.bar)
            box = QRectF(0, 0, width, _TAG_HEIGHT)
            painter.drawRoundedRect(box, 2, 2)
            painter.fillRect(QRectF(0, 0, width, 3), colours.bar)
            painter.setPen(colours.tag_text)
            painter.setFont(self._font)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return pixmap
