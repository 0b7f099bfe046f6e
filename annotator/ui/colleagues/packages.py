"""Packages: those merged here, each of which can be switched off and on, and those made here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from annotator import keys
from annotator.domain.dates import to_the_minute
from annotator.domain.errors import UserError
from annotator.domain.text import printable
from annotator.i18n import _, later
from annotator.jobs.mergereport import Report, report_of
from annotator.jobs.merging import switch_on, unmerge
from annotator.storage import packable
from annotator.storage.packable import Sent
from annotator.storage.packages import PackageRow, packages
from annotator.ui.colleagues import words as said
from annotator.ui.colleagues.acting import ActingTable, on_return
from annotator.ui.colleagues.brought import PackageReport
from annotator.ui.colleagues.part import Part
from annotator.ui.dialogs.modal import run
from annotator.ui.dialogs.parts import button
from annotator.ui.tasks import Progress
from annotator.ui.widgets import Segments, plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.ui.colleagues.page import ColleaguesPage
    from annotator.ui.window import MainWindow


class Packages(Part):
    """The newest first."""

    id, title = "packages", later("Packages")

    def __init__(self, window: MainWindow, page: ColleaguesPage) -> None:
        super().__init__(window, page)
        self._merged: list[PackageRow] = []
        self._sent: list[Sent] = []
        self._names: dict[str, str] = {}
        self._pages = Segments([_("Merged"), _("Sent")])
        self._pages.chosen.connect(self._turn)
        self.column.addWidget(self._pages)
        self.words(_("A package that is switched off hides only what no other one brought; nothing of it is lost."))
        # Space switches the chosen row, Return shows its report.
        report = on_return(self.report)
        heads = (_("From"), _("Merged"), _("File"), _("Spans"), _("Signature"), _("State"))
        self.merged = ActingTable(
            heads, _("Merged packages"), self.look.px(32), {Qt.Key.Key_Space: self.switch, **report}
        )
        columns = (_("For"), _("Made"), _("File"), _("Spans in it"))
        self.sent = ActingTable(columns, _("Sent packages"), self.look.px(32), report)
        for table in (self.merged, self.sent):
            table.itemSelectionChanged.connect(self._offer)
            table.doubleClicked.connect(lambda _index: self.report())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.merged)
        self._stack.addWidget(self.sent)
        self.column.addWidget(self._stack, 1)
        self.empty = self.words(" ", "third")
        self.onoff = button(_("Switch off"), self.switch)
        self.onoff.setToolTip(_("Space"))
        self.tell = button(_("Report"), self.report)
        row = QHBoxLayout()
        row.addWidget(self.onoff)
        row.addWidget(self.tell)
        row.addStretch(1)
        for one in (self.onoff, self.tell):
            one.setAutoDefault(False)
        self.column.addLayout(row)
        self.column.addStretch(0)

    def enter(self) -> None:
        (self._table if self._table.rowCount() else self._pages).setFocus()

    @property
    def _table(self) -> ActingTable:
        return self.sent if self._stack.currentIndex() else self.merged

    def _turn(self, page: int) -> None:
        self._stack.setCurrentIndex(page)
        self._show_empty()
        self._offer()

    def refresh(self) -> None:
        store = self.session.store
        if store is None:
            return
        try:
            self._merged, self._sent = packages(store), packable.sent(store)
            self._names = {id: person.name for id, person in store.annotators().items()}
            self._fill()
        except UserError as error:
            self.page.say(str(error))
        self._show_empty()
        self._offer()

    def _fill(self) -> None:
        rows = [self._row(one) for one in self._merged]
        self._put(self.merged, rows)
        self._put(self.sent, [self._sent_row(one) for one in self._sent])
        for row, one in enumerate(self._merged):
            for column in range(self.merged.columnCount()):
                item = self.merged.item(row, column)
                if item is not None and not one.active:
                    item.setForeground(QColor(self.look.theme.text3))

    def _put(self, table: ActingTable, rows: list[tuple[str, ...]]) -> None:
        chosen = max(0, table.chosen_row)
        table.blockSignals(True)
        table.setRowCount(0)
        for words in rows:
            for item in table.add(*map(printable, words)):
                item.setToolTip(plain_tip(item.text()))
        table.share_width()
        table.blockSignals(False)
        if rows:
            table.selectRow(min(chosen, len(rows) - 1))

    def _row(self, one: PackageRow) -> tuple[str, ...]:
        report = report_of(one)
        spans = said.span_words(report.spans_new, report.spans_changed, report.spans_deleted) or "–"
        state = _("on") if one.active else _("off")
        return (
            self._name_of(one), to_the_minute(one.at), one.name, spans, said.badge(keys.badge(one.annotator, one.key)),
            state,
        )  # fmt: skip

    def _name_of(self, one: PackageRow) -> str:
        header = report_of(one).header
        return self._names.get(one.annotator) or (header.maker.name if header is not None else _("somebody"))

    def _sent_row(self, one: Sent) -> tuple[str, ...]:
        names = [name for _id, name in one.recipients]
        layers = str(one.header.get("layers", ""))
        return said.people(names), to_the_minute(one.at), one.name, _(said.LAYERS.get(layers, layers))

    def _show_empty(self) -> None:
        sent = self._stack.currentIndex() == 1
        there = bool(self._sent if sent else self._merged)
        self._stack.setVisible(there)
        words = _("None was made here yet: File ▸ Send a package…") if sent else _("None was merged here yet.")
        self.empty.setText(words)
        self.empty.setVisible(not there)
        self.onoff.setVisible(not sent and there)
        self.tell.setVisible(there)

    @property
    def chosen(self) -> PackageRow | None:
        """The chosen package of those that were merged."""
        row = self.merged.chosen_row
        return self._merged[row] if self._table is self.merged and 0 <= row < len(self._merged) else None

    def _offer(self) -> None:
        one = self.chosen
        self.onoff.setText(_("Switch on") if one is not None and not one.active else _("Switch off"))
        self.onoff.setEnabled(one is not None and self.session.editable)
        self.tell.setEnabled(self._table.chosen_row >= 0)

    # What is done

    def switch(self) -> None:
        """Switch the chosen package off, or on again."""
        one, workspace = self.chosen, self.session.workspace
        if one is None or workspace is None or not self.onoff.isEnabled():
            return
        act = unmerge if one.active else switch_on

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Report:
            return act(workspace, one.id, progress, cancelled)

        what = _("Switching off") if one.active else _("Switching on")
        self.page.work(what, work, lambda report: self._switched(one, report))

    def _switched(self, one: PackageRow, report: Report) -> None:
        self.window_.sheets.exchanging.show_something()
        self.refresh()
        self.enter()
        if report.stopped:
            self.page.say(_("Stopped; nothing was changed."))
            return
        name = printable(self._name_of(one))
        words = _("The package of {name} is switched off: {words}.")
        if not one.active:
            words = _("The package of {name} is switched on: {words}.")
        self.page.say(words.format(name=name, words=said.brought(report)))

    def report(self) -> None:
        """Show all that is known of the chosen package."""
        row = self._table.chosen_row
        if row < 0:
            return
        if self._table is self.merged:
            one = self._merged[row]
            state = _("switched on") if one.active else _("switched off")
            rows = [(_("File"), printable(one.name)), (_("State"), state), *said.rows(report_of(one)),
                    (_("Steps"), f"{one.steps:,}"), (_("Key"), keys.grouped(one.key) or _("none")),
                    (_("SHA-256"), one.sha256)]  # fmt: skip
            summary = _("Merged {when}").format(when=to_the_minute(one.at))
        else:
            sent = self._sent[row]
            _names, _when, _file, layers = self._sent_row(sent)
            rows = [(_("File"), printable(sent.name)), (_("For"), said.people(name for _id, name in sent.recipients)),
                    (_("Spans in it"), layers)]  # fmt: skip
            summary = _("Made {when}").format(when=to_the_minute(sent.at))
        run(PackageReport(_("Report of the package"), summary, rows, self.look, self))
