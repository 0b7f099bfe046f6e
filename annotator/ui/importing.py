"""Importing, from the menu or a drop to the report; one works on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.i18n import _
from annotator.ui.dialogs.modal import run
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.tasks import Progress, Work

if TYPE_CHECKING:
    from annotator.jobs.importing import Outcome, Report
    from annotator.jobs.sources import Wishes

KINDS = "(*.txt *.jsonl *.ndjson *.json *.ann)"
_MOST = 5_000
"""Outcomes that are kept for the report."""

Start = Callable[[str, Work, Callable[[Any], None]], None]


def files_within(paths: list[Path]) -> list[Path]:
    """Return the files, and for a folder those in it that look like articles, in the order of their names.

    A pair of brat's files is one: its .ann.
    """
    from annotator.jobs.sources import gathered, within

    return gathered(file for path in paths for file in (within(path) if path.is_dir() else [path]))


class Importing(QObject):
    """Asks, imports in the background, tells. `told(words, undo, whether there is a report)`."""

    told = Signal(str, bool, bool)

    def __init__(self, session: Session, look: Look, window: QWidget, start: Start) -> None:
        super().__init__(window)
        self._session, self._look, self._window, self._start = session, look, window, start
        self._summary = ""
        self._kept: list[Outcome] = []
        self._more = 0

    def ask(self, folder: Path) -> Path | None:
        """Ask for files and import them; return the folder they came from."""
        from annotator.ui.dialogs.files import ask_several

        kinds = _("Articles {kinds};;All files (*)").format(kinds=KINDS)
        chosen = ask_several(self._window, _("Import articles"), folder, kinds)
        if not chosen:
            return None
        self.look_at(chosen)
        return chosen[0].parent

    def look_at(self, paths: list[Path]) -> None:
        """Show what files would bring, and import them if the user wants that."""
        from annotator.ui.dialogs.importing import ImportDialog

        workspace, found = self._session.workspace, files_within(paths)
        if workspace is None:
            return
        if not found:
            self.told.emit(_("There is no file of articles in that folder."), False, False)
            return
        dialog = ImportDialog(workspace, found, self._look, self._window)
        if run(dialog):
            self.run(dialog.paths, dialog.wishes)

    def run(self, paths: list[Path], wishes: Wishes) -> None:
        """Import files in a thread of its own and say what came of it."""
        workspace = self._session.workspace
        if workspace is None:
            return
        before = workspace.store.article_count()
        self._kept, self._more = [], 0

        def hear(outcome: Outcome) -> None:
            if outcome.result == "added" and not outcome.reason:
                return
            if len(self._kept) < _MOST:
                self._kept.append(outcome)
            else:
                self._more += 1

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Report:
            from annotator.jobs.importing import import_paths

            return import_paths(workspace, paths, wishes, hear=hear, progress=progress, cancelled=cancelled)

        self._start(_("Importing"), work, lambda report: self._end(report, before, wishes.update))

    def _end(self, report: Report, before: int, update: bool) -> None:
        from annotator.ui.reports import import_words

        store = self._session.store
        if store is None:
            return
        if (self._session.article is None and store.article_count() > 0) or store.article_count() > before:
            self._show_number(min(before, store.article_count() - 1))
        words = import_words(report, update)
        stopped = _("Stopped; what had come in stays.") if report.stopped else ""
        self._summary = " ".join(filter(None, (stopped, words, report.unknown_words())))
        done = report.added > 0 or (update and report.different > 0)
        self.told.emit(self._summary, done, bool(self._kept))

    def _show_number(self, number: int) -> None:
        store = self._session.store
        rows = store.article_page(self._session.me.id, self._session.visible, number, 1) if store else []
        if rows:
            self._session.show_article(rows[0].id)

    def show_report(self) -> None:
        """Show every line of the last import that was not simply taken."""
        from annotator.ui.dialogs.outcomes import OutcomesDialog

        run(OutcomesDialog(self._summary, self._kept, self._more, self._look, self._window))
