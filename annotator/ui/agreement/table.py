"""The same figures as a table: what a screen reader walks through, and whoever wants the third decimal."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from annotator.i18n import _
from annotator.report.sheet import Sheet
from annotator.report.written import Row, cells, head, rows
from annotator.ui.agreement.behind import Behind, of_rows
from annotator.ui.look import Look

_WHICH, _FIRST_FIGURE, _LAST_FIGURE = 1, 2, 6
_MEASURED = 20
"""So many of the longest words of a column are measured."""
_AROUND = 24
"""What the style leaves free beside the words of a cell, in pixels."""
_NOWHERE = QModelIndex()
_WORDS, _ALIGNMENT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FigureModel(QAbstractTableModel):
    """Rows of a report; words are made for those that are looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[Row] = ()
        self.names: Sequence[str] = ()
        self._made: tuple[int, list[str]] = -1, []

    def show_lines(self, lines: Sequence[Row], names: Sequence[str]) -> None:
        """Show other rows under these headings."""
        self.beginResetModel()
        self.lines, self.names, self._made = lines, names, (-1, [])
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.names)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        # Asked for each cell in ten roles, with each picture.
        if role == _WORDS:
            row = index.row()
            if row != self._made[0]:
                self._made = row, cells(self.lines[row])
            return self._made[1][index.column()]
        return _side(index.column()) if role == _ALIGNMENT else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical or section >= len(self.names):
            return None
        if role == _WORDS:
            return self.names[section]
        return _side(section) if role == _ALIGNMENT else None

    def longest(self, column: int) -> list[str]:
        """Return what may be the widest words of a column: figures are of one width, words few."""
        if _FIRST_FIGURE <= column <= _LAST_FIGURE:
            there = [line for line in self.lines if line[column] is not None]
            return [cells(max(there, key=itemgetter(column)))[column]] if there else []
        return sorted({str(line[column]) for line in self.lines}, key=len)[-_MEASURED:]


class FigureTable(QTableView):
    """`behind(Behind)` by Return or a double click on a row that has something behind it."""

    behind = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.figures = FigureModel()
        self.setModel(self.figures)
        self.setObjectName("figureTable")
        self.setAccessibleName(_("All figures"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        # Fixed: a view that measures its rows, or its columns by them, would ask for all of thousands.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look.px(32))
        self.setTabKeyNavigation(False)
        self._behind: Sequence[Behind | None] = ()
        self._sheet: Sheet | None = None
        self.doubleClicked.connect(lambda index: self.open(index.row()))

    def show_sheet(self, sheet: Sheet) -> None:
        """Show these figures; the row one stands on stays."""
        if sheet is self._sheet:
            return
        self._sheet = sheet
        row, found = self.currentIndex().row(), rows(sheet)
        self._behind = of_rows(sheet)
        self.figures.show_lines(found, head(sheet))
        self._widen()
        self.setCurrentIndex(self.figures.index(min(max(row, 0), len(found) - 1), 0))

    def _widen(self) -> None:
        self.ensurePolished()
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column in range(self.figures.columnCount()):
            wide = max(map(metrics.horizontalAdvance, self.figures.longest(column)), default=0) + _AROUND
            self.setColumnWidth(column, max(wide, header.sectionSizeHint(column)))
        header.setSectionResizeMode(_WHICH, QHeaderView.ResizeMode.Stretch)

    def open(self, row: int) -> None:
        """Show what is behind a row."""
        if 0 <= row < len(self._behind):
            self.behind.emit(self._behind[row])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open(self.currentIndex().row())
        elif event.text() and event.text().isalpha():
            event.ignore()  # letters are the page's, and no search in the table
        else:
            super().keyPressEvent(event)


def _side(column: int) -> Qt.AlignmentFlag:
    return _RIGHT if _FIRST_FIGURE <= column <= _LAST_FIGURE else _LEFT
