"""What does not look finished in the open article: looked for when the hand rests, gone through by one key."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.change import Changed
from annotator.domain.lint import KINDS, Finding, lint
from annotator.i18n import _
from annotator.ui.session import Session
from annotator.ui.text.view import ArticleView

_REST_MS = 200


class Checks(QObject):
    """Findings in my spans of the article, in the order of the text; `changed()` when others are found."""

    changed = Signal()

    def __init__(self, session: Session, view: ArticleView, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._view = session, view
        # A child, and no QBasicTimer: that would ring for a window that is gone.
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._look)
        self.found: list[Finding] = []
        session.article_shown.connect(self._look)
        session.changed.connect(self._follow)
        self._look()

    def _follow(self, changed: Changed) -> None:
        article = self._session.article
        if (article is not None and article.id in changed.articles) or "scheme" in changed.kinds():
            self._rest.start()

    def fresh(self) -> list[Finding]:
        """Return what is found now, also where the hand has not rested yet."""
        if self._rest.isActive():
            self._look()
        return self.found

    def _look(self) -> None:
        self._rest.stop()
        session = self._session
        found: list[Finding] = []
        if session.article is not None and session.editable:
            mine = [span for span in session.spans if session.mine(span)]
            found = lint(session.text, mine, session.links, session.scheme)
        if found != self.found:
            self.found = found
            self.changed.emit()

    def step(self, by: int) -> None:
        """Focus the span of the next finding (1), or of the one before (-1), round the article."""
        found = self.fresh()
        places = [(span.start, one.span) for one in found if (span := self._session.spans.get(one.span)) is not None]
        places = list(dict.fromkeys(places))
        if not places:
            self._session.told.emit(_("Nothing to look at: all spans of the article are complete."), False)
            return
        focused = self._view.focused
        here = next((number for number, (_start, id) in enumerate(places) if focused and id == focused.id), None)
        if here is not None:
            number = (here + by) % len(places)
        else:
            caret = self._view.caret
            after = next((number for number, (start, _id) in enumerate(places) if start >= caret), len(places))
            number = (after if by > 0 else after - 1) % len(places)
        self._view.focus_span(places[number][1])

    def of(self, span: str) -> list[Finding]:
        """Return what was found at a span (its id)."""
        return [one for one in self.found if one.span == span]

    def summary(self) -> tuple[int, str]:
        """Return how many findings there are of the kind that comes first, and what it is called."""
        if not self.found:
            return 0, ""
        kind = self.found[0].kind
        return sum(one.kind == kind for one in self.found), _(KINDS[kind])
