"""The left panel: project, search and filter, the articles, how many are done and how long the rest may take."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.change import Changed
from annotator.i18n import _, n_
from annotator.ui.articles.delegate import ArticleDelegate
from annotator.ui.articles.filter import Filter
from annotator.ui.articles.foundwords import FoundWords
from annotator.ui.articles.list import ArticleList
from annotator.ui.articles.model import ROW, ArticleModel
from annotator.ui.articles.reading import Reading
from annotator.ui.articles.worklist import Worklist
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.overhang import Overhang
from annotator.ui.reports import articles
from annotator.ui.session import Session
from annotator.ui.states import marked_name, none_so, nothing_yet, state_name
from annotator.ui.text.view import ArticleView
from annotator.ui.widgets import caption, key_names, plain_tip, rule, step_button

WIDTH, RAIL = 264, 48
LOOK_AT_PACE_AFTER = 3_000
"""Milliseconds after opening; the forecast is not what one waits for."""


class ArticlePanel(QFrame):
    """Shows the articles; moving in it opens them, Enter goes on to the text.

    `place` is what stands in the window's row for it: as a rail of states it opens over the text, which stays.
    """

    text_wanted = Signal()

    def __init__(self, session: Session, look: Look, actions: dict[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("leftPanel")
        self._session = session
        self._look = look
        self.place = Overhang(self)
        self._panel_action, self._search_action = actions["view.panel.articles"], actions["view.search"]
        self._next_action = actions["edit.find.next"]
        self._rail = self._arranged = False
        self._opened = False
        self._states: Counter[str] = Counter()
        self.reading = Reading(session, self)
        self.worklist = Worklist(session, self)
        self.model = ArticleModel(session, self.reading, self.worklist, self)
        self.filter = Filter(look, self._search_action, self)
        self.list = ArticleList(self)
        self._delegate = ArticleDelegate(look, self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.set_row_height(self._delegate.height)
        self.list.setAccessibleName(_("Articles"))
        self.list.offered = [actions[id] for id in ("article.describe", "article.assign", "article.return")]
        self._name, self._empty = caption("", "heading"), caption("", "third")
        self._empty.setWordWrap(True)
        self._all = QPushButton(_("Show all"))
        self._all.setAutoDefault(True)
        self._all.clicked.connect(self._show_all)
        self._done, self._left, self._bar = caption("", "strong"), caption("", "third"), QProgressBar()
        self._bar.setTextVisible(False)
        self._fold = step_button(self._panel_action)
        self._buttons: list[tuple[QToolButton, str]] = [(self._fold, "panel")]
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._open)
        self.list.activated.connect(self.text_wanted)
        self.list.clicked.connect(self.text_wanted)
        self.filter.changed.connect(lambda: self.model.want(self.filter.wanted))
        self.filter.field.returnPressed.connect(self._take_first)
        self.filter.field.down.connect(self._to_list)
        self.filter.field.left.connect(self.text_wanted)
        self.model.counted.connect(self._say)
        self.worklist.changed.connect(self._count_marks)
        self.reading.advanced.connect(self._say_what_is_searched)
        self.reading.ended.connect(self._look_again)
        self._pace = QTimer(self, interval=LOOK_AT_PACE_AFTER, singleShot=True)
        self._pace.timeout.connect(self._forecast)
        session.project_opened.connect(self._greet)
        session.article_shown.connect(self._point)
        session.changed.connect(self._count)
        look.changed.connect(self._tint)
        self._tint()

    def frame_in(self, view: ArticleView) -> None:
        """Frame the words of the search in this text; to be told once it hears of the articles itself."""
        self.found = FoundWords(self._session, view, self.model, self)
        self.found.counted.connect(self._say_what_is_searched)
        self.list.activated.connect(self.found.show_first)
        self.list.clicked.connect(self.found.show_first)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)  # the panel's edge
        column.setSpacing(0)
        self._head, self._foot = QWidget(), QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(16, 8, 12, 8)
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._fold)
        self._nothing = QWidget()
        nothing = QVBoxLayout(self._nothing)
        nothing.setContentsMargins(16, 16, 16, 16)
        nothing.setSpacing(12)
        nothing.addWidget(self._empty)
        nothing.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        nothing.addStretch(1)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(16, 12, 16, 16)
        foot.setSpacing(8)
        words = QHBoxLayout()
        words.addWidget(self._done)
        words.addStretch(1)
        words.addWidget(self._left)
        foot.addLayout(words)
        foot.addWidget(self._bar)
        self._line = rule()
        self._rail_head, self._rail_foot = self._rail_parts()
        for widget in (self._head, self._rail_head, self.filter, rule()):
            column.addWidget(widget)
        column.addWidget(self._nothing, 1)
        column.addWidget(self.list, 1)
        column.addWidget(self._line)
        column.addWidget(self._foot)
        column.addWidget(self._rail_foot)
        column.addStretch(0)

    def _rail_parts(self) -> tuple[QWidget, QWidget]:
        head, foot = QWidget(), QWidget()
        above, below = QVBoxLayout(head), QVBoxLayout(foot)
        above.setContentsMargins(0, 8, 0, 8)
        above.setSpacing(6)
        for action, name in ((self._panel_action, "panel"), (self._search_action, "search")):
            button = step_button(action)
            self._buttons.append((button, name))
            above.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        below.setContentsMargins(0, 8, 0, 10)
        below.setSpacing(0)
        self._few, self._of = caption("", "strong"), caption("", "third")
        for words in (self._few, self._of):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            below.addWidget(words)
        return head, foot

    def _tint(self) -> None:
        for button, name in self._buttons:
            button.setIcon(icon(name, self._look.theme.text2))
        self.list.viewport().update()

    # Wide, or a rail of states

    @property
    def opened(self) -> bool:
        """Whether it stands open over the text where it is a rail otherwise."""
        return self._opened

    def set_rail(self, rail: bool) -> None:
        """Become a rail of states, or a list again."""
        if rail == self._rail and self._arranged:
            return
        self._rail, self._arranged = rail, True
        if not rail:
            self.close_rail()
        self._arrange()

    def open_rail(self) -> None:
        """Give the list its room while somebody works in it, also where there is little."""
        if self._rail and not self._opened:
            self._opened = True
            self._arrange()
            self._app.focusChanged.connect(self._close_behind)

    def close_rail(self) -> None:
        """Be a rail again where there is little room."""
        if self._opened:
            self._opened = False
            self._app.focusChanged.disconnect(self._close_behind)
            self._arrange()

    @property
    def _app(self) -> QApplication:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        return app

    def _close_behind(self, _left: QWidget | None, now: QWidget | None) -> None:
        # Whoever goes on elsewhere wants the text that lies below.
        if now is not None and now is not self and not self.isAncestorOf(now):
            self.close_rail()

    def _arrange(self) -> None:
        rail = self._rail and not self._opened
        self._delegate.rail = rail
        self._head.setVisible(not rail)
        self._rail_head.setVisible(rail)
        self.place.set_widths(RAIL if self._rail else WIDTH, RAIL if rail else WIDTH)
        self.list.set_row_height(self._delegate.height)
        self._say()

    def search(self) -> None:
        """Put the keyboard into the field."""
        self.open_rail()
        self.filter.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.field.selectAll()

    def _to_list(self) -> None:
        if self.model.rowCount():
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_first(self) -> None:
        self.model.want(self.filter.wanted)
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))
            self.found.show_first()
            self.text_wanted.emit()

    def _show_all(self) -> None:
        self.filter.reset()
        self.model.want(self.filter.wanted)
        self._to_list()

    # What it says

    def _greet(self) -> None:
        metrics = self._name.fontMetrics()
        name = self._session.name
        self._name.setText(metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, WIDTH - 40))
        self._name.setToolTip(plain_tip(name))
        self.filter.reset()
        self._left.setText("")
        self._pace.start()
        self._count(None)

    @property
    def total(self) -> int:
        """How many articles the project has."""
        return self._states.total()

    def _count(self, changed: Changed | None) -> None:
        store = self._session.store
        if store is None or (changed is not None and not _counts(changed)):
            return
        self._states = store.states(self._session.me.id)
        self.filter.show_counts(self._states)
        self.filter.show_mine(len(store.mine(self._session.me.id)))
        done, total = self._states["done"], self.total
        self._done.setText(_("{done:,} of {total:,} done").format(done=done, total=total))
        self._few.setText(_short(done))
        self._of.setText(_("of {total}").format(total=_short(total)))
        self._rail_foot.setToolTip(self._done.text())
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        if changed is not None and "layer" in changed.kinds():
            self._pace.start()
        self._say()

    def _count_marks(self) -> None:
        self.filter.show_marks(self.worklist.counts())
        self._say()

    def _say(self) -> None:
        """Show what fits: the list, or why it is empty."""
        total, rail, some = self.total, self._delegate.rail, self.model.rowCount() > 0
        wanted = self.model.wanted
        if not total:
            words = nothing_yet()
        elif wanted.marked and not self.worklist.complete:
            words = self.worklist.words()
        elif wanted.words:
            looked = n_("Searched {count:,} article.", "Searched {count:,} articles.", total).format(count=total)
            found = _("Nothing found for “{words}”.").format(words=wanted.words)
            if wanted.marked:
                found = _("Nothing found for “{words}” among the articles with: {what}.").format(
                    words=wanted.words, what=marked_name(wanted.marked)
                )
            elif wanted.mine:
                found = _("Nothing found for “{words}” among the articles that are assigned to you.").format(
                    words=wanted.words
                )
            elif wanted.state:
                found = _("Nothing found for “{words}” among the articles in the state “{state}”.").format(
                    words=wanted.words, state=state_name(wanted.state)
                )
            words = f"{found} {looked}" if self.reading.complete else found
        else:
            words = none_so(wanted.state, wanted.marked or ("mine" if wanted.mine else ""))
        self._empty.setText(words)
        self._nothing.setVisible(not some and not rail)
        self._all.setVisible(total > 0)
        self.filter.setVisible(total > 0 and not rail)
        self.list.setVisible(some)
        self._foot.setVisible(total > 0 and not rail)
        self._rail_foot.setVisible(total > 0 and rail)
        self._line.setVisible(total > 0)
        self._say_what_is_searched()
        self._point()

    def _say_what_is_searched(self) -> None:
        """Say how much was found, and which texts the search does not know; nothing is silently not found."""
        store = self._session.store
        if store is not None and store.index_damaged and store.writable:
            store.index_damaged = False
            self.reading.begin_anew()
        wanted = self.model.wanted
        marks = self.worklist.words() if wanted.marked and self.model.rowCount() else ""
        if not (wanted.words and self.total):
            self.filter.say(marks)
            return
        self.filter.say("\n".join(filter(None, (self._what_was_found(), marks, self.reading.words()))))

    def _what_was_found(self) -> str:
        count = self.model.rowCount()
        if not count:
            return ""  # the room of the list says it
        many = articles(count) if self.model.whole else _("More than {count:,} articles").format(count=count - 1)
        places = len(self.found.places)
        if not (self.found.known and places):
            return many
        keys = " ".join(key_names(self._next_action.shortcut().toString()))
        here = n_("{count:,} place in this one", "{count:,} places in this one", places).format(count=places)
        return " · ".join(filter(None, (many, here, keys)))

    def _look_again(self, more: bool) -> None:
        if more and self.model.wanted.words:
            self.model.reload()
        self._say_what_is_searched()

    def _forecast(self) -> None:
        store = self._session.store
        if store is None:
            return
        from annotator.editing.forecast import in_words, remaining

        moments, finished = store.pace(self._session.me.id)
        seconds = remaining(moments, finished, self.total - self._states["done"])
        self._left.setText(in_words(seconds) if seconds else "")

    def _open(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = current.data(ROW)
        shown = self._session.article
        if row is not None and (shown is None or shown.id != row.id):
            self._session.show_article(row.id)

    def _point(self) -> None:
        article = self._session.article
        number = self.model.number_of(article.id) if article else None
        if number is None:
            self.list.clearSelection()
        elif number != self.list.currentIndex().row() or not self.list.selectionModel().hasSelection():
            index = self.model.index(number)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
            # At the start the list has no height yet.
            QTimer.singleShot(0, self, lambda: self.list.scrollTo(self.list.currentIndex()))


def _short(number: int) -> str:
    return f"{number:,}" if number < 10_000 else f"{number // 1000}k"


def _counts(changed: Changed) -> bool:
    """Whether it may be counted otherwise now: neither a span tells how far an article is, nor the consensus of one."""
    return any(
        change.kind not in ("span", "remark", "decision") and getattr(change.value, "kind", "") != "consensus"
        for change in changed.changes
    )
