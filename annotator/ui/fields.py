"""Fields whose arrows are ours: a stylesheet takes Fusion's away and can only put picture files in their place.

And the field in which a key is pressed, in our words.
"""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QKeySequenceEdit, QLineEdit, QSpinBox, QStyledItemDelegate, QWidget

from annotator.i18n import _
from annotator.ui.icons import icon
from annotator.ui.look import Look

_EDGE = 8


class DropDown(QComboBox):
    """A choice of a few."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        # Its own delegate does not ask the stylesheet how its rows look.
        self.setItemDelegate(QStyledItemDelegate(self))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            colour = self._look.theme.text2 if self.isEnabled() else self._look.theme.disabled
            icon("chevron-down", colour).paint(painter, self.width() - _EDGE - 16, self.height() // 2 - 8, 16, 16)


class NumberField(QSpinBox):
    """A whole number with a way up and down at its edge."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        # The padding of the stylesheet does not reach the field inside.
        self.lineEdit().setTextMargins(8, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            left, middle, theme = self.width() - _EDGE - 12, self.height() // 2, self._look.theme
            up = theme.text2 if self.value() < self.maximum() else theme.disabled
            down = theme.text2 if self.value() > self.minimum() else theme.disabled
            icon("chevron-up", up).paint(painter, left, middle - 12, 12, 12)
            icon("chevron-down", down).paint(painter, left, middle, 12, 12)


class KeyField(QKeySequenceEdit):
    """Says what to do while it is empty, in our words: Qt says its own again each time the field is emptied."""

    def __init__(self) -> None:
        super().__init__()
        self.keySequenceChanged.connect(self._ask)
        self.editingFinished.connect(self._ask)
        self._ask()

    def _ask(self) -> None:
        line = self.findChild(QLineEdit)
        if isinstance(line, QLineEdit):
            line.setPlaceholderText(_("Press the new key"))

    def empty(self) -> None:
        """Forget the key that was pressed."""
        self.clear()
        self._ask()
