"""One article given to people by hand: ticks say who is to tag it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.domain.article import Article
from annotator.domain.assigning import Pair
from annotator.domain.change import Step
from annotator.domain.errors import UserError
from annotator.domain.shares import FIRST
from annotator.domain.team import Assignment
from annotator.editing import assignments as editing
from annotator.i18n import _
from annotator.storage import assignments as stored
from annotator.ui.colleagues.team import RIGHT, Team, nobody_else, numbers, team, whose
from annotator.ui.dialogs.modal import run
from annotator.ui.dialogs.parts import ReadTable, Sheet, button
from annotator.ui.look import Look
from annotator.ui.reports import titled
from annotator.ui.session import Session
from annotator.ui.ticks import Tick, TickColumn
from annotator.ui.widgets import plain_tip

_TICKED, _OPEN = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ByHand(Sheet):
    """Space ticks, Enter assigns; `step` is what to do once it was accepted, None where nothing is to change."""

    def __init__(self, session: Session, article: Article, look: Look, parent: QWidget) -> None:
        """Raises UserError where the project cannot be read."""
        super().__init__(_("Assign the article"), look, parent)
        self._article = article
        store = session.store
        assert store is not None  # an article is shown
        self._team: Team = team(session)
        self._there: list[Assignment] = [one for one in stored.of_articles(store, [article.id]) if one.round == FIRST]
        self._has = dict.fromkeys(self._team.people, 0)
        for progress in stored.progress(store):
            if progress.round == FIRST:
                self._has[progress.annotator] = progress.assigned
        self.step: Step | None = None
        self.mine = self._team.may_lead and session.editable
        self.words(plain(titled(article.title)), "strong")
        self.words(whose(self._team) or (nobody_else() if self._team.alone else ""))
        self.table = ReadTable((_("Who"), _("Has")), _("Who tags"), look.px(30))
        TickColumn(look, self.table)
        numbers(self.table, 1)
        self._fill()
        self.column.addWidget(self.table, 1)
        self.blind = Tick(_("Blind: nobody sees others’ spans before their own article is done"), look, True)
        self.blind.setEnabled(self.mine)
        self.column.addWidget(self.blind)
        self.assign = button(_("Assign"), self._take, "main")
        self.assign.setEnabled(self.mine)
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self.assign)
        self.fit(600, 520)
        self.table.setFocus()

    def _fill(self) -> None:
        ticked = {one.annotator for one in self._there}
        people = [*self._team.people, *sorted(ticked - self._team.people.keys())]
        for id in people:
            name, has = self.table.add(self._team.name_of(id), f"{self._has.get(id, 0):,}")
            name.setData(Qt.ItemDataRole.UserRole, id)
            name.setCheckState(_TICKED if id in ticked else _OPEN)
            name.setToolTip(plain_tip(name.text()))
            has.setTextAlignment(RIGHT)
            if not self.mine:
                name.setFlags(name.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        self.table.setCurrentCell(0, 0)

    def _take(self) -> None:
        items = [item for row in range(self.table.rowCount()) if (item := self.table.item(row, 0)) is not None]
        wanted = {item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is _TICKED}
        there = {one.annotator for one in self._there}
        pairs = [Pair(self._article.id, id) for id in sorted(wanted - there)]
        steps = editing.assign(pairs, self._there, blind=self.blind.isChecked())
        steps += editing.take_away(one for one in self._there if one.annotator not in wanted)
        if steps:
            self.step = Step(steps[0].title, tuple(change for step in steps for change in step.changes))
        self.accept()


def plain(words: str) -> str:
    """Return a title on one line."""
    return " ".join(words.split())


def assign_by_hand(session: Session, look: Look, parent: QWidget) -> None:
    """Ask for whom the shown article is, and assign it as one step; who assigns first leads the project."""
    article, store = session.article, session.store
    if article is None or store is None:
        return
    try:
        dialog = ByHand(session, article, look, parent)
        if not run(dialog) or dialog.step is None:
            return
        leads = store.leads()
        if not session.do(dialog.step):
            return
        if not leads:
            store.set_lead(session.me.id)
    except UserError as error:
        session.told.emit(str(error), False)
        return
    session.told.emit(_("Assigned.") if leads else _("Assigned. You lead this project from now on."), True)
