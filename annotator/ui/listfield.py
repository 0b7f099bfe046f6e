"""A field over a list: what is typed says what the list holds, the arrows choose in it without leaving the field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView


class ListField(QLineEdit):
    """Up, Down, Page Up and Page Down choose in the list; a page has so many rows."""

    def __init__(self, list: QListView, page: int) -> None:
        super().__init__()
        self._list = list
        self._steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        model = self._list.model()
        if model.rowCount():
            row = max(0, min(model.rowCount() - 1, self._list.currentIndex().row() + step))
            self._list.setCurrentIndex(model.index(row, 0))
