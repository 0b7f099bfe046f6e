"""The note of the focused span: a field that grows with what is typed and keeps it by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

from annotator.i18n import _
from annotator.ui.look import Look
from annotator.ui.widgets import paint_cap

_PAUSE_MS = 1000


class NoteField(QPlainTextEdit):
    """`written(words)` after a pause, and when the keyboard leaves it; `left()` for the text, with Enter or Esc."""

    most = 5
    """Lines that it grows to."""

    written = Signal(str)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._key = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self._kept = ""
        self.setObjectName("note")
        self.setTabChangesFocus(True)
        self.setPlaceholderText(_("Add a note"))
        self.setAccessibleName(_("Note"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(6)
        self.textChanged.connect(self._fit)
        self.textChanged.connect(self._wait)
        self._fit()

    def show_note(self, note: str, key: str) -> None:
        """Show a note and the key that leads here; what is being typed stays."""
        self._key = key
        if note == self._kept or (self._pause.isActive() and self.hasFocus()):
            return
        self._kept = note
        if self.toPlainText() != note:
            self.setPlainText(note)
        self._pause.stop()

    def keep(self) -> None:
        """Tell what was typed and not told yet."""
        self._pause.stop()
        words = self.toPlainText().strip()
        if words != self._kept:
            self._kept = words
            self.written.emit(words)

    def _wait(self) -> None:
        if self.hasFocus():
            self._pause.start()

    def _fit(self) -> None:
        lines = max(1, min(self.most, int(self.document().size().height())))
        high = lines * self.fontMetrics().lineSpacing() + 2 * int(self.document().documentMargin()) + 4
        self.setFixedHeight(max(self._look.px(32), high))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()  # words that filled one line may need two now

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (enter and not shift):
            self.keep()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keep()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._key and not self.hasFocus() and not self.toPlainText():
            with QPainter(self.viewport()) as painter:
                right = self.viewport().width() - 4.0
                paint_cap(painter, right, self.viewport().height() / 2, self._key, self._look)
