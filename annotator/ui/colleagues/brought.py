"""What one package brings or brought, as rows to read; and the report that is made of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QWidget

from annotator.i18n import _
from annotator.ui.dialogs.parts import ReadTable, Sheet, button
from annotator.ui.dialogs.tally import Wrapped
from annotator.ui.look import Look
from annotator.ui.widgets import plain_tip


class Brought(ReadTable):
    """Names and words, which are wrapped: they must be read without a mouse."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__((_("What"), _("How it is")), name, look.px(28))
        self.set_widths(look.px(150))
        self.setWordWrap(True)
        self.setItemDelegate(Wrapped(look, self))
        self.verticalHeader().setMinimumSectionSize(look.px(28))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._shown: Sequence[tuple[str, str]] = ()

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show these; what is shown already stays as it is, with the row that is chosen."""
        if rows == self._shown:
            return
        self._shown = rows
        self.setRowCount(0)
        for name, words in rows:
            for item in self.add(name, words):
                item.setToolTip(plain_tip(item.text()))
        if rows:
            self.selectRow(0)


class PackageReport(Sheet):
    """The report of one package or of several, one after the other."""

    def __init__(
        self, title: str, summary: str, rows: Sequence[tuple[str, str]], look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, look, parent)
        self._rows = rows
        self.words(summary)
        self.table = Brought(look, _("Report"))
        self.column.addWidget(self.table, 1)
        self.buttons(button(_("Close"), self.accept, "main"), left=[button(_("Copy all"), self._copy)])
        self.fit(720, 560)
        self.table.show_rows(rows)
        self.table.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{name}\t{words}" for name, words in self._rows))
