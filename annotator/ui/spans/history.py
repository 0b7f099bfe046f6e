"""What was done to the focused span, newest first; folded away where there is little room."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.domain.dates import day
from annotator.domain.span import Span
from annotator.editing.history import Line, of_one
from annotator.editing.titles import said
from annotator.i18n import _, n_
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.widgets import caption, plain_tip, rule

MOST = 5
"""Lines; the history of the project (Ctrl+H) has them all."""


def moment(at: str, today: date) -> str:
    """Return when something was done: the time of today's, else the day; as it stands where it is no moment."""
    try:
        then = datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError, OSError):
        return at
    return f"{then:%H:%M}" if then.date() == today else day(then.date(), short=True)


class SpanHistory(QWidget):
    """A heading that folds, over lines of time and words."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self._session = session
        self._look = look
        self._narrow = False
        self._head = QPushButton()
        self._head.setProperty("role", "fold")
        self._head.setCheckable(True)
        self._head.setAutoDefault(True)
        self._head.setChecked(True)
        self._head.setIconSize(QSize(16, 16))
        self._head.toggled.connect(lambda _open: self._fold())
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._count, self._more = 0, False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(rule())
        column.addWidget(self._head, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._body)
        look.changed.connect(self._fold)

    def set_narrow(self, narrow: bool) -> None:
        """Fold where there is little room, unfold where there is enough."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._head.setChecked(not narrow)

    def show_span(self, span: Span) -> None:
        """Say what was done to the span; hidden where nothing was done since it was imported."""
        store = self._session.store
        lines = of_one(store, span.id, MOST + 1) if store is not None else []
        self._more = len(lines) > MOST
        lines = lines[:MOST]
        self._count = len(lines)
        self.setVisible(bool(lines))
        today = datetime.now().astimezone().date()
        for number, line in enumerate(lines):
            when, what = self._row(number)
            when.setText(moment(line.at, today))
            when.setToolTip(line.at)
            words = self._words(line)
            what.setText(what.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self._look.px(200)))
            what.setToolTip(plain_tip(words) if what.text() != words else "")
        for number, row in enumerate(self._rows):
            for label in row:
                label.setVisible(number < len(lines))
        self._fold()

    def _row(self, number: int) -> tuple[QLabel, QLabel]:
        if number == len(self._rows):
            row = caption("", "third"), caption("", "second")
            for column, label in enumerate(row):
                label.setMinimumHeight(self._look.px(20))
                self._grid.addWidget(label, number, column)
            self._rows.append(row)
        return self._rows[number]

    def _words(self, line: Line) -> str:
        words = said(line.how, line.title)
        if line.annotator == self._session.me.id:
            return words
        store = self._session.store
        person = store.annotators().get(line.annotator) if store is not None else None
        return _("{what} ({who})").format(what=words, who=person.name) if person is not None else words

    def _fold(self) -> None:
        shown = self._head.isChecked()
        folded = n_("History, {count} line", "History, {count} lines", self._count).format(count=self._count)
        if self._more:
            folded = _("History, {count} lines and more").format(count=self._count)
        open_ = _("History: the last {count} lines").format(count=self._count) if self._more else _("History")
        self._head.setText(open_ if shown else folded)
        self._head.setIcon(icon("chevron-down" if shown else "chevron-right", self._look.theme.text2))
        self._body.setVisible(shown)
