"""Taking over what agrees: after which rule, and how many that is, before it is done."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from annotator.i18n import _, n_
from annotator.review.standing import AGREED
from annotator.review.takeover import ALL, MAJORITY, TRUSTED, Rule, verdict
from annotator.ui.dialogs.parts import Sheet, button
from annotator.ui.fields import DropDown, NumberField
from annotator.ui.look import Look
from annotator.ui.review.desk import Desk
from annotator.ui.ticks import OneOf


class RuleDialog(Sheet):
    """`rule` is the chosen one; what it would decide is counted at once."""

    def __init__(self, desk: Desk, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Take over what agrees"), look, parent)
        self._desk = desk
        sides = len(desk.refs)
        self.words(
            _("What is taken over goes into the consensus, marked with the rule. It is one step, and can be undone.")
        )
        self._group = QButtonGroup(self)
        self.all, self.majority = (
            OneOf(_("Where all agree"), look),
            OneOf(_("Also where so many agree exactly:"), look),
        )
        self.trusted = OneOf(_("Also what this person says, where others miss or differ:"), look)
        for number, choice in enumerate((self.all, self.majority, self.trusted)):
            self._group.addButton(choice, number)
        self.all.setChecked(True)
        self.least, self.who = NumberField(look), DropDown(look)
        self.least.setRange(2, max(sides, 2))
        self.least.setValue(min(sides // 2 + 1, sides))
        self.least.setAccessibleName(_("How many must agree"))
        self.who.addItems(desk.names)
        self.who.setAccessibleName(_("Whom to trust"))
        self.column.addWidget(self.all)
        for choice, field in ((self.majority, self.least), (self.trusted, self.who)):
            row = QHBoxLayout()
            row.addWidget(choice, 1)
            row.addWidget(field)
            self.column.addLayout(row)
        # Of two readings a majority is all of them.
        self.majority.setVisible(sides > 2)
        self.least.setVisible(sides > 2)
        self.count = self.words(" ", "strong")
        self.column.addStretch(1)
        self.take: QPushButton = button("", self.accept, "main")
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self.take)
        self._group.idClicked.connect(lambda _id: self._say())
        self.least.valueChanged.connect(lambda _n: self._choose(self.majority))
        self.who.activated.connect(lambda _n: self._choose(self.trusted))
        self._say()
        self.fit(560, 360)
        self.all.setFocus()

    @property
    def rule(self) -> Rule:
        """What was chosen."""
        if self.majority.isChecked():
            return Rule(MAJORITY, self.least.value())
        return Rule(TRUSTED, side=self.who.currentIndex()) if self.trusted.isChecked() else Rule(ALL)

    def _choose(self, choice: OneOf) -> None:
        choice.setChecked(True)
        self._say()

    def _say(self) -> None:
        queue, rule = self._desk.queue, self.rule
        everything = [it for id in queue.articles for it in queue.of(id)]
        found = [it for it in everything if verdict(it, rule, self._desk.refs) is not None]
        agreed = sum(it.difference.kind == AGREED for it in found)
        settled = n_("{count:,} difference", "{count:,} differences", len(found) - agreed).format(
            count=len(found) - agreed
        )
        words = n_(
            "Takes {count:,} span on which all agree, and settles {settled}.",
            "Takes {count:,} spans on which all agree, and settles {settled}.",
            agreed,
        )
        only = n_("Takes {count:,} span on which all agree.", "Takes {count:,} spans on which all agree.", agreed)
        self.count.setText((words if len(found) > agreed else only).format(count=agreed, settled=settled))
        self.take.setText(_("Take {count:,} over").format(count=len(found)))
        self.take.setEnabled(bool(found))
