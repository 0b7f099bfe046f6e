"""What a look at a file finds before it is imported: numbers, the first reason, and the list of what is remarked on."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.i18n import _
from annotator.jobs.importing import Outcome, Report
from annotator.ui.dialogs.parts import ReadTable
from annotator.ui.look import Look
from annotator.ui.reports import coming_words, kind_word
from annotator.ui.widgets import plain_tip

MOST = 500
"""Remarks of a file that are listed before it is imported; the report has more of them."""


class Tally:
    """What a look at a file found so far: how many outcomes of each kind, the first reason why something is not taken,
    and the first remark on what is (a guessed encoding). `remarks` are the first outcomes with something to say.
    """

    def __init__(self) -> None:
        self.found = Report()
        self.reason = self.remark = ""
        self.remarks: list[Outcome] = []
        self.remarked = 0

    def hear(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.found.count(outcome)
        if outcome.reason:
            self.remarked += 1
            if len(self.remarks) < MOST:
                self.remarks.append(outcome)
        if outcome.result == "refused" and not self.reason:
            self.reason = f"{_('Line {number}').format(number=outcome.line)}: " if outcome.line else ""
            self.reason += outcome.reason
        elif outcome.result == "added" and not outcome.grown and not self.remark:
            self.remark = outcome.reason

    @property
    def faulty(self) -> bool:
        """Whether something of the file is not taken."""
        return bool(self.reason)

    def words(self) -> str:
        """Say what comes of the file."""
        return " — ".join(filter(None, (coming_words(self.found), self.reason or self.remark)))

    def heading(self) -> str:
        """Say what the list of remarks holds, "" where it is empty."""
        count, refused = self.remarked, self.found.refused
        if not count:
            return ""
        words = _("Remarks ({count:,})")
        if refused:
            words = _("Not taken ({count:,})") if refused == count else _("Not taken, remarks ({count:,})")
        return words.format(count=count)


class Wrapped(QStyledItemDelegate):
    """Rows as high as their words need: Qt's own measure forgets the stylesheet's padding, and the words are cut."""

    def __init__(self, look: Look, table: ReadTable) -> None:
        super().__init__(table)
        self._table, self._least, self._padding = table, look.px(28), look.px(12)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        wide = self._table.columnWidth(index.column()) - 2 * self._padding
        box = QRect(0, 0, max(1, wide), 1 << 20)
        words = str(index.data())
        high = self._table.fontMetrics().boundingRect(box, Qt.TextFlag.TextWordWrap, words).height()
        return QSize(wide, max(self._least, high + self._padding))


class Remarks(ReadTable):
    """The remarks of a file: line, what, and why, which is wrapped: it must be read without a mouse."""

    def __init__(self, look: Look) -> None:
        super().__init__((_("Line"), _("What"), _("Why")), _("What is not simply taken"), look.px(28))
        self.set_widths(look.px(52), look.px(116))
        self.setWordWrap(True)
        self.setItemDelegate(Wrapped(look, self))
        self.verticalHeader().setMinimumSectionSize(look.px(28))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._tally: Tally | None = None

    def show_tally(self, tally: Tally | None) -> None:
        """Show what was found; of what is shown already only what came since."""
        if tally is not self._tally:
            self.setRowCount(0)
            self._tally = tally
        for one in tally.remarks[self.rowCount() :] if tally is not None else ():
            line = f"{one.line:,}" if one.line else ""
            for item in self.add(line, kind_word(one), one.reason):
                item.setToolTip(plain_tip(item.text()))
        if self.chosen_row < 0 and self.rowCount():
            self.selectRow(0)
