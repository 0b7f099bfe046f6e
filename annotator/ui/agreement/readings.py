"""Which readings are compared: asked by ticks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from annotator.domain.layerref import LayerRef
from annotator.i18n import _, n_
from annotator.storage.review import Found
from annotator.ui.dialogs.parts import Sheet, button, say
from annotator.ui.look import Look
from annotator.ui.ticks import TickColumn

LEAST = 2


class ReadingsDialog(Sheet):
    """`refs` are the ticked layers, in the order in which they are offered."""

    def __init__(
        self, found: Sequence[Found], names: Sequence[str], chosen: Collection[LayerRef], look: Look,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(_("Readings"), look, parent)
        self._found = found
        self.words(_("Whose readings are compared?"))
        self.list = QListWidget()
        self.list.setObjectName("entries")
        # Before its rows come: they get their height from the style of where they are.
        self.column.addWidget(self.list, 1)
        self.list.setAccessibleName(_("Readings"))
        TickColumn(look, self.list)
        for one, name in zip(found, names, strict=True):
            articles = n_("{count:,} article", "{count:,} articles", one.articles).format(count=one.articles)
            text = _("{name} – {articles}, {done:,} done").format(name=name, articles=articles, done=one.done)
            item = QListWidgetItem(text)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.ref in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.about = self.words()
        self.take = button(_("Compare"), self.accept, "main")
        self.all = button(_("All"), self._tick_all, "quiet")
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self.take, left=[self.all])
        self.list.itemChanged.connect(lambda _item: self._count())
        self._count()
        self.fit(440, 420)
        self.list.setFocus()
        self.list.setCurrentRow(0)

    @property
    def refs(self) -> tuple[LayerRef, ...]:
        """The ticked layers."""
        checked = Qt.CheckState.Checked
        return tuple(it.ref for n, it in enumerate(self._found) if self.list.item(n).checkState() == checked)

    def _tick_all(self) -> None:
        for number in range(self.list.count()):
            self.list.item(number).setCheckState(Qt.CheckState.Checked)

    def _count(self) -> None:
        enough = len(self.refs) >= LEAST
        self.take.setEnabled(enough)
        say(self.about, "" if enough else _("Choose two readings or more."))
