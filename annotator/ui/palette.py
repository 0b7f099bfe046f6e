"""The command palette: any action by a few letters of its name, with its key to learn."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from annotator.actions import ACTIONS, Action
from annotator.i18n import _, later, n_
from annotator.settings import Settings
from annotator.ui.actions import Actions
from annotator.ui.icons import icon
from annotator.ui.listfield import ListField
from annotator.ui.look import Look
from annotator.ui.paintedrow import PaintedRow
from annotator.ui.widgets import KeyCaps, caption, key_names, paint_cap, rule

_ROW = 40
_SHOWN = 9
_LEFT_OUT = frozenset({"help.palette"})
_HIT = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_FOOT = (
    ("Up", ""), ("Down", later("choose")), ("Return", later("do it")), ("Ctrl+K", later("change its key")),
    ("Escape", later("close")),
)  # fmt: skip


class Hit(NamedTuple):
    """An action that fits, and which letters of its title were typed (positions from 0)."""

    action: Action
    letters: frozenset[int]


def title(action: Action) -> str:
    """Return the name of an action as a list shows it."""
    return _(action.title).rstrip("…")


def found(words: str) -> list[Hit]:
    """Return the actions in whose titles, menus or hints every word stands, the best first.

    A word at the start of a title's word is better than one inside, in a title better than in menu or hint. Without
    words all of them in the order of the menus.
    """
    wanted = words.lower().split()
    ranked: list[tuple[int, int, Hit]] = []
    for order, action in enumerate(ACTIONS):
        if action.id in _LEFT_OUT:
            continue
        fit = _fit(action, wanted)
        if fit is not None:
            ranked.append((fit[0], order, Hit(action, fit[1])))
    return [hit for _, _, hit in sorted(ranked, key=lambda row: row[:2])]


def _fit(action: Action, wanted: list[str]) -> tuple[int, frozenset[int]] | None:
    name, rest = title(action).lower(), f"{_(action.menu)} {_(action.hint)}".lower()
    penalty, letters = 0, set[int]()
    for word in wanted:
        starts = [at for at in range(len(name)) if name.startswith(word, at)]
        at = next((at for at in starts if at == 0 or not name[at - 1].isalnum()), starts[0] if starts else -1)
        if at >= 0:
            penalty += 0 if at == 0 else 1 if not name[at - 1].isalnum() else 3
            letters.update(range(at, at + len(word)))
        elif word in rest:
            penalty += 6
        else:
            return None
    return penalty, frozenset(letters)


class _Hits(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.hits: list[Hit] = []

    def show_hits(self, hits: list[Hit]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        hit = self.hits[index.row()]
        if role == _HIT:
            return hit
        return title(hit.action) if role == Qt.ItemDataRole.DisplayRole else None


class _Row(PaintedRow):
    def __init__(self, actions: Actions, settings: Settings, look: Look, view: QListView) -> None:
        super().__init__(look, view, _ROW)
        self._actions, self._settings = actions, settings

    def row(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        """Paint the row."""
        hit = index.data(_HIT)
        if not isinstance(hit, Hit):
            return
        theme = self._look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.tint))
            painter.drawRoundedRect(QRectF(box).adjusted(8, 1, -8, -1), 6, 6)
        able = self._actions[hit.action.id].isEnabled()
        right = self._keys(painter, box, hit.action)
        left = float(box.left() + 24)
        for typed, letters in groupby(enumerate(title(hit.action)), key=lambda place: place[0] in hit.letters):
            painter.setFont(self._look.sans(13, QFont.Weight.Bold if typed else QFont.Weight.Normal))
            painter.setPen(QColor(theme.disabled if not able else theme.accent if typed else theme.text))
            words, room = "".join(letter for _, letter in letters), right - 12 - left
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(0, int(room)))
            painter.drawText(QRectF(left, box.top(), room, box.height()), Qt.AlignmentFlag.AlignVCenter, words)
            left += painter.fontMetrics().horizontalAdvance(words)

    def _keys(self, painter: QPainter, box: QRect, action: Action) -> float:
        theme, right = self._look.theme, float(box.right() - 20)
        keys = self._settings.keys_of(action.id)
        for name in reversed(key_names(keys[0]) if keys else []):
            right = paint_cap(painter, right, box.center().y(), name, self._look)
        if not keys:
            painter.setFont(self._look.sans(12))
            painter.setPen(QPen(QColor(theme.text3)))
            wide = painter.fontMetrics().horizontalAdvance(_(action.menu))
            painter.drawText(
                QRectF(right - wide, box.top(), wide, box.height()), Qt.AlignmentFlag.AlignVCenter, _(action.menu)
            )
            right -= wide
        return right


class _Field(ListField):
    change_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_K and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.change_wanted.emit()
        else:
            super().keyPressEvent(event)


class Palette(QDialog):
    """Stands over the window; Enter does the chosen action, Esc nothing. What makes no sense now is grey.

    `other_key` is the id of an action that shall get another key, once that was asked for.
    """

    def __init__(self, actions: Actions, settings: Settings, look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setObjectName("palette")
        self.setWindowTitle(_("Find an action"))
        self._actions = actions
        self.other_key = ""
        self.model = _Hits()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Row(actions, settings, look, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Actions"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.field = _Field(self.list, _SHOWN)
        self.field.change_wanted.connect(self._change)
        self.field.setObjectName("paletteField")
        self.field.setFrame(False)
        self.field.setFont(look.sans(15))
        self.field.setPlaceholderText(_("What do you want to do?"))
        self.field.setAccessibleName(_("Find an action"))
        self._count = caption("", "second")
        self._lay_out(look)
        self.field.textChanged.connect(self._look_for)
        self.field.returnPressed.connect(self._do)
        self.list.clicked.connect(lambda _index: self._do())
        self._look_for("")
        width = min(look.px(600), parent.width() - 80)
        # In a low window the list is shorter: the keys at its foot are for those who do not know it yet.
        top = min(look.px(88), max(8, parent.height() // 8))
        self.resize(width, min(look.px(_ROW * (_SHOWN + 1) + 84), parent.height() - top - 16))
        self.move(parent.mapToGlobal(QPoint((parent.width() - width) // 2, top)))

    def _lay_out(self, look: Look) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(20, 10, 20, 10)
        self._sign = caption()
        self._sign.setPixmap(icon("search", look.theme.text2).pixmap(QSize(16, 16)))
        head.setSpacing(8)
        head.addWidget(self._sign)
        head.addWidget(self.field, 1)
        head.addWidget(self._count)
        foot.setContentsMargins(20, 8, 20, 8)
        foot.setSpacing(8)
        for keys, words in _FOOT:
            foot.addWidget(KeyCaps(look, keys))
            if words:
                foot.addWidget(caption(_(words), "second"))
                foot.addSpacing(12)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addSpacing(6)
        column.addWidget(self.list, 1)
        column.addWidget(rule())
        column.addLayout(foot)

    def _look_for(self, words: str) -> None:
        hits = found(words)
        # What can be done comes before what cannot, each in the order of how well it fits.
        hits.sort(key=lambda hit: not self._actions[hit.action.id].isEnabled())
        self.model.show_hits(hits)
        self._count.setText(
            n_("{count} action", "{count} actions", len(hits)).format(count=len(hits)) if hits else _("No such action")
        )
        if hits:
            self.list.setCurrentIndex(self.model.index(0))

    def _chosen(self) -> Hit | None:
        index = self.list.currentIndex()
        hit = index.data(_HIT) if index.isValid() else None
        return hit if isinstance(hit, Hit) else None

    def _change(self) -> None:
        if (hit := self._chosen()) is not None:
            self.other_key = hit.action.id
            self.accept()

    def _do(self) -> None:
        hit = self._chosen()
        if hit is None or not self._actions[hit.action.id].isEnabled():
            return
        self.accept()
        # Once this has closed: the action may open a dialog of its own, or look where the keyboard is.
        QTimer.singleShot(0, self._actions[hit.action.id], self._actions[hit.action.id].trigger)
