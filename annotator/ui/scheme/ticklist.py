"""Several of a few to be ticked: the labels at one end of a relation, the values on which an attribute depends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTableWidgetItem

from annotator.ui.dialogs.parts import ReadTable
from annotator.ui.look import Look
from annotator.ui.ticks import TickColumn

_ID = Qt.ItemDataRole.UserRole
_ROW, _MOST = 28, 5


class TickList(ReadTable):
    """Names with boxes, the space bar or a click ticks; `turned()` after each."""

    turned = Signal()

    def __init__(self, name: str, look: Look, most: int = _MOST) -> None:
        super().__init__([name], name, look.px(_ROW))
        self._look, self._most = look, most
        self.setObjectName("tickList")
        self.horizontalHeader().hide()
        TickColumn(look, self)
        self._filling = False
        self.itemChanged.connect(self._turn)

    def fill(self, items: Iterable[tuple[str, str]], ticked: Iterable[str]) -> None:
        """Offer (id, name) each, those in `ticked` ticked."""
        wanted, items = set(ticked), list(items)
        if self._shown() == [(id, " ".join(name.split()), id in wanted) for id, name in items]:
            return
        at = self.currentRow()
        self._filling = True
        self.setRowCount(0)
        for id, name in items:
            (item,) = self.add(" ".join(name.split()))
            item.setData(_ID, id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if id in wanted else Qt.CheckState.Unchecked)
        if 0 <= at < len(items):
            self.setCurrentCell(at, 0)
        self._filling = False
        self.setFixedHeight(self._look.px(_ROW) * max(1, min(self._most, len(items))) + 8)

    def _shown(self) -> list[tuple[str, str, bool]]:
        found: list[tuple[str, str, bool]] = []
        for item in self._items():
            found.append((str(item.data(_ID)), item.text(), item.checkState() is Qt.CheckState.Checked))
        return found

    def _items(self) -> Sequence[QTableWidgetItem]:
        items = [self.item(row, 0) for row in range(self.rowCount())]
        return [item for item in items if item is not None]

    @property
    def ticked(self) -> tuple[str, ...]:
        """The ids of what is ticked, in the order in which they stand."""
        return tuple(id for id, _name, on in self._shown() if on)

    def _turn(self, _item: QTableWidgetItem) -> None:
        if not self._filling:
            self.turned.emit()
