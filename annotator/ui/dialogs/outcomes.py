"""The report of an import: every line that was not simply taken, with its reason."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from annotator.domain.text import printable
from annotator.i18n import _, n_
from annotator.jobs.importing import Outcome
from annotator.ui.dialogs.parts import ReadTable, Sheet, button
from annotator.ui.look import Look
from annotator.ui.reports import kind_word
from annotator.ui.widgets import plain_tip


class OutcomesDialog(Sheet):
    """A table of outcomes; `more` is how many there were beyond those that were kept."""

    def __init__(
        self, summary: str, outcomes: list[Outcome], more: int, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Report of the import"), look, parent)
        self._outcomes = outcomes
        self.words(summary)
        self.table = ReadTable((_("File"), _("Line"), _("What"), _("Why")), _("Outcomes"), look.px(28))
        self.table.set_widths(look.px(200), look.px(64), look.px(132))
        for one in outcomes:
            line = f"{one.line:,}" if one.line else ""
            for item in self.table.add(printable(Path(one.path).name), line, kind_word(one), one.reason):
                item.setToolTip(plain_tip(item.text()))
        self.column.addWidget(self.table, 1)
        if more:
            self.words(n_("And {count:,} more.", "And {count:,} more.", more).format(count=more))
        copy = button(_("Copy all"), self._copy)
        self.buttons(button(_("Close"), self.accept, "main"), left=[copy])
        self.fit(860, 560)

    def _copy(self) -> None:
        rows = (f"{one.path}\t{one.line}\t{f'{one.part} {one.result}'.strip()}\t{one.reason}" for one in self._outcomes)
        QGuiApplication.clipboard().setText("\n".join(rows))
