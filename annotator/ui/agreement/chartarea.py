"""Where the cards of the page stand: three in a row, in a narrow window two; what has no room is scrolled to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QWidget

from annotator.ui.look import Look

_UPPER, _LOWER, _GAP, _LEAST, _NARROW = 264, 224, 16, 240, 1100

_Place = tuple[int, int, int, int]
"""Row and column, over how many columns, and the least height."""
_WIDE_PLACES: Sequence[_Place] = (
    (1, 0, 2, _UPPER), (1, 2, 2, _UPPER), (1, 4, 2, _UPPER), (2, 0, 4, _LOWER), (2, 4, 2, _LOWER)
)  # fmt: skip
_NARROW_PLACES: Sequence[_Place] = (
    (1, 0, 3, _UPPER), (1, 3, 3, _UPPER), (2, 0, 3, _UPPER), (3, 0, 6, _LOWER), (2, 3, 3, _UPPER)
)  # fmt: skip
_COLUMNS = 6
"""So that halves and thirds have the same grid."""


class ChartArea(QScrollArea):
    """Shows large figures over parts: pairs, labels, what is taken for one another, articles, what they rest on."""

    def __init__(self, heads: Sequence[QWidget], parts: Sequence[QWidget], look: Look) -> None:
        super().__init__()
        self._parts, self._look = parts, look
        self._narrow: bool | None = None
        self.setObjectName("agreementArea")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("agreementCharts")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(24, 0, 24, 16)
        self._grid.setSpacing(_GAP)
        above = QHBoxLayout()
        above.setSpacing(_GAP)
        for head in heads:
            above.addWidget(head, 1)
        self._grid.addLayout(above, 0, 0, 1, _COLUMNS)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, look.px(_LEAST - _GAP) // 2)
        self._arrange(False)
        self.setWidget(inside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(self.viewport().width() < self._look.px(_NARROW))
        super().resizeEvent(event)

    def _arrange(self, narrow: bool) -> None:
        if narrow is self._narrow:
            return
        self._narrow = narrow
        places = _NARROW_PLACES if narrow else _WIDE_PLACES
        for row in range(1, 4):
            self._grid.setRowStretch(row, max((high for at, _c, _w, high in places if at == row), default=0))
        for part, (row, column, wide, high) in zip(self._parts, places, strict=True):
            part.setMinimumSize(1, self._look.px(high))
            self._grid.removeWidget(part)
            self._grid.addWidget(part, row, column, 1, wide)

    def reveal(self, part: QWidget) -> None:
        """Scroll until a part is seen."""
        self.ensureWidgetVisible(part, 0, _GAP)
