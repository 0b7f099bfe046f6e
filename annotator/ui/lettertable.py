"""A table in which letters are labels, as in the text: of one row a thing, for tens of thousands of rows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget


class LetterTable(QTableView):
    """One row is chosen at a time; `typed(key, shift)` with a letter or digit, Tab leaves."""

    typed = Signal(str, bool)

    def __init__(self, row: int, parent: QWidget) -> None:
        """Make it with rows of so many pixels."""
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        # Fixed: a view that measures its rows would ask for all 50,000.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(row)

    def keyboardSearch(self, search: str) -> None:
        return  # letters are labels

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Tab:
            event.ignore()
        elif event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text(), Qt.KeyboardModifier.ShiftModifier in event.modifiers())
        else:
            super().keyPressEvent(event)
