"""The middle of the review page: headline, who stands above and who below the line, the text."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractSlider, QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.scheme import Scheme
from annotator.domain.sides import Ground
from annotator.domain.span import Span
from annotator.i18n import _, n_
from annotator.review.standing import Item
from annotator.ui.look import Look
from annotator.ui.review.desk import Desk
from annotator.ui.review.parts import InText, framed
from annotator.ui.review.text import ReviewText
from annotator.ui.text import accessibility
from annotator.ui.widgets import Elided, Lines, caption, plain_tip, rule

_REST_MS = 150
_NAMED = 6
"""More readings than these are told by number only."""
_NARROW = 480
"""A column so narrow has no room to say, beside the names, that agreed spans are pale."""


class ArticlePart(QWidget):
    """Shows the article of the difference that lies on the desk, the place of the difference in view."""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._look = desk, look
        self._article = ("", "")
        self._names: list[str] = []
        self._in_text = InText(len(desk.refs))
        self._ahead: tuple[str, Scheme, InText] | None = None
        """Of an article (its id) that comes next what its text shows, as it was when the hand rested."""
        self.resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self.resting.timeout.connect(self._read_ahead)
        self.view = ReviewText()
        self.view.set_theme(look.theme)
        self.view.set_labels({label.id: label for label in desk.session.scheme.labels})
        accessibility.attach(self.view)
        self.headline = Lines(look.serif(22, QFont.Weight.DemiBold), look.px(28), 2)
        self.above, self.below, self.pale = Elided("strong", middle=True), Elided("about"), caption("", "third")
        self.pale.setText(_("agreed spans are pale"))
        self._lay_out()
        look.changed.connect(self._tint)
        self.view.picked.connect(self._pick)
        self.view.viewport().installEventFilter(self)

    def _tint(self) -> None:
        self.view.set_theme(self._look.theme)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = QVBoxLayout()
        self._head.setSpacing(6)
        who = QHBoxLayout()
        who.setSpacing(20)
        who.addWidget(self.above)
        who.addWidget(self.below)
        who.addStretch(1)
        who.addWidget(self.pale)
        self._head.addWidget(self.headline)
        self._head.addLayout(who)
        self._head.addWidget(rule())
        column.addLayout(self._head)
        column.addWidget(self.view, 1)

    def refresh(self, item: Item | None, ground: Ground | None) -> None:
        """Show the difference in its article, or nothing."""
        if item is None or ground is None:
            self._article, self._ahead = ("", ""), None
            self.resting.stop()
            self.view.clear()
            self.headline.set_text("")
            return
        desk = self._desk
        items = desk.queue.of(ground.article.id)
        if self._article != (ground.article.id, ground.article.sha256):
            self._article = (ground.article.id, ground.article.sha256)
            self.headline.set_text(" ".join(ground.article.title.split()))
            self._in_text = self._begun(ground)
            self._in_text.follow(items, item.id, ground.scheme)
            self.view.show_readings(ground.text, self._in_text.spans.values(), self._in_text.whose)
        else:
            touched = self._in_text.follow(items, item.id, ground.scheme)
            self.view.follow(self._in_text.spans, touched)
        self._say_who()
        places = framed(item)
        self.view.frame(places)
        if places:
            self.view.come_to(places[0][0], places[-1][1])
        self.resting.start()

    @property
    def ahead(self) -> str:
        """The article (its id) that was looked at before it is shown, "" for none."""
        return self._ahead[0] if self._ahead is not None else ""

    def _read_ahead(self) -> None:
        """Look at the article of the next difference before it is shown: a key has no time for its hundreds."""
        desk = self._desk
        coming = desk.next_article()
        if coming in ("", self.ahead):
            return
        scheme, in_text = desk.session.scheme, InText(len(desk.refs))
        in_text.follow(desk.queue.of(coming), "", scheme)
        self._ahead = coming, scheme, in_text

    def _begun(self, ground: Ground) -> InText:
        """Return what was looked at of an article ahead; what was done since is followed like with any key."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[0] == ground.article.id and ahead[1] == ground.scheme:
            return ahead[2]
        return InText(len(self._desk.refs))

    def turn(self, by: int) -> None:
        """Read on (1) or back (-1), a screen of the text; the difference on the desk stays."""
        steps = QAbstractSlider.SliderAction
        self.view.verticalScrollBar().triggerAction(steps.SliderPageStepAdd if by > 0 else steps.SliderPageStepSub)

    def let_in(self, draft: Iterable[Span], instead_of: Item) -> None:
        """Show the spans of a draft in place of those of an item; `refresh` shows the item again."""
        others = [it for it in self._desk.queue.of(instead_of.difference.article) if it.id != instead_of.id]
        touched = self._in_text.follow(others, "", self._desk.session.scheme)
        drafted = {span.id: span for span in draft}
        self.view.follow({**self._in_text.spans, **drafted}, [*touched, *drafted.values()])
        self.view.frame(())

    def let_out(self, draft: Iterable[Span]) -> None:
        """Take the spans of a draft out of the text again."""
        self.view.follow(self._in_text.spans, draft)

    def _say_who(self) -> None:
        names = self._desk.names
        if names == self._names:
            return  # each of the labels would have the whole window laid out anew
        self._names = names
        self.above.set_text(_("{name} above the line").format(name=names[0]) if names else "")
        if len(names) == 2:
            self.below.set_text(_("{name} below it").format(name=names[1]))
        else:
            if len(names) > _NAMED:
                more = n_("{count:,} more below it, by number", "{count:,} more below it, by number", len(names) - 1)
                self.below.set_text(more.format(count=len(names) - 1))
                self.below.setToolTip(plain_tip("\n".join(f"{n} {name}" for n, name in enumerate(names, start=1))))
                return
            below = ", ".join(f"{number} {name}" for number, name in enumerate(names[1:], start=2))
            self.below.set_text(_("below it {names}").format(names=below))

    def _pick(self, span: str) -> None:
        for item in self._desk.queue.of(self._article[0]):
            if span in item.difference.ids or any(one.id == span for one in item.consensus):
                self._desk.go(item.id)
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            # The filter hears it before the view does: its column is right once the event is through.
            QTimer.singleShot(0, self, self._align)
        return False

    def _align(self) -> None:
        left, width = self.view.column()
        self.pale.setVisible(width > self._look.px(_NARROW))
        self._head.setContentsMargins(left, 16, max(0, self.width() - left - width), 4)
