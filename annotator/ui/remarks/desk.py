"""What people tell each other of the shown article: read once, followed, and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from PySide6.QtCore import QObject, Signal

from annotator.domain import clock
from annotator.domain.change import Changed, Step
from annotator.domain.errors import UserError
from annotator.domain.people import called
from annotator.domain.team import Remark
from annotator.domain.threads import Thread, threads
from annotator.editing import remarks as editing
from annotator.i18n import _
from annotator.storage.remarks import of_article
from annotator.ui.session import Session


class RemarkDesk(QObject):
    """One for the window. `changed()` when other remarks are known, or people are called otherwise."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._threads: list[Thread] = []
        session.article_shown.connect(self._read)
        session.changed.connect(self._follow)
        session.unsealed.connect(self._read)
        self._read()

    # What is known

    def _read(self) -> None:
        store, article = self._session.store, self._session.article
        before, self._threads = self._threads, []
        if store is not None and article is not None:
            try:
                self._threads = threads(of_article(store, article.id))
            except UserError as error:
                self._session.told.emit(str(error), False)
        self.__dict__.pop("_names", None)
        if before or self._threads:
            self.changed.emit()

    def _follow(self, changed: Changed) -> None:
        kinds = changed.kinds()
        if kinds & {"remark", "annotator", "import"}:
            self._read()
            return
        # With its span a thread goes over to the article, or comes back.
        spans = {thread.first.span for thread in self._threads}
        if spans and any(one.entity in spans for one in changed.changes):
            self.changed.emit()

    @cached_property
    def _names(self) -> Mapping[str, str]:
        store, me = self._session.store, self._session.me
        return called((store.annotators() if store is not None else {}) | {me.id: me})

    def name_of(self, id: str) -> str:
        """Return what somebody (an id) is called, "you" for oneself."""
        return _("you") if id == self._session.me.id else self._names.get(id, _("somebody"))

    def others(self) -> list[tuple[str, str]]:
        """Return who else a remark may be for: ids and names, in the order of the names."""
        me = self._session.me.id
        return sorted(((id, name) for id, name in self._names.items() if id != me), key=lambda one: one[1].casefold())

    def mine(self, remark: Remark) -> bool:
        """Whether I may change a remark."""
        return self._session.editable and remark.author == self._session.me.id

    @property
    def editable(self) -> bool:
        """Whether anything may be said now."""
        return self._session.editable

    def of_span(self, span: str) -> list[Thread]:
        """Return the threads on a span (its id)."""
        return [thread for thread in self._threads if thread.first.span == span]

    def of_article(self) -> list[Thread]:
        """Return the threads on the shown article, and those on spans of it that are gone or not shown."""
        return [thread for thread in self._threads if thread.first.span not in self._session.spans]

    def missing(self, thread: Thread) -> str:
        """Say why the span of a thread is not to be seen, "" where there is none or it is shown."""
        store, first = self._session.store, thread.first
        if not first.span or first.span in self._session.spans or store is None:
            return ""
        try:
            gone = store.value("span", first.span, first.article) is None
        except UserError as error:
            return str(error)
        return _("The span is gone.") if gone else _("On a span that is not shown.")

    def _thread_of(self, id: str) -> Thread | None:
        return next((thread for thread in self._threads if any(one.id == id for one in thread.all)), None)

    def _remark(self, id: str) -> Remark | None:
        thread = self._thread_of(id)
        return next((one for one in thread.all if one.id == id), None) if thread is not None else None

    # What is said

    def say(self, id: str, article: str, span: str, words: str, *, answers: str = "", to: str = "") -> str:
        """Write a remark with this id, or in other words the one that is there; without words it is taken away.

        `article`, `span` and what it answers are ids. Return the id of the remark that is there now, "" for none.
        """
        there = self._remark(id)
        if there is not None:
            if not words.strip():
                return "" if self.take_away(id) else id
            if words.strip() != there.text:
                self._do(lambda: editing.edit(there, self._session.me.id, words))
            return id
        if not words.strip():
            return ""
        made = Remark(id, article, span, self._session.me.id, words, clock.now(), to, answers)
        return made.id if self._do(lambda: editing.write(made)) else ""

    def close(self, id: str) -> None:
        """Close the thread of a remark (its id), or open it again."""
        thread = self._thread_of(id)
        if thread is not None:
            self._do(lambda: editing.close(thread, not thread.closed))

    def take_away(self, id: str) -> bool:
        """Take what I said away (its id); False where that is not possible."""
        thread, remark = self._thread_of(id), self._remark(id)
        if thread is None or remark is None:
            return False
        return self._do(lambda: editing.take_away(thread, remark, self._session.me.id))

    def _do(self, make: Callable[[], Step]) -> bool:
        return self._session.do_made(make)
