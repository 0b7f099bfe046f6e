"""The article for screen readers: who asks gets its interface, its caret is followed, what was done is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface

from annotator.ui.text.view import ArticleView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from annotator.ui.text.interfaces import AccessibleArticle

# Qt keeps only a pointer to an interface; Python must keep the object, as long as its widget lives.
_kept: dict[int, AccessibleArticle] = {}


def _factory(key: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, ArticleView):
        return None
    from annotator.ui.text.interfaces import AccessibleArticle

    number = id(thing)
    _kept[number] = AccessibleArticle(thing)
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
        from PySide6.QtGui import QAccessibleTextCursorEvent

        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(view, view.caret))


def announce(about: QWidget, words: str) -> None:
    """Have a screen reader, if there is one, say the words when it has ended what it says; they are about a widget."""
    if QAccessible.isActive():
        from PySide6.QtGui import QAccessibleAnnouncementEvent

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(about, words))
