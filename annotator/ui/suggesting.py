"""What a label would take where nothing is selected: shown at the first press of its key, taken at the second."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator.domain.article import own_layer
from annotator.domain.free import NOTHING, Free
from annotator.domain.scheme import Label
from annotator.domain.span import Span
from annotator.i18n import _
from annotator.ui.offering import Offering
from annotator.ui.session import Session
from annotator.ui.tagging import NOTHING_CHOSEN, Tagging
from annotator.ui.text import accessibility
from annotator.ui.text.held import SUGGESTED
from annotator.ui.text.view import ArticleView

_ID = "suggestion"


class Suggesting(Offering):
    """Offers one suggestion at a time, gone as soon as the caret moves."""

    def __init__(self, session: Session, view: ArticleView, tagging: Tagging, parent: QObject) -> None:
        super().__init__(view, parent)
        self._session, self._tagging = session, tagging
        self._label: Label | None = None
        self._sets: Free = NOTHING
        self._place = (0, 0)
        view.caret_moved.connect(self.drop)
        view.selection_changed.connect(self.drop)
        view.focus_changed.connect(self.drop)
        session.article_shown.connect(self.drop)
        session.changed.connect(self.drop)

    @property
    def label(self) -> Label | None:
        """The label whose suggestion is shown, None while none is."""
        return self._label

    def press(self, label: Label, sets: Free = NOTHING) -> None:
        """Show what the label would take at the caret; where that is shown already, take it.

        `sets` is what the key says of the span's attributes.
        """
        # Imported here: word lists that only a hand without a selection needs.
        from annotator.domain.suggestions import UNITS, suggested

        if self._session.article is None or not self._tagging.may_write():
            return
        if self._label is not None and self._label.id == label.id:
            self._sets = sets
            self.take()
            return
        # Another label's key asks at the same caret what that one would take.
        place = suggested(self._view.text, self._view.caret, label.id)
        if place is None:
            self.drop()
            no_cue = UNITS.get(label.id) == "cue" and self._view.text.strip()
            told = _("No word of saying stands here. Select the words that are meant.") if no_cue else _(NOTHING_CHOSEN)
            self._session.told.emit(told, False)
            return
        self._sets = sets
        self._show(label, place)
        words = " ".join(self._view.text[slice(*place)].split())
        accessibility.announce(self._view, _("{label}? {words}").format(label=label.name, words=words))

    def take(self) -> None:
        """Make a span of what is shown."""
        label, place = self._label, self._place
        self.drop()
        if label is not None:
            self._tagging.make(label, (place,), sets=self._sets)

    def grow(self, by: int) -> bool:
        """Lengthen what is shown to the next end of a clause (1), or shorten it (-1); False where nothing is shown."""
        from annotator.domain import ways

        if self._label is None:
            return False
        start, end = self._place
        find = ways.clause_end if by > 0 else ways.clause_end_before
        end = find(self._view.text, end)
        if end > start:
            self._show(self._label, (start, end))
        return True

    def forget(self) -> None:
        """Forget what was shown."""
        self._label = None

    def _show(self, label: Label, place: tuple[int, int]) -> None:
        article, me = self._session.article, self._session.me
        if article is None:
            return
        self._label, self._place = label, place
        layer = own_layer(article.id, me.id, self._session.round).id
        self.hold([Span(_ID, article.id, layer, me.id, label.id, (place,), article.revision, state=SUGGESTED)])
        self._view.reveal(*place)
