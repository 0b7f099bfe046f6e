"""A table whose rows come and go one by one: of thousands a key touches one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableWidgetItem

from annotator.domain.text import printable
from annotator.ui.colleagues.acting import ActingTable, Acts
from annotator.ui.widgets import plain_tip

_MANY = 20
"""Rows that come or go one by one; of more the table is made anew."""
_AT_ONCE = 60
"""Rows that are written at once; of more only those on the screen are, and the others so many at a time."""
Row = tuple[str, object]
"""The id of what a row shows, and what it shows of it: while that is equal the row is left alone."""


class KeptRows(ActingTable):
    """It knows which rows it shows, and writes only those that are others."""

    def __init__(self, heads: Sequence[str], name: str, row: int, acts: Acts) -> None:
        super().__init__(heads, name, row, acts)
        self._rows: list[Row] = []
        self._cells: Callable[[int], Sequence[str]] = lambda _number: ()
        self._left = 0
        """Above this row all are written."""
        self._writing = QTimer(self, singleShot=True, interval=0)
        self._writing.timeout.connect(self._write_some)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._write_seen())

    @property
    def written(self) -> bool:
        """Whether all rows are written; those on the screen always are."""
        return not self._writing.isActive()

    def show_rows(self, rows: Sequence[Row], cells: Callable[[int], Sequence[str]]) -> None:
        """Show these rows; `cells(number)` gives the words of one. The chosen row stays, or that in its place is it."""
        before, at = self._rows, max(0, self.chosen_row)
        chosen = before[at][0] if at < len(before) else ""
        self.blockSignals(True)
        self._cells = cells
        there = self._without_what_went(before, {id for id, _what in rows}, len(rows))
        if not there and len(rows) > _AT_ONCE:
            self.setRowCount(len(rows))
            there = list(rows)
            self._left = 0
            self._writing.start()
        for number, row in enumerate(rows):
            known = number < len(there) and there[number][0] == row[0]
            if not known:
                there.insert(number, row)
                self.insertRow(number)
            if not known or there[number] != row:
                self._write(number, cells(number))
        for number in reversed(range(len(rows), len(there))):
            self.removeRow(number)  # rows in another order than before
        self._rows = list(rows)
        same = next((n for n, (id, _what) in enumerate(rows) if id == chosen), at)
        self.selectRow(min(same, len(rows) - 1))
        self.blockSignals(False)
        if self._writing.isActive():
            self._left = 0  # others may stand there by now
            self._write_seen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._write_seen()

    def _write_seen(self) -> None:
        if not self._writing.isActive():
            return
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        for number in range(max(first, 0), (last if last >= 0 else self.rowCount() - 1) + 1):
            self._write_missing(number)

    def _write_some(self) -> None:
        end = min(self._left + _AT_ONCE, self.rowCount())
        for number in range(self._left, end):
            self._write_missing(number)
        self._left = end
        if end < self.rowCount():
            self._writing.start()

    def _write_missing(self, number: int) -> None:
        if self.item(number, 0) is None:
            self._write(number, self._cells(number))

    def _without_what_went(self, before: list[Row], wanted: set[str], count: int) -> list[Row]:
        there = [row for row in before if row[0] in wanted]
        if max(len(before), count) - len(there) > _MANY:
            self.setRowCount(0)
            return []
        for number in reversed(range(len(before))):
            if before[number][0] not in wanted:
                self.removeRow(number)
        return there

    def _write(self, number: int, words: Sequence[str]) -> None:
        for column, text in enumerate(map(printable, words)):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tip(text))
            self.setItem(number, column, item)
