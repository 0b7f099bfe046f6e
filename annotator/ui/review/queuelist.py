"""The queue as rows under their articles, painted; of thousands only those on the screen cost anything."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.domain.layerref import LayerRef
from annotator.domain.scheme import Scheme
from annotator.i18n import _
from annotator.review.differences import ABSENT
from annotator.review.standing import CONTESTED, DISCUSSED, OUTDATED, SETTLED, Item
from annotator.ui.look import Look
from annotator.ui.review.words import decided, kind_name, spoken
from annotator.ui.theme import UNKNOWN_LABEL, SpanColours, span_colours

_HEAD, _ROW = 36, 56
_LEFT = 16


class Row(NamedTuple):
    """An article with how many differences follow, or one of them."""

    item: Item | None = None
    title: str = ""
    many: int = 0


def rows(items: list[Item], titles: dict[str, str]) -> list[Row]:
    """Return the rows of a list: each article before its differences."""
    found: list[Row] = []
    for article, some in groupby(items, key=lambda item: item.difference.article):
        of = [Row(item) for item in some]
        found.append(Row(title=titles.get(article, ""), many=len(of)))
        found += of
    return found


class QueueList(QAbstractScrollArea):
    """`picked(id)` of the difference that was clicked, or that the arrows went to."""

    picked = Signal(str)
    stepped = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        surface = QWidget()
        self.setViewport(surface)
        surface.setMouseTracking(True)
        self._look = look
        self._rows: list[Row] = []
        self._tops: list[int] = [0]
        self._current = ""
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
        look.changed.connect(surface.update)

    def show_rows(
        self, rows: list[Row], current: str, scheme: Scheme, names: list[str], refs: Sequence[LayerRef]
    ) -> None:  # fmt: skip
        """Show these rows, the current difference (its id) in view."""
        px = self._look.px
        self._rows, self._scheme, self._names, self._refs = rows, scheme, names, refs
        self._tops = [0, *accumulate(px(_ROW) if row.item is not None else px(_HEAD) for row in rows)]
        self._current = current
        self._range()
        number = self.number(current)
        if number >= 0:
            self._reveal(number)
            item = rows[number].item
            self.setAccessibleDescription(spoken(item, scheme) if item is not None else "")
        self.viewport().update()

    def number(self, id: str) -> int:
        """Return the number of a difference's row, -1 where it has none."""
        return next((n for n, row in enumerate(self._rows) if row.item is not None and row.item.id == id), -1)

    @property
    def shown(self) -> list[Row]:
        """The rows, as they stand."""
        return self._rows

    def _range(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._tops[-1] - height))
        bar.setPageStep(height)
        bar.setSingleStep(self._look.px(_ROW))

    def _reveal(self, number: int) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        first = number - 1 if number and self._rows[number - 1].item is None else number
        top, bottom = self._tops[first], self._tops[number + 1]
        if top < bar.value():
            bar.setValue(top)
        elif bottom + self._look.px(_ROW) > bar.value() + height:
            # With one more below: what comes next is seen too.
            bar.setValue(min(bottom + self._look.px(_ROW) - height, top))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._range()
        if (number := self.number(self._current)) >= 0:
            self._reveal(number)  # the chips above it take more lines, or less

    def sizeHint(self) -> QSize:
        return QSize(200, 200)

    def _at(self, y: float) -> int:
        number = bisect_right(self._tops, int(y) + self.verticalScrollBar().value()) - 1
        return number if 0 <= number < len(self._rows) else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().y())
        if number >= 0 and (item := self._rows[number].item) is not None:
            self.picked.emit(item.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().y())
        if number != self._hovered:
            self._hovered = number
            item = self._rows[number].item if number >= 0 else None
            self.viewport().setToolTip("" if item is None else spoken(item, self._scheme))
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = max(1, self.viewport().height() // self._look.px(_ROW) - 1)
        by = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Home: -len(self._rows), Qt.Key.Key_End: len(self._rows),
        }.get(Qt.Key(event.key()))  # fmt: skip
        if by is None:
            event.ignore()
            return
        ids = [row.item.id for row in self._rows if row.item is not None]
        if ids:
            at = ids.index(self._current) if self._current in ids else 0
            self.picked.emit(ids[min(max(at + by, 0), len(ids) - 1)])

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            offset = self.verticalScrollBar().value()
            number = max(self._at(event.rect().top()), 0)
            while number < len(self._rows) and self._tops[number] - offset <= event.rect().bottom():
                top = self._tops[number] - offset
                box = QRect(0, top, self.viewport().width(), self._tops[number + 1] - self._tops[number])
                row = self._rows[number]
                if row.item is None:
                    self._paint_head(painter, box, row, number > 0)
                else:
                    self._paint_item(painter, box, row.item, number)
                number += 1

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
        theme, look, chosen = self._look.theme, self._look, item.id == self._current
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


def colours_of(look: Look, scheme: Scheme, label: str) -> SpanColours:
    """Return the colours of a label (its id), those of an unknown one where the scheme has none."""
    known = scheme.label(label) or UNKNOWN_LABEL
    return span_colours(look.theme, known.light, known.dark)


def paint_tag(
    painter: QPainter, look: Look, scheme: Scheme, label: str, right: float, middle: float, most: float,
    *, left: float | None = None,
) -> float:  # fmt: skip
    """Paint a label's tag that ends at `right`, or begins at `left`; return where the next one may stand."""
    font = look.sans(10, QFont.Weight.DemiBold)
    metrics = QFontMetrics(font)
    name = metrics.elidedText(scheme.name_of(label), Qt.TextElideMode.ElideRight, int(most))
    wide = metrics.horizontalAdvance(name) + 8
    high = look.px(13)
    at = left if left is not None else right - wide
    box = QRectF(at, middle - high / 2, wide, high)
    colours = colours_of(look, scheme, label)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.bar)
    painter.drawRoundedRect(box, 2, 2)
    painter.setFont(font)
    painter.setPen(colours.tag_text)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
    return at + wide + 6 if left is not None else at - 4
