"""Only the text: what is left of header and bottom bar, in line with the column, and how far one has read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer

from annotator.ui.bottom import BottomBar
from annotator.ui.page import Page
from annotator.ui.text.view import ArticleView


class OnlyText(QObject):
    """Keeps page and bottom bar as they are to be, while the panels are away."""

    def __init__(self, page: Page, view: ArticleView, bottom: BottomBar) -> None:
        super().__init__(page)
        self._page, self._view, self._bottom = page, view, bottom
        self._on = False

    def switch(self, on: bool) -> None:
        """Leave only the text, or bring the rest back."""
        if on == self._on:
            return
        self._on = on
        self._page.only_text(on)
        self._bottom.only_text(on)
        bar = self._view.verticalScrollBar()
        if on:
            bar.valueChanged.connect(self._follow)
            bar.rangeChanged.connect(self._follow)
            self._view.installEventFilter(self)
            self._follow()
        else:
            bar.valueChanged.disconnect(self._follow)
            bar.rangeChanged.disconnect(self._follow)
            self._view.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            # The column is right once the event is through.
            QTimer.singleShot(0, self, self._follow)
        return False

    def _follow(self) -> None:
        if not self._on:
            return  # the panels came back while this waited
        bar = self._view.verticalScrollBar()
        whole = bar.maximum() + bar.pageStep()
        self._bottom.show_reading(*self._view.column(), (bar.value() + bar.pageStep()) / whole if whole else 1.0)
