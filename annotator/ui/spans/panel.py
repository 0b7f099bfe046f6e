"""The place of the focused span; without one, how to get one, and what I say of the article as a whole."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from annotator.domain.change import Changed
from annotator.domain.span import Span
from annotator.i18n import _
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.widgets import caption

if TYPE_CHECKING:
    from annotator.ui.hand import Hand
    from annotator.ui.spans.focused import FocusedSpan
    from annotator.ui.spans.judgement import Judgement


class SpanPanel(QWidget):
    """Says what the focused span is; without one, how to get one."""

    def __init__(self, session: Session, look: Look, actions: dict[str, QAction], hand: Hand) -> None:
        super().__init__()
        self._hand = hand
        self._session = session
        self._look = look
        self._actions = actions
        self._span: Span | None = None
        self._narrow = False
        self._nothing = caption("", "third")
        self._nothing.setWordWrap(True)
        self._empty = QWidget()
        empty = QVBoxLayout(self._empty)
        empty.setContentsMargins(16, 16, 16, 16)
        empty.addWidget(self._nothing)
        empty.addStretch(1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self.show_span(None)

    @cached_property
    def full(self) -> FocusedSpan:
        """What shows a span; made when it is first wanted, for every start would wait for it."""
        from annotator.ui.spans.focused import FocusedSpan, Scrolled

        full = FocusedSpan(self._session, self._look, self._actions, self._hand)
        full.set_narrow(self._narrow)
        self._area = Scrolled(full)
        self._stack.addWidget(self._area)
        return full

    @cached_property
    def judgement(self) -> Judgement:
        """What I say of the article; made after the first picture, or when it is wanted before."""
        from annotator.ui.remarks.place import RemarkPlace
        from annotator.ui.spans.focused import Scrolled
        from annotator.ui.spans.judgement import Judgement

        remarks = RemarkPlace(self._hand, self._look, self._hand.judging.leave)
        judgement = Judgement(self._session, self._look, self._actions, self._hand.judging, remarks)
        judgement.set_narrow(self._narrow)
        judgement.fields.followed.connect(self._show_entry)
        self._of_article = Scrolled(judgement)
        self._stack.addWidget(self._of_article)
        self._session.changed.connect(self._follow)
        self._session.article_shown.connect(self._show_article)
        self._session.scheme_changed.connect(self._show_article)
        judgement.show_article(self._advice())
        return judgement

    def _show_entry(self, field: str) -> None:
        self._hand.registry.show(str(self._hand.judging.values.get(field)))

    def _follow(self, changed: Changed) -> None:
        article = self._session.article
        here = article is None or article.id in changed.articles
        # A review makes layers in many articles, none of which may be the one that is shown here.
        told = {"layer", "import", "annotator"} if here else {"annotator"}
        if changed.kinds() & told and self._stack.currentWidget() is self._of_article:
            self._show_article()

    def _show_article(self) -> None:
        self.judgement.show_article(self._advice())

    def judge(self, field: str) -> None:
        """Give the keyboard to a field of the article (its id), or with "" to the first one."""
        self._of_article.come_to(self.judgement.take_keyboard(field))

    def note_article(self) -> None:
        """Give the keyboard to the note on the article."""
        self._of_article.come_to(self.judgement.take_note())

    def remark_on_article(self) -> None:
        """Give the keyboard to a new remark on the article."""
        self._of_article.come_to(self.judgement.remarks.begin())

    def remark(self) -> None:
        """Give the keyboard to a new remark on the shown span."""
        if self._stack.currentWidget() is self._area:
            self._area.come_to(self.full.remarks.begin())

    def show_judgement(self) -> None:
        """Show what I say of the article, where no span is focused."""
        if "judgement" in self.__dict__:
            self._show_article()
        else:
            _made = self.judgement
            self.show_span(self._span)

    def set_narrow(self, narrow: bool) -> None:
        """Take less room."""
        self._narrow = narrow
        if "full" in self.__dict__:
            self.full.set_narrow(narrow)
        if "judgement" in self.__dict__:
            self.judgement.set_narrow(narrow)
        self.show_span(self._span)

    def show_span(self, span: Span | None) -> None:
        """Show a span, or with None what to do."""
        self._span = span
        if span is None or span.id not in self._session.spans:
            if "judgement" in self.__dict__:
                if self._stack.currentWidget() is not self._of_article:
                    self._show_article()
                else:
                    self.judgement.show_remarks()
                self.judgement.say(self._advice())
                self._stack.setCurrentWidget(self._of_article)
            else:
                self._nothing.setText(self._advice())
                self._stack.setCurrentWidget(self._empty)
            return
        self.full.show_span(span)
        self._stack.setCurrentWidget(self._area)

    def _advice(self) -> str:
        if self._session.article is None:
            return ""
        if len(self._session.spans):
            return _("Put the caret in a span, or press J for the next one.")
        if self._session.store is not None and not self._session.store.writable:
            return _("The project is open for reading only.")
        if not self._session.scheme.labels:
            return ""  # above is what makes some
        first = next((label for label in self._session.scheme.in_use if label.key), None)
        example = _("{key} is {name}.").format(key=first.key, name=first.name) if first else ""
        return " ".join((_("Select words and press a label’s key."), example)).strip()
