"""The right panel: labels, the table of spans or the list of findings, and below them the focused span."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.span import Span
from annotator.i18n import _
from annotator.ui.labels.panel import LabelPanel
from annotator.ui.labels.visibility import Visibility
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.spans.panel import SpanPanel
from annotator.ui.widgets import Elided, Segments, plain_tip, rule

if TYPE_CHECKING:
    from annotator.ui.articles.worklist import Worklist
    from annotator.ui.checklist import CheckList
    from annotator.ui.hand import Hand
    from annotator.ui.spans.table import SpanTable

WIDTH, NARROW = 304, 264
_NAME = 64
"""Pixels that the scheme's name is worth showing in."""
_FEW = 10
"""Labels that always fit."""


class SidePanel(QFrame):
    """Three tabs over the focused span. Of table and list: `span_chosen(id)`, `text_wanted()`, `typed(key, shift)`."""

    span_chosen = Signal(str)
    text_wanted = Signal()
    typed = Signal(str, bool)

    def __init__(
        self,
        session: Session,
        look: Look,
        actions: dict[str, QAction],
        visibility: Visibility,
        hand: Hand,
        worklist: Worklist,
    ) -> None:
        super().__init__()
        self.setObjectName("rightPanel")
        self._session = session
        self._look, self._worklist = look, worklist
        self._hand = hand
        self._tab = self._findings = 0
        self._focused: Span | None = None
        self.labels = LabelPanel(session, look, visibility, actions["view.labels.all"])
        self.labels.guide = actions["help.guideline"]
        self.span = SpanPanel(session, look, actions, hand)
        self._scheme = Elided("second")
        self._scheme.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._tabs = Segments([_("Labels"), _("Spans"), _("Checks")])
        self._tabs.setProperty("tight", True)
        self._tabs.chosen.connect(self.show_tab)
        self._stack = QStackedWidget()
        self._first_page = QWidget()
        column = QVBoxLayout(self._first_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.labels)
        self._scrolled = self._narrow = False
        column.addSpacing(12)
        column.addWidget(rule())
        column.addStretch(1)
        self._stack.addWidget(self._first_page)
        self._pages: list[QWidget] = [self._first_page]
        self._lay_out()
        self.set_room(False, 0)
        for named in (session.project_opened, session.scheme_changed):
            named.connect(self._name)
            named.connect(self._let_scroll)
        session.article_shown.connect(self._count)
        session.changed.connect(self._count)

    def _lay_out(self) -> None:
        self._head = head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(8)
        head.addWidget(self._tabs, 0, Qt.AlignmentFlag.AlignLeft)
        head.addWidget(self._scheme, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(self._stack, 1)
        self._line = rule()
        self._column.addWidget(self._line)
        self._column.addWidget(self.span)
        self.show_tab(0)

    @cached_property
    def table(self) -> SpanTable:
        """The table of spans; made when it is first wanted, for every start would wait for it."""
        from annotator.ui.spans.table import SpanTable

        table = SpanTable(self._session, self._look, self._worklist)
        table.focused.connect(self.span_chosen)
        table.text_wanted.connect(self.text_wanted)
        table.typed.connect(self.typed)
        table.show_span(self._focused)
        self._stack.addWidget(table)
        self._pages.append(table)
        return table

    @cached_property
    def checks(self) -> CheckList:
        """The list of what is to be looked at; made when it is first wanted."""
        from annotator.ui.checklist import CheckList

        checks = CheckList(self._hand.checks, self._session, self._look)
        checks.focused.connect(self.span_chosen)
        checks.text_wanted.connect(self.text_wanted)
        checks.typed.connect(self.typed)
        checks.show_span(self._focused)
        self._stack.addWidget(checks)
        self._pages.append(checks)
        return checks

    def show_tab(self, index: int) -> None:
        """Show the labels (0), the spans (1) or what is to be looked at (2)."""
        self._tab = index
        self._tabs.choose(index)
        shown: QWidget = self._first_page if index == 0 else self.table if index == 1 else self.checks
        for page in self._pages:
            # The page that is not shown must not keep room for itself.
            upright = QSizePolicy.Policy.Preferred if page is shown else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, upright)
        self._stack.setCurrentWidget(shown)
        # With the labels the focused span follows at once, with the table it stands at the foot.
        self._column.setStretch(1, int(index > 0))
        self._column.setStretch(3, int(index == 0))
        self._line.setVisible(index > 0)

    @property
    def tab(self) -> int:
        """Which tab is shown."""
        return self._tab

    def set_room(self, narrow: bool, room: int) -> None:
        """Stand in a window `room` pixels high; take less room where it is `narrow`."""
        self.setFixedWidth(NARROW if narrow else WIDTH)
        self.labels.set_room(narrow, room)
        self.span.set_narrow(narrow)
        self._narrow = narrow
        edge = 8 if narrow else 16
        self._head.setContentsMargins(edge, 10, edge, 10)
        self._name_tabs()
        self._fit_name()

    def _fit_name(self) -> None:
        """Show the scheme's name where the tabs leave it room; it always stands in their tooltip."""
        room = self._room() - 8 - self._tabs.sizeHint().width()
        self._scheme.setVisible(not self._narrow and room >= min(_NAME, self._scheme.sizeHint().width()))

    def _room(self) -> int:
        """Return how wide the line of the tabs is."""
        margins = self._head.contentsMargins()
        return self.maximumWidth() - margins.left() - margins.right()

    def show_span(self, span: Span | None) -> None:
        """Show which span is focused."""
        self._focused = span
        self.span.show_span(span)
        self.labels.set_current(span.label if span else "")
        if "table" in self.__dict__:
            self.table.show_span(span)
        if "checks" in self.__dict__:
            self.checks.show_span(span)

    def _let_scroll(self) -> None:
        """Have many labels scroll; for a few an area to scroll in would cost every start its time."""
        if self._scrolled or len(self._session.scheme.labels) <= _FEW:
            return
        from PySide6.QtWidgets import QScrollArea

        self._scrolled = True
        area = QScrollArea()
        area.setObjectName("labelsArea")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.labels)
        # As high as its labels, or what room there is.
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout = self._first_page.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, area)

    def _name(self) -> None:
        scheme = self._session.scheme
        self._scheme.set_text(f"{scheme.name} {scheme.version}")
        self._tabs.setToolTip(plain_tip(f"{scheme.name} {scheme.version}"))
        self._fit_name()

    def _count(self, _changed: object = None) -> None:
        self._name_tabs()

    def count_findings(self, count: int) -> None:
        """Show how many things there are to look at."""
        self._findings = count
        self._name_tabs()

    def _name_tabs(self) -> None:
        """Say how many there are, as far as there is room: what is to be looked at before how many spans."""
        spans, findings = len(self._session.spans), self._findings
        renamed = False
        for told in (2, 1, 0):
            counted = spans > 0 and told > 1
            renamed |= self._tabs.rename(1, _("Spans {count:,}").format(count=spans) if counted else _("Spans"))
            counted = findings > 0 and told > 0
            renamed |= self._tabs.rename(2, _("Checks {count:,}").format(count=findings) if counted else _("Checks"))
            if self._tabs.sizeHint().width() <= self._room():
                break
        if renamed:
            self._fit_name()
