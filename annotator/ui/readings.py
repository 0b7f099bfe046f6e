"""Readings to tick, in a list: which of them are compared."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from annotator.domain.layerref import LayerRef
from annotator.i18n import _, n_
from annotator.storage.review import Found
from annotator.ui.look import Look
from annotator.ui.ticks import TickColumn

LEAST = 2
"""So many readings it takes to compare."""
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ReadingList(QListWidget):
    """`ticked()` when others are ticked than before.

    To be filled where it stands: its rows get their height from the style of that place.
    """

    ticked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._found: Sequence[Found] = ()
        self.setObjectName("entries")
        self.setAccessibleName(_("Readings"))
        TickColumn(look, self)
        self.itemChanged.connect(lambda _item: self.ticked.emit())

    def fill(self, found: Sequence[Found], names: Sequence[str], chosen: Collection[LayerRef]) -> None:
        """Offer these readings under these names; the chosen ones are ticked."""
        self._found = found
        self.blockSignals(True)
        for one, name in zip(found, names, strict=True):
            articles = n_("{count:,} article", "{count:,} articles", one.articles).format(count=one.articles)
            words = _("{name} – {articles}, {done:,} done")
            item = QListWidgetItem(words.format(name=name, articles=articles, done=one.done))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_CHECKED if one.ref in chosen else _UNCHECKED)
            self.addItem(item)
        self.setCurrentRow(0)
        self.blockSignals(False)

    @property
    def refs(self) -> tuple[LayerRef, ...]:
        """The ticked ones, in the order in which they are offered."""
        return tuple(one.ref for number, one in enumerate(self._found) if self.item(number).checkState() == _CHECKED)

    def tick_all(self) -> None:
        """Tick all of them."""
        self.blockSignals(True)  # whoever hears of a tick may count articles
        for number in range(self.count()):
            self.item(number).setCheckState(_CHECKED)
        self.blockSignals(False)
        self.ticked.emit()


def too_few(count: int) -> str:
    """Return in a sentence why there is nothing to compare."""
    if count:
        return _("There is only one reading. Merge a colleague’s package or import their spans, then compare.")
    return _("Nobody has tagged anything yet: there is nothing to compare.")


def choose_more() -> str:
    """Return in a sentence that too few are ticked."""
    return _("Choose two readings or more.")
