"""The articles as a list model that reads pages: 100,000 articles cost what is on screen."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.article import Article
from annotator.domain.change import Changed, Imported
from annotator.storage.reader import ArticleRow
from annotator.ui.session import Session
from annotator.ui.widgets import plain_tip

PAGE = 128
PAGES_KEPT = 40

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ArticleModel(QAbstractListModel):
    """Rows in project order; `ROW` gives the ArticleRow."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pages: OrderedDict[int, list[ArticleRow]] = OrderedDict()
        self._count = 0
        session.project_opened.connect(self.reload)
        session.changed.connect(self._follow)

    def reload(self) -> None:
        """Read everything anew."""
        self.beginResetModel()
        self._pages.clear()
        store = self._session.store
        self._count = store.article_count() if store else 0
        self.endResetModel()

    def refresh(self) -> None:
        """Read the rows anew, their number being the same."""
        self._pages.clear()
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (
            ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole,
        ):  # fmt: skip
            return None
        row = self.article(index.row())
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {row.state}, {row.spans} spans"
        return row.title

    def article(self, number: int) -> ArticleRow | None:
        """Return the article in row `number` (from 0), None where there is none (any more)."""
        store = self._session.store
        if store is None or not 0 <= number < self._count:
            return None
        page, place = divmod(number, PAGE)
        if page not in self._pages:
            self._pages[page] = store.article_page(self._session.me.id, self._session.visible, page * PAGE, PAGE)
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

    def _follow(self, changed: Changed) -> None:
        if any(isinstance(change.value, Imported | Article) for change in changed.changes):
            self.reload()
            return
        store = self._session.store
        for number, row in self._known(changed.articles):
            fresh = store.article_row(row.id, self._session.me.id, self._session.visible) if store else None
            if fresh is not None:
                self._pages[number // PAGE][number % PAGE] = fresh
                self.dataChanged.emit(self.index(number), self.index(number))

    def _known(self, ids: frozenset[str]) -> list[tuple[int, ArticleRow]]:
        return [
            (page * PAGE + place, row)
            for page, rows in self._pages.items()
            for place, row in enumerate(rows)
            if row.id in ids
        ]
