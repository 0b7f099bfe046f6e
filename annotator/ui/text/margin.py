"""The whole article in a narrow strip beside it: one stripe a label, and a frame for what is on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from annotator.domain.span import Span
from annotator.domain.stripes import Stripes
from annotator.i18n import _, n_
from annotator.ui.text.typography import MARGIN

if TYPE_CHECKING:
    from annotator.ui.text.view import ArticleView

WIDTH = MARGIN
_EDGE = 1
_WIDEST, _MOST = 4, 12
"""Pixels a stripe has at most; stripes that have a place of their own, those beyond share the last."""
_AFTER, _PORTION = 60, 600
"""Milliseconds until a change is drawn, so that many are drawn at once; spans that are looked at between two keys."""
_MANY, _REST = 3_000, 400
"""Spans from which on it waits until nothing has changed for so many milliseconds: all of them are looked at anew."""
_LEAST_FRAME = 8
_LISTED = 12
_DOT = 3.5
"""Half the width of what stands for a remark, in pixels."""


class Margin(QWidget):
    """Follows the view; a click or a drag goes there. For the mouse only: the keyboard has the keys of the text."""

    def __init__(self, view: ArticleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._strip: QPixmap | None = None
        self._columns: dict[str, int] = {}
        """Number of a label's stripe, from the left."""
        self._counts: dict[str, int] = {}
        self._remarks: tuple[int, ...] = ()
        self._wide = _WIDEST
        # A child, and no QBasicTimer: that would ring for a window that is gone.
        self._soon = QTimer(self)
        self._soon.timeout.connect(self._go_on)
        self._stale = False
        self._stripes: Stripes | None = None
        """What is being made, in portions."""
        self._waiting: Iterator[Span] = iter(())
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(_("Where the spans stand in the whole article"))
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        bar = view.verticalScrollBar()
        bar.valueChanged.connect(self.update)
        bar.rangeChanged.connect(self.update)
        view.caret_moved.connect(self.update)
        view.spans_changed.connect(self.draw_soon)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 100)

    # ---- the stripes

    def draw_soon(self) -> None:
        """Draw the stripes anew once the hand rests for a moment."""
        self._stale = True
        if not self.isVisible() or self._stripes is not None:
            return
        if self._view.span_count > _MANY:
            self._soon.start(_REST)
        elif not self._soon.isActive():
            self._soon.start(_AFTER)

    @property
    def drawn(self) -> bool:
        """Whether it shows the spans as they are now."""
        return self._strip is not None and not self._stale and self._stripes is None

    def _go_on(self) -> None:
        if self._stripes is None:
            self._begin()
        elif portion := list(islice(self._waiting, _PORTION)):
            self._stripes.add(portion)
        else:
            self._end(self._stripes)

    def showEvent(self, event: QEvent) -> None:
        self.draw_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.draw_soon()

    def _begin(self) -> None:
        self._stale = False
        ratio, length = self.devicePixelRatioF(), len(self._view.text)
        self._stripes = Stripes(length, round(self.height() * ratio), least=round(2 * ratio))
        self._waiting = iter(self._view.spans_within(0, length))
        self._soon.start(0)

    def _end(self, done: Stripes) -> None:
        self._soon.stop()
        self._stripes = None
        self._draw(done)
        self.update()
        if self._stale:
            self.draw_soon()

    def _draw(self, done: Stripes) -> None:
        view, ratio = self._view, self.devicePixelRatioF()
        order = [label for label in view.labels if label in done.counts]
        order += sorted(label for label in done.counts if label not in view.labels)
        self._columns = {label: min(number, _MOST - 1) for number, label in enumerate(order)}
        self._counts = {label: done.counts[label] for label in order}
        self._wide = max(1, min(_WIDEST, (WIDTH - 2 * _EDGE) // max(len(order), 1)))
        strip = QPixmap(QSize(WIDTH, max(self.height(), 1)) * ratio)
        strip.fill(QColor(view.theme.page))
        with QPainter(strip) as painter:
            wide = round(self._wide * ratio)
            for label, stretches in done.stretches().items():
                left, colour = round(_EDGE * ratio) + self._columns[label] * wide, view.bar_colour(label)
                for first, last in stretches:
                    painter.fillRect(left, first, wide, last - first, colour)
        strip.setDevicePixelRatio(ratio)
        self._strip = strip

    def show_remarks(self, places: tuple[int, ...]) -> None:
        """Show where spans with an open remark begin (code points)."""
        if places != self._remarks:
            self._remarks = places
            self.update()

    def _paint_remarks(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._view.theme.page), 1))
        painter.setBrush(QColor(self._view.theme.accent))
        length = max(len(self._view.text), 1)
        for place in self._remarks:
            middle = min(max(place / length * self.height(), _DOT), self.height() - _DOT)
            painter.drawEllipse(QPointF(WIDTH - _DOT - 1, middle), _DOT, _DOT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    # ---- where one is

    def frame(self) -> QRectF:
        """Return the frame of what is on the screen, in pixels of the strip."""
        start, end = self._view.seen()
        height, length = self.height(), max(len(self._view.text), 1)
        top, bottom = start / length * height, end / length * height
        if bottom - top < _LEAST_FRAME:
            top = min(max((top + bottom - _LEAST_FRAME) / 2, 0.0), max(height - _LEAST_FRAME, 0))
            bottom = top + _LEAST_FRAME
        return QRectF(0.5, top + 0.5, WIDTH - 1, bottom - top - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(view.theme.page))
            if not view.text:
                return
            if self._strip is not None:
                painter.drawPixmap(QRect(0, 0, WIDTH, self.height()), self._strip)
            self._paint_remarks(painter)
            veil = QColor(view.theme.text)
            veil.setAlphaF(0.08)
            frame = self.frame()
            painter.fillRect(frame, veil)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(view.theme.text2), 1))
            painter.drawRect(frame)
            caret = min(round(view.caret / len(view.text) * self.height()), self.height() - 2)
            painter.fillRect(QRect(0, caret, WIDTH, 2), QColor(view.theme.accent))

    # ---- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._view.wheelEvent(event)

    def _go(self, point: QPointF) -> None:
        share = min(max(point.y() / max(self.height(), 1), 0.0), 1.0)
        self._view.centre(round(share * len(self._view.text)))

    def label_at(self, x: float) -> str:
        """Return the label whose stripe stands at `x`, "" for none."""
        number = (x - _EDGE) // self._wide
        return next((label for label, column in self._columns.items() if column == number), "")

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            # Made when it is wanted: what it says changes with every key.
            self.setToolTip(self.told(self.label_at(event.pos().x())))
        return super().event(event)

    def told(self, here: str) -> str:
        """Return which stripe is which label, with the number of its spans; the one under the pointer stands out."""
        from html import escape

        rows = []
        for label, count in list(self._counts.items())[:_LISTED]:
            square = f'<td style="background: {self._view.bar_colour(label).name()}">&nbsp;&nbsp;</td>'
            name = escape(self._view.label_name(label))
            name = f"<b>{name}</b>" if label == here else name
            rows.append(f'<tr>{square}<td>&nbsp;{name}&nbsp;</td><td align="right">{count:,}</td></tr>')
        if (more := len(self._counts) - _LISTED) > 0:
            rows.append(f"<tr><td></td><td>&nbsp;+{more}</td><td></td></tr>")
        if self._remarks:
            count = len(self._remarks)
            words = escape(n_("{count} open remark", "{count} open remarks", count).format(count=count))
            rows.append(f"<tr><td></td><td>&nbsp;● {words}</td><td></td></tr>")
        return f"<table>{''.join(rows)}</table>" if rows else _("No spans in this article yet.")
