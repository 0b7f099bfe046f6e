"""What all charts of the page have: cells that arrows move through, that are said aloud, and that Return opens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from annotator.i18n import n_
from annotator.report.geometry import Box
from annotator.ui.look import Look
from annotator.ui.widgets import plain_tip

_BY = {
    Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Home: (0, -(1 << 20)), Qt.Key.Key_End: (0, 1 << 20),
    Qt.Key.Key_PageUp: (-8, 0), Qt.Key.Key_PageDown: (8, 0),
}  # fmt: skip


def spans_told(count: int) -> str:
    """Return "12 spans": on how much a figure stands."""
    return n_("{count:,} span", "{count:,} spans", count).format(count=count)


class Chart(QAbstractScrollArea):
    """`opened(row, column)` by Return or a click on a cell; `pointed(words)` when another cell is current.

    Subclasses say which cells there are (`cells`), where one stands (`box`), what it says (`said`), and paint.
    """

    opened = Signal(int, int)
    pointed = Signal(str)

    def __init__(self, name: str, look: Look) -> None:
        super().__init__()
        self.look = look
        self.current = (0, 0)
        surface = QWidget()
        surface.setMouseTracking(True)
        self.setViewport(surface)
        self.setObjectName("chart")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(lambda _value: surface.update())
        look.changed.connect(surface.update)

    # What a subclass says

    def cells(self) -> list[tuple[int, int]]:
        """Return the cells one may go to, by row and column, row by row."""
        return []

    def box(self, row: int, column: int) -> Box:
        """Return where a cell stands, as if nothing was scrolled."""
        raise NotImplementedError

    def said(self, row: int, column: int) -> str:
        """Return what a cell says, in words."""
        raise NotImplementedError

    def whole(self) -> tuple[float, float]:
        """Return width and height of the part that scrolls."""
        return 0, 0

    def frozen(self) -> tuple[float, float, float]:
        """Return what does not scroll: at the left, above, below."""
        return 0, 0, 0

    # Where one is

    def settle(self) -> None:
        """Look anew at what there is to show."""
        cells = self.cells()
        if cells and self.current not in cells:
            self.current = cells[0]
        self._range()
        self._say()
        self.viewport().update()

    def go(self, row: int, column: int) -> None:
        """Make a cell the current one, in view."""
        self.current = row, column
        self._reveal()
        self._say()
        self.viewport().update()

    def _say(self) -> None:
        if self.current not in self.cells():
            self.setAccessibleDescription("")
            return
        self.setAccessibleDescription(self.said(*self.current))
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
            self.pointed.emit(self.said(*self.current))

    def _range(self) -> None:
        left, above, below = self.frozen()
        wide, high = self.whole()
        view = self.viewport().size()
        for bar, inside, room in (
            (self.horizontalScrollBar(), wide, view.width() - left),
            (self.verticalScrollBar(), high, view.height() - above - below),
        ):
            bar.setRange(0, max(0, round(inside - room)))
            bar.setPageStep(max(1, round(room)))
            bar.setSingleStep(self.look.px(32))

    def _reveal(self) -> None:
        left, above, below = self.frozen()
        box, view = self.box(*self.current), self.viewport().size()
        for bar, low, high, first, last in (
            (self.horizontalScrollBar(), box.x, box.right, left, view.width()),
            (self.verticalScrollBar(), box.y, box.bottom, above, view.height() - below),
        ):
            if low - bar.value() < first:
                bar.setValue(round(low - first))
            elif high - bar.value() > last:
                bar.setValue(round(high - last))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._range()

    def sizeHint(self) -> QSize:
        return QSize(200, 120)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 80)

    def offset(self) -> tuple[int, int]:
        """Return how far it is scrolled, to the right and down."""
        return self.horizontalScrollBar().value(), self.verticalScrollBar().value()

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not held and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.current in self.cells():
                self.opened.emit(*self.current)
        elif not held and key in _BY:
            self._move(*_BY[key])
        else:
            event.ignore()

    def _move(self, down: int, right: int) -> None:
        cells = self.cells()
        if not cells:
            return
        row, column = self.current
        same = [it for it in cells if it[0] == row] if right else [it for it in cells if it[1] == column]
        along = [it[1] for it in same] if right else [it[0] for it in same]
        here = column if right else row
        wanted = here + (right or down)
        ahead = [n for n in along if (n > here) == ((right or down) > 0) and n != here]
        if ahead:
            self.go(*same[along.index(min(ahead, key=lambda n: abs(n - wanted)))])

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the cell at a point of the viewport, None beside them."""
        left, above, below = self.frozen()
        if x < left or y < above or y >= self.viewport().height() - below:
            return None
        dx, dy = self.offset()
        return next((it for it in self.cells() if self.box(*it).holds(x + dx, y + dy)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.at(event.position().x(), event.position().y())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self.go(*cell)
            self.opened.emit(*cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self.at(event.position().x(), event.position().y())
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if cell is not None else Qt.CursorShape.ArrowCursor
        )  # fmt: skip

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell = self.at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), plain_tip(self.said(*cell)) if cell is not None else "", self)
            return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._say()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # Painting

    def ring(self, painter: QPainter, box: Box, radius: float = 4) -> None:
        """Paint the ring round the current cell, which stands there (scrolled or not as the painter is)."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.look.theme.text), 2))
        painter.drawRoundedRect(QRectF(box.x, box.y, box.width, box.height), radius, radius)
