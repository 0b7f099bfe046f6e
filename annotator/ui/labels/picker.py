"""The label picker: at the selection, any label by a few letters of its name."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListView, QWidget

from annotator.domain.choosing import fitting
from annotator.domain.scheme import Label
from annotator.i18n import _
from annotator.ui.drawing import key_cap, swatch
from annotator.ui.look import Look
from annotator.ui.paintedrow import PaintedRow, chosen_row
from annotator.ui.picking import NOWHERE, ROW, Index, PickList
from annotator.ui.text.view import ArticleView
from annotator.ui.widgets import plain_tip

_WIDTH = 320
_LABEL = Qt.ItemDataRole.UserRole


class _Labels(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.labels: list[Label] = []

    def show_labels(self, labels: list[Label]) -> None:
        self.beginResetModel()
        self.labels = labels
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.labels)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        label = self.labels[index.row()]
        if role == _LABEL:
            return label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            key = _("key {key}").format(key=label.key) if label.key else _("no key")
            return f"{label.name}, {key}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(label.name)
        return label.name if role == Qt.ItemDataRole.DisplayRole else None


class _Row(PaintedRow):
    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(look, view, ROW)

    def row(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        """Paint the row."""
        label = index.data(_LABEL)
        if not isinstance(label, Label):
            return
        theme, px = self._look.theme, self._look.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            chosen_row(painter, box, self._look)
        middle, cap = box.center().y() + 1, px(20)
        if label.key:
            place = QRectF(box.left() + 16, middle - cap / 2, cap, cap)
            key_cap(painter, place, label.key, theme, self._look.sans(11, QFont.Weight.Medium))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        left = box.left() + 16 + cap + 12
        swatch(painter, QRect(left, middle - 9, 24, 18), label, theme)
        words = QRect(left + 36, box.top(), box.right() - 16 - left - 36, box.height())
        painter.setFont(self._look.sans(13, QFont.Weight.DemiBold if chosen else QFont.Weight.Medium))
        painter.setPen(QColor(theme.text))
        name = painter.fontMetrics().elidedText(label.name, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)


class LabelPicker(PickList):
    """Any label, `chosen(label, shift)`."""

    chosen = Signal(object, bool)

    def __init__(self, view: ArticleView, look: Look, page: QWidget) -> None:
        self.model = _Labels()
        super().__init__(view, look, page, self.model, _WIDTH)
        self._labels: tuple[Label, ...] = ()
        self.name_rows(_Row(look, self.list), _("Labels"), _("No such label"))

    def open_at(self, labels: tuple[Label, ...], place: tuple[int, int], what: str) -> None:
        """Offer labels for a place (code points); `what` says what will be done with the chosen one."""
        self._labels = labels
        self.offer_at(place, what)

    def show_fitting(self, typed: str) -> None:
        """Let the list hold the labels that fit."""
        self.model.show_labels(fitting(self._labels, typed))

    def take(self, row: int, another: bool) -> None:
        """Choose the label of a row."""
        self.chosen.emit(self.model.labels[row], another)
