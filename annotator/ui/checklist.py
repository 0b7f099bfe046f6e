"""What is to be looked at in the article, as a list: by kind, in step with the text both ways."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.lint import KINDS, Finding
from annotator.domain.span import Span, quoted
from annotator.i18n import _
from annotator.ui.checks import Checks
from annotator.ui.drawing import swatch
from annotator.ui.lettertable import LetterTable
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.theme import UNKNOWN_LABEL
from annotator.ui.widgets import caption, plain_tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROW = 48
_WORDS = 120
"""Code points of a span's words that a row holds at most."""
FINDING = Qt.ItemDataRole.UserRole
_HEAD = FINDING + 1
_CHOOSE = QItemSelectionModel.SelectionFlag.ClearAndSelect


class CheckModel(QAbstractTableModel):
    """Kinds, each followed by its findings; no row is made before it is looked at, a long article has very many."""

    def __init__(self, checks: Checks, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._checks, self._session = checks, session
        self._starts: list[int] = []
        self._groups: list[tuple[str, list[Finding]]] = []
        self._rows = 0
        self._first: dict[str, int] | None = None
        self.take()

    def take(self) -> None:
        """Show what is found now."""
        self.beginResetModel()
        self._groups = list(self._checks.groups.items())
        self._starts, self._rows, self._first = [], 0, None
        for _kind, found in self._groups:
            self._starts.append(self._rows)
            self._rows += len(found) + 1
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    def finding(self, row: int) -> Finding | None:
        """Return the finding of a row, None for that of a kind."""
        if not 0 <= row < self._rows:
            return None
        group = bisect_right(self._starts, row) - 1
        place = row - self._starts[group] - 1
        return self._groups[group][1][place] if place >= 0 else None

    def row(self, wanted: Finding) -> int:
        """Return the row of a finding, -1 where it is not found any more."""
        for start, (kind, found) in zip(self._starts, self._groups, strict=True):
            if kind == wanted.kind and wanted in found:
                return start + 1 + found.index(wanted)
        return -1

    def row_of(self, span: str) -> int:
        """Return the first row of a span (its id), -1 where nothing was found at it."""
        if self._first is None:
            # Once for what was found: every J asks.
            self._first = {}
            for start, (_kind, found) in zip(self._starts, self._groups, strict=True):
                for row, one in enumerate(found, start=start + 1):
                    self._first.setdefault(one.span, row)
        return self._first.get(span, -1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.finding(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        finding = self.finding(index.row())
        if finding is None:
            return self._head(index.row(), role)
        if role == FINDING:
            return finding
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{self.words(finding)}: {finding.words}"
        return plain_tip(f"{self.words(finding)}\n{finding.words}") if role == Qt.ItemDataRole.ToolTipRole else None

    def _head(self, row: int, role: int) -> object:
        kind, found = self._groups[bisect_right(self._starts, row) - 1]
        if role == _HEAD:
            return _(KINDS[kind]), len(found)
        named = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return f"{_(KINDS[kind])}, {len(found):,}" if named else None

    def words(self, finding: Finding) -> str:
        """Return the words of the span of a finding."""
        span = self._session.spans.get(finding.span)
        return quoted(self._session.text, span.fragments, _WORDS) if span is not None else ""


class _Row(QStyledItemDelegate):
    def __init__(self, session: Session, look: Look, view: QTableView) -> None:
        super().__init__(view)
        self._session, self._look, self._view = session, look, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._look.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        finding, head = index.data(FINDING), index.data(_HEAD)
        painter.save()
        try:
            if isinstance(finding, Finding):
                hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
                self._finding(painter, option.rect, finding, self._view.selectionModel().isSelected(index), hovered)
            elif isinstance(head, tuple):
                self._head(painter, option.rect, *head)
        finally:
            painter.restore()

    def _head(self, painter: QPainter, box: QRect, name: str, count: int) -> None:
        theme, line = self._look.theme, QRect(box.left() + 16, box.top() + 18, box.width() - 32, box.height() - 20)
        painter.setFont(self._look.sans(12))
        painter.setPen(QColor(theme.text2))
        wide = painter.fontMetrics().horizontalAdvance(f"{count:,}")
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{count:,}")
        painter.setFont(self._look.sans(13, QFont.Weight.DemiBold))
        painter.setPen(QColor(theme.text))
        room = line.width() - wide - 12
        painter.drawText(
            line,
            Qt.AlignmentFlag.AlignVCenter,
            painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room),
        )

    def _finding(self, painter: QPainter, box: QRect, finding: Finding, chosen: bool, hovered: bool) -> None:
        theme, look, model = self._look.theme, self._look, self._view.model()
        assert isinstance(model, CheckModel)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.tint if chosen else theme.hover))
            painter.drawRoundedRect(QRectF(box).adjusted(8, 1, -8, -1), 6, 6)
            if chosen:
                painter.fillRect(QRectF(box.left() + 8, box.top() + 8, 3, box.height() - 16), QColor(theme.accent))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        span = self._session.spans.get(finding.span)
        label = (self._session.scheme.label(span.label) if span is not None else None) or UNKNOWN_LABEL
        half = box.height() // 2
        swatch(painter, QRect(box.left() + 16, box.top() + half - 17, 10, 16), label, theme)
        words = QRect(box.left() + 34, box.top() + 2, box.width() - 34 - 16, half)
        painter.setPen(QColor(theme.text))
        painter.setFont(look.serif(14))
        shown = painter.fontMetrics().elidedText(model.words(finding), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(QColor(theme.text2))
        painter.setFont(look.sans(12))
        below = words.translated(0, half - 4)
        shown = painter.fontMetrics().elidedText(finding.words, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, shown)


class CheckList(QWidget):
    """The list, and in words that there is nothing in it. `focused(id)`, `text_wanted()`, `typed(key, shift)`."""

    focused = Signal(str)
    text_wanted = Signal()
    typed = Signal(str, bool)

    def __init__(self, checks: Checks, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._checks = session, checks
        self._following = False
        self._kept: Finding | None = None
        self._span = ""
        # A table of one column: a list would ask for all of 50,000 rows with every change.
        self.view = LetterTable(look.px(_ROW), self)
        self.model = CheckModel(checks, session, self)
        self.view.setObjectName("checklist")
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Row(session, look, self.view))
        self.view.horizontalHeader().hide()
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.view.setAccessibleName(_("Things to look at"))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._empty = caption("", "third")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(16, 16, 16, 16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)
        self.view.selectionModel().currentRowChanged.connect(self._chosen)
        self.view.activated.connect(self._go)
        self.view.clicked.connect(self._clicked)
        self.view.typed.connect(self.typed)
        checks.changed.connect(self._take)
        checks.looked.connect(self._tell)
        session.article_shown.connect(self._tell)
        session.changed.connect(self._tell)
        self._tell()

    def take_keyboard(self) -> None:
        """Give the list the keyboard, at the finding of the focused span or at the first one."""
        self._checks.fresh()
        if self.model.rowCount() and not self.view.selectionModel().hasSelection():
            row = self.view.currentIndex().row()
            self.view.setCurrentIndex(self.model.index(row if self.model.finding(row) is not None else 1, 0))
            self.view.selectionModel().select(self.view.currentIndex(), _CHOOSE)
            self._clicked(self.view.currentIndex())
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_span(self, span: Span | None) -> None:
        """Mark the first finding of the focused span, unless one of it is chosen already."""
        self._span = span.id if span is not None else ""
        if self._kept is None or self._kept.span != self._span or self.model.row(self._kept) < 0:
            self._mark(self.model.row_of(self._span))

    def _mark(self, row: int) -> None:
        self._following = True
        try:
            if row < 0:
                # Where the arrows go on from stays.
                self.view.clearSelection()
                self._kept = None
            else:
                self.view.setCurrentIndex(self.model.index(row, 0))
                self._kept = self.model.finding(row)
        finally:
            self._following = False

    def _take(self) -> None:
        """Show what is found now; what was chosen stays so, and where it is settled Down goes to what follows it.

        Not by itself: the next digit may still be meant for the span that is focused.
        """
        kept, row, top = self._kept, self.view.currentIndex().row(), self.view.verticalScrollBar().value()
        self._following = True
        try:
            self.model.take()
        finally:
            self._following = False
        self.view.verticalScrollBar().setValue(top)
        self._tell()
        there = self.model.row(kept) if kept is not None else -1
        if there < 0:
            there = self.model.row_of(self._span)
        if there < 0 < row:
            before = self.model.index(min(row, self.model.rowCount()) - 1, 0)
            self.view.selectionModel().setCurrentIndex(before, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._mark(there)

    def _chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        finding = current.data(FINDING) if current.isValid() else None
        if isinstance(finding, Finding) and not self._following:
            self._kept = finding
            self.focused.emit(finding.span)

    def _clicked(self, index: QModelIndex) -> None:
        # Also where it was chosen already: the hand may have gone elsewhere in the text.
        self._chosen(index, index)

    def _go(self, index: QModelIndex) -> None:
        self._chosen(index, index)
        self.text_wanted.emit()

    def _tell(self, _changed: object = None) -> None:
        session, none = self._session, not self.model.rowCount()
        if session.article is None:
            words = ""
        elif not session.editable:
            words = _("Nothing is looked for: the article can be read, not changed.")
        elif self._checks.looking:
            words = _("Looking at the spans of the article…")
        elif not len(session.spans):
            words = _("No spans in this article yet: there is nothing to look at.")
        else:
            words = _("Nothing to look at: all spans of the article are complete.")
        self._empty.setText(words)
        self._empty.setVisible(none)
        self.view.setVisible(not none)
