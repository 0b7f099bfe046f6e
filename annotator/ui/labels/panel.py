"""The labels of the scheme: key, colour as in the text, name, how often in this article."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from annotator.domain.scheme import Label
from annotator.i18n import _, n_
from annotator.ui.drawing import key_cap, swatch
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.reports import spans
from annotator.ui.rowbutton import RowButton
from annotator.ui.session import Session
from annotator.ui.theme import span_colours

_PIN = 24
"""Side of the square that a click on the pin hits."""


class LabelRow(RowButton):
    """One label; a click is as good as its key."""

    def __init__(self, label: Label, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self._look = look
        self._count = 0
        self._current = False
        self._narrow = False
        self._held = False
        self.on_pin = False
        """Whether the click that is being told hit the pin."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_state(0, False)

    def set_state(self, count: int, current: bool) -> None:
        """Show how many spans bear the label, and whether the focused one does."""
        self._count, self._current = count, current
        self._name()

    def set_held(self, held: bool) -> None:
        """Show whether the label is held."""
        self._held = held
        self._name()

    def _name(self) -> None:
        key = _("key {key}").format(key=self.label.key) if self.label.key else ""
        held = _("held") if self._held else ""
        self.setAccessibleName(", ".join(filter(None, (self.label.name, held, key, spans(self._count)))))
        self.update()

    def pin(self) -> QRect:
        """Return where the pin is, which shows under the pointer and while the label is held."""
        right = self.width() - (2 if self._narrow else self._look.px(36))
        return QRect(right - _PIN, (self.height() - _PIN) // 2, _PIN, _PIN)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.on_pin = self.pin().contains(event.position().toPoint())
        super().mouseReleaseEvent(event)
        self.on_pin = False

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            # Made when it is wanted: the count changes with every key.
            self.setToolTip(card(self.label, self._count))
        return super().event(event)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the count out, for two columns."""
        self._narrow = narrow
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self._look.px(32))

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
        if self._narrow:
            bar = span_colours(theme, self.label.light, self.label.dark).bar
            painter.fillRect(QRect(left, middle - 9, wide, 18), bar)
        else:
            swatch(painter, QRect(left, middle - 9, wide, 18), self.label, theme)
        left += wide + (8 if self._narrow else 12)
        pinned = self._held or (self.underMouse() and self.isEnabled())
        right: int = 2 if self._narrow else px(48)
        if pinned:
            place = self.pin()
            right = self.width() - place.left()
            colour = theme.accent if self._held else theme.text3
            icon("pin", colour).paint(painter, place.adjusted(4, 4, -4, -4))
        strong = self._current or self._held
        painter.setFont(self._look.sans(13, QFont.Weight.DemiBold if strong else QFont.Weight.Medium))
        painter.setPen(QColor(theme.text))
        words = QRect(left, 0, self.width() - left - right, self.height())
        name = painter.fontMetrics().elidedText(self.label.name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)
        if self._count and not self._narrow:
            painter.setFont(self._look.sans(13))
            painter.setPen(QColor(theme.text2))
            edge = QRect(self.width() - px(48), 0, px(48) - 8, self.height())
            painter.drawText(edge, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{self._count:,}")

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


def card(label: Label, count: int) -> str:
    """Return what a label is, for who rests the pointer on it: name, definition, key, how often it stands here."""
    from html import escape

    here = n_("{count:,} span in this article", "{count:,} spans in this article", count).format(count=count)
    key = _("key {key}").format(key=label.key) if label.key else _("no key")
    pin = _("Click its pin to hold it: every drag makes a span.")
    definition = f'<p style="margin: 4px 0">{escape(label.definition)}</p>' if label.definition else ""
    facts = f"{escape(key)} · {escape(here)}<br>{escape(pin)}"
    return f'<div style="width: 240px"><b>{escape(label.name)}</b>{definition}{facts}</div>'


class LabelPanel(QWidget):
    """All labels under one another, or in two columns where the window is narrow; `chosen(label, shift)`.

    A click on a row's pin is `pinned(label)`.
    """

    chosen = Signal(object, bool)
    pinned = Signal(object)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._rows: list[LabelRow] = []
        self._columns = 1
        self._current = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 0, 8, 0)
        self._grid.setSpacing(0)
        session.project_opened.connect(self._rebuild)
        session.article_shown.connect(self._count)
        session.changed.connect(self._count)

    def set_columns(self, columns: int) -> None:
        """Stand in so many columns."""
        if columns != self._columns:
            self._columns = columns
            self._place()

    def set_current(self, label: str) -> None:
        """Mark the label (by id) of the focused span; "" for none."""
        if label != self._current:
            self._current = label
            self._count()

    def set_held(self, label: str) -> None:
        """Mark the label (by id) that is held; "" for none."""
        for row in self._rows:
            row.set_held(row.label.id == label)

    def focus_first(self) -> None:
        """Give the first label the keyboard."""
        if self._rows:
            self._rows[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _rebuild(self) -> None:
        for row in self._rows:
            self._grid.removeWidget(row)
            row.deleteLater()
        self._rows = [LabelRow(label, self._look, self) for label in self._session.scheme.labels]
        for row in self._rows:
            row.clicked.connect(lambda _checked=False, row=row: self._choose(row))
        self._place()
        self._count()

    def _choose(self, row: LabelRow) -> None:
        from PySide6.QtWidgets import QApplication

        if row.on_pin:
            self.pinned.emit(row.label)
            return
        shift = Qt.KeyboardModifier.ShiftModifier in QApplication.keyboardModifiers()
        self.chosen.emit(row.label, shift)

    def _place(self) -> None:
        for number, row in enumerate(self._rows):
            self._grid.addWidget(row, number // self._columns, number % self._columns)
            row.set_narrow(self._columns > 1)

    def _count(self, _changed: object = None) -> None:
        counts = self._session.spans.counts
        for row in self._rows:
            row.set_state(counts[row.label.id], row.label.id == self._current)
