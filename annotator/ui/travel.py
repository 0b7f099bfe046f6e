"""Ways through the text that take one key, or three: to what has no label, by clauses, to a word, and back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from annotator.i18n import _
from annotator.ui.session import Session
from annotator.ui.text.view import ArticleView

LETTERS = 2
"""How many first letters of a word are typed to go there; one and Enter where a word has no more."""
_KEPT = 100
"""Places that one can go back to."""
_GIVEN_UP = (Qt.Key.Key_Escape, Qt.Key.Key_Backspace)
_TAKEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Travel(QObject):
    """Moves caret and selection of the view. `waiting_changed()` when it begins or ends to listen for letters."""

    waiting_changed = Signal()

    def __init__(self, session: Session, view: ArticleView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._view = session, view
        self._letters: str | None = None
        self._direction, self._extend = 1, False
        self._last = ""
        self._places: list[tuple[str, int]] = []

    # To what has no label

    def unlabelled(self, by: int) -> None:
        """Put the caret where the next (1) or previous (-1) clause begins that no span holds."""
        # Imported here and below: the patterns would cost every start of the program some milliseconds.
        from annotator.domain import ways

        view = self._view
        # Of the article and not of the view: words of a hidden label have one.
        labelled = sorted(fragment for span in self._session.spans for fragment in span.fragments)
        caret = view.selection[1 if by > 0 else 0] - (by > 0) if view.selection else view.caret
        find = ways.next_unlabelled if by > 0 else ways.previous_unlabelled
        place = find(view.text, caret, labelled)
        if place is None:
            told = _("Nothing without a label further on.") if by > 0 else _("Nothing without a label before.")
            if view.selection is None:
                # The next label's key of N Q Q is meant for other words than those that were labelled last.
                view.leave_span()
            self._session.told.emit(told, False)
            return
        self.leave_behind()
        view.set_caret(place)
        view.come_to(place, place)

    # By clauses

    def clause(self, by: int) -> None:
        """Extend the selection to the next end of a clause (1), or take the last one back (-1)."""
        from annotator.domain import ways

        view = self._view
        start, end = view.selection or (ways.begin(view.text, view.caret),) * 2
        if by > 0:
            view.select(start, ways.clause_end(view.text, end))
        elif (shorter := ways.clause_end_before(view.text, end)) > start:
            view.select(start, shorter)
        else:
            view.set_caret(start)

    def sentence(self) -> None:
        """Select the sentence round the caret or the selection; where that is one already, the next one with it."""
        from annotator.domain import ways

        view = self._view
        if view.text:
            view.select(*ways.sentences(view.text, *(view.selection or (view.caret, view.caret))))

    # To a word

    @property
    def waiting(self) -> str | None:
        """The letters typed so far, None while none are waited for."""
        return self._letters

    def to_word(self, *, extend: bool = False) -> None:
        """Wait for the first letters of a word, and go to the next one that begins with them."""
        if self._letters is None:
            self._view.installEventFilter(self)
        self._letters, self._extend = "", extend
        self.waiting_changed.emit()

    def stop(self) -> None:
        """Wait no longer."""
        if self._letters is not None:
            self._letters = None
            self._view.removeEventFilter(self)
            self.waiting_changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut or event.type() is QEvent.Type.MouseButtonPress:
            self.stop()
            return False
        if not isinstance(event, QKeyEvent) or event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if held != Qt.KeyboardModifier.NoModifier:
            self.stop()
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # letters are letters now, not keys of actions
            return True
        return self._hear(event)

    def _hear(self, event: QKeyEvent) -> bool:
        letters = self._letters or ""
        text = event.text()
        if event.key() in _TAKEN:
            self._go(letters or self._last)
        elif event.key() in _GIVEN_UP:
            self.stop()
        elif text.isalnum():
            self._letters = letters + text
            if len(self._letters) >= LETTERS or (not text.isascii() and not text.isalpha()):
                self._go(self._letters)
            else:
                self.waiting_changed.emit()
        elif text:
            self.stop()
            return False
        return True

    def _go(self, letters: str) -> None:
        from annotator.domain import ways

        self.stop()
        view = self._view
        if not letters:
            return
        self._last = letters
        start, end = view.selection or (view.caret, view.caret)
        found = ways.word_that_begins(view.text, end if self._extend else start, letters)
        if found is None or (self._extend and found[0] < start):
            self._session.told.emit(_("No word further on begins with “{letters}”.").format(letters=letters), False)
            return
        if self._extend:
            view.select(ways.begin(view.text, start) if view.selection is None else start, found[1])
        else:
            self.leave_behind()
            view.set_caret(found[0])
            view.come_to(*found)

    # Back

    def leave_behind(self) -> None:
        """Remember where the caret is, before it jumps."""
        article = self._session.article
        here = (article.id if article is not None else "", self._view.caret)
        if not self._places or self._places[-1] != here:
            self._places = [*self._places[-_KEPT:], here]

    def back(self) -> None:
        """Go back to where the caret was before the last jump."""
        while self._places:
            id, caret = self._places.pop()
            article = self._session.article
            if article is not None and (id, caret) == (article.id, self._view.caret):
                first, last = self._view.seen()
                if first <= caret <= last:
                    continue
                # Only the view went elsewhere, as it does along equal words: what is selected stays selected.
                self._view.come_to(caret, caret)
                return
            if article is None or id != article.id:
                self._session.show_article(id)
            caret = min(caret, len(self._view.text))
            self._view.set_caret(caret)
            self._view.come_to(caret, caret)
            return
        self._session.told.emit(_("There is no earlier place in this session."), False)
