"""The edges of the focused span, dragged by their handles: to the nearest word, with Ctrl to the nearest character.

And what keys do while the mouse drags, be it a handle or words: Esc and the key of undo give the drag up.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent

from annotator.domain import edges
from annotator.domain.span import Fragments, Span
from annotator.ui.tagging import Tagging
from annotator.ui.text.held import SUGGESTED
from annotator.ui.text.typography import LANE_STEP
from annotator.ui.text.view import ArticleView

_REACH = 7
"""Pixels from a handle's middle that still hit it."""
_LANES = 6
"""Lanes below which no handle is drawn."""


class Handle(NamedTuple):
    """One edge of one fragment of a span."""

    span: Span
    piece: int
    edge: str


class Dragging(QObject):
    """Listens to the mouse over the text. What comes of a drag is shown before the button is let go."""

    def __init__(self, view: ArticleView, tagging: Tagging, undo: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._undo = undo
        self._view, self._tagging = view, tagging
        self._held: Handle | None = None
        self._over = False
        self._fragments: Fragments = ()
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and watched is self._view.viewport():
            return self._mouse(event)
        if isinstance(event, QKeyEvent) and (self._held is not None or self._view.dragging):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        """Hear keys in the place of the actions, none of which is meant for what is half done."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() is not QEvent.Type.KeyPress:
            return False
        pressed = QKeySequence(event.keyCombination())
        leaves = event.key() == Qt.Key.Key_Escape or pressed in self._undo.shortcuts()
        if self._held is not None:
            if leaves:
                self._leave()
            return True
        if leaves:
            self._view.give_up_drag()
        return leaves

    def _mouse(self, event: QMouseEvent) -> bool:
        point, kind = event.position().toPoint(), event.type()
        if self._held is not None:
            if kind is QEvent.Type.MouseMove:
                self._drag(point, exactly=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            elif kind is QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
                self._drop()
            return True
        if kind is QEvent.Type.MouseMove and event.buttons() == Qt.MouseButton.NoButton:
            self._point(self._at(point) is not None)
        elif kind is QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            handle = None if event.modifiers() else self._at(point)
            if handle is not None and self._tagging.may_change(handle.span):
                self._held, self._fragments = handle, handle.span.fragments
                return True
        return False

    def _point(self, over: bool) -> None:
        if over != self._over:
            self._over = over
            shape = Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.IBeamCursor
            self._view.viewport().setCursor(shape)

    def _at(self, point: QPoint) -> Handle | None:
        """Return the handle of the focused span under a point of the viewport."""
        span = self._view.focused
        if span is None or self._view.read_only:
            return None
        for piece, (start, end) in enumerate(span.fragments):
            first, last = self._view.caret_rect(start), self._view.caret_rect(end)
            # The words between the handles belong to the caret: the one stands above them, the other below.
            if abs(point.x() - first.left()) <= _REACH and first.top() - _REACH - 2 <= point.y() <= first.top() + 3:
                return Handle(span, piece, "start")
            lowest = last.bottom() + _LANES * LANE_STEP
            if abs(point.x() - last.left()) <= _REACH and last.bottom() - 1 <= point.y() <= lowest:
                return Handle(span, piece, "end")
        return None

    def _drag(self, point: QPoint, exactly: bool) -> None:
        handle, view = self._held, self._view
        assert handle is not None  # it is being dragged
        position = view.position_at(point)
        if not exactly:
            position = edges.snapped(view.text, position, handle.edge)
        dragged = edges.placed(handle.span.fragments, handle.piece, handle.edge, position)
        kept = tuple(edges.trimmed(view.text, *fragment) for fragment in dragged)
        if None in kept or dragged == self._fragments:
            return
        self._fragments = tuple(fragment for fragment in kept if fragment is not None)
        shown = handle.span._replace(id="dragged", fragments=self._fragments, state=SUGGESTED)
        view.suggest([shown], shown.id)

    def _drop(self) -> None:
        handle, fragments = self._held, self._fragments
        self._leave()
        if handle is not None and fragments != handle.span.fragments:
            self._tagging.place(handle.span, fragments)

    def _leave(self) -> None:
        self._held = None
        self._view.suggest(())
