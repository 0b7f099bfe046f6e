"""Which readings are compared: asked by ticks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QWidget

from annotator.domain.layerref import LayerRef
from annotator.i18n import _
from annotator.storage.review import Found
from annotator.ui.dialogs.parts import Sheet, button, say
from annotator.ui.look import Look
from annotator.ui.readings import LEAST, ReadingList, choose_more


class ReadingsDialog(Sheet):
    """`refs` are the ticked layers, in the order in which they are offered."""

    def __init__(
        self, found: Sequence[Found], names: Sequence[str], chosen: Collection[LayerRef], look: Look,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(_("Readings"), look, parent)
        self.words(_("Whose readings are compared?"))
        self.list = ReadingList(look)
        self.column.addWidget(self.list, 1)
        self.list.fill(found, names, chosen)
        self.about = self.words()
        self.take = button(_("Compare"), self.accept, "main")
        self.all = button(_("All"), self.list.tick_all, "quiet")
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self.take, left=[self.all])
        self.list.ticked.connect(self._count)
        self._count()
        self.fit(440, 420)
        self.list.setFocus()

    @property
    def refs(self) -> tuple[LayerRef, ...]:
        """The ticked layers."""
        return self.list.refs

    def _count(self) -> None:
        enough = len(self.refs) >= LEAST
        self.take.setEnabled(enough)
        say(self.about, "" if enough else choose_more())
