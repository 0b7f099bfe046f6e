"""The place of the focused span; without one, how to get one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from annotator.domain.span import Span
from annotator.i18n import _
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.widgets import caption

if TYPE_CHECKING:
    from annotator.ui.hand import Hand
    from annotator.ui.spans.focused import FocusedSpan


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

    def set_narrow(self, narrow: bool) -> None:
        """Take less room."""
        self._narrow = narrow
        if "full" in self.__dict__:
            self.full.set_narrow(narrow)
        self.show_span(self._span)

    def show_span(self, span: Span | None) -> None:
        """Show a span, or with None what to do."""
        self._span = span
        if span is None or span.id not in self._session.spans:
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
        first = next((label for label in self._session.scheme.in_use if label.key), None)
        example = _("{key} makes a {name}.").format(key=first.key, name=first.name.lower()) if first else ""
        return " ".join((_("Select words and press a label’s key."), example)).strip()
