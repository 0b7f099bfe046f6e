"""My time: how long I worked on each article, to read and to copy; measure or not; forget."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from annotator.editing.stopwatch import IDLE
from annotator.editing.timesheet import Row, Timesheet, duration, tab_separated
from annotator.i18n import _, later
from annotator.ui.dialogs.parts import ReadTable, Sheet, button, say
from annotator.ui.look import Look
from annotator.ui.reports import articles
from annotator.ui.states import state_name
from annotator.ui.widgets import plain_tip

_HEADS = (later("Time"), later("My spans"), later("A span"), later("State"), later("Article"))
_NUMBERS = 3
"""Columns of numbers, the first ones."""


class TimeDialog(Sheet):
    """A table, the longest time first. `wish` is what the user wants done: "on", "off", "forget", "recall" or ""."""

    def __init__(
        self, sheet: Timesheet, measuring: bool, forgotten: bool, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("My time"), look, parent)
        self.wish = ""
        self._sheet = sheet
        self.total = self.words(_total(sheet), "strong")
        self.words(
            _(
                "Active time: after {idle} seconds without a key or a move of the mouse it stands still. It stays on "
                "this computer, apart from the project: copies, exports, backups and logs do not hold it."
            ).format(idle=int(IDLE))
        )
        self.state = self.words(_state(measuring, bool(sheet.rows)), "third")
        self.table = ReadTable([_(head) for head in _HEADS], _("My time"), look.px(32))
        self._fill()
        self.column.addWidget(self.table, 1)
        self.table.setVisible(bool(sheet.rows))
        if not sheet.rows:
            self.column.addStretch(1)
        self._said = self.words("", "second")
        self._foot(measuring, forgotten)
        self.fit(760, 520 if sheet.rows else 240)

    def _foot(self, measuring: bool, forgotten: bool) -> None:
        rows = self._sheet.rows
        begin = not measuring and not rows
        words, wish = (_("Measure no more"), "off") if measuring else (_("Measure my time"), "on")
        self.switch = self._wishing(words, wish, "main" if begin else "")
        self.copy = button(_("Copy as table"), self._copy)
        self.forget = self._wishing(_("Forget my times"), "forget")
        self.recall = self._wishing(_("Bring forgotten times back"), "recall")
        close = button(_("Close"), self.reject, "quiet" if begin else "main")
        for offered, here in ((self.copy, rows), (self.forget, rows), (self.recall, forgotten)):
            offered.setVisible(bool(here))
        if begin:
            self.buttons(close, self.switch, left=[self.copy, self.forget, self.recall])
            self.switch.setFocus()  # Enter does it: that must be seen
            return
        self.buttons(close, left=[self.switch, self.copy, self.forget, self.recall])
        if rows:
            self.table.selectRow(0)
            self.table.setFocus()

    def _wishing(self, words: str, wish: str, role: str = "") -> QPushButton:
        def take() -> None:
            self.wish = wish
            self.accept()

        return button(words, take, role)

    def _fill(self) -> None:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row in self._sheet.rows:
            items = self.table.add(*_cells(row))
            for item in items[:_NUMBERS]:
                item.setTextAlignment(right)
            items[-1].setToolTip(plain_tip(items[-1].text()))
        for column in range(_NUMBERS):
            if (head := self.table.horizontalHeaderItem(column)) is not None:
                head.setTextAlignment(right)
        self.table.set_widths(*map(self.look.px, (96, 88, 88, 96)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(tab_separated(self._sheet))
        say(self._said, _("Copied, with ids and seconds, for a spreadsheet."))


def _cells(row: Row) -> tuple[str, ...]:
    if not row.article:
        return duration(row.seconds), "", "", "", _("Articles that are not in the project any more")
    each = "" if row.per_span is None else duration(row.per_span)
    return duration(row.seconds), f"{row.spans:,}", each, state_name(row.state), row.title or _("Without a title")


def _total(sheet: Timesheet) -> str:
    if not sheet.rows:
        return ""
    words = _("{time} on {articles}").format(time=duration(sheet.seconds), articles=articles(sheet.articles))
    if sheet.per_span is not None:
        words = _("{words}, {time} a span").format(words=words, time=duration(sheet.per_span))
    return words


def _state(measuring: bool, some: bool) -> str:
    if measuring:
        return "" if some else _("Nothing is measured yet: it begins with the next thing you do in an article.")
    return _("Nothing is measured now. Switch it on here or in the settings; nobody else sees it.")
