"""Keys and mouse sent to the top window as the window system sends them, and counted."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from annotator.ui.window import MainWindow


class Fingers:
    """All that a person has: nothing here knows what is inside the window but where it shows a place of the text."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.keys = self.mouse = 0

    def press(self, sequence: str) -> None:
        """Press a key with its modifiers, in Qt's notation; modifiers are held and not counted."""
        combination = QKeySequence(sequence)[0]
        QTest.keyClick(self._window.windowHandle(), combination.key(), combination.keyboardModifiers())
        self.keys += 1

    def click(self, position: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Click at a place of the text (code points)."""
        QTest.mouseClick(self._window.windowHandle(), Qt.MouseButton.LeftButton, modifiers, self._point(position))
        self.mouse += 1

    def drag(self, start: int, end: int) -> None:
        """Drag from one place of the text to another: one action of the mouse."""
        handle, none = self._window.windowHandle(), Qt.KeyboardModifier.NoModifier
        self._point(end)
        a, b = self._point(start), self._point(end)
        QTest.mousePress(handle, Qt.MouseButton.LeftButton, none, a)
        QTest.mouseMove(handle, (a + b) / 2)
        QTest.mouseMove(handle, b)
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, none, b)
        self.mouse += 1

    def click_on(self, point: QPoint) -> None:
        """Click at a point of the window."""
        QTest.mouseClick(self._window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        self.mouse += 1

    def reset(self) -> None:
        """Count from nothing."""
        self.keys = self.mouse = 0

    def _point(self, position: int) -> QPoint:
        """Return where a place of the text is, after the wheel has brought it before the eyes."""
        view, handle = self._window.view, self._window.windowHandle()
        middle = view.viewport().mapTo(self._window, view.viewport().rect().center())
        for _ in range(200):
            y = view.caret_rect(position).center().y()
            if 20 < y < view.viewport().height() - 60:
                break
            QTest.wheelEvent(handle, QPointF(middle), QPoint(0, -120 if y > 0 else 120))
        rect = view.caret_rect(position)
        return view.viewport().mapTo(self._window, QPoint(rect.left(), rect.center().y()))
