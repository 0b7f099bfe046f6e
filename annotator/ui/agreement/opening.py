"""Opens the page of agreement over a window: whose readings, the figures, and the ways from there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.domain import clock
from annotator.domain.change import Changed
from annotator.domain.errors import UserError
from annotator.domain.layerref import CONSENSUS, LayerRef, all_called
from annotator.i18n import _
from annotator.jobs.agreementsheet import dated, usual
from annotator.storage import review as reading
from annotator.storage.review import Found
from annotator.ui.agreement.behind import Behind
from annotator.ui.agreement.page import AgreementPage
from annotator.ui.agreement.watcher import REST_MS, Computed, Watcher, Wish
from annotator.ui.dialogs.modal import run
from annotator.ui.readings import LEAST, too_few
from annotator.ui.reports import saved
from annotator.ui.review.listing import Narrow
from annotator.ui.review.words import hidden_name
from annotator.ui.tasks import Cancelled, Progress

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


class Agreeing(QObject):
    """One for a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.page: AgreementPage | None = None
        self.watcher: Watcher | None = None
        self._layers: list[Found] = []
        self._chosen: tuple[LayerRef, ...] = ()
        """Whose readings were chosen; none: the usual ones, also those that come while the page is open."""
        self.wish = Wish(())
        self._hidden = self._stale = False
        window.session.closing.connect(self.leave)
        window.session.changed.connect(self._follow)
        window.session.scheme_changed.connect(lambda: self._compute(REST_MS))
        window.files.working.connect(self._show_work)

    # Open and leave

    def open(self, refs: Sequence[LayerRef] = (), *, hidden: bool = False) -> None:
        """Show how well these layers agree; without any, all annotators'. With `hidden` nobody is named."""
        window, session = self._window, self._window.session
        store = session.store
        if store is None:
            return
        reviewer = window.sheets.reviewer if window.sheets.reviewing else None
        if reviewer is not None and reviewer.page is not None and reviewer.page.owning.active:
            return
        if self.page is not None:
            if reviewer is not None:
                reviewer.leave()  # it was opened from here
            return
        try:
            self._layers = [one for one in reading.layers(store) if one.ref.kind != CONSENSUS]
        except UserError as error:
            session.told.emit(str(error), False)
            return
        self._hidden, self._stale, self._chosen = hidden, False, tuple(refs)
        self.watcher = watcher = Watcher(store, self)
        self.page = page = AgreementPage(session.name, session.me.name, window.look)
        page.left.connect(self.leave)
        page.wanted.connect(self.see)
        page.readings_wanted.connect(self.choose)
        page.done_only.connect(lambda only: self._ask(Wish(self.wish.refs, only)))
        page.shown.connect(self._come_back)
        page.again.connect(lambda: self._ask(self.wish))
        page.save_wanted.connect(self.save)
        page.told.connect(lambda words: session.told.emit(words, False))
        page.bottom.stop_wanted.connect(self._stop)
        watcher.computed.connect(self._show)
        watcher.advanced.connect(lambda done, total: page.bottom.set_progress(_("Computing"), done, total))
        watcher.ended.connect(self._ended)
        watcher.failed.connect(lambda words: session.told.emit(words, False))
        page.bottom.set_saved(saved(self._window.session))
        window.notice.hide()
        window.covers.cover(page)
        self._ask(Wish(self._wanted()))
        page.focus_first()
        if hidden and reviewer is None:
            self._say_hidden()

    def _say_hidden(self) -> None:
        words = _("Names are hidden, as on the review page: H there shows them again.")
        self._window.session.told.emit(words, False)

    def _wanted(self) -> tuple[LayerRef, ...]:
        """Return whose readings are compared: of those that were chosen the ones that are there, if two are."""
        there = {one.ref for one in self._layers}
        chosen = tuple(ref for ref in self._chosen if ref in there)
        if len(chosen) >= LEAST:
            return chosen
        return usual(self._layers) or tuple(one.ref for one in self._layers)

    def leave(self) -> None:
        """Take the page away, back to what it lay over."""
        page, watcher, self.page, self.watcher = self.page, self.watcher, None, None
        if page is None or watcher is None:
            return
        watcher.finish()
        watcher.deleteLater()
        self._window.covers.uncover(page)

    # Figures

    def _ask(self, wish: Wish, after_ms: int = 0) -> None:
        page, watcher = self.page, self.watcher
        if page is None or watcher is None:
            return
        self.wish = wish
        page.controls.show_readings(len(wish.refs), len(self._layers), may_choose=not self._hidden)
        if len(wish.refs) < LEAST:
            watcher.stop()
            page.say_too_few(too_few(len(self._layers)))
        else:
            watcher.ask(wish, after_ms)

    def _compute(self, after_ms: int) -> None:
        store = self._window.session.store
        if self.page is None or store is None:
            return
        if not self.page.isVisible():
            # Under the review, whose keys must not wait for figures that nobody sees.
            self._stale = True
            return
        try:
            self._layers = [one for one in reading.layers(store) if one.ref.kind != CONSENSUS]
        except UserError as error:
            self._window.session.told.emit(str(error), False)
            return
        self._ask(Wish(self._wanted(), self.wish.done_only), after_ms)

    def _follow(self, changed: Changed) -> None:
        if changed.kinds() - {"decision"}:
            self._compute(REST_MS)

    def _come_back(self) -> None:
        if self._stale:
            self._stale = False
            self._compute(0)

    def _show(self, computed: Computed) -> None:
        page = self.page
        if page is None:
            return
        nothing_yet = page.found is None
        found = computed.found
        if self._hidden:
            found = replace(found, names=tuple(hidden_name(number) for number in range(len(found.names))))
        page.show_found(found)
        took = _("Computed in {seconds} s").format(seconds=f"{computed.seconds:.1f}")
        page.bottom.set_count(f"{_('Names hidden')} · {took}" if self._hidden else took)
        page.bottom.set_saved(saved(self._window.session))
        if nothing_yet and page.isVisible():
            page.focus_first()

    def _ended(self, stopped: bool) -> None:
        if self.page is None:
            return
        self.page.bottom.set_progress("", 0, 0)
        if stopped and self.page.found is None:
            self.page.say_stopped()
        elif stopped:
            self._window.session.told.emit(_("Stopped; the figures are as they were."), False)

    def _stop(self) -> None:
        if self.watcher is not None and self.watcher.busy:
            self.watcher.stop()
        else:
            self._window.files.stop()

    def _show_work(self, what: str, done: int, total: int) -> None:
        if self.page is not None:
            self.page.bottom.set_progress(what, done, total)

    # What is asked for

    def choose(self) -> None:
        """Ask whose readings are compared."""
        from annotator.ui.agreement.readings import ReadingsDialog

        store, page = self._window.session.store, self.page
        if page is None or store is None or len(self._layers) < LEAST:
            return
        if self._hidden:
            self._say_hidden()  # the choice would name them
            return
        names = all_called([one.ref for one in self._layers], store.annotators())
        dialog = ReadingsDialog(self._layers, names, self.wish.refs, self._window.look, self._window)
        if run(dialog):
            self._chosen = dialog.refs
            self._ask(Wish(self._wanted(), self.wish.done_only))

    def see(self, behind: Behind | None) -> None:
        """Open the review of what stands behind a figure; leaving it leads back here."""
        page = self.page
        found = page.found if page is not None else None
        if behind is None or found is None:
            self._window.session.told.emit(_("There is no difference behind this figure."), False)
            return
        refs = [found.refs[number] for number in behind.sides] or list(found.refs)
        articles = list(behind.articles) or (list(found.report.articles) if found.done_only else None)
        reviewer = self._window.sheets.reviewer
        reviewer.leave()  # one that this page lies over: it shows other differences
        reviewer.review(refs, articles, Narrow(behind.labels, behind.kinds, self._hidden))

    def save(self) -> None:
        """Ask for a file and write the report: a web page, or the table as CSV."""
        from annotator.ui.agreement import saving
        from annotator.ui.picturing import file_name

        window, page, store = self._window, self.page, self._window.session.store
        told = page.sheet if page is not None else None
        if told is None or store is None or window.files.busy():
            return
        name = file_name(told.title) or "agreement"
        path = saving.ask(window, window.files.folder / name)
        if path is None:
            return
        window.files.folder = path.parent
        project, dated_ = Path(store.path), dated(told, window.session.scheme, clock.now())

        def work(progress: Progress, cancelled: Cancelled) -> Path:
            from annotator.jobs.agreementsheet import write

            write(dated_, path, project)
            return path

        window.files.start(_("Writing"), work, self._written)

    def _written(self, path: Path) -> None:
        self._window.session.told.emit(_("{file} was written.").format(file=path.name), False)
