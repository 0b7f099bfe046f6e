"""How well people agree, over the whole window: large figures, charts or a table, and what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.i18n import _, n_
from annotator.jobs.agreementsheet import Gathered, sheet
from annotator.report import written
from annotator.report.sheet import Sheet
from annotator.ui.agreement import behind
from annotator.ui.agreement.barchart import BarChart
from annotator.ui.agreement.behind import Behind
from annotator.ui.agreement.chart import Chart
from annotator.ui.agreement.chartarea import ChartArea
from annotator.ui.agreement.controls import Controls, Head
from annotator.ui.agreement.grid import Grid, confused_cells, pair_cells
from annotator.ui.agreement.panels import HeadCard, Notes, Part
from annotator.ui.agreement.table import FigureTable
from annotator.ui.bottom import BottomBar
from annotator.ui.look import Look
from annotator.ui.text import positions
from annotator.ui.widgets import caption

_HEADS = 4
_CHARTS, _TABLE, _NOTHING = range(3)


class AgreementPage(QFrame):
    """`left()` with Esc, `wanted(Behind)` for the differences behind a figure (None: there are none to see).

    The others are for who opened it: `readings_wanted()`, `done_only(whether)`, `again()`, `shown()`, `save_wanted()`,
    `told(words)`.
    """

    left = Signal()
    wanted = Signal(object)
    readings_wanted = Signal()
    done_only = Signal(bool)
    again = Signal()
    shown = Signal()
    save_wanted = Signal()
    told = Signal(str)

    def __init__(self, project: str, who: str, look: Look) -> None:
        super().__init__()
        self.setObjectName("agreementPage")
        self._project, self._look = project, look
        self.found: Gathered | None = None
        self.sheet: Sheet | None = None
        self.exact = True
        self._sheets: dict[bool, Sheet] = {}
        self.head, self.controls = Head(look), Controls(look)
        self.heads = [HeadCard(look) for _n in range(_HEADS)]
        self.pairs, self.confused = Grid(_("Who agrees with whom"), look), Grid(_("Taken for one another"), look)
        self.labels = BarChart(_("By label"), 0.38, True, look)
        self.articles = BarChart(_("By article"), 0.5, False, look)
        self.notes, self.table, self.bottom = Notes(look), FigureTable(look), BottomBar(look)
        self.bottom.set_who(who)
        self._lay_out()
        self._connect()
        self._order_tabs()
        self.head.enable(False)
        self._body.setCurrentIndex(_NOTHING)  # until there are figures

    def _lay_out(self) -> None:
        self._body = QStackedWidget()
        table = QWidget()
        inside = QVBoxLayout(table)
        inside.setContentsMargins(24, 0, 24, 16)
        inside.addWidget(self.table)
        for page in (self._made_charts(), table, self._made_empty()):
            self._body.addWidget(page)
        above = QVBoxLayout()
        above.setContentsMargins(24, 14, 24, 12)
        above.addWidget(self.controls)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(above)
        column.addWidget(self._body, 1)
        column.addWidget(self.bottom)

    def _made_charts(self) -> QWidget:
        look = self._look
        self._pairs_part = Part(_("Who agrees with whom"), self.pairs, look)
        self._labels_part = Part(_("By label"), self.labels, look, legend=True)
        self._confused_part = Part(_("Taken for one another"), self.confused, look)
        self._articles_part = Part(_("By article"), self.articles, look, legend=True)
        parts = [self._pairs_part, self._labels_part, self._confused_part, self._articles_part, self.notes]
        self._area = ChartArea(self.heads, parts, look)
        return self._area

    def _made_empty(self) -> QWidget:
        empty = QWidget()
        self.nothing, self.why = caption(), caption("", "about")
        self.nothing.setFont(self._look.serif(20, QFont.Weight.DemiBold))
        self.all = QPushButton()
        self.all.setProperty("role", "main")
        self.all.setAutoDefault(True)
        self.all.clicked.connect(self._go_on)
        column = QVBoxLayout(empty)
        column.setContentsMargins(40, 40, 40, 40)
        column.setSpacing(16)
        column.addStretch(1)
        for words in (self.nothing, self.why):
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)
        column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.all.hide()
        return empty

    def _connect(self) -> None:
        self.head.copy_wanted.connect(self.copy)
        self.head.save_wanted.connect(self.save_wanted)
        self.controls.exactly.connect(self.count)
        self.controls.readings_wanted.connect(self.readings_wanted)
        self.controls.articles_chosen.connect(self.done_only)
        self.controls.table_wanted.connect(self._show_table)
        self.table.behind.connect(self.wanted)
        self.notes.all_wanted.connect(lambda: self.wanted.emit(Behind()))
        for chart in self.charts:
            chart.opened.connect(lambda row, column, chart=chart: self.wanted.emit(self.behind(chart, row, column)))
            chart.pointed.connect(self._hint)
        f6 = QShortcut(QKeySequence("F6"), self)
        f6.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        f6.activated.connect(self.change_parts)

    @property
    def charts(self) -> list[Chart]:
        """All charts, in the order of the page."""
        return [self.pairs, self.labels, self.confused, self.articles]

    # What is shown

    def show_found(self, found: Gathered) -> None:
        """Show other figures, or that there are none."""
        self.found, self._sheets = found, {}
        self.controls.show()
        self.controls.show_articles(found.done, len(found.finished), found.done_only)
        self._write()

    def count(self, exact: bool) -> None:
        """Count the same place exactly as agreed, or any overlap."""
        self.exact = exact
        self.controls.way.choose(0 if exact else 1)
        self._write()

    def _write(self) -> None:
        found = self.found
        if found is None:
            return
        none = found.report.agreement is None
        if not none and self.exact not in self._sheets:
            self._sheets[self.exact] = sheet(found, self._title(), exact=self.exact)
        self.sheet = None if none else self._sheets[self.exact]
        self.head.enable(not none)
        self.controls.table.setEnabled(not none)
        if self.sheet is None:
            self._say_nothing(found)
            return
        self._fill(self.sheet)
        self._body.setCurrentIndex(_TABLE if self.controls.table.isChecked() else _CHARTS)

    def _title(self) -> str:
        return _("Agreement: {project}").format(project=self._project)

    def _fill(self, told: Sheet) -> None:
        self.head.about.set_text(told.about)
        for card, one in zip(self.heads, told.heads, strict=True):
            card.show_head(one)
        self.pairs.show_cells(told.names, pair_cells(told))
        self._pairs_part.about.set_text(
            _("{least}; choose a cell to see why").format(least=told.pairs_least)
            if told.pairs_least else _("Choose a cell to see why")
        )  # fmt: skip
        self.confused.show_cells(told.confused.names, confused_cells(told.confused))
        self._confused_part.about.set_text(told.confused.rows)
        other = _("any overlap") if self.exact else _("exactly")
        for part, chart, lines, least in (
            (self._labels_part, self.labels, told.labels, told.labels_least),
            (self._articles_part, self.articles, told.articles, told.articles_least),
        ):
            chart.show_lines(lines, told.how, told.other)
            choose = _("{least}; choose a bar to see why").format(least=least)
            without = _("Choose a bar to see why") if lines else _("No label was used")
            part.about.set_text(choose if least else without)
            assert part.legend is not None  # made with one
            part.legend.show_other(other, any(it.figure.between() for it in lines))
        self.notes.show_notes(told.notes)
        if self.controls.table.isChecked():
            self.table.show_sheet(told)

    def _say_nothing(self, found: Gathered) -> None:
        self.head.about.set_text("")
        self.nothing.setText(_("Two annotators must finish the same article before there is something to compare."))
        waiting = len(found.finished) if found.done_only else 0
        words = n_(
            "{count:,} article is read by two or more; not all of them are done with it.",
            "{count:,} articles are read by two or more; not all of them are done with any.",
            waiting,
        )
        if waiting:
            self.why.setText(words.format(count=waiting))
        else:
            self.why.setText(_("No article has two of these readings.") if len(found.refs) > 1 else "")
        had_focus = any(chart.hasFocus() for chart in self.charts) or self.table.hasFocus()
        self.all.setText(_("Compare them all the same"))
        self.all.setVisible(waiting > 0)
        self._body.setCurrentIndex(_NOTHING)
        self.bottom.set_hint("Esc", _("back to the text"))
        if had_focus:
            self.focus_first()

    def say_too_few(self, words: str) -> None:
        """Say instead of figures that there are too few readings, and why."""
        self.found = self.sheet = None
        self.head.enable(False)
        self.nothing.setText(_("Two annotators must finish the same article before there is something to compare."))
        self.why.setText(words)
        self.all.hide()
        self.controls.hide()
        self._body.setCurrentIndex(_NOTHING)
        self.bottom.set_hint("Esc", _("back to the text"))
        self.setFocus()

    def say_stopped(self) -> None:
        """Say that there are no figures since somebody stopped it."""
        self.nothing.setText(_("Stopped; there are no figures yet."))
        self.why.setText("")
        self.all.setText(_("Compute them"))
        self.all.show()
        self.bottom.set_hint("Esc", _("back to the text"))
        self.all.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        if self.found is None:
            self.nothing.setText("")
            self.all.hide()
            self.again.emit()
        else:
            self.done_only.emit(False)

    def _show_table(self, on: bool) -> None:
        if self.sheet is not None:
            if on:  # of very many articles it would cost every change
                self.table.show_sheet(self.sheet)
            self._body.setCurrentIndex(_TABLE if on else _CHARTS)
            (self.table if on else self.pairs).setFocus(Qt.FocusReason.OtherFocusReason)
        if on:
            self.bottom.set_hint("Return", _("see the differences behind this row"))

    def _hint(self, said: str) -> None:
        self.bottom.set_hint("Return", _("{figure} – see why").format(figure=said))
        focused = self.focusWidget()
        if isinstance(focused, Chart):
            self._area.reveal(focused.parentWidget() or focused)

    # What is behind it

    def behind(self, chart: Chart, row: int, column: int) -> Behind | None:
        """Return which differences stand behind a cell of a chart."""
        told = self.sheet
        if told is None:
            return None
        if chart is self.pairs:
            return behind.of_pair(told.pair(row, column))
        if chart is self.confused:
            return behind.of_confused(told.confused, row, column, len(told.names))
        return behind.of_label(told.labels[row]) if chart is self.labels else behind.of_article(told.articles[row])

    def copy(self, markdown: bool) -> None:
        """Put the table on the clipboard."""
        if self.sheet is None:
            return
        QGuiApplication.clipboard().setText(
            written.markdown(self.sheet) if markdown else written.tabbed(self.sheet)
        )  # fmt: skip
        self.told.emit(_("The table was copied as Markdown.") if markdown else _("The table was copied."))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    # Keys

    def focus_first(self) -> None:
        """Give the keyboard to what one looks at first."""
        shown = self._body.currentIndex()
        first: QWidget = self.pairs if shown == _CHARTS else self.table if shown == _TABLE else self.all
        (self if first is self.all and self.all.isHidden() else first).setFocus(Qt.FocusReason.OtherFocusReason)

    def change_parts(self) -> None:
        """Give the keyboard to the next part of the page."""
        shown = self._body.currentIndex()
        parts: Sequence[QWidget] = [self.controls.readings]
        if shown == _CHARTS:
            parts = [*self.charts, self.notes.all, self.controls.readings]
        elif shown == _TABLE:
            parts = [self.table, self.controls.readings]
        now = self.focusWidget()
        at = next((number for number, it in enumerate(parts) if it is now), -1)
        parts[(at + 1) % len(parts)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _order_tabs(self) -> None:
        stops = [self.head.copy, self.head.save, *self.controls.stops(), *self.charts, self.notes.area,
                 self.notes.all, self.table, self.all]  # fmt: skip
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy(False)
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier:
            if event.key() == Qt.Key.Key_C:
                self.copy(True)
            return
        if event.matches(QKeySequence.StandardKey.Save):
            self.save_wanted.emit()
            return
        letter = positions.latin(event.text(), event.nativeScanCode(), event.nativeVirtualKey()).upper()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif held or not self._letter(letter):
            super().keyPressEvent(event)

    def _letter(self, letter: str) -> bool:
        if letter == "X":
            self.count(not self.exact)
        elif letter == "T":
            self.controls.table.toggle()
        elif letter == "R":
            self.readings_wanted.emit()
        elif letter == "A" and self.found is not None:
            self.done_only.emit(not self.found.done_only)
        else:
            return False
        return True
