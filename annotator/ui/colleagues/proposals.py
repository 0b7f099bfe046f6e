"""Proposals: what colleagues would have changed of scheme and metadata; the lead accepts or declines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit

from annotator.domain import ids, schemedifference
from annotator.domain.dates import since
from annotator.domain.errors import UserError
from annotator.domain.scheme import Scheme
from annotator.domain.team import Proposal
from annotator.domain.text import printable
from annotator.editing import proposals as editing
from annotator.i18n import _, later
from annotator.storage import proposals as stored
from annotator.storage.proposed import NotCounted, not_counted
from annotator.ui.colleagues.part import Part
from annotator.ui.dialogs.describe import field_name
from annotator.ui.dialogs.describe import words as one_line
from annotator.ui.dialogs.parts import ReadTable, button
from annotator.ui.reports import titled
from annotator.ui.scheme.effectwords import BARE
from annotator.ui.scheme.summary import changes, told
from annotator.ui.widgets import caption, plain_tip

if TYPE_CHECKING:
    from annotator.ui.colleagues.page import ColleaguesPage
    from annotator.ui.window import MainWindow

_STATES = {"open": later("open"), "accepted": later("accepted"), "declined": later("declined")}
_WHAT = {"scheme": later("The scheme"), "lead": later("Who leads"), "assignment": later("Who tags what")}
_MOST = 12
"""Lines of what one proposal would change; of a scheme with more, the editor shows all."""


class _Table(ReadTable):
    """Letters settle the chosen row."""

    def __init__(self, part: Proposals) -> None:
        heads = (_("What"), _("Who"), _("When"), _("State"))
        super().__init__(heads, _("Proposals"), part.look.px(32))
        self._acts = {
            Qt.Key.Key_A: part.accept, Qt.Key.Key_D: part.ask_why,
            Qt.Key.Key_Return: part.accept, Qt.Key.Key_Enter: part.accept,
        }  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._acts.get(Qt.Key(event.key()))
        if act is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            act()
        else:
            super().keyPressEvent(event)


class Proposals(Part):
    """Open ones first; what is settled stays to be read. Only who leads can settle them."""

    id, title = "proposals", later("Proposals")

    def __init__(self, window: MainWindow, page: ColleaguesPage) -> None:
        super().__init__(window, page)
        self._found: list[Proposal] = []
        self._direct: dict[str, NotCounted] = {}
        """What others changed all the same, by the id under which it is shown."""
        self._leads = True
        self._about = self.words(" ", "second")
        self.table = _Table(self)
        self.column.addWidget(self.table, 3)
        self.empty = self.words(" ", "third")
        self._lines = self._said()
        self._lines.setMinimumHeight(self.look.px(96))
        self.why = QLineEdit()
        self.why.setPlaceholderText(_("A word on why, which the colleague gets to read"))
        self.why.setAccessibleName(_("A word on why"))
        self.why.setMaxLength(2_000)
        self.why.returnPressed.connect(self.decline)
        self.take = button(_("A  Accept"), self.accept)
        self.refuse = button(_("D  Decline"), self.decline)
        row = QHBoxLayout()
        row.addWidget(self.why, 1)
        for one in (self.refuse, self.take):
            one.setAutoDefault(False)
            row.addWidget(one)
        self.column.addLayout(row)
        self.column.setStretchFactor(self._lines, 2)
        self.table.itemSelectionChanged.connect(self._show)

    def _said(self) -> QLabel:
        result = caption("")
        result.setWordWrap(True)
        result.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(result)
        return result

    @staticmethod
    def waiting(window: MainWindow) -> int:
        store = window.session.store
        return stored.waiting(store) if store is not None else 0

    def enter(self) -> None:
        (self.table if self._found else self.page.list).setFocus()

    def refresh(self) -> None:
        store = self.session.store
        if store is None:
            return
        chosen = self.chosen.id if self.chosen is not None else ""
        try:
            self._direct = {editing.as_proposal(one).id: one for one in not_counted(store)}
            self._found = [*map(editing.as_proposal, self._direct.values()), *stored.proposals(store)]
            people, leads = store.annotators(), store.leads()
            articles = store.articles([one.article for one in self._found if one.article])
        except UserError as error:
            self.page.say(str(error))
            return
        self._leads = not leads or self.session.me.id in leads
        lead = ", ".join(people[id].name for id in sorted(leads) if id in people)
        self._about.setText(self._about_words(lead))
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        for one in self._found:
            what = _(_WHAT[one.kind]) if one.kind in _WHAT else _("the article is not here")
            if one.article in articles:
                what = titled(articles[one.article].title)
            who = people[one.author].name if one.author in people else _("somebody who is not known here")
            state = _(_STATES.get(one.state, one.state))
            for item in self.table.add(printable(what), printable(who), since(one.created, date.today()), state):
                item.setToolTip(plain_tip(item.text()))
        self.table.set_widths(self.look.px(270), self.look.px(150), self.look.px(140))
        self.table.blockSignals(False)
        rows = [row for row, one in enumerate(self._found) if one.id == chosen]
        self.table.selectRow(rows[0] if rows and self._found[rows[0]].state == "open" else 0)
        self.table.setVisible(bool(self._found))
        self.empty.setVisible(not self._found)
        self.empty.setText(_("There are none. What a colleague proposes stands here, when their package is merged."))
        self._show()

    def _about_words(self, lead: str) -> str:
        if self._leads:
            return _(
                "What colleagues would have changed of scheme and metadata. Accepting does it; undo takes it back."
            )
        return _("Scheme and metadata belong to {lead}, who gets your proposals with your next package.").format(
            lead=printable(lead) or _("the lead")
        )

    @property
    def chosen(self) -> Proposal | None:
        """The chosen proposal."""
        row = self.table.chosen_row
        return self._found[row] if 0 <= row < len(self._found) else None

    def _show(self) -> None:
        one = self.chosen
        can = one is not None and one.state == "open" and self._leads and self.session.editable
        for widget in (self.take, self.refuse, self.why):
            widget.setEnabled(can)
            widget.setVisible(self._leads and bool(self._found))
        lines = self._lines_of(one) if one is not None else []
        more = [_("And {count:,} more.").format(count=len(lines) - _MOST)] if len(lines) > _MOST else []
        self._lines.setText("\n".join(printable(line) for line in [*lines[:_MOST], *more]))

    def _lines_of(self, one: Proposal) -> list[str]:
        said = [_("Note: {words}").format(words=one.note)] if one.note else []
        said += [_("Answer: {words}").format(words=one.reply)] if one.reply else []
        try:
            return [*changed_words(one, self.session.scheme), *said]
        except UserError as error:
            return [str(error), *said]

    # What is done

    def accept(self) -> None:
        """Do what is proposed: metadata at once, a scheme by its editor, where it is looked at before it is applied."""
        one, store = self.chosen, self.session.store
        if one is None or store is None or not self.take.isEnabled():
            return
        if one.kind == "scheme":
            try:
                editing.draft_of(one, self.session.scheme)
            except UserError as error:
                self.page.say(str(error))
                return
            direct = self._direct.get(one.id)
            settled = editing.settled(direct, ids.uuid7()) if direct is not None else editing.accepted(one)
            self.page.draft = (one, settled)
            self.page.accept()
            return
        if one.id in self._direct:
            self._take_over(self._direct[one.id])
            return
        article = store.article(one.article)
        if article is None:
            self.page.say(_("The article of this proposal is not here. Decline it, or wait for the article."))
        elif self.session.do_made(lambda: editing.accept_article(one, article)):
            self.page.say(_("Accepted: the article has what was proposed."), True)

    def _take_over(self, one: NotCounted) -> None:
        store = self.session.store
        if store is None:
            return
        now = store.value(one.kind, one.entity, one.article)
        if self.session.do_made(lambda: editing.take_over(one, now, ids.uuid7())):
            self.page.say(_("Accepted: it is as was proposed."), True)

    def ask_why(self) -> None:
        """Go to the word on why; Return there declines."""
        if self.refuse.isEnabled():
            self.why.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def decline(self) -> None:
        """Decline what is chosen, with the word that is typed."""
        one = self.chosen
        if one is None or not self.refuse.isEnabled():
            return
        direct = self._direct.get(one.id)
        if direct is not None:
            if self.session.do_made(lambda: editing.leave_out(direct, ids.uuid7())):
                self.page.say(_("Declined; it stays as it is here."), True)
                self.enter()
            return
        reply = self.why.text().strip()
        if self.session.do_made(lambda: editing.decline(one, reply)):
            self.why.clear()
            self.page.say(_("Declined; the colleague hears of it with your next package."), True)
            self.enter()


def changed_words(proposal: Proposal, scheme: Scheme) -> list[str]:
    """Return what a proposal would change, a line for each. Raises UserError where it cannot be understood."""
    if proposal.kind == "scheme":
        draft = editing.draft_of(proposal, scheme)
        if not draft.changed:
            return [_("The scheme in force says all of that already.")]
        words = [f"{told(changes(draft))}."]
        for label in dict.fromkeys(one.id for one in (*draft.before.labels, *draft.wanted.labels)):
            words += [_(BARE[what]).format(label=name) for what, name in schemedifference.of_label(draft, label)
                      if what in BARE]  # fmt: skip
        return words
    if proposal.kind in _WHAT:
        return [_("This was changed by somebody who does not lead; it does not count unless it is accepted.")]
    try:
        before, after = proposal.data["before"], proposal.data["after"]
        words = []
        if before["title"] != after["title"]:
            words.append(_line(_("Headline"), before["title"], after["title"]))
        words += [_line(field_name(key), before["meta"].get(key), after["meta"][key]) for key in after["meta"]]
    except (KeyError, TypeError, AttributeError):
        raise UserError(_("This proposal was made by another version of the program.")) from None
    return words


def _line(name: str, before: Any, after: Any) -> str:
    was, now = (_shown(value) for value in (before, after))
    return _("{name}: {before} → {after}").format(name=name, before=was, after=now)


def _shown(value: Any) -> str:
    text = one_line(value) if isinstance(value, str | Mapping) or value is None else str(value)
    return f"“{text[:200]}”" if text else _("nothing")
