"""The bottom bar: saved when, who I am, how many spans, and the one hint that matters now."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.widgets import KeyCaps, caption


class BottomBar(QFrame):
    """Says what is so; nothing in it can be pressed."""

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
        self._caps = KeyCaps("", self)
        self._hint = caption("")
        for widget in (self._check, self._saved, self._first, self._who, self._second, self._count):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._caps)
        row.addWidget(self._hint)
        self._row = row
        self._words = ("", "")
        self._fault = False
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
        self._check.setVisible(bool(words) and not fault)

    def set_who(self, name: str) -> None:
        """Say who works here."""
        self._who.setText(name)

    def set_count(self, words: str) -> None:
        """Say how many spans there are."""
        self._count.setText(words)
        self._second.setVisible(bool(words))

    def set_hint(self, keys: str, words: str) -> None:
        """Say the one thing that helps now, with its key (a portable sequence, "" for none)."""
        if (keys, words) == self._words:
            return
        self._words = (keys, words)
        caps = KeyCaps(keys, self)
        self._row.replaceWidget(self._caps, caps)
        self._caps.deleteLater()
        self._caps = caps
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._elide()

    def _elide(self) -> None:
        others = (self._check, self._saved, self._who, self._count, self._caps)
        taken = sum(widget.sizeHint().width() + 8 for widget in others if not widget.isHidden())
        room = max(0, self.width() - taken - 72)
        self._hint.setText(self._hint.fontMetrics().elidedText(self._words[1], Qt.TextElideMode.ElideRight, room))

    def _tint(self) -> None:
        self._check.setPixmap(icon("check", self._look.theme.accent).pixmap(QSize(16, 16)))


def _bar() -> QFrame:
    result = QFrame()
    result.setObjectName("rule")
    result.setFixedSize(1, 16)
    return result
