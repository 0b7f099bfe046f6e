"""Projects and files: new, open, sample, import, export, from the menu to the job and its report."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator import paths, recent
from annotator.domain import clock
from annotator.domain.errors import UserError
from annotator.domain.layerref import CONSENSUS
from annotator.i18n import _
from annotator.storage.review import layers
from annotator.storage.store import Store
from annotator.ui import elsewhere
from annotator.ui.dialogs.modal import run
from annotator.ui.importing import Importing
from annotator.ui.look import Look
from annotator.ui.navigation import Navigation
from annotator.ui.session import Session
from annotator.ui.tasks import Progress, Runner, SlicedWork, Work

if TYPE_CHECKING:
    from annotator.jobs.exporting import Report, Wishes
    from annotator.ui.picturing import Picturing

PROJECT_SUFFIX = ".annotator"
_PACKAGE_SUFFIX = ".annotator-package"


def _projects() -> str:
    return _("Projects (*{suffix})").format(suffix=PROJECT_SUFFIX)


def _reviewed(store: Store) -> bool:
    """Whether there is a consensus, which can be exported alone."""
    try:
        return any(found.ref.kind == CONSENSUS for found in layers(store))
    except UserError:
        return False  # what cannot be read is told by whoever looks what the file would hold


def _exports_of(project: Path) -> Path:
    """Return the folder where exports of the project go: that of the last one, else its own."""
    left = recent.of(project)
    if left is not None and left.exports and Path(left.exports).is_dir():
        return Path(left.exports)
    own = project.absolute().parent
    return (
        Path.home() if own == paths.data_dir() or not own.is_dir() else own
    )  # where the sample lies is no place for work


class Files(QObject):
    """Asks for files with Qt's dialogs and does the work; one import or export at a time.

    `begun()` before a task begins, `working(what, done, total)` while it goes on, of nothing when it has ended;
    `told(words, undo, whether there is a report, tooltip)` when an import or export has ended,
    `packages_dropped(paths)` when somebody drops colleagues' packages, `package_chosen(path)` to open one.
    """

    begun = Signal()
    working = Signal(str, int, int)
    told = Signal(str, bool, bool, str)
    packages_dropped = Signal(list)
    package_chosen = Signal(object)

    def __init__(self, session: Session, navigation: Navigation, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._navigation = navigation
        self.look = look
        self._window = window
        self._folder = Path.home()
        self._what = ""
        self._runner = Runner(self)
        self.imports = Importing(session, look, window, self.start)
        self.imports.told.connect(self._imported)
        self._report: Callable[[], object] | None = None
        self._runner.advanced.connect(lambda done, total: self.working.emit(self._what, done, total))
        self._runner.ended.connect(lambda: self.working.emit("", 0, 0))
        self._runner.failed.connect(lambda words: session.told.emit(words, False))

    @cached_property
    def pictures(self) -> Picturing:
        """What draws the open article for reports; made when it is first wanted."""
        from annotator.ui.picturing import Picturing

        return Picturing(self._session, self.look, self._window, self)

    @property
    def folder(self) -> Path:
        """Where one was last, in which a dialog begins; home where that folder is gone."""
        return self._folder if self._folder.is_dir() else Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._folder = folder

    # Projects

    def new(self) -> None:
        """Ask for a file and a scheme, and make an empty project."""
        path = self._asked_for_new("News.annotator")
        if path is not None:
            self.open_path(path)

    def _asked_for_new(self, name: str) -> Path | None:
        from annotator.ui.dialogs.new import NewDialog

        if self.busy():
            return None
        dialog = NewDialog(self._folder / name, self.look, self._window)
        return dialog.path if run(dialog) else None

    def open(self) -> None:
        """Ask for a project, or a colleague's package, and open it."""
        from annotator.ui.dialogs.files import ask_open

        kinds = _("Projects and packages (*{suffix} *{package})").format(suffix=PROJECT_SUFFIX, package=_PACKAGE_SUFFIX)
        path = ask_open(self._window, _("Open a project"), self._folder, kinds)
        if path is not None and path.suffix == _PACKAGE_SUFFIX:
            self.package_chosen.emit(path)
        elif path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a project, or bring the window of mine to the front that has it open already."""
        if self.busy():
            return
        if not self._session.has(path) and (words := elsewhere.called_up(path, self._session.identity.annotator.id)):
            self._session.told.emit(words, False)
        else:
            self.enter(path)

    def enter(self, path: Path) -> None:
        """Open a project where one stopped; no other window is asked."""
        self._navigation.leave()
        if self._session.open(path):
            if path.absolute().parent != paths.data_dir():  # where the sample lies is no place for work
                self._folder = path.absolute().parent
            self._navigation.begin()

    def take(self, dropped: list[Path]) -> None:
        """Open a project that was dropped on the window, tell of packages, or import what else was."""
        projects = [path for path in dropped if path.suffix == PROJECT_SUFFIX]
        packages = [path for path in dropped if path.suffix == _PACKAGE_SUFFIX]
        if projects:
            self.open_path(projects[0])
        elif packages:
            self.packages_dropped.emit(packages)
        elif self._session.store is not None:
            if not self.busy():
                self.imports.look_at(dropped)
        elif dropped and (path := self._asked_for_new(dropped[0].with_suffix(PROJECT_SUFFIX).name)) is not None:
            self.open_path(path)
            self.imports.look_at(dropped)

    def sample(self) -> None:
        """Open the sample project; make it where there is none yet."""
        if self.make_sample():
            self.open_path(paths.sample_project_path())

    def make_sample(self) -> bool:
        """Make the sample project where there is none yet; whether it is there now."""
        path = paths.sample_project_path()
        try:
            if not path.exists():
                from annotator.jobs.sample import make_sample

                make_sample(path)
        except UserError as error:
            self._session.told.emit(str(error), False)
        return path.exists()

    # Import

    def import_articles(self) -> None:
        """Ask for files and import them."""
        if self._session.store is not None and not self.busy():
            self._folder = self.imports.ask(self._folder) or self._folder

    # Export

    def export(self, *, consensus: bool = False) -> None:
        """Ask what to export to where, and do it; the consensus is proposed on request."""
        from annotator.ui.dialogs.export import ExportDialog

        store = self._session.store
        if store is None or self.busy():
            return
        project = Path(store.path)
        suggestion = _exports_of(project) / f"{self._session.name}.jsonl"
        dialog = ExportDialog(
            project, self._session.me.id, suggestion, self.look, self._window,
            reviewed=_reviewed(store), consensus=consensus,
        )  # fmt: skip
        if not run(dialog):
            return
        path, wishes, me = dialog.path, dialog.wishes, self._session.me.id

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Report:
            from annotator.jobs.exporting import export

            return export(
                project, path, wishes.visible, owners=wishes.owners, state=wishes.state, unit=wishes.unit, me=me,
                progress=progress, cancelled=cancelled,
            )  # fmt: skip

        self.start(_("Exporting"), work, lambda report: self._exported(report, project, path, wishes))

    def _exported(self, report: Report, project: Path, path: Path, wishes: Wishes) -> None:
        from annotator.ui.dialogs.export import ExportReport
        from annotator.ui.reports import export_words

        if report.stopped:
            self._session.told.emit(_("Stopped; nothing was written."), False)
            return
        recent.remember_export(project, path.parent, clock.now())
        self._report = lambda: run(ExportReport(path, wishes, report, self.look, self._window))
        words = export_words(
            path.absolute(), report.articles, report.spans, report.loose, report.undecided, blind=report.blind
        )
        self.told.emit(words, False, True, str(path.absolute()))

    def exports_folder(self) -> Path:
        """Return the folder where what is written of the open project goes: that of the last one, else its own."""
        store = self._session.store
        return _exports_of(Path(store.path)) if store is not None else self.folder

    def remember_exports(self, folder: Path) -> None:
        """Keep the folder where something of the open project was written to."""
        if self._session.store is not None:
            recent.remember_export(Path(self._session.store.path), folder, clock.now())

    def keep_report(self, show: Callable[[], object]) -> None:
        """Show this when the report of what was done last is asked for."""
        self._report = show

    def report_again(self) -> None:
        """Show the last report, or say that there is none."""
        if self._report is None:
            self._session.told.emit(_("Nothing was imported or exported since the start."), False)
        else:
            self._report()

    def show_report(self) -> None:
        """Show the report of what was brought in or written last."""
        if self._report is not None:
            self._report()

    def _imported(self, words: str, undo: bool, has_report: bool) -> None:
        self._report = self.imports.show_report
        self.told.emit(words, undo, has_report, "")

    # Copies

    def send_copy(self) -> None:
        """Ask for a file and write the project into it as one clean file, as it is now."""
        from annotator.ui.dialogs.files import ask_save

        store = self._session.store
        if store is None or self.busy():
            return
        path = ask_save(
            self._window,
            _("Send a copy"),
            self._folder / _("{name} copy.annotator").format(name=self._session.name),
            _projects(),
        )
        if path is not None:
            self._copy(store, path)

    def _copy(self, store: Store, path: Path) -> None:
        from annotator.storage.backup import copy

        def done(_result: object = None) -> None:
            self._session.told.emit(_("{name} is a copy of the project as it is now.").format(name=path.name), False)

        if not store.astray():
            self.start(_("Copying"), lambda *_: store.copy_to(path), done)
            return
        # By the open reader, which holds the content of a file that was moved away; it belongs to this thread.
        try:
            copy(store.all_of_it, path)
        except UserError as error:
            self._session.told.emit(str(error), False)
        else:
            done()

    def backups(self, back_up: Callable[[Callable[[], None]], None]) -> None:
        """Show the backups of the project; `back_up(then)` makes one."""
        from annotator.storage import backup
        from annotator.ui.dialogs.backups import BackupsDialog

        store = self._session.store
        if store is None:
            return
        found = backup.listed(paths.backups_dir(), store.about()["id"])
        dialog = BackupsDialog(paths.backups_dir(), found, self.look, self._window, blind=store.blind)
        if run(dialog) and dialog.chosen is not None:
            self._restore(dialog.chosen.path)
        elif dialog.wants_one:
            back_up(lambda: self._session.told.emit(_("A backup was made and looked at."), False))

    def _restore(self, chosen: Path) -> None:
        from annotator.storage import backup
        from annotator.ui.dialogs.files import ask_save

        suggestion = self._folder / _("{name} restored.annotator").format(name=self._session.name)
        target = ask_save(self._window, _("Bring the backup back as"), suggestion, _projects())
        if target is None:
            return
        try:
            backup.restore(chosen, target)
        except UserError as error:
            self._session.told.emit(str(error), False)
            return
        self.open_path(target)

    def save_unsaved(self) -> None:
        """Ask for a file and write the shown article with the waiting step into it; an import brings it back."""
        from annotator.formats import jsonl_writer
        from annotator.ui.dialogs.files import ask_save
        from annotator.ui.unsaved import unsaved_article

        record = unsaved_article(self._session)
        if record is None:
            return
        suggestion = Path.home() / _("{name} not saved.jsonl").format(name=self._session.name)
        path = ask_save(self._window, _("Save the waiting work to a file"), suggestion, _("JSON Lines (*.jsonl)"))
        if path is None:
            return
        try:
            paths.write_whole(path, jsonl_writer.encode(record))
        except OSError as error:
            self._session.told.emit(
                _("{path} was not written: {reason}.").format(path=path, reason=error.strerror or error), False
            )
        else:
            self._session.told.emit(
                _("{name} holds this article with the step that waits; import it later.").format(name=path.name), False
            )

    # Tasks

    @property
    def running(self) -> bool:
        """Whether a task is going on."""
        return self._runner.running

    def busy(self) -> bool:
        """Whether a task is going on; says so where one is."""
        if self.running:
            self._session.told.emit(_("Wait until what is going on has ended."), False)
        return self.running

    def start(self, what: str, work: Work, finished: Callable[[Any], None]) -> None:
        """Do work in a thread of its own, with `what` and its progress at the bottom; then `finished(result)`."""
        self._what = what
        self.begun.emit()
        self._runner.start(work, finished)

    def start_slices(self, what: str, work: SlicedWork, finished: Callable[[Any], None]) -> None:
        """Do work in the window's thread, a slice at a time; else as `start`."""
        self._what = what
        self.begun.emit()
        self._runner.start_slices(work, finished)

    def stop(self) -> None:
        """Ask what is going on to stop at the next good place; its report tells how far it came."""
        self._runner.cancel()

    def finish(self) -> None:
        """Stop what is going on at the next good place and wait for it; before the project is closed."""
        self._runner.cancel()
        self._runner.finish()
