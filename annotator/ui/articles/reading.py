"""The index of words follows the articles, in the background; what there is to say of it while it does not hold all."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.article import Article
from annotator.domain.change import Changed, Imported
from annotator.i18n import _, n_
from annotator.ui.session import Session
from annotator.ui.tasks import Cancelled, Progress, Runner

AFTER = 500
"""Milliseconds after opening, or after the last article that came or went: the window and an import come first."""


class Reading(QObject):
    """Keeps the open project's index up.

    Emits `advanced()` when there is something else to say, and `ended(more)` when it rests: whether there is more in
    the index than before.
    """

    advanced = Signal()
    ended = Signal(bool)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._runner: Runner | None = None
        self._anew = False
        self._known: tuple[int, int] | None = None
        self._fault = ""
        self._wait = QTimer(self, interval=AFTER, singleShot=True)
        self._wait.timeout.connect(self._start)
        session.project_opened.connect(self._open)
        session.changed.connect(self._follow)
        session.closing.connect(self.stop)

    @property
    def complete(self) -> bool:
        """Whether the index is known to hold every article."""
        return self._known is not None and self._known[0] == self._known[1]

    def words(self) -> str:
        """Return what a searcher must know of the texts that are not in the index, "" where all are."""
        store = self._session.store
        if store is None or self.complete:
            return ""
        if self._known is None:
            return (
                _("Not all texts are searched. {reason}").format(reason=self._fault)
                if self._fault
                else _("Still reading the texts.")
            )
        done, total = self._known
        if store.writable and not self._fault:
            return _("Still reading the texts: {done:,} of {total:,}.").format(done=done, total=total)
        unread = n_(
            "The text of {count:,} article is not searched, only its title and outlet.",
            "The texts of {count:,} articles are not searched, only their titles and outlets.",
            total - done,
        ).format(count=total - done)
        return f"{unread} {self._fault or _('This project is open for reading only.')}"

    def begin_anew(self) -> None:
        """Read everything again: what stands in the index cannot be read. Not where that failed already."""
        if self._fault:
            return
        self._anew = True
        self._known = None
        self._begin_soon()

    def _open(self) -> None:
        self._known, self._anew, self._fault = None, False, ""
        self._wait.start()

    def _follow(self, changed: Changed) -> None:
        if any(isinstance(change.value, Imported | Article) for change in changed.changes):
            self._known, self._fault = None, ""
            self._begin_soon()

    def _begin_soon(self) -> None:
        if self._runner is not None:
            self._runner.cancel()
        self._wait.start()

    def _start(self) -> None:
        store = self._session.store
        if store is None:
            return
        if self._runner is not None:
            # The one before has not seen yet that it is to stop.
            self._wait.start()
            return
        anew, self._anew = self._anew, False

        def work(progress: Progress, cancelled: Cancelled) -> tuple[int, tuple[int, int]]:
            # Imported here: no start waits for it.
            from annotator.jobs.reading import read

            first: list[int] = []

            def advance(done: int, total: int) -> None:
                first.append(done)
                progress(done, total)

            known = read(store, advance, cancelled, anew=anew)
            return known[0] - first[0], known

        self._runner = runner = Runner(self)
        runner.advanced.connect(self._advance)
        runner.ended.connect(self._let_go)
        runner.failed.connect(self._fail)
        runner.start(work, self._finish)

    def _advance(self, done: int, total: int) -> None:
        if self._wait.isActive():
            return  # articles came or went meanwhile: it is counted again
        self._known = done, total
        self.advanced.emit()

    def _let_go(self) -> None:
        if self._runner is not None:
            self._runner.deleteLater()
            self._runner = None

    def _fail(self, words: str) -> None:
        self._fault = words
        self.ended.emit(False)

    def _finish(self, outcome: tuple[int, tuple[int, int]]) -> None:
        added, known = outcome
        if not self._wait.isActive():
            self._known, self._fault = known, ""
        self.ended.emit(added > 0)

    def stop(self) -> None:
        """Stop at the next good place, and wait for that; before the project is closed."""
        self._wait.stop()
        if self._runner is not None:
            self._runner.disconnect(self)
            self._runner.cancel()
            self._runner.finish()
            self._let_go()
