"""The bottom bar: saved when, who I am, how many spans, and the one hint that matters now."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from annotator.i18n import _
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.widgets import Elided, KeyCaps, caption

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton


class BottomBar(QFrame):
    """Says what is so. `stop_wanted()` while something goes on, `badge_pressed()` where something waits."""

    stop_wanted = Signal()
    badge_pressed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bottom")
        self._look = look
        self.setFixedHeight(look.px(32))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        self._check, self._saved = QLabel(self), caption("", "strong")
        self._who, self._count = caption("", "second"), caption("", "second")
        self._first, self._second = _bar(), _bar()
        self._caps = KeyCaps(look)
        self._hint = Elided()
        for widget in (self._check, self._saved, self._first, self._who, self._second, self._count):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._caps)
        row.addWidget(self._hint)
        self._hint.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._row = row
        self._words = ("", "")
        self._only_text = False
        self._read: tuple[int, int, float] | None = None
        self._fault = False
        self._waits: QPushButton | None = None
        look.changed.connect(self._tint)
        self._tint()
        self.set_saved("")

    def set_saved(self, words: str, fault: bool = False) -> None:
        """Say "Saved 14:03:22", that nothing was saved yet, or that something could not be."""
        self._saved.setText(words)
        if fault is not self._fault:
            self._fault = fault
            self._saved.setProperty("role", "error" if fault else "strong")
            self._saved.style().polish(self._saved)
        self._check.setVisible(bool(words) and not fault and not self._only_text)

    def set_sign(self, drawn: QIcon) -> None:
        """Show another sign than the tick before what was saved."""
        self._check.setPixmap(drawn.pixmap(QSize(16, 16)))

    def set_who(self, name: str) -> None:
        """Say who works here."""
        self._who.setText(name)

    def set_count(self, words: str) -> None:
        """Say how many spans there are."""
        self._count.setText(words)
        self._second.setVisible(bool(words) and not self._only_text)

    def set_badge(self, words: str) -> None:
        """Say what waits for an answer, to be pressed; "" for nothing."""
        if words and self._waits is None:
            from PySide6.QtWidgets import QPushButton

            self._waits = QPushButton(self)
            self._waits.setProperty("role", "small")
            self._waits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._waits.clicked.connect(self.badge_pressed)
            self._row.insertWidget(self._row.indexOf(self._count) + 1, self._waits)
        if self._waits is not None:
            self._waits.setText(words)
            self._waits.setVisible(bool(words) and not self._only_text)

    def set_hint(self, keys: str, words: str) -> None:
        """Say the one thing that helps now, with its key (a portable sequence, "" for none)."""
        if (keys, words) == self._words:
            return
        self._words = (keys, words)
        self._caps.set_keys(keys)
        self._hint.set_text(words)

    def only_text(self, only: bool) -> None:
        """Say no more than what was saved, and how far one has read; or everything again."""
        self._only_text = only
        for widget in (self._first, self._who, self._second, self._count):
            widget.setVisible(not only)
        if self._waits is not None:
            self._waits.setVisible(not only and bool(self._waits.text()))
        self._check.setVisible(not only and bool(self._saved.text()))
        self.setFixedHeight(self._look.px(44 if only else 32))
        self.setProperty("bare", only)
        self.style().polish(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._read = None
        self.update()

    def show_reading(self, left: int, width: int, read: float) -> None:
        """Stand in line with the text's column (pixels), with a line that is as full as what was read (0 to 1)."""
        self._read = left, width, read
        self._row.setContentsMargins(left, 0, max(0, self.width() - left - width), 6)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._read is None:
            return
        left, width, read = self._read
        with QPainter(self) as painter:
            box = QRect(left, self.height() - 5, width, 3)
            painter.fillRect(box, QColor(self._look.theme.line))
            painter.fillRect(QRect(box.topLeft(), QSize(round(width * read), 3)), QColor(self._look.theme.accent))

    def set_progress(self, what: str, done: int, total: int) -> None:
        """Say what goes on and how far it is, with a way to stop it; "" when nothing does any more."""
        self._working.setVisible(bool(what))
        self._caps.setVisible(not what)
        self._hint.setVisible(not what)
        if what:
            self._working.show_progress(what, done, total)

    @cached_property
    def _working(self) -> _Working:
        working = _Working(self._look, self)
        working.stop.clicked.connect(self.stop_wanted)
        self._row.addWidget(working)
        return working

    def _tint(self) -> None:
        self._check.setPixmap(icon("check", self._look.theme.accent).pixmap(QSize(16, 16)))


class _Working(QWidget):
    """Made with the first long piece of work."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        from PySide6.QtWidgets import QProgressBar, QPushButton

        self._words = caption("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(look.px(160))
        self.stop = QPushButton(_("Stop"))
        self.stop.setProperty("role", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for widget in (self._words, self._bar, self.stop):
            row.addWidget(widget)

    def show_progress(self, what: str, done: int, total: int) -> None:
        percent = 100 * done // total if total else 0
        self._words.setText(f"{what} … {percent} %" if total else f"{what} …")
        self._bar.setAccessibleName(what)
        self._bar.setRange(0, 100 if total else 0)
        self._bar.setValue(percent)


def _bar() -> QFrame:
    result = QFrame()
    result.setObjectName("rule")
    result.setFixedSize(1, 16)
    return result
