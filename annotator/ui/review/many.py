"""What is done to many differences at once: all that are alike, what agrees, the consensus; each with its dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.i18n import _, n_
from annotator.review.decide import Verdict
from annotator.review.standing import LEFT, Item
from annotator.ui.dialogs.modal import run_over
from annotator.ui.tasks import Cancelled, Progress

if TYPE_CHECKING:
    from annotator.jobs.consensus import Made, Taken
    from annotator.ui.review.page import ReviewPage
    from annotator.ui.window import MainWindow


class Many:
    """`present` returns the page that is open, or None; `when_caught_up` does something once it follows what jobs did.

    Long work goes on in a thread; the page may be gone when that is through.
    """

    def __init__(
        self,
        window: MainWindow,
        present: Callable[[], ReviewPage | None],
        when_caught_up: Callable[[Callable[[], None]], None],
    ) -> None:
        self._window = window
        self._present = present
        self._when_caught_up = when_caught_up

    def same_for_alike(self) -> None:
        """Show what is like the present difference, and decide all of it in one step."""
        from annotator.ui.review.alike import AlikeDialog

        page = self._present()
        if page is None or page.desk.item is None or page.owning.active:
            return
        items = page.desk.queue.alike(page.desk.current, LEFT)
        if len(items) < 2:
            self._window.session.told.emit(_("Nothing else that is open is like this one."), False)
            return
        dialog = AlikeDialog(page.desk, items, page.titles, self._window.look, self._window)
        if run_over(dialog, self._window) and dialog.verdict is not None:
            count = len(dialog.items)
            if page.desk.decide_alike(dialog.items, dialog.verdict):
                self._tell_settled(count)

    def _tell_settled(self, count: int) -> None:
        said = n_("{count:,} difference was settled.", "{count:,} differences were settled.", count)
        self._window.session.told.emit(said.format(count=count), True)

    def decide(self, items: list[Item], verdict: Verdict | None) -> None:
        """Decide very many, or (None) take them back, in a thread of its own."""
        page, workspace = self._present(), self._window.session.workspace
        if page is None or workspace is None or self._window.files.busy():
            return
        desk, refs = page.desk, page.desk.refs

        def work(progress: Progress, cancelled: Cancelled) -> int:
            from annotator.jobs.alike import decide_alike, undecide_alike

            if verdict is None:
                return undecide_alike(workspace, refs, items, progress, cancelled)
            return decide_alike(workspace, refs, items, verdict, progress, cancelled)

        def done(count: int) -> None:
            if not count:
                self._window.session.told.emit(_("Stopped; nothing was changed."), False)
                return
            if self._present() is page:
                self._when_caught_up(lambda: desk.settled(items, verdict))
            if verdict is None:
                said = n_("{count:,} decision was taken back.", "{count:,} decisions were taken back.", count)
                self._window.session.told.emit(said.format(count=count), True)
            else:
                self._tell_settled(count)

        self._window.files.start(_("Taking back") if verdict is None else _("Settling"), work, done)

    def take_over(self) -> None:
        """Take over what agrees, after a rule."""
        from annotator.ui.review.rules import RuleDialog

        page, workspace = self._present(), self._window.session.workspace
        if page is None or workspace is None or not self._may():
            return
        dialog = RuleDialog(page.desk, self._window.look, self._window)
        if not run_over(dialog, self._window):
            return
        rule, refs, articles = dialog.rule, page.desk.refs, page.desk.queue.articles

        def work(progress: Progress, cancelled: Cancelled) -> Taken:
            from annotator.jobs.consensus import take_over

            return take_over(workspace, refs, rule, progress, cancelled, articles=articles)

        self._window.files.start(_("Taking over what agrees"), work, self._taken)

    def _taken(self, taken: Taken) -> None:
        words = n_("{count:,} was taken over.", "{count:,} were taken over.", taken.taken).format(count=taken.taken)
        self._window.session.told.emit(_so_far(words, taken.stopped), taken.taken > 0)

    def make(self) -> None:
        """Say what is missing, and mark done the consensus that lacks nothing."""
        page, workspace = self._present(), self._window.session.workspace
        if page is None or workspace is None or not self._may():
            return
        refs, articles = page.desk.refs, page.desk.queue.articles

        def work(progress: Progress, cancelled: Cancelled) -> Made:
            from annotator.jobs.consensus import make_consensus

            return make_consensus(workspace, refs, progress, cancelled, articles=articles, dry_run=True)

        self._window.files.start(_("Looking for what is missing"), work, self._offer)

    def _offer(self, made: Made) -> None:
        from annotator.ui.review.missing import MakeDialog

        page, workspace = self._present(), self._window.session.workspace
        if page is None or workspace is None or made.stopped or self._window.files.busy():
            return
        dialog = MakeDialog(made, page.titles, page.desk.names, self._window.look, self._window)
        if not run_over(dialog, self._window):
            return
        refs, articles = page.desk.refs, page.desk.queue.articles

        def work(progress: Progress, cancelled: Cancelled) -> Made:
            from annotator.jobs.consensus import make_consensus

            return make_consensus(workspace, refs, progress, cancelled, articles=articles)

        self._window.files.start(_("Making the consensus"), work, self._made)

    def _made(self, made: Made) -> None:
        words = n_(
            "The consensus of {count:,} article is marked done.",
            "The consensus of {count:,} articles is marked done.",
            made.done,
        )
        self._window.session.told.emit(_so_far(words.format(count=made.done), made.stopped), made.changed > 0)

    def _may(self) -> bool:
        session = self._window.session
        if not session.editable:
            session.told.emit(_("This project is open for reading only."), False)
            return False
        return not self._window.files.busy()


def _so_far(words: str, stopped: bool) -> str:
    return _("Stopped. So far: {words}").format(words=words) if stopped else words
