"""The article as a screen reader sees it. Imported when one asks: the classes it needs cost every start 3 ms."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleTextInterface
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import Shiboken

from annotator.i18n import _
from annotator.ui.text.view import ArticleView

# None would be taken for an interface and crash.
_NO_INTERFACE = Shiboken.VoidPtr(0)


class _Text(QAccessibleTextInterface):
    """Offsets are code points, as AT-SPI counts. `selection` and `attributes` cannot be bound in Python."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__()
        self._view = view

    def text(self, start: int, end: int) -> str:
        return self._view.text[start:end]

    def characterCount(self) -> int:
        return len(self._view.text)

    def cursorPosition(self) -> int:
        return self._view.caret

    def setCursorPosition(self, position: int) -> None:
        self._view.set_caret(position)

    def selectionCount(self) -> int:
        return 0

    def addSelection(self, start: int, end: int) -> None:
        self._view.select(start, end)

    def setSelection(self, index: int, start: int, end: int) -> None:
        self._view.select(start, end)

    def removeSelection(self, index: int) -> None:
        self._view.set_caret(self._view.caret)

    def characterRect(self, offset: int) -> QRect:
        rect = self._view.caret_rect(offset)
        return QRect(self._view.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def offsetAtPoint(self, point: QPoint) -> int:
        return self._view.position_at(self._view.viewport().mapFromGlobal(point))

    def scrollToSubstring(self, start: int, end: int) -> None:
        self._view.reveal(start, end)


class AccessibleArticle(QAccessibleWidget):
    """A document whose text has its caret."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__(view, QAccessible.Role.Document, _("Article text"))
        self._text = _Text(view)

    # The stubs say int, where the binding takes an interface or a null pointer.
    def interface_cast(self, type: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        return self._text if type == QAccessible.InterfaceType.TextInterface else _NO_INTERFACE

    def childCount(self) -> int:
        return 0
