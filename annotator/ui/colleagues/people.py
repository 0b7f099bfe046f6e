"""People: who stands in the project, under which id and key, and when they were here last."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTableWidgetItem

from annotator import keys, whoami
from annotator.domain import ids
from annotator.domain.article import Annotator
from annotator.domain.dates import since
from annotator.domain.errors import UserError
from annotator.domain.people import short
from annotator.editing import assignments as editing
from annotator.i18n import _, later
from annotator.storage.people import last_seen
from annotator.ui.colleagues.part import Part
from annotator.ui.colleagues.team import Team, nobody_else, team
from annotator.ui.dialogs.parts import ReadTable, button, say
from annotator.ui.widgets import plain_tip

if TYPE_CHECKING:
    from annotator.ui.colleagues.page import ColleaguesPage
    from annotator.ui.window import MainWindow

_KEY = 8
"""Digits of a key that stand in the table; the tooltip has them all."""


class _Table(ReadTable):
    """Home and End, and letters go nowhere."""

    def keyboardSearch(self, search: str) -> None:
        return


class _Name(QLineEdit):
    """Return adds; Esc empties it before it leaves the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class People(Part):
    """A row each, and a field for a name: somebody new, or what I am called from now on."""

    id, title = "people", later("People")

    def __init__(self, window: MainWindow, page: ColleaguesPage) -> None:
        super().__init__(window, page)
        self._team = Team({}, {}, frozenset(), "")
        self._about = self.words(" ")
        heads = (_("Name"), _("Id"), _("Key"), _("Last seen"))
        self.table = _Table(heads, _("People"), self.look.px(32))
        self.column.addWidget(self.table, 1)
        self._note = self.words(" ", "third")
        self.name = _Name()
        self.name.setPlaceholderText(_("A name"))
        self.name.setAccessibleName(_("Name of somebody new, or my own"))
        self.name.setMaxLength(200)
        self.name.returnPressed.connect(self.add)
        self.new = button(_("Add"), self.add)
        self.mine = button(_("Call me so"), self.rename)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        for one in (self.new, self.mine):
            one.setAutoDefault(False)
            row.addWidget(one)
        self.column.addLayout(row)
        self.table.itemSelectionChanged.connect(self._say)
        self.name.textChanged.connect(lambda _text: self._offer())

    def enter(self) -> None:
        (self.table if self.table.rowCount() > 1 else self.name).setFocus()

    def refresh(self) -> None:
        store = self.session.store
        if store is None:
            return
        chosen = max(0, self.table.chosen_row)
        try:
            self._team = found = team(self.session)
            seen, known = last_seen(store), keys.trusted()
        except UserError as error:
            self.page.say(str(error))
            return
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        for id in found.people:
            name = found.name_of(id)
            name = _("{name} – leads").format(name=name) if id in found.leads else name
            items = self.table.add(name, short(id), self._key(known.get(id, "")), since(seen.get(id, ""), date.today()))
            items[0].setToolTip(plain_tip(name))
            items[1].setToolTip(id)
            self._explain(items[2], id, known.get(id, ""))
        self.table.set_widths(self.look.px(330), self.look.px(90), self.look.px(120))
        self.table.selectRow(min(chosen, self.table.rowCount() - 1))
        self.table.blockSignals(False)
        self._about.setText(self._about_words())
        self._say()
        self._offer()

    def _key(self, key: str) -> str:
        return f"{key[:_KEY]}…" if key else "–"

    def _explain(self, item: QTableWidgetItem, id: str, key: str) -> None:
        if key:
            item.setToolTip(_("Known by the key {key}").format(key=keys.grouped(key)))
        elif id == self._team.me:
            item.setText(_("this computer"))
            item.setToolTip(_("Your key lies on this computer and signs your packages."))
        else:
            item.setToolTip(_("No signed package of this person was merged on this computer."))

    def _about_words(self) -> str:
        found = self._team
        if found.alone:
            return nobody_else()
        if not found.leads:
            return _("Nobody leads this project: whoever first assigns articles or packs for somebody does.")
        if found.me in found.leads:
            return _("You lead this project: scheme, metadata and assignments are yours to change.")
        return _("This is the project of {lead}: scheme, metadata and assignments belong there.").format(
            lead=found.lead or _("the lead")
        )

    def _say(self) -> None:
        """Say of the chosen one what the table cannot."""
        rows = list(self._team.people.values())
        row = self.table.chosen_row
        one = rows[row] if 0 <= row < len(rows) else None
        words = ""
        if one is not None and one.id != self._team.me and self._same_name(one):
            words = _(
                "Is that you too? Two ids stay two people. `annotator whoami --save FILE` there and "
                "`annotator whoami --take FILE` here take one identity along."
            )
        elif one is not None and self._namesakes(one):
            words = _("Others have this name too: the ends of their ids tell them apart.")
        say(self._note, words)

    def _same_name(self, one: Annotator) -> bool:
        return one.name.casefold() == self._team.people[self._team.me].name.casefold()

    def _namesakes(self, one: Annotator) -> bool:
        return sum(other.name.casefold() == one.name.casefold() for other in self._team.people.values()) > 1

    def _offer(self) -> None:
        typed, may = bool(self.name.text().strip()), self.session.editable
        self.name.setEnabled(may)
        self.new.setEnabled(may and typed)
        self.mine.setEnabled(may and typed)

    # What is done

    def add(self) -> None:
        """Let somebody of the typed name stand in the project."""
        try:
            name = whoami.checked_name(self.name.text())
        except UserError as error:
            self.page.say(str(error))
            return
        made = Annotator(ids.uuid7(), name)
        if self.session.do(editing.join(made)):
            self.name.clear()
            twice = sum(one.name.casefold() == name.casefold() for one in self._team.people.values()) > 1
            words = _("{name} stands in the project now.") if not twice else _("Two people are called {name} now.")
            self.page.say(words.format(name=name), True)
            self.refresh()
            self.table.selectRow(list(self._team.people).index(made.id) if made.id in self._team.people else 0)

    def rename(self) -> None:
        """Go on under the typed name."""
        try:
            self.window_.rename(whoami.save_identity(self.name.text()))
        except UserError as error:
            self.page.say(str(error))
            return
        self.name.clear()
        self.page.say(_("The project hears of your new name with your next step."))
        self.refresh()
