"""The part of the view that lays out, scrolls and paints; it knows places, not what a hand does there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.domain.links import Links
from annotator.domain.scheme import Label
from annotator.domain.span import Span
from annotator.ui.text.context import PaintContext
from annotator.ui.text.focus import Focus
from annotator.ui.text.held import HeldSpans
from annotator.ui.text.looks import Looks
from annotator.ui.text.page import Page, Shown
from annotator.ui.text.painter import paint
from annotator.ui.text.selection import Selection
from annotator.ui.text.trunks import ALL, FOCUSED, PARAGRAPH, trunks
from annotator.ui.text.typography import READING_FAMILIES, Typography, typography
from annotator.ui.theme import LIGHT, Theme

if TYPE_CHECKING:
    from annotator.domain.sidelanes import Whose
    from annotator.ui.text.arrows import Trunk

_MARGIN = 40
_TOP, _BOTTOM = 12, 40
_SCROLL_LINES = 2


class Canvas(QAbstractScrollArea):
    """A text with its spans in a centred column, one QTextLayout for each paragraph that was lately on the screen."""

    paint_failed = Signal(object)
    """What went wrong in painting; told once for each article."""
    spans_changed = Signal()
    """Other spans, labels or colours are shown: whoever draws them elsewhere looks again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Ours and not Qt's: to name the type of a widget it did not make, PySide makes ready every class it has.
        surface = QWidget()
        self.setViewport(surface)
        surface.setBackgroundRole(QPalette.ColorRole.Base)
        self.read_only = False
        self._type: Typography = typography()
        self._width = self._type.width
        self._labels: dict[str, Label] = {}
        self._dimmed: frozenset[str] = frozenset()
        self._hidden: frozenset[str] = frozenset()
        self._looks = Looks(LIGHT, self._labels, self._type.tag_font)
        self._selection = Selection()
        self._hovered = ""
        self._marks: tuple[tuple[int, int], ...] = ()
        self._present = ""
        self._whose: Whose | None = None
        self._frames: tuple[tuple[int, int], ...] = ()
        self._links = Links()
        self._links_of = FOCUSED
        self._stubs: list[tuple[QRectF, Span]] = []
        self._failed = False
        self._settling = False
        self._hold(HeldSpans(), "")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.set_theme(LIGHT)

    def _hold(self, held: HeldSpans, text: str) -> None:
        """Lay out another text, from its top."""
        self._held = held
        self._focus = Focus(held)
        self._selection = Selection()
        self._marks = ()
        self._frames = ()
        self._present = ""
        self._links = Links()
        self._failed = False
        self._fit_column()
        self._page = Page(text, held, self._type, whose=self._whose)
        self.verticalScrollBar().setValue(0)
        self._settle()
        self.viewport().update()
        self.spans_changed.emit()

    # ---- how it looks

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._looks = Looks(theme, self._labels, self._type.tag_font, self._dimmed)
        self._looks.whose = self._whose
        palette = self.viewport().palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, theme.page)
        self.viewport().setPalette(palette)
        self.viewport().setAutoFillBackground(True)
        self.viewport().update()
        self.spans_changed.emit()

    def set_labels(self, labels: Mapping[str, Label]) -> None:
        """Take names and colours of labels by id; spans of other labels are shown by id, in grey."""
        self._labels = dict(labels)
        self.set_theme(self._looks.theme)

    def set_shown(self, dimmed: frozenset[str], hidden: frozenset[str]) -> None:
        """Let the spans of some labels (by id) stand back, and hide those of others; what is read stays in place."""
        if (dimmed, hidden) == (self._dimmed, self._hidden):
            return
        again = hidden != self._hidden
        self._dimmed, self._hidden = dimmed, hidden
        if again:
            self._held.hide(hidden)
            self._hovered = ""
            self._decorate_all()
        self.set_theme(self._looks.theme)

    def set_links(self, links: Links) -> None:
        """Draw what ties the focused span to others; until another text is shown."""
        if not (links or self._links):
            return
        self._links = self._page.linked = links
        self._decorate_all()
        self.viewport().update()

    def show_links(self, which: str) -> None:
        """Draw the links of the focused span only, or also those of its paragraph or the screen (one of WHICH)."""
        self._links_of = which
        self.viewport().update()

    def mark(self, places: Iterable[tuple[int, int]]) -> None:
        """Frame what was found: ``[start, end)`` in order, none over another; until another text is shown."""
        self._marks = tuple(places)
        self.viewport().update()

    def suggest(self, spans: Iterable[Span], present: str = "") -> None:
        """Show spans that nobody made yet (states of `held`), a ring round the present one; until another text comes.

        They are neither focused nor stepped to, and `spans` does not know them.
        """
        self._present = present
        self._decorate_again(self._held.suggest(spans))
        self.viewport().update()

    def set_reading(
        self,
        families: Sequence[str] = READING_FAMILIES,
        size: float = 17,
        leading: float | None = None,
        width: float | None = None,
        spacing: float = 0.0,
    ) -> None:
        """Set font families, size, leading, width of the column and what more there is between letters.

        All in logical pixels; None follows the size.
        """
        self._type = typography(families, size, leading, width, spacing)
        self._width = self._type.width
        self._lay_out()

    @property
    def links_shown(self) -> str:
        """Whose links are drawn, one of WHICH."""
        return self._links_of

    @property
    def text(self) -> str:
        """The text shown, exactly as it was given."""
        return self._page.text

    @property
    def caret(self) -> int:
        """Where the caret stands."""
        return self._selection.caret

    @property
    def selection(self) -> tuple[int, int] | None:
        """The selected ``[start, end)``, or None."""
        return self._selection.range

    @property
    def focused(self) -> Span | None:
        """The focused span; while words are selected, the one focused last."""
        return self._focus.span

    def spans(self) -> list[Span]:
        """Return the spans shown, in reading order."""
        return self._held.all()

    @property
    def span_count(self) -> int:
        """How many spans are shown."""
        return len(self._held)

    def span(self, id: str) -> Span | None:
        """Return a span shown, or None."""
        return self._held.get(id)

    def spans_within(self, start: int, end: int) -> list[Span]:
        """Return the spans that share a code point with ``[start, end)``, in no order."""
        return self._held.index.query(start, end)

    @property
    def theme(self) -> Theme:
        """The colours it is shown in."""
        return self._looks.theme

    @property
    def labels(self) -> Mapping[str, Label]:
        """The labels by id, in the order of the scheme."""
        return self._labels

    def label_name(self, label: str) -> str:
        """Return what a label (by id) is called on the screen."""
        return self._looks.name(label)

    def bar_colour(self, label: str) -> QColor:
        """Return the colour of the bars of a label (by id)."""
        return self._looks.colours(label).bar

    # ---- places

    def column(self) -> tuple[int, int]:
        """Return left edge and width of the text's column, in pixels of the viewport."""
        width = round(self._type.width)
        # In the middle of the whole, so that a scroll bar that comes or goes moves no text.
        return max(min((self.width() - width) // 2, self.viewport().width() - width), 0), width

    def position_at(self, point: QPoint) -> int:
        """Return the place for a caret nearest to a point of the viewport."""
        on_page = self._on_page(QPointF(point))
        return self._page.position_at(on_page.x(), on_page.y())

    def caret_rect(self, position: int) -> QRect:
        """Return where a caret at the position stands, in pixels of the viewport; it may lie outside."""
        spot = self._page.spot(position)
        y = spot.y + _TOP - self.verticalScrollBar().value()
        return QRect(round(self.column()[0] + spot.x), round(y), 2, round(spot.height))

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that the range can be seen, its start at least; no farther than needed."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        # What comes between may turn out higher than was guessed: look again, with all of it laid out.
        for _ in range(4):
            first, last = self._page.spot(start), self._page.spot(end)
            top, bottom = first.y, last.y + self._type.leading + _TOP
            value = bar.value()
            if top < value or bottom - top > height:
                value = round(top)
            elif bottom > value + height:
                value = round(bottom - height)
            if abs(top - bar.value()) > 2 * height:
                value = round(top - height / 3)
            self._settle()
            if value == bar.value():
                return
            bar.setValue(value)
            self._visible()

    def seen(self) -> tuple[int, int]:
        """Return from where to where the text on the screen goes, in code points, by whole lines."""
        top = self.verticalScrollBar().value() - _TOP
        return self._page.line_at(top)[0], self._page.line_at(top + self.viewport().height())[1]

    def centre(self, position: int) -> None:
        """Scroll so that the place stands in the middle, as far as the text allows."""
        bar, middle = self.verticalScrollBar(), self.viewport().height() / 2
        # Laid out, what lies between may be higher than was guessed.
        for _ in range(3):
            value = round(self._page.spot(position).y + _TOP - middle)
            self._settle()
            bar.setValue(value)
            self._visible()

    def _on_page(self, point: QPointF) -> QPointF:
        return QPointF(point.x() - self.column()[0], point.y() + self.verticalScrollBar().value() - _TOP)

    def _visible(self) -> list[Shown]:
        top = self.verticalScrollBar().value() - _TOP
        return list(self._page.between(top, top + self.viewport().height()))

    # ---- layout and scrolling

    def _fit_column(self) -> bool:
        """Narrow the column to the viewport; return whether its width changed."""
        width = min(self._width, max(self.viewport().width() - 2 * _MARGIN, 120))
        if width == self._type.width:
            return False
        self._type = self._type.of_width(width)
        return True

    def _lay_out(self) -> None:
        """Lay out everything anew; what stood at the top stays there."""
        value = self.verticalScrollBar().value()
        # The room above the first line belongs to no line: as far up as that it stays as it is.
        first = self._page.line_at(value - _TOP)[0] if value > _TOP else None
        within = value - _TOP - self._page.spot(first).y if first is not None else 0.0
        self._fit_column()
        self._page = Page(self.text, self._held, self._type, self._links, self._whose)
        self._settle()
        if first is not None:
            self.verticalScrollBar().setValue(round(self._page.spot(first).y + within) + _TOP)
        self.viewport().update()

    def _decorate_all(self) -> None:
        """Decorate again all that is laid out; what is read stays where it is on the screen."""
        bar = self.verticalScrollBar()
        grown = self._page.all_touched(bar.value() - _TOP)
        self._settle()
        bar.setValue(bar.value() + round(grown))

    def _decorate_again(self, touched: Iterable[Span]) -> None:
        """Follow spans that came, went or changed; what is read stays where it is on the screen."""
        bar = self.verticalScrollBar()
        top = bar.value() - _TOP
        grown = self._page.touched(touched, top)
        self._settle()
        if round(grown):
            bar.setValue(bar.value() + round(grown))

    def _settle(self) -> None:
        """Let the scroll bar know the height of the page, as far as it is known."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        self._settling = True
        bar.setRange(0, max(0, round(self._page.height) + _TOP + _BOTTOM - height))
        bar.setPageStep(height)
        bar.setSingleStep(round(self._type.leading * _SCROLL_LINES))
        self._settling = False

    def _scrolled(self) -> None:
        if not self._settling:
            self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._width) + 2 * _MARGIN, 600)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fit_column():
            self._lay_out()
        else:
            self._settle()

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        # An exception that leaves a paintEvent ends in a crash of the process.
        painter = QPainter(self.viewport())
        try:
            self._paint(painter, event.rect())
        except Exception as error:  # whatever it is, the program goes on
            if not self._failed:
                self._failed = True
                self.paint_failed.emit(error)
        finally:
            painter.end()

    def _lit(self) -> frozenset[str]:
        """Return the spans (by id) that are in a group with the focused one or the one under the pointer."""
        focused = self.focused
        together = self._links.together(focused.id) if focused is not None else frozenset()
        return together | self._links.together(self._hovered)

    def _trunks(self) -> tuple[Trunk, ...]:
        if not self._links:
            return ()
        within = self.seen() if self._links_of == ALL else None
        if self._links_of == PARAGRAPH:
            within = self._page.paragraph(self.caret)
        return trunks(self._held, self._links, within, self.focused)

    def _paint(self, painter: QPainter, rect: QRect) -> None:
        offset = _TOP - self.verticalScrollBar().value()
        shown = [Shown(top + offset, layout) for top, layout in self._visible()]
        focused = self.focused
        context = PaintContext(
            looks=self._looks,
            type=self._type,
            left=self.column()[0],
            top=rect.top(),
            bottom=rect.bottom() + 1,
            ratio=self.devicePixelRatioF(),
            selection=self.selection,
            caret=self.caret if self.hasFocus() and self.text else None,
            focused=self._present or (focused.id if focused is not None else None),
            height=self.viewport().height(),
            hovered=self._hovered,
            lit=self._lit(),
            trunks=self._trunks(),
            article=self.text,
            handles=not self.read_only and not self._present,
            marks=self._marks,
            frames=self._frames,
        )
        self._stubs = paint(painter, shown, context)
        if round(self._page.height) + _TOP + _BOTTOM - self.viewport().height() != self.verticalScrollBar().maximum():
            self._settle()
