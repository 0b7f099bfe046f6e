"""Who stands in the project, as the parts of the page show them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import digits
from typing import NamedTuple

from PySide6.QtCore import Qt

from annotator.domain.article import Annotator
from annotator.domain.people import called
from annotator.domain.text import printable
from annotator.i18n import _
from annotator.ui.dialogs.parts import ReadTable
from annotator.ui.session import Session

_AROUND = 26
"""Pixels beside a heading, and at least four digits wide."""
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Team(NamedTuple):
    """People by id, oneself first and the others by name; what each is called; who leads (ids); who I am."""

    people: Mapping[str, Annotator]
    names: Mapping[str, str]
    leads: frozenset[str]
    me: str

    def __bool__(self) -> bool:
        return bool(self.people)

    @property
    def alone(self) -> bool:
        """Whether nobody stands here but me."""
        return set(self.people) <= {self.me}

    @property
    def may_lead(self) -> bool:
        """Whether assignments are mine to make: I lead, or nobody does."""
        return not self.leads or self.me in self.leads

    @property
    def lead(self) -> str:
        """What those who lead are called, "" where nobody does."""
        return ", ".join(self.names[id] for id in sorted(self.leads) if id in self.names)

    def name_of(self, id: str) -> str:
        """Return what somebody (an id) is called, with a word on who that is."""
        name = self.names.get(id) or _("somebody who is not known here")
        return _("{name} (you)").format(name=name) if id == self.me else name


def team(session: Session) -> Team:
    """Return who stands in the open project. Raises UserError where it cannot be read."""
    store, me = session.store, session.me
    known = dict(store.annotators()) if store is not None else {}
    known[me.id] = me
    order = sorted(known.values(), key=lambda one: (one.id != me.id, _in_order(one.name), one.id))
    people = {one.id: one._replace(name=printable(one.name)) for one in order}
    return Team(people, called(people), store.leads() if store is not None else frozenset(), me.id)


def _in_order(name: str) -> list[tuple[bool, int, str]]:
    """Return what puts "Analyst 10" behind "Analyst 2"."""
    pieces = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [(False, int(piece), "") if piece[0] in digits else (True, 0, piece) for piece in pieces]


def whose(found: Team) -> str:
    """Say whose project it is where it is not mine, "" where it is."""
    if found.may_lead:
        return ""
    return _("This is the project of {lead}: who tags what is decided there.").format(lead=found.lead or _("the lead"))


def nobody_else() -> str:
    """Say that one is alone, and what changes that."""
    return _("Nobody else stands in this project yet. Add a name, then send a package.")


def numbers(table: ReadTable, *columns: int) -> None:
    """Give columns of numbers what their headings need, and these the numbers' side; names get the rest."""
    metrics = table.horizontalHeader().fontMetrics()
    table.stretch(0)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # of two of one name the ends differ
    for column in columns:
        if (head := table.horizontalHeaderItem(column)) is not None:
            head.setTextAlignment(RIGHT)
            table.setColumnWidth(column, metrics.horizontalAdvance(head.text()) + _AROUND)
