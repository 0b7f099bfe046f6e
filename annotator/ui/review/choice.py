"""Which layers are reviewed, of which articles: asked before the page opens, remembered for the next time."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QWidget

from annotator.domain.layerref import CONSENSUS, LayerRef, all_called
from annotator.i18n import _, n_
from annotator.storage import review as reading
from annotator.storage.store import Store
from annotator.ui.dialogs.parts import Sheet, button, say
from annotator.ui.fields import DropDown
from annotator.ui.look import Look
from annotator.ui.ticks import TickColumn

_LEAST = 2
_AT_ONCE = 4
"""So many readings are ticked without being asked."""


class ChoiceDialog(Sheet):
    """`refs` are the chosen layers, in their order; `here` whether only the open article is meant."""

    def __init__(
        self, store: Store, chosen: Collection[LayerRef], article: str, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Review"), look, parent)
        self._store, self._article = store, article
        found = [one for one in reading.layers(store) if one.ref.kind != CONSENSUS]
        self.found = [one.ref for one in found]
        names = all_called(self.found, store.annotators())
        self.words(_("Which readings are compared? Their differences are settled one by one, into the consensus."))
        self.list = QListWidget()
        self.list.setObjectName("entries")
        # Before its rows come: they get their height from the style of where they are.
        self.column.addWidget(self.list, 1)
        self.list.setAccessibleName(_("Readings"))
        TickColumn(look, self.list)
        usual = [one.ref for one in (found if len(found) <= _AT_ONCE else found[:_LEAST])]
        ticked = [ref for ref in chosen if ref in self.found]
        ticked = ticked if len(ticked) >= _LEAST else usual
        for one, name in zip(found, names, strict=True):
            articles = n_("{count:,} article", "{count:,} articles", one.articles).format(count=one.articles)
            words = _("{name} – {articles}, {done:,} done")
            text = words.format(name=name, articles=articles, done=one.done)
            item = QListWidgetItem(text)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.ref in ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.where = DropDown(look)
        self.where.setAccessibleName(_("Articles"))
        self.column.addWidget(self.where)
        self.about = self.words()
        self.begin: QPushButton = button(_("Review"), self.accept, "main")
        self.all = button(_("All"), self._tick_all, "quiet")
        self.all.setVisible(len(found) > _AT_ONCE)
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self.begin, left=[self.all])
        self.list.itemChanged.connect(lambda _item: self._count())
        self._count()
        self.fit(480, 460)
        self.list.setFocus()
        self.list.setCurrentRow(0)

    @property
    def refs(self) -> list[LayerRef]:
        """The ticked layers."""
        checked = Qt.CheckState.Checked
        return [ref for number, ref in enumerate(self.found) if self.list.item(number).checkState() == checked]

    @property
    def here(self) -> bool:
        """Whether only the article that is open is meant."""
        return self.where.currentIndex() == 1

    def _tick_all(self) -> None:
        self.list.blockSignals(True)  # each tick would count the articles anew
        for number in range(self.list.count()):
            self.list.item(number).setCheckState(Qt.CheckState.Checked)
        self.list.blockSignals(False)
        self._count()

    def _count(self) -> None:
        refs, here = self.refs, self.here
        articles = reading.articles(self._store, refs) if len(refs) >= _LEAST else []
        self.where.clear()
        words = n_("The {count:,} article that at least two of them have",
                   "All {count:,} articles that at least two of them have", len(articles))  # fmt: skip
        self.where.addItem(words.format(count=len(articles)))
        if self._article in articles:
            self.where.addItem(_("Only the article that is open"))
            self.where.setCurrentIndex(1 if here else 0)
        self.where.setVisible(bool(articles))
        self.begin.setEnabled(bool(articles))
        if len(self.found) < _LEAST:
            say(self.about, too_few(len(self.found)))
        elif len(refs) < _LEAST:
            say(self.about, _("Choose two readings or more."))
        else:
            say(self.about, "" if articles else _("No article has two of these readings."))


def too_few(count: int) -> str:
    """Return in a sentence why there is nothing to compare."""
    if count:
        return _("There is only one reading. Merge a colleague’s package or import their spans, then compare.")
    return _("Nobody has tagged anything yet: there is nothing to compare.")
