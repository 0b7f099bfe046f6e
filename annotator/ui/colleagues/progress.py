"""Progress: how far everybody is with what was assigned to them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.domain.dates import since
from annotator.domain.errors import UserError
from annotator.i18n import _, later
from annotator.storage import assignments as stored
from annotator.storage.people import last_seen
from annotator.ui.colleagues.part import Part
from annotator.ui.colleagues.team import RIGHT, Team, nobody_else, numbers, team, whose
from annotator.ui.dialogs.parts import ReadTable
from annotator.ui.look import Look
from annotator.ui.widgets import plain_tip

if TYPE_CHECKING:
    from annotator.ui.colleagues.page import ColleaguesPage
    from annotator.ui.window import MainWindow

_DONE, _BAR = 3, Qt.ItemDataRole.UserRole


class _Bar(QStyledItemDelegate):
    """Paints under the words how much of all is done."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        share = index.data(_BAR)
        if not isinstance(share, float):
            return
        theme, row = self._look.theme, option.rect
        box = QRectF(row.left() + 8, row.bottom() - 6, row.width() - 16, 3)
        painter.fillRect(box, QColor(theme.line))
        box.setWidth(box.width() * share)
        painter.fillRect(box, QColor(theme.accent))


class ProgressPart(Part):
    """A row a person and round; whoever tags blind sees only their own."""

    id, title = "progress", later("Progress")

    def __init__(self, window: MainWindow, page: ColleaguesPage) -> None:
        super().__init__(window, page)
        self._about = self.words(" ")
        heads = (
            _("Who"), _("Assigned"), _("Started"), _("Done"), _("Given back"), _("Spans"), _("Last seen"),
        )  # fmt: skip
        self.table = ReadTable(heads, _("Progress"), self.look.px(34))
        self.table.setItemDelegateForColumn(_DONE, _Bar(self.look, self.table))
        numbers(self.table, 1, 2, 3, 4, 5)
        self.table.setColumnWidth(6, self.look.px(130))
        self.column.addWidget(self.table, 1)
        self.column.addStretch(0)

    def enter(self) -> None:
        (self.table if self.table.rowCount() else self.page.list).setFocus()

    def refresh(self) -> None:
        store = self.session.store
        if store is None:
            return
        chosen = max(0, self.table.chosen_row)
        try:
            found, rows, seen = team(self.session), stored.progress(store), last_seen(store)
            blind = store.blind
        except UserError as error:
            self.page.say(str(error))
            return
        if blind:
            rows = [row for row in rows if row.annotator == found.me]
        order = {id: number for number, id in enumerate(found.people)}
        rows.sort(key=lambda row: (order.get(row.annotator, len(order)), row.annotator, row.round))
        self.table.setRowCount(0)
        for row in rows:
            name = found.name_of(row.annotator)
            name = _("{name}, second reading").format(name=name) if row.round > 1 else name
            self._add(name, row, since(seen.get(row.annotator, ""), date.today()))
        if len(rows) > 1:
            self._add(_("All"), _sum(rows), "")
        self.table.selectRow(min(chosen, self.table.rowCount() - 1))
        self.table.setVisible(bool(rows))
        self._about.setText(self._about_words(found, bool(rows), blind))

    def _add(self, name: str, row: stored.Progress, seen: str) -> None:
        numbers = (row.assigned, row.started, row.done, row.returned, row.spans)
        items = self.table.add(name, *(f"{number:,}" for number in numbers), seen)
        items[0].setToolTip(plain_tip(name))
        for item in items[1:6]:
            item.setTextAlignment(RIGHT)
        kept = row.assigned - row.returned
        items[_DONE].setData(_BAR, row.done / kept if kept else 0.0)
        items[_DONE].setToolTip(_("{done:,} of {all:,} done").format(done=row.done, all=kept))

    def _about_words(self, found: Team, some: bool, blind: bool) -> str:
        if blind:
            return _("You tag blind: what others do is shown once your own articles are done.")
        if not some:
            return nobody_else() if found.alone else _("Nothing is assigned yet.")
        return whose(found) or _("What was given back is nobody’s until it is assigned anew.")


def _sum(rows: list[stored.Progress]) -> stored.Progress:
    def of(name: str) -> int:
        return sum(getattr(row, name) for row in rows)

    return stored.Progress("", 0, of("assigned"), of("new"), of("started"), of("done"), of("returned"), of("spans"))
