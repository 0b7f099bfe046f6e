"""The article on the screen: shows text and spans, moves the caret, selects; changes nothing itself."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget

from annotator.domain.change import Change
from annotator.domain.span import Span
from annotator.i18n import _
from annotator.ui.text import keys, positions
from annotator.ui.text.caret import CaretCanvas
from annotator.ui.text.held import HeldSpans
from annotator.ui.text.mouse import Mouse, beyond, scroll_speed, span_at
from annotator.ui.text.selection import stepped

_AUTOSCROLL_MS = 30


class ArticleView(CaretCanvas):
    """One article under the reader's hand. Positions are code points.

    The view shows what it is told (`show_article`, `apply`) and tells what the reader does (signals); labels,
    edges and deletions are decided elsewhere. Keys that move the caret are handled here, all others left alone.
    """

    hovered = Signal(str)
    """The id of the span under the pointer, or ""."""
    label_pressed = Signal(str, bool)
    """A bare key that makes a character (ASCII letters in upper case), and whether Shift was held."""

    swept = Signal(int)
    """While a label is held: the mouse selected words, by a drag (1), a double (2) or a triple click (3)."""
    let_go = Signal()
    """Esc while a label is held."""
    suggestion_chosen = Signal(str)
    """A click on a suggestion, by its id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pen = False
        self._dead = False
        """Whether the last key was a dead one: an accent that waits for its letter."""
        self.drags_words = False
        """Whether a drag of the mouse takes whole words once it has left its first one; with Ctrl never."""
        self._mouse = Mouse()
        self._exactly = False
        self._early: keys.Letter | None = None
        """A label's key, perhaps, that was pressed before the drag was through."""
        self._pointer = QCursor(Qt.CursorShape.IBeamCursor)
        """As which the pointer goes over the words."""
        self._over_stub = False
        self.place_digit = ""
        """The digit at the place of the key that was pressed last, "" where it stands in no row of digits."""
        self._pressed_stub: Span | None = None
        # A child, and no QBasicTimer: one that runs when its window goes frees its number twice: a crash later.
        self._autoscroll = QTimer(self, interval=_AUTOSCROLL_MS)
        self._autoscroll.timeout.connect(self._scroll_on)
        self._scrolls_by = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Article text"))
        self.viewport().setCursor(self._pointer)
        self.viewport().setMouseTracking(True)

    # ---- what is shown

    def show_article(self, text: str, spans: Iterable[Span]) -> None:
        """Show a text with its spans, from the top; nothing is focused until the hand moves."""
        self._expansions.clear()
        self._forget_drag()
        self._goal = None
        self._hold(HeldSpans(spans, len(text), self._hidden), text)
        self.selection_changed.emit()
        self.focus_changed.emit()

    def set_shown(self, dimmed: frozenset[str], hidden: frozenset[str]) -> None:
        """Let the spans of some labels (by id) stand back, and hide those of others; a hidden one loses the focus."""
        before = self.focused
        super().set_shown(dimmed, hidden)
        if self.focused is not before:
            self.focus_changed.emit()

    def clear(self) -> None:
        """Show nothing."""
        self.show_article("", ())

    def apply(self, changes: Iterable[Change]) -> None:
        """Follow what was done to spans of this article; lays out nothing anew."""
        before = self.focused
        touched: list[Span] = []
        for change in changes:
            if isinstance(change.before, Span) and (dropped := self._held.drop(change.before.id)) is not None:
                touched.append(dropped)
            if isinstance(change.after, Span):
                self._held.put(change.after)
                touched.append(change.after)
        self._decorate_again(touched)
        if touched:
            self.spans_changed.emit()
        if self.focused != before:
            self.focus_changed.emit()
        self.viewport().update()

    def hold_pen(self, pointer: QCursor | None) -> None:
        """Tell of words that the mouse selects (`swept`), under another pointer; None as usual again."""
        self._pen = pointer is not None
        self._pointer = pointer if pointer is not None else QCursor(Qt.CursorShape.IBeamCursor)
        self._over_stub = False
        self.viewport().setCursor(self._pointer)

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers()
        press = keys.KeyPress(
            name=Qt.Key(event.key()).name,
            text=positions.latin(event.text(), event.nativeScanCode(), event.nativeVirtualKey()),
            shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
            control=bool(held & Qt.KeyboardModifier.ControlModifier),
            alt=bool(held & Qt.KeyboardModifier.AltModifier),
            meta=bool(held & Qt.KeyboardModifier.MetaModifier),
        )
        self.place_digit = positions.digit(event.nativeScanCode(), event.nativeVirtualKey())
        intent = keys.intent(press)
        accented, self._dead = self._dead, press.name.startswith("Key_Dead_")
        if accented and isinstance(intent, keys.Letter):
            # Half of an accented letter, where the system did not put the two together: no label's key.
            return
        if self._mouse.pressed and not isinstance(intent, keys.Leave):
            # Half of what is meant is selected: a label's key waits for the rest, every other does nothing.
            self._early = intent if isinstance(intent, keys.Letter) else self._early
        elif isinstance(intent, keys.Move):
            self._move(intent.where, intent.extend)
        elif isinstance(intent, keys.Letter):
            self.label_pressed.emit(intent.text, intent.shift)
        elif not (isinstance(intent, keys.Leave) and self._leave()):
            event.ignore()

    def _leave(self) -> bool:
        if self._mouse.pressed:
            # What is being dragged is given up, a held label is not.
            self.give_up_drag()
            return True
        if self._pen:
            self.let_go.emit()
            return True
        if self.selection is None and self.focused is None:
            return False
        if self.selection is not None:
            self._take(self._selection.to(self.caret, False), reveal=False)
        else:
            self.leave_span()
        return True

    def _move(self, where: str, extend: bool) -> None:
        if where in ("left", "right") and self._page.runs_right_to_left(self.caret):
            where = "right" if where == "left" else "left"
        stepped_to = stepped(self.text, self._selection, where, extend)
        if stepped_to is not None:
            self._take(stepped_to)
        elif where in ("line start", "line end"):
            bounds = self._page.line_bounds(self.caret)
            self._take(self._selection.to(bounds[0 if where == "line start" else 1], extend))
        else:
            self._move_by_lines(where, extend)

    def _move_by_lines(self, where: str, extend: bool) -> None:
        lines = max(int(self.viewport().height() // self._type.leading) - 1, 1) if where.startswith("page") else 1
        up = where in ("up", "page up")
        goal = self._goal if self._goal is not None else self._page.spot(self.caret).x
        target = self._page.beside(self.caret, -lines if up else lines, goal)
        if target is None:
            target = 0 if up else len(self.text)
        self._take(self._selection.to(target, extend))
        self._goal = goal

    # ---- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press(event, double=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._press(event, double=True)

    def _press(self, event: QMouseEvent, double: bool) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.text:
            event.ignore()
            return
        self._early = None
        self._pressed_stub = self._stub_at(event.position())
        if self._pressed_stub is not None:
            return
        point = self._on_page(event.position())
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        selection = self._mouse.press(
            self._page, point, event.timestamp(), self._selection, extend=extend, double=double
        )
        # The focus follows on release: a drag must not take it from the span that gets a fragment.
        self._take(selection, reveal=False, focus=False)

    @property
    def dragging(self) -> bool:
        """Whether the mouse is selecting words."""
        return self._mouse.pressed

    def give_up_drag(self) -> None:
        """Select nothing, whatever the mouse does until its button is pressed again."""
        self._forget_drag()
        self._take(self._selection.to(self.caret, False), reveal=False)

    def _forget_drag(self) -> None:
        self._mouse.forget()
        self._autoscroll.stop()
        self._early = None

    def hit(self, point: QPoint) -> tuple[Span | None, bool]:
        """Return the span under a point of the viewport, and whether that is its bar or tag and not its words."""
        on_page = self._on_page(QPointF(point))
        return span_at(self._page, on_page.x(), on_page.y())

    def _stub_at(self, point: QPointF) -> Span | None:
        """Return the span off the screen that it is written at this point of a link."""
        return next((span for box, span in self._stubs if box.contains(point)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._mouse.pressed and not event.buttons() & Qt.MouseButton.LeftButton:
            # It went up over another window: a drag that goes on without it would select till the next click.
            self._forget_drag()
            self._follow()
        if self._mouse.pressed:
            self._exactly = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._drag_to(event.position())
            if not self._beyond(event.position()):
                self._autoscroll.stop()
            elif not self._autoscroll.isActive():
                self._autoscroll.start()
            return
        point = self._on_page(event.position())
        span, _ = span_at(self._page, point.x(), point.y())
        self._hover(span.id if span is not None else "")
        over_stub = self._stub_at(event.position()) is not None
        if over_stub is not self._over_stub:
            self._over_stub = over_stub
            self.viewport().setCursor(QCursor(Qt.CursorShape.PointingHandCursor) if over_stub else self._pointer)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (stub := self._pressed_stub) is not None:
            self._pressed_stub = None
            self.focus_span(stub.id)
            return
        if event.button() != Qt.MouseButton.LeftButton or not self._mouse.pressed:
            event.ignore()
            return
        point = self._on_page(event.position())
        how = self._mouse.release(point)
        self._autoscroll.stop()
        if self._pen and not how:
            self._take(self._selection.to(self._selection.anchor, False), reveal=False, focus=False)
        self._follow()
        if self.selection is None:
            self._click(point)
        elif self._pen and how and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.swept.emit(how)
        self.viewport().update()
        early, self._early = self._early, None
        if early is not None:
            self.label_pressed.emit(early.text, early.shift)

    def _click(self, point: QPointF) -> None:
        suggestion, _ = span_at(self._page, point.x(), point.y(), suggested=True)
        span, on_bar = span_at(self._page, point.x(), point.y())
        if suggestion is not None:
            self.suggestion_chosen.emit(suggestion.id)
        elif on_bar and span is not None:
            self.focus_span(span.id, reveal=False)  # its bar is what was seen, wherever it begins

    def _drag_to(self, point: QPointF) -> None:
        whole = self.drags_words and not self._exactly
        self._take(self._mouse.drag(self._page, self._on_page(point), whole), reveal=False, focus=False)

    def _beyond(self, point: QPointF) -> float:
        """Return by how many pixels a point of the viewport is beyond its upper (negative) or lower edge."""
        port, screen = self.viewport(), self.screen().geometry()
        above = port.mapToGlobal(QPoint(0, 0)).y() - screen.top()
        return beyond(point.y(), port.height(), above, screen.height() - above - port.height())

    def _scroll_on(self) -> None:
        point = QPointF(self.viewport().mapFromGlobal(self.cursor().pos()))
        speed = scroll_speed(self._beyond(point), self.viewport().height(), self._type.leading)
        whole = self._scrolls_by + speed * _AUTOSCROLL_MS / 1000
        # What is less than a pixel waits for the next time.
        self._scrolls_by = whole - round(whole)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(whole))
        self._drag_to(point)

    def leaveEvent(self, event: object) -> None:
        self._hover("")

    def _hover(self, id: str) -> None:
        if id != self._hovered:
            self._hovered = id
            self.hovered.emit(id)
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
