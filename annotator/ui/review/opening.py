"""Opens the review over a window: which layers, the queue in a thread of its own, then the page; follows jobs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer

from annotator import recent
from annotator.domain import clock
from annotator.domain.errors import UserError
from annotator.domain.layerref import LayerRef, parsed
from annotator.i18n import _
from annotator.jobs.job import stays
from annotator.jobs.review import Queue
from annotator.storage.registry import titles
from annotator.ui.dialogs.modal import run_over
from annotator.ui.review.begun import Begun
from annotator.ui.review.choice import ChoiceDialog
from annotator.ui.review.desk import Desk
from annotator.ui.review.listing import Narrow
from annotator.ui.review.many import Many
from annotator.ui.review.page import ReviewPage
from annotator.ui.tasks import Cancelled, Progress

if TYPE_CHECKING:
    from annotator.storage.store import Store
    from annotator.ui.window import MainWindow


class _Anew(NamedTuple):
    """The differences of which layers and articles (ids; None: all) are looked for again, and what is told of it."""

    refs: tuple[LayerRef, ...]
    articles: list[str] | None
    told: str


class Reviewer(QObject):
    """One for a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.page: ReviewPage | None = None
        self._articles: list[str] | None = None
        """Of which articles (ids) the differences were looked for, None for all."""
        self._renewing = False
        """Whether the differences are looked for anew under the open page."""
        self._then: Callable[[], None] | None = None
        """What is done on the page when that is through."""
        self._kept: dict[str, Begun] = {}
        """What was begun and not decided, by project; it stays until the program ends."""
        self._anew: _Anew | None = None
        """What is to be looked for again as soon as nothing else goes on."""
        self._many = Many(window, lambda: self.page, self._when_caught_up)
        self._nameless: Store | None = None
        """The project in which names were hidden when the page was left: they stay so when it comes again."""
        window.session.closing.connect(self._put_away)
        window.session.scheme_changed.connect(self._begin_anew)
        window.files.begun.connect(self._hold)
        window.files.working.connect(self._show_work)
        window.preferences.changed.connect(lambda _id: self._set_reading())

    @property
    def begun(self) -> int:
        """At how many differences, of whatever project, something was begun and is not decided."""
        if self.page is not None:
            self.page.desk.forget_settled()
        count = sum(len(kept.ids) for kept in self._kept.values())
        draft, page = self.page.owning.draft if self.page is not None else None, self.page
        if page is not None and draft is not None and draft.edited and draft.id not in page.desk.begun:
            count += 1
        return count

    @property
    def names_hidden(self) -> bool:
        """Whether nobody of the open project is to be named, on the page of figures too."""
        if self.page is not None:
            return self.page.desk.names_hidden
        store = self._window.session.store
        return store is not None and self._nameless is store

    # Open and leave

    def open(self) -> None:
        """Ask which layers are meant, then show their differences."""
        window, session = self._window, self._window.session
        store = session.store
        if store is None or self.page is not None or window.files.busy():
            return
        here = session.article.id if session.article is not None else ""
        try:
            dialog = ChoiceDialog(store, self._remembered(), here, window.look, window)
        except UserError as error:
            session.told.emit(str(error), False)
            return
        if run_over(dialog, window):
            self.review(dialog.refs, [here] if dialog.here else None)

    def _remembered(self) -> list[LayerRef]:
        store = self._window.session.store
        assert store is not None  # looked at before
        last = recent.of(Path(store.path))
        found: list[LayerRef] = []
        people = store.annotators()
        for text in (last.review if last is not None else "").split("\n"):
            try:
                found += [parsed(text, people)] if text else []
            except UserError:
                continue  # somebody who is not there any more
        return found

    def review(
        self, refs: list[LayerRef], articles: list[str] | None = None, narrow: Narrow | None = None,
        *, told: str = "",
    ) -> None:  # fmt: skip
        """Find the differences between layers, of some articles (ids) or all, and show them, or some of them.

        `told` is what is said when they are there.
        """
        session = self._window.session
        store = session.store
        if store is None or self._window.files.busy():
            return
        if narrow is None:
            recent.remember_review(Path(store.path), "\n".join(ref.text() for ref in refs), clock.now())
        queue, self._articles = Queue(refs, articles), articles

        def work(progress: Progress, cancelled: Cancelled) -> Queue | None:
            with closing(store.reader()) as reader:
                return queue if queue.fill(reader, progress, cancelled) else None

        self._window.files.start(
            _("Looking for differences"), work, lambda found: self._show(found, store, narrow, told)
        )

    def _show(self, queue: Queue | None, store: Store, narrow: Narrow | None = None, told: str = "") -> None:
        window, session = self._window, self._window.session
        if queue is None:
            session.told.emit(_("Stopped; nothing was changed."), False)
            return
        if session.store is not store or self.page is not None:
            return  # another project was opened meanwhile
        desk = Desk(session, queue, self._kept.setdefault(str(store.path), Begun()), self)
        desk.name_of = window.hand.registry.name_of
        if narrow is not None and not desk.show_only(narrow):
            session.told.emit(_("There is no difference behind this figure."), False)
            session.changed.disconnect(desk.follow)
            desk.deleteLater()
            return
        left = queue.item(desk.begun.at) if narrow is None else None
        if left is not None and desk.shows(left):
            desk.go(left.id)
        headlines = {id: title for id, (_place, title) in titles(store, queue.articles).items()}
        desk.names_hidden = desk.names_hidden or self._nameless is store
        page = ReviewPage(desk, headlines, window.look, window.preferences.settings.keys_of)
        self.page, session.reviewing = page, True
        self._set_reading()
        page.left.connect(self._close)
        page.agreement_wanted.connect(lambda: window.sheets.agreement(queue.refs, hidden=desk.names_hidden))
        page.owning.changed.connect(window.showing.refresh)
        page.owning.edited.connect(window.notice.hide)  # what it offers to undo was the edit before
        page.owning.offered.connect(lambda words: window.notice.offer(words, lambda: page.owning.undo(-1)))
        page.guide_wanted.connect(window.sheets.guideline)
        page.alike_wanted.connect(self._many.same_for_alike)
        desk.long_wanted.connect(self._many.decide)
        page.agree_wanted.connect(self._many.take_over)
        page.make_wanted.connect(self._many.make)
        page.export_wanted.connect(lambda: window.files.export(consensus=True))
        page.send_wanted.connect(lambda: window.sheets.exchanging.send())
        page.bottom.stop_wanted.connect(window.files.stop)
        window.notice.hide()
        stays(sum(queue.counts().values()))
        window.covers.cover(page)
        page.focus_first()
        if told:
            session.told.emit(told, False)

    def _close(self) -> None:
        page, self.page, self._anew = self.page, None, None
        self._renewing, self._then = False, None
        if page is None:
            return
        at, session = page.desk.item, self._window.session
        session.reviewing = False
        desk = page.desk
        self._nameless = session.store if desk.names_hidden else None
        page.owning.leave()
        desk.forget_settled()
        desk.begun.at = desk.current
        desk.session.changed.disconnect(desk.follow)
        self._window.covers.uncover(page)
        desk.deleteLater()
        if at is not None and session.article is not None and session.article.id != at.difference.article:
            # Whoever looked at a difference goes on reading there.
            session.show_article(at.difference.article)
        self._window.articles.model.refresh()

    def _set_reading(self) -> None:
        """Show the text as one wants to read: the settings can be opened over the page."""
        if self.page is not None:
            self.page.article.view.set_reading(*self._window.appearance.reading)

    def _put_away(self) -> None:
        """The project closes: next time one begins with the first that is left."""
        self._close()
        for kept in self._kept.values():
            kept.at = ""

    def leave(self) -> None:
        """Take the page away where it is open."""
        self._close()

    def _begin_anew(self) -> None:
        """Another scheme is in force: labels, attributes and what is tied mean something else on the page."""
        page = self.page
        if page is None:
            return
        refs, articles, begun = page.desk.refs, self._articles, page.desk.begun
        self._close()
        words = _("The scheme was changed; the differences are looked for anew.")
        if begun.give_up_drafts():
            words = _("{what} What you began to set by hand is given up.").format(what=words)
        self._anew = _Anew(refs, articles, words)
        self._look_anew()

    def _look_anew(self) -> None:
        # What changed the scheme may still be going on, as a long undo is: then this comes again at its end.
        anew, files = self._anew, self._window.files
        if anew is None or files.running:
            return
        self._anew = None
        if self.page is None:
            self.review(list(anew.refs), anew.articles, told=anew.told)

    def undo(self, by: int) -> bool:
        """Take the last edit of a place that is being set back (-1) or do it again (1); False where none is."""
        return self.page is not None and self.page.owning.undo(by)

    def _show_work(self, what: str, done: int, total: int) -> None:
        if not what and self._anew is not None:
            QTimer.singleShot(0, self, self._look_anew)  # its outcome is told first
        if self.page is None:
            return
        self.page.bottom.set_progress(what, done, total)
        if not what and not self._renewing:
            self._catch_up(self.page)

    # While a job goes on

    def _hold(self) -> None:
        if self.page is not None:
            self.page.desk.hold()

    def _catch_up(self, page: ReviewPage) -> None:
        """Follow what a job did: at once, or in a thread of its own where it did very much."""
        if page.desk.catch_up():
            then, self._then = self._then, None
            if then is not None:
                then()
            return
        store, queue = page.desk.store, Queue(page.desk.refs, self._articles)
        self._renewing = True

        def work(progress: Progress, cancelled: Cancelled) -> Queue | str:
            try:
                with closing(store.reader()) as reader:
                    whole = queue.fill(reader, progress, cancelled)
            except UserError as error:
                return str(error)
            return queue if whole else _("Stopped. Review… looks for the differences again.")

        def done(found: Queue | str) -> None:
            self._renewing = False
            if self.page is not page:
                return
            if isinstance(found, str):
                self._close()
                self._window.session.told.emit(found, False)
            else:
                stays(sum(found.counts().values()))
                page.desk.renew(found)
                self._catch_up(page)

        self._window.files.start(_("Looking for differences"), work, done)

    def _when_caught_up(self, act: Callable[[], None]) -> None:
        if self._renewing:
            self._then = act
        else:
            act()
