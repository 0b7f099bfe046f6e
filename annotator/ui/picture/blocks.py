"""What a picture of an article is made of: headline, legend, paragraphs, the list of spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from annotator.domain.scheme import Label
from annotator.formats.depicted import Depicted, Entry, Parts, Row, counted, labels_of, legend, plain, rows
from annotator.i18n import _
from annotator.ui.picture.flow import Block
from annotator.ui.text.context import PaintContext
from annotator.ui.text.held import HeldSpans
from annotator.ui.text.layouts import ParagraphLayout
from annotator.ui.text.looks import Looks
from annotator.ui.text.page import Shown
from annotator.ui.text.painter import paint
from annotator.ui.text.paragraphs import Paragraphs
from annotator.ui.text.typography import PARAGRAPH_GAP, READING_FAMILIES, Reading, Typography, typography
from annotator.ui.theme import LIGHT

_INSET = 0.01
"""So much less than a line is asked for, that its neighbours are not drawn for a rounding of their edges."""
_SWATCH = QRectF(0, 0, 16, 14)
_LONGEST_NAME = 60
_CELL = 6.0
"""Above and below the words of a row of the list."""


class Style:
    """Fonts and colours of one picture; made in the thread that draws it, since Qt's fonts are for one thread."""

    def __init__(
        self,
        depicted: Depicted,
        reading: Reading,
        families: Sequence[str],
        *,
        tags: bool = True,
        ligatures: bool = True,
    ) -> None:
        self._ligatures = ligatures
        self.type: Typography = typography(*reading)
        self._plain(self.type.font)
        self._plain(self.type.joined_font)
        self.looks = Looks(LIGHT, labels_of(depicted), self.type.tag_font)
        self.theme = LIGHT
        self.tags = tags
        self._families = list(families)
        self._scale = reading.size / 17

    def px(self, size: float) -> float:
        """Return a length of the design beside the size in which the article is read."""
        return float(round(size * self._scale))

    def sans(self, size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the window's font."""
        return self._font(QFont(self._families), size, weight)

    def serif(self, size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the font for headlines and quoted words."""
        return self._font(QFont(list(READING_FAMILIES)), size, weight)

    def _font(self, font: QFont, size: float, weight: QFont.Weight) -> QFont:
        font.setPixelSize(round(size * self._scale))
        font.setWeight(weight)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        self._plain(font)
        return font

    def _plain(self, font: QFont) -> None:
        # Out of a PDF a letter that is one with the next cannot be copied, and a search does not find its word.
        if not self._ligatures:
            font.setFeature(QFont.Tag("liga"), 0)


class ParagraphBlock:
    """A paragraph of the article, as the window shows it."""

    keep = 0.0
    above = None

    def __init__(self, layout: ParagraphLayout, style: Style) -> None:
        self._layout = layout
        self._style = style
        self.heights = [line.height for line in layout.lines]
        self.gap = PARAGRAPH_GAP if layout.text else 0.0
        self.done = layout.end

    def draw(self, painter: QPainter, left: float, top: float, first: int, last: int) -> None:
        """See `Block`."""
        origin = top - self._layout.lines[first].top
        bottom = top + sum(self.heights[first:last])
        style = self._style
        context = PaintContext(
            style.looks, style.type, left, top + _INSET, bottom - _INSET, 1.0, tags=style.tags, paper=True
        )
        paint(painter, [Shown(origin, self._layout)], context)


class Cell:
    """Words in a column of a block, wrapped."""

    def __init__(
        self, words: str, font: QFont, colour: str, left: float, width: float, *, strong: int = 0, end: bool = False
    ) -> None:
        self.left = left
        self._colour = colour
        self._layout = QTextLayout(words, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setAlignment(Qt.AlignmentFlag.AlignRight if end else Qt.AlignmentFlag.AlignLeft)
        self._layout.setTextOption(option)
        if strong:
            self._layout.setFormats([_strong(strong, font)])
        self.lines: list[QTextLine] = []
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            self.lines.append(line)
        self._layout.endLayout()
        for line in self.lines:
            line.setPosition(QPointF(0, 0))

    def draw(self, painter: QPainter, left: float, baseline: float, number: int) -> None:
        """Draw a line with its letters standing at a height."""
        line = self.lines[number]
        painter.setPen(QColor(self._colour))
        line.draw(painter, QPointF(left + self.left, baseline - line.ascent()))


def _strong(length: int, font: QFont) -> QTextLayout.FormatRange:
    result = QTextLayout.FormatRange()
    result.start, result.length = 0, length
    format = QTextCharFormat()
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    format.setFont(bold)
    format.setForeground(QColor(LIGHT.text))
    result.format = format
    return result


class WordsBlock:
    """One or more columns of wrapped words, line beside line."""

    def __init__(
        self, cells: Sequence[Cell], leading: float, *, padding: float = 0.0, gap: float = 0.0, keep: float = 0.0,
        rule: float = 0.0, swatch: tuple[float, QColor, QColor] | None = None, done: int = 0,
        above: Block | None = None,
    ) -> None:  # fmt: skip
        self._cells, self._leading, self._padding = cells, leading, padding
        self._rule, self._swatch = rule, swatch
        count = max((len(cell.lines) for cell in cells), default=0)
        self.heights = [leading] * count
        if count:
            self.heights[0] += padding
            self.heights[-1] += padding
        self.gap, self.keep, self.done, self.above = gap, keep, done, above

    def draw(self, painter: QPainter, left: float, top: float, first: int, last: int) -> None:
        """See `Block`."""
        y = top
        for number in range(first, last):
            box = y + (self._padding if number == 0 else 0.0)
            baseline = round(box + self._leading * 0.7)
            for cell in self._cells:
                if number < len(cell.lines):
                    cell.draw(painter, left, baseline, number)
            if number == 0 and self._swatch is not None:
                _swatch(painter, QPointF(left + self._swatch[0], baseline - 11), *self._swatch[1:])
            y += self.heights[number]
        if self._rule and last == len(self.heights):
            painter.fillRect(QRectF(left, y - 1, self._rule, 1), QColor(LIGHT.line))


def _swatch(painter: QPainter, at: QPointF, fill: QColor, bar: QColor) -> None:
    box = _SWATCH.translated(at)
    painter.fillRect(box, fill)
    painter.fillRect(QRectF(box.left(), box.bottom() - 3, box.width(), 3), bar)


class _Chip(NamedTuple):
    entry: Entry
    words: Cell
    left: float
    row: int


class LegendBlock:
    """Labels with their colours and numbers of spans, in as many rows as they need."""

    keep = 0.0
    above = None
    done = 0

    def __init__(self, entries: Sequence[Entry], style: Style) -> None:
        self._style = style
        self._chips: list[_Chip] = []
        self._leading = style.px(24)
        self.gap = style.px(8)
        font, width = style.sans(13), style.type.width
        metrics = QFontMetricsF(font)
        left, row = 0.0, 0
        for entry in entries:
            words = f"{plain(entry.label.name)}  {entry.spans:,}"
            words = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, width - 24)
            need = 24 + metrics.horizontalAdvance(words)
            if left and left + need > width:
                left, row = 0.0, row + 1
            self._chips.append(_Chip(entry, Cell(words, font, style.theme.text, 24, width), left, row))
            left += need + style.px(20)
        self.heights = [self._leading] * (row + 1)

    def draw(self, painter: QPainter, left: float, top: float, first: int, last: int) -> None:
        """See `Block`."""
        for entry, words, at, row in self._chips:
            if first <= row < last:
                baseline = round(top + (row - first) * self._leading + self._leading * 0.7)
                colours = self._style.looks.colours(entry.label.id)
                _swatch(painter, QPointF(left + at, baseline - 11), colours.fill, colours.bar)
                words.draw(painter, left + at, baseline, 0)


class _Rule:
    """A line between what is said of the article and its text."""

    keep = 0.0
    above = None
    done = 0

    def __init__(self, width: float) -> None:
        self._width = width
        self.heights = [1.0]
        self.gap = 16.0

    def draw(self, painter: QPainter, left: float, top: float, first: int, last: int) -> None:
        """See `Block`."""
        painter.fillRect(QRectF(left, top, self._width, 1), QColor(LIGHT.line))


def blocks(depicted: Depicted, parts: Parts, style: Style) -> Iterator[Block]:
    """Yield what stands on the picture; each is laid out only when it is asked for."""
    yield from _above(depicted, parts, style)
    yield from _paragraphs(depicted, style)
    if parts.table and depicted.spans:
        yield from _table(depicted, style)


def _above(depicted: Depicted, parts: Parts, style: Style) -> Iterator[Block]:
    if parts.heading:
        yield from _heading(depicted, style)
    with_legend = parts.legend and bool(depicted.spans)
    if with_legend:
        yield LegendBlock(legend(depicted), style)
    if parts.heading or with_legend:
        yield _Rule(style.type.width)


def _heading(depicted: Depicted, style: Style) -> Iterator[Block]:
    width = style.type.width
    title = plain(depicted.title) or _("Without a title")
    cell = Cell(title, style.serif(26, QFont.Weight.DemiBold), style.theme.text, 0, width)
    yield WordsBlock([cell], style.px(32), gap=style.px(6))
    outlet, about = plain(depicted.outlet), plain(depicted.about)
    words = "  ·  ".join(filter(None, (outlet, about)))
    if words:
        strong = len(outlet.encode("utf-16-le")) // 2
        line = Cell(words, style.sans(12), style.theme.text2, 0, width, strong=strong)
        yield WordsBlock([line], style.px(20), gap=style.px(8))


def _paragraphs(depicted: Depicted, style: Style) -> Iterator[Block]:
    text, held = depicted.text, HeldSpans(depicted.spans, len(depicted.text))
    pieces = Paragraphs(text)
    for index in range(len(pieces)):
        start, end = pieces.bounds(index)
        layout = ParagraphLayout(text[start:end], start, style.type)
        layout.decorate(held.index.hulls(start, end) if end > start else [])
        yield ParagraphBlock(layout, style)


def _table(depicted: Depicted, style: Style) -> Iterator[Block]:
    done = len(depicted.text)
    table = _Table(style, done, noted=any(span.note.strip() for span in depicted.spans))
    px, theme, width = style.px, style.theme, style.type.width
    caption = Cell(counted(depicted), style.sans(16, QFont.Weight.DemiBold), theme.text, 0, width)
    # Neither the caption nor the heads stand at the foot of a page without a row.
    first = next(rows(depicted))
    keep = min(px(240), sum(table.row(_words(first), first.label).heights) + 1)
    head = table.head((_("Number"), _("Label"), _("Words"), _("Note")), keep=keep)
    yield WordsBlock([caption], px(24), padding=px(10), keep=keep + sum(head.heights), done=done)
    yield head
    for item in rows(depicted):
        yield table.row(_words(item), item.label, head)


def _words(row: Row) -> tuple[str, str, str, str]:
    return f"{row.number:,}", row.name, row.words, row.note


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


class _Table:
    """Columns of the list of spans: number, label, words, and notes where there are any."""

    def __init__(self, style: Style, done: int, *, noted: bool) -> None:
        px = style.px
        self._style, self._done = style, done
        number, label, note = px(80), px(124), px(140) if noted else 0.0
        words = style.type.width - number - label - note
        self._swatch = number
        self._lefts = (0.0, number + 24, number + label, number + label + words)
        self._widths = (number - 16, label - 40, words - (16 if noted else 0), note)
        self._strong = style.sans(12, QFont.Weight.DemiBold)
        self._fonts = (style.sans(13), style.sans(13), style.serif(14), style.sans(13))

    def head(self, heads: Sequence[str], *, keep: float) -> WordsBlock:
        """Return the row of headings."""
        return self._made(heads, [self._strong] * 4, [self._style.theme.text2] * 4, keep=keep)

    def row(self, words: Sequence[str], label: Label, head: Block | None = None) -> WordsBlock:
        """Return the row of a span; with room wanted below it, it is on one page unless it is higher than that."""
        theme, colours = self._style.theme, self._style.looks.colours(label.id)
        swatch = self._swatch, colours.fill, colours.bar
        words = [words[0], _cut(words[1]), *words[2:]]
        ink = (theme.text2, theme.text, theme.text, theme.text)
        return self._made(words, self._fonts, ink, keep=1.0, swatch=swatch, above=head)

    def _made(
        self, words: Sequence[str], fonts: Sequence[QFont], colours: Sequence[str], *, keep: float = 0.0,
        swatch: tuple[float, QColor, QColor] | None = None, above: Block | None = None,
    ) -> WordsBlock:  # fmt: skip
        columns = zip(words, fonts, colours, self._lefts, self._widths, strict=True)
        cells = [
            Cell(text, font, colour, left, width, end=left == 0)
            for text, font, colour, left, width in columns
            if width > 0
        ]
        style = self._style
        return WordsBlock(
            cells, style.px(20), padding=_CELL, rule=style.type.width, keep=keep, swatch=swatch, done=self._done,
            above=above,
        )  # fmt: skip
