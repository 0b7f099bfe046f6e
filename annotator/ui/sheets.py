"""What opens over the main window: settings, history, palette, sheet of keys, manual, about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.errors import UserError
from annotator.i18n import _
from annotator.ui.dialogs.modal import run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from PySide6.QtWidgets import QDialog

    from annotator.domain.article import Article
    from annotator.domain.layerref import LayerRef
    from annotator.ui.agreement.opening import Agreeing
    from annotator.ui.colleagues.badge import CorrectionBadge
    from annotator.ui.exchanging import Exchanging
    from annotator.ui.guideline import GuidelineWindow
    from annotator.ui.manual import ManualWindow
    from annotator.ui.review.opening import Reviewer
    from annotator.ui.scheme.opening import SchemeEditor
    from annotator.ui.window import MainWindow
    from annotator.whoami import Identity


class Sheets:
    """Makes each when it is asked for; nothing of them is loaded before."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def settings(self, keys: bool = False, action: str = "") -> None:
        """The settings, at the page of keys on request, there at the action with this id."""
        from annotator.ui.dialogs.settings import KEYS_PAGE, SettingsDialog

        window = self._window
        dialog = SettingsDialog(window.preferences, window.session.identity, window.look, window)
        dialog.show_page(KEYS_PAGE if keys else 0)
        if action:
            dialog.keys_page.show_action(action)
        dialog.me_page.renamed.connect(window.rename)
        dialog.me_page.taken.connect(self._become)
        run(dialog)

    def _become(self, identity: Identity) -> None:
        """Go on as who was taken from another computer: what is shown as mine may be another layer."""
        window = self._window
        session = window.session
        if window.files.running:
            session.told.emit(_("You are {name} from the next start on.").format(name=identity.annotator.name), False)
            return
        project = session.store.path if session.store is not None else None
        window.navigation.leave()
        session.become(identity)
        window.bottom.set_who(identity.annotator.name)
        if project is not None:
            window.files.enter(Path(project))

    def history(self) -> None:
        """What was done; undo to one of my steps."""
        from annotator.ui.dialogs.history import HistoryDialog

        window = self._window
        workspace = window.session.workspace
        if workspace is None:
            return
        at = ""
        while True:
            dialog = HistoryDialog(workspace, window.session.visible, window.session.editable, window.look, window)
            dialog.point(at)
            if not run(dialog):
                return
            if dialog.look_back is None:
                window.undoing.back_to(dialog.chosen)
                return
            from annotator.ui.dialogs.moment import MomentDialog

            # Whoever has looked at one moment often looks at the next.
            article, line = dialog.look_back
            at = line.id
            run(MomentDialog(window.session, article, line.id, line.at, window.look, window))

    def time(self) -> None:
        """How long I worked on each article; measure from now on, forget."""
        from annotator.editing.timesheet import timesheet
        from annotator.ui.dialogs.time import TimeDialog

        window, keeper = self._window, self._window.timekeeper
        store = window.session.store
        if store is None:
            return
        try:
            sheet = timesheet(store, window.session.me.id, keeper.seconds())
        except UserError as error:
            window.notice.say(str(error))
            return
        dialog = TimeDialog(sheet, keeper.measuring, keeper.forgotten, window.look, window)
        run(dialog)
        if dialog.wish in ("on", "off"):
            window.preferences.choose("time", dialog.wish)
        elif dialog.wish == "forget" and keeper.forget():
            words = _("Your times are forgotten. They can be brought back until the project is closed.")
            window.notice.offer(words, keeper.recall)
        elif dialog.wish == "recall" and keeper.recall():
            window.notice.say(_("Your times are back."))

    def describe(self) -> None:
        """Headline and metadata of the shown article."""
        from annotator.domain.judgement import fields
        from annotator.ui.dialogs.describe import DescribeDialog
        from annotator.ui.leading import lead_beside_me

        window = self._window
        session, article = window.session, window.session.article
        if article is None:
            return
        lead = lead_beside_me(session)
        judged = frozenset(field.id for field in fields(session.scheme))
        keep = self._kept_of(article, lead)
        run(DescribeDialog(article, session.editable, keep, window.look, window, judged, lead))

    def _kept_of(self, article: Article, lead: str) -> Callable[[str, Mapping[str, Any]], object]:
        """Return what keeps other metadata of an article, or proposes them to whom they belong."""
        from annotator.domain import clock, ids
        from annotator.editing.articles import describe
        from annotator.editing.proposals import propose_article

        session = self._window.session

        def propose(title: str, meta: Mapping[str, Any]) -> None:
            if session.do(propose_article(ids.uuid7(), article, title, meta, session.me.id, clock.now())):
                words = _("Proposed to {lead}: it goes there with your next package.").format(lead=lead)
                session.told.emit(words, True)

        return propose if lead else lambda title, meta: session.do(describe(article, title, meta))

    @cached_property
    def editor(self) -> SchemeEditor:
        """The editor of the scheme, and the drafts that were left in it."""
        from annotator.ui.scheme.opening import SchemeEditor

        return SchemeEditor(self._window)

    @property
    def drawing(self) -> bool:
        """Whether the editor of the scheme lies over the window."""
        return "editor" in self.__dict__ and self.editor.page is not None

    @property
    def unapplied(self) -> int:
        """How many changes of the scheme wait in drafts."""
        return self.editor.unapplied if "editor" in self.__dict__ else 0

    def scheme(self, label: str = "", *, begin: bool = False) -> None:
        """Change the scheme, at a label (its id) where that is wanted; `begin` makes the first one."""
        self.editor.open(label, begin=begin)

    def undo_in_draft(self, by: int) -> bool:
        """Take the last edit of a draft back (-1) or do it again (1): of the scheme's, or of a place under review.

        False where there is no draft.
        """
        if self.reviewing:
            return self.reviewer.undo(by)
        return self.drawing and self.editor.undo(by)

    @cached_property
    def reviewer(self) -> Reviewer:
        """Who settles differences between readings."""
        from annotator.ui.review.opening import Reviewer

        return Reviewer(self._window)

    @property
    def reviewing(self) -> bool:
        """Whether the review lies over the window."""
        return "reviewer" in self.__dict__ and self.reviewer.page is not None

    @property
    def begun(self) -> int:
        """At how many differences something was begun, a place or a reason, and is not decided."""
        return self.reviewer.begun if "reviewer" in self.__dict__ else 0

    @property
    def drafting(self) -> bool:
        """Whether an undo is one of a draft: of the scheme, or of a place that is being set under review."""
        if not self.reviewing:
            return self.drawing
        page = self.reviewer.page
        return page is not None and page.owning.active

    def review(self) -> None:
        """Compare readings and settle their differences."""
        self.reviewer.open()

    @cached_property
    def agreeing(self) -> Agreeing:
        """Who shows how well readings agree."""
        from annotator.ui.agreement.opening import Agreeing

        return Agreeing(self._window)

    def agreement(self, refs: Sequence[LayerRef] = (), *, hidden: bool = False) -> None:
        """Show how well readings agree: of these layers, or of all annotators; with `hidden` nobody is named.

        Nor where the review hid the names, whose page may be gone by now.
        """
        nameless = "reviewer" in self.__dict__ and self.reviewer.names_hidden
        self.agreeing.open(refs, hidden=hidden or nameless)

    @property
    def covered(self) -> bool:
        """Whether a page of figures or of differences lies over the window."""
        return self.reviewing or ("agreeing" in self.__dict__ and self.agreeing.page is not None)

    def registry(self, entry: str = "") -> None:
        """The registry, at an entry (its id) on request; then to the place that was chosen there."""
        from annotator.ui.registry.dialog import RegistryDialog

        window, session = self._window, self._window.session
        if session.store is None:
            return
        dialog = RegistryDialog(session, window.hand.registry.entries, window.undoing, window.look, window, entry)
        if not run(dialog) or (place := dialog.place) is None:
            return
        if place.span:
            window.navigation.open_span(place.article, place.span)
        elif session.show_article(place.article):
            window.arrangement.to_text()

    def colleagues(self, part: str = "") -> None:
        """What colleagues have sent, proposed and done, at a part (its id); then to the place that was chosen there."""
        from annotator.ui.colleagues.page import ColleaguesPage

        window, session = self._window, self._window.session
        if session.store is None:
            return
        page = ColleaguesPage(window, part)
        if not run(page):
            return
        if page.sends:
            self.exchanging.send()
        elif page.draft is not None:
            self.editor.open_proposal(*page.draft)
        elif page.place is not None:
            article, span = page.place
            if span:
                window.navigation.open_span(article, span)
            elif session.show_article(article):
                window.arrangement.to_text()

    @cached_property
    def badge(self) -> CorrectionBadge:
        """What says at the bottom that corrections wait."""
        from annotator.ui.colleagues.badge import CorrectionBadge

        return CorrectionBadge(self._window)

    @cached_property
    def exchanging(self) -> Exchanging:
        """What sends and merges packages."""
        from annotator.ui.exchanging import Exchanging

        return Exchanging(self._window)

    def assign(self) -> None:
        """Who is to tag the shown article."""
        from annotator.ui.colleagues.byhand import assign_by_hand

        assign_by_hand(self._window.session, self._window.look, self._window)

    def palette(self) -> None:
        """Any action by its name."""
        from annotator.ui.palette import Palette

        window = self._window
        dialog = Palette(window.actions_, window.preferences.settings, window.look, window)
        self._dimmed(dialog)
        if dialog.other_key:
            self.settings(keys=True, action=dialog.other_key)

    def over(self, dialog: QDialog) -> int:
        """Have a dialog stand over the window, which is dimmed meanwhile."""
        return self._dimmed(dialog)

    def _dimmed(self, dialog: QDialog) -> int:
        from annotator.ui.scrim import Scrim

        Scrim(dialog, self._window)
        return run(dialog)

    def keys(self) -> None:
        """Every key."""
        from annotator.ui.dialogs.keys import KeySheet

        window = self._window
        first = []
        if self.reviewing:
            from annotator.ui.review.keys import KEYS

            first.append((_("Review"), [(_(what), keys) for what, keys in KEYS]))
        dialog = KeySheet(window.session.scheme.in_use, window.preferences.settings, window.look, window, first)
        if self._dimmed(dialog) and dialog.wants_change:
            self.settings(keys=True)

    @cached_property
    def manual_window(self) -> ManualWindow:
        """The manual in a window of its own."""
        from annotator.ui.manual import ManualWindow

        return ManualWindow(self._window.look, self._window)

    def manual(self) -> None:
        """Show the manual where it was left; first at what lies over the text, where that has a page of its own."""
        if self.covered and not self.manual_window.isVisible():
            self.manual_window.show_named("review")
        self.manual_window.show()
        self.manual_window.raise_()
        self.manual_window.activateWindow()

    @cached_property
    def guideline_window(self) -> GuidelineWindow:
        """The guideline in a window of its own, which follows the focused span."""
        from annotator.ui.guideline import GuidelineWindow

        window = self._window
        made = GuidelineWindow(window.session, window.look, window)
        made.span_wanted.connect(self._go_to_example)
        window.view.focus_changed.connect(self._follow)
        window.session.folded.connect(lambda _changes: self._follow())
        window.hand.holding.changed.connect(self._follow)
        return made

    def _go_to_example(self, article: str, span: str) -> None:
        """Open a span; the guideline closes where it would stand over it."""
        window, guide = self._window, self.guideline_window
        if self.covered or self.drawing:
            window.session.told.emit(_("Leave this page first; then examples open in the text."), False)
            return
        window.navigation.open_span(article, span)
        view = window.view
        line = view.caret_rect(view.caret)
        if guide.frameGeometry().contains(view.viewport().mapToGlobal(line.center())):
            guide.close()

    def _follow(self) -> None:
        if self.guideline_window.isVisible():
            there = self._window.view.focused is not None or self._window.hand.holding.label is not None
            self.guideline_window.follow(self._present_label() if there else "")

    def _present_label(self) -> str:
        """Return the label that is before the eyes: of the focused span, held, or used last; "" for none."""
        window = self._window
        span, held = window.view.focused, window.hand.holding.label
        if span is not None:
            return span.label
        return held.id if held is not None else window.session.last_label

    def guideline(self, label: str = "") -> None:
        """Show the page of a label (its id), of the one under the pointer, or of the one before the eyes."""
        guide = self.guideline_window
        guide.show_label(label or self._window.side.labels.pointed or self._present_label())
        guide.show()
        guide.raise_()
        guide.activateWindow()
        guide.list.setFocus()

    def about(self) -> None:
        """What program this is."""
        from annotator.ui.dialogs.about import AboutDialog

        run(AboutDialog(self._window.look, self._window))
