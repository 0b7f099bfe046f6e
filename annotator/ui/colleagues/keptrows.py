"""A table whose rows come and go one by one: of thousands a key touches one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QTableWidgetItem

from annotator.domain.text import printable
from annotator.ui.colleagues.acting import ActingTable, Acts
from annotator.ui.widgets import plain_tip

_MANY = 20
"""Rows that come or go one by one; of more the table is made anew."""
Row = tuple[str, object]
"""The id of what a row shows, and what it shows of it: while that is equal the row is left alone."""


class KeptRows(ActingTable):
    """It knows which rows it shows, and writes only those that are others."""

    def __init__(self, heads: Sequence[str], name: str, row: int, acts: Acts) -> None:
        super().__init__(heads, name, row, acts)
        self._rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row], cells: Callable[[int], Sequence[str]]) -> None:
        """Show these rows; `cells(number)` gives the words of one. The chosen row stays, or that in its place is it."""
        before, at = self._rows, max(0, self.chosen_row)
        chosen = before[at][0] if at < len(before) else ""
        self.blockSignals(True)
        there = self._without_what_went(before, {id for id, _what in rows}, len(rows))
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
