"""The article for screen readers: its text, its caret, and announcements of what was done."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
)
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


class _AccessibleArticle(QAccessibleWidget):
    def __init__(self, view: ArticleView) -> None:
        super().__init__(view, QAccessible.Role.Document, _("Article text"))
        self._text = _Text(view)

    # The stubs say int, where the binding takes an interface or a null pointer.
    def interface_cast(self, type: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        return self._text if type == QAccessible.InterfaceType.TextInterface else _NO_INTERFACE

    def childCount(self) -> int:
        return 0


# Qt keeps only a pointer to an interface; Python must keep the object, as long as its widget lives.
_kept: dict[int, _AccessibleArticle] = {}


def _factory(key: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, ArticleView):
        return None
    number = id(thing)
    _kept[number] = _AccessibleArticle(thing)
    thing.destroyed.connect(lambda: _kept.pop(number, None))
    return _kept[number]


_installed: list[bool] = []


def attach(view: ArticleView) -> None:
    """Make the view accessible, and let a screen reader, if there is one, follow its caret."""
    if not _installed:
        QAccessible.installFactory(_factory)
        _installed.append(True)
    view.caret_moved.connect(lambda: _caret_moved(view))


def _caret_moved(view: ArticleView) -> None:
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(view, view.caret))


def announce(view: ArticleView, words: str) -> None:
    """Have a screen reader, if there is one, say the words."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, words))
