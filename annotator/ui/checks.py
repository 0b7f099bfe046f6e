"""What does not look finished in the open article: looked for when the hand rests, gone through by one key."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.change import Changed
from annotator.domain.lint import KINDS, Finding, one_by_one
from annotator.i18n import _
from annotator.ui.session import Session
from annotator.ui.text.view import ArticleView

_REST_MS, _LONG_REST_MS = 200, 1_500
_LONG = 5_000
"""Spans of an article that is looked through less often, and never while somebody waits."""
_SLICE = 0.003
"""Seconds for which a key may have to wait."""


class Checks(QObject):
    """Findings in my spans of the article, in the order of the text; `changed()` when others are found.

    `looked()` when all spans were looked at, whatever was found.
    """

    changed = Signal()
    looked = Signal()

    def __init__(self, session: Session, view: ArticleView, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._view = session, view
        # Children, and no QBasicTimer: that would ring for a window that is gone.
        self._rest, self._slices = QTimer(self, singleShot=True), QTimer(self)
        self._rest.timeout.connect(self._begin)
        self._slices.timeout.connect(self._go_on)
        self.found: list[Finding] = []
        self.groups: dict[str, list[Finding]] = {}
        """What was found by its kind, in the order of `KINDS`; none is empty."""
        self._summary = 0, ""
        self._of: dict[str, list[Finding]] = {}
        self._new_of: dict[str, list[Finding]] = {}
        self._left: Iterator[list[Finding]] = iter(())
        self._new: list[Finding] = []
        self._sorted: dict[str, list[Finding]] = {}
        session.article_shown.connect(self._begin)
        session.changed.connect(self._follow)
        self._begin()

    @property
    def _is_long(self) -> bool:
        return len(self._session.spans) > _LONG

    def _follow(self, changed: Changed) -> None:
        article = self._session.article
        if changed.kinds() == {"remark"}:
            return
        if (article is not None and article.id in changed.articles) or "scheme" in changed.kinds():
            self._slices.stop()
            self._rest.start(_LONG_REST_MS if self._is_long else _REST_MS)

    def _begin(self) -> None:
        """Look at the article's spans from the first on, a little at a time: no key waits for it."""
        self._rest.stop()
        session = self._session
        mine = (span for span in session.spans if session.mine(span))
        there = session.article is not None and session.editable
        self._new, self._new_of, self._sorted = [], {}, {kind: [] for kind in KINDS}
        self._left = one_by_one(session.text, mine if there else (), session.links, session.scheme)
        self._slices.start(0)
        self._go_on()

    def _go_on(self) -> None:
        until = time.perf_counter() + _SLICE
        for found in self._left:
            self._new += found
            for one in found:
                self._sorted[one.kind].append(one)
                self._new_of.setdefault(one.span, []).append(one)
            if time.perf_counter() > until:
                return
        self._slices.stop()
        if self._new != self.found:
            self.found = self._new
            self.groups = {kind: ones for kind, ones in self._sorted.items() if ones}
            self._of = self._new_of
            kind = self.found[0].kind if self.found else ""
            self._summary = len(self.groups.get(kind, ())), _(KINDS[kind]) if kind else ""
            self.changed.emit()
        self.looked.emit()

    @property
    def looking(self) -> bool:
        """Whether not all spans of the article were looked at yet."""
        return self._slices.isActive()

    def fresh(self) -> list[Finding]:
        """Return what is found now, also where the hand has not rested yet; of a long article what was found last."""
        if not self._is_long:
            if self._rest.isActive():
                self._begin()
            while self._slices.isActive():
                self._go_on()
        return self.found

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
        return self._of.get(span, [])

    def summary(self) -> tuple[int, str]:
        """Return how many findings there are of the kind that comes first, and what it is called."""
        return self._summary
