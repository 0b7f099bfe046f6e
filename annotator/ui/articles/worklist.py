"""What is marked in the open project, for the list of articles and the keys to the next: looked up between keys."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.article import Layer
from annotator.domain.change import Changed
from annotator.domain.errors import UserError
from annotator.domain.marked import WHATS, Marked, Marks
from annotator.domain.scheme import Scheme
from annotator.domain.span import Span
from annotator.domain.team import Remark
from annotator.i18n import _
from annotator.storage.reader import Reader
from annotator.ui.session import Session

AFTER = 700
"""Milliseconds after opening: the first picture, and whatever else one waits for, come before."""
_SLICE = 0.003
"""Seconds for which a key may have to wait."""
_REST = 60
"""Milliseconds in which changes are gathered before anybody is told: a key waits for no counting."""


class Worklist(QObject):
    """Of the visible layers only. `changed()` some moments after something else is marked, and when all is known;
    `learned()` when it can be told of a span whether it is older than what its label means."""

    changed = Signal()
    learned = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._marks = Marks(self._layer)
        self._since: Mapping[str, int] = {}
        self._portions: Iterator[tuple[int, int]] | None = None
        self.complete = False
        """Whether everything that is marked is known."""
        self.fault = ""
        self._remarked: tuple[str, frozenset[str]] = "", frozenset()
        self._done, self._total = 0, 0
        self._wait, self._slices = QTimer(self, singleShot=True, interval=AFTER), QTimer(self, interval=0)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._wait.timeout.connect(self.begin)
        self._slices.timeout.connect(self._go_on)
        self._rest.timeout.connect(self.changed)
        session.project_opened.connect(self._open)
        session.changed.connect(self._follow)
        session.scheme_changed.connect(self._learn)
        session.unsealed.connect(self._look_anew)
        session.closing.connect(self._stop)

    def _open(self) -> None:
        self._stop()
        self._marks, self.complete, self.fault = Marks(self._layer), False, ""
        self._done, self._total = 0, 0
        self._wait.start()

    def _learn(self) -> None:
        """Look anew where a label means something else since another version of the scheme."""
        begun = self.complete or self._portions is not None
        if begun and _since(self._session.scheme) != self._since:
            self._open()
            self.begin()

    def _look_anew(self) -> None:
        """Look at everything again, where that has begun: what was sealed may be marked too."""
        if self.complete or self._portions is not None:
            self._open()
            self.begin()

    def _stop(self) -> None:
        for timer in (self._wait, self._slices, self._rest):
            timer.stop()
        self._portions = None

    def begin(self) -> None:
        """Look now, where that has not begun."""
        store = self._session.store
        if store is None or self.complete or self._portions is not None:
            return
        self._wait.stop()
        self.fault = ""
        self._since = _since(self._session.scheme)
        self._marks = Marks(self._layer, self._since, self._still, self._readable)
        self._remarked = "", frozenset()
        self._portions = self._look(store)
        self._slices.start()
        if self._since:
            self.learned.emit()

    def _look(self, store: Reader) -> Iterator[tuple[int, int]]:
        # Imported here: no start waits for it.
        from annotator.storage.marked import marked, older

        for found, done, total in marked(store):
            self._take(bool(found))
            self._marks.take(found)
            yield done, total
        for layers, done, total in older(store, self._since):
            self._take(bool(layers))
            self._marks.take_older(layers)
            yield done, total
        yield from self._look_at_remarks(store)

    def _look_at_remarks(self, store: Reader) -> Iterator[tuple[int, int]]:
        from annotator.storage.remarks import remarks

        for page in remarks(store, only_open=True):
            self._take(bool(page))
            self._marks.take_remarks(page)
            self._remarked = "", frozenset()
            yield self._done, self._total

    def _take(self, some: bool) -> None:
        if some and not self._rest.isActive():
            self._rest.start()

    def _go_on(self) -> None:
        until = time.perf_counter() + _SLICE
        try:
            for done, total in self._portions or ():
                self._done, self._total = done, total
                if time.perf_counter() > until:
                    return
            self.complete = True
        except UserError as error:
            self.fault = str(error)
        self._slices.stop()
        self._portions = None
        self._rest.stop()
        self.changed.emit()

    def _layer(self, id: str, article: str) -> Layer | None:
        store = self._session.store
        layer = self._session.layers.get(id)
        if layer is None and store is not None:
            layer = store.value("layer", id, article)
        return layer

    def _still(self, layer: str) -> bool:
        store = self._session.store
        if store is None:
            return False
        from annotator.storage.marked import still_older

        try:
            return still_older(store, self._since, layer)
        except UserError as error:
            self.fault = str(error)
            return True  # what cannot be read is not taken for settled

    def _readable(self, remark: Remark) -> bool:
        """Whether a remark that came may be seen: a package brings some that are not for me yet."""
        store = self._session.store
        if store is None or remark.author == self._session.me.id:
            return store is not None
        return store.value("remark", remark.id, remark.article) is not None

    def _follow(self, changed: Changed) -> None:
        try:
            altered = self._marks.follow(changed.changes)
        except UserError as error:  # the disk is gone
            self.fault, altered = str(error), True
        if altered:
            self._remarked = "", frozenset()
            self._rest.start()

    def is_older(self, span: Span) -> bool:
        """Whether a span is older than what its label means."""
        return self._marks.is_older(span)

    def reconsider(self) -> None:
        """Tell anew, since other layers are visible."""
        self._rest.start()

    # What is known

    def words(self) -> str:
        """Return what must be said while not everything is known, "" where it is."""
        if self.fault:
            return _("Not all marks are known. {reason}").format(reason=self.fault)
        if self.complete:
            return ""
        share = 100 * self._done // self._total if self._total else 0
        return _("Still looking for what is marked: {share} %.").format(share=share)

    def counts(self) -> dict[str, int]:
        """Return in how many articles something of each sort is."""
        if not self._marks:
            return dict.fromkeys(WHATS, 0)
        return self._marks.counts(self._session.visible, self._session.me.id)

    def articles(self, what: str) -> set[str]:
        """Return the articles (ids) in which something of a sort is."""
        return self._marks.articles(what, self._session.visible, self._session.me.id)

    def remarks(self, article: str) -> list[Remark]:
        """Return what began the open threads of an article (its id) that concern me."""
        return self._marks.remarks(article, self._session.me.id)

    def remarked(self, article: str) -> frozenset[str]:
        """Return the spans (ids) of an article that have an open remark which concerns me; asked for each row."""
        if self._remarked[0] != article:
            self._remarked = article, frozenset(remark.span for remark in self.remarks(article) if remark.span)
        return self._remarked[1]

    def of(self, article: str, what: str) -> list[Marked]:
        """Return what of a sort is in an article."""
        return self._marks.of(article, what, self._session.visible)


def _since(scheme: Scheme) -> Mapping[str, int]:
    # Imported here: no start waits for what can be done to a scheme.
    from annotator.domain.meaning import since

    return since(scheme)
