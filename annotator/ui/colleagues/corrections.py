"""Corrections: what a review made of my spans, to be accepted or contested by one key each."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.domain import clock, ids
from annotator.domain.article import Article
from annotator.domain.change import Changed, Decision, Step
from annotator.domain.corrections import KEPT, Correction
from annotator.domain.dates import to_the_minute
from annotator.domain.errors import UserError
from annotator.domain.layerref import LayerRef, of
from annotator.domain.sides import TAGGED, answers_in
from annotator.domain.text import printable
from annotator.editing import corrections as editing
from annotator.editing.corrections import Taken
from annotator.i18n import _, later
from annotator.storage import corrections as stored
from annotator.storage import review as reading
from annotator.storage.corrections import Told
from annotator.ui.colleagues import correctionwords as said
from annotator.ui.colleagues.keptrows import KeptRows
from annotator.ui.colleagues.part import Part
from annotator.ui.dialogs.modal import run
from annotator.ui.dialogs.parts import ReadTable, Sheet, button, scrolled
from annotator.ui.reports import titled
from annotator.ui.review.cards import Card
from annotator.ui.widgets import Segments, caption

if TYPE_CHECKING:
    from annotator.ui.colleagues.page import ColleaguesPage
    from annotator.ui.window import MainWindow

_MOST = 4
"""Cards of what one span became; more is told in words."""


class Corrections(Part):
    """Rows leave as they are answered, the next one stands in view; answered ones stand on a page of their own."""

    id, title = "corrections", later("Corrections")

    def __init__(self, window: MainWindow, page: ColleaguesPage) -> None:
        super().__init__(window, page)
        self._all: list[Told] = []
        self._shown: list[Told] = []
        self._articles: dict[str, Article] = {}
        self._text: tuple[str, str] = ("", "")
        self._pages = Segments([_("To look at"), _("Answered")])
        self._pages.chosen.connect(self._turn)
        self._answered = False
        top = QHBoxLayout()
        top.addWidget(self._pages)
        top.addStretch(1)
        self.everything = button(_("Accept all…"), self.accept_all)
        top.addWidget(self.everything)
        self.column.addLayout(top)
        self._about = self.words(
            _("What a review made of your spans. Accepting says that you agree and leaves your spans as they are; "
              "taking over also makes them so. Contested ones go back to the reviewer with your next package.")
        )  # fmt: skip
        self.table = self._table()
        self.column.addWidget(self.table, 3)
        self.empty = self.words(" ", "third")
        self.send = button(_("Send a package…"), page.send, "main")
        self.column.addWidget(self.send, 0, Qt.AlignmentFlag.AlignLeft)
        self._reason = self.words(" ", "strong")
        self._mine = self.words("", "second")
        self.column.addWidget(self._cards(), 2)
        self.why = QLineEdit()
        self.why.setPlaceholderText(_("Why you contest it; Return contests"))
        self.why.setAccessibleName(_("Why you contest it"))
        self.why.setMaxLength(2_000)
        self.why.returnPressed.connect(self.contest)
        back = QShortcut(QKeySequence("Esc"), self.why)
        back.setContext(Qt.ShortcutContext.WidgetShortcut)
        back.activated.connect(self.enter)  # and not out of the page, with what was typed
        self.take = button(_("A  Accept"), self.accept_)
        self.refuse = button(_("C  Contest"), self.contest_pressed)
        self.over = button(_("T  Take over"), self.take_over)
        self.over.setToolTip(_("Makes your span and its ties what was decided, and accepts it"))
        self.show_ = button(_("G  Go there"), self.go)
        row = QHBoxLayout()
        row.addWidget(self.why, 1)
        for one in (self.show_, self.over, self.refuse, self.take):
            one.setAutoDefault(False)
            row.addWidget(one)
        self.everything.setAutoDefault(False)
        self.column.addLayout(row)
        self.column.addStretch(0)
        self.table.itemSelectionChanged.connect(self._show)

    def _table(self) -> KeptRows:
        heads = (_("Article"), _("What it is about"), _("What became of it"), _("By"))
        table = KeptRows(heads, _("Corrections"), self.look.px(32), {
            Qt.Key.Key_A: self.accept_, Qt.Key.Key_Return: self.accept_, Qt.Key.Key_Enter: self.accept_,
            Qt.Key.Key_C: self.ask_why, Qt.Key.Key_T: self.take_over, Qt.Key.Key_G: self.go,
        })  # fmt: skip
        table.doubleClicked.connect(lambda _index: self.go())
        table.stretch(1)
        table.set_widths(*map(self.look.px, (130, 200, 170, 110)))
        return table

    def _cards(self) -> QWidget:
        self.had = self._card()
        self.became = [self._card() for _number in range(_MOST)]
        self.more = caption("", "second")
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for cards in ([self.had], [*self.became, self.more]):
            side = QVBoxLayout()
            side.setSpacing(8)
            for card in cards:
                side.addWidget(card)
            side.addStretch(1)
            row.addLayout(side, 1)
        self._room = scrolled(inside)
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._room.setMinimumHeight(self.look.px(104))
        return self._room

    def _card(self) -> Card:
        card = Card(self.look)
        # To be looked at: what is done with it is done by the keys below.
        card.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return card

    @staticmethod
    def waiting(window: MainWindow) -> int:
        return window.sheets.badge.count

    def enter(self) -> None:
        badge = self.window_.sheets.badge
        row = next((n for n, one in enumerate(self._shown) if one.correction.id == badge.gone_from), -1)
        badge.gone_from = ""
        if row >= 0:
            self.table.selectRow(row)
        first = self.table if self._shown else self.send if not self.send.isHidden() else self._pages.stops()[0]
        first.setFocus()

    def refresh(self) -> None:
        store = self.session.store
        if store is None:
            return
        try:
            self._all = stored.corrections(store, self.session.me.id)
            self._articles = store.articles([*{one.correction.article for one in self._all}])
            self._people = {id: person.name for id, person in store.annotators().items()}
        except UserError as error:
            self.page.say(str(error))
            return
        self._fill()

    def _turn(self, page: int) -> None:
        self._answered = page == 1
        self._fill()

    def follow(self, changed: Changed) -> None:
        """An answer of mine moves its row; what is tagged changes none; whatever else changed is read anew."""
        found = answers_in(changed.changes, TAGGED)
        if found is None:
            self.refresh()
            return
        answers = {
            str(one.value.data.get("decision", "")): one.after for one in found if isinstance(one.value, Decision)
        }
        self._all = [
            one._replace(answer=after if isinstance(after := answers[one.correction.decision], Decision) else None)
            if one.correction.decision in answers else one
            for one in self._all
        ]  # fmt: skip
        self._fill()

    def _fill(self) -> None:
        """Show what belongs on this page."""
        self._shown = [one for one in self._all if one.open is not self._answered]
        articles = ["", *(one.correction.article for one in self._shown)]
        # Only the first row of an article names it.
        firsts = [one != before for before, one in pairwise(articles)]
        version = self.session.scheme.version
        rows = [
            (one.correction.id, (self._answered, one, first, self._articles[one.correction.article], version))
            for one, first in zip(self._shown, firsts, strict=True)
        ]
        self.table.show_rows(rows, lambda number: self._cells(self._shown[number], firsts[number]))
        self._show_empty(self._answered)
        self._show()

    def _cells(self, one: Told, first: bool) -> tuple[str, ...]:
        it, scheme = one.correction, self.session.scheme
        title = titled(self._articles[it.article].title) if first else ""
        state = said.says(one) if self._answered else said.what_changed(it, scheme)
        return title, said.words_of(it, self._text_of(it), scheme), state, self._name(it)

    def _show_empty(self, answered: bool) -> None:
        there = bool(self._shown)
        waiting = sum(one.open for one in self._all)
        if answered:
            words = _("None is answered yet.")
        elif self._all:
            words = _("All are answered. What you said goes back with your next package.")
        else:
            words = _(
                "There are none. What a reviewer decides about your spans stands here when their package is merged."
            )
        self.empty.setText(words)
        self.empty.setVisible(not there)
        self.send.setVisible(not there and not answered and bool(self._all) and self.session.editable)
        for one in (self.table, self._room, self._about):
            one.setVisible(there)
        self._pages.setVisible(bool(self._all))
        self.everything.setVisible(there and not answered and waiting > 1)
        for widget in (self.why, self.show_, self.over, self.refuse, self.take):
            widget.setVisible(there)

    def _name(self, one: Correction) -> str:
        return self._people.get(one.by) or _("the reviewer")

    def _text_of(self, one: Correction) -> str | None:
        """Return the text its places are of, None where that is another by now."""
        article, store = self._articles[one.article], self.session.store
        if store is None or article.revision != one.revision:
            return None
        if self._text[0] != article.sha256:
            try:
                self._text = (article.sha256, store.text(article.sha256))
            except UserError:
                return None  # a text that is damaged was told when the project was opened
        return self._text[1]

    @property
    def chosen(self) -> Told | None:
        """The chosen correction."""
        row = self.table.chosen_row
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _show(self) -> None:
        one = self.chosen
        can = one is not None and self.session.editable
        for widget in (self.take, self.refuse, self.over, self.why):
            widget.setEnabled(can)
        self.show_.setEnabled(one is not None)
        for label in (self._reason, self._mine):
            label.setVisible(False)
        if one is None:
            return
        it, scheme, text = one.correction, self.session.scheme, self._text_of(one.correction)
        self.over.setEnabled(can and it.outcome != KEPT)
        name_of = self.window_.hand.registry.name_of
        self._reason.setText(self._decided(it))
        self._reason.setVisible(True)
        if one.says:
            reason = str(one.answer.data.get("reason", "")) if one.answer is not None else ""
            words = _("You: {says}").format(says=said.says(one))
            self._mine.setText(printable(f"{words} – {reason}" if reason else words))
            self._mine.setVisible(True)
        self.had.show_answer(said.had(it, text, scheme, name_of), scheme)
        cards = said.became(it, text, scheme, name_of)
        for number, card in enumerate(self.became):
            card.setVisible(number < len(cards))
            if number < len(cards):
                card.show_answer(cards[number], scheme)
        left = len(cards) - _MOST
        self.more.setText(_("And {count:,} more.").format(count=left) if left > 0 else "")

    def _decided(self, one: Correction) -> str:
        words = _("{name}, {when}: {what}").format(
            name=self._name(one), when=to_the_minute(one.at), what=said.outcome(one)
        )
        if one.reason:
            words = f"{words} – {one.reason}"
        if one.contested:
            words = _("{words} (decided anew after you contested it)").format(words=words)
        return printable(words)

    # What is done

    def _done(self, make: Callable[[Told], Step]) -> bool:
        """Do something with what is chosen; whether it was done."""
        one = self.chosen
        if one is None or not self.take.isEnabled() or not self.session.do_made(lambda: make(one)):
            return False
        self.why.clear()
        self.enter()
        return True

    def accept_(self) -> None:
        """Accept what is chosen."""
        me = self.session.me
        if self._done(lambda one: editing.accept(one.correction, one.answer, me, clock.now())):
            self.page.say(_("Accepted; what you tagged stays as it is."), True)

    def ask_why(self) -> None:
        """Go to the word on why; Return there contests."""
        if self.refuse.isEnabled():
            self.why.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def contest_pressed(self) -> None:
        """Contest with the word that is typed; without one, ask for it."""
        (self.contest if self.why.text().strip() else self.ask_why)()

    def contest(self) -> None:
        """Contest what is chosen, with the word that is typed."""
        me, reason = self.session.me, self.why.text().strip()
        if self._done(lambda one: editing.contest(one.correction, one.answer, me, reason, clock.now())):
            self.page.say(_("Contested; the reviewer hears of it with your next package."), True)

    def take_over(self) -> None:
        """Make of my span and its ties what was decided."""
        whole = True

        def make(one: Told) -> Step:
            nonlocal whole
            step, whole = self._taken(one)
            return step

        if self.over.isEnabled() and self._done(make):
            if whole:
                self.page.say(_("Taken over: your layer says what was decided."), True)
            else:
                self.page.say(
                    _("Taken over, but for a tie to words that you have not tagged so: take those over too."), True
                )

    def _taken(self, one: Told) -> Taken:
        store, session, it = self.session.store, self.session, one.correction
        assert store is not None  # there is something to choose
        article = self._articles[it.article]
        layer = store.value("layer", it.layer, it.article)
        ref = LayerRef("annotator", session.me.id) if layer is None else of(layer)
        (mine,) = reading.sides(store, it.article, [ref])
        others = [told.correction for told in self._all]
        return editing.take_over(
            it, one.answer, article, mine, session.scheme, session.me, clock.now(), ids.uuid7, others
        )

    def go(self) -> None:
        """Show the chosen one in the text."""
        one = self.chosen
        if one is not None:
            store = self.session.store
            self.window_.sheets.badge.gone_from = one.correction.id
            there = store is not None and one.correction.span and store.value("span", one.correction.span, "")
            self.page.go(one.correction.article, one.correction.span if there else "")

    def accept_all(self) -> None:
        """Accept all that are open, after a look at what that is."""
        waiting = [one for one in self._all if one.open]
        if not waiting or not self.session.editable or not run(_AcceptAll(self, waiting)):
            return
        me = self.session.me
        pairs = [(one.correction, one.answer) for one in waiting]
        if self.session.do_made(lambda: editing.accept_all(pairs, me, clock.now())):
            self.page.say(_("All accepted; what you tagged stays as it is."), True)
            self.enter()


class _AcceptAll(Sheet):
    """Says what would be accepted."""

    def __init__(self, part: Corrections, waiting: list[Told]) -> None:
        super().__init__(_("Accept all"), part.look, part)
        articles = len({one.correction.article for one in waiting})
        self.words(
            _("{corrections} in {articles} articles. One undo takes it back.").format(
                corrections=said.counted(len(waiting)), articles=f"{articles:,}"
            )
        )
        table = ReadTable((_("What became of it"), _("How many")), _("What would be accepted"), part.look.px(32))
        for row in said.summed(waiting):
            table.add(*row)
        table.share_width()
        self.column.addWidget(table, 1)
        self.buttons(button(_("Cancel"), self.reject, "quiet"), button(_("Accept all"), self.accept, "main"))
        self.fit(460, 320)
