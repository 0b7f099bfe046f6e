"""What the window has of the registry: entries at hand, the list to type in, the dialog."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.domain.article import known
from annotator.domain.entryoffers import Mention, Offer
from annotator.ui.registry.entries import Entries

if TYPE_CHECKING:
    from annotator.ui.registry.linker import Linker
    from annotator.ui.registry.picker import EntryPicker
    from annotator.ui.window import MainWindow


class Desk(QObject):
    """One for the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.entries = Entries(window.session, self)
        self.entries.changed.connect(self._show_anew)

    def _show_anew(self) -> None:
        self._window.showing.refocus()
        self._window.side.span.show_judgement()

    @cached_property
    def linker(self) -> Linker:
        """What links the focused span."""
        from annotator.ui.registry.linker import Linker

        window = self._window
        return Linker(window.session, window.view, window.tagging, self.entries, self._picker, self)

    def _picker(self) -> EntryPicker:
        from annotator.ui.registry.picker import EntryPicker

        entries, window = self.entries, self._window
        picker = EntryPicker(
            window.view, window.look, window.page, entries.offers,
            lambda offer: entries.used.get(offer.entry.id, 0) if offer.entry is not None else 0,
        )  # fmt: skip
        picker.moved.connect(window.showing.refresh)
        window.session.article_shown.connect(lambda: picker.leave(False))
        return picker

    @property
    def picking(self) -> bool:
        """Whether the list is open."""
        return "linker" in self.__dict__ and self.linker.open

    def name_of(self, entry: str) -> str | None:
        """Return what an entry (its id) is called, None where it is gone."""
        found = self.entries.standing(entry)
        return found.name if found is not None else None

    def offer_for_field(self, field: str) -> None:
        """Offer entries for a field of the article (its id)."""
        window, judging = self._window, self._window.hand.judging
        article, own = window.session.article, next((one for one in judging.own if one.id == field), None)
        if article is None or own is None:
            return
        here = judging.values.get(field)
        linked = (self.name_of(here) or here) if isinstance(here, str) else ""
        # What the metadata say under the same key is what was read from the file: the outlet, the agency.
        mention = Mention(known(article.meta, field), article.id, "outlet", linked)
        caret = window.view.caret
        self.linker.ask(mention, (caret, caret), own.name, partial(self._judge, field))

    def _judge(self, field: str, offer: Offer) -> None:
        judging = self._window.hand.judging
        if offer.away:
            judging.link(field, None, "")
        else:
            judging.link(field, partial(self.linker.made, offer), offer.name, new=offer.entry is None)

    def show(self, entry: str = "") -> None:
        """Show the registry, at an entry (its id) on request."""
        self._window.sheets.registry(entry)
