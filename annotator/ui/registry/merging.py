"""Merging an entry into another one: type to find it, see what it means, Return does it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QWidget

from annotator.domain.change import Entry
from annotator.domain.entryoffers import MOST, Offer
from annotator.i18n import _, n_
from annotator.ui.dialogs.parts import Sheet, button, say
from annotator.ui.listfield import ListField
from annotator.ui.look import Look
from annotator.ui.registry.entries import Entries
from annotator.ui.registry.picker import OfferRow, Offers

_PAGE = 8


class MergeDialog(Sheet):
    """`winner` is the entry to merge into, once that was accepted."""

    def __init__(
        self, loser: Entry, entries: Entries, count: Callable[[Entry], int], look: Look, parent: QWidget
    ) -> None:
        super().__init__(_("Merge"), look, parent, heading=_("Merge “{name}” with…").format(name=_short(loser.name)))
        self._loser, self._entries, self._count = loser, entries, count
        self.words(_("It goes on under the other’s name. No link is changed, and Undo takes them apart again."))
        self.model = Offers(lambda offer: count(offer.entry) if offer.entry is not None else 0)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(OfferRow(look, self.list, signs=False))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Registry"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.field = ListField(self.list, _PAGE)
        self.field.setPlaceholderText(_("Type the name of the other one"))
        self.field.setAccessibleName(_("The other entry"))
        self.column.addWidget(self.field)
        self.column.addWidget(self.list, 1)
        self._means = self.words("", "second")
        self.merge = button(_("Merge"), self.accept, "main")
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self.merge)
        self.field.textChanged.connect(self._look_for)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._preview())
        self.list.doubleClicked.connect(lambda _index: self.accept())
        self._look_for("")
        self.fit(560, 520)
        self.field.setFocus()

    @property
    def winner(self) -> Entry | None:
        """The chosen entry."""
        row = self.list.currentIndex().row()
        return self.model.offers[row].entry if 0 <= row < len(self.model.offers) else None

    def _look_for(self, typed: str) -> None:
        register, used = self._entries.register, self._entries.used
        # Without letters, those whose names have a word in common: the pair that one wants to merge, as a rule.
        found = register.find(typed, MOST, used) if typed.strip() else register.akin(self._loser.name, MOST, used)
        if not typed.strip():
            there = {entry.id for entry in found}
            found += [entry for entry in register.find("", MOST, used) if entry.id not in there]
        self.model.show_offers([Offer(one, one.name, one.kind) for one in found if one.id != self._loser.id])
        if self.model.offers:
            self.list.setCurrentIndex(self.model.index(0))
        self._preview()

    def _preview(self) -> None:
        winner = self.winner
        self.merge.setEnabled(winner is not None)
        if winner is None:
            say(self._means, _("Nobody else is called so."))
            return
        count = self._count(self._loser)
        words = _("Then “{one}” finds “{other}”.")
        if count:
            words = n_(
                "Then “{one}” finds “{other}”, and its {count:,} link leads there.",
                "Then “{one}” finds “{other}”, and its {count:,} links lead there.",
                count,
            )
        say(self._means, words.format(count=count, one=_short(self._loser.name), other=_short(winner.name)))


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:59]}…"
