"""The same figures as a table: what a screen reader walks through, and whoever wants the third decimal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from annotator.i18n import _
from annotator.report.sheet import Sheet
from annotator.report.written import cells, head, rows
from annotator.ui.agreement.behind import Behind, of_rows
from annotator.ui.look import Look

_WHICH, _FIRST_FIGURE, _LAST_FIGURE = 1, 2, 6


class FigureTable(QTableWidget):
    """`behind(Behind)` by Return or a double click on a row that has something behind it."""

    behind = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("figureTable")
        self.setAccessibleName(_("All figures"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(32))
        self.setTabKeyNavigation(False)
        self._behind: Sequence[Behind | None] = ()
        self.cellDoubleClicked.connect(lambda row, _column: self.open(row))

    def show_sheet(self, sheet: Sheet) -> None:
        """Show these figures; the row one stands on stays."""
        row, found, names = self.currentRow(), rows(sheet), head(sheet)
        self._behind = of_rows(sheet)
        self.setColumnCount(len(names))
        for column, name in enumerate(names):
            heading = QTableWidgetItem(name)
            side = Qt.AlignmentFlag.AlignRight if self._is_figure(column) else Qt.AlignmentFlag.AlignLeft
            heading.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, heading)
        self.setRowCount(len(found))
        for number, line in enumerate(found):
            for column, words in enumerate(cells(line)):
                item = QTableWidgetItem(words)
                if self._is_figure(column):
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(number, column, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_WHICH, QHeaderView.ResizeMode.Stretch)
        self.setCurrentCell(min(max(row, 0), len(found) - 1), 0)

    @staticmethod
    def _is_figure(column: int) -> bool:
        return _FIRST_FIGURE <= column <= _LAST_FIGURE

    def open(self, row: int) -> None:
        """Show what is behind a row."""
        if 0 <= row < len(self._behind):
            self.behind.emit(self._behind[row])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open(self.currentRow())
        elif event.text() and event.text().isalpha():
            event.ignore()  # letters are the page's, and no search in the table
        else:
            super().keyPressEvent(event)
