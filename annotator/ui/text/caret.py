"""Caret, selection and focus on the canvas: where they stand and who is told; knows neither keys nor mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from annotator.domain import edges, graphemes, words
from annotator.domain.span import Span
from annotator.ui.text.canvas import Canvas
from annotator.ui.text.selection import Selection


class CaretCanvas(Canvas):
    """A text in which a place, words and a span are the present ones. Positions are code points."""

    selection_changed = Signal()
    focus_changed = Signal()
    caret_moved = Signal()
    hidden_wanted = Signal(str)
    """The id of a span that is to be focused, and whose label is hidden: who hears it may show the label."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._expansions: list[Selection] = []
        self._goal: float | None = None
        """Where the caret would stand in each line while it goes up and down, in pixels of the column."""

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        # Where the key of the menu opens it. Without that it is the middle of the widget, and a click there would
        # take the selection away.
        if query is Qt.InputMethodQuery.ImCursorRectangle:
            return self.caret_rect(self.caret)
        return super().inputMethodQuery(query)

    def select(self, start: int, end: int) -> None:
        """Select ``[start, end)``; both ends go to the start of the character they lie in."""
        self._take(Selection(graphemes.floor(self.text, start), graphemes.floor(self.text, end)))

    def select_all(self) -> None:
        """Select the whole text."""
        self._take(Selection(0, len(self.text)), reveal=False)

    def set_caret(self, position: int) -> None:
        """Put the caret at a position, or at the start of the character it lies in; nothing is selected then."""
        self._take(Selection().to(graphemes.floor(self.text, position), False))

    def focus_span(self, id: str | None, reveal: bool = True) -> None:
        """Focus a span and bring it into view (`reveal`); the selection collapses, the caret stands in or at it.

        Without `reveal` where it was, or as near to that as the span goes: the next key would else lead away.
        """
        if id is not None and self._held.hides(id):
            self.hidden_wanted.emit(id)
        span = self._held.get(id) if id is not None else None
        caret = self.caret
        if span is not None and not span.covers(caret):
            first, last = (span.start,) * 2 if reveal else span.fragments[edges.piece_at(span.fragments, caret)]
            caret = graphemes.floor(self.text, min(max(caret, first), last))
        self._take(Selection(caret, caret), reveal=False, focus=False)
        self._set_focus(span)
        if span is not None and reveal:
            self.come_to(span.start, span.end)

    def come_to(self, start: int, end: int) -> None:
        """Show the range (code points) as after a jump: with what stands around it, a third from the top.

        A longer one begins nearer to the top. Nothing moves where it stands on the screen with a line to spare.
        """
        bar, height, line = self.verticalScrollBar(), self.viewport().height(), self._type.leading
        # What comes between may turn out higher than was guessed: look again, with all of it laid out.
        for attempt in range(4):
            top, bottom = self.caret_rect(start).top(), self.caret_rect(end).top() + line
            if not attempt and line <= top and bottom + line <= height:
                return
            self._settle()
            before, above = bar.value(), min(height / 3, max(height - (bottom - top) - line, line))
            bar.setValue(round(before + top - above))
            if bar.value() == before:
                return
            self._visible()

    def leave_span(self) -> None:
        """Focus none, though the caret may stand in one: a label's key relabels nothing then."""
        before = self.focused
        self._focus.leave()
        if before is not None:
            self.focus_changed.emit()
        self.viewport().update()

    def outward(self) -> None:
        """Focus the next larger span around the caret."""
        span = self._focus.outer(self.caret)
        if span is not None:
            self._set_focus(span)

    def next_span(self) -> None:
        """Focus the next span of the text."""
        self._step_to(self._held.after(self.focused, self.caret))

    def previous_span(self) -> None:
        """Focus the previous span of the text."""
        self._step_to(self._held.before(self.focused, self.caret))

    def _step_to(self, span: Span | None) -> None:
        if span is not None:
            self.set_caret(span.start)
            self.focus_span(span.id)

    def expand(self) -> None:
        """Select the next larger unit: word, quotation, sentence, paragraph, text."""
        start, end = self.selection or (self.caret, self.caret)
        grown = Selection(*words.expanded(self.text, start, end))
        if grown.range != (start, end):
            kept = [*self._expansions, self._selection]
            self._take(grown)
            self._expansions = kept

    def shrink(self) -> None:
        """Take back the last `expand`."""
        if self._expansions:
            *kept, last = self._expansions
            self._take(last)
            self._expansions = kept

    def copy(self) -> None:
        """Copy the selected text exactly, or the focused span's, with the spans inside."""
        chosen = self.selection
        if chosen is None and self.focused is not None:
            chosen = self.focused.start, self.focused.end
        if chosen is not None:
            from annotator.ui.text import clipboard  # here, for a start copies nothing

            inside = self._held.index.query(*chosen)
            QGuiApplication.clipboard().setMimeData(clipboard.copied(self.text, *chosen, inside))

    def _take(self, selection: Selection, *, reveal: bool = True, focus: bool = True) -> None:
        """Make a selection the present one and tell who needs to know."""
        before, self._selection = self._selection, selection
        self._expansions = []
        self._goal = None
        if focus:
            self._follow()
        if selection.range != before.range:
            self.selection_changed.emit()
        if selection.caret != before.caret:
            self.caret_moved.emit()
        if reveal:
            self.reveal(selection.caret, selection.caret)
        self.viewport().update()

    def _follow(self) -> None:
        before = self.focused
        self._focus.follow(self._selection)
        if self.focused is not before:
            self.focus_changed.emit()

    def _set_focus(self, span: Span | None) -> None:
        before = self.focused
        self._focus.set(span.id if span is not None else None)
        if span is not before:
            self.focus_changed.emit()
        self.viewport().update()
