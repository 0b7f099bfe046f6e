"""What is shown in the text before it is done: one key or a click takes it, Esc leaves it, Tab shows another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from annotator.domain.span import Span
from annotator.ui.text.view import ArticleView

_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Offering(QObject):
    """One offer at a time, heard before the view hears a key or the mouse. `changed()` when it comes, changes or goes.

    A subclass shows it (`hold`), says what taking it does (`take`), and forgets what it was (`forget`); one that has
    several to walk through sets `walks`.
    """

    changed = Signal()
    walks = False

    def __init__(self, view: ArticleView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._offered: tuple[Span, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether an offer is shown."""
        return bool(self._offered)

    def hold(self, spans: Sequence[Span]) -> None:
        """Show these spans, which nobody made yet; the first has a ring."""
        if not self._offered:
            self._view.installEventFilter(self)
            self._view.viewport().installEventFilter(self)
        self._offered = tuple(spans)
        self._view.suggest(spans, spans[0].id)
        self.changed.emit()

    def drop(self, _what: object = None) -> None:
        """Show it no longer."""
        if self._offered:
            self._offered = ()
            self.forget()
            self._view.removeEventFilter(self)
            self._view.viewport().removeEventFilter(self)
            self._view.suggest(())
            self.changed.emit()

    def take(self) -> None:
        """Do what is shown."""
        raise NotImplementedError

    def forget(self) -> None:
        """Forget what was shown."""
        raise NotImplementedError

    def step(self, by: int) -> None:
        """Show the next one (1), or the one before (-1)."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            return self._click(event)
        return event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event)

    def _click(self, event: QMouseEvent) -> bool:
        # Before the view hears it: the press moves the caret, and what is shown goes.
        position = self._view.position_at(event.position().toPoint())
        hit = any(start <= position < end for span in self._offered for start, end in span.fragments)
        taken = hit and event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if taken:
            self.take()
        return taken

    def _key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        back = key == Qt.Key.Key_Backtab or (key == Qt.Key.Key_Tab and held == Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Escape:
            self.drop()
        elif key in _TAKES and not held:
            self.take()
        elif self.walks and (back or (key == Qt.Key.Key_Tab and not held)):
            self.step(-1 if back else 1)
        else:
            return False
        return True
