"""The start page: left what can be begun, right the projects one was in, with what to go on with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from annotator import assets, paths, recent
from annotator.domain.dates import since
from annotator.domain.scheme import parse
from annotator.i18n import _, later
from annotator.recent import Recent
from annotator.ui.drawing import swatch
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.rowbutton import RowButton
from annotator.ui.widgets import caption, key_names, paint_cap, plain_tip

_CHOICES = (
    ("project.new", ("file", later("New project"), later("Choose its labels; articles next"))),
    ("project.open", ("folder", later("Open a project"), later("Yours, or a package that you were sent"))),
    ("project.sample", ("book", later("Try the sample project"), later("Three short articles, ten minutes"))),
)
_CARDS = 4
_NARROW = 1_000
_BAR = 112


def going_on(project: Recent, there: bool) -> str:
    """Return what one would go on with."""
    if not there:
        return _("not there now: moved, deleted or unplugged")
    if project.reading:
        return _("opened for reading only")
    if project.total and project.done >= project.total:
        return _("all articles are done")
    return _("continue at article {number:,}").format(number=project.number) if project.number else _("no articles yet")


class Choice(RowButton):
    """One thing to begin: picture, name, a line about it, its key."""

    def __init__(self, action: QAction, picture: str, title: str, about: str, look: Look, *, main: bool) -> None:
        super().__init__()
        self._look = look
        self._main = main
        self._picture, self._about = picture, about
        self._keys = key_names(action.shortcut().toString())
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(look.px(64))
        self.clicked.connect(action.trigger)

    def paint(self, painter: QPainter) -> None:
        """Paint the row."""
        theme, px = self._look.theme, self._look.px
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(theme.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.isDown() or self.underMouse():
            painter.setBrush(QColor(theme.pressed if self.isDown() else theme.hover))
        painter.drawRoundedRect(box, 8, 8)
        side, middle = px(40), self.height() / 2
        square = QRectF(12, middle - side / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent if self._main else theme.sunken))
        painter.drawRoundedRect(square, 8, 8)
        picture = icon(self._picture, theme.on_accent if self._main else theme.text)
        picture.paint(painter, square.toRect().adjusted(12, 12, -12, -12))
        left = int(square.right()) + 16
        keys = self._paint_keys(painter, middle)
        painter.setPen(QColor(theme.text))
        painter.setFont(self._look.sans(13, QFont.Weight.DemiBold))
        room = keys - left - 8
        painter.drawText(QRectF(left, middle - px(20), room, px(20)), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setPen(QColor(theme.text2))
        painter.setFont(self._look.sans(13))
        about = painter.fontMetrics().elidedText(self._about, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(left, middle, room, px(20)), Qt.AlignmentFlag.AlignVCenter, about)

    def _paint_keys(self, painter: QPainter, middle: float) -> float:
        right = self.width() - 12.0
        for name in reversed(self._keys):
            right = paint_cap(painter, right, middle, name, self._look)
        return right


class Card(RowButton):
    """A project one was in; Enter goes on, Delete takes it out of the list."""

    forgotten = Signal()

    def __init__(self, project: Recent, look: Look, today: date, words: str = "") -> None:
        super().__init__()
        self.project = project
        self._look = look
        path = Path(project.path)
        self.there = bool(words) or path.exists()
        self._when, self._next = since(project.at, today), words or going_on(project, self.there)
        self._folder = "" if words else " / ".join(path.parent.parts[-2:]).replace("/ / ", "/ ")
        self.setText(path.stem)
        done = _("{done:,} of {total:,} done").format(done=project.done, total=project.total)
        self._done = done if project.total else ""
        self.setAccessibleName(", ".join(filter(None, (path.stem, self._next, self._done, self._when))))
        self.setToolTip(plain_tip(_("{path}\nDelete takes it out of this list").format(path=project.path)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(look.px(96))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.forgotten.emit()
        else:
            super().keyPressEvent(event)

    def paint(self, painter: QPainter) -> None:
        """Paint the card."""
        theme, px = self._look.theme, self._look.px
        box = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        if self.hasFocus():
            glow = QColor(theme.accent)
            glow.setAlphaF(0.24)
            painter.setPen(QPen(glow, 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 9, 9)
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(theme.hover if self.underMouse() else theme.raised))
        painter.drawRoundedRect(box, 8, 8)
        left, right, top = 20.0, self.width() - 20.0, px(14)
        row = px(22)
        small = self._look.sans(12)
        painter.setFont(small)
        painter.setPen(QColor(theme.text3))
        wide = painter.fontMetrics().horizontalAdvance(self._when)
        painter.drawText(QRectF(right - wide, top, wide, row), Qt.AlignmentFlag.AlignVCenter, self._when)
        self._line(painter, QRectF(left, top, right - wide - left - 12, row), self.text(),
                   self._look.serif(16, QFont.Weight.DemiBold), theme.text if self.there else theme.text3)  # fmt: skip
        self._line(painter, QRectF(left, top + row, right - left, row), self._next, self._look.sans(13), theme.text2)
        self._progress(painter, left, right, top + 2 * row + px(4))

    def _progress(self, painter: QPainter, left: float, right: float, top: float) -> None:
        theme, row = self._look.theme, self._look.px(20)
        middle = top + row / 2
        if self.project.total:
            bar = QRectF(left, middle - 3, _BAR, 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.pressed if not theme.dark else theme.line2))
            painter.drawRoundedRect(bar, 3, 3)
            bar.setWidth(max(_BAR * min(self.project.done / self.project.total, 1), 0))
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(bar, 3, 3)
            left += _BAR + 12
        small = self._look.sans(12)
        painter.setFont(small)
        wide = painter.fontMetrics().horizontalAdvance(self._done) + 2
        self._line(painter, QRectF(left, top, wide, row), self._done, small, theme.text2)
        left += wide + 16 if self._done else 0
        self._line(painter, QRectF(left, top, right - left, row), self._folder, small, theme.text3, right=True)

    @staticmethod
    def _line(painter: QPainter, box: QRectF, text: str, font: QFont, colour: str, *, right: bool = False) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, int(box.width()))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, words)


class Sign(QWidget):
    """Three lines with a span each: what the program is for."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(72)
        scheme = parse(assets.scheme_text(), f"{assets.DEFAULT_SCHEME}.toml")
        self._labels = [scheme.label(id) for id in ("quote", "source", "claim")]

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            line = QColor(self._look.theme.line2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(line, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            places = ((0, 120, 184), (136, 64, 208), (24, 88, 160))
            for number, (_, _, end) in enumerate(places):
                y = 12 + 24 * number
                painter.drawLine(QPointF(14, y), QPointF(10 + end, y))
            for number, ((left, wide, _), label) in enumerate(zip(places, self._labels, strict=True)):
                if label is not None:
                    box = QRectF(12 + left, 4 + 24 * number, wide, 18).toRect()
                    painter.fillRect(box, QColor(self._look.theme.chrome))
                    swatch(painter, box, label, self._look.theme)


class StartPanel(QFrame):
    """The first project has the focus, so that Enter goes on; without one, the first choice. `chosen(path)`."""

    chosen = Signal(str)

    def __init__(
        self,
        actions: dict[str, QAction],
        look: Look,
        parent: QWidget | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("startPanel")
        self._actions, self._look, self._today = actions, look, today
        self.cards: list[Card] = []
        self.choices = [
            Choice(actions[id], picture, _(title), _(about), look, main=number == 0)
            for number, (id, (picture, title, about)) in enumerate(_CHOICES)
        ]
        self._first: RowButton = self.choices[0]
        self._lock = caption()
        self._right = QVBoxLayout()
        self._right.setSpacing(10)
        self._columns = QHBoxLayout()
        self._gap = QSpacerItem(112, 1)
        self._lay_out()
        look.changed.connect(self._tint)
        self._tint()

    def _lay_out(self) -> None:
        title = caption("Annotator")
        title.setFont(self._look.serif(36, QFont.Weight.DemiBold))
        about = caption(_("Mark who said what in the news, word by word. Then export it, every offset right."), "about")
        about.setFont(self._look.sans(15))
        about.setWordWrap(True)
        self._sign = Sign(self._look)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._sign)
        left.addSpacing(16)
        for widget in (title, about):
            widget.setContentsMargins(12, 0, 0, 0)
            left.addWidget(widget)
        left.addSpacing(24)
        for choice in self.choices:
            left.addWidget(choice)
        left.addStretch(1)
        self._left, self._other = QWidget(), QWidget()
        self._left.setLayout(left)
        self._other.setLayout(self._right)
        for side in (self._left, self._other):
            side.setFixedWidth(self._look.px(440))
        self._columns.addStretch(1)
        self._columns.addWidget(self._left)
        self._columns.addSpacerItem(self._gap)
        self._columns.addWidget(self._other)
        self._columns.addStretch(1)
        private = caption(_("Everything stays on this computer: no account, no network."), "second")
        drop = caption(_("Drop files anywhere to import them"), "second")
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        self._foot.addWidget(self._lock)
        self._foot.addWidget(private)
        self._foot.addStretch(1)
        self._foot.addWidget(drop)
        column = QVBoxLayout(self)
        column.addStretch(3)
        column.addLayout(self._columns)
        column.addStretch(2)
        column.addLayout(self._foot)
        column.addSpacing(40)

    def _tint(self) -> None:
        self._lock.setPixmap(icon("lock", self._look.theme.text2).pixmap(QSize(16, 16)))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        self._gap.changeSize(24 if narrow else 112, 1)
        wide = min(self._look.px(440), (event.size().width() - 24 - 48) // 2)
        for widget in (self._left, self._other):
            widget.setFixedWidth(wide)
        self._sign.setVisible(event.size().height() >= 600)
        side = max((event.size().width() - 2 * wide - (24 if narrow else 112)) // 2 + 12, 24)
        self._foot.setContentsMargins(side, 0, side, 0)
        for number, card in enumerate(self.cards):
            card.setVisible(number < max((event.size().height() - 160) // 106, 1))
        self._columns.invalidate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show the projects as they are now."""
        while (item := self._right.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        found = recent.recents()[:_CARDS]
        heading = caption(_("Recent") if found else _("To begin with"), "heading")
        heading.setContentsMargins(4, 0, 0, 4)
        self._right.addWidget(heading)
        self.cards = [self._card(project) for project in found] or [self._sample()]
        for card in self.cards:
            self._right.addWidget(card)
        self._right.addStretch(1)
        # Once is enough: where the sample has a card, it is no choice besides.
        sample = str(paths.sample_project_path())
        self.choices[-1].setVisible(all(card.project.path != sample for card in self.cards))
        self._first = self.cards[0] if found else self.choices[0]

    def focus_first(self) -> None:
        """Give the keyboard to what Enter should do."""
        self._first.show()  # a layout shows what was put into it a moment later
        self._first.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def _card(self, project: Recent) -> Card:
        card = Card(project, self._look, self._today())
        card.clicked.connect(lambda: self.chosen.emit(project.path))
        card.forgotten.connect(lambda: self._forget(project.path))
        return card

    def _sample(self) -> Card:
        words = _("three short articles to try everything on")
        card = Card(Recent(str(paths.sample_project_path()), ""), self._look, self._today(), words)
        card.clicked.connect(self._actions["project.sample"].trigger)
        return card

    def _forget(self, path: str) -> None:
        recent.forget(path)
        self.refresh()
        self.focus_first()

    def sizeHint(self) -> QSize:
        return QSize(880, 560)
