"""Packages from the menu to the job and its report: sending, merging, taking back, opening one as a project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from annotator.domain.errors import UserError
from annotator.domain.text import printable
from annotator.exchange.header import ENDING
from annotator.i18n import _, n_
from annotator.ui.dialogs.modal import run
from annotator.ui.leading import lead_beside_me
from annotator.ui.reports import shortened
from annotator.ui.tasks import Progress
from annotator.ui.widgets import key_names
from annotator.whoami import acting

if TYPE_CHECKING:
    from annotator.domain.article import Annotator
    from annotator.jobs.mergereport import Report
    from annotator.jobs.packing import Packed
    from annotator.ui.colleagues.sending import Parcel
    from annotator.ui.window import MainWindow

_LOOK = 200
"""Milliseconds between two looks whether a merge holds everything up."""
Cancelled = Callable[[], bool]
Pair = tuple[str, str]


class Exchanging(QObject):
    """One for a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session, self._files = window, window.session, window.files
        self._pause = QTimer(self, interval=_LOOK)
        self._pause.timeout.connect(self._tell_pause)
        window.files.working.connect(self._follow)

    def _follow(self, what: str, _done: int, _total: int) -> None:
        if not what:
            self._pause.stop()

    def _tell_pause(self) -> None:
        """Say once that nothing else can be done, where that lasts long enough to be felt."""
        workspace = self._session.workspace
        if workspace is not None and (words := workspace.held_up_by):
            self._pause.stop()
            self._window.notice.say(words)

    # Sending

    def send(self) -> None:
        """Ask for whom and what, and make the packages."""
        from annotator.ui.colleagues.sending import SendDialog

        session, files = self._session, self._files
        if session.store is None or files.busy():
            return
        listed = self._window.articles.model.listed()
        dialog = SendDialog(session, files.exports_folder(), listed, self._window.look, self._window)
        if not run(dialog):
            return
        parcels = dialog.parcels
        if self._introduced([one for one in dialog.new if any(one in parcel.recipients for parcel in parcels)]):
            self.pack(parcels)

    def _introduced(self, people: Sequence[Annotator]) -> bool:
        """Let people stand in the project who do not yet; whether they do now."""
        from annotator.domain.change import Change, Step
        from annotator.i18n import later

        title = later("Add people")
        return not people or self._session.do(Step(title, tuple(Change(None, person) for person in people)))

    def pack(self, parcels: Sequence[Parcel]) -> None:
        """Make packages in a thread of its own, and say what became of them."""
        workspace, identity = self._session.workspace, self._session.acting_identity
        if workspace is None:
            return
        store = workspace.store

        def work(progress: Progress, cancelled: Cancelled) -> list[Packed]:
            from annotator.jobs.corrections import tell
            from annotator.jobs.packing import pack

            made: list[Packed] = []
            for number, parcel in enumerate(parcels):

                def part(done: int, total: int, number: int = number) -> None:
                    progress(number * 1_000 + (1_000 * done // total if total else 0), 1_000 * len(parcels))

                if cancelled():
                    break
                progressed: Progress = part
                if parcel.corrections:
                    who = [one.id for one in parcel.recipients]
                    tell(workspace, who, parcel.articles, lambda done, total: part(done, 2 * total), cancelled)
                    progressed = lambda done, total: part(total + done, 2 * total)  # noqa: E731
                made.append(
                    pack(
                        store, identity, parcel.path, recipients=parcel.recipients,
                        articles=parcel.articles, layers=parcel.layers, since_last=parcel.since_last,
                        corrections=parcel.corrections, replace=True, progress=progressed, cancelled=cancelled,
                    )
                )  # fmt: skip
            return made

        self._files.start(_("Making the package"), work, lambda made: self._packed(parcels, made))

    def _packed(self, parcels: Sequence[Parcel], made: list[Packed]) -> None:
        from annotator.ui.colleagues import packedwords as said
        from annotator.ui.colleagues.brought import PackageReport

        window = self._window
        words = said.packed(made, len(parcels))
        window.notice.say(words, report=bool(made), tip=str(made[0].path) if made else "")
        if made:
            title = n_("Report of the package", "Report of the packages", len(made))
            rows = said.report_rows(made)
            self._files.keep_report(lambda: run(PackageReport(title, words, rows, window.look, window)))
            self._files.remember_exports(made[0].path.absolute().parent)

    # Merging

    def merge(self) -> None:
        """Ask for packages and merge them."""
        from annotator.ui.dialogs.files import ask_several

        files = self._files
        if self._session.store is None or files.busy():
            return
        kinds = _("Packages (*{ending});;All files (*)").format(ending=ENDING)
        chosen = ask_several(self._window, _("Merge packages"), files.folder, kinds)
        if chosen:
            files.folder = chosen[0].parent
            self.look_at(chosen)

    def take(self, packages: list[Path]) -> None:
        """Merge packages that were dropped on the window; where no project is open, open the first as one."""
        if self._session.store is None:
            self.open_package(packages[0])
        else:
            self.look_at(packages)

    def look_at(self, paths: list[Path]) -> None:
        """Show what packages would bring, and merge them if the user wants that."""
        from annotator.ui.colleagues.mergedialog import BringDialog

        session = self._session
        if session.workspace is None or self._files.busy():
            return
        if not session.editable:
            self._window.notice.say(_("This project is open for reading only: nothing can be merged into it now."))
            return
        dialog = BringDialog(session, paths, self._window.look, self._window)
        if run(dialog) and dialog.paths:
            self.bring_in(dialog.paths)

    def bring_in(self, paths: Sequence[Path], words: str = "") -> None:
        """Merge packages in a thread of its own; `words` stand before what is told of it."""
        workspace, identity = self._session.workspace, self._session.acting_identity
        if workspace is None:
            return

        def work(progress: Progress, cancelled: Cancelled) -> list[Report]:
            from annotator.jobs.merging import merge

            return merge(workspace, identity, list(paths), progress, cancelled)

        self._pause.start()
        self._files.start(_("Merging"), work, lambda reports: self._merged(reports, words))

    def _merged(self, reports: list[Report], before: str) -> None:
        from annotator.ui.colleagues import words as said

        self.show_something()
        waits = self._waits() if any(_is_new(one) for one in reports) else ""
        words = " ".join(filter(None, (before, said.merged(reports), self._where_to_see(reports), waits)))
        self._keep_report(_("Report of the merge"), words, reports)
        done = [one.package for one in reports if one.package and not one.refused and not one.nothing_new]
        if done:
            self._window.notice.offer(words, partial(self.take_back, done), report=True)
        else:
            self._window.notice.say(words, report=bool(reports))

    def _where_to_see(self, reports: list[Report]) -> str:
        """Say how spans of others come before the eyes, where they have come and are not shown."""
        me = self._session.me.id
        came = any(it.spans_new and it.id not in ("", me) for one in reports for it in one.by_annotator)
        keys, review = (
            "+".join(key_names(self._window.actions_[id].shortcut().toString()))
            for id in ("view.colleagues", "project.review")
        )
        # Who tags for a lead is not led to what others tagged.
        if not came or self._session.colleagues or not keys or lead_beside_me(self._session):
            return ""
        shows = _("{keys} shows colleagues’ spans.").format(keys=keys)
        compares = _("{keys} compares the readings.").format(keys=review) if review else ""
        return " ".join(filter(None, (shows, compares)))

    def _waits(self) -> str:
        """Say what waits for an answer: corrections to my spans, contested decisions of a review."""
        from annotator.storage import corrections

        store = self._session.store
        if store is None:
            return ""
        try:
            mine = corrections.open_count(store, self._session.me.id)
            contested = corrections.contested(store) if corrections.tells(store, self._session.me.id) else 0
        except UserError:
            return ""  # what cannot be read is told by what is asked for next
        parts = []
        if mine:
            words = n_(
                "{count:,} waits for your answer: Project ▸ Corrections…",
                "{count:,} wait for your answer: Project ▸ Corrections…",
                mine,
            )
            parts.append(words.format(count=mine))
        if contested:
            words = n_("{count:,} decision is contested.", "{count:,} decisions are contested.", contested)
            parts.append(words.format(count=contested))
        return " ".join(parts)

    def take_back(self, packages: Sequence[str]) -> None:
        """Switch packages (ids) off again, the last one first."""
        workspace = self._session.workspace
        if workspace is None or self._files.busy():
            return

        def work(progress: Progress, cancelled: Cancelled) -> list[Report]:
            from annotator.jobs.merging import unmerge

            reports: list[Report] = []
            for package in reversed(packages):
                if cancelled():
                    break
                reports.append(unmerge(workspace, package, progress, cancelled))
            return reports

        self._pause.start()
        self._files.start(_("Taking the merge back"), work, self._taken_back)

    def _taken_back(self, reports: list[Report]) -> None:
        self.show_something()
        count = sum(not one.stopped for one in reports)
        words = n_(
            "{count:,} package is switched off; Packages… switches it on again.",
            "{count:,} packages are switched off; Packages… switches them on again.",
            count,
        ).format(count=count)
        self._keep_report(_("Report of taking back"), words, reports)
        self._window.notice.say(words if count else _("Stopped; nothing was changed."), report=bool(reports))

    def _keep_report(self, title: str, words: str, reports: list[Report]) -> None:
        from annotator.ui.colleagues import words as said
        from annotator.ui.colleagues.brought import PackageReport

        window = self._window
        rows: list[Pair] = []
        for one in reports:
            rows += [(_("Package"), printable(Path(one.path).name)), *said.rows(one)]
        self._files.keep_report(lambda: run(PackageReport(title, words, rows, window.look, window)))

    def show_something(self) -> None:
        """Show an article where none is shown: the first may have come, or the shown one have gone."""
        if self._session.article is None:
            self._window.navigation.begin()

    # Opening one as a project

    def open_package(self, package: Path, *, asked: bool = False) -> None:
        """Show the project of a package: make it where there is none yet, else bring in what is new.

        `asked` says that I was just asked who I am of those it is for.
        """
        from annotator.exchange.package import glanced
        from annotator.jobs.opening import place_for, project_of
        from annotator.ui.colleagues.arriving import ask_who

        window, session, files = self._window, self._session, self._files
        if files.busy():
            return
        try:
            header = glanced(package)
            who = session.identity if asked else ask_who(header, session.identity, window.look, window)
            if who is None:
                return
            if who != session.identity:
                session.rename(who)
            me = acting(who, {one.id for one in header.recipients})
            there = project_of(header, package, who, me)
            target = there or place_for(header, package, me)
        except UserError as error:
            session.told.emit(str(error), False)
            return
        if there is not None:
            self._open_known(there, package)
        elif self._found(package, target):
            files.open_path(target)
            words = _("{name} is made of the package of {maker}.").format(
                name=shortened(target), maker=printable(header.maker.name)
            )
            window.notice.say(f"{words} {self._waits()}".strip(), tip=str(target))

    def welcome(self) -> None:
        """Look at packages that were opened while this window has their project."""
        from annotator import arrivals

        store = self._session.store
        packages = arrivals.take(Path(store.path)) if store is not None else []
        if not packages:
            return
        if QApplication.activeModalWidget() is not None or self._files.running:
            words = _("{name} waits: open it again when what is going on here has ended.")
            self._session.told.emit(words.format(name=printable(packages[0].name)), False)
        elif len(packages) == 1:
            self.look_at_one(packages[0])
        else:
            self.look_at(packages)

    def _open_known(self, project: Path, package: Path) -> None:
        if not self._session.has(project):
            self._files.open_path(project)
        if not self._session.has(project):
            return  # another window has it, or it cannot be read: that was told
        if not self._session.editable:
            return
        self.look_at_one(package)

    def look_at_one(self, package: Path) -> None:
        """Merge a package that was opened: where it brings nothing new that is said, and no more."""
        workspace, identity = self._session.workspace, self._session.acting_identity
        if workspace is None:
            return

        def work(progress: Progress, cancelled: Cancelled) -> bool:
            from annotator.jobs.merging import look

            seen = look(workspace.store, identity, package, progress, cancelled)
            return seen.nothing_new and not seen.refused

        def done(nothing: bool) -> None:
            if nothing:
                self._window.notice.say(_("{name} brings nothing new.").format(name=printable(package.name)))
            else:
                self.look_at([package])

        self._files.start(_("Looking at the package"), work, done)

    def _found(self, package: Path, target: Path) -> bool:
        from annotator.ui.colleagues.arriving import Founding

        dialog = Founding(package, target, self._window.look, self._window)
        run(dialog)
        if dialog.fault:
            self._session.told.emit(dialog.fault, False)
        return dialog.made


def _is_new(one: Report) -> bool:
    return not (one.nothing_new or one.refused or one.stopped)
