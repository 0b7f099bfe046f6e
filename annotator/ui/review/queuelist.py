"""The queue as rows under their articles, painted; of thousands only those on the screen cost anything."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.domain.layerref import LayerRef
from annotator.domain.scheme import Scheme
from annotator.i18n import _
from annotator.review.differences import ABSENT
from annotator.review.standing import CONTESTED, DISCUSSED, OUTDATED, SETTLED, Item
from annotator.ui.look import Look
from annotator.ui.review.listing import NOTHING, Looked
from annotator.ui.review.tags import paint_tag
from annotator.ui.review.words import decided, kind_name, spoken

_HEAD, _ROW = 36, 56
_LEFT = 16
_PICTURES = 100


class Row(NamedTuple):
    """An article with how many differences follow, or one of them."""

    item: Item | None = None
    title: str = ""
    many: int = 0


class QueueList(QAbstractScrollArea):
    """`picked(id)` of the difference that was clicked, or that the arrows went to."""

    picked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        surface = QWidget()
        self.setViewport(surface)
        surface.setMouseTracking(True)
        # It fills itself: else all that lies under it would be painted with every key.
        surface.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._look = look
        self._pictures: dict[tuple[object, ...], tuple[Row, QPixmap]] = {}
        """Rows as they were painted: with a key they move up by one, and two of them change."""
        self._looked = NOTHING
        self._heads: list[int] = []
        """Which rows are those of the articles."""
        self._titles: dict[str, str] = {}
        self._current: Item | None = None
        self.begun: Container[str] = ()
        """The differences (ids) at which something was begun and not decided."""
        self._hovered = -1
        self._scheme = Scheme("", "", 1, ())
        self._names: list[str] = []
        self._refs: Sequence[LayerRef] = ()
        # Made once: a font of several families is looked up anew each time it is made.
        self._reading = look.serif(14)
        self._measure = QFontMetrics(self._reading)
        self.setObjectName("queueList")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Differences"))
        self.verticalScrollBar().valueChanged.connect(lambda _value: surface.update())
        look.changed.connect(self._forget_pictures)

    def _forget_pictures(self) -> None:
        self._pictures.clear()
        self.viewport().update()

    def show_list(
        self, looked: Looked, titles: dict[str, str], current: Item | None, scheme: Scheme, names: list[str],
        refs: Sequence[LayerRef],
    ) -> None:  # fmt: skip
        """Show this list under the titles of its articles (by id), the current difference in view."""
        if looked is not self._looked:
            self._looked = looked
            self._heads = [first + number for number, first in enumerate(looked.firsts[:-1])]
        if (titles, scheme, names, refs) != (self._titles, self._scheme, self._names, self._refs):
            self._titles, self._scheme, self._names, self._refs = titles, scheme, names, refs
            self._pictures.clear()
        self._current = current
        self._range()
        if self._reveal_current() and current is not None:
            self.setAccessibleDescription(spoken(current, scheme))
        self.viewport().update()

    def _reveal_current(self) -> bool:
        place = self._looked.place(self._current)
        if place is not None:
            self._reveal(place[1] + place[0] + 1)
        return place is not None

    def number(self, id: str) -> int:
        """Return the number of a difference's row, -1 where it has none."""
        return next((n for n, row in enumerate(self.shown) if row.item is not None and row.item.id == id), -1)

    @property
    def shown(self) -> list[Row]:
        """The rows, as they stand."""
        return [self._row(number) for number in range(self._count())]

    def _count(self) -> int:
        return self._looked.many + len(self._heads)

    def _row(self, number: int) -> Row:
        of = bisect_right(self._heads, number) - 1
        items = self._looked.items_of[of]
        if number == self._heads[of]:
            return Row(title=self._titles.get(self._looked.articles[of], ""), many=len(items))
        return Row(items[number - self._heads[of] - 1])

    def _top(self, number: int) -> int:
        """Return where a row begins in the whole list, in pixels; of the one behind the last its end."""
        px, heads = self._look.px, bisect_left(self._heads, number)
        return heads * px(_HEAD) + (number - heads) * px(_ROW)

    def _range(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._top(self._count()) - height))
        bar.setPageStep(height)
        bar.setSingleStep(self._look.px(_ROW))

    def _reveal(self, number: int) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        first = number - 1 if number - 1 in self._heads else number
        top, bottom = self._top(first), self._top(number + 1)
        if top < bar.value():
            bar.setValue(top)
        elif bottom + self._look.px(_ROW) > bar.value() + height:
            # With one more below: what comes next is seen too.
            bar.setValue(min(bottom + self._look.px(_ROW) - height, top))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._range()
        self._reveal_current()  # the chips above it take more lines, or less

    def sizeHint(self) -> QSize:
        return QSize(200, 200)

    def _at(self, y: float) -> int:
        """Return which row stands there, -1 for none; `y` from the top of what is seen."""
        y = int(y) + self.verticalScrollBar().value()
        number = bisect_right(range(self._count()), y, key=self._top) - 1
        return number if y < self._top(self._count()) else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().y())
        if number >= 0 and (item := self._row(number).item) is not None:
            self.picked.emit(item.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().y())
        if number != self._hovered:
            self._hovered = number
            item = self._row(number).item if number >= 0 else None
            self.viewport().setToolTip("" if item is None else spoken(item, self._scheme))
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = max(1, self.viewport().height() // self._look.px(_ROW) - 1)
        count = self._looked.many
        by = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Home: -count, Qt.Key.Key_End: count,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if by is None:
            event.ignore()
            return
        if count:
            place = self._looked.place(self._current)
            self.picked.emit(self._looked.item(min(max((place[1] if place else 0) + by, 0), count - 1)).id)

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(event.rect(), QColor(self._look.theme.panel))
            offset, count = self.verticalScrollBar().value(), self._count()
            number = max(self._at(event.rect().top()), 0)
            while number < count and (top := self._top(number) - offset) <= event.rect().bottom():
                box = QRect(0, top, self.viewport().width(), self._top(number + 1) - offset - top)
                row = self._row(number)
                if number == self._hovered or (row.item is not None and row.item is self._current):
                    self._paint_row(painter, box, row, number)
                else:
                    painter.drawPixmap(box.topLeft(), self._picture(box.size(), row, number))
                number += 1

    def _paint_row(self, painter: QPainter, box: QRect, row: Row, number: int) -> None:
        if row.item is None:
            self._paint_head(painter, box, row, number > 0)
        else:
            self._paint_item(painter, box, row.item, number)

    def _picture(self, size: QSize, row: Row, number: int) -> QPixmap:
        """Return a row that is neither the current one nor under the pointer as a picture."""
        ratio = self.devicePixelRatioF()
        # By the object itself, which the picture keeps alive: comparing all that an item holds would cost more.
        begun = row.item is not None and row.item.id in self.begun
        key = (id(row.item), begun, row.title, row.many, number > 0, size.width(), size.height(), ratio)
        if key not in self._pictures:
            if len(self._pictures) >= _PICTURES:
                self._pictures.clear()
            picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(QColor(self._look.theme.panel))
            with QPainter(picture) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_row(painter, QRect(0, 0, size.width(), size.height()), row, number)
            self._pictures[key] = row, picture
        return self._pictures[key][1]

    def _paint_head(self, painter: QPainter, box: QRect, row: Row, line: bool) -> None:
        theme, look = self._look.theme, self._look
        if line:
            painter.fillRect(QRect(box.left(), box.top(), box.width(), 1), QColor(theme.line))
        font = look.sans(12, QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(theme.text2))
        count = f"{row.many:,}"
        wide = QFontMetrics(font).horizontalAdvance(count)
        room = box.adjusted(_LEFT, 2, -_LEFT - wide - 12, 0)
        title = QFontMetrics(font).elidedText(" ".join(row.title.split()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(look.sans(12))
        edge = box.adjusted(0, 2, -_LEFT, 0)
        painter.drawText(edge, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)

    def _paint_item(self, painter: QPainter, box: QRect, item: Item, number: int) -> None:
        theme, look, chosen = self._look.theme, self._look, item is self._current
        if chosen:
            painter.fillRect(box, QColor(theme.tint))
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), QColor(theme.accent))
            if self.hasFocus():
                painter.setPen(QColor(theme.accent))
                painter.drawRect(box.adjusted(0, 0, -1, -1))
        elif number == self._hovered:
            painter.fillRect(box, QColor(theme.hover))
        half = box.height() // 2
        upper = QRect(box.left() + _LEFT, box.top() + 6, box.width() - 2 * _LEFT, half - 6)
        right = self._paint_tags(painter, upper, item)
        font = look.sans(12, QFont.Weight.DemiBold if chosen else QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(theme.text if chosen else theme.text2))
        words = kind_name(item.difference.kind)
        # Also of one that is back in the queue: it says what was decided.
        if said := decided(item, self._names, self._refs):
            words = said if item.status in (SETTLED, DISCUSSED) else f"{words} · {said}"
        if item.status in (OUTDATED, CONTESTED):
            painter.setPen(QColor(theme.warning))
            words = f"{_('Outdated') if item.status == OUTDATED else _('Contested')} · {words}"
        elif item.unheard:
            painter.setPen(QColor(theme.warning))
            words = f"{_('Not all heard')} · {words}"
        if item.id in self.begun:
            words = f"{_('Begun')} · {words}"
        name = upper.adjusted(0, 0, int(right) - upper.right() - 8, 0)
        words = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, max(name.width(), 20))
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, words)
        lower = QRect(upper.left(), box.top() + half, upper.width(), half - 4)
        painter.setFont(self._reading)
        painter.setPen(QColor(theme.text))
        said = item.difference.words or self._field(item)
        said = self._measure.elidedText(said[:200], Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, said)

    def _field(self, item: Item) -> str:
        from annotator.domain.judgement import fields

        wanted = item.difference.field
        return next((field.name for field in fields(self._scheme) if field.id == wanted), wanted)

    def _paint_tags(self, painter: QPainter, box: QRect, item: Item) -> float:
        """Paint the labels of a difference at the right end of a box; return where they begin."""
        one, right = item.difference, float(box.right() + 1)
        lacking = any(one.alike[number] == ABSENT for number in one.present)
        if lacking and one.labels:
            right = self._paint_word(painter, box, right, _("nothing"))
            right = self._paint_word(painter, box, right, "/") - 2
        for place, label in enumerate(reversed(one.labels[:2])):
            if place:
                right = self._paint_word(painter, box, right, "/") - 2
            right = paint_tag(painter, self._look, self._scheme, label, right, box.center().y(), box.width() * 0.4)
        return right

    def _paint_word(self, painter: QPainter, box: QRect, right: float, words: str) -> float:
        font = self._look.sans(11)
        wide = QFontMetrics(font).horizontalAdvance(words)
        painter.setFont(font)
        painter.setPen(QColor(self._look.theme.text2))
        painter.drawText(QRectF(right - wide, box.top(), wide + 1, box.height()), Qt.AlignmentFlag.AlignVCenter, words)
        return right - wide - 4
