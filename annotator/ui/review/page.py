"""The review over the whole window: the queue left, the article in the middle, what can be decided right."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annotator.i18n import _, n_
from annotator.review import decide as deciding
from annotator.review.decide import Verdict
from annotator.review.standing import DISCUSSED, SETTLED
from annotator.ui.bottom import BottomBar
from annotator.ui.look import Look
from annotator.ui.reports import saved
from annotator.ui.review.article import ArticlePart
from annotator.ui.review.decidepanel import DecidePanel
from annotator.ui.review.desk import Desk
from annotator.ui.review.keys import MOVES, KeysOf, meant
from annotator.ui.review.listing import Looked
from annotator.ui.review.owning import Owning
from annotator.ui.review.queuepanel import QueuePanel
from annotator.ui.review.words import spoken
from annotator.ui.text import accessibility, positions
from annotator.ui.widgets import caption

_LEFT, _RIGHT, _NARROW_LEFT, _NARROW_RIGHT, _NARROW = 296, 328, 240, 280, 1200


class ReviewPage(QFrame):
    """`left()` with Esc; `alike_wanted()`, `agree_wanted()`, `make_wanted()` for what opens a dialog of its own,
    `agreement_wanted()` for the page of figures, `guide_wanted(label)` for the guideline of a label (its id)."""

    left = Signal()
    alike_wanted = Signal()
    agree_wanted = Signal()
    make_wanted = Signal()
    agreement_wanted = Signal()
    export_wanted = Signal()
    send_wanted = Signal()
    guide_wanted = Signal(str)

    def __init__(self, desk: Desk, titles: dict[str, str], look: Look, keys_of: KeysOf) -> None:
        super().__init__()
        self.desk, self.titles, self._look = desk, titles, look
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # It fills itself: else the window under it would be painted with every key.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.queue = QueuePanel(desk, look)
        self.article = ArticlePart(desk, look)
        self.decide = DecidePanel(desk, look)
        self.owning = Owning(desk, self.article, look, keys_of, self)
        self.bottom = BottomBar(look)
        self._stops: list[QWidget] = []
        self._shown = ""
        self._finished = False
        """Whether the consensus is done, and what comes next is to bring it out."""
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        self._middle = QStackedWidget()
        self._middle.addWidget(self.article)
        self._middle.addWidget(self._made_empty())
        for part in (self.queue, self._middle, self.decide, self.bottom):
            part.setParent(self)

    def _place(self) -> None:
        """Give the parts their places. A layout would, for each number that changes, lay out the whole window anew."""
        px, width = self._look.px, self.width()
        low = self.height() - max(self.bottom.sizeHint().height(), self.bottom.minimumHeight())
        narrow = width < px(_NARROW)
        left, right = px(_NARROW_LEFT if narrow else _LEFT), px(_NARROW_RIGHT if narrow else _RIGHT)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for part, x, wide in (
            (self.queue, 0, left), (self._middle, left, width - left - right), (self.decide, width - right, right),
        ):  # fmt: skip
            part.setGeometry(width - x - wide if mirrored else x, 0, wide, low)
        self.bottom.setGeometry(0, low, width, self.height() - low)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def _made_empty(self) -> QWidget:
        empty = QWidget()
        empty.setObjectName("page")
        self.nothing = caption()
        self.nothing.setFont(self._look.serif(20, QFont.Weight.DemiBold))
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.finish = QPushButton("")
        self.finish.setProperty("role", "main")
        self.finish.setAutoDefault(True)
        self.finish.clicked.connect(self._finish)
        self.agreeing = QPushButton("")
        self.agreeing.setAutoDefault(True)
        self.agreeing.clicked.connect(self.agree_wanted)
        self.sending = QPushButton(_("Send a package…"))
        self.sending.setToolTip(_("Tells annotators what became of their spans"))
        self.sending.setAutoDefault(True)
        self.sending.clicked.connect(self.send_wanted)
        column = QVBoxLayout(empty)
        column.setContentsMargins(40, 40, 40, 40)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(self.nothing)
        # First what is done first: no consensus is whole before what agrees is taken over.
        column.addWidget(self.agreeing, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.finish, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sending, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return empty

    def _connect(self) -> None:
        self.desk.changed.connect(self.refresh)
        self.queue.agree_wanted.connect(self.agree_wanted)
        self.queue.make_wanted.connect(self.make_wanted)
        self.queue.agreement_wanted.connect(self.agreement_wanted)
        self.decide.own_wanted.connect(self.owning.begin)
        self.decide.alike_wanted.connect(self.alike_wanted)
        self.decide.guide_wanted.connect(self._to_guide)
        self.decide.left_field.connect(self.setFocus)
        self.owning.changed.connect(self._follow_owning)
        self._f6 = QShortcut(QKeySequence("F6"), self)
        self._f6.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._f6.activated.connect(self.change_parts)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), QColor(self._look.theme.page))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    # What is shown

    def refresh(self) -> None:
        """Show the desk as it is now."""
        if self.owning.active:
            if self.owning.place == self.desk.current:
                self.queue.refresh(self.desk.look(), self.titles)
                self._follow_owning()
            else:
                self.owning.leave()  # which tells it, and comes back here
            return
        desk, item = self.desk, self.desk.item
        looked = desk.look()
        place = looked.place(item)
        self.queue.refresh(looked, self.titles)
        turned = self._turned(1 if item is None else 0)
        if item is None:
            self._say_nothing(looked)
        self.article.refresh(item, desk.ground())
        self.decide.refresh(place[1] + 1 if place is not None else 0, looked.many)
        if desk.current != self._shown:
            self._shown = desk.current
            if item is not None:
                # Whoever hears the page and does not see it is told what stands there now.
                accessibility.announce(self.article.view, spoken(item, desk.session.scheme))
            self.decide.area.verticalScrollBar().setValue(0)
        self._hint()
        self._order_tabs()
        if turned:
            self.focus_first()

    def _follow_owning(self) -> None:
        if not self.owning.active:
            self.refresh()
            return
        self.decide.show_own(self.owning.offers())
        self._hint()

    def _turned(self, middle: int) -> bool:
        """Show another middle; return whether the keyboard is to be given anew, as who had it works on there."""
        if middle == self._middle.currentIndex():
            return False
        had = self.focusWidget()
        goes = had is not None and any(it.isAncestorOf(had) for it in (self._middle, self.decide))
        goes = goes or self.hasFocus()
        self._middle.setCurrentIndex(middle)
        return goes

    def _say_nothing(self, looked: Looked) -> None:
        desk = self.desk
        filtered = bool(desk.kinds or desk.label or desk.side >= 0)
        self._finished = not filtered and desk.list == "left" and desk.queue.finished
        if filtered or desk.list != "left":
            self.nothing.setText(_("No difference of this sort."))
            self.finish.setText(_("Show all that are left"))
        elif not desk.queue.articles:
            self.nothing.setText(_("No article has two of the chosen readings."))
            self.finish.setText("")
        else:
            words = _("No differences left. {settled:,} settled, {agreed:,} agreed.")
            if self._finished:
                words = _("The consensus is done. {settled:,} settled, {agreed:,} agreed.")
            self.nothing.setText(words.format(settled=looked.settled, agreed=looked.agreed))
            self.finish.setText(_("Export the consensus…") if self._finished else _("Make the consensus"))
        self.finish.setVisible(bool(self.finish.text()))
        agreed = desk.counts()["agreed"]
        offered = n_(
            "Take over the {count:,} on which all agree…", "Take over the {count:,} on which all agree…", agreed
        )
        self.agreeing.setText(offered.format(count=agreed))
        offer = agreed > 0 and desk.list == "left" and not filtered
        if not offer and self.focusWidget() is self.agreeing:
            self.finish.setFocus()
        self.agreeing.setVisible(offer)
        me = desk.session.me.id
        others = any(ref.kind == "annotator" and ref.owner != me for ref in desk.refs)
        self.sending.setVisible(self._finished and others and desk.session.editable)

    def _finish(self) -> None:
        desk = self.desk
        if desk.kinds or desk.label or desk.side >= 0 or desk.list != "left":
            desk.list = "left"
            desk.narrow(kinds=frozenset(), label="", side=-1)
            self.setFocus()
        elif self._finished:
            self.export_wanted.emit()
        else:
            self.make_wanted.emit()

    def _hint(self) -> None:
        desk, session = self.desk, self.desk.session
        self.bottom.set_who(_("{name}, reviewer").format(name=session.me.name))
        discussed = desk.counts()["discussed"]
        left = n_("{count:,} left for discussion", "{count:,} left for discussion", discussed)
        others = len(desk.queue.not_compared())
        if others:
            words = n_(
                "{count:,} article has readings of another text",
                "{count:,} articles have readings of another text",
                others,
            )
            told = words.format(count=others)
        else:
            told = left.format(count=discussed) if discussed else ""
        hidden = _("Names hidden; H shows them") if desk.names_hidden else ""
        self.bottom.set_count(" · ".join(filter(None, (hidden, told))))
        self.bottom.set_saved(saved(session))
        if self.owning.active:
            self.bottom.set_hint("Return", _("takes it as it is now; Esc leaves it"))
        elif not session.editable:
            self.bottom.set_hint("J", _("goes to the next; this project is open for reading only"))
        elif desk.item is None:
            self.bottom.set_hint("Esc", _("back to the text"))
        elif desk.item.status in (DISCUSSED, SETTLED):
            self.bottom.set_hint("Backspace", _("takes the decision back; a digit decides anew"))
        else:
            self.bottom.set_hint(self.decide.digits, _("take one, then on to the next"))

    def _order_tabs(self) -> None:
        stops = [*self.queue.stops(), self.article.view, *self.decide.stops()]
        if stops != self._stops:
            self._stops = stops
            for before, after in pairwise(stops):
                QWidget.setTabOrder(before, after)

    # What is pressed

    def focus_first(self) -> None:
        """Give the keyboard to what one works with."""
        if self.desk.item is None and not self.finish.isHidden():
            first = self.finish if self.agreeing.isHidden() else self.agreeing
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def change_parts(self) -> None:
        """Give the keyboard to the next of the parts: the queue, the text, the answers."""
        if self.owning.active:
            self.article.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        parts: list[QWidget] = [self.queue.list, self.article.view, self.decide.first]
        now = self.focusWidget()
        at = next((n for n, one in enumerate((self.queue, self.article, self.decide))
                   if now is not None and one.isAncestorOf(now)), -1)  # fmt: skip
        parts[(at + 1) % len(parts)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if held:
            super().keyPressEvent(event)
            return
        if self.owning.active:
            self.owning.key(event)
            return
        code, virtual = event.nativeScanCode(), event.nativeVirtualKey()
        text = positions.latin(event.text(), code, virtual)
        what = meant(Qt.Key(event.key()).name, text, positions.digit(code, virtual), len(self.desk.refs))
        if event.isAutoRepeat() and what not in MOVES:
            return  # a finger that rests decides nothing that nobody has seen
        if not self.do(what):
            super().keyPressEvent(event)

    def do(self, what: str) -> bool:
        """Do what a key means (`keys.meant`); False where it means nothing here."""
        desk = self.desk
        if what.startswith("take "):
            return desk.take(int(what[5:]))
        acts: dict[str, Callable[[], object]] = {
            "both": lambda: desk.decide(Verdict(deciding.BOTH)),
            "none": lambda: desk.decide(Verdict(deciding.NONE)),
            "discuss": lambda: desk.decide(Verdict(deciding.DISCUSS)),
            "own": self.owning.begin,
            "reason": self._to_reason,
            "alike": self.alike_wanted.emit,
            "next": lambda: desk.step(1),
            "previous": lambda: desk.step(-1),
            "back": desk.take_back,
            "names": desk.hide_names,
            "agreement": self.agreement_wanted.emit,
            "guide": self._to_guide,
            "leave": self._leave,
            "down": lambda: self.article.turn(1),
            "up": lambda: self.article.turn(-1),
        }
        if what not in acts:
            return False
        acts[what]()
        return True

    def _leave(self) -> None:
        if self.decide.reason.hasFocus():
            self.setFocus()
        else:
            self.left.emit()

    def _to_guide(self) -> None:
        if self.desk.item is not None and self.decide.label:
            self.guide_wanted.emit(self.decide.label)

    def _to_reason(self) -> None:
        if self.desk.item is not None:
            self.decide.area.ensureWidgetVisible(self.decide.reason)
            self.decide.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.decide.reason.selectAll()
