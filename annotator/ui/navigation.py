"""The way through the articles: next, previous, next unfinished, done and on."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator.editing.articles import set_state
from annotator.ui.session import Session


class Navigation(QObject):
    """Opens articles in project order."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def begin(self) -> None:
        """Open the article to go on with: the first unfinished one, else the first."""
        store = self._session.store
        if store is None:
            return
        first = next(iter(store.article_ids()), None)
        if first is None:
            self._session.clear_article()
            return
        row = store.article_row(first, self._session.me.id, self._session.visible)
        if row is not None and row.state == "done":
            first = store.next_unfinished(self._session.me.id, first) or first
        self._session.show_article(first)

    def step(self, by: int) -> None:
        """Open the article `by` places further on; stay at the ends."""
        store, article = self._session.store, self._session.article
        if store is None or article is None:
            return
        number = store.article_index(article.id)
        if number is None or not 0 <= number + by < store.article_count():
            self._session.told.emit("This is the last article." if by > 0 else "This is the first article.", False)
            return
        rows = store.article_page(self._session.me.id, self._session.visible, number + by, 1)
        if rows:
            self._session.show_article(rows[0].id)

    def unfinished(self) -> None:
        """Open the next article that is not done."""
        store, article = self._session.store, self._session.article
        if store is None or article is None:
            return
        following = store.next_unfinished(self._session.me.id, article.id)
        if following is not None:
            self._session.show_article(following)
        elif self._session.state == "done":
            count = store.article_count()
            words = f"All {count:,} articles are done." if count > 1 else "The article is done."
            self._session.told.emit(f"{words} You can export them now.", False)
        else:
            self._session.told.emit("This is the last unfinished article.", False)

    def reopen(self) -> None:
        """Take a done article up again: it is one of the unfinished then."""
        session = self._session
        if session.article is not None and session.state == "done":
            session.do(set_state(session.article.id, session.layer, session.me, "started"))

    def done(self) -> None:
        """Mark the article done and open the next unfinished one."""
        session = self._session
        if session.article is None:
            return
        if session.state != "done" and not session.do(set_state(session.article.id, session.layer, session.me, "done")):
            return
        self.unfinished()
