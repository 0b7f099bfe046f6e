"""The soft edge outside the control that has the keyboard, which a stylesheet cannot draw."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid

from annotator.ui.look import Look

_WIDE, _CORNER, _STRENGTH = 3, 6, 0.24
_BARE = ("segments", "paletteField", "pickerField", "notice", "unsaved")
"""Objects that are, or whose children are, no box of their own."""
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show, QEvent.Type.LayoutRequest)


class Glow(QWidget):
    """One for the program: follows the focus from window to window, lets the mouse through."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._look = look
        self._on: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def _follow(self, _left: QWidget | None, now: QWidget | None) -> None:
        # A widget that goes lets go of the keyboard while it is half gone already.
        if self._on is not None and isValid(self._on):
            self._on.removeEventFilter(self)
            self._on.destroyed.disconnect(self._forget)
        self._on = now if now is not None and glows(now) else None
        if self._on is None:
            self.hide()
            self._leave()
            return
        self._on.installEventFilter(self)
        self._on.destroyed.connect(self._forget)
        self._place()

    def _forget(self) -> None:
        self._on = None
        self.hide()
        # It must not go down with a window that closes.
        self._leave()

    def _place(self) -> None:
        on = self._on
        if on is None or not on.isVisible():
            self.hide()
            return
        room = _room(on)
        if self.parentWidget() is not room:
            self._leave()
            self.setParent(room)
            room.installEventFilter(self)
        box = QRect(on.mapTo(room, QPoint(0, 0)), on.size())
        self.setGeometry(box.adjusted(-_WIDE, -_WIDE, _WIDE, _WIDE))
        self.raise_()
        self.show()

    def _leave(self) -> None:
        if (room := self.parentWidget()) is not None:
            room.removeEventFilter(self)
        self.setParent(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES and (watched is self._on or watched is self.parentWidget()):
            # What is laid out anew stands in its place once the event is through.
            QTimer.singleShot(0, self, self._place)
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = QColor(self._look.theme.accent)
        colour.setAlphaF(_STRENGTH)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour, _WIDE))
            half = _WIDE / 2
            box = QRectF(self.rect()).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(box, _CORNER + half, _CORNER + half)


def _room(widget: QWidget) -> QWidget:
    """Return the window, or what scrolls the widget: the glow must not show where the widget is scrolled away."""
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        above = parent.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is parent:
            return parent
        parent = above
    return widget.window()


def glows(widget: QWidget) -> bool:
    """Whether the widget is a box of its own with an edge: a button, a field. Cards draw theirs themselves."""
    if not isinstance(widget, QPushButton | QLineEdit | QComboBox | QAbstractSpinBox):
        return False
    parent = widget.parentWidget()
    names = {widget.objectName(), parent.objectName() if parent is not None else ""}
    return not names & set(_BARE) and not isinstance(parent, QComboBox | QAbstractSpinBox)
