"""Room in a row for a panel that may stand out over its neighbour, so that opening it moves no text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Overhang(QWidget):
    """Takes `room` pixels of the row; the panel over it is `width` wide."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__()
        self._panel = panel
        self._width = 0
        # It only keeps the room: what is pressed there is meant for the panel.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_widths(self, room: int, width: int) -> None:
        """Take so much room, and let the panel be so wide."""
        self._width = width
        self.setFixedWidth(room)
        self._place()

    def _place(self) -> None:
        if self._panel.parentWidget() is not self.parentWidget():
            return
        self._panel.setGeometry(self.x(), self.y(), self._width, self.height())
        self._panel.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def moveEvent(self, event: QMoveEvent) -> None:
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        self._place()
