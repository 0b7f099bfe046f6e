"""The left of the review page: how many are left, by kind; filters; the queue; what is settled, folded away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.i18n import _, n_
from annotator.review.differences import AGREED, KINDS
from annotator.ui.fields import DropDown
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.review.chips import Chips
from annotator.ui.review.desk import Desk
from annotator.ui.review.listing import Looked
from annotator.ui.review.queuelist import QueueList
from annotator.ui.widgets import caption, rule


class QueuePanel(QFrame):
    """`agree_wanted()`, `make_wanted()`, `agreement_wanted()` from the buttons below the queue."""

    agree_wanted = Signal()
    make_wanted = Signal()
    agreement_wanted = Signal()

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self._desk, self._look, self._folded = desk, look, ""
        self.setObjectName("leftPanel")
        self.number, self.words, self.progress_words = caption(), caption("", "strong"), caption("", "second")
        self.progress_words.setWordWrap(True)
        font = QFont(look.sans(28, QFont.Weight.DemiBold))
        font.setFeature(QFont.Tag("tnum"), 1)
        self.number.setFont(font)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.chips = Chips(look)
        self.chips.chosen.connect(lambda kinds: desk.narrow(kinds=kinds))
        self.label, self.side = DropDown(look), DropDown(look)
        self.list = QueueList(look)
        self.list.begun = desk.begun
        self.list.picked.connect(desk.go)
        self.discussed, self.settled = self._fold("discussed"), self._fold("settled")
        self.agree, self.make = QPushButton(_("Take over what agrees…")), QPushButton(_("Make the consensus…"))
        self.figures = QPushButton(_("Figures…"))
        self.figures.setToolTip(_("How well do they agree?"))
        self.figures.setAccessibleName(self.figures.toolTip())
        for button, wanted in (
            (self.agree, self.agree_wanted), (self.make, self.make_wanted), (self.figures, self.agreement_wanted)
        ):  # fmt: skip
            button.setProperty("role", "link")
            button.setAutoDefault(True)
            # A click leaves the keyboard where it is: the arrows go on through the queue, not from button to button.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(wanted)
        self._lay_out()
        self._fill_filters()
        self.label.activated.connect(lambda _n: desk.narrow(label=str(self.label.currentData())))
        self.side.activated.connect(lambda _n: desk.narrow(side=int(self.side.currentData())))
        look.changed.connect(self._tint)
        self._tint()

    def _fold(self, which: str) -> QPushButton:
        button = QPushButton()
        button.setProperty("role", "fold")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda on: self._desk.show_list(which if on else "left"))
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 12)
        head.setSpacing(10)
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(12)
        words.setSpacing(0)
        words.addWidget(self.words)
        words.addWidget(self.progress_words)
        row.addWidget(self.number)
        row.addLayout(words, 1)
        head.addLayout(row)
        head.addWidget(self.bar)
        head.addWidget(self.chips)
        filters = QHBoxLayout()
        filters.setSpacing(8)
        for box in (self.label, self.side):
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            filters.addWidget(box, 1)
        head.addLayout(filters)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.list, 1)
        column.addWidget(rule())
        below = QVBoxLayout()
        below.setContentsMargins(8, 6, 8, 8)
        below.setSpacing(2)
        folds = QHBoxLayout()
        folds.setSpacing(0)  # in the narrow window both have just enough room
        folds.addWidget(self.settled)
        folds.addStretch(1)
        folds.addWidget(self.discussed)
        below.addLayout(folds)
        below.addWidget(self.agree, 0, Qt.AlignmentFlag.AlignLeft)
        last = QHBoxLayout()
        last.setSpacing(0)
        last.addWidget(self.make)
        last.addStretch(1)
        last.addWidget(self.figures)
        below.addLayout(last)
        column.addLayout(below)

    def _fill_filters(self) -> None:
        scheme, queue = self._desk.session.scheme, self._desk.queue
        self.label.addItem(_("All labels"), "")
        for label in scheme.labels:
            self.label.addItem(label.name, label.id)
        known = {label.id for label in scheme.labels}
        used = {label for article in queue.articles for item in queue.of(article) for label in item.difference.labels}
        for id in sorted(used - known):
            self.label.addItem(id, id)  # spans that came with a file may have labels of their own
        self.label.setAccessibleName(_("Only differences with this label"))
        self.side.setAccessibleName(_("Only where this person stands alone"))
        self.side.setToolTip(_("Only where this person stands alone"))

    def refresh(self, looked: Looked, titles: dict[str, str]) -> None:
        """Show the desk as it was `looked` at; `titles` are those of the articles by id."""
        desk = self._desk
        left, settled, agreed = desk.queue.left, looked.settled, looked.agreed
        discussed = desk.counts()["discussed"]
        self.number.setText(f"{left:,}")
        self.words.setText(n_("difference left", "differences left", left))
        words = n_(
            "{settled:,} of {all:,} settled, {agreed:,} span agreed",
            "{settled:,} of {all:,} settled, {agreed:,} spans agreed",
            agreed,
        )
        told = [words.format(settled=settled, all=settled + left + discussed, agreed=agreed), *self._besides()]
        self.progress_words.setText("\n".join(told))
        whole = max(settled + left + discussed, 1)
        if (whole, settled) != (self.bar.maximum(), self.bar.value()):
            # Else it would paint itself at once, and with it all that was changed so far; the rest once more.
            self.bar.setUpdatesEnabled(False)
            self.bar.setRange(0, whole)
            self.bar.setValue(settled)
            self.bar.setUpdatesEnabled(True)
        self.bar.setAccessibleName(self.words.text())
        self.chips.show_counts({kind: looked.kinds.get(kind, 0) for kind in (*KINDS, AGREED)}, desk.kinds)
        self._say_sides()
        self.list.show_list(looked, titles, desk.item, desk.session.scheme, desk.names, desk.refs)
        self.settled.setText(n_("{count:,} settled", "{count:,} settled", settled).format(count=settled))
        self.discussed.setText(n_("{count:,} to discuss", "{count:,} to discuss", discussed).format(count=discussed))
        self.discussed.setVisible(discussed > 0 or desk.list == "discussed")
        if desk.list != self._folded:
            self._folded = desk.list
            self.settled.setChecked(desk.list == "settled")
            self.discussed.setChecked(desk.list == "discussed")
            self._tint()

    def _besides(self) -> list[str]:
        """Return what else is to be looked at: what was decided without a reading, and what is done no more."""
        unheard, reopened = self._desk.queue.unheard, len(self._desk.queue.reopened)
        without = n_(
            "{count:,} settled without a reading that says something else.",
            "{count:,} settled without a reading that says something else.",
            unheard,
        )
        again = n_(
            "The consensus of {count:,} article is marked done, but something is left there.",
            "The consensus of {count:,} articles is marked done, but something is left there.",
            reopened,
        )
        return [words.format(count=count) for words, count in ((without, unheard), (again, reopened)) if count]

    def _say_sides(self) -> None:
        names = [_("Everybody"), *(_("{name} alone").format(name=name) for name in self._desk.names)]
        if names != [self.side.itemText(number) for number in range(self.side.count())]:
            self.side.clear()
            for number, name in enumerate(names):
                self.side.addItem(name, number - 1)
        self.side.setVisible(len(names) > 3)
        self.side.setCurrentIndex(self._desk.side + 1)
        label = self._desk.label
        if label and self.label.findData(label) < 0:
            # Who comes from a figure of two labels, or of one that the scheme lacks, sees it here and can take it off.
            called = map(self._desk.session.scheme.name_of, label.split("\n"))
            self.label.addItem(" / ".join(called), label)
        self.label.setCurrentIndex(max(self.label.findData(label), 0))

    def stops(self) -> list[QWidget]:
        """Return what Tab goes through here."""
        return [*self.chips.stops(), self.label, self.side, self.list, self.settled, self.discussed, self.agree,
                self.make, self.figures]  # fmt: skip

    def _tint(self) -> None:
        for button in (self.settled, self.discussed):
            drawn = "chevron-down" if button.isChecked() else "chevron-right"
            button.setIcon(icon(drawn, self._look.theme.text2))
