"""Kinds of differences as chips with counts, in as many lines as they need; each turns a filter."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from annotator.i18n import _
from annotator.ui.look import Look
from annotator.ui.review.words import kind_name

_GAP = 8


class Chips(QWidget):
    """`chosen(kinds)` when another set of kinds is wanted, none for all."""

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._chips: dict[str, QToolButton] = {}
        self._high = 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: dict[str, int], chosen: frozenset[str]) -> None:
        """Show a chip for each kind that there is, or that is chosen."""
        for kind in counts:
            if kind not in self._chips and (counts[kind] or kind in chosen):
                self._chips[kind] = self._made(kind)
        for kind, chip in self._chips.items():
            count = counts.get(kind, 0)
            words = f"{kind_name(kind)}  {count:,}"
            if chip.text() != words:
                chip.setText(words)
                chip.setAccessibleName(f"{kind_name(kind)}, {count:,}")
            chip.setChecked(kind in chosen)
            chip.setVisible(count > 0 or kind in chosen)
        order = [kind for kind in counts if kind in self._chips]
        self._chips = {kind: self._chips[kind] for kind in order}
        self._place()

    def _made(self, kind: str) -> QToolButton:
        chip = QToolButton(self)
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setToolTip(_("Only this kind; again: all kinds"))
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.clicked.connect(self._tell)
        return chip

    def _tell(self) -> None:
        self.chosen.emit(frozenset(kind for kind, chip in self._chips.items() if chip.isChecked()))

    def stops(self) -> list[QWidget]:
        """Return what Tab goes through here."""
        return list(self._chips.values())

    def sizeHint(self) -> QSize:
        return QSize(200, self._high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._place()

    def _place(self) -> None:
        x = y = 0
        high = self._look.px(24)
        shown = [chip for chip in self._chips.values() if not chip.isHidden()]
        for chip in shown:
            wide = min(chip.sizeHint().width(), max(self.width(), 60))
            if x and x + wide > self.width():
                x, y = 0, y + high + _GAP
            chip.setGeometry(x, y, wide, high)
            x += wide + _GAP
        self._high = y + high if shown else 0
        if self.height() != self._high:
            self.setFixedHeight(self._high)
