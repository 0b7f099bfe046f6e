"""What dims the window while something stands over it that wants the whole attention."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QWidget

_SHADE = QColor(0, 0, 0, 56)


class Scrim(QWidget):
    """Lies over all of the window under a dialog; goes with it."""

    def __init__(self, dialog: QDialog, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        dialog.finished.connect(self.deleteLater)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), _SHADE)
