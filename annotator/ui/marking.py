"""Actions that mark the article as a whole and the attribution of the focused span, and lead to what is marked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from annotator.domain.marked import WHATS
from annotator.domain.span import Span
from annotator.i18n import _

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


class Marking:
    """Leads from keys to the parts of the right panel that show marks; one for the window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what does these actions, by their ids."""
        hand = self._window.hand
        return {
            "span.right": self._still_right,
            "article.judge": self.judge,
            "article.discuss": lambda: hand.judging.mark("discuss"),
            "article.unsure": lambda: hand.judging.mark("unsure"),
            "article.note": self._note_article,
            "article.remark": self._remark_on_article,
            "span.remark": self._remark_on_span,
            "tie.discuss": lambda: hand.saying.mark_tie("discuss"),
            "tie.unsure": lambda: hand.saying.mark_tie("unsure"),
            "tie.note": self._note_tie,
            **{f"go.{what}": partial(self._next, what) for what in WHATS},
        }

    def _next(self, what: str) -> None:
        """Go to the next thing that is marked so, in whatever article."""
        self._window.hand.travel.leave_behind()
        self._window.hand.todo.step(what, 1)

    def is_older(self, span: Span) -> bool:
        """Whether a span was tagged when its label meant something else."""
        return self._window.articles.worklist.is_older(span)

    def _still_right(self) -> None:
        from annotator.domain import clock
        from annotator.editing.schemes import still_right

        window, span = self._window, self._window.view.focused
        if span is None or not window.tagging.may_change(span):
            return
        version = window.session.scheme.version
        if not self.is_older(span):
            window.session.told.emit(_("Its label means what it meant when the span was made."), False)
        else:
            window.session.do_made(lambda: still_right(span, version, clock.now()))

    def judge(self, field: str = "") -> None:
        """Give the keyboard to what I say of the article, at a field (its id) or the first one."""
        self._to_judgement()
        self._window.side.span.judge(field)

    def _note_article(self) -> None:
        self._to_judgement()
        self._window.side.span.note_article()

    def _may_remark(self) -> bool:
        if not self._window.session.editable:
            self._window.session.told.emit(_("The project is open for reading only."), False)
        return self._window.session.editable

    def _remark_on_article(self) -> None:
        if not self._may_remark():
            return
        self._to_judgement()
        self._window.side.span.remark_on_article()

    def _remark_on_span(self) -> None:
        if not self._may_remark():
            return
        self._window.showing.catch_up(now=True)
        self._window.arrangement.show_side()
        self._window.side.span.remark()

    def _to_judgement(self) -> None:
        # A span that is focused gives its place up.
        self._window.view.leave_span()
        self._window.arrangement.show_side()
        self._window.showing.catch_up(now=True)
        self._window.side.span.show_judgement()

    def _note_tie(self) -> None:
        self._window.showing.catch_up(now=True)
        span = self._window.view.focused
        if span is not None and self._window.hand.saying.tie_of(span, tell=True) is not None:
            self._window.arrangement.show_side()
            self._window.side.span.full.tie_state.take_note()
