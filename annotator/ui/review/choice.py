"""Which layers are reviewed, of which articles: asked before the page opens, remembered for the next time."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QPushButton, QWidget

from annotator.domain.layerref import CONSENSUS, LayerRef, all_called
from annotator.i18n import _, n_
from annotator.storage import review as reading
from annotator.storage.store import Store
from annotator.ui.dialogs.parts import Sheet, button, say
from annotator.ui.fields import DropDown
from annotator.ui.look import Look
from annotator.ui.readings import LEAST, ReadingList, choose_more, too_few

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
        self.words(_("Which readings are compared? Their differences are settled one by one, into the consensus."))
        self.list = ReadingList(look)
        self.column.addWidget(self.list, 1)
        usual = self.found if len(found) <= _AT_ONCE else self.found[:LEAST]
        ticked = [ref for ref in chosen if ref in self.found]
        names = all_called(self.found, store.annotators())
        self.list.fill(found, names, ticked if len(ticked) >= LEAST else usual)
        self.where = DropDown(look)
        self.where.setAccessibleName(_("Articles"))
        self.column.addWidget(self.where)
        self.about = self.words()
        self.begin: QPushButton = button(_("Review"), self.accept, "main")
        self.all = button(_("All"), self.list.tick_all, "quiet")
        self.all.setVisible(len(found) > _AT_ONCE)
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self.begin, left=[self.all])
        self.list.ticked.connect(self._count)
        self._count()
        self.fit(480, 460)
        self.list.setFocus()

    @property
    def refs(self) -> list[LayerRef]:
        """The ticked layers."""
        return list(self.list.refs)

    @property
    def here(self) -> bool:
        """Whether only the article that is open is meant."""
        return self.where.currentIndex() == 1

    def _count(self) -> None:
        refs, here = self.refs, self.here
        articles = reading.articles(self._store, refs) if len(refs) >= LEAST else []
        self.where.clear()
        words = n_("The {count:,} article that at least two of them have",
                   "All {count:,} articles that at least two of them have", len(articles))  # fmt: skip
        self.where.addItem(words.format(count=len(articles)))
        if self._article in articles:
            self.where.addItem(_("Only the article that is open"))
            self.where.setCurrentIndex(1 if here else 0)
        self.where.setVisible(bool(articles))
        self.begin.setEnabled(bool(articles))
        if len(self.found) < LEAST:
            say(self.about, too_few(len(self.found)))
        elif len(refs) < LEAST:
            say(self.about, choose_more())
        else:
            say(self.about, "" if articles else _("No article has two of these readings."))
