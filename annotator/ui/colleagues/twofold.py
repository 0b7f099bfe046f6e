"""Changed on two machines: both values side by side; one key keeps this, takes the other, or keeps both."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from annotator.domain.article import VisibleLayers
from annotator.domain.change import Change, Step, Value
from annotator.domain.dates import to_the_minute
from annotator.domain.errors import UserError
from annotator.domain.grouping import kinds
from annotator.domain.span import Span
from annotator.domain.text import printable
from annotator.editing import forks as editing
from annotator.editing import ties
from annotator.i18n import _, later
from annotator.storage import forks, packable
from annotator.storage.forks import Twofold
from annotator.ui.colleagues import valuewords
from annotator.ui.colleagues.acting import ActingTable, on_return
from annotator.ui.colleagues.brought import Brought
from annotator.ui.colleagues.part import Part
from annotator.ui.dialogs.parts import button
from annotator.ui.reports import titled
from annotator.ui.widgets import caption, plain_tip

if TYPE_CHECKING:
    from annotator.ui.colleagues.page import ColleaguesPage
    from annotator.ui.window import MainWindow

Key = Qt.Key
_MOST = 500
"""Rows that are listed at once; what is settled makes room for the next."""


class TwoMachines(Part):
    """Rows leave as they are settled; undo brings them back."""

    id, title = "twofold", later("Changed on two machines")

    def __init__(self, window: MainWindow, page: ColleaguesPage) -> None:
        super().__init__(window, page)
        self._found: list[Twofold] = []
        self.words(
            _("One person changed the same thing on two machines, without the one knowing of the other. Nothing is "
              "lost: what stands now is at the left, the other at the right.")
        )  # fmt: skip
        # Digits settle the chosen row, Return goes to its place.
        acts = {
            Key.Key_1: self.keep, Key.Key_2: self.take_other, Key.Key_3: self.keep_both, **on_return(self.go),
        }  # fmt: skip
        heads = (_("What"), _("Words"), _("Whose"), _("Article"))
        self.table = ActingTable(heads, _("Changed on two machines"), self.look.px(32), acts)
        self.table.doubleClicked.connect(lambda _index: self.go())
        self.column.addWidget(self.table, 2)
        self.empty = self.words(_("There is nothing of that kind."), "third")
        self.cards = (Brought(self.look, _("What stands now")), Brought(self.look, _("The other")))
        self._heads = (caption("", "second"), caption("", "second"))
        both = QHBoxLayout()
        both.setSpacing(16)
        self._titles = (caption(_("What stands now"), "heading"), caption(_("The other"), "heading"))
        for title, head, card in zip(self._titles, self._heads, self.cards, strict=True):
            side = QVBoxLayout()
            side.setSpacing(4)
            head.setWordWrap(True)
            card.set_widths(self.look.px(90))
            for widget in (title, head):
                side.addWidget(widget)
            side.addWidget(card, 1)
            both.addLayout(side, 1)
        self.column.addLayout(both, 3)
        self.this = button(_("1  Keep this"), self.keep)
        self.other = button(_("2  Take the other"), self.take_other)
        self.both = button(_("3  Keep both"), self.keep_both)
        self.there = button(_("Go there"), self.go)
        row = QHBoxLayout()
        for one in (self.this, self.other, self.both):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self.there)
        for one in (self.this, self.other, self.both, self.there):
            one.setAutoDefault(False)
        self.column.addLayout(row)
        self.column.addStretch(0)
        self.table.itemSelectionChanged.connect(self._show)

    @staticmethod
    def waiting(window: MainWindow) -> int:
        store = window.session.store
        return packable.forks(store) if store is not None else 0

    def enter(self) -> None:
        (self.table if self._found else self.page.list).setFocus()

    def refresh(self) -> None:
        store = self.session.store
        if store is None:
            return
        row = max(0, self.table.chosen_row)
        try:
            self._found = forks.listed(store)[:_MOST]
            people = store.annotators()
            articles = store.articles(list({one.fork.article for one in self._found}))
        except UserError as error:
            self.page.say(str(error))
            return
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        for one in self._found:
            article = articles.get(one.fork.article)
            title = titled(article.title) if article is not None else ""
            who = people[one.other_by].name if one.other_by in people else ""
            words = (valuewords.kind_name(one.fork.kind), self._words_of(one), printable(who), printable(title))
            for item in self.table.add(*words):
                item.setToolTip(plain_tip(item.text()))
        self.table.set_widths(self.look.px(110), self.look.px(240), self.look.px(120))
        self.table.blockSignals(False)
        acts = (self.this, self.other, self.both, self.there)
        for widget in (self.table, *self.cards, *self._heads, *self._titles, *acts):
            widget.setVisible(bool(self._found))
        self.empty.setVisible(not self._found)
        self.table.selectRow(min(row, len(self._found) - 1))
        self._show()

    def _words_of(self, one: Twofold) -> str:
        said = self._rows(one, one.stands) if one.stands is not None else self._rows(one, one.other)
        return next((words for name, words in said if name == _("Words")), said[0][1] if said else "")

    def _rows(self, one: Twofold, value: Value | None) -> list[valuewords.Pair]:
        store = self.session.store
        assert store is not None  # it was read from there
        article = store.article(one.fork.article)
        text = store.text(article.sha256) if article is not None else ""
        there = {span.id: span for span in store.spans(one.fork.article, VisibleLayers.ALL)}

        def words(span: str) -> str:
            found = there.get(span)
            return " ".join(text[start:end] for start, end in found.fragments) if found is not None else _("gone")

        return valuewords.rows_of(value, self.session.scheme, text, words)

    @property
    def chosen(self) -> Twofold | None:
        """The chosen row."""
        row = self.table.chosen_row
        return self._found[row] if 0 <= row < len(self._found) else None

    def _show(self) -> None:
        one = self.chosen
        can = one is not None and self.session.editable
        for widget in (self.this, self.other):
            widget.setEnabled(can)
        self.both.setEnabled(can and one is not None and editing.can_be_both(one))
        self.there.setEnabled(one is not None)
        if one is None:
            return
        rows = [self._rows(one, value) for value in (one.stands, one.other)]
        unlike = valuewords.differing(*rows)
        made = ((one.at, one.device), (one.other_at, one.other_device))
        for card, head, said, (at, device) in zip(self.cards, self._heads, rows, made, strict=True):
            card.show_rows(said)
            here = _("on this computer") if device == self.session.identity.device else _("on another computer")
            head.setText(f"{to_the_minute(at)}, {here}" if at else "")
            for row in range(card.rowCount()):
                self._mark(card, row, said[row][0] in unlike)

    def _mark(self, card: Brought, row: int, unlike: bool) -> None:
        for column in (0, 1):
            item = card.item(row, column)
            if item is not None:
                font = QFont(item.font())
                font.setBold(unlike)
                item.setFont(font)
                item.setForeground(QColor(self.look.theme.text if unlike else self.look.theme.text3))

    # What is done

    def keep(self) -> None:
        """Keep what stands."""
        me, one = self.session.me, self.chosen
        if one is not None and self.this.isEnabled():
            self._settle(lambda: editing.keep(one, me), _("Kept as it stands."))

    def take_other(self) -> None:
        """Put the other in its place."""
        me, one = self.session.me, self.chosen
        if one is not None and self.other.isEnabled():
            self._settle(lambda: editing.take_other(one, me, hanging=self._hanging(one)), _("The other was taken."))

    def keep_both(self) -> None:
        """Let both stand."""
        me, one = self.session.me, self.chosen
        if one is not None and self.both.isEnabled():
            self._settle(lambda: editing.keep_both(one, me), _("Both are kept."))
        elif one is not None:
            self.page.say(_("Both cannot be kept here: keep one of them."))

    def _settle(self, make: Callable[[], Step], words: str) -> None:
        if self.session.do_made(make):
            self.page.say(words, True)
            self.enter()

    def _hanging(self, one: Twofold) -> tuple[Change, ...]:
        store = self.session.store
        if store is None or not isinstance(one.stands, Span):
            return ()
        groups = store.groups(one.fork.article, VisibleLayers.ALL)
        relations = store.relations_at(one.stands.id)
        return ties.hanging(one.stands.id, groups, relations, kinds(self.session.scheme))

    def go(self) -> None:
        """Close, and go to its place."""
        one = self.chosen
        if one is not None:
            span = one.stands.id if isinstance(one.stands, Span) else ""
            self.page.go(one.fork.article, span)
