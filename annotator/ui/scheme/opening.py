"""Opens the editor of the scheme over a window, keeps what is not applied, puts it in force; scheme files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator import paths
from annotator.actions import ACTIONS
from annotator.domain import clock, meaning, redrawing
from annotator.domain.change import Change
from annotator.domain.dates import since
from annotator.domain.errors import UserError
from annotator.domain.ids import uuid7
from annotator.domain.naming import named
from annotator.domain.redrawing import Redrawn
from annotator.domain.team import Proposal
from annotator.editing import schemes
from annotator.editing.proposals import draft_of, propose_scheme
from annotator.formats import schemefile
from annotator.i18n import _, n_
from annotator.storage import labelled
from annotator.ui.leading import lead_beside_me
from annotator.ui.scheme.consequences import Looked
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.page import SchemePage
from annotator.ui.scheme.summary import changes
from annotator.ui.scheme.watcher import Watcher
from annotator.ui.tasks import Cancelled, Progress

if TYPE_CHECKING:
    from annotator.jobs.redrawing import Outcome
    from annotator.ui.window import MainWindow

_LARGEST = 10 * 1024 * 1024
"""Bytes of a scheme file; five hundred labels with everything take a tenth of it."""


def reserved() -> dict[str, str]:
    """Return the keys of the program that no label may have, with what they do."""
    return {key: _(action.title) for action in ACTIONS for key in action.keys if len(key) == 1}


class SchemeEditor(QObject):
    """One for a window; a draft that is left stays with its project until the program ends."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.page: SchemePage | None = None
        self._kept: dict[str, Draft] = {}
        self._applying = False
        self._settles: Change | None = None
        """What goes along when the draft is put in force: that the proposal it was begun with is accepted."""
        window.session.closing.connect(self._put_away)
        window.session.scheme_changed.connect(self._begin_anew)
        window.files.working.connect(self._show_work)

    @property
    def unapplied(self) -> int:
        """How many changes of drafts are not applied."""
        drafts = [*self._kept.values(), *([self.page.draft] if self.page is not None else [])]
        return sum(sum(changes(draft.now).values()) for draft in drafts)

    @property
    def _project(self) -> str:
        store = self._window.session.store
        return str(store.path) if store is not None else ""

    # Open and leave

    def open(self, label: str = "", *, begin: bool = False) -> None:
        """Show the editor, at a label (its id) where that is wanted; `begin` makes the first one."""
        session = self._window.session
        if self.page is not None:
            if label:
                self.page.show_label(label)
            return
        if session.store is None or not session.editable:
            return
        try:
            draft, about = self._draft(), self._about()
        except UserError as error:
            session.told.emit(str(error), False)
            return
        watcher = Watcher(session.store, session.visible, self)
        lead = lead_beside_me(session)
        self.page = page = SchemePage(draft, watcher, session.me.name, about, self._window.look, lead)
        page.left.connect(self.leave)
        page.apply_wanted.connect(self.apply)
        page.import_wanted.connect(self._import)
        page.export_wanted.connect(self._export)
        page.all_wanted.connect(self._show_all)
        page.bottom.stop_wanted.connect(self._window.files.stop)
        self._window.notice.hide()  # its Undo means the text
        self._window.covers.cover(page)
        page.focus_first()
        if begin and not draft.scheme.labels:
            page.add_label()
        elif label and draft.scheme.label(label) is not None:
            page.show_label(label)
            page.form.focus_name()
        else:
            watcher.ask(draft.now, label)

    def open_proposal(self, proposal: Proposal, settled: Change) -> None:
        """Show the editor with what a colleague proposed as its draft; applying it does `settled` in the same step."""
        session = self._window.session
        if self.page is not None or session.store is None:
            return
        try:
            proposed = draft_of(proposal, session.scheme)._replace(reserved=reserved())
        except UserError as error:
            session.told.emit(str(error), False)
            return
        if self._kept.get(self._project) is not None:
            session.told.emit(
                _("Your own draft of the scheme is not applied yet. Apply or discard it first (F7)."), False
            )
            return
        self.open()
        if self.page is None:
            return
        self._settles = settled
        if not self.page.draft.edit(lambda _now: proposed):
            session.told.emit(self.page.draft.fault[1], False)
        elif not proposed.changed:
            session.told.emit(
                _("The scheme in force says all of that already. Decline the proposal, or leave it."), False
            )

    def _draft(self) -> Draft:
        session = self._window.session
        assert session.store is not None  # there is a project
        counts = {label: count.spans for label, count in labelled.counts(session.store).items()}
        used = labelled.latest_version(session.store)
        kept = self._kept.pop(self._project, None)
        if kept is not None and kept.before == session.scheme:
            kept.counts, kept.used = counts, used
            return kept
        if kept is not None:
            session.told.emit(_("The scheme was changed meanwhile; the draft that was left is given up."), False)
        return Draft(redrawing.begun(session.scheme, reserved()), counts, used)

    def _about(self) -> str:
        """Return what is said below the name; the version it would have stands in braces."""
        session = self._window.session
        assert session.store is not None  # there is a project
        version = session.scheme.version
        if lead := lead_beside_me(session):
            words = _("Version {now}; it belongs to {lead}: your change goes there with your next package")
            return words.format(now=version, lead=lead.replace("{", "{{").replace("}", "}}"))
        last = session.store.touches(session.scheme.id, 1)
        made = last[0].at if last and last[0].at else ""
        if made:
            words = _("Version {now}, {when}; a change you apply makes version {{version}} and can be undone")
            return words.format(now=version, when=since(made, date.today()))
        return _("Version {now}; a change you apply makes version {{version}} and can be undone").format(now=version)

    def leave(self) -> None:
        """Go back to the text; a draft that is not applied is kept, and told."""
        page, session = self.page, self._window.session
        if page is None or self._window.files.running:
            return
        # Of what was proposed nothing is lost: it stays among the proposals.
        count = sum(changes(page.draft.now).values()) if self._settles is None else 0
        if count:
            self._kept[self._project] = page.draft
        self._close()
        if count:
            words = n_(
                "{count:,} change of the scheme is not applied. It is kept till the program ends; "
                "{key} goes on with it.",
                "{count:,} changes of the scheme are not applied. They are kept till the program ends; "
                "{key} goes on with them.",
                count,
            )
            key = self._window.actions_["project.scheme"].shortcut().toString() or _("the menu")
            session.told.emit(words.format(count=count, key=key), False)

    def _put_away(self) -> None:
        """The project closes."""
        if self.page is not None:
            if self.page.draft.now.changed and self._settles is None:
                self._kept[self._project] = self.page.draft
            self._close()

    def _close(self) -> None:
        page, self.page = self.page, None
        self._settles = None
        if page is not None:
            page.watcher.finish()
            page.watcher.deleteLater()
            self._window.covers.uncover(page)

    def _begin_anew(self) -> None:
        """Another scheme is in force, by an undo that a notice offered or that goes on below.

        A draft that holds changes stays, to be written to a file: applying it is refused in words.
        """
        page = self.page
        if page is None or self._applying or page.draft.now.changed or page.draft.before == self._window.session.scheme:
            return
        self._close()
        self.open()

    # Undo

    def undo(self, by: int) -> bool:
        """Take the last edit of the draft back (-1), or do it again (1); False where the editor is not open."""
        if self.page is None:
            return False
        draft = self.page.draft
        if by < 0 and not draft.can_undo:
            self._window.notice.say(_("There is nothing left to undo."))
        elif by > 0 and not draft.can_redo:
            self._window.notice.say(_("There is nothing to redo."))
        else:
            (draft.undo if by < 0 else draft.redo)()
        return True

    # Put in force

    def apply(self) -> None:
        """Put the draft in force, as one thing that one undo takes back."""
        page, files, workspace = self.page, self._window.files, self._window.session.workspace
        if page is None or workspace is None or files.busy():
            return
        session = self._window.session
        try:
            draft = named(page.draft.now)
        except UserError as error:
            session.told.emit(str(error), False)
            return
        if lead := lead_beside_me(session):
            self._propose(draft, lead)
            return
        page.freeze(True)
        page.watcher.finish()
        store = workspace.store
        also = (self._settles,) if self._settles is not None else ()
        self._applying = True
        if schemes.is_one_step(draft):
            # One small step, which the window's thread does itself; what the disk refuses is told and waits as usual.
            try:
                done = session.do_made(lambda: schemes.in_force(store, draft, also))
            finally:
                self._applying = False
            if done:
                self._applied(0)
            else:
                page.freeze(False)
            return

        def work(progress: Progress, cancelled: Cancelled) -> Outcome:
            from annotator.jobs.redrawing import redraw

            return redraw(workspace, draft, progress, cancelled, also=also)

        files.start(_("Changing the scheme"), work, self._redrawn)

    def _propose(self, draft: Redrawn, lead: str) -> None:
        session = self._window.session
        if session.do_made(lambda: propose_scheme(uuid7(), draft, session.me.id, clock.now())):
            self._close()
            words = _("Proposed to {lead}: it goes there with your next package.").format(lead=lead)
            session.told.emit(words, True)

    def _redrawn(self, outcome: Outcome) -> None:
        self._applying = False
        if outcome.stopped:
            self._window.session.told.emit(_("Stopped; nothing was changed."), False)
        else:
            self._applied(outcome.changes)

    def _applied(self, count: int) -> None:
        """Say what is in force, of how many spans and ties that changed, and what is to be looked at again."""
        session = self._window.session
        self._close()
        scheme = session.scheme
        words = [_("Version {version} of the scheme is in force.").format(version=scheme.version)]
        if count:
            changed = n_("{count:,} span or tie was changed.", "{count:,} spans and ties were changed.", count)
            words.append(changed.format(count=count))
        fresh = {id: version for id, version in meaning.since(scheme).items() if version == scheme.version}
        older = 0
        if fresh and session.store is not None:
            older = sum(labelled.older_by_article(session.store, fresh, session.visible, session.me.id).values())
        if older:
            words.append(
                n_(
                    "{count:,} of your spans was made under the older meaning and is in the worklist.",
                    "{count:,} of your spans were made under the older meaning and are in the worklist.",
                    older,
                ).format(count=older)
            )
        self._window.session.told.emit(" ".join(words), True)

    def _show_work(self, what: str, done: int, total: int) -> None:
        if self.page is not None:
            self.page.bottom.set_progress(what, done, total)
            if not what:
                self._thaw()  # also where a fault of ours ended it

    def _thaw(self) -> None:
        if self.page is not None and not self._window.files.running:
            self._applying = False
            self.page.freeze(False)

    def _show_all(self, looked: object) -> None:
        from annotator.ui.dialogs.modal import run
        from annotator.ui.scheme.alltouched import AllTouched

        store = self._window.session.store
        if isinstance(looked, Looked) and looked.shown is not None and store is not None:
            run(AllTouched(store, looked, self._window.session.visible, self._window.look, self._window))

    # Files

    def _import(self) -> None:
        from annotator.ui.dialogs.files import ask_open

        page, files = self.page, self._window.files
        path = ask_open(self._window, _("Take a scheme file"), files.folder, _("Scheme files (*.toml)"))
        if page is not None and path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Take the scheme of a file into the draft; what is wrong with it is told."""
        page = self.page
        if page is None:
            return
        try:
            if path.stat().st_size > _LARGEST:
                raise UserError(_("{name} is too large for a scheme.").format(name=path.name))
            wanted, _warnings = schemefile.read(path.read_text(encoding="utf-8-sig"), path.name, reserved())
        except OSError as error:
            reason = error.strerror or error
            self._window.notice.say(_("{name} cannot be read: {reason}.").format(name=path.name, reason=reason))
        except UnicodeDecodeError:
            self._window.notice.say(_("{name} is not UTF-8, as TOML must be.").format(name=path.name))
        except UserError as error:
            self._window.notice.say("\n".join(str(error).split("\n")[:6]))
        else:
            if page.draft.put(wanted):
                self._window.notice.say(
                    _("{name} is taken into the draft; nothing is applied yet.").format(name=path.name)
                )
            else:
                self._window.notice.say(page.draft.fault[1])

    def _export(self) -> None:
        from annotator.ui.dialogs.files import ask_save

        page, files = self.page, self._window.files
        if page is None:
            return
        name = f"{page.draft.scheme.id}.toml"
        path = ask_save(self._window, _("Write a scheme file"), files.folder / name, _("Scheme files (*.toml)"))
        if path is not None:
            self.write_file(path)

    def write_file(self, path: Path) -> None:
        """Write the draft to a file, under the version it would have."""
        page = self.page
        if page is None:
            return
        try:
            now = named(page.draft.now)
        except UserError as error:
            self._window.notice.say(str(error))
            return
        scheme = now.wanted
        if now.changed:
            scheme = schemes.succeeding(now.before, now.wanted, now.moves, now.same, page.draft.used)
        try:
            paths.write_whole(path, schemefile.write(scheme).encode("utf-8"))
        except OSError as error:
            reason = error.strerror or error
            self._window.notice.say(_("{path} was not written: {reason}.").format(path=path, reason=reason))
        else:
            self._window.notice.say(_("{name} is written.").format(name=path.name))
