"""What the focused span is tied to: the other spans of its attribution, its relations; a click goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.grouping import RelationKind
from annotator.domain.scheme import Label
from annotator.i18n import _
from annotator.ui.drawing import swatch
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.rowbutton import RowButton
from annotator.ui.spans.attributes import NAME
from annotator.ui.ticks import Tick

_CLOSE = 24
_GONE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Tied(NamedTuple):
    """One span that is tied to the focused one: by which tie, as what, its words."""

    tie: str
    span: str
    name: str
    words: str
    label: Label | None = None
    mine: bool = True
    article: str = ""
    """The id of its article where that is another one."""
    title: str = ""
    """How that article is called."""


def directed(relation: RelationKind | None, id: str, outward: bool) -> str:
    """Return what a relation is called, with its direction; its id where the scheme does not know it."""
    name = relation.name if relation is not None else id
    if relation is not None and relation.symmetric:
        return name
    return f"{name} →" if outward else f"← {name}"


class TieRow(RowButton):
    """One other end; `gone()` when it is to be untied, with its cross or Delete."""

    gone = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._tied = Tied("", "", "", "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def tied(self) -> Tied:
        """What it shows."""
        return self._tied

    def show_tied(self, tied: Tied) -> None:
        """Show an other end."""
        if tied != self._tied:
            self._tied = tied
            named = _("{name}: {words}").format(name=tied.name, words=tied.words)
            self.setAccessibleName(f"{named}, {tied.title}" if tied.article else named)
            self.setToolTip("")
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self._look.px(44 if self._tied.article else 28))

    def _cross(self) -> QRect:
        return QRect(self.width() - _CLOSE, (self.height() - _CLOSE) // 2, _CLOSE, _CLOSE)

    def paint(self, painter: QPainter) -> None:
        """Paint the row."""
        theme, look = self._look.theme, self._look
        # The title of another article has a line of its own.
        line = look.px(26) if self._tied.article else self.height()
        middle = line // 2
        name = look.px(NAME)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.setFont(look.sans(12))
        painter.setPen(QColor(theme.text2))
        box = QRect(0, 0, name, line)
        shown = painter.fontMetrics().elidedText(self._tied.name, Qt.TextElideMode.ElideRight, name - 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        left = name + 4
        if self._tied.label is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            swatch(painter, QRect(left, middle - 8, 16, 16), self._tied.label, theme)
            left += 24
        crossed = self._tied.mine and (self.underMouse() or self.hasFocus())
        painter.setFont(look.serif(14))
        painter.setPen(QColor(theme.text))
        words = QRect(left, 0, self.width() - left - (_CLOSE if crossed else 4), line)
        elided = painter.fontMetrics().elidedText(self._tied.words, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, elided)
        if self._tied.article:
            painter.setFont(look.sans(12))
            painter.setPen(QColor(theme.text2))
            below = QRect(left, line - 4, words.width(), self.height() - line)
            title = painter.fontMetrics().elidedText(self._tied.title, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, title)
        if crossed:
            icon("close", theme.text2).paint(painter, self._cross().adjusted(4, 4, -4, -4))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._tied.mine and self._cross().contains(event.position().toPoint()):
            self.setDown(False)
            self.gone.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _GONE:
            if self._tied.mine:
                self.gone.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _GONE:
            # Here Delete means the tie, not the span.
            event.accept()
            return True
        if event.type() is QEvent.Type.ToolTip:
            from annotator.ui.widgets import plain_tip

            untie = _("The cross takes the tie away, not the span.") if self._tied.mine else ""
            self.setToolTip(plain_tip("\n".join(filter(None, (self._tied.words, self._tied.title, untie)))))
        return super().event(event)


class TieRows(QWidget):
    """Rows of other ends, and the tick for a quote whose text names no source.

    `chosen(span)` (its id), `far_chosen(article, span)` (their ids) of one in another article, `untied(tie, span)`,
    `ticked(bool)`.
    """

    chosen = Signal(str)
    far_chosen = Signal(str, str)
    untied = Signal(str, str)
    ticked = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.rows: list[TieRow] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.none = Tick(_("No source in the text"), look)
        self.none.clicked.connect(self.ticked)
        self._column.addWidget(self.none)

    def _choose(self, tied: Tied) -> None:
        if tied.article:
            self.far_chosen.emit(tied.article, tied.span)
        else:
            self.chosen.emit(tied.span)

    def show_ties(self, tied: Sequence[Tied], none: bool | None) -> None:
        """Show these ends; `none` is whether the tick is set, None where there is no use for it."""
        while len(self.rows) < len(tied):
            row = TieRow(self._look)
            row.clicked.connect(lambda _checked=False, row=row: self._choose(row.tied))
            row.gone.connect(lambda row=row: self.untied.emit(row.tied.tie, row.tied.span))
            self._column.insertWidget(len(self.rows), row)
            self.rows.append(row)
        for number, row in enumerate(self.rows):
            row.setVisible(number < len(tied))
            if number < len(tied):
                row.show_tied(tied[number])
        self.none.setVisible(none is not None)
        self.none.setChecked(bool(none))
        self.setVisible(bool(tied) or none is not None)
