"""How labels look in the text: colours, and tags drawn once and kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from annotator.domain.scheme import Label
from annotator.domain.span import Span
from annotator.ui.text.held import LEFT_OUT, SUGGESTED
from annotator.ui.text.typography import BAR, LONGEST_TAG, TAG_HEIGHT
from annotator.ui.theme import CONTRAST, UNKNOWN_LABEL, SpanColours, Theme, dimmed, pale, span_colours

if TYPE_CHECKING:
    from annotator.domain.sidelanes import Whose

_PADDING = 4.0
_AFTER = {"unsure": " ?", SUGGESTED: " ?", LEFT_OUT: " ×"}
"""What a tag says of a span's state."""
UNMADE = (SUGGESTED, LEFT_OUT)
"""States of spans that nobody made yet."""
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
        self.whose: Whose | None = None
        """Whose the spans are, where several readings are shown."""
        self._labels = labels
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._colours: dict[str, SpanColours] = {}
        self._plain: dict[str, SpanColours] = {}
        self._pale: dict[str, SpanColours] = {}
        self._widths: dict[tuple[str, str], int] = {}
        self._tags: dict[tuple[str, str, float, int, bool], QPixmap] = {}

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
            found = self._undimmed(label)
            if label in self.dimmed:
                found = dimmed(self.theme, found)
            self._colours[label] = found
        return found

    def pale(self, label: str) -> SpanColours:
        """Return the colours of a label's spans where all readings have them."""
        found = self._pale.get(label)
        if found is None:
            found = self._pale[label] = pale(self.theme, self._undimmed(label))
        return found

    def is_agreed(self, span: Span) -> bool:
        """Whether the span is shown as one that all readings have."""
        return self.whose is not None and span.id in self.whose.agreed

    def _undimmed(self, label: str) -> SpanColours:
        found = self._plain.get(label)
        if found is None:
            known = self._labels.get(label, UNKNOWN_LABEL)
            found = self._plain[label] = span_colours(self.theme, known.light, known.dark)
        return found

    def is_quiet(self, label: str) -> bool:
        """Whether the words under the label are drawn a shade quieter."""
        return label in _QUIET

    def is_dimmed(self, span: Span) -> bool:
        """Whether the span stands back with its label; one that nobody made yet never does."""
        return span.label in self.dimmed and span.state not in UNMADE

    def bar_of(self, span: Span) -> QColor:
        """Return the colour of the span's bar."""
        if self.is_agreed(span):
            return self.pale(span.label).bar
        return self.colours(span.label).bar if self.is_dimmed(span) else self._whole_bar(span)

    def _whole_bar(self, span: Span) -> QColor:
        return QColor(self.theme.text3) if span.state == LEFT_OUT else self._undimmed(span.label).bar

    # ---- tags

    def tag(self, span: Span, ratio: float, room: float = LONGEST_TAG, standing: bool = False) -> QPixmap:
        """Return the tag that hangs from the span's bar, for a device pixel ratio; its name is elided to the room.

        `standing`: it stands on the bar, as above the line.
        """
        width = self.tag_width(span, room)
        key = (span.label, self._said(span), ratio, width, standing)
        found = self._tags.get(key)
        if found is None:
            found = self._tags[key] = self._drawn(span, ratio, width, standing)
        return found

    def _said(self, span: Span) -> str:
        """Return what tells the span's tag from others of its label: its state, or words of its own."""
        return span.state if self.whose is None else self.whose.words.get(span.id, span.state)

    def _name_on_tag(self, span: Span) -> str:
        name = self.name(span.label)
        return name if self.whose is None else self.whose.words.get(span.id, name)

    def tag_width(self, span: Span, room: float = LONGEST_TAG) -> int:
        """Return how wide the span's tag is where there is so much room."""
        return int(min(self._whole_width(span), room))

    def _whole_width(self, span: Span) -> int:
        said = self._said(span)
        whole = self._widths.get((span.label, said))
        if whole is None:
            words = self._name_on_tag(span) + _AFTER.get(span.state, "")
            whole = round(self._metrics.horizontalAdvance(words) + 2 * _PADDING)
            self._widths[span.label, said] = whole
        return whole

    def _tag_words(self, span: Span, width: float) -> str:
        name, after = self._name_on_tag(span), _AFTER.get(span.state, "")
        return name + after if width >= self._whole_width(span) else self._fitted(name, after, width)

    def _fitted(self, name: str, after: str, width: float) -> str:
        """Return as much of a name as there is room for; its first letter rather than nothing but an ellipsis."""
        room = width - 2 * _PADDING - self._metrics.horizontalAdvance(after)
        elided = self._metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        return elided + after if len(elided) > 1 else name[:1]

    def _drawn(self, span: Span, ratio: float, width: int, standing: bool) -> QPixmap:
        pixmap = QPixmap(round(width * ratio), round(TAG_HEIGHT * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(Qt.GlobalColor.transparent))
        with QPainter(pixmap) as painter:
            self.draw_tag(painter, QPointF(0, 0), span, width, standing)
        return pixmap

    def draw_tag(
        self, painter: QPainter, at: QPointF, span: Span, room: float = LONGEST_TAG, standing: bool = False
    ) -> None:
        """Draw the span's tag as shapes and letters: on paper, which a picture of it would make coarse."""
        # Also of a label that stands back: where such a tag is drawn at all, it is to be read.
        bar, box = self._whole_bar(span), QRectF(at.x(), at.y(), self.tag_width(span, room), TAG_HEIGHT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if span.state in UNMADE:
            painter.setPen(QPen(bar, 1))
            painter.setBrush(QColor(self.theme.page))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
            # On the page and not on the bar: the bar's own colour may be too faint for small letters.
            painter.setPen(QColor(self.theme.text2))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(bar)
            painter.drawRoundedRect(box, 2, 2)
            edge = box.bottom() - 3 if standing else box.top()
            painter.fillRect(QRectF(box.left(), edge, box.width(), 3), bar)
            painter.setPen(self._undimmed(span.label).tag_text)
        painter.setFont(self._font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._tag_words(span, box.width()))
        painter.restore()
