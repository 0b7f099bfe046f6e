"""What a label is, beside the list of labels: a tooltip would lie on its neighbours."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from shiboken6 import isValid

_GAP, _WIDTH = 4, 260
SHOWN_FOR = 10_000
"""Milliseconds a card stays over the text where nothing happens, as a tooltip does."""
_ENDS = (
    QEvent.Type.Leave,
    QEvent.Type.Hide,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.WindowDeactivate,
)


class Card(QLabel):
    """Stands to the left of a list while the pointer rests on one of its rows."""

    def __init__(self, beside: QWidget) -> None:
        super().__init__(beside, Qt.WindowType.ToolTip)
        self._list = beside
        self._row: QWidget | None = None
        self._typed: QWidget | None = None
        """Who has the keyboard: whoever types while the pointer lies there would write behind the card."""
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_FOR)
        self._timer.timeout.connect(self._leave)
        self.setObjectName("card")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setFixedWidth(_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)

    def show_beside(self, row: QWidget, words: str) -> None:
        """Show what is to be said (HTML) of a row, level with it, until the pointer leaves it or something is done."""
        self._leave()
        self._row = row
        row.installEventFilter(self)
        self._typed = QApplication.focusWidget()
        if self._typed is not None and self._typed is not row:
            self._typed.installEventFilter(self)
        self.setText(words)
        self.adjustSize()
        edge, top = self._list.mapToGlobal(QPoint(0, 0)).x(), row.mapToGlobal(QPoint(0, 0)).y()
        screen = row.screen().availableGeometry()
        left = max(edge - _GAP - self.width(), screen.left())
        self.move(left, max(min(top, screen.bottom() - self.height()), screen.top()))
        self.show()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress or (watched is self._row and event.type() in _ENDS):
            self._leave()
        return False

    def _leave(self) -> None:
        self._timer.stop()
        for watched in (self._row, self._typed):
            if watched is not None and isValid(watched):
                watched.removeEventFilter(self)
        self._row = self._typed = None
        self.hide()
