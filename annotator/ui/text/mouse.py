"""What the mouse does in the text: click, drag, double and triple click, and what lies under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from annotator.domain import edges, words
from annotator.domain.span import Span
from annotator.ui.text.looks import UNMADE
from annotator.ui.text.page import Page
from annotator.ui.text.selection import Selection, by_units
from annotator.ui.text.typography import LANE_STEP, TAG_HEIGHT, THIN_STEP

_UNITS = ("character", "word", "sentence")

_SCREEN_BEYOND = 60
"""Pixels beyond the edge at which a drag scrolls a screen a second."""
_FASTEST = 3
"""Screens a second."""
_SLOWEST = 3
"""Lines a second."""


_AT_THE_SCREENS_END = 30
"""Pixels that a pointer which can go no farther counts as beyond the edge."""


def beyond(y: float, height: float, above: float, below: float) -> float:
    """Return by how many pixels a pointer at `y` is beyond the edges of a view so high; above it: negative.

    `above` and `below` are what there is of the screen on these sides. Where it ends with the view, as it does when the
    window fills it, the pointer stops at the view's last pixel and would never be beyond.
    """
    if y < 0 or y > height - 1:
        return min(y, 0.0) + max(y + 1 - height, 0.0)
    if y < 1 and above < 1:
        return -_AT_THE_SCREENS_END
    return _AT_THE_SCREENS_END if y > height - 2 and below < 1 else 0.0


def scroll_speed(beyond: float, height: float, line: float) -> float:
    """Return how fast a drag scrolls, in pixels a second, so many pixels beyond the edge (above it: negative).

    `height` is that of the screen, `line` that of a line, in pixels. Who only goes past the last line can still read.
    """
    if not beyond:
        return 0.0
    speed = min(max(height * abs(beyond) / _SCREEN_BEYOND, _SLOWEST * line), _FASTEST * height)
    return speed if beyond > 0 else -speed


class Mouse:
    """Presses and drags, as selections; points are pixels of the page, times are milliseconds."""

    def __init__(self) -> None:
        self.pressed = False
        self._clicks = 0
        self._last_time = 0
        self._last_point = QPointF()
        self._began = QPointF()
        self._extended = False
        self._first = (0, 0)
        self._selection = Selection()

    def press(
        self, page: Page, point: QPointF, time: int, now: Selection, *, extend: bool = False, double: bool = False
    ) -> Selection:
        """Return the selection after the button went down; `double`: the system took it for a double click."""
        near = (point - self._last_point).manhattanLength() < QApplication.startDragDistance()
        soon = 0 <= time - self._last_time < QApplication.doubleClickInterval()
        if double:
            self._clicks = 2
        else:
            self._clicks = 3 if self._clicks == 2 and near and soon else 1
        self._last_time, self._last_point = time, point
        self._began = point
        self.pressed = True
        position = page.position_at(point.x(), point.y())
        self._extended = extend and self._clicks == 1
        self._first = (now.anchor, now.anchor) if self._extended else self._unit(page.text, position)
        self._selection = Selection(self._first[0], position if self._clicks == 1 else self._first[1])
        return self._selection

    def _unit(self, text: str, position: int) -> tuple[int, int]:
        if self._clicks == 2:
            return words.word_at(text, position) or (position, position)
        if self._clicks == 3:
            return words.sentence_at(text, position)
        return position, position

    def drag(self, page: Page, point: QPointF, whole_words: bool = False) -> Selection:
        """Return the selection after the pointer moved with the button down; `whole_words`: beyond its first word."""
        position = page.position_at(point.x(), point.y())
        # A click of a hand that is not quite still takes no word for the blank beside it.
        if self._clicks < 2 and whole_words and not self._extended and not self._is_still(point):
            return Selection(*edges.dragged(page.text, self._selection.anchor, position))
        if self._clicks < 2:
            return self._selection.to(position, True)
        return by_units(page.text, self._first, position, _UNITS[self._clicks - 1])

    def release(self, point: QPointF) -> int:
        """The button went up; return how words were selected: 1 by a drag, 2 or 3 by so many clicks, 0 not at all.

        A click of a hand that is not quite still is no drag, though a letter may be selected.
        """
        self.pressed = False
        return 0 if self._clicks == 1 and self._is_still(point) and not self._extended else self._clicks

    def _is_still(self, point: QPointF) -> bool:
        return (point - self._began).manhattanLength() < QApplication.startDragDistance()

    def forget(self) -> None:
        """Another text is shown: the next press is a first one."""
        self.pressed = False
        self._clicks = 0


def span_at(page: Page, x: float, y: float, suggested: bool = False) -> tuple[Span | None, bool]:
    """Return the span under a point of the page, and whether the point is on its bar or tag and not on its words.

    With `suggested` only what nobody made yet is looked at, else only what was made.
    """
    top, layout = page.at(y)
    if y >= top + layout.height or y < top:
        return None, False
    line = layout.lines[layout.line_at(y - top)]
    step = LANE_STEP if layout.tagged else THIN_STEP
    below = y - top - line.top - page.type.box - 1
    lane = int(below // step) if below >= 0 else None
    if (up := line.top + top - y) > 0:
        lane = int(-up // step)
    found: list[Span] = []
    for piece in line.pieces:
        if (piece.span.state in UNMADE) is not suggested:
            continue
        left, right = piece.left, piece.right
        if piece.tagged and lane is not None and piece.right_to_left:
            left = min(left, right - 2 * TAG_HEIGHT)
        elif piece.tagged and lane is not None:
            right = max(right, left + 2 * TAG_HEIGHT)
        if left <= x < right and not piece.joins and lane in (None, piece.lane):
            found.append(piece.span)
    if not found:
        return None, False
    return min(found, key=lambda span: span.end - span.start), lane is not None
