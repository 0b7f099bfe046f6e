"""The article as a tall page: which paragraphs lie where, laid out only where somebody looks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from annotator.domain import graphemes
from annotator.domain.heights import Heights
from annotator.domain.span import Span
from annotator.ui.text.held import HeldSpans
from annotator.ui.text.layouts import ParagraphLayout
from annotator.ui.text.paragraphs import Paragraphs
from annotator.ui.text.typography import BLANK_LINE, PARAGRAPH_GAP, Typography

if TYPE_CHECKING:
    from annotator.domain.sidelanes import Whose

_KEPT = 300
_LINE_ENDS = 200
"""Line ends in a row that are looked at; a span's edge stands behind so many in no text."""
_FILLED = 1.05
"""How much more text a line takes than its width in mean letters says."""


class Shown(NamedTuple):
    """A paragraph and the height at which it begins."""

    top: float
    layout: ParagraphLayout


class Spot(NamedTuple):
    """Where a caret stands, in pixels of the page; `height` is that of the text box."""

    x: float
    y: float
    height: float


class Page:
    """Text and spans in pixels: y from the top of the page, x from the left of the column."""

    def __init__(
        self,
        text: str,
        held: HeldSpans,
        type: Typography,
        linked: Container[str] = frozenset(),
        whose: Whose | None = None,
    ) -> None:
        self.text = text
        self.held = held
        self.linked = linked
        """Ids of the spans whose lines keep room for links."""
        self.whose = whose
        """Whose the spans are, where several readings are shown."""
        self.type = type
        self._paragraphs = Paragraphs(text)
        self._kept: OrderedDict[int, ParagraphLayout] = OrderedDict()
        letters = max(type.width / type.letter * _FILLED, 1)
        self._heights = Heights(
            BLANK_LINE if length == 1 else type.leading * (1 + int(length / letters)) + PARAGRAPH_GAP
            for length in self._paragraphs.lengths()
        )

    @property
    def height(self) -> float:
        """Height of the whole page; exact for what was seen, a guess for the rest."""
        return self._heights.total

    def paragraph(self, position: int) -> tuple[int, int]:
        """Return start and end of the paragraph that the position stands in (code points), its line end left out."""
        return self._paragraphs.bounds(self._paragraphs.index_of(position))

    def _paragraph(self, index: int) -> ParagraphLayout:
        kept = self._kept.get(index)
        if kept is not None:
            self._kept.move_to_end(index)
            return kept
        start, end = self._paragraphs.bounds(index)
        layout = ParagraphLayout(self.text[start:end], start, self.type, self._around(start, end))
        self._decorate(index, layout)
        self._kept[index] = layout
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return layout

    def _around(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of a paragraph with the line ends before and after it."""
        before, after = self.text[max(0, start - _LINE_ENDS) : start], self.text[end : end + _LINE_ENDS]
        low = start - len(before) + len(before.rstrip("\r\n"))
        return low, end + len(after) - len(after.lstrip("\r\n"))

    def _decorate(self, index: int, layout: ParagraphLayout) -> float:
        hulls = self.held.hulls(layout.start, layout.end) if layout.end > layout.start else []
        layout.decorate(hulls, self.linked, self.whose)
        return self._heights.set(index, layout.height)

    def touched(self, spans: Iterable[Span], top: float) -> float:
        """Decorate again what is laid out under spans; return by how much the page grew above the height `top`."""
        indices: set[int] = set()
        for span in spans:
            first, last = self._paragraphs.index_of(span.start), self._paragraphs.index_of(span.end - 1)
            if last - first < len(self._kept):
                indices.update(index for index in range(first, last + 1) if index in self._kept)
            else:
                indices.update(index for index in self._kept if first <= index <= last)
        return self._redecorated(indices, top)

    def all_touched(self, top: float) -> float:
        """Decorate again all that is laid out; return by how much the page grew above the height `top`."""
        return self._redecorated(set(self._kept), top)

    def _redecorated(self, indices: set[int], top: float) -> float:
        # Which lie above is asked first: what is decorated moves what comes after it.
        above = {index for index in indices if self._heights.above(index + 1) <= top}
        grown = {index: self._decorate(index, self._kept[index]) for index in indices}
        return sum(grown[index] for index in above)

    def between(self, top: float, bottom: float) -> Iterator[Shown]:
        """Yield the paragraphs that lie between two heights, laid out; the first one stays where it is."""
        index, y = self._heights.at(top)
        while index < len(self._paragraphs) and y < bottom:
            layout = self._paragraph(index)
            yield Shown(y, layout)
            y += layout.height
            index += 1

    def at(self, y: float) -> Shown:
        """Return the paragraph at a height; above all the first, below all the last."""
        index, top = self._heights.at(max(y, 0.0))
        return Shown(top, self._paragraph(index))

    def of(self, position: int) -> Shown:
        """Return the paragraph that a caret at the position (code points) stands in."""
        index = self._paragraphs.index_of(position)
        layout = self._paragraph(index)
        return Shown(self._heights.above(index), layout)

    # ---- places

    def line_at(self, y: float) -> tuple[int, int]:
        """Return where the line at a height begins and where it ends, in code points."""
        top, layout = self.at(y)
        line = layout.lines[layout.line_at(y - top)]
        to_code_point = layout.offsets.to_code_point
        return layout.start + to_code_point(line.start), layout.start + to_code_point(line.end)

    def position_at(self, x: float, y: float) -> int:
        """Return the place for a caret nearest to a point, in code points."""
        top, layout = self.at(y)
        return graphemes.floor(self.text, layout.position_in(layout.line_at(y - top), x))

    def spot(self, position: int) -> Spot:
        """Return where a caret at the position (code points) stands."""
        top, layout = self.of(position)
        position = min(position, layout.end)
        line = layout.lines[layout.line_of(position)]
        return Spot(layout.x_of(position), top + line.top, min(self.type.box, line.height))

    def line_bounds(self, position: int) -> tuple[int, int]:
        """Return the first and the last place for a caret in the line of the position, in code points."""
        _, layout = self.of(position)
        return layout.line_bounds(layout.line_of(min(position, layout.end)))

    def beside(self, position: int, lines: int, x: float) -> int | None:
        """Return the place at `x` some lines below (or above, if negative), None beyond the page."""
        _, layout = self.of(position)
        number = layout.line_of(min(position, layout.end)) + lines
        while number < 0 or number >= len(layout.lines):
            index = self._paragraphs.index_of(layout.start) + (-1 if number < 0 else 1)
            if not 0 <= index < len(self._paragraphs):
                return None
            if number >= len(layout.lines):
                number -= len(layout.lines)
                layout = self._paragraph(index)
            else:
                layout = self._paragraph(index)
                number += len(layout.lines)
        first, last = layout.line_bounds(number)
        return graphemes.floor(self.text, min(max(layout.position_in(number, x), first), last))

    def runs_right_to_left(self, position: int) -> bool:
        """Whether the paragraph of the position runs from right to left."""
        return self.of(position).layout.right_to_left
