"""The right of the review page: what the sides say as cards, the other answers, the reason, what helps to decide."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.guideline import guideline
from annotator.domain.sides import Ground
from annotator.i18n import _, n_
from annotator.review import decide as deciding
from annotator.review.decide import Verdict
from annotator.review.standing import DISCUSSED, LEFT, OUTDATED, SETTLED, STATUSES, Item
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.review import outdated, words
from annotator.ui.review.cards import AnswerRow, Card, Said
from annotator.ui.review.desk import Desk
from annotator.ui.review.parts import Answer, answers, both_key, filled, precedent, runs, word_count
from annotator.ui.widgets import Lines, caption, rule

_NAMES = 3
_AT_ONCE = 60
"""So many like cases are looked through with each key; more would be felt."""
_REST_MS = 150


class DecidePanel(QFrame):
    """`own_wanted()` to set it oneself, `alike_wanted()` for the same of all alike, `guide_wanted()` for all rules."""

    own_wanted = Signal()
    alike_wanted = Signal()
    guide_wanted = Signal()
    left_field = Signal()

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self._desk, self._look = desk, look
        self.setObjectName("rightPanel")
        self._cards: list[Card] = []
        self._answers: list[Answer] = []
        self._signs: dict[str, QLabel] = {}
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._say_like_now)
        self._ruled: tuple[int, tuple[str, ...]] = (-1, ())
        """Of which version of the scheme and which labels the rule is that stands there."""
        self.label = ""
        """The label (id) whose rule that is, "" for none."""
        self._made()
        self._lay_out()
        look.changed.connect(self._tint)
        self._tint()

    def _made(self) -> None:
        desk, look = self._desk, self._look
        self.heading, self.place = caption(), caption("", "second")
        self.heading.setFont(look.sans(16, QFont.Weight.DemiBold))
        self.back, self.on = QToolButton(), QToolButton()
        for button, name, by in ((self.back, _("The one before  K"), -1), (self.on, _("The next  J"), 1)):
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.setIconSize(QSize(16, 16))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, by=by: desk.step(by))
        self.about = caption("", "second")
        self.about.setWordWrap(True)
        self.decision = caption("", "about")
        self.decision.setWordWrap(True)
        self.both = AnswerRow("3", _("Both are right"), look)
        self.none = AnswerRow("0", _("Nothing belongs here"), look)
        self.own = AnswerRow("E", _("Set it myself"), look)
        self.discuss = AnswerRow("D", _("Leave for discussion"), look)
        self.undo = AnswerRow("⌫", _("Take the decision back"), look)
        for row in (self.both, self.none, self.own, self.discuss, self.undo):
            row.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.both.clicked.connect(lambda: desk.decide(Verdict(deciding.BOTH)))
        self.none.clicked.connect(lambda: desk.decide(Verdict(deciding.NONE)))
        self.own.clicked.connect(self.own_wanted)
        self.discuss.clicked.connect(lambda: desk.decide(Verdict(deciding.DISCUSS)))
        self.undo.clicked.connect(desk.take_back)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Reason for annotators  N"))
        self.reason.setAccessibleName(_("Reason, for the annotators to read"))
        self.reason.returnPressed.connect(self.left_field)
        self.reason.textEdited.connect(desk.type_reason)
        self.reason.editingFinished.connect(self._end_reason)
        self._of = ""
        """The difference whose reason stands in the field."""
        self._note = self.reason.addAction(icon("note", look.theme.text2), QLineEdit.ActionPosition.LeadingPosition)
        self.rule = Lines(look.sans(13, QFont.Weight.DemiBold), look.px(20), 2)
        self.good, self.bad = Lines(look.serif(14), look.px(22), 2), Lines(look.serif(14), look.px(22), 2)
        self.guide = QPushButton(_("All rules  G"))
        self.guide.setProperty("role", "link")
        self.guide.setAutoDefault(True)
        self.guide.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.guide.clicked.connect(self.guide_wanted)
        self.like = caption("", "second")
        self.like.setWordWrap(True)
        self.alike = QPushButton()
        self.alike.setProperty("role", "link")
        self.alike.setAutoDefault(True)
        self.alike.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.alike.clicked.connect(self.alike_wanted)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        inside = QWidget()
        inside.setObjectName("decideInside")
        self._column = column = QVBoxLayout(inside)
        column.setContentsMargins(15, 12, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.heading, 1)
        head.addWidget(self.back)
        head.addWidget(self.place)
        head.addWidget(self.on)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.decision)
        self._column_of_cards = QVBoxLayout()
        self._column_of_cards.setSpacing(8)
        column.addLayout(self._column_of_cards)
        others = QVBoxLayout()
        others.setSpacing(0)
        for row in (self.both, self.none, self.own, self.discuss, self.undo):
            others.addWidget(row)
        column.addLayout(others)
        column.addWidget(self.reason)
        self._line = rule()
        column.addWidget(self._line)
        column.addLayout(self._with_sign("book", self.rule))
        column.addLayout(self._with_sign("check", self.good))
        column.addLayout(self._with_sign("close", self.bad))
        column.addWidget(self.guide, 0, Qt.AlignmentFlag.AlignLeft)
        self._box = QFrame()
        self._box.setObjectName("likeCases")
        box = QVBoxLayout(self._box)
        box.setContentsMargins(8, 6, 8, 6)
        box.setSpacing(2)
        box.addWidget(self.like)
        box.addWidget(self.alike, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._box)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setObjectName("decideArea")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        whole.addWidget(self.area, 1)

    def _with_sign(self, name: str, words: QWidget) -> QHBoxLayout:
        self._signs[name] = sign = caption()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        return row

    def _tint(self) -> None:
        theme = self._look.theme
        self.back.setIcon(icon("chevron-left", theme.text2))
        self.on.setIcon(icon("chevron-right", theme.text2))
        self._note.setIcon(icon("note", theme.text2))
        colours = {"book": theme.text2, "check": theme.accent, "close": theme.error}
        for name, sign in self._signs.items():
            sign.setPixmap(icon(name, colours[name]).pixmap(QSize(16, 16)))

    # What is shown

    def refresh(self, place: int, count: int) -> None:
        """Show the difference on the desk, the `place`th (from 1) of so many."""
        item, ground = self._desk.item, self._desk.ground()
        self.area.setVisible(item is not None)
        if item is None or ground is None:
            return
        one = item.difference
        self._answering(True)
        self.heading.setText(words.kind_name(one.kind))
        self.place.setText(_("{place:,} of {count:,}").format(place=place, count=count) if place else "")
        self.about.setText(words.about(item))
        self._say_decision(item, ground)
        self._show_cards(item, ground)
        self._show_others(item)
        self._show_reason(item)
        self._show_rule(item)
        self._show_like(item)
        self._settle()

    def _settle(self) -> None:
        """Lay out now: else it would be painted as these cards do not stand yet, and a moment later once more."""
        port = self.area.viewport()
        for _turn in range(2):
            width = port.width()
            self._column.activate()
            QCoreApplication.sendEvent(port, QEvent(QEvent.Type.LayoutRequest))
            if port.width() == width:
                return  # else a scroll bar came or went, and all is broken anew

    def show_own(self, offers: str) -> None:
        """Say that the place is being set by hand, and what the digits offer; the answers wait meanwhile."""
        self.about.setText("\n".join(filter(None, (words.yours(), offers))))
        self._answering(False)

    def _answering(self, on: bool) -> None:
        for part in (*self._cards, self.both, self.none, self.own, self.discuss, self.undo, self.alike):
            part.setEnabled(on)

    def _say_decision(self, item: Item, ground: Ground) -> None:
        said = ""
        if item.decision is not None:
            said = _("Decided: {what}").format(what=words.decided(item, self._desk.names, self._desk.refs))
            if reason := words.reason_of(item):
                said = f"{said} – {reason}"
        for contest in item.contests:
            reason, name = str(contest.data.get("reason", "")), self._desk.named(str(contest.data.get("by", "")))
            words_ = _("{name} contests it: {reason}") if name else _("Contested: {reason}")
            said = f"{said}\n{words_.format(name=name, reason=reason)}"
        if item.status == OUTDATED:
            said = "\n".join((said, *outdated.why(self._desk, item, ground)))
        self.decision.setText(said)
        self.decision.setVisible(bool(said))

    def _show_cards(self, item: Item, ground: Ground) -> None:
        found = answers(item.difference) if item.difference.ids or item.difference.field else []
        while len(self._cards) < len(found):
            card = Card(self._look)
            # A click leaves the keyboard where it is: the next difference has no answer with a ring round it.
            card.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            card.clicked.connect(partial(self._take, len(self._cards)))
            self._cards.append(card)
            self._column_of_cards.addWidget(card)
        self._answers = found
        for number, card in enumerate(self._cards):
            card.setVisible(number < len(found))
            if number < len(found):
                card.show_answer(self._said(item, found[number], ground), ground.scheme)

    def _said(self, item: Item, answer: Answer, ground: Ground) -> Said:
        names, span = [self._desk.name(side) for side in answer.sides], answer.span
        everybody = ", ".join(names)
        who = everybody if len(names) <= _NAMES else words.and_more(names[0], len(names) - 1)
        if span is None:
            value = words.field_value(answer.value, item.difference.field, ground.scheme, self._desk.name_of)
            return Said(answer.key, who, empty=value, everybody=everybody)
        attributes = words.described(span, ground.scheme, self._desk.name_of)
        ties = words.links(span, ground.sides[answer.sides[0]], ground.text, ground.scheme)
        lacking = {"attribute": _("nothing said"), "link": _("no links")}.get(item.difference.kind, "")
        return Said(
            answer.key, who, words.words_counted(word_count(ground.text, span.fragments)),
            tuple(runs(ground.text, span.fragments, filled(item.difference, answer))), span.label,
            "; ".join(filter(None, (attributes, ties))) or lacking, bool(lacking), everybody=everybody,
        )  # fmt: skip

    def _take(self, number: int, _checked: bool = False) -> None:
        if number < len(self._answers):
            self._desk.answer(self._answers[number])

    def _show_others(self, item: Item) -> None:
        one = item.difference
        several = len([answer for answer in self._answers if not answer.empty]) > 1
        self.both.setVisible(several and not one.field)
        two = len(self._desk.refs) <= 2
        self.both.say(both_key(len(self._desk.refs)), _("Both are right") if two else _("All of them are right"))
        gone = not one.ids and not one.field
        begun = _("begun") if item.id in self._desk.begun.drafts else ""
        self.own.say("E", _("Keep it as it is") if gone else _("Set it myself"), begun)
        discussed = self._desk.counts()[DISCUSSED]
        so_far = _("{count:,} so far").format(count=discussed) if discussed else ""
        self.discuss.say("D", _("Leave for discussion"), so_far)
        self.undo.setVisible(item.status in (SETTLED, DISCUSSED))

    def _end_reason(self) -> None:
        if self._of == self._desk.current:
            self._desk.say_reason(self.reason.text())

    def _show_reason(self, item: Item) -> None:
        said = self._desk.reason
        if item.status not in LEFT:
            said = said or words.reason_of(item)
        # While one types in it, it is left alone; but what was typed is of this difference only.
        if (item.id != self._of or not self.reason.hasFocus()) and self.reason.text() != said:
            self.reason.setText(said)
        self._of = item.id
        self.reason.setReadOnly(not self._desk.session.editable)

    def _show_rule(self, item: Item) -> None:
        scheme = self._desk.session.scheme
        if self._ruled == (scheme.version, item.difference.labels):
            return
        self._ruled = (scheme.version, item.difference.labels)
        pages = [guideline(scheme, label) for id in item.difference.labels if (label := scheme.label(id)) is not None]
        page = next((one for one in pages if one.rules), next((one for one in pages if not one.is_bare), None))
        self.label = page.label.id if page is not None else ""
        rule, good, bad = "", "", ""
        if page is not None and page.rules:
            rule, good, bad = page.rules[0]
        elif page is not None:
            rule = page.definition or page.use_when or page.label.name
            good, bad = next(iter(page.good), ""), next(iter(page.bad), "")
        for sign, lines, said in (("book", self.rule, rule), ("check", self.good, good), ("close", self.bad, bad)):
            lines.set_text(said)
            lines.setVisible(bool(said))
            self._signs[sign].setVisible(bool(said))
        self._line.setVisible(bool(rule or good or bad))
        self.guide.setVisible(bool(self.label))

    def _show_like(self, item: Item) -> None:
        """Say what was decided in like cases; of very many only when the hand rests."""
        self._resting.stop()
        if self._desk.queue.count_alike(item.id) > _AT_ONCE:
            self._box.setVisible(False)
            self._resting.start()
        else:
            self._say_like(item)

    def _say_like_now(self) -> None:
        item = self._desk.item
        if item is not None:
            self._say_like(item)

    def _say_like(self, item: Item) -> None:
        like = [one for one in self._desk.queue.alike(item.id, STATUSES) if one.id != item.id]
        found = precedent(like, self._desk.refs)
        left = sum(one.status in LEFT for one in like)
        self.like.setText(words.precedent_words(found, self._desk.names) if found is not None else "")
        self.like.setVisible(found is not None)
        more = n_("See the one still open like this  S", "See the {count:,} still open like this  S", left)
        self.alike.setText(more.format(count=left))
        self.alike.setVisible(left > 0)
        self._box.setVisible(left > 0 or found is not None)

    def stops(self) -> list[QWidget]:
        """Return what Tab goes through here."""
        return [self.back, self.on, *self._cards, self.both, self.none, self.own, self.discuss, self.undo, self.reason,
                self.guide, self.alike]  # fmt: skip

    @property
    def digits(self) -> str:
        """The keys of the first two answers, or what there is of them, as one sequence."""
        return "+".join(answer.key for answer in self._answers[:2]) or "0"

    @property
    def first(self) -> QWidget:
        """What gets the keyboard when one comes here: the first answer."""
        return self._cards[0] if self._cards and not self._cards[0].isHidden() else self.none
