"""Where the words of the search stand in the open article: framed in the text, and gone through one by one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.ui.articles.model import ArticleModel
from annotator.ui.session import Session
from annotator.ui.text.view import ArticleView

MOST = 10_000
"""Places that are told; nobody goes through more."""


class FoundWords(QObject):
    """Looks a long text through piece by piece, between keys. `counted()` when all `places` are there."""

    counted = Signal()

    def __init__(
        self, session: Session, view: ArticleView, listed: ArticleModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._view, self._listed = session, view, listed
        self.places: list[tuple[int, int]] = []
        self._words = self._article = ""
        self._to_first = self._held = False
        self._pieces: Iterator[tuple[int, int]] = iter(())
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._look_on)
        session.article_shown.connect(self._arrive)
        listed.counted.connect(self._follow)

    @property
    def known(self) -> bool:
        """Whether words are looked for, and the whole text was looked through."""
        return bool(self._words and self._article) and not self._timer.isActive()

    def hold(self, held: bool) -> None:
        """Frame nothing while the find bar does."""
        self._held = held
        if not held:
            self._view.mark(self.places)

    def step(self, by: int) -> None:
        """Select the next place (1) or the one before (-1), round the ends of the text."""
        if not self.places:
            return
        start, end = self._view.selection or (self._view.caret, self._view.caret)
        if by > 0:
            position = end if (start, end) in self.places else start
            number = bisect_left(self.places, (position, position))
        else:
            number = bisect_left(self.places, (start, start)) - 1
        place = self.places[number % len(self.places)]
        self._view.select(*place)
        self._view.come_to(*place)

    def show_first(self) -> None:
        """Go to the first place, as soon as it is known."""
        self._to_first = True
        self._go_to_first()

    def _follow(self) -> None:
        if self._listed.wanted.words != self._words:
            self._begin(to_first=False)

    def _arrive(self) -> None:
        article = self._session.article.id if self._session.article is not None else ""
        fresh, self._article = article != self._article, article
        # The same article is shown anew where a colleague's layer comes or goes: the reader is somewhere in it by then.
        self._begin(to_first=fresh)

    def _begin(self, *, to_first: bool) -> None:
        had, self.places = bool(self.places), []
        self._words, self._to_first = self._listed.wanted.words, to_first
        self._timer.stop()
        if self._words and self._article:
            # Imported here: only who searches needs it.
            from annotator.domain import terms

            self._pieces = terms.pieces(self._view.text)
            self._timer.start()
            self._look_on()
        else:
            if had and not self._held:
                self._view.mark(())
            self.counted.emit()

    def _look_on(self) -> None:
        from annotator.domain import terms

        piece = next(self._pieces, None)
        if piece is not None:
            self.places.extend(terms.places(self._view.text, self._words, *piece))
            self._go_to_first()
        if piece is None or len(self.places) >= MOST or piece[1] == len(self._view.text):
            self._timer.stop()
            if not self._held:
                self._view.mark(self.places)
            self.counted.emit()

    def _go_to_first(self) -> None:
        if self._to_first and self.places:
            self._to_first = False
            start, end = self.places[0]
            self._view.set_caret(start)
            self._view.come_to(start, end)
