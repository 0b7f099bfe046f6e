"""The registry: all entries to look through, what each says, and where it speaks in the project."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from annotator.domain import ids
from annotator.domain.change import Changed, Entry, Step
from annotator.domain.entryoffers import Offer
from annotator.domain.errors import UserError
from annotator.domain.register import Use
from annotator.editing import registry as editing
from annotator.i18n import _, n_
from annotator.storage import registry as stored
from annotator.ui.dialogs.modal import run
from annotator.ui.dialogs.parts import ReadTable, Sheet, button
from annotator.ui.listfield import ListField
from annotator.ui.look import Look
from annotator.ui.notices import Notice
from annotator.ui.registry.entries import Entries
from annotator.ui.registry.form import EntryForm
from annotator.ui.registry.merging import MergeDialog
from annotator.ui.registry.picker import OfferRow, Offers
from annotator.ui.session import Session
from annotator.ui.undoing import Undoing
from annotator.ui.widgets import caption, plain_tip

_FOUND = 1_000
"""Entries that are listed at most; of more than that one types a letter or two."""
_PLACES = 500
"""Places that are shown of one entry."""
_PAGE = 12
_REST = 120
"""Milliseconds on an entry until its quotes are read."""
_UNDO = QKeySequence.StandardKey.Undo


class _Search(ListField):
    """Return goes on to the entry."""

    def __init__(self, list: QListView, go_on: Callable[[], object]) -> None:
        super().__init__(list, _PAGE)
        self._go_on = go_on

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)


class _Places(ReadTable):
    """Return goes there."""

    def __init__(self, look: Look, go: Callable[[], object]) -> None:
        super().__init__([_("Words"), _("Says"), _("Article")], _("Speaks in"), look.px(30))
        self._go = go
        self.doubleClicked.connect(lambda _index: go())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        else:
            super().keyPressEvent(event)


class RegistryDialog(Sheet):
    """A list, a form, and places; `place` is where the user wants to go, once it was accepted."""

    def __init__(
        self, session: Session, entries: Entries, undoing: Undoing, look: Look, parent: QWidget, entry: str = ""
    ) -> None:
        super().__init__(_("Registry"), look, parent)
        self._session, self._entries, self._undoing = session, entries, undoing
        self._id, self._filling = "", False
        self._uses: list[Use] = []
        self.place: Use | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._show_quotes)
        self.words(_("People, organisations and outlets, and where each of them speaks. Changes are kept at once."))
        self.model = Offers(lambda offer: self._count(offer.entry) if offer.entry is not None else 0)
        self.list = self._list()
        self.search = _Search(self.list, lambda: self.form.name.setFocus(Qt.FocusReason.TabFocusReason))
        self.form = EntryForm(look, self._do)
        self.places = _Places(look, self._go)
        self._told = caption("", "second")
        self._told.setWordWrap(True)
        self._lay_out()
        self.notice = Notice(self)
        self._connect()
        self._editable = session.editable
        self.fit(1000, 680)
        self.places.set_widths(look.px(130), look.px(250))
        self._look_for("")
        self.show_entry(entry)
        self.search.setFocus()

    def _list(self) -> QListView:
        found = QListView()
        found.setModel(self.model)
        found.setItemDelegate(OfferRow(self.look, found, signs=False))
        found.setUniformItemSizes(True)
        found.setAccessibleName(_("Registry"))
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return found

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(_("Find by any name"))
        self.search.setAccessibleName(_("Find by any name"))
        left, right, row = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        right.setSpacing(8)
        right.addWidget(self.form)
        right.addWidget(self._told)
        right.addWidget(self.places, 100)
        right.addStretch(1)
        row.setSpacing(24)
        row.addLayout(left, 2)
        row.addLayout(right, 3)
        self.column.addLayout(row, 1)
        self.new = button(_("New"), self._begin)
        self.merge = button(_("Merge…"), self._merge)
        self.delete = button(_("Delete"), self._delete)
        self.go = button(_("Go there"), self._go)
        close = button(_("Close"), self.accept_nothing, "quiet")
        self.buttons(self.go, close, left=[self.new, self.merge, self.delete])
        for one in (self.new, self.merge, self.delete, self.go, close):
            one.setAutoDefault(False)  # Return belongs to the fields and the lists

    def _connect(self) -> None:
        self.search.textChanged.connect(self._look_for)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._choose())
        self.form.named.connect(self._add)
        self.places.itemSelectionChanged.connect(self._offer)
        self._session.changed.connect(self._follow)
        self._session.told.connect(self._say)
        self._entries.changed.connect(self._refresh)
        self.notice.undo_wanted.connect(self._undo)
        for keys, act in ((_UNDO, self._undo), (QKeySequence.StandardKey.Redo, self._undoing.redo)):
            QShortcut(keys, self).activated.connect(act)
        for field in (self.search, self.form.name, self.form.others, self.form.ids, self.form.note):
            field.installEventFilter(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Return presses the button that has the keyboard, and in a field none: it only keeps what was typed.
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(pressed := self.focusWidget(), QPushButton):
            pressed.click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A field in which nothing was typed has no use for Ctrl+Z, yet Qt's fields keep it to themselves.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.matches(_UNDO):
            document = watched.document() if isinstance(watched, QPlainTextEdit) else watched
            if isinstance(document, QLineEdit | QTextDocument) and not document.isUndoAvailable():
                event.ignore()
                return True
        return False

    # The list

    def _count(self, entry: Entry) -> int:
        return self._entries.used.get(entry.id, 0)

    def _look_for(self, typed: str, here: str = "") -> None:
        """Show who fits what is typed; chosen is the entry `here` (its id), else the best."""
        register = self._entries.register
        found = register.find(typed, _FOUND, self._entries.used) if typed.strip() else register.all(_FOUND)
        chosen = next((row for row, entry in enumerate(found) if entry.id == here), -1)
        if chosen < 0 and (entry := register.standing(here)) is not None:
            found.insert(0, entry)  # the one that was chosen stays in sight
        chosen = max(0, chosen)
        self._filling = True
        self.model.show_offers([Offer(entry, entry.name, entry.kind) for entry in found])
        if found:
            self.list.setCurrentIndex(self.model.index(chosen))
            self.list.scrollTo(self.model.index(chosen))
        self._filling = False
        self._choose()

    def show_entry(self, id: str) -> None:
        """Choose the entry that stands for this one (its id); where it is gone that is said."""
        if not id:
            return
        entry = self._entries.standing(id)
        if entry is None:
            self._say(_("This entry is gone from the registry. Undo may bring it back, or link the span anew."), False)
            return
        with QSignalBlocker(self.search):
            self.search.clear()
        self._look_for("", entry.id)

    def _choose(self) -> None:
        if self._filling:
            return
        row = self.list.currentIndex().row()
        entry = self.model.offers[row].entry if 0 <= row < len(self.model.offers) else None
        self._id = entry.id if entry is not None else ""
        self._show()

    def _refresh(self) -> None:
        """Show again what is shown, after a change."""
        if not self.form.beginning:
            self._look_for(self.search.text(), self._id)

    def _follow(self, changed: Changed) -> None:
        # Of entries `Entries` tells by itself, once it has read what they are now.
        if "entry" not in changed.kinds():
            self.model.count_anew()
            self._show()

    # The entry

    def _entry(self) -> Entry | None:
        return self._entries.register.entry(self._id) if self._id else None

    def _show(self) -> None:
        if self.form.beginning:
            return
        register = self._entries.register
        together = register.together(self._id) if self._id else []
        self.form.show_entry(together, self._editable)
        self._show_places()
        self._offer()

    def _show_places(self) -> None:
        store = self._session.store
        found = self._entries.places(self._id) if self._id else []
        try:
            titles = stored.titles(store, [use.article for use in found]) if store is not None and found else {}
        except UserError as error:
            self._say(str(error), False)
            titles = {}
        self._uses = [use for use in found if use.article in titles]
        self._uses.sort(key=lambda use: (*titles[use.article], use.at, use.holder))
        self.places.setRowCount(0)
        for use in self._uses[:_PLACES]:
            title = " ".join(titles[use.article][1].split())
            for item in self.places.add(use.words or _("the article"), "", title):
                item.setToolTip(plain_tip(item.text()))
        if self._uses:
            self.places.selectRow(0)
            self._rest.start()
        self._told.setText(self._where_said())
        self.places.setVisible(bool(self._uses))

    def _show_quotes(self) -> None:
        """Say what is said at the places, once the hand rests: who leafs through the entries waits for none."""
        store, session, shown = self._session.store, self._session, self._uses[:_PLACES]
        if store is None:
            return
        try:
            says = stored.quotes(store, session.visible, session.scheme, shown)
        except UserError as error:
            self._say(str(error), False)
            return
        for row, use in enumerate(shown):
            if (item := self.places.item(row, 1)) is not None:
                item.setText(says.get(use.span, ""))
                item.setToolTip(plain_tip(item.text()))

    def _where_said(self) -> str:
        if not self._id:
            if not len(self._entries.register):
                return _("The registry is empty. An entry is made when a source is linked (I), or here.")
            return _("Nobody is called so. “New” makes an entry of this name.")
        if not self._entries.complete:
            return _("Links are being counted…")
        places, articles = len(self._uses), len({use.article for use in self._uses})
        if not places:
            return _("No span is linked to it.")
        spans = n_("{count:,} place", "{count:,} places", places).format(count=places)
        return n_(
            "Speaks in {places}, in {count:,} article", "Speaks in {places}, in {count:,} articles", articles
        ).format(places=spans, count=articles)

    def _offer(self) -> None:
        there = bool(self._id)
        held = self.focusWidget()
        self.go.setEnabled(self.places.chosen_row >= 0 and not self.places.isHidden())
        self.new.setEnabled(self._editable)
        self.delete.setEnabled(there and self._editable)
        self.merge.setEnabled(there and self._editable and len(self._entries.register) > 1)
        if isinstance(held, QPushButton) and not held.isEnabled():
            self.search.setFocus()  # Qt would give it to the next button, which deletes

    # What is done

    def _do(self, make: Callable[[], Step]) -> bool:
        return self._session.do_made(make)

    def _say(self, words: str, undo: bool) -> None:
        self.notice.say(words, undo=undo)

    def _begin(self) -> None:
        self.form.keep()
        self.form.begin(self.search.text().strip() if not self.model.offers else "")

    def _add(self, name: str, kind: str) -> None:
        id = ids.uuid7()
        if self._do(lambda: editing.add(editing.new(id, kind, name))):
            self.show_entry(id)
            self.form.others.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._show()

    def _merge(self) -> None:
        self.form.keep()
        loser = self._entry()
        if loser is None:
            return
        dialog = MergeDialog(loser, self._entries, self._count, self.look, self)
        if not run(dialog) or (winner := dialog.winner) is None:
            return
        if self._do(lambda: editing.merge(loser, winner, self._entries.register.roots)):
            self.show_entry(winner.id)
            words = _("“{one}” is “{other}” now.").format(one=loser.name[:80], other=winner.name[:80])
            self._say(words, True)

    def _delete(self) -> None:
        self.form.keep()  # else it is kept of an entry that is gone by then, which is refused
        together = self._entries.register.together(self._id)
        if not together:
            return
        count, name = self._count(together[0]), together[0].name[:80]
        if not self._do(lambda: editing.delete(together)):
            return
        words = n_(
            "“{name}” is deleted. {count:,} link to it stays and says that it is gone.",
            "“{name}” is deleted. {count:,} links to it stay and say that it is gone.",
            count,
        )
        self._say((words if count else _("“{name}” is deleted.")).format(name=name, count=count), True)

    def _undo(self) -> None:
        self.notice.hide()
        self._undoing.undo()

    def _go(self) -> None:
        row = self.places.chosen_row
        if 0 <= row < len(self._uses):
            self.form.keep()
            self.place = self._uses[row]
            self.accept()

    def accept_nothing(self) -> None:
        """Close; what was typed is kept."""
        self.form.keep()
        self.reject()

    def done(self, result: int) -> None:
        self.form.keep()
        self._rest.stop()
        self._session.changed.disconnect(self._follow)
        self._session.told.disconnect(self._say)
        self._entries.changed.disconnect(self._refresh)
        super().done(result)
