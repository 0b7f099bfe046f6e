"""The middle of the window: header and text of the shown article, or words where there is none."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from annotator.domain.change import Changed
from annotator.ui.articles.header import Header
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.states import nothing_yet
from annotator.ui.text import accessibility
from annotator.ui.text.typography import MARGIN
from annotator.ui.text.view import ArticleView
from annotator.ui.widgets import MainButton, caption

if TYPE_CHECKING:
    from annotator.ui.find import FindBar
    from annotator.ui.text.margin import Margin


class Page(QWidget):
    """Keeps the text in step with the session; `find_opened()` and `find_left()` around finding in the article."""

    find_opened = Signal()
    find_left = Signal()

    def __init__(self, session: Session, look: Look, view: ArticleView, actions: dict[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._look = look
        self.view = view
        self._header = Header(session, look, actions)
        self._row = QHBoxLayout()
        self._top = QVBoxLayout()
        self._top.setSpacing(0)
        self._top.addWidget(self._header)
        self._row.addLayout(self._top, 1)
        full, empty = QWidget(), QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        self._with_margin = False
        self._beside = QHBoxLayout()
        self._beside.setSpacing(0)
        self._beside.addWidget(view, 1)
        column.addLayout(self._beside, 1)
        self._lay_out_empty(QVBoxLayout(empty), actions["article.import"])
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(full)
        accessibility.attach(view)
        view.viewport().installEventFilter(self)
        session.article_shown.connect(self._show)
        session.folded.connect(view.apply)
        session.linked.connect(lambda: view.set_links(session.links))
        session.project_opened.connect(self._greet)
        session.scheme_changed.connect(self._name_labels)
        session.changed.connect(self._announce)
        look.changed.connect(lambda: view.set_theme(look.theme))
        view.set_theme(look.theme)

    def _lay_out_empty(self, column: QVBoxLayout, bring: QAction) -> None:
        words = caption(nothing_yet(), "third")
        self._import = MainButton(bring)
        self._import.say(bring.text())
        bring.changed.connect(lambda: self._import.setVisible(bring.isEnabled()))
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._import, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def focus_first(self) -> None:
        """Give the keyboard to the text, or where there is none to what brings one."""
        where = self.view if self._stack.currentIndex() else self._import
        where.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @cached_property
    def find_bar(self) -> FindBar:
        """The bar to find words with; made when it is first wanted."""
        from annotator.ui.find import FindBar

        bar = FindBar(self._session, self.view, self._look)
        bar.opened.connect(self.find_opened)
        bar.left.connect(self.find_left)
        self.put_below_header(bar)
        return bar

    def put_below_header(self, bar: QWidget) -> None:
        """Give a bar its place between header and text."""
        self._top.addWidget(bar)

    @cached_property
    def margin(self) -> Margin:
        """The strip that shows the whole article; made after the first picture, in which its room is kept."""
        from annotator.ui.text.margin import Margin

        margin = Margin(self.view)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.addWidget(margin)
        margin.setVisible(self._with_margin)
        return margin

    def show_margin(self, shown: bool) -> None:
        """Show the strip beside the text, or leave it out."""
        self._with_margin = shown
        if "margin" in self.__dict__ or (shown and self.isVisible()):
            self.margin.setVisible(shown)
        else:
            self._beside.setContentsMargins(0, 0, MARGIN if shown else 0, 0)

    @property
    def find_bar_open(self) -> bool:
        """Whether the bar to find words with is there to be seen."""
        return "find_bar" in self.__dict__ and not self.find_bar.isHidden()

    @property
    def finding(self) -> bool:
        """Whether the keyboard is in the field to find words with."""
        return "find_bar" in self.__dict__ and self.find_bar.field.hasFocus()

    def set_compact(self, compact: bool) -> None:
        """Leave the header less room."""
        self._header.set_compact(compact)

    def show_time(self, words: str) -> None:
        """Say in the header how long I worked on the article, "" for nothing."""
        self._header.show_time(words)

    def only_text(self, only: bool) -> None:
        """Leave of the header what belongs to the text, or show all of it again."""
        self._header.set_bare(only)

    def _name_labels(self) -> None:
        self.view.set_labels({label.id: label for label in self._session.scheme.labels})

    def _greet(self) -> None:
        self._name_labels()
        self.view.clear()
        self._stack.setCurrentIndex(0)

    def _show(self) -> None:
        if self._session.article is None:
            self.view.clear()
            self._stack.setCurrentIndex(0)
            return
        self.view.read_only = not self._session.editable
        self.view.show_article(self._session.text, list(self._session.spans))
        self.view.set_links(self._session.links)
        first = self._stack.currentIndex() == 0
        self._stack.setCurrentIndex(1)
        self._align()
        if first:
            # Where there was nothing to read the keyboard was anywhere; now it belongs to the text.
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _announce(self, changed: Changed) -> None:
        # A long import would never end talking; its report is a notice.
        if "import" not in changed.kinds():
            # Imported here: the first step is time enough.
            from annotator.ui.spoken import spoken

            words = spoken(changed, self._session.scheme, self._session.text)
            if words:
                accessibility.announce(self.view, words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            # The filter hears it before the view does: its column is right once the event is through.
            QTimer.singleShot(0, self, self._align)
        return False

    def _align(self) -> None:
        left, width = self.view.column()
        right = max(0, self.width() - left - width)
        self._row.setContentsMargins(left, 0, right, 0)
