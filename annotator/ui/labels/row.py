"""A label in the panel: key, colour as in the text, name, how often in this article, the pin that holds it and the eye
that hides it. The name stays as it is while they come and go: their room is never its own."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QSizePolicy,
    QToolButton,
    QWidget,
)

from annotator.domain.free import NOTHING, Free
from annotator.domain.scheme import Label
from annotator.i18n import _, n_
from annotator.ui.drawing import key_cap, swatch
from annotator.ui.icons import icon
from annotator.ui.labels.visibility import DIMMED, HIDDEN, SHOWN
from annotator.ui.look import Look
from annotator.ui.reports import spans
from annotator.ui.rowbutton import RowButton
from annotator.ui.theme import span_colours
from annotator.ui.widgets import plain_tip

EYE = PIN = 24
"""Sides of the squares that clicks on the eye and on the pin hit; each has a place of its own, where it always is."""
ROW = 32
"""Height of a row, in pixels of the design."""
_COUNT = 36
"""Room of the count, as long as it has three digits."""
_BESIDE = 6
"""Pixels beside pin and eye where a click does nothing: whoever misses them by so little did not mean to label."""


class Eye(QToolButton):
    """Shows, dims or hides the spans of a label; stands in its row while that has hand or keyboard, or says so."""

    def __init__(self, row: LabelRow, look: Look) -> None:
        super().__init__(row)
        self._look = look
        self.setObjectName("eye")
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def say(self, name: str, state: str) -> None:
        """Show the state of the label of this name."""
        looks = {
            SHOWN: ("eye", _("{name}: shown. Dim it")),
            DIMMED: ("eye-dim", _("{name}: dimmed. Hide it")),
            HIDDEN: ("eye-off", _("{name}: hidden. Show it")),
        }
        drawn, words = looks[state]
        self.setIcon(icon(drawn, self._look.theme.text2))
        self.setToolTip(plain_tip(words.format(name=name)))
        self.setAccessibleName(words.format(name=name))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        row = self.parentWidget()
        assert isinstance(row, LabelRow)
        row.place_eye()


class LabelRow(RowButton):
    """One label; a click is as good as its key. `eye_pressed()`, `stepped(by)` when an arrow leaves it, `rested()` when
    the pointer stays, `menu_wanted(where)` on the screen."""

    eye_pressed = Signal()
    stepped = Signal(int)
    rested = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, label: Label, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self.table: Free = NOTHING
        """What the scheme says of the label besides: examples, further keys."""
        self._look = look
        self._count = 0
        self._current = False
        self._narrow = False
        self._held = False
        self._seen = SHOWN
        self.on_pin = False
        """Whether the click that is being told hit the pin."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_state(0, False)

    def set_state(self, count: int, current: bool) -> None:
        """Show how many spans bear the label, and whether the focused one does."""
        if (count, current) == (self._count, self._current) and self.accessibleName():
            return  # with every key all rows are told
        self._count, self._current = count, current
        self._name()
        self.place_eye()

    @property
    def held(self) -> bool:
        """Whether the label is held."""
        return self._held

    def set_held(self, held: bool) -> None:
        """Show whether the label is held."""
        self._held = held
        self._name()

    def _name(self) -> None:
        key = _("key {key}").format(key=self.label.key) if self.label.key else ""
        seen = {DIMMED: _("dimmed"), HIDDEN: _("hidden")}.get(self._seen, "")
        held = _("held") if self._held else ""
        self.setAccessibleName(", ".join(filter(None, (self.label.name, held, key, spans(self._count), seen))))
        self.update()

    @cached_property
    def eye(self) -> Eye:
        """What shows, dims and hides; made when it is first wanted, for every start would wait for it."""
        eye = Eye(self, self._look)
        eye.say(self.label.name, self._seen)
        eye.clicked.connect(self.eye_pressed)
        QWidget.setTabOrder(self, eye)
        return eye

    def set_seen(self, state: str) -> None:
        """Show whether the label's spans are shown, dimmed or hidden."""
        if state != self._seen or "eye" in self.__dict__:
            self._seen = state
            self.eye.say(self.label.name, state)
            self.place_eye()
            self._name()

    def place_eye(self) -> None:
        """Show the eye where it belongs, or leave it out."""
        wanted = self._seen != SHOWN or self.underMouse() or self.hasFocus()
        if not wanted and "eye" not in self.__dict__:
            return
        self.eye.setVisible(wanted or self.eye.hasFocus())
        if self._narrow:
            # In the place of the colour: the name has all the rest.
            self.eye.setGeometry(8 + self._look.px(20) - 1, (self.height() - EYE) // 2, EYE, EYE)
        else:
            self.eye.setGeometry(self._icons_end() - EYE, (self.height() - EYE) // 2, EYE, EYE)
        self.update()

    def _eye_shown(self) -> bool:
        return "eye" in self.__dict__ and not self.eye.isHidden()

    def _icons_end(self) -> int:
        """Return how far pin and eye go to the right: to the count."""
        count = QFontMetrics(self._look.sans(13)).horizontalAdvance(f"{self._count:,}")
        return self.width() - max(self._look.px(_COUNT), count + 12)

    def pin(self) -> QRect:
        """Return where the pin is, which shows under the pointer or while the label is held; nowhere in two columns."""
        if self._narrow:
            return QRect()
        return QRect(self._icons_end() - EYE - PIN, (self.height() - PIN) // 2, PIN, PIN)

    def hitButton(self, point: QPoint) -> bool:
        return super().hitButton(point) and (self.pin().contains(point) or not self._beside(point))

    def _beside(self, point: QPoint) -> bool:
        """Whether a point is so near to pin, eye or count that a click there was not meant for the row."""
        if self._narrow:
            return self._eye_shown() and abs(point.x() - self.eye.geometry().center().x()) <= EYE // 2 + 2
        return self.pin().left() - _BESIDE <= point.x() < max(self._icons_end() + _BESIDE, self._digits())

    def _digits(self) -> int:
        """Return where the count begins, 0 where there is none."""
        if not self._count:
            return 0
        wide = QFontMetrics(self._look.sans(13)).horizontalAdvance(f"{self._count:,}")
        return self.width() - 8 - wide

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.on_pin = self.pin().contains(event.position().toPoint())
        super().mouseReleaseEvent(event)
        self.on_pin = False

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.place_eye()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.place_eye()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.place_eye()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # Where the keyboard goes to the eye it has it only after this.
        QTimer.singleShot(0, self, self.place_eye)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_eye()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            self.rested.emit()
            return True
        return super().event(event)

    def words(self, guide: str = "") -> str:
        """Return what the label is, for who rests the pointer on it; `guide` is the key that shows its guideline."""
        return card(self.label, self._count, pinned=not self._narrow, table=self.table, guide=guide)

    def set_narrow(self, narrow: bool) -> None:
        """Leave count and pin out, for two columns; the menu of the right button has what the pin does."""
        self._narrow = narrow
        self.place_eye()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self._look.px(ROW))

    def paint(self, painter: QPainter) -> None:
        """Paint the row."""
        theme, px = self._look.theme, self._look.px
        self._paint_ground(painter)
        middle = self.height() // 2
        cap = px(20)
        if self.label.key:
            box = QRectF(8, middle - cap / 2, cap, cap)
            key_cap(painter, box, self.label.key, theme, self._look.sans(11, QFont.Weight.Medium))
        left = 8 + cap + (8 if self._narrow else 12)
        wide = 6 if self._narrow else 24
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setOpacity(1.0 if self._seen == SHOWN else 0.35)
        if not self._narrow:
            swatch(painter, QRect(left, middle - 9, wide, 18), self.label, theme)
        elif not self._eye_shown():
            bar = span_colours(theme, self.label.light, self.label.dark).bar
            painter.fillRect(QRect(left, middle - 9, wide, 18), bar)
        painter.setOpacity(1.0)
        if not self._narrow and (self._held or (self.underMouse() and self.isEnabled())):
            colour = theme.accent if self._held else theme.text3
            icon("pin", colour).paint(painter, self.pin().adjusted(4, 4, -4, -4))
        strong = self._current or self._held
        painter.setFont(self._look.sans(13, QFont.Weight.DemiBold if strong else QFont.Weight.Medium))
        painter.setPen(QColor(theme.text if self._seen == SHOWN else theme.text3))
        words = self.name_room()
        name = painter.fontMetrics().elidedText(self.label.name, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)
        if self._count and not self._narrow:
            painter.setFont(self._look.sans(13))
            painter.setPen(QColor(theme.text2))
            edge = QRect(self._icons_end(), 0, self.width() - 8 - self._icons_end(), self.height())
            painter.drawText(edge, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{self._count:,}")

    def name_room(self) -> QRect:
        """Return where the name stands: always the same, whether pin and eye are seen or not."""
        left = 8 + self._look.px(20) + (8 + 6 + 8 if self._narrow else 12 + 24 + 12)
        right = self.width() - 2 if self._narrow else self.pin().left()
        return QRect(left, 0, right - left, self.height())

    def _paint_ground(self, painter: QPainter) -> None:
        theme = self._look.theme
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isDown():
            painter.setBrush(QColor(theme.pressed))
        elif self._current or self._held:
            painter.setBrush(QColor(theme.tint))
        elif self.underMouse() and self.isEnabled():
            painter.setBrush(QColor(theme.hover))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
        painter.drawRoundedRect(box, 6, 6)
        if self._held:
            painter.fillRect(QRectF(box.left(), box.top() + 5, 3, box.height() - 10), QColor(theme.accent))


def card(label: Label, count: int, pinned: bool = True, table: Free = NOTHING, guide: str = "") -> str:
    """Return what a label is, for who rests the pointer on it: name, definition, examples, keys, how often it stands
    here; `table` is what the scheme says of it besides, `guide` the key that shows more of that."""
    from html import escape

    here = n_("{count:,} span in this article", "{count:,} spans in this article", count).format(count=count)
    key = _("Key {key}").format(key=label.key) if label.key else _("No key")
    if pinned:
        pin = _("Click its pin to hold it: every drag makes a span.")
    else:
        pin = _("The right button holds it, or hides it.")
    parts = [label.definition]
    for sign, name in (("✓", "good"), ("✗", "bad")):
        if isinstance(example := table.get(name), str):
            parts.append(f"{sign} {example}")
    said = "".join(f'<p style="margin: 4px 0">{escape(part)}</p>' for part in parts if part)
    further = _further(table)
    facts = f"{escape(key)}{escape(further)} · {escape(here)}<br>{escape(pin)}"
    if guide:
        facts += "<br>" + escape(_("{key} shows its guideline, with real examples.").format(key=guide))
    return f"<b>{escape(label.name)}</b>{said or '<br>'}{facts}"


def _further(table: Free) -> str:
    """Return a label's further keys with what they say: ", W indirect, E mixed"."""
    listed = table.get("keys")
    found = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    words = [f"{one.get('key')} {' '.join(map(str, (one.get('sets') or {}).values()))}".strip() for one in found]
    return "".join(f", {word}" for word in words)
