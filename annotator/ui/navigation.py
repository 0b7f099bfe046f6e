"""The way through the articles: next, previous, next unfinished, done and on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer

from annotator import recent
from annotator.domain import clock
from annotator.domain.errors import UserError
from annotator.domain.span import Span
from annotator.editing.articles import set_state
from annotator.i18n import _, n_
from annotator.recent import Recent
from annotator.storage.library import Wanted
from annotator.ui.articles.model import ArticleModel
from annotator.ui.session import Session
from annotator.ui.text.view import ArticleView

PAUSE = 500
"""Milliseconds on an article until it is remembered: who leafs through many of them waits for no disk."""

REST = 3_000
"""Milliseconds without a move of the caret until its place is remembered: between keys nothing is written."""


class Navigation(QObject):
    """Opens articles in the order of the list; the unfinished ones in that of the project."""

    def __init__(self, session: Session, view: ArticleView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._listed: ArticleModel | None = None
        self._pause: QTimer | None = None
        self._rest: QTimer | None = None

    def follow(self, listed: ArticleModel) -> None:
        """Go through what this list shows."""
        self._listed = listed

    def begin(self) -> None:
        """Open the article to go on with: where one stopped if that is not done, else the first unfinished one."""
        store, me = self._session.store, self._session.me.id
        if store is None:
            return
        page = store.article_page(me, self._session.visible, 0, 1)
        if not page:
            self._session.clear_article()
            return
        first = page[0].id
        left = recent.of(store.path)
        if left is not None and not self._session.last_label:
            self._session.last_label = left.label
        here = left.article if left is not None else first
        row = store.article_row(here, me, self._session.visible) or store.article_row(first, me, self._session.visible)
        if row is not None and row.state == "done":
            here = store.next_unfinished(me, row.id) or row.id
        elif row is not None:
            here = row.id
        self._session.show_article(here)
        if left is not None and left.article == here and 0 < left.caret <= len(self._session.text):
            self._view.set_caret(left.caret)
            self._view.come_to(left.caret, left.caret)

    def keep_place(self) -> None:
        """Remember the open project now, and from now on where one is in it: the program may be killed."""
        if self._pause is None:
            self._pause = QTimer(self, singleShot=True, interval=PAUSE)
            self._pause.timeout.connect(self.leave)
            self._session.article_shown.connect(self._pause.start)
            self._rest = QTimer(self, singleShot=True, interval=REST)
            self._rest.timeout.connect(self._keep_caret)
            self._view.caret_moved.connect(self._rest.start)
        self.leave()

    def _keep_caret(self) -> None:
        """Remember the place in the article; what is done in the project is not counted for that."""
        session, store = self._session, self._session.store
        if store is None or session.article is None:
            return
        before = recent.of(store.path)
        if before is None or before.article != session.article.id:
            self.leave()
        elif before.caret != self._view.caret:
            recent.remember(before._replace(at=clock.now(), caret=self._view.caret, label=session.last_label))

    def leave(self) -> None:
        """Remember where one is in the open project."""
        session, store = self._session, self._session.store
        if self._pause is not None:
            self._pause.stop()
        if self._rest is not None:
            self._rest.stop()
        if store is None:
            return
        article = session.article.id if session.article else ""
        try:
            number = (store.article_index(article) or 0) + 1 if article else 0
            states = store.states(session.me.id)
        except UserError:
            return  # a disk that is gone must not hold the window open
        before = recent.of(store.path)
        recent.remember(
            Recent(
                str(store.path.absolute()), clock.now(), article, number, states["done"], states.total(),
                not store.writable, self._view.caret if article else 0, before.exports if before is not None else "",
                session.last_label, before.review if before is not None else "",
            )
        )  # fmt: skip

    def step(self, by: int) -> None:
        """Open the article `by` rows further on in the list; stay at the ends."""
        listed, article = self._listed, self._session.article
        if listed is None or article is None:
            return
        number = listed.number_of(article.id)
        if number is None:
            # What is shown is not among the articles looked for: they begin at their first.
            number = -1 if by > 0 else listed.rowCount()
        row = listed.article(number + by)
        if row is not None:
            self._session.show_article(row.id)
        elif not listed.rowCount():
            self._session.told.emit(_("No article is found."), False)
        elif listed.wanted == Wanted():
            words = _("This is the last article.") if by > 0 else _("This is the first article.")
            self._session.told.emit(words, False)
        else:
            # One who has forgotten the search would take the project for gone through.
            last, first = _("This is the last of the articles found."), _("This is the first of the articles found.")
            self._session.told.emit(last if by > 0 else first, False)

    def go_to(self, span: Span, start: int, end: int) -> None:
        """Show the place of a span of this article at which something was done, and focus it if it is still there."""
        there = span.id in self._session.spans
        if not there or not start <= self._view.caret <= end:
            self._view.set_caret(start)
        if there:
            self._view.focus_span(span.id, reveal=False)
        self._view.come_to(start, end)

    def open_span(self, article: str, span: str) -> None:
        """Show a span (its id), in whichever article (its id), and go on in the text there."""
        session = self._session
        if (session.article is None or session.article.id != article) and not session.show_article(article):
            session.told.emit(_("This article is not here any more."), False)
            return
        from annotator.ui.spans.whose import uncover  # not before a span is gone to from elsewhere

        uncover(session, span)
        there = session.spans.get(span)
        if there is None:
            session.told.emit(_("This span is not there any more."), False)
            return
        self._view.focus_span(span, reveal=False)
        self._view.come_to(there.start, there.end)
        self._view.window().activateWindow()
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lead(self) -> str:
        from annotator.ui.leading import lead_beside_me  # not before all is done

        return lead_beside_me(self._session)

    def unfinished(self) -> None:
        """Open the next article that is not done."""
        store, article = self._session.store, self._session.article
        if store is None or article is None:
            return
        following = store.next_unfinished(self._session.me.id, article.id)
        if following is not None:
            given = self._session.given
            self._session.show_article(following)
            if given and not self._session.given and (lead := self._lead()):
                words = _(
                    "Yours are done: File ▸ Send a package… takes them to {lead}. This one is not assigned to you."
                )
                self._session.told.emit(words.format(lead=lead), False)
        elif self._session.state == "done":
            if lead := self._lead():
                words = _("All is done. Now send your work to {lead}: File ▸ Send a package…")
                self._session.told.emit(words.format(lead=lead), False)
                return
            count = store.article_count()
            words = n_(
                "The article is done. You can export it now.",
                "All {count:,} articles are done. You can export them now.",
                count,
            )
            self._session.told.emit(words.format(count=count), False)
        else:
            self._session.told.emit(_("This is the last unfinished article."), False)

    def reopen(self) -> None:
        """Take a done article up again: it is one of the unfinished then."""
        session = self._session
        if session.article is not None and session.state == "done":
            session.do(set_state(session.article.id, session.layer, session.me, "started", session.round))

    def give_back(self) -> None:
        """Give an article back that was assigned to me, or take it again."""
        session, article = self._session, self._session.article
        if article is None:
            return
        if not session.given:
            session.told.emit(_("This article was not assigned to you."), False)
            return
        layer, me = session.layer, session.me
        from annotator.editing.assignments import give_back, take_again

        if layer is not None and layer.returned:
            if session.do_made(lambda: take_again(layer)):
                session.told.emit(_("The article is yours again."), True)
        elif session.do_made(lambda: give_back(article.id, layer, me, session.round)):
            session.told.emit(_("You gave the article back. It stands behind yours in the list now."), True)

    def done(self) -> None:
        """Mark the article done and open the next unfinished one."""
        session = self._session
        if session.article is None:
            return
        if session.state != "done" and not session.do(
            set_state(session.article.id, session.layer, session.me, "done", session.round)
        ):
            return
        self.unfinished()
