"""The articles as a list model that reads pages: 100,000 articles cost what is on screen."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from annotator.domain.article import Article, Layer
from annotator.domain.change import Change, Changed, Imported
from annotator.domain.team import Assignment
from annotator.storage.library import Wanted
from annotator.storage.listing import ArticleRow
from annotator.storage.reader import Reader
from annotator.ui.articles.reading import Reading
from annotator.ui.articles.worklist import Worklist
from annotator.ui.reports import spans
from annotator.ui.session import Session
from annotator.ui.states import given_name, marked_name, state_name
from annotator.ui.widgets import plain_tip

PAGE = 128
PAGES_KEPT = 40
AT_ONCE = 1_000
"""Hits that are looked for while one types; the rest follow when one pauses."""
PAUSE = 200
"""Milliseconds."""

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ArticleModel(QAbstractListModel):
    """The articles that are wanted, in project order; `ROW` gives the ArticleRow, `counted()` tells of a new number."""

    counted = Signal()

    def __init__(self, session: Session, reading: Reading, worklist: Worklist, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._reading, self._worklist = reading, worklist
        self._pages: OrderedDict[int, list[ArticleRow]] = OrderedDict()
        self._count = 0
        self._wanted = Wanted()
        self._ids: list[str] | None = None
        """The articles that are wanted, None where all are."""
        self._rest = QTimer(self, interval=PAUSE, singleShot=True)
        self._rest.timeout.connect(self._read_rest)
        session.project_opened.connect(self._open)
        session.changed.connect(self._follow)
        worklist.changed.connect(self._look_again)

    @property
    def wanted(self) -> Wanted:
        """Which articles are listed."""
        return self._wanted

    @property
    def whole(self) -> bool:
        """Whether the number of rows is known to be right, and not only that of the first hits."""
        return not self._rest.isActive()

    def want(self, wanted: Wanted) -> None:
        """List only these articles."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.reload()

    def _open(self) -> None:
        self._wanted = Wanted()
        self.reload()

    def reload(self) -> None:
        """Read everything anew."""
        self._rest.stop()
        self.beginResetModel()
        self._pages.clear()
        store = self._session.store
        if store is None:
            self._ids, self._count = None, 0
        elif self._wanted == Wanted():
            self._ids, self._count = None, store.article_count()
        else:
            self._ids = self._found(store, AT_ONCE)
            self._count = len(self._ids)
            if self._count == AT_ONCE:
                self._rest.start()
        self.endResetModel()
        self.counted.emit()

    def _found(self, store: Reader, limit: int) -> list[str]:
        marked, me = self._wanted.marked, self._session.me.id
        among = self._worklist.articles(marked) if marked else None
        return store.matching(self._wanted, me, limit, complete=self._reading.complete, among=among)

    def _look_again(self) -> None:
        """List what is marked so now; where that is what is listed, the rows stay as they are."""
        store = self._session.store
        if store is not None and self._wanted.marked and self._found(store, AT_ONCE) != (self._ids or [])[:AT_ONCE]:
            self.reload()

    def _read_rest(self) -> None:
        """Add the hits beyond the first; what the eye is on and the chosen row stay where they are."""
        store, first = self._session.store, self._ids
        if store is None or first is None:
            return
        ids = self._found(store, -1)
        if ids[: len(first)] != first:
            # The quick look had not all of them, or another program changed the project between the two.
            self.beginResetModel()
            self._pages.clear()
            self._ids, self._count = ids, len(ids)
            self.endResetModel()
        elif len(ids) > len(first):
            self._pages.pop(self._count // PAGE, None)
            self.beginInsertRows(QModelIndex(), len(first), len(ids) - 1)
            self._ids, self._count = ids, len(ids)
            self.endInsertRows()
        self.counted.emit()

    def listed(self) -> list[str] | None:
        """Return the ids of all articles that are wanted, in project order; None where none are left out."""
        store = self._session.store
        return None if store is None or self._ids is None else self._found(store, -1)

    def number_of(self, id: str) -> int | None:
        """Return the row (from 0) of an article, None where it is not listed."""
        store = self._session.store
        if store is None:
            return None
        if self._ids is None:
            return store.article_index(id, self._session.me.id)
        return self._ids.index(id) if id in self._ids else None

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
            said = [marked_name("mine")] if row.given == "mine" else []
            return ", ".join(filter(None, (
                row.title, state_name(row.state), spans(row.spans), *said, given_name(row.given, row.round),
            )))  # fmt: skip
        return row.title

    def article(self, number: int) -> ArticleRow | None:
        """Return the article in row `number` (from 0), None where there is none (any more)."""
        store = self._session.store
        if store is None or not 0 <= number < self._count:
            return None
        page, place = divmod(number, PAGE)
        if page not in self._pages:
            self._pages[page] = self._page(store, page * PAGE)
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

    def _page(self, store: Reader, first: int) -> list[ArticleRow]:
        me, visible = self._session.me.id, self._session.visible
        if self._ids is None:
            before = self._pages.get(first // PAGE - 1, [])
            after = before[-1] if len(before) == PAGE else None
            return store.article_page(me, visible, first, PAGE, after)
        return store.article_rows(self._ids[first : first + PAGE], me, visible)

    def _follow(self, changed: Changed) -> None:
        if changed.kinds() == {"remark"}:
            return  # no row tells of them
        kinds: tuple[type, ...] = (Imported, Article, Assignment)
        if self._wanted.state:
            kinds = (*kinds, Layer)
        if any(isinstance(change.value, kinds) or _returns(change) for change in changed.changes):
            self.reload()
            return
        for number, row in self._known(changed.articles):
            fresh = self._fresh(row, changed)
            if fresh is not None:
                self._pages[number // PAGE][number % PAGE] = fresh
                self.dataChanged.emit(self.index(number), self.index(number))

    def _fresh(self, row: ArticleRow, changed: Changed) -> ArticleRow | None:
        session = self._session
        if session.article is not None and session.article.id == row.id and changed.kinds() <= {"span"}:
            # With every key; the file would count the spans of a long article one by one.
            return row._replace(spans=len(session.spans))
        return session.store.article_row(row.id, session.me.id, session.visible) if session.store else None

    def _known(self, ids: frozenset[str]) -> list[tuple[int, ArticleRow]]:
        return [
            (page * PAGE + place, row)
            for page, rows in self._pages.items()
            for place, row in enumerate(rows)
            if row.id in ids
        ]


def _returns(change: Change) -> bool:
    """Whether an article is given back, or taken again: it stands elsewhere in the list then."""
    values = [value for value in (change.before, change.after) if isinstance(value, Layer)]
    return len({value.returned for value in values}) > 1 or (len(values) == 1 and values[0].returned)
