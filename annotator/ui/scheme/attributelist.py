"""What can be said of a label's spans: a row an attribute, with its values, each with its key."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.domain.attributes import Attribute
from annotator.i18n import _, later
from annotator.ui.drawing import key_cap
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.rowbutton import RowButton
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.fields import Line
from annotator.ui.ticks import Tick
from annotator.ui.widgets import Elided, caption, plain_tip, rule

ROW = 44
_NAME, _REQUIRED, _NEW, _MORE = 120, 60, 44, 36
"""Widths of the columns, in pixels of the design; the values have the rest."""
TYPE_NAMES = {
    "choice": later("one of a list"),
    "choices": later("several of a list"),
    "text": later("words"),
    "number": later("a number"),
    "yes-no": later("yes or no"),
    "registry": later("an entry of the registry"),
}


def digit(place: int) -> str:
    """Return the key of a value by its place from 0, "" beyond the digits."""
    return str(place + 1) if place < 9 else ""


class _About(RowButton):
    """Name and values of one attribute; pressed, it opens."""

    def __init__(self, attribute: Attribute, look: Look) -> None:
        super().__init__()
        self._look, self._attribute = look, attribute
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.px(ROW))
        values = ", ".join(choice.name for choice in attribute.choices) or _(
            TYPE_NAMES.get(attribute.type, attribute.type)
        )
        self.setAccessibleName(_("{name}: {values}. Change it").format(name=attribute.name, values=values))
        self.setToolTip(plain_tip(f"{attribute.name}: {values}"))

    def sizeHint(self) -> QSize:
        return QSize(200, self._look.px(ROW))

    def paint(self, painter: QPainter) -> None:
        """Paint the row."""
        look, theme, px, one = self._look, self._look.theme, self._look.px, self._attribute
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 6, 6)
        name_room = min(px(_NAME), self.width() // 3)
        painter.setPen(QColor(theme.text))
        painter.setFont(look.sans(13, QFont.Weight.Medium))
        name = painter.fontMetrics().elidedText(one.name, Qt.TextElideMode.ElideMiddle, name_room - 24)
        painter.drawText(QRectF(16, 0, name_room - 16, self.height()), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(look.sans(13))
        left, right, middle = float(name_room + 8), self.width() - 2.0, self.height() / 2
        if not one.choices:
            painter.setPen(QColor(theme.text2))
            words = painter.fontMetrics().elidedText(
                _(TYPE_NAMES.get(one.type, one.type)), Qt.TextElideMode.ElideRight, int(right - left)
            )
            painter.drawText(QRectF(left, 0, right - left, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            return
        cap = px(18)
        for place, choice in enumerate(one.choices):
            words = painter.fontMetrics().elidedText(choice.name, Qt.TextElideMode.ElideRight, px(140))
            wide = painter.fontMetrics().horizontalAdvance(words)
            need = wide + (6 + cap if digit(place) else 0)
            if left + need > right - (24 if place < len(one.choices) - 1 else 0):
                painter.setPen(QColor(theme.text3))
                painter.drawText(QRectF(left, 0, 24, self.height()), Qt.AlignmentFlag.AlignVCenter, "…")
                return
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(left, 0, wide + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            if digit(place):
                box = QRectF(left + wide + 6, middle - cap / 2, cap, cap)
                key_cap(painter, box, digit(place), theme, look.sans(11))
            left += need + 16


class AttributeRow(QWidget):
    """One attribute: `opened()`, `required(on)`, `menu_wanted(where)`, `moved(by)` by keys, `deleted()`."""

    opened = Signal()
    required = Signal(bool)
    menu_wanted = Signal(QPoint)
    moved = Signal(int)
    deleted = Signal()

    def __init__(self, attribute: Attribute, new: bool, look: Look) -> None:
        super().__init__()
        self.attribute = attribute
        self.line: QWidget = self
        self.about = _About(attribute, look)
        self.about.clicked.connect(self.opened)
        self.must = Tick("", look, attribute.required)
        self.must.setAccessibleName(_("{name} is required").format(name=attribute.name))
        self.must.setFixedWidth(look.px(_REQUIRED))
        self.must.toggled.connect(self.required)
        badge = caption(_("new") if new else "", "badge" if new else "")
        badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        badge.setMinimumWidth(look.px(_NEW))
        self.more = QToolButton()
        self.more.setText("…")
        self.more.setFixedWidth(look.px(_MORE))
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setAccessibleName(_("More about {name}").format(name=attribute.name))
        self.more.clicked.connect(lambda: self.menu_wanted.emit(self.more.mapToGlobal(QPoint(0, self.more.height()))))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.about, 1)
        row.addWidget(self.must)
        row.addWidget(badge, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.more)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What takes the keyboard in it, from left to right."""
        return self.about, self.must, self.more

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(by)
        elif event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)


class AttributeList(QWidget):
    """The attributes of one label, and a field that adds another."""

    def __init__(self, draft: Draft, look: Look) -> None:
        super().__init__()
        self._draft, self._look = draft, look
        self._label = ""
        self._shown: tuple[object, ...] = ()
        self.rows: list[AttributeRow] = []
        self.add = QPushButton(_("Add attribute"))
        self.add.setProperty("role", "fold")
        self.add.setAutoDefault(True)
        self.add.clicked.connect(lambda: self._ask(""))
        head = QHBoxLayout()
        head.addWidget(caption(_("Attributes"), "field"))
        head.addStretch(1)
        head.addWidget(self.add)
        self._frame = QFrame()
        self._frame.setObjectName("attributes")
        self._box = QVBoxLayout(self._frame)
        self._box.setContentsMargins(1, 1, 1, 1)
        self._box.setSpacing(0)
        self._box.addLayout(self._heads())
        self._box.addWidget(rule())
        self.fresh = Line(_("Name of a new attribute"))
        self.fresh.setObjectName("bareField")
        self.fresh.setPlaceholderText(_("Add a name …"))
        self.fresh.setMinimumHeight(look.px(ROW - 4))
        self.fresh.returnPressed.connect(lambda: self._ask(self.fresh.text()))
        self._box.addWidget(self.fresh)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._frame)
        look.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        self.add.setIcon(icon("plus", self._look.theme.text))

    def _heads(self) -> QHBoxLayout:
        px = self._look.px
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        name, must = caption(_("Name"), "second"), caption(_("Required"), "second")
        values = Elided("second")
        values.set_text(_("Values, each with its key"))
        name.setFixedWidth(px(_NAME) - 16)
        row.addWidget(name)
        row.addWidget(values, 1)
        must.setFixedWidth(max(px(_REQUIRED), must.sizeHint().width()))
        row.addWidget(must)
        row.addSpacing(px(_NEW) + px(_MORE) + 8)
        return row

    def show_label(self, id: str) -> None:
        """Show the attributes of a label."""
        own = self._draft.attributes_of(id)
        shown = (id, own, tuple(self._draft.is_new_attribute(one.id) for one in own), self._look.theme)
        if id != self._label:
            self.fresh.clear()
        self._label = id
        if shown == self._shown:
            return
        self._shown = shown
        held = self.window().focusWidget()
        focused = next(
            ((row.attribute.id, part) for row in self.rows for part, widget in enumerate(row.parts) if widget is held),
            ("", 0),
        )
        for row in self.rows:
            for widget in (row, row.line):
                self._box.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for number, one in enumerate(own):
            row = self._made(one)
            line = rule()
            row.line = line
            self._box.insertWidget(2 + 2 * number, row)
            self._box.insertWidget(3 + 2 * number, line)
            self.rows.append(row)
            if one.id == focused[0]:
                row.parts[focused[1]].setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> list[QWidget]:
        """Return what Tab goes through here, in its order."""
        rows = [widget for row in self.rows for widget in row.parts]
        return [self.add, *rows, self.fresh]

    def _made(self, one: Attribute) -> AttributeRow:
        draft = self._draft
        row = AttributeRow(one, draft.is_new_attribute(one.id), self._look)
        row.opened.connect(lambda: self.open(one.id))
        row.required.connect(lambda on: draft.require(one.id, on))
        row.moved.connect(lambda by: draft.move_attribute(one.id, self._label, by))
        row.deleted.connect(lambda: draft.delete_attribute(one.id, self._label))
        row.menu_wanted.connect(lambda where: self._offer(one, where))
        return row

    def _offer(self, one: Attribute, where: QPoint) -> None:
        draft, label = self._draft, self._label
        menu = QMenu(self)
        menu.addAction(_("Change…"), lambda: self.open(one.id))
        menu.addAction(_("Move up") + "\tAlt+↑", lambda: draft.move_attribute(one.id, label, -1))
        menu.addAction(_("Move down") + "\tAlt+↓", lambda: draft.move_attribute(one.id, label, 1))
        menu.addSeparator()
        menu.addAction(_("Delete") + "\t" + _("Del"), lambda: draft.delete_attribute(one.id, label))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _ask(self, name: str) -> None:
        from annotator.ui.dialogs.modal import run
        from annotator.ui.scheme.attributedialog import AttributeDialog

        made = Attribute("", " ".join(name.split()), (self._label,))
        dialog = AttributeDialog(made, self._draft, self._look, self.window(), self._label)
        if run(dialog):
            self.fresh.clear()
            self._draft.put_attribute("", dialog.attribute)

    def open(self, id: str) -> None:
        """Change an attribute in a dialog."""
        from annotator.ui.dialogs.modal import run
        from annotator.ui.scheme.attributedialog import AttributeDialog

        one = self._draft.attribute(id)
        if one is None:
            return
        dialog = AttributeDialog(one, self._draft, self._look, self.window(), self._label)
        if run(dialog):
            self._draft.put_attribute(id, dialog.attribute, dialog.gone)
