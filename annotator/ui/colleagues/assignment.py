"""Assignment: who tags what, by a rule that is shown before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from annotator.domain.assigning import Heed, Pair, Rule
from annotator.domain.change import Changed, Step
from annotator.domain.errors import UserError
from annotator.domain.shares import FIRST, SECOND, Outlook, again, drawn, outlook, taken
from annotator.domain.team import Assignment
from annotator.editing import assignments as editing
from annotator.i18n import _, later, n_
from annotator.storage import assignments as stored
from annotator.storage import people as stored_people
from annotator.ui.colleagues.doing import counted, whole
from annotator.ui.colleagues.part import Part
from annotator.ui.colleagues.team import RIGHT, Team, nobody_else, numbers, team, whose
from annotator.ui.dialogs.parts import Form, ReadTable, button, say
from annotator.ui.fields import DropDown, NumberField
from annotator.ui.reports import articles
from annotator.ui.ticks import Tick, TickColumn
from annotator.ui.widgets import caption, plain_tip

if TYPE_CHECKING:
    from annotator.ui.colleagues.page import ColleaguesPage
    from annotator.ui.window import MainWindow

AGAIN = "again"
_RULES = {
    "all": later("Everybody reads every article"),
    "each": later("So many read each article"),
    "split": later("One reads each, everybody reads a share"),
    AGAIN: later("A second, blind reading of what each has done"),
}
_AMONG = {"all": later("All"), "listed": later("Those the list shows"), "unassigned": later("Those of nobody yet")}
_AT_ONCE = 20_000
"""Pairs of article and person that are looked at while one waits; more are counted when that is asked for."""
_PAUSE = 120
"""Milliseconds after a change of the rule until its outlook is counted."""


class _Stock(NamedTuple):
    """What there is to be shared out."""

    all: list[str]
    listed: list[str]
    present: list[Assignment]
    back: set[Pair]
    done: list[Pair]

    def among(self, which: str) -> list[str]:
        """Return the articles (ids) of one of _AMONG."""
        if which == "unassigned":
            pairs = (Pair(one.article, one.annotator) for one in self.present if one.round == FIRST)
            taken_ = {pair.article for pair in pairs if pair not in self.back}
            return [id for id in self.all if id not in taken_]
        return self.listed if which == "listed" else self.all


class _Plan(NamedTuple):
    """What is chosen: by rule or AGAIN, of which articles, for whom (ids)."""

    rule: Rule
    again: bool
    among: list[str]
    people: list[str]
    blind: bool

    @property
    def round(self) -> int:
        """Which reading it is."""
        return SECOND if self.again else FIRST

    def pairs(self, stock: _Stock, heed: Heed = lambda _done, _total: None) -> list[Pair]:
        """Return who would get what."""
        if self.again:
            return again(stock.done, self.people, frozenset(self.among), stock.present)
        return drawn(self.rule, self.among, self.people, stock.present, stock.back, heed)


class AssignmentPart(Part):
    """People to tick, a rule, articles; the table says what each would get before it is done as one step."""

    id, title = "assignment", later("Assignment")

    def __init__(self, window: MainWindow, page: ColleaguesPage) -> None:
        super().__init__(window, page)
        self._team = Team({}, {}, frozenset(), "")
        self._stock = _Stock([], [], [], set(), [])
        self._unticked: set[str] | None = None
        self._outlook: Outlook | None = None
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._preview)
        self._about = self.words(" ")
        heads = (_("Who"), _("Has"), _("Gets"), _("Then"))
        self.table = ReadTable(heads, _("Who tags"), self.look.px(30))
        TickColumn(self.look, self.table)
        numbers(self.table, 1, 2, 3)
        self.column.addWidget(self.table, 1)
        self._fields = QWidget()
        self.column.addWidget(self._fields)
        self._lay_out_fields()
        self._told = self.words(" ", "strong")
        self.count = button(_("Count"), self._count)
        self.away = button(_("Take away"), self.take_away)
        self.assign = button(_("Assign"), self.do_assign, "main")
        row = QHBoxLayout()
        row.addWidget(self.away)
        row.addStretch(1)
        for one in (self.count, self.assign):
            row.addWidget(one)
        self.column.addLayout(row)
        for one in (self.count, self.away, self.assign):
            one.setAutoDefault(False)
            one.setDefault(False)
        self.table.itemChanged.connect(lambda _item: self._take_ticks())

    def _lay_out_fields(self) -> None:
        form = Form(self.look)
        form.setContentsMargins(0, 0, 0, 0)
        self._fields.setLayout(form)
        self.among, self.rule = DropDown(self.look), DropDown(self.look)
        for field, names in ((self.among, _AMONG), (self.rule, _RULES)):
            for id, name in names.items():
                field.addItem(_(name), id)
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            field.currentIndexChanged.connect(lambda _index: self._wait())
        self.number, self.overlap, self.seed = (NumberField(self.look) for _field in range(3))
        self.number.setRange(1, 99)
        self.number.setValue(2)
        self.number.setAccessibleName(_("How many read each article"))
        self.overlap.setRange(0, 100)
        self.overlap.setValue(10)
        self.overlap.setSuffix(" %")
        self.overlap.setAccessibleName(_("Share that everybody reads"))
        self.seed.setRange(1, 999_999)
        self.seed.setAccessibleName(_("Seed"))
        self.seed.setToolTip(_("The same people, articles and seed are shared out alike on every computer."))
        self._seed_name = caption(_("Seed"), "second")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        for number in (self.number, self.overlap, self.seed):
            number.setFixedWidth(self.look.px(92))
            number.valueChanged.connect(lambda _value: self._wait())
        row.addWidget(self.rule, 1)
        for widget in (self.number, self.overlap, self._seed_name, self.seed):
            row.addWidget(widget)
        whole = QWidget()
        whole.setLayout(row)
        self.blind = Tick(_("Blind: nobody sees others’ spans before their own article is done"), self.look, True)
        for widget in (self.number, self.overlap, self.seed, self._seed_name):
            widget.hide()
        form.add(_("Articles"), self.among)
        form.add(_("Rule"), whole)
        form.addRow(caption(""), self.blind)
        self.rule.setAccessibleName(_("Rule"))

    def enter(self) -> None:
        (self.table if self._team.may_lead else self.page.list).setFocus()

    # What there is

    def refresh(self) -> None:
        store = self.session.store
        if store is None:
            return
        try:
            self._team = team(self.session)
            every, listed = list(store.article_ids()), self.window_.articles.model.listed()
            self._stock = _Stock(
                every, every if listed is None else listed, stored.everything(store),
                stored_people.given_back(store), stored_people.done(store),
            )  # fmt: skip
        except UserError as error:
            self.page.say(str(error))
            return
        if self._unticked is None:
            # The lead as a rule does not tag.
            self._unticked = set() if self._team.alone else {self._team.me}
        for row, (id, name) in enumerate(_AMONG.items()):
            self.among.setItemText(row, f"{_(name)} ({len(self._stock.among(id)):,})")
        self._fill()
        mine = self._team.may_lead and self.session.editable
        for widget in (self._fields, self.away, self.assign, self.count):
            widget.setEnabled(mine)
        for widget in (self._fields, self.away, self.assign):
            widget.setVisible(self._team.may_lead)
        for column in (2, 3):
            self.table.setColumnHidden(column, not self._team.may_lead)
        self._about.setText(self._about_words())
        self._preview()

    def _about_words(self) -> str:
        if words := whose(self._team):
            return words
        if self._team.alone:
            return nobody_else()
        words = _("Tick who tags, choose articles and a rule; the table says what each would get.")
        lead = _("With the first assignment you lead this project.") if not self._team.leads else ""
        return " ".join(filter(None, (words, lead)))

    def _fill(self) -> None:
        chosen = max(0, self.table.chosen_row)
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        having = {one.annotator for one in self._stock.present}
        for id in self._team.people:
            items = self.table.add(self._team.name_of(id), "", "", "")
            ticked = id not in (self._unticked or ()) if self._team.may_lead else id in having
            items[0].setData(Qt.ItemDataRole.UserRole, id)
            items[0].setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            items[0].setToolTip(plain_tip(items[0].text()))
            flags = items[0].flags()
            may = Qt.ItemFlag.ItemIsUserCheckable
            items[0].setFlags(flags | may if self._team.may_lead else flags & ~may)
            for item in items[1:]:
                item.setTextAlignment(RIGHT)
        self.table.selectRow(min(chosen, self.table.rowCount() - 1))
        self.table.blockSignals(False)

    def _take_ticks(self) -> None:
        rows = (self.table.item(row, 0) for row in range(self.table.rowCount()))
        items = [item for item in rows if item is not None]
        self._unticked = {
            item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is not Qt.CheckState.Checked
        }
        self._wait()

    # What it would come to

    @property
    def plan(self) -> _Plan:
        """What is chosen now."""
        name = str(self.rule.currentData())
        rule = Rule(
            name if name != AGAIN else "all", self.number.value(), self.overlap.value(), self.seed.value()
        )  # fmt: skip
        people = [id for id in self._team.people if id not in (self._unticked or ())]
        among = self._stock.among(str(self.among.currentData()))
        return _Plan(rule, name == AGAIN, among, people, self.blind.isChecked())

    def _wait(self) -> None:
        name = str(self.rule.currentData())
        self._outlook = None
        self.number.setVisible(name == "each")
        self.overlap.setVisible(name == "split")
        for widget in (self.seed, self._seed_name):
            widget.setVisible(name in ("each", "split"))
        self.blind.setVisible(name != AGAIN)
        self._soon.start()

    def _preview(self) -> None:
        self._wait()
        self._soon.stop()
        if not self._team.may_lead:
            self._show_what_is()
            return
        plan = self.plan
        if len(plan.among) * max(1, len(plan.people)) <= _AT_ONCE:
            self._show(self._looked_at(plan))
        else:
            self._show(None)

    def _show_what_is(self) -> None:
        """Show who has how many, where nothing can be chosen."""
        has = Counter(one.annotator for one in self._stock.present if one.round == FIRST)
        self.table.blockSignals(True)
        for row, id in enumerate(self._team.people):
            if (item := self.table.item(row, 1)) is not None:
                item.setText(f"{has[id]:,}")
        self.table.blockSignals(False)
        say(self._told, "")
        self.count.hide()

    def _looked_at(self, plan: _Plan, heed: Heed = lambda _done, _total: None) -> Outlook:
        stock = self._stock
        among = frozenset(plan.among)
        return outlook(self._team.people, plan.pairs(stock, heed), stock.present, among, plan.round)

    def _count(self) -> None:
        plan = self.plan
        self.page.work(_("Counting"), counted(lambda heed: self._looked_at(plan, heed)), self._show)

    def _show(self, found: Outlook | None) -> None:
        self._outlook = found
        self.count.setVisible(found is None)
        plan = self.plan
        self.table.blockSignals(True)
        for row, id in enumerate(self._team.people):
            share = next((one for one in found.shares if one.annotator == id), None) if found is not None else None
            words = ("", "", "") if share is None else (f"{share.there:,}", f"{share.new:,}", f"{share.after:,}")
            for column, text in enumerate(words, 1):
                if (item := self.table.item(row, column)) is not None:
                    item.setText(text)
        self.table.blockSignals(False)
        self.table.viewport().update()  # it heard nothing of that
        mine = self._team.may_lead and self.session.editable
        new = sum(share.new for share in found.shares) if found is not None else -1
        gone = taken(self._stock.present, frozenset(plan.people), frozenset(plan.among), plan.round)
        self.assign.setEnabled(mine and bool(plan.people) and new != 0)
        self.away.setEnabled(mine and bool(gone))
        self.away.setText(_("Take away ({count:,})").format(count=len(gone)) if gone else _("Take away"))
        say(self._told, self._words(plan, found, new))

    def _words(self, plan: _Plan, found: Outlook | None, new: int) -> str:
        if not plan.people:
            return _("Nobody is ticked.")
        if not plan.among:
            return _("There is no such article.")
        if found is None:
            return _("These are many: count what each would get, or assign at once.")
        if not new:
            return _("All of that is assigned already.") if not plan.again else _("Nobody has done any of them yet.")
        shared = n_("{count:,} of them read by more than one", "{count:,} of them read by more than one", found.shared)
        return f"{articles(found.read)}, {shared.format(count=found.shared)}."

    # What is done

    def do_assign(self) -> None:
        """Assign what is shown, as one step."""
        plan, stock = self.plan, self._stock
        self._do(
            lambda heed: editing.assign(plan.pairs(stock, heed), stock.present, round=plan.round, blind=plan.blind),
            _("Assigning"),
            _("Assigned."),
        )

    def take_away(self) -> None:
        """Take the ticked people's assignments to the chosen articles away, as one step; what was tagged stays."""
        plan = self.plan
        gone = taken(self._stock.present, frozenset(plan.people), frozenset(plan.among), plan.round)
        if gone:
            words = _("Taken away; what was tagged stays.")
            self._do(lambda _heed: editing.take_away(gone), _("Taking away"), words)

    def _do(self, make: Callable[[Heed], list[Step]], what: str, words: str) -> None:
        workspace = self.session.workspace
        if workspace is None:
            return
        leads = bool(self._team.leads)

        def end(changed: Changed | None) -> None:
            if changed is None:
                self.page.say(_("Stopped; nothing was changed."))
                return
            lead = _("You lead this project from now on.") if not leads else ""
            self.page.say(" ".join(filter(None, (words, lead))), True)
            self.refresh()

        self.page.work(what, whole(workspace, make, "" if leads else self._team.me), end)
