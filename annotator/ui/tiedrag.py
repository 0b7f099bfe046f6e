"""The tag or bar of the focused span, dragged to another span: ties the two."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.domain.span import Span
from annotator.ui.text.held import SUGGESTED
from annotator.ui.text.view import ArticleView


class TieDrag(QObject):
    """Listens to the mouse over the text; the span to which it would be tied has a ring before the button goes up."""

    def __init__(self, view: ArticleView, tie: Callable[[Span, Span], None], parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._tie = view, tie
        self._from: Span | None = None
        self._began = QPoint()
        self._moved = False
        self._over: Span | None = None
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and watched is self._view.viewport():
            return self._mouse(event)
        if self._from is None or not isinstance(event, QKeyEvent):
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self._leave()
        return True

    def _mouse(self, event: QMouseEvent) -> bool:
        point, kind = event.position().toPoint(), event.type()
        left = event.button() == Qt.MouseButton.LeftButton
        if self._from is None:
            if kind is QEvent.Type.MouseButtonPress and left and not event.modifiers():
                return self._press(point)
            return False
        if kind is QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
            self._move(point)
        elif kind is QEvent.Type.MouseMove:
            self._leave()  # the button went up over another window
        elif kind is QEvent.Type.MouseButtonRelease and left:
            span, over, moved = self._from, self._over, self._moved
            self._leave()
            if moved and over is not None:
                self._tie(span, over)
        return True

    def _press(self, point: QPoint) -> bool:
        span, on_bar = self._view.hit(point)
        focused = self._view.focused
        if not on_bar or span is None or focused is None or span.id != focused.id or self._view.read_only:
            return False
        self._from, self._began, self._moved, self._over = focused, point, False, None
        return True

    def _move(self, point: QPoint) -> None:
        if not self._moved:
            if (point - self._began).manhattanLength() < QApplication.startDragDistance():
                return
            self._moved = True
            self._view.viewport().setCursor(QCursor(Qt.CursorShape.DragLinkCursor))
        span, _ = self._view.hit(point)
        over = span if span is not None and self._from is not None and span.id != self._from.id else None
        if over != self._over:
            self._over = over
            shown = [over._replace(id="link", state=SUGGESTED)] if over is not None else []
            self._view.suggest(shown, shown[0].id if shown else "")

    def _leave(self) -> None:
        if self._moved:
            self._view.suggest(())
            self._view.viewport().setCursor(QCursor(Qt.CursorShape.IBeamCursor))
        self._from, self._over, self._moved = None, None, False
