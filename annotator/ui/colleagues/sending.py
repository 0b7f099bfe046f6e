"""Sending a package: for whom, which articles, whose spans; what would be in it is told before it is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTableWidgetItem, QVBoxLayout, QWidget

from annotator import whoami
from annotator.domain import ids
from annotator.domain.article import Annotator
from annotator.domain.dates import since, to_the_minute
from annotator.domain.errors import UserError
from annotator.domain.text import printable
from annotator.exchange.header import ENDING
from annotator.i18n import _, n_
from annotator.storage import corrections as stored
from annotator.storage import packable
from annotator.storage.packable import Sent
from annotator.ui.colleagues.filenames import name_for
from annotator.ui.dialogs.parts import FileField, Form, ReadTable, Sheet, button, may_be_written, say
from annotator.ui.fields import DropDown
from annotator.ui.look import Look
from annotator.ui.reports import articles, spans
from annotator.ui.session import Session
from annotator.ui.ticks import Tick, TickColumn
from annotator.ui.widgets import caption, plain_tip

_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
ALL, LISTED, ASSIGNED = "all", "listed", "assigned"


class Parcel(NamedTuple):
    """One package that is to be made: its file, for whom (none: whoever gets it), which articles (ids, None: all),
    whose layers (none, mine, all), whether only what is new since the last one to the same people, and whether they
    are told what was decided about their spans.
    """

    path: Path
    recipients: tuple[Annotator, ...]
    articles: tuple[str, ...] | None
    layers: str
    since_last: bool
    corrections: bool = False


class _NewPerson(QLineEdit):
    """Return adds who is typed."""

    def __init__(self, add: Callable[[], object]) -> None:
        super().__init__()
        self._add = add
        self.setPlaceholderText(_("Somebody new: name, Return"))
        self.setAccessibleName(_("Name of somebody new"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self._add()
        else:
            super().keyPressEvent(event)


class SendDialog(Sheet):
    """Enter makes the packages. `listed` are the articles that the list shows now (ids), None where it shows all."""

    def __init__(
        self, session: Session, folder: Path, listed: list[str] | None, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Send a package"), look, parent)
        assert session.store is not None  # a dialog is for an open project
        self._session, self._store = session, session.store
        self._listed, self._folder = listed, folder
        leads = self._store.leads()
        self._leads = frozenset(leads)
        self._returning = bool(leads) and session.me.id not in leads
        self._sent: list[Sent] = packable.sent(self._store)
        self.new: list[Annotator] = []
        """People who do not stand in the project yet."""
        self._people = sorted(
            (one for one in self._store.annotators().values() if one.id != session.me.id),
            key=lambda one: (one.id not in leads, one.name.casefold(), one.id),
        )
        self.words(
            _("One file, to be mailed or put on a stick. It holds your work on its way back to who leads the project.")
            if self._returning
            else _("One file, to be mailed or put on a stick. A double click opens it as a project of its own.")
        )
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addLayout(self._left(), 2)
        both.addLayout(self._right(), 3)
        self.column.addLayout(both, 1)
        self._holds = self.words(" ", "strong")
        self._there = self.words("", "warning")
        self._fault = self.words("", "error")
        self.take = button(_("Make the package"), self.accept, "main")
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self.take)
        self.fit(860, 560)
        self._typed = False
        self._connect()
        self._follow()
        self.table.selectRow(0)
        (self.table if self._people and not self._returning else self.file.line).setFocus()

    # What it is made of

    def _left(self) -> QVBoxLayout:
        self.table = ReadTable((_("For"), ""), _("For"), self.look.px(30))
        TickColumn(self.look, self.table)
        for person in self._people:
            self._add_row(person, ticked=self._returning and person.id in self._leads)
        self.nobody = caption("", "second")
        self.nobody.setWordWrap(True)
        self.somebody = _NewPerson(self._add_person)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addWidget(self.somebody)
        column.addWidget(self.nobody)
        return column

    def _right(self) -> QVBoxLayout:
        self.which = self._choice((
            (ALL, _("All: {articles}").format(articles=articles(self._store.article_count()))),
            *([(LISTED, _("Those the list shows now: {articles}").format(articles=articles(len(self._listed))))]
              if self._listed is not None else []),
            (ASSIGNED, _("Those assigned to whom it is for")),
        ))  # fmt: skip
        self.whose = self._choice((
            ("none", _("Nobody’s: they tag blind")),
            ("mine", _("Mine")),
            ("all", _("Everybody’s: to look through, not to tag blind")),
        ))  # fmt: skip
        self.whose.setCurrentIndex(1 if self._returning else 0)
        self.explained = caption("", "second")
        self.explained.setWordWrap(True)
        self.since = Tick(_("Only what is new since the last one"), self.look)
        self.corrections = Tick(_("Corrections to their spans"), self.look)
        self.corrections.setChecked(True)
        self.signed = caption(_("Signed with your key: colleagues see that it is yours."), "second")
        self.signed.setWordWrap(True)
        suggestion = self._folder / name_for(self._name, (), self._session.me.name, returning=self._returning)
        kinds = _("Packages (*{ending})").format(ending=ENDING)
        self.file = FileField(suggestion, _("Write the package to"), kinds, _("File"))
        form = Form(self.look)
        form.add(_("Articles"), self.which)
        form.add(_("Spans in it"), self.whose)
        form.addRow("", self.explained)
        form.addRow("", self.since)
        form.addRow("", self.corrections)
        form.add(_("File"), self.file)
        form.addRow("", self.signed)
        column = QVBoxLayout()
        column.addLayout(form)
        column.addStretch(1)
        return column

    def _choice(self, choices: tuple[tuple[str, str], ...]) -> DropDown:
        field = DropDown(self.look)
        for value, words in choices:
            field.addItem(words, value)
        return field

    def _add_row(self, person: Annotator, ticked: bool = False) -> None:
        lead = _("leads") if person.id in self._leads else ""
        name, about = self.table.add(printable(person.name), lead)
        name.setFlags(name.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        name.setCheckState(_CHECKED if ticked else _UNCHECKED)
        last = self._last({person.id})
        if last is not None:
            about.setText(_("last {when}").format(when=since(last.at, date.today())))
        for item in (name, about):
            item.setToolTip(plain_tip(item.text()))

    def _connect(self) -> None:
        self.table.itemChanged.connect(self._ticked)
        self.which.activated.connect(lambda _index: self._follow())
        self.whose.activated.connect(lambda _index: self._follow())
        self.since.toggled.connect(lambda _on: self._follow())
        self.file.line.textEdited.connect(lambda _text: self._type())
        self.file.line.textChanged.connect(lambda _text: self._offer())
        self.table.share_width()

    @property
    def _name(self) -> str:
        # A colleague's file is called after them already.
        return self._store.name() if self._returning else self._session.name

    # What was chosen

    @property
    def recipients(self) -> tuple[Annotator, ...]:
        """Those who are ticked."""
        return tuple(person for row, person in enumerate(self._people) if self._is_ticked(row))

    def _is_ticked(self, row: int) -> bool:
        box = self.table.item(row, 0)
        return box is not None and box.checkState() == _CHECKED

    @property
    def layers(self) -> str:
        """Whose layers go: none, mine or all."""
        return str(self.whose.currentData())

    @property
    def parcels(self) -> list[Parcel]:
        """The packages that are to be made: one for each person where they tag blind, else one for all."""
        who, path = self.recipients, self._path
        if len(who) < 2 or self.layers == "all" or self._returning:
            return [self._parcel(path, who)]
        parcels: list[Parcel] = []
        taken: set[str] = set()
        for person in who:
            name = name_for(path.name.removesuffix(ENDING), (person,), "", taken=taken)
            taken.add(name)
            parcels.append(self._parcel(path.with_name(name), (person,)))
        return parcels

    def _parcel(self, path: Path, who: tuple[Annotator, ...]) -> Parcel:
        chosen = self._articles(who)
        since = self.since.isChecked() and self._last({one.id for one in who}, self.layers) is not None
        told = self.corrections.isEnabled() and self.corrections.isChecked() and (len(who) == 1 or self.layers == "all")
        return Parcel(path, who, None if chosen is None else tuple(chosen), self.layers, since, told)

    @property
    def _path(self) -> Path:
        path = self.file.path
        return path if not path.name or path.name.endswith(ENDING) else path.with_name(path.name + ENDING)

    def _articles(self, who: tuple[Annotator, ...]) -> list[str] | None:
        which = self.which.currentData()
        if which == LISTED:
            return self._listed
        if which == ASSIGNED:
            return packable.assigned_to(self._store, [one.id for one in who])
        return None

    def _last(self, who: set[str], layers: str = "") -> Sent | None:
        """Return the last package to just these people (ids), with these layers where they are given."""
        return next(
            (
                one for one in self._sent
                if {id for id, _name in one.recipients} == who and layers in ("", one.header.get("layers"))
            ),
            None,
        )  # fmt: skip

    # What is shown

    def _add_person(self) -> None:
        try:
            name = whoami.checked_name(self.somebody.text())
        except UserError as error:
            say(self._fault, str(error))
            return
        person = Annotator(ids.uuid7(), name)
        self.new.append(person)
        self._people.append(person)
        self._add_row(person, ticked=True)
        self.somebody.clear()
        self.table.selectRow(len(self._people) - 1)
        self.table.setFocus()
        self._follow()

    def _ticked(self, item: QTableWidgetItem) -> None:
        if item.column() == 0:
            self._follow()

    def _type(self) -> None:
        self._typed = True

    def _follow(self) -> None:
        who = self.recipients
        if not self._typed:
            shown = who if len(who) == 1 or self.layers == "all" or self._returning else ()
            name = name_for(self._name, shown, self._session.me.name, returning=self._returning)
            self.file.line.setText(str(self.file.path.with_name(name)))
        say(self.nobody, "" if who else _("Nobody is ticked: the package is for whoever gets it."))
        self.explained.setText(self._explained())
        lasts = [self._last({one.id for one in parcel.recipients}, self.layers) for parcel in self.parcels]
        last = next(filter(None, lasts), None)
        self.since.setEnabled(last is not None)
        when = _(" ({when})").format(when=to_the_minute(last.at)) if last is not None else ""
        self.since.setText(_("Only what is new since the last one{when}").format(when=when))
        self._follow_corrections(who)
        self._offer()

    def _follow_corrections(self, who: tuple[Annotator, ...]) -> None:
        """Offer to tell them what was decided, where something was and I am the one to tell it."""
        ids, count = [one.id for one in who], 0
        try:
            if ids and stored.tells(self._store, self._session.me.id):
                count = stored.decisions_about(self._store, ids, self._articles(who))
        except UserError:
            pass  # what cannot be read is told by what is asked for next
        self.corrections.setEnabled(count > 0)
        self.corrections.setVisible(count > 0)
        words = n_(
            "Corrections to their spans, out of {count:,} decision",
            "Corrections to their spans, out of {count:,} decisions",
            count,
        )  # fmt: skip
        self.corrections.setText(words.format(count=count))

    def _explained(self) -> str:
        if self.layers == "none":
            return _("Blind: nothing in the file tells what you or others tagged. Each gets a package of their own, "
                     "with their own work where it is here.")  # fmt: skip
        if self.layers == "mine":
            return _("What you tagged, and nothing of what others did.")
        return _("All that is known here, of everybody. Who gets it cannot tag these articles blind any more.")

    def _offer(self) -> None:
        parcels, fault = self.parcels, ""
        try:
            holds = self._told(parcels)
        except UserError as error:
            holds, fault = "", str(error)
        empty = all(one.articles is not None and not one.articles for one in parcels)
        if empty and not self._returning:
            holds = _("No article is assigned to them: there is nothing to send.")
        say(self._holds, holds)
        there = [one.path.name for one in parcels if one.path.name and one.path.is_file()]
        words = n_(
            "{names} is there already and will be replaced.",
            "{names} are there already and will be replaced.",
            len(there),
        )
        say(self._there, words.format(names=printable(", ".join(there[:3]))) if there else "")
        say(self._fault, fault)
        words = n_("Make the package", "Make {count:,} packages", len(parcels))
        self.take.setText(words.format(count=len(parcels)))
        self.take.setEnabled(bool(self.file.line.text().strip()) and not (empty and not self._returning))

    def _told(self, parcels: list[Parcel]) -> str:
        """Say what will be in it: articles, spans, whose."""
        if len(parcels) > 1:
            names = ", ".join(printable(one.path.name) for one in parcels[:3])
            more = "" if len(parcels) <= 3 else " …"
            words = n_("{count:,} package: {names}{more}", "{count:,} packages: {names}{more}", len(parcels))
            return words.format(count=len(parcels), names=names, more=more)
        (one,) = parcels
        number = self._store.article_count() if one.articles is None else len(one.articles)
        own = {person.id for person in one.recipients} if len(one.recipients) == 1 else set()
        owners = None if one.layers == "all" else own | ({self._session.me.id} if one.layers == "mine" else set())
        held = packable.spans(self._store, one.articles, owners)
        if one.since_last:
            return _("What is new of {articles} with {spans}.").format(articles=articles(number), spans=spans(held))
        if one.layers == "none" and held:
            words = _("{articles}, and of spans only their own: {spans}.")
        else:
            words = _("{articles} with {spans}.") if held else _("{articles} without spans.")
        return f"{words.format(articles=articles(number), spans=spans(held))} {self._answers(one)}".strip()

    def _answers(self, one: Parcel) -> str:
        """Say how many of my answers to corrections go along, "" for none."""
        count = stored.answers(self._store, self._session.me.id, one.articles) if one.layers != "none" else 0
        words = n_(
            "Your answer to {count:,} correction goes along.",
            "Your answers to {count:,} corrections go along.",
            count,
        )
        return words.format(count=count) if count else ""

    def accept(self) -> None:
        """Close, unless a file cannot be written: then that is said."""
        for parcel in self.parcels:
            if not may_be_written(self.file, parcel.path, Path(self._store.path), self._fault):
                return
        super().accept()
