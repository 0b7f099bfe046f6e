"""The sheet of keys, made from the table of actions and the scheme."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.actions import ACTIONS
from annotator.domain.scheme import Label
from annotator.i18n import _, later
from annotator.settings import Settings
from annotator.ui.actions import MENUS
from annotator.ui.dialogs.parts import button
from annotator.ui.look import Look
from annotator.ui.widgets import Elided, KeyCaps, caption, rule

Section = tuple[str, list[tuple[str, str]]]

_EDGE, _BETWEEN, _GAP = 24, 32, 12
"""Pixels: beside the columns, between two of them, between a name and its key."""
_COLUMN, _NAME = 340, 320
"""Logical pixels: how wide a column gets at most, unless it needs more, and a name is before it is cut."""

CLICKS = (later("2 clicks"), later("3 clicks"))
HABITS: tuple[tuple[str, str], ...] = (
    (later("By character"), "Shift+Right"),
    (later("By word"), "Ctrl+Shift+Right"),
    (later("To the end of the line"), "Shift+End"),
    (later("The word"), CLICKS[0]),
    (later("The sentence"), CLICKS[1]),
)
"""Keys of the text that are no actions: every editor has them."""


def sections(labels: tuple[Label, ...], settings: Settings) -> list[Section]:
    """Return what the sheet shows: heading, then (what it does, portable key sequence)."""
    found: list[Section] = [(_("Select"), [(_(what), _(keys) if keys in CLICKS else keys) for what, keys in HABITS])]
    if any(label.key for label in labels):
        keyed = [(label.name, label.key) for label in labels if label.key]
        found.append((_("Label"), [*keyed, (_("A second label on the same words"), "Shift+" + _("label"))]))
    for menu in MENUS:
        mine = [(_(action.title).rstrip("…"), settings.keys_of(action.id)) for action in ACTIONS if action.menu == menu]
        rows = [(title, keys[0]) for title, keys in mine if keys]
        if rows:
            found.append((_(menu), rows))
    return found


def fitting(parts: list[Section], words: str) -> list[Section]:
    """Return the sections with only the rows in which every word stands, in what it does, its key or the heading."""
    wanted = words.lower().split()
    result = []
    for heading, rows in parts:
        left = [row for row in rows if all(word in f"{heading} {row[0]} {row[1]}".lower() for word in wanted)]
        if left:
            result.append((heading, left))
    return result


_MOVES: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class KeySheet(QDialog):
    """Shows every key in as many columns as fit; ? or Escape closes it. `wants_change` once other keys are wanted.

    `first` are the keys of the page that lies over the text, if one does.

    Keys that scroll do so wherever the keyboard is, in the field too; Home and End only while it is empty.
    """

    def __init__(
        self, labels: tuple[Label, ...], settings: Settings, look: Look, parent: QWidget | None = None,
        first: Sequence[Section] = (),
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(_("Keys"))
        self.wants_change = False
        self._look, self._sections = look, [*first, *sections(labels, settings)]
        self._shown: list[Section] = []
        self._parts: list[list[Section]] = []
        title = caption(_("Keys"))
        title.setFont(look.serif(20, QFont.Weight.DemiBold))
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Search the keys"))
        self.field.setAccessibleName(_("Search the keys"))
        self.field.setFixedWidth(look.px(240))
        self.field.textChanged.connect(self._show)
        self.change = button(_("Change keys…"), self._change)
        head = QHBoxLayout()
        head.setContentsMargins(24, 20, 24, 16)
        head.setSpacing(12)
        for widget in (title, self.field, self.change):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(KeyCaps(look, "?"))
        head.addWidget(caption(_("or"), "second"))
        head.addWidget(KeyCaps(look, "Escape"))
        head.addWidget(caption(_("close"), "second"))
        self._area = QScrollArea()
        self._area.setObjectName("page")
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.verticalScrollBar().setSingleStep(3 * look.px(28))
        self._area.setAccessibleName(_("All keys"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self._area, 1)
        room = parent.size() if parent else self.sizeHint()
        self.resize(min(room.width() - 48, look.px(1080)), min(room.height() - 32, look.px(760)))
        self._show("")
        # A letter goes into the field at once; ? still closes.
        self.field.setFocus()
        for keyed in (self.field, self.change, self._area):
            keyed.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        key = event.key()
        if key not in _MOVES or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and watched is self.field and self.field.text():
            return False
        self._area.verticalScrollBar().triggerAction(_MOVES[key])
        return True

    def _show(self, words: str) -> None:
        if "?" in words:
            self.accept()
            return
        self._shown = fitting(self._sections, words)
        self._parts = self._that_fit()
        body = QWidget()
        body.setObjectName("page")
        columns = QHBoxLayout(body)
        columns.setContentsMargins(_EDGE, 16, _EDGE, 24)
        columns.setSpacing(_BETWEEN)
        if not self._shown:
            columns.addWidget(caption(_("No key for “{words}”.").format(words=words.strip()), "third"))
        for part in self._parts:
            column = _column(part, self._look)
            need = _need(part, self._look, self.fontMetrics())
            if len(self._parts) > 1:
                column.setMinimumWidth(need)
            # Of a few columns none is so wide that a key stands far from its name.
            column.setMaximumWidth(max(self._look.px(_COLUMN), need))
            columns.addWidget(column, 1)
        columns.addStretch()
        self._area.setWidget(body)

    def _that_fit(self) -> list[list[Section]]:
        """Return what is shown in three columns, or in as many as there is room for."""
        room = self.width() - 2 * _EDGE - self._area.verticalScrollBar().sizeHint().width()
        for count in (3, 2):
            parts = _in_columns(self._shown, count)
            needs = [_need(part, self._look, self.fontMetrics()) for part in parts]
            if sum(needs) + _BETWEEN * (len(parts) - 1) <= room:
                return parts
        return [self._shown] if self._shown else []

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if len(self._that_fit()) != len(self._parts):
            self._show(self.field.text())

    def _change(self) -> None:
        self.wants_change = True
        self.accept()


def _in_columns(parts: list[Section], count: int) -> list[list[Section]]:
    if not parts:
        return []
    total = sum(len(rows) + 2 for _heading, rows in parts)
    result: list[list[Section]] = [[]]
    height = 0
    for part in parts:
        size = len(part[1]) + 2
        if result[-1] and height + size / 2 > total / count and len(result) < count:
            result.append([])
            height = 0
        result[-1].append(part)
        height += size
    return result


def _need(parts: list[Section], look: Look, metrics: QFontMetrics) -> int:
    """Return how many pixels a column takes with no name cut that is not very long."""
    most = look.px(_NAME)
    return max(
        min(metrics.horizontalAdvance(what) + 2, most) + _GAP + KeyCaps(look, keys).sizeHint().width()
        for _heading, rows in parts
        for what, keys in rows
    )


def _column(parts: list[Section], look: Look) -> QWidget:
    result = QWidget()
    column = QVBoxLayout(result)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for heading, rows in parts:
        words = caption(heading, "group")
        column.addWidget(words)
        # Each row shares its width by itself: beside a long key no name of another row is cut.
        listed = QVBoxLayout()
        listed.setSpacing(4)
        for what, keys in rows:
            row = QHBoxLayout()
            row.setSpacing(_GAP)
            name = Elided()
            name.set_text(what)
            name.setMinimumHeight(look.px(24))
            row.addWidget(name, 1)
            row.addWidget(KeyCaps(look, keys))
            listed.addLayout(row)
        column.addLayout(listed)
        column.addSpacing(16)
    column.addStretch(1)
    return result
