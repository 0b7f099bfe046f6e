"""What the values of an attribute are chosen with: segments for a few, a field that opens, rows for many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from annotator.i18n import _
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.rowbutton import RowButton
from annotator.ui.widgets import cap_width, paint_cap

_HIGH, _PAD, _GAP, _EDGE = 28, 10, 6, 5
_GONE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Painted(RowButton):
    """A button that is painted by hand: what it says, the key beside it, whether it is chosen."""

    def __init__(self, look: Look, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.name, self.key = name, ""
        self._looks: tuple[object, ...] = ()
        self._picture = QPixmap()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._tell()

    def say(self, name: str, key: str) -> None:
        """Show these words and this key, "" for none."""
        if (name, key) != (self.name, self.key):
            self.name, self.key = name, key
            self._tell()
            self.updateGeometry()
            self.update()

    def _tell(self) -> None:
        key = _("key {key}").format(key=self.key) if self.key else ""
        self.setAccessibleName(", ".join(filter(None, (self.name, key))))

    def paintEvent(self, event: QPaintEvent) -> None:
        # Painted once as long as nothing changes: the panel shows other rows with every span that is focused.
        ratio, lit = self.devicePixelRatioF(), self.underMouse()
        looks = (
            self.name, self.key, self.isChecked(), lit, self.hasFocus(), self.isEnabled(), self.size().toTuple(),
            self._look.theme, ratio,
        )  # fmt: skip
        if looks != self._looks:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            with QPainter(picture) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self.paint(painter)
            self._looks, self._picture = looks, picture
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._picture)

    def _font(self, strong: bool = False) -> QFont:
        return self._look.sans(13, QFont.Weight.Medium if strong else QFont.Weight.Normal)

    def _words(self, painter: QPainter, box: QRectF, text: str, colour: str, strong: bool = False) -> None:
        painter.setFont(self._font(strong))
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        self.setToolTip(text if shown != text else "")

    def _ring(self, painter: QPainter, box: QRectF) -> None:
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._look.theme.accent), 2))
            painter.drawRoundedRect(box, 5, 5)


class Segment(Painted):
    """One of a few values, with its key in a lighter tone behind it."""

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font(strong=True))
        key = metrics.horizontalAdvance(self.key) + _GAP if self.key else 0
        return QSize(metrics.horizontalAdvance(self.name) + key + 2 * _EDGE, self._look.px(_HIGH) - 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self._look.px(_HIGH) - 4)

    def paint(self, painter: QPainter) -> None:
        """Paint it."""
        theme = self._look.theme
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setPen(QPen(QColor(theme.line2), 1))
            painter.setBrush(QColor(theme.raised))
            painter.drawRoundedRect(box, 5, 5)
        metrics = QFontMetrics(self._font(strong=True))
        key = metrics.horizontalAdvance(self.key) + _GAP if self.key else 0
        wide = min(metrics.horizontalAdvance(self.name) + 1, self.width() - key - 8)
        left = (self.width() - wide - key) / 2
        lit = self.isChecked() or self.underMouse()
        colour = theme.text if lit and self.isEnabled() else theme.text2
        self._words(painter, QRectF(left, 0, wide, self.height()), self.name, colour, strong=True)
        if self.key:
            painter.setFont(self._font())
            painter.setPen(QColor(theme.text3 if self.isChecked() else theme.text2))
            place = QRectF(left + wide + _GAP, 0, key, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.key)
        self._ring(painter, box.adjusted(0.5, 0.5, -0.5, -0.5))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)


class Segments(QFrame):
    """A choice of a few, side by side, or none of them; `pressed(index)`."""

    pressed = Signal(int)

    def __init__(self, look: Look, count: int) -> None:
        super().__init__()
        self.setObjectName("segments")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self.parts = [Segment(look) for _number in range(count)]
        for number, part in enumerate(self.parts):
            row.addWidget(part)
            part.clicked.connect(lambda _checked=False, number=number: self.pressed.emit(number))

    def show_values(self, names: Sequence[str], keys: Sequence[str], chosen: set[int]) -> None:
        """Show these names and keys, and which are chosen."""
        for number, (part, name, key) in enumerate(zip(self.parts, names, keys, strict=True)):
            part.say(name, key)
            part.setChecked(number in chosen)

    def wide(self) -> int:
        """Return the width in pixels in which nothing is cut."""
        return sum(part.sizeHint().width() for part in self.parts) + 6


class Field(Painted):
    """A value that a press opens the others of: what it is, its key, an arrow."""

    @property
    def sign(self) -> str:
        """The icon at its right end."""
        return "chevron-up" if self.isChecked() else "chevron-down"

    def sizeHint(self) -> QSize:
        return QSize(120, self._look.px(32))

    def paint(self, painter: QPainter) -> None:
        """Paint it."""
        theme = self._look.theme
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(theme.control), 1))
        painter.setBrush(QColor(theme.hover if self.underMouse() and self.isEnabled() else theme.page))
        painter.drawRoundedRect(box, 6, 6)
        right = self.width() - 26.0
        icon(self.sign, theme.text2).paint(painter, int(right) + 4, (self.height() - 16) // 2, 16, 16)
        if self.key:
            right = paint_cap(painter, right, self.height() / 2, self.key, self._look)
        words = QRectF(_PAD, 0, right - _PAD - 4, self.height())
        self._words(painter, words, self.name or _("Not set"), theme.text if self.name else theme.text3)
        self._ring(painter, box.adjusted(0.5, 0.5, -0.5, -0.5))

    def _tell(self) -> None:
        key = _("key {key}").format(key=self.key) if self.key else ""
        self.setAccessibleDescription(", ".join(filter(None, (self.name or _("Not set"), key))))


class EntryField(Field):
    """The entry of the registry that a span is linked to; `followed()` by its sign or Ctrl, `cleared()` by Delete."""

    followed = Signal()
    cleared = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "", parent)
        self._linked = False

    @property
    def linked(self) -> bool:
        """Whether there is a link that can be followed."""
        return self._linked

    @linked.setter
    def linked(self, linked: bool) -> None:
        self._linked = linked
        keys = _("Ctrl+Return shows it in the registry, Delete takes the link away") if linked else ""
        self.setToolTip(keys)

    def _sign(self) -> QRectF:
        return QRectF(self.width() - 26.0, 0, 26, self.height())

    @property
    def sign(self) -> str:
        """With a link the sign leads to the registry, without one it is the arrow of a list."""
        return "book" if self._linked else "chevron-down"

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self._linked and (held or self._sign().contains(event.position())):
            self.setDown(False)
            self.followed.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._linked and event.key() in _GONE:
            self.cleared.emit()
        elif self._linked and event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.followed.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._linked:
            # Here Delete means the link, not the span, and Ctrl+Return not the article.
            follows = event.key() in _ENTER and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if follows or event.key() in _GONE:
                event.accept()
                return True
        return super().event(event)


class ValueRow(Painted):
    """One value of a list that is open: a dot, or a box where several may be chosen; its name and digit."""

    def __init__(self, look: Look, several: bool) -> None:
        super().__init__(look)
        self._several = several
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, self._look.px(26))

    def paint(self, painter: QPainter) -> None:
        """Paint it."""
        theme, middle = self._look.theme, self.height() / 2
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(box, 5, 5)
        mark = QRectF(7, middle - 6, 12, 12)
        painter.setPen(QPen(QColor(theme.accent if self.isChecked() else theme.control), 1.5))
        painter.setBrush(QColor(theme.accent) if self.isChecked() else Qt.BrushStyle.NoBrush)
        if self._several:
            painter.drawRoundedRect(mark, 3, 3)
            if self.isChecked():
                icon("check", theme.on_accent).paint(painter, mark.toRect())
        else:
            painter.drawEllipse(mark)
            if self.isChecked():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.on_accent))
                painter.drawEllipse(mark.center(), 2.5, 2.5)
        right = self.width() - 4.0
        if self.key:
            right -= cap_width(self.key, self._look) + 4
            paint_cap(painter, self.width() - 4.0, middle, self.key, self._look)
        self._words(painter, QRectF(28, 0, right - 28, self.height()), self.name, theme.text, self.isChecked())
        self._ring(painter, box)
