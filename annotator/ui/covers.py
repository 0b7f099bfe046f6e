"""Pages that lie over a window, one over the other: the scheme, the review, the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


class Covers:
    """Lays pages over the `work` that stands in a window's stack."""

    def __init__(self, window: MainWindow, stack: QStackedWidget, work: QWidget) -> None:
        self._window, self._stack, self._work = window, stack, work
        self._pages: list[QWidget] = []

    def cover(self, page: QWidget) -> None:
        """Let a page lie over everything; what acts on the text rests."""
        window = self._window
        window.setAcceptDrops(False)
        window.bottom.hide()
        self._pages.append(page)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        window.notice.raise_()
        window.showing.refresh()

    def uncover(self, page: QWidget) -> None:
        """Take it away again, and go back to what it lay over: another page, or the text."""
        window = self._window
        self._pages.remove(page)
        below = self._pages[-1] if self._pages else None
        self._stack.setCurrentWidget(below or self._work)
        self._stack.removeWidget(page)
        page.hide()
        page.deleteLater()
        if below is not None:
            (below.focusWidget() or below).setFocus()
            window.showing.refresh()
            return
        window.bottom.show()
        window.setAcceptDrops(True)
        window.notice.raise_()
        window.showing.refresh()
        window.arrangement.to_text()
