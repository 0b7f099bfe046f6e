"""The main window: puts the parts together and holds no state of its own."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from annotator.actions import BY_ID, IN_TEXT, Where
from annotator.domain.change import Changed
from annotator.i18n import _
from annotator.ui.actions import Actions, LabelMenu
from annotator.ui.appearance import Appearance
from annotator.ui.arrangement import Arrangement
from annotator.ui.articles.panel import ArticlePanel
from annotator.ui.bottom import BottomBar
from annotator.ui.covers import Covers
from annotator.ui.files import Files
from annotator.ui.first import FirstPicture
from annotator.ui.hand import Hand
from annotator.ui.handlers import handlers
from annotator.ui.labels.visibility import Visibility
from annotator.ui.leaving import Leaving
from annotator.ui.look import Look
from annotator.ui.navigation import Navigation
from annotator.ui.notices import Notice
from annotator.ui.onlytext import OnlyText
from annotator.ui.page import Page
from annotator.ui.placing import Placing
from annotator.ui.preferences import Preferences
from annotator.ui.reports import saved
from annotator.ui.session import Session
from annotator.ui.sheets import Sheets
from annotator.ui.showing import Showing
from annotator.ui.side import SidePanel
from annotator.ui.tagging import Tagging
from annotator.ui.telling import Telling
from annotator.ui.text.view import ArticleView
from annotator.ui.undoing import Undoing
from annotator.ui.widgets import caption

if TYPE_CHECKING:
    from annotator.ui.glow import Glow
    from annotator.ui.keeping import Keeper
    from annotator.ui.startpanel import StartPanel
    from annotator.ui.timing import Timekeeper
    from annotator.ui.unsaved import UnsavedBar
    from annotator.whoami import Identity
MEASURE_AFTER = 500
"""Milliseconds after opening, if I measure my time: the first picture is not held up by it."""


class MainWindow(QMainWindow):
    """Composes the parts for one session."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self.preferences = Preferences(self)
        self.setWindowTitle("Annotator")
        self.setMinimumSize(QSize(880, 560))
        self.setAcceptDrops(True)
        self.placing = Placing(self, "main", QSize(1280, 800))
        self.session = session
        self.look = look
        self.leaving = Leaving(self)
        self.showing = Showing(self)
        self.view = ArticleView()
        self.visibility = Visibility(session, self.view, self)
        self.tagging = Tagging(session, self.view, self)
        self.hand = Hand(self)
        self.navigation = Navigation(session, self.view, self)
        self.files = Files(session, self.navigation, look, self)
        self.undoing = Undoing(session, self.files, self.navigation, lambda: self.sheets.covered, self)
        self.appearance = Appearance(self.view, look, self.preferences)
        self.sheets = Sheets(self)
        self.arrangement = Arrangement(self)
        self.telling = Telling(self)
        self.actions_ = Actions(self, handlers(self), self.preferences)
        for id in IN_TEXT:
            self.view.addAction(self.actions_[id])
        self._menus = self.actions_.fill(self.menuBar())
        self._labels = LabelMenu(self._menus["Span"], self.hand.choose)
        self.where = caption("", "second")
        self.where.setContentsMargins(0, 4, 0, 0)
        self.menuBar().setCornerWidget(self.where)
        self._work = QWidget()
        self.articles = ArticlePanel(session, look, self.actions_.all, self._work)
        self.navigation.follow(self.articles.model)
        self.page = Page(session, look, self.view, self.actions_.all)
        self.articles.frame_in(self.view)
        self.side = SidePanel(
            session, look, self.actions_.all, self.visibility, self.hand, self.articles.worklist
        )  # fmt: skip
        self.bottom = BottomBar(look)
        self.only_text = OnlyText(self.page, self.view, self.bottom)
        self._lay_out()
        if self.placing.tab:
            self.side.show_tab(self.placing.tab)
        self.notice = Notice(self._stack)
        self.covers = Covers(self, self._stack, self._work)
        self._connect()
        self.showing.refresh()

    def _lay_out(self) -> None:
        # From the outside in: what is put into a window later is dressed anew with all that is in it.
        whole = QWidget(self)
        self.setCentralWidget(whole)
        self._column = column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        column.addWidget(self.bottom)
        self._stack.addWidget(self._work)
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.articles.place)
        row.addWidget(self.page, 1)
        row.addWidget(self.side)
        self.bottom.set_who(self.session.me.name)

    # Parts that are not seen at first: every start would wait for them.

    @cached_property
    def unsaved(self) -> UnsavedBar:
        """What stands over the bottom bar while a step is not on the disk."""
        from annotator.ui.unsaved import UnsavedBar

        bar = UnsavedBar(self.session)
        self._column.insertWidget(1, bar)
        bar.save_wanted.connect(self.files.save_unsaved)
        return bar

    @cached_property
    def keeper(self) -> Keeper:
        """Who looks after backups, disk and file."""
        from annotator.ui.keeping import Keeper

        return Keeper(self.session, self)

    @cached_property
    def glow(self) -> Glow:
        """What shows around a control that it has the keyboard."""
        from annotator.ui.glow import Glow

        return Glow(self.look)

    @cached_property
    def timekeeper(self) -> Timekeeper:
        """Who counts my time; made only for those who want that, or look at it."""
        from annotator.ui.timing import Timekeeper

        keeper = Timekeeper(self.session, self)
        keeper.said.connect(self.page.show_time)
        return keeper

    def _measure(self) -> None:
        wanted = self.preferences.settings["time"] == "on"
        if wanted or "timekeeper" in self.__dict__:
            self.timekeeper.measure(wanted)

    @cached_property
    def start(self) -> StartPanel:
        """What stands in the window before a project is open; made only where there is none."""
        from annotator.ui.startpanel import StartPanel

        panel = StartPanel(self.actions_.all, self.look)
        panel.chosen.connect(lambda path: self.files.open_path(Path(path)))
        self._stack.addWidget(panel)
        return panel

    def _connect(self) -> None:
        session, view = self.session, self.view
        session.project_opened.connect(self._greet)
        session.scheme_changed.connect(self._show_scheme)
        session.article_shown.connect(self._arrive)
        session.changed.connect(self._follow)
        session.told.connect(self.notice.say)
        session.place_wanted.connect(self.navigation.go_to)
        session.unsaved.connect(self._wait)
        self.visibility.changed.connect(self.showing.refresh)
        self.articles.worklist.learned.connect(self.showing.refocus)
        self.visibility.offered.connect(lambda words, back: self.notice.offer(words, back))
        self.preferences.told.connect(lambda words: self.notice.say(words))
        self.preferences.changed.connect(lambda _id: self._measure())
        self.notice.undo_wanted.connect(self.undoing.undo)
        self.files.working.connect(self._work_on)
        self.files.told.connect(self.notice.say)
        self.files.packages_dropped.connect(lambda packages: self.sheets.exchanging.take(packages))
        self.files.package_chosen.connect(lambda package: self.sheets.exchanging.open_package(package))
        self.notice.report_wanted.connect(self.files.show_report)
        self.bottom.stop_wanted.connect(self.files.stop)
        view.label_pressed.connect(self._take_letter)
        view.selection_changed.connect(self.showing.refresh)
        view.focus_changed.connect(self.showing.refocus)
        self.page.find_opened.connect(lambda: self.articles.found.hold(True))
        self.page.find_left.connect(lambda: self.articles.found.hold(False))
        self.page.find_left.connect(self.arrangement.to_text)
        self.page.find_left.connect(self.showing.refresh)
        self.articles.text_wanted.connect(self.arrangement.to_text)
        self.side.labels.chosen.connect(self.hand.choose)
        self.side.labels.pinned.connect(self.hand.holding.toggle)
        self.side.labels.guided.connect(self.sheets.guideline)
        self.side.labels.change_wanted.connect(lambda label: self.sheets.scheme(label, begin=not label))
        self.side.span_chosen.connect(view.focus_span)
        self.side.text_wanted.connect(self.arrangement.to_text)
        self.side.typed.connect(self.hand.key)
        self.hand.holding.changed.connect(self._show_held)
        self._menus["Edit"].aboutToShow.connect(self.telling.name_history)

    # What the session says

    def _greet(self) -> None:
        # What it offers to undo was done in another project.
        self.notice.hide()
        self._show_scheme()
        self._stack.setCurrentWidget(self._work)
        self.bottom.set_saved(saved(self.session))
        self.telling.say_where()
        self.showing.refocus()
        self.rearrange()
        self.settle()

    def _show_scheme(self) -> None:
        self._labels.show_labels(self.session.scheme.in_use)
        self.preferences.give_way(self.session.scheme.in_use)

    def _follow(self, changed: Changed) -> None:
        # What a notice offers to undo was the step before this one. Other words stay while a job goes on, whose every
        # chunk is a change: "quit again to stop it" must be seen before one quits again.
        if self.notice.offers_undo or not self.files.running:
            self.notice.hide()
        self.visibility.follow(changed)
        self.bottom.set_saved(_("Saved {saved_at}").format(saved_at=self.session.saved_at))
        if not changed.kinds() <= {"span", "layer", "remark", "decision"}:
            self.telling.say_where()
        if changed.kinds() == {"remark"}:
            self.showing.refresh()  # what was said is shown by who keeps it
        else:
            self.showing.refocus()

    def rename(self, identity: Identity) -> None:
        """Go on under another name."""
        self.session.rename(identity)
        self.bottom.set_who(identity.annotator.name)

    def _wait(self, words: str) -> None:
        self.unsaved.say(words)
        self.bottom.set_saved(
            _("NOT SAVED") if words else _("Saved {saved_at}").format(saved_at=self.session.saved_at).strip(),
            fault=bool(words),
        )
        self.showing.refresh()

    def _work_on(self, what: str, done: int, total: int) -> None:
        self.bottom.set_progress(what, done, total)
        if not what:
            self.leaving.forget()
            self.showing.refresh()

    def _take_letter(self, text: str, shift: bool) -> None:
        if self.showing.at_once(lambda: self.hand.key(text, shift)):
            return
        keys_of, fragment = self.preferences.settings.keys_of, self.actions_["span.fragment"]
        if not fragment.isEnabled() and text in keys_of("span.fragment"):
            # A disabled action hears no key; silence would not tell what is missing.
            self.tagging.add_fragment()
            return
        if shift and text.isalpha():
            return
        # Where the layout has no Latin letters no shortcut heard it, nor during a drag: it is a letter by its place.
        for id, action in self.actions_.all.items():
            if text in keys_of(id) and action.isEnabled():
                action.trigger()
            elif text in keys_of(id) and self.session.article is not None and BY_ID[id].where is Where.SPAN:
                words = _("“{action}” is done to a span: click one, or go to it with J.")
                self.session.told.emit(words.format(action=_(BY_ID[id].title).rstrip("…")), False)

    def find_again(self, by: int) -> None:
        """Go to the next (1) or the last (-1) of what was looked for last."""
        found = self.articles.found
        if self.hand.choosing.walk(by):
            return
        if found.places and not self.page.find_bar_open:
            found.step(by)
        else:
            self.page.find_bar.step(by)

    def finish_article(self) -> None:
        """Call the article done and show the next one."""
        self.navigation.done()
        # Also from the table of spans, which the next article may have none for.
        self.arrangement.to_text()

    def show_colleagues(self) -> None:
        """Show or hide the layers of colleagues, as the action says."""
        self.session.show_colleagues(self.actions_["view.colleagues"].isChecked())
        self._recount()

    def _recount(self) -> None:
        """Count in the list what is to be seen now."""
        self.articles.model.refresh()
        self.articles.worklist.reconsider()

    # What is before the eyes

    def _arrive(self) -> None:
        shown = self.actions_["view.colleagues"]
        if shown.isChecked() != self.session.colleagues:
            # Who goes to a colleague's span is shown it.
            shown.setChecked(self.session.colleagues)
            self._recount()
        self.showing.refresh()
        self.telling.say_where()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.showing.begin()

    def _show_held(self) -> None:
        label = self.hand.holding.label
        self.side.labels.set_held(label.id if label is not None else "")
        self.actions_["label.hold"].setChecked(label is not None)
        self.showing.refresh()

    def rearrange(self) -> None:
        """Give the parts their room anew."""
        self.arrangement.arrange()
        self.showing.refresh()

    def settle(self) -> None:
        """Give the keyboard to what one works with first, and say what has to be said at the start."""
        if (handle := self.windowHandle()) is not None:
            FirstPicture(handle, self._go_on)
        QTimer.singleShot(MEASURE_AFTER, self, self._measure)
        fault, self.preferences.fault = self.preferences.fault, ""
        if words := " ".join(filter(None, (fault, self.preferences.clashes()))):
            self.notice.say(words)
        self.bottom.setVisible(self.session.store is not None)
        if self.session.store is None:
            self._stack.setCurrentWidget(self.start)
            self.notice.raise_()  # it may say why the project is not here
            self.start.focus_first()
        else:
            self.arrangement.to_text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Where nobody else has a use for Esc, as among the labels.
        if event.key() == Qt.Key.Key_Escape and self.hand.holding.label is not None:
            self.hand.holding.escape()
        elif not self.undoing.missed(event, self.actions_.all):
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        _made = self.keeper, self.glow, self.page.margin, self.hand.dragging, self.hand.checks, self.hand.tie_drag
        self._make_remarks()
        self.side.span.show_judgement()
        self.navigation.keep_place()
        self.hand.registry.entries.begin()
        self.sheets.badge.look()

    def _make_remarks(self) -> None:
        from annotator.ui.remarks.marks import RemarkMarks

        self._marks = RemarkMarks(self.session, self.articles.worklist, self.page.margin, self.hand.remarks)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        dropped = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        # Whoever dropped them waits for this to return: the other program must not stand still.
        QTimer.singleShot(0, self, lambda: self.files.take(dropped))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rearrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.leaving.refused():
            event.ignore()
            return
        self.files.finish()
        self.keeper.finish()
        if "timekeeper" in self.__dict__:
            self.timekeeper.finish()
        self.navigation.leave()
        self.session.close()
        self.placing.tab = self.side.tab
        super().closeEvent(event)
