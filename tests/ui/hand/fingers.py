"""Keys and mouse sent to the top window as the window system sends them, and counted."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
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
        QTest.mouseClick(
            self._window.windowHandle(), Qt.MouseButton.LeftButton, modifiers, self._point(position, inside=True)
        )
        self.mouse += 1

    def drag(self, start: int, end: int) -> None:
        """Drag from one place of the text to another: one action of the mouse."""
        handle, none = self._window.windowHandle(), Qt.KeyboardModifier.NoModifier
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

    def _point(self, position: int, inside: bool = False) -> QPoint:
        view = self._window.view
        rect = view.caret_rect(position)
        centre = rect.center() + QPoint(3 if inside else 0, 0)
        return view.viewport().mapTo(self._window, centre)
