"""Fields of the editor: what is typed is told with each letter, and Ctrl+Z is the page's, over all fields."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from annotator.ui.look import Look

_STANDARD = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_MOST_LINES = 8


def _is_undo(event: QEvent) -> bool:
    """Whether a key asks who wants it, and it is that of undo or redo: the page wants it."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return any(event.matches(key) for key in _STANDARD)


class Line(QLineEdit):
    """One line of words; `typed(words)`."""

    typed = Signal(str)

    def __init__(self, name: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name)
        self.setCursorPosition(0)
        self.textEdited.connect(self.typed)

    def show_words(self, text: str) -> None:
        """Show other words; the caret stays where they are the same."""
        if text != self.text():
            self.setText(text)
            if not self.hasFocus():
                self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # Qt's line would take it for Enter; it applies the draft
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if _is_undo(event):
            event.ignore()
            return False
        return super().event(event)


class Words(QPlainTextEdit):
    """Several lines, as high as its words; `typed(words)`."""

    typed = Signal(str)

    def __init__(self, name: str, look: Look, least: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._least = look, least
        self._showing = False
        self.setObjectName("note")
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(6)
        self.textChanged.connect(self._tell)
        self._fit()

    def show_words(self, text: str) -> None:
        """Show other words; the caret stays where they are the same."""
        if text != self.toPlainText():
            self._showing = True
            self.setPlainText(text)
            self._showing = False

    def _tell(self) -> None:
        self._fit()
        if not self._showing:
            self.typed.emit(self.toPlainText())

    def _fit(self) -> None:
        wanted = int(self.document().size().height())
        lines = max(self._least, min(_MOST_LINES, wanted))
        # A bar would take its room from the words, which then need one more line.
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(needed if wanted > _MOST_LINES else off)
        high = lines * self.fontMetrics().lineSpacing() + 2 * int(self.document().documentMargin()) + 6
        if high != self.height():
            self.setFixedHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if _is_undo(event):
            event.ignore()
            return False
        return super().event(event)
