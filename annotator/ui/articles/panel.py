"""The left panel: the project's name, its articles, how many are done."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from annotator.domain.change import Changed
from annotator.ui.articles.delegate import ArticleDelegate
from annotator.ui.articles.list import ArticleList
from annotator.ui.articles.model import ROW, ArticleModel
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.widgets import caption, plain_tip, rule

WIDTH, RAIL = 264, 48


class ArticlePanel(QFrame):
    """Shows the articles; moving in it opens them, Enter goes on to the text."""

    text_wanted = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("leftPanel")
        self._session = session
        self.model = ArticleModel(session, self)
        self.list = ArticleList(self)
        self._delegate = ArticleDelegate(look, self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Articles")
        self._name, self._empty = caption("", "heading"), caption("", "third")
        self._empty.setWordWrap(True)
        self._done, self._bar = caption("", "strong"), QProgressBar()
        self._bar.setTextVisible(False)
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._open)
        self.list.activated.connect(self.text_wanted)
        self.list.clicked.connect(self.text_wanted)
        session.project_opened.connect(self._greet)
        session.article_shown.connect(self._point)
        session.changed.connect(self._count)
        look.changed.connect(lambda: self.list.viewport().update())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head, self._foot = QWidget(), QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(16, 12, 16, 12)
        head.addWidget(self._name)
        self._empty.setContentsMargins(16, 16, 16, 16)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(16, 12, 16, 16)
        foot.setSpacing(8)
        foot.addWidget(self._done)
        foot.addWidget(self._bar)
        self._line = rule()
        for widget in (self._head, rule(), self._empty):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self._line)
        column.addWidget(self._foot)
        column.addStretch(0)

    def set_rail(self, rail: bool) -> None:
        """Become a rail of states, or a list again."""
        self._delegate.rail = rail
        self._name.setVisible(not rail)
        self._foot.setVisible(not rail and self.model.rowCount() > 0)
        self.setFixedWidth(RAIL if rail else WIDTH)
        self.list.scheduleDelayedItemsLayout()

    def _greet(self) -> None:
        metrics = self._name.fontMetrics()
        name = self._session.name
        self._name.setText(metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, WIDTH - 40))
        self._name.setToolTip(plain_tip(name))
        self._count(None)

    def _count(self, changed: Changed | None) -> None:
        store = self._session.store
        if store is None or (changed is not None and changed.kinds() == {"span"}):
            return
        states = store.states(self._session.me.id)
        total = states.total()
        self._empty.setText("No articles yet. Choose Import." if not total else "")
        self._empty.setVisible(not total)
        self.list.setVisible(bool(total))
        self._foot.setVisible(bool(total) and not self._delegate.rail)
        self._line.setVisible(self._foot.isVisibleTo(self))
        self._done.setText(f"{states['done']} of {total} done")
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(states["done"])

    def _open(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = current.data(ROW)
        shown = self._session.article
        if row is not None and (shown is None or shown.id != row.id):
            self._session.show_article(row.id)

    def _point(self) -> None:
        store, article = self._session.store, self._session.article
        number = store.article_index(article.id) if store and article else None
        if number is None:
            self.list.clearSelection()
        elif number != self.list.currentIndex().row():
            index = self.model.index(number)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
