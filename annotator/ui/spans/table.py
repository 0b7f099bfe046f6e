"""All spans of the article as a plain table, in step with the text both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.change import Changed
from annotator.domain.marked import OLDER, REMARK
from annotator.domain.span import Span, quoted
from annotator.i18n import _, later
from annotator.ui.articles.worklist import Worklist
from annotator.ui.drawing import swatch
from annotator.ui.icons import icon
from annotator.ui.lettertable import LetterTable
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.spans.ordered import OrderedSpans
from annotator.ui.spans.spanfilter import SELDOM, SpanFilter, is_marked
from annotator.ui.theme import UNKNOWN_LABEL
from annotator.ui.widgets import caption, plain_tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_HEADS = (later("Label"), later("Words"))
SPAN, REMARKED = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_ICON = 14
_LABELS = (96, 168)
"""Pixels of the design that the column of labels has at least and at most."""
_SWATCH_ROOM = 44
"""Pixels beside a label: its swatch and the edges of the cell."""


class SpanModel(QAbstractTableModel):
    """The session's spans in reading order, all or those that are wanted.

    `SPAN` gives the span, `REMARKED` whether it has an open remark that concerns me.
    """

    def __init__(self, session: Session, worklist: Worklist, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._worklist = session, worklist
        self._wanted: Callable[[Span], bool] | None = None
        self._chosen = OrderedSpans()
        session.article_shown.connect(self.choose_again)
        session.changed.connect(self._follow)

    @property
    def spans(self) -> OrderedSpans:
        """The spans that are shown."""
        return self._session.spans if self._wanted is None else self._chosen

    def choose(self, wanted: Callable[[Span], bool] | None) -> None:
        """Show only the spans that are wanted, None for all."""
        self._wanted = wanted
        self.choose_again()

    def choose_again(self) -> None:
        """Look at each span anew."""
        wanted = self._wanted
        self._chosen = OrderedSpans(filter(wanted, self._session.spans) if wanted is not None else ())
        self._reset()

    def _reset(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    def _follow(self, changed: Changed) -> None:
        # The session has followed the change already, so one layout change for all is simplest and cheap:
        # only rows on screen are asked for again.
        if self._session.article is not None and self._session.article.id in changed.articles:
            if changed.kinds() == {"remark"}:
                return  # the list of what is marked tells of them
            if self._wanted is None:
                self._reset()
            elif changed.kinds() <= {"span", "layer"}:
                self._choose_changed(changed)
            else:
                self.choose_again()

    def _choose_changed(self, changed: Changed) -> None:
        """Follow the changes of spans alone: with every key all of a long article are too many."""
        assert self._wanted is not None  # _follow has looked
        for change in changed.changes:
            if isinstance(change.value, Span):
                if change.entity in self._chosen:
                    self._chosen.remove(change.entity)
                span = self._session.spans.get(change.entity)
                if span is not None and self._wanted(span):
                    self._chosen.add(span)
        self._reset()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.spans)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _(_HEADS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.spans):
            return None
        span = self.spans.at(index.row())
        if role == SPAN:
            return span
        if role == REMARKED:
            return span.id in self._worklist.remarked(span.article)
        words = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        if not words:
            return None
        if index.column() == 0:
            text = self._session.scheme.name_of(span.label)
            if role != Qt.ItemDataRole.DisplayRole and span.id in self._worklist.remarked(span.article):
                text = _("{label}, with an open remark").format(label=text)
        else:
            text = quoted(self._session.text, span.fragments)
        return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text


class _LabelDelegate(QStyledItemDelegate):
    def __init__(self, session: Session, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        # An empty picture keeps the room for the swatch.
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.decorationSize = QSize(14, 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        span = index.data(SPAN)
        if isinstance(span, Span):
            label = self._session.scheme.label(span.label) or UNKNOWN_LABEL
            box = QRect(option.rect.left() + 8, option.rect.center().y() - 7, 10, 16)
            swatch(painter, box, label, self._look.theme)
            if index.data(REMARKED):
                left, top = option.rect.right() - _ICON - 2, option.rect.center().y() - _ICON // 2
                icon("remark", self._look.theme.accent).paint(painter, left, top, _ICON, _ICON)


class SpanTable(QWidget):
    """The table with its words for when there is nothing in it. `focused(id)`, `text_wanted()`, `typed(key, shift)`."""

    focused = Signal(str)
    text_wanted = Signal()
    typed = Signal(str, bool)

    def __init__(self, session: Session, look: Look, worklist: Worklist, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look, self._worklist = look, worklist
        self._following = False
        self._focused: Span | None = None
        self.view = LetterTable(look.px(36), self)
        self.model = SpanModel(session, worklist, self)
        self.view.setModel(self.model)
        self.filter = SpanFilter(session, look)
        self.view.setItemDelegateForColumn(0, _LabelDelegate(session, look, self))
        self.view.setAccessibleName(_("Spans"))
        self.view.setWordWrap(False)
        self.view.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.view.horizontalHeader().setHighlightSections(False)
        self.view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._empty = caption("", "third")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(16, 16, 16, 16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filter)
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)
        self.view.selectionModel().currentRowChanged.connect(self._chosen)
        self.view.activated.connect(self.text_wanted)
        self.view.typed.connect(self.typed)
        self.filter.changed.connect(self._choose)
        worklist.changed.connect(self._offer_marks)
        session.project_opened.connect(self._choose)
        session.article_shown.connect(self._tell)
        session.changed.connect(self._tell)
        session.project_opened.connect(self._fit_labels)
        session.scheme_changed.connect(self._fit_labels)
        look.changed.connect(self._fit_labels)
        self._fit_labels()
        self._offer_marks()
        self._tell()

    def _offer_marks(self) -> None:
        counts = self._worklist.counts()
        for what in SELDOM:
            self.filter.offer(what, bool(counts[what]))
        if self.filter.marked in SELDOM:
            self._choose()
        self.view.viewport().update()  # beside their labels

    def _choose(self) -> None:
        """Show what is wanted now, and keep the focused span marked."""
        self._following = True
        self.model.choose(self._wanted() if self.filter.active else None)
        self._following = False
        self.show_span(self._focused)
        self._tell()

    def _wanted(self) -> Callable[[Span], bool]:
        """Return what tells whether a span is wanted; it is asked of every span of a long article."""
        label, marked, session = self.filter.label, self.filter.marked, self._session
        if marked == OLDER:
            is_older = self._worklist.is_older
            return lambda span: span.label == (label or span.label) and is_older(span)
        if marked == REMARK:
            remarked = self._worklist.remarked
            return lambda span: span.label == (label or span.label) and span.id in remarked(span.article)
        if not marked:
            return lambda span: span.label == label
        return lambda span: span.label == (label or span.label) and is_marked(session, span, marked)

    def show_span(self, span: Span | None) -> None:
        """Mark the focused span."""
        self._following, self._focused = True, span
        try:
            if span is None or span.id not in self.model.spans:
                self.view.clearSelection()
            else:
                index = self.model.index(self.model.spans.index(span.id), 0)
                self.view.setCurrentIndex(index)
                self.view.selectRow(index.row())
        finally:
            self._following = False

    def _chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        span = current.data(SPAN)
        if isinstance(span, Span) and not self._following:
            self.focused.emit(span.id)

    def _fit_labels(self) -> None:
        """Give the first column the room of the scheme's longest label, within limits."""
        metrics = self.view.fontMetrics()
        longest = max((metrics.horizontalAdvance(label.name) for label in self._session.scheme.labels), default=0)
        wide = min(max(longest + _SWATCH_ROOM, self._look.px(_LABELS[0])), self._look.px(_LABELS[1]))
        self.view.horizontalHeader().resizeSection(0, wide)

    def _tell(self, _changed: object = None) -> None:
        some = len(self._session.spans) > 0
        none = self._session.article is not None and not len(self.model.spans)
        # How to make one stands below it, in the focused span's place.
        self._empty.setText(_("No span of this article is so.") if some else _("No spans in this article yet."))
        self.filter.setVisible(some or self.filter.active)
        self._empty.setVisible(none)
        self.view.setVisible(not none)
