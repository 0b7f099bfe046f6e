"""The list itself: leaves letters to the labels, and knows the row under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget


class ArticleList(QTableView):
    """A list of rows; `hovered_row` is -1 where the pointer is over none.

    A table of one column: a QListView asks the model twice for every row there is, at each change of their number.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # One that PySide saw made: asked for another, it makes every class of widget ready, a tenth of the start.
        self.setViewport(QWidget(self))
        self.hovered_row = -1
        self.offered: list[QAction] = []
        """What a menu offers of the shown article."""
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(16)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(16)
        self.setMouseTracking(True)
        self.entered.connect(self._hover)
        self.viewportEntered.connect(self._hover)

    def set_row_height(self, height: int) -> None:
        """Make every row so many pixels high."""
        self.verticalHeader().setDefaultSectionSize(height)

    def updateGeometries(self) -> None:
        # Rows go on under the scroll bar, so that the chosen one is one colour to the panel's edge.
        bar = self.verticalScrollBar()
        under = bar.sizeHint().width() if bar.minimum() < bar.maximum() else 0
        if self.viewportMargins().right() != -under:
            self.setViewportMargins(0, 0, -under, 0)
        super().updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A hidden header that stretches its column never makes it narrower again.
        self.setColumnWidth(0, self.viewport().width())

    def _hover(self, index: QModelIndex | None = None) -> None:
        self.hovered_row = index.row() if index is not None else -1

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered_row = -1
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the article under the pointer, or by the menu key with the shown one."""
        from PySide6.QtWidgets import QMenu

        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        self.setCurrentIndex(index)  # which shows it
        menu = QMenu(self)
        menu.addActions([action for action in self.offered if action.isEnabled()])
        menu.aboutToHide.connect(menu.deleteLater)
        at = self.visualRect(index).center() if by_key else event.pos()
        menu.popup(self.viewport().mapToGlobal(at))

    def keyboardSearch(self, search: str) -> None:
        # The list's own search by letters would take the labels' keys.
        return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isprintable() and event.text().strip():
            event.ignore()
            return
        rows = self.model().rowCount() if self.model() is not None else 0
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: rows - 1}
        if event.key() in ends and rows:
            # A table goes to the ends of its row with these.
            self.setCurrentIndex(self.model().index(ends[Qt.Key(event.key())], 0))
            return
        super().keyPressEvent(event)
