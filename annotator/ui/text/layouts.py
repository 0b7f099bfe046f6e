"""One paragraph laid out: its lines, and where the pieces of spans stand in them. Shaped once, decorated often."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextLayout, QTextLine, QTextOption

from annotator.domain.display import display
from annotator.domain.intervals import lanes
from annotator.domain.offsets import Utf16Map
from annotator.domain.span import Span
from annotator.ui.text.runs import Run, first_direction, has_right_to_left, letters_join, visual_runs
from annotator.ui.text.typography import (
    BLANK_LINE,
    LANE_STEP,
    LINK_ROOM,
    LONGEST_TAG,
    MOST_LANES,
    PARAGRAPH_GAP,
    SHORTEST_TAG,
    TAGGED_LANES,
    THIN_STEP,
    Typography,
)  # fmt: skip

if TYPE_CHECKING:
    from annotator.domain.sidelanes import Whose

Hull = tuple[int, int, Span]

_BLANKS = " \t\u3000"


class Piece(NamedTuple):
    """What one line shows of a fragment, or (`joins`) of the gap between two fragments; x in logical pixels."""

    left: float
    right: float
    lane: int
    """Counted from the text: 0, 1, … below it, -1, -2, … above."""
    span: Span
    opens: bool
    """A fragment begins here, not a continuation from the line or paragraph above."""
    closes: bool
    tagged: bool
    joins: bool
    right_to_left: bool = False
    """How the words of the piece run: its tag and the handle of its start stand at its right end then."""
    room: float = 0.0
    """Of a tag: how wide it may be before it covers the next one of its lane."""


class _Part(NamedTuple):
    start: int
    end: int
    lane: int
    span: Span
    first: bool
    joins: bool
    opens: bool = False
    """The fragment begins in this paragraph."""
    closes: bool = False


class Line:
    """A line of a paragraph; offsets in UTF-16 units of the paragraph, `top` of its text from the paragraph's top."""

    __slots__ = ("above", "end", "height", "hidden", "ink_end", "link_room", "pieces", "start", "text_line", "top")

    def __init__(self, text_line: QTextLine, start: int, end: int, ink_end: int) -> None:
        self.text_line = text_line
        self.start = start
        self.end = end
        self.ink_end = ink_end
        """`end` without the blanks at which the line was broken."""
        self.top = 0.0
        self.height = 0.0
        self.above = 0.0
        """Room for lanes between the line before and `top`."""
        self.pieces: list[Piece] = []
        self.hidden = 0
        """Spans whose lanes are not drawn."""
        self.link_room = 0.0
        """Part of the height that belongs to links."""


class ParagraphLayout:
    """The lines of one paragraph of the article.

    `around` is where the paragraphs next to it that hold something end and begin: what begins or ends between begins
    or ends with this one.
    """

    __slots__ = (
        "_around",
        "_layout",
        "_right_to_left",
        "_two_ways",
        "_type",
        "end",
        "height",
        "lines",
        "offsets",
        "start",
        "tagged",
        "text",
    )

    def __init__(self, text: str, start: int, type: Typography, around: tuple[int, int] | None = None) -> None:
        self.text = display(text)
        self.start = start
        self.end = start + len(text)
        self._around = around or (start, self.end)
        self.offsets = Utf16Map(self.text)
        self.lines: list[Line] = []
        self.height = 0.0
        self.tagged = True
        self._type = type
        self._two_ways = has_right_to_left(self.text)
        self._right_to_left = self._two_ways and bool(first_direction(self.text))
        self._layout = QTextLayout(self.text, type.joined_font if letters_join(self.text) else type.font)
        self._shape()

    @property
    def layout(self) -> QTextLayout:
        """Qt's layout, for drawing; its text is a stand-in and must not be read back."""
        return self._layout

    @property
    def right_to_left(self) -> bool:
        """Whether the paragraph as a whole runs from right to left."""
        return self._right_to_left

    def _shape(self) -> None:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if self._right_to_left:
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            option.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(self._type.width)
            start = line.textStart()
            end = start + line.textLength()
            self.lines.append(Line(line, start, end, end))
        self._layout.endLayout()
        for line_ in self.lines[:-1]:
            position = self.offsets.to_code_point(line_.end)
            while line_.ink_end > line_.start and self.text[position - 1] in _BLANKS:
                position -= 1
                line_.ink_end -= 1

    # ---- decoration

    def decorate(self, hulls: list[Hull], linked: Container[str] = frozenset(), whose: Whose | None = None) -> None:
        """Set lanes, pieces and line heights for the spans whose hulls touch the paragraph; shapes nothing.

        Under a line in which a `linked` span (by id) begins there is room for its links. With `whose` the spans of
        several readings are held apart.
        """
        start, end = self.start, self.end
        within = [(max(a, start), min(b, end), span.id) for a, b, span in hulls]
        if whose is None:
            lane_of, count = lanes(within) if within else ({}, 0)
        else:
            from annotator.domain.sidelanes import side_lanes  # not before readings are compared

            lane_of, above, below = side_lanes(within, whose)
            count = max(above, below)
        self.tagged = count <= TAGGED_LANES
        parts = self._parts(hulls, lane_of)
        top = 0.0
        for line in self.lines:
            used = self._place(line, parts)
            if whose is not None:
                line.above = self._room_above(line)
                top += line.above
            line.top = top
            line.height = self._line_height(used) if self.text else BLANK_LINE
            line.link_room = LINK_ROOM if any(it.tagged and it.span.id in linked for it in line.pieces) else 0.0
            line.height += line.link_room
            y = top + self._type.baseline - line.text_line.ascent()
            line.text_line.setPosition(QPointF(0, y))
            top += line.height
        self.height = top + (PARAGRAPH_GAP if self.text else 0.0)

    def _room_above(self, line: Line) -> float:
        highest = min((piece.lane for piece in line.pieces), default=0)
        return max(-highest, 0) * (LANE_STEP if self.tagged else THIN_STEP)

    def _line_height(self, used: int) -> float:
        if self.tagged:
            return self._type.leading + max(used - 1, 0) * LANE_STEP
        return max(self._type.leading, self._type.box + 4 + min(used, MOST_LANES) * THIN_STEP)

    def _parts(self, hulls: list[Hull], lane_of: dict[str, int]) -> list[_Part]:
        to16, origin, end = self.offsets.from_code_point, self.start, self.end
        low, high = self._around
        parts: list[_Part] = []
        for _, _, span in hulls:
            lane, before = lane_of[span.id], -1
            for a, b in span.fragments:
                if before >= 0 and before < end and a > origin:
                    parts.append(
                        _Part(to16(max(before, origin) - origin), to16(min(a, end) - origin), lane, span, False, True)
                    )
                if a < end and b > origin:
                    first, last = to16(max(a, origin) - origin), to16(min(b, end) - origin)
                    opens = a >= low
                    parts.append(_Part(first, last, lane, span, before < 0 and opens, False, opens, b <= high))
                before = b
        parts.sort(key=lambda part: (part.start, -part.end))
        return parts

    def _place(self, line: Line, parts: list[_Part]) -> int:
        """Fill the line's pieces and return how many lanes it needs."""
        pieces: list[Piece] = []
        used = hidden = 0
        first, end = line.start, line.end
        for part in parts:
            if part.start >= end:
                break
            if part.end <= first:
                continue
            lane = part.lane
            if not self.tagged and not -MOST_LANES <= lane < MOST_LANES:
                hidden += not part.joins
                continue
            left, right = max(part.start, first), min(part.end, line.ink_end)
            if right <= left:
                continue
            used = max(used, lane + 1)
            runs = self.runs(line, left, right)
            last = len(runs) - 1
            backwards = self._two_ways and self._runs_backwards(left, right)
            for number, (x1, x2) in enumerate(runs):
                opens = part.opens and part.start >= first and number == 0
                closes = part.closes and part.end <= end and number == last
                tagged = part.first and opens
                pieces.append(Piece(x1, x2, lane, part.span, opens, closes, tagged, part.joins, backwards))
        line.pieces = self._give_room(pieces) if self.tagged else pieces
        line.hidden = hidden
        return used

    def _give_room(self, pieces: list[Piece]) -> list[Piece]:
        """Return the pieces with the room of their tags: up to the next tag of the lane, or the column's edge."""
        numbers = [number for number, piece in enumerate(pieces) if piece.tagged]
        for number in numbers:
            piece, room = pieces[number], LONGEST_TAG
            for other in (pieces[it] for it in numbers if pieces[it].lane == piece.lane):
                if other is not piece and other.right_to_left == piece.right_to_left:
                    distance = piece.right - other.right if piece.right_to_left else other.left - piece.left
                    room = min(room, distance - 1) if distance > 0 else room
            pieces[number] = piece._replace(room=max(room, SHORTEST_TAG))
        return pieces

    def runs(self, line: Line, start: int, end: int) -> list[Run]:
        """Return where ``[start, end)`` of the line stands (UTF-16 units of the paragraph; logical pixels)."""
        to_x = line.text_line.cursorToX
        if not self._two_ways:
            return [(_x(to_x(start)), _x(to_x(end)))]
        return visual_runs(self._edges(line, offset) for offset in range(start, end))

    def _runs_backwards(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` (UTF-16 units) runs from right to left: its first letter, or else the paragraph."""
        to_code_point = self.offsets.to_code_point
        backwards = first_direction(self.text[to_code_point(start) : to_code_point(end)])
        return self._right_to_left if backwards is None else backwards

    def _edges(self, line: Line, offset: int) -> tuple[float, float]:
        """Return the leading and the trailing edge of a character in a line that runs both ways."""
        edge = QTextLine.Edge
        leading = _x(line.text_line.cursorToX(offset, edge.Leading))
        trailing = _x(line.text_line.cursorToX(offset, edge.Trailing))
        if leading != trailing:
            return leading, trailing
        # Qt gives both edges the same place for a character without a width and for the first one that runs
        # against its paragraph; the glyphs know which it is.
        left, right = leading, leading
        for glyphs in line.text_line.glyphRuns(offset, 1):
            advances = glyphs.rawFont().advancesForGlyphIndexes(glyphs.glyphIndexes())
            for place, advance in zip(glyphs.positions(), advances, strict=True):
                if advance.x() > 0:
                    left, right = place.x(), place.x() + advance.x()
        return left, right

    # ---- places

    def line_at(self, y: float) -> int:
        """Return the index of the line at a height from the paragraph's top; above all the first, below the last."""
        for number, line in enumerate(self.lines):
            if y < line.top + line.height:
                return number
        return len(self.lines) - 1

    def line_of(self, position: int) -> int:
        """Return the index of the line in which a caret at the position (code points of the article) stands."""
        offset = self.offsets.from_code_point(position - self.start)
        for number, line in enumerate(self.lines):
            if offset < line.end:
                return number
        return len(self.lines) - 1

    def x_of(self, position: int) -> float:
        """Return where a caret at the position (code points of the article) stands, in logical pixels."""
        offset = self.offsets.from_code_point(position - self.start)
        return _x(self.lines[self.line_of(position)].text_line.cursorToX(offset))

    def position_in(self, number: int, x: float) -> int:
        """Return the position nearest to `x` in a line; at the break of a line, before the blanks that broke it."""
        line = self.lines[number]
        offset = min(line.text_line.xToCursor(x), line.ink_end)
        return self.start + self.offsets.to_code_point(max(offset, line.start))

    def line_bounds(self, number: int) -> tuple[int, int]:
        """Return the first and the last place for a caret in a line, in code points of the article."""
        line = self.lines[number]
        to_code_point = self.offsets.to_code_point
        last = line.ink_end
        if number + 1 < len(self.lines) and last == line.end > line.start:
            last -= 1  # broken inside a word: at its end the caret would stand in the next line
        return self.start + to_code_point(line.start), self.start + to_code_point(last)


def _x(found: object) -> float:
    # PySide returns (x, position) where Qt has an in-out argument; its stubs say float.
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
