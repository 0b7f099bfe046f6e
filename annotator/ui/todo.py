"""The way through what is marked, across articles: the next span, attribution or article to discuss, and so on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QObject

from annotator.domain.marked import OLDER, REMARK, Marked
from annotator.i18n import _, later
from annotator.ui.articles.worklist import Worklist
from annotator.ui.session import Session
from annotator.ui.text.view import ArticleView

_NONE = {
    "discuss": later("Nothing is marked to be discussed."),
    "unsure": later("Nothing is marked as unsure."),
    "note": later("Nothing has a note."),
    "remark": later("Nobody has said anything that is open."),
    "older": later("Nothing was tagged when its label meant something else."),
}
_ALONE = {
    "discuss": later("Nothing else is to be discussed."),
    "unsure": later("Nothing else is unsure."),
    "note": later("Nothing else has a note."),
    "remark": later("No other remark is open."),
    "older": later("Nothing else was tagged when its label meant something else."),
}


class Place(NamedTuple):
    """Where something is marked: where its span begins (code points; -1 for the article as a whole), the span's id."""

    start: int
    span: str = ""


_BEFORE = Place(-2)


class ToDo(QObject):
    """Walks round the project; a press before everything is known is done as soon as it is."""

    def __init__(self, session: Session, view: ArticleView, worklist: Worklist, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._view, self._worklist = session, view, worklist
        self._wanted: tuple[str, int] | None = None
        self._last = ("", _BEFORE, 0)
        """The article, place and caret that was gone to last."""
        worklist.changed.connect(self._go_now)
        session.closing.connect(self._forget)

    def _forget(self) -> None:
        self._wanted = None

    def _go_now(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.step(*wanted)

    def step(self, what: str, by: int) -> None:
        """Go to the next (1) or previous (-1) thing of a sort, one of WHATS."""
        session, listed = self._session, self._worklist
        if session.store is None or session.article is None:
            return
        if not listed.complete and not listed.fault:
            self._wanted = what, by
            listed.begin()
            return
        here = session.article.id
        articles = listed.articles(what)
        if not articles:
            session.told.emit(_(_NONE[what]), False)
            return
        at = self._at(here)
        if (place := self._beyond(what, at, by)) is not None:
            self._go(place)
            return
        # Imported here: no start waits for it.
        from annotator.storage.marked import next_article

        following = next_article(session.store, articles, here, by)
        if following is not None and following != here:
            session.show_article(following)
        place = self._beyond(what, None, by)
        if place is None or (following == here and place == at):
            session.told.emit(_(_ALONE[what]), False)
        else:
            self._go(place)

    def _at(self, article: str) -> Place:
        """Return where one is in the shown article."""
        view = self._view
        if (span := view.focused) is not None:
            return Place(span.start, span.id)
        if self._last[0] == article and self._last[2] == view.caret:
            return self._last[1]
        # At the very beginning the article as a whole is still to come.
        return Place(view.caret) if view.caret else _BEFORE

    def _beyond(self, what: str, at: Place | None, by: int) -> Place | None:
        """Return the next place of a sort in the shown article, beyond a place or (None) the first on the way."""
        if what == OLDER:
            return self._older_beyond(at, by)
        places = self._places(what)
        beyond = (place for place in places if at is None or (place > at if by > 0 else place < at))
        return min(beyond, default=None) if by > 0 else max(beyond, default=None)

    def _places(self, what: str) -> Iterable[Place]:
        article = self._session.article
        if article is None:
            return ()
        if what == REMARK:
            # What is said of a span that is gone, or not shown, stands with the article.
            spans = (self._session.spans.get(remark.span) for remark in self._worklist.remarks(article.id))
            return (Place(span.start, span.id) if span is not None else Place(-1) for span in spans)
        found = self._worklist.of(article.id, what)
        return (place for one in found if (place := self._place(one)) is not None)

    def _older_beyond(self, at: Place | None, by: int) -> Place | None:
        # Of these there may be as many as spans: no key looks at all of a long article.
        spans = self._session.spans
        if at is None:
            index = 0 if by > 0 else len(spans) - 1
        elif at.span in spans:
            index = spans.index(at.span) + by
        else:
            index = spans.first_from(at.start) - (by < 0)
        older = (span for span in spans.onward(index, by) if self._worklist.is_older(span))
        return next((Place(span.start, span.id) for span in older), None)

    def _place(self, one: Marked) -> Place | None:
        if one.kind == "layer":
            return Place(-1)
        spans = self._session.spans
        ends = (spans.get(id) for id in self._session.links.ends(one.id)) if one.kind != "span" else [spans.get(one.id)]
        span = next(filter(None, ends), None)
        return Place(span.start, span.id) if span is not None else None

    def _go(self, place: Place) -> None:
        view = self._view
        span = self._session.spans.get(place.span)
        if span is not None:
            view.focus_span(span.id, reveal=False)
            view.come_to(span.start, span.end)
        else:
            view.set_caret(0)
            view.leave_span()
            view.come_to(0, 0)
        article = self._session.article
        self._last = (article.id if article is not None else "", place, view.caret)
