"""What stands over the list of articles: the field to search in it, and one chip a state."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.article import STATES
from annotator.domain.marked import OWN, WHATS
from annotator.i18n import _
from annotator.storage.library import Wanted
from annotator.ui.drawing import key_cap, state_dot
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.reports import articles
from annotator.ui.rowbutton import RowButton
from annotator.ui.states import marked_name, state_name
from annotator.ui.theme import Theme
from annotator.ui.widgets import caption, key_names, plain_tip

_PAUSE = 40
"""Milliseconds after a key before the list follows: a fast typist's keys come in less."""


class SearchField(QLineEdit):
    """A field with a magnifier, its key shown while it is empty; Esc empties it, or leaves it when it is empty."""

    left = Signal()
    down = Signal()

    def __init__(self, look: Look, words: str, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._action = action
        action.changed.connect(self.update)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setTextMargins(24, 0, 0, 0)
        self.textChanged.connect(self._offer_to_empty)
        look.changed.connect(lambda: self._offer_to_empty(self.text()))

    @cached_property
    def _empty(self) -> QAction:
        """What empties the field by a click; made when there is something to empty, for every start would wait."""
        empty = QAction(_("Show all articles again"), self)
        empty.setToolTip("  ".join((empty.text(), *key_names("Esc"))))
        empty.setIcon(icon("close", self._look.theme.text2))
        empty.triggered.connect(self.clear)
        self.addAction(empty, QLineEdit.ActionPosition.TrailingPosition)
        return empty

    def _offer_to_empty(self, text: str) -> None:
        if text:
            self._empty.setIcon(icon("close", self._look.theme.text2))
        if text or "_empty" in self.__dict__:
            self._empty.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.down.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            theme, middle = self._look.theme, self.height() / 2
            icon("search", theme.text2).paint(painter, 10, round(middle) - 8, 16, 16)
            if not self.text():
                font = self._look.sans(11, QFont.Weight.Medium)
                words = " ".join(key_names(self._action.shortcut().toString()))
                if not words:
                    return
                wide = QFontMetrics(font).horizontalAdvance(words) + 12
                key_cap(painter, QRectF(self.width() - wide - 7, middle - 10, wide, 20), words, theme, font)


class StateChip(RowButton):
    """One state with the number of its articles; "" stands for all."""

    def __init__(self, state: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self._look = look
        self._count = 0
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int) -> None:
        """Say how many there are."""
        self._count = count
        words = f"{state_name(self.state) if self.state else _('All')}, {articles(count)}"
        self.setAccessibleName(_("Show: {state}").format(state=words))
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def _words(self) -> str:
        # Four chips of four digits are wider than the panel; how many there are in all stands at its foot as well.
        if not self.state:
            return _("All {count}").format(count=self._count) if self._count < 1_000 else _("All")
        return _shown(self._count)

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(self._look.sans(12, QFont.Weight.DemiBold)).horizontalAdvance(self._words())
        return QSize(wide + (34 if self.state else 20), self._look.px(24))

    def paint(self, painter: QPainter) -> None:
        """Paint the chip."""
        theme = self._look.theme
        chosen = self.isChecked()
        _ground(painter, self, theme, chosen)
        left = 10.0
        if self.state:
            state_dot(painter, QPointF(14, self.height() / 2), self.state, theme)
            left = 24.0
        painter.setFont(self._look.sans(12, QFont.Weight.DemiBold if chosen else QFont.Weight.Normal))
        painter.setPen(QColor(theme.text if chosen else theme.text2))
        painter.drawText(
            QRectF(left, 0, self.width() - left - 6, self.height()), Qt.AlignmentFlag.AlignVCenter, self._words()
        )


class MarkChip(RowButton):
    """What is marked so in articles, with their number; pressed again it lets go."""

    def __init__(self, what: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.what = what
        self._look = look
        self._count = 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int) -> None:
        """Say in how many articles it is."""
        self._count = count
        words = f"{marked_name(self.what)}, {articles(count)}"
        self.setAccessibleName(_("Show only: {what}").format(what=words))
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def paint_ground(self, painter: QPainter) -> None:
        """Paint what stands behind it."""
        _ground(painter, self, self._look.theme, self.isChecked())

    def _words(self) -> str:
        count = _shown(self._count)
        return _("Mine {count}").format(count=count) if self.what == "mine" else count

    @property
    def count(self) -> int:
        """In how many articles it is."""
        return self._count

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(self._look.sans(12, QFont.Weight.DemiBold)).horizontalAdvance(self._words())
        return QSize(wide + 42, self._look.px(24))

    def paint(self, painter: QPainter) -> None:
        """Paint the chip."""
        theme, chosen = self._look.theme, self.isChecked()
        self.paint_ground(painter)
        colour = theme.text if chosen else theme.text2
        icon(self.what, colour).paint(painter, 9, (self.height() - 16) // 2, 16, 16)
        painter.setFont(self._look.sans(12, QFont.Weight.DemiBold if chosen else QFont.Weight.Normal))
        painter.setPen(QColor(colour))
        box = QRectF(31, 0, self.width() - 37, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._words())


def _shown(count: int) -> str:
    return f"{count:,}" if count < 10_000 else f"{count // 1000:,}k"


def _ground(painter: QPainter, chip: RowButton, theme: Theme, chosen: bool) -> None:
    box, focus = QRectF(chip.rect()).adjusted(1, 1, -1, -1), chip.hasFocus()
    painter.setPen(QPen(QColor(theme.accent if chosen or focus else theme.line2), 2 if focus else 1))
    painter.setBrush(QColor(theme.tint if chosen else theme.hover if chip.underMouse() else theme.panel))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)


class Filter(QWidget):
    """Field and chips. `changed()` when something else is `wanted`."""

    changed = Signal()

    def __init__(self, look: Look, search: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.field = SearchField(look, _("Search the articles"), search, self)
        self.field.setToolTip(
            plain_tip(
                _("Finds words of text, title and outlet by their beginnings; in title and outlet also by any part.")
            )
        )
        self._unread = caption("", "third")
        self._unread.setWordWrap(True)
        self._unread.hide()
        self.chips = {state: StateChip(state, look, self) for state in ("", *STATES)}
        self.chips[""].setChecked(True)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.changed)
        self.field.textChanged.connect(lambda _text: self._pause.start())
        for chip in self.chips.values():
            chip.clicked.connect(self.changed)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.field)
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        for chip in self.chips.values():
            self._row.addWidget(chip)
        self._row.addStretch(1)
        column.addLayout(self._row)
        column.addWidget(self._unread)

    @cached_property
    def marks(self) -> dict[str, MarkChip]:
        """The chips of what is marked; made when something is, for every start would wait for them."""
        chips = {what: MarkChip(what, self._look) for what in WHATS}
        self._marks = QWidget()
        both = QVBoxLayout(self._marks)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(6)
        # Six chips of two digits are wider than the panel.
        own, others = [chips[what] for what in OWN], [chips[what] for what in WHATS if what not in OWN]
        for some in (own, [self.mine, *others]):
            row = QHBoxLayout()
            row.setSpacing(6)
            for chip in some:
                row.addWidget(chip)
            row.addStretch(1)
            both.addLayout(row)
        for what, chip in chips.items():
            chip.clicked.connect(partial(self._choose_mark, what))
        self._column.insertWidget(2, self._marks)
        return chips

    @cached_property
    def mine(self) -> MarkChip:
        """The chip of what is assigned to me; beside what is marked, and chosen together with it."""
        chip = MarkChip("mine", self._look)
        chip.clicked.connect(self._choose_mine)
        return chip

    def _choose_mine(self) -> None:
        self._arrange()
        self.changed.emit()

    def show_mine(self, count: int) -> None:
        """Say how many articles are assigned to me; there is no chip where none is."""
        if count or "mine" in self.__dict__:
            self.mine.set_count(count)
            _ = self.marks  # its row
            self._arrange()

    @property
    def _marked(self) -> str:
        chips = self.marks.values() if "marks" in self.__dict__ else ()
        return next((chip.what for chip in chips if chip.isChecked()), "")

    @property
    def wanted(self) -> Wanted:
        """What is looked for."""
        state = next((chip.state for chip in self.chips.values() if chip.isChecked()), "")
        mine = "mine" in self.__dict__ and self.mine.isChecked()
        return Wanted(state, " ".join(self.field.text().split()), self._marked, mine)

    def _choose_mark(self, what: str) -> None:
        for other, chip in self.marks.items():
            if other != what:
                chip.setChecked(False)
        self._arrange()
        self.changed.emit()

    def show_marks(self, counts: Mapping[str, int]) -> None:
        """Say in how many articles something is marked; there are no chips where nothing is."""
        if any(counts.values()) or "marks" in self.__dict__:
            for what, chip in self.marks.items():
                chip.set_count(counts[what])
            self._arrange()

    def _arrange(self) -> None:
        # Who has chosen one sees it, also when it has become empty.
        chips = (self.mine, *self.marks.values())
        self._marks.setVisible(any(chip.count or chip.isChecked() for chip in chips))
        for chip in chips:
            chip.setVisible(bool(chip.count) or chip.isChecked())

    def say(self, words: str) -> None:
        """Say something about what is searched; "" for nothing."""
        self._unread.setText(words)
        self._unread.setVisible(bool(words))

    def show_counts(self, states: Mapping[str, int]) -> None:
        """Say how many articles there are in each state."""
        for state, chip in self.chips.items():
            chip.set_count(states[state] if state else sum(states.values()))

    def reset(self) -> None:
        """Look for everything, without telling."""
        self.field.clear()
        self._pause.stop()
        self.chips[""].setChecked(True)
        if "marks" in self.__dict__:
            for chip in (self.mine, *self.marks.values()):
                chip.setChecked(False)
            self._arrange()
        self.field.update()
