"""How an article looks in the list: state, headline in two lines, outlet and day, number of spans."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.article import known
from annotator.domain.dates import published
from annotator.storage.listing import ArticleRow
from annotator.ui.articles.list import ArticleList
from annotator.ui.articles.model import ROW
from annotator.ui.drawing import lines, state_dot
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.states import given_name

_TEXT_LEFT = 36
_PADDING = 8


class ArticleDelegate(QStyledItemDelegate):
    """Paints rows of 72, or of 34 with only the state where the list is a rail.

    It asks the list itself what is chosen and hovered: for the state in the option PySide makes ready the 500 names of
    QStyle, which every start would wait for.
    """

    def __init__(self, look: Look, view: ArticleList) -> None:
        super().__init__(view)
        self._look = look
        self._view = view
        self.rail = False

    @property
    def height(self) -> int:
        """How high a row is."""
        return 34 if self.rail else self._look.px(72)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW)
        painter.save()
        try:
            chosen = self._view.selectionModel().isSelected(index)
            self._ground(painter, option.rect, chosen, index.row() == self._view.hovered_row)
            if isinstance(row, ArticleRow):
                self._row(painter, option.rect, row, chosen)
        finally:
            painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, chosen: bool, hovered: bool) -> None:
        theme = self._look.theme
        if chosen:
            painter.fillRect(rect, QColor(theme.tint))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
        elif hovered:
            painter.fillRect(rect, QColor(theme.hover))

    def _row(self, painter: QPainter, rect: QRect, row: ArticleRow, chosen: bool) -> None:
        theme, px = self._look.theme, self._look.px
        if self.rail:
            state_dot(painter, QPointF(rect.center()), row.state, theme)
            return
        weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Medium
        title, small = self._look.sans(13, weight), self._look.sans(12)
        leading = px(18)
        width = rect.width() - _TEXT_LEFT - 16
        headline = lines(row.title, title, width, 2)
        parts = (given_name(row.given, row.round), known(row.meta, "outlet"), published(row.meta, short=True))
        words = " · ".join(filter(None, parts))
        # What is known of the article stands amid its row, however much that is.
        high = leading * (len(headline) + bool(words or row.spans))
        top = rect.top() + max(_PADDING, (rect.height() - high) // 2)
        state_dot(painter, QPointF(rect.left() + 21, top + leading / 2), row.state, theme)
        if row.given == "mine":
            # Under the state, so that a glance down the list tells mine from the others.
            icon("mine", theme.accent).paint(painter, rect.left() + 13, top + leading + (leading - 16) // 2, 16, 16)
        painter.setFont(title)
        painter.setPen(QColor(theme.text if chosen or row.state != "done" else theme.text2))
        for line in headline:
            painter.drawText(QRect(rect.left() + _TEXT_LEFT, top, width, leading), Qt.AlignmentFlag.AlignVCenter, line)
            top += leading
        painter.setFont(small)
        painter.setPen(QColor(theme.text3 if not chosen else theme.text2))
        below = QRect(rect.left() + _TEXT_LEFT, top, width, leading)
        if row.spans:
            painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{row.spans}")
        metrics = QFontMetrics(small)
        room = width - (metrics.horizontalAdvance(f"{row.spans}") + 8 if row.spans else 0)
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
