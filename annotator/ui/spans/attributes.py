"""The attributes of the focused span: a row for each that is asked for, with what it is and how to say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.attributes import Attribute, is_set
from annotator.i18n import _
from annotator.ui.look import Look
from annotator.ui.spans.choices import EntryField, Field, Segments, ValueRow
from annotator.ui.text import positions
from annotator.ui.widgets import Elided

NAME, _ROOM = 76, 256
"""Pixels of the design for an attribute's name, and for a row; in a narrow panel it is less."""
_FEW = 4
"""Values that may stand side by side."""
DIGITS = "1234567890"


def digit_of(event: QKeyEvent) -> str:
    """Return the digit of a key, by its place where the layout has another sign there; "" for any other key."""
    if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
        return ""
    digit = positions.digit(event.nativeScanCode(), event.nativeVirtualKey()) or event.text()
    return digit if len(digit) == 1 and digit in DIGITS else ""


class Shown(NamedTuple):
    """How an attribute is shown: its value, the key that opens it, whether its values are to be chosen now."""

    attribute: Attribute
    value: object
    key: str = ""
    asked: bool = False
    """Whether the digits choose its values now: it is required and open, or was opened."""
    opened: bool = False
    keys: Mapping[Any, str] = {}
    """The keys of labels that say a value."""
    enabled: bool = True
    said: str = ""
    """What the value is called, where it is the id of an entry of the registry; "" where that is gone."""


class _Row(QWidget):
    """One attribute. `pressed(index)` a value, `written(words)`, `opened()` or closed, `left()` for the text.

    `followed()` to what a link leads to, `cleared()` where it is to be taken away.
    """

    pressed = Signal(int)
    written = Signal(str)
    opened = Signal()
    left = Signal()
    followed = Signal()
    cleared = Signal()

    def __init__(self, look: Look, attribute: Attribute) -> None:
        super().__init__()
        self._look = look
        self.attribute = attribute
        self._name = Elided("second")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._line = QHBoxLayout()
        self._line.setSpacing(4)
        # A name that is too long for its column stands above.
        self._above = QFontMetrics(look.sans(12)).horizontalAdvance(attribute.name) > look.px(NAME)
        if self._above:
            self._column.addWidget(self._name)
        else:
            self._name.setFixedWidth(look.px(NAME))
            self._line.addWidget(self._name)
        self._column.addLayout(self._line)

    def show_value(self, shown: Shown, narrow: bool) -> None:
        """Show how it stands with the attribute."""
        name = shown.attribute.name
        self._name.set_text(_("{name} *").format(name=name) if shown.asked and shown.attribute.required else name)
        self.setEnabled(shown.enabled)
        self._show(shown, narrow)

    def _show(self, shown: Shown, narrow: bool) -> None:
        raise NotImplementedError

    def take_keyboard(self) -> None:
        """Give the keyboard to what the value is said with."""


class _WordsRow(_Row):
    """Words or a number, typed."""

    def __init__(self, look: Look, attribute: Attribute) -> None:
        super().__init__(look, attribute)
        self.field = _Line()
        self.field.setAccessibleName(attribute.name)
        self.field.setPlaceholderText(_("Not set"))
        self.field.done.connect(lambda: self.written.emit(self.field.text()))
        self.field.left.connect(self.left)
        self._line.addWidget(self.field, 1)

    def _show(self, shown: Shown, narrow: bool) -> None:
        words = "" if shown.value is None else str(shown.value)
        if self.field.text() != words and not (self.field.hasFocus() and self.field.isModified()):
            self.field.setText(words)
            self.field.setCursorPosition(0)

    def take_keyboard(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()


class _Line(QLineEdit):
    """`done()` when what was typed is to be kept, `left()` when the hand goes back to the text."""

    done = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.isModified():
            self.setModified(False)
            self.done.emit()


class _ChoiceRow(_Row):
    """One or several of a list: side by side where they are few and short, else a field that opens below itself."""

    def __init__(self, look: Look, attribute: Attribute) -> None:
        super().__init__(look, attribute)
        yes_no = attribute.type == "yes-no"
        self._names = [_("Yes"), _("No")] if yes_no else [choice.name for choice in attribute.choices]
        self._values: list[object] = [True, False] if yes_no else [choice.id for choice in attribute.choices]
        self._several = attribute.type == "choices"
        self.segments = Segments(look, len(self._names)) if len(self._names) <= _FEW and not self._several else None
        self.field: Field | None = None
        self.values: list[ValueRow] = []
        if self.segments is not None:
            self.segments.setAccessibleName(attribute.name)
            self.segments.pressed.connect(self.pressed)
            self._line.addWidget(self.segments, 1)
            self._over = Elided("second")
            self._over.set_text(attribute.name)
            self._over.hide()
            self._column.insertWidget(0, self._over)

    def _chosen(self, value: object) -> set[int]:
        given = value if isinstance(value, list | tuple) else (value,)
        return {
            number
            for number, one in enumerate(self._values)
            if any(one == said and type(one) is type(said) for said in given)
        }  # fmt: skip

    def _show(self, shown: Shown, narrow: bool) -> None:
        digits = DIGITS if shown.asked else ""
        keys = [shown.keys.get(value) or digits[number : number + 1] for number, value in enumerate(self._values)]
        chosen = self._chosen(shown.value)
        if self.segments is not None:
            self.segments.show_values(self._names, keys, chosen)
            if self._stands(narrow, bool(shown.keys)):
                return
        self._show_field(shown, chosen, keys)

    def _stands(self, narrow: bool, told: bool) -> bool:
        """Whether the segments fit in one line; where they do only without the name beside them it stands above.

        It is left out where keys of labels have `told` what is said here.
        """
        assert self.segments is not None
        room = self._look.px(_ROOM - (40 if narrow else 0))
        fits = self.segments.wide() <= room
        beside = self._above or self.segments.wide() <= room - self._look.px(NAME) - 4
        self.segments.setVisible(fits)
        self._name.setVisible(beside or not fits)
        self._over.setVisible(fits and not beside and not told)
        return fits

    def _show_field(self, shown: Shown, chosen: set[int], keys: Sequence[str]) -> None:
        if self.field is None:
            self.field = Field(self._look)
            self.field.setAccessibleName(self.attribute.name)
            self.field.clicked.connect(self.opened)
            self._line.addWidget(self.field, 1)
        unknown = "" if chosen or not is_set(shown.value) else _("{value}?").format(value=shown.value)
        said = ", ".join(self._names[number] for number in sorted(chosen)) or unknown
        listed = shown.asked or shown.opened
        self.field.say(said, "" if listed else shown.key)
        self.field.setChecked(listed)
        self._list(listed)
        for number, row in enumerate(self.values if listed else ()):
            row.say(self._names[number], keys[number])
            row.setChecked(number in chosen)

    def _list(self, shown: bool) -> None:
        if shown and not self.values:
            self._box = QWidget()
            column = QVBoxLayout(self._box)
            column.setContentsMargins(0, 0, 0, 4)
            column.setSpacing(0)
            for number in range(len(self._names)):
                row = ValueRow(self._look, self._several)
                row.clicked.connect(lambda _checked=False, number=number: self.pressed.emit(number))
                row.installEventFilter(self)
                self.values.append(row)
                column.addWidget(row)
            self._column.addWidget(self._box)
        if self.values:
            self._box.setVisible(shown)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        # In a list that is open: digits and first letters choose, Esc leaves.
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        text, digit = event.text(), digit_of(event)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif digit and DIGITS.index(digit) < len(self.values):
            self.pressed.emit(DIGITS.index(digit))
        elif text.isalpha() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self._go_to(text)
        else:
            return False
        return True

    def _go_to(self, letter: str) -> None:
        """Give the keyboard to the next value that begins with a letter."""
        count = len(self.values)
        here = next((number for number, row in enumerate(self.values) if row.hasFocus()), -1)
        for step in range(1, count + 1):
            number = (here + step) % count
            if self._names[number][:1].casefold() == letter.casefold():
                self.values[number].setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def take_keyboard(self) -> None:
        if self.values and not self._box.isHidden():
            chosen = next((row for row in self.values if row.isChecked()), self.values[0])
            chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.segments is not None and not self.segments.isHidden():
            parts = self.segments.parts
            next((part for part in parts if part.isChecked()), parts[0]).setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.field is not None:
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)


class _EntryRow(_Row):
    """An entry of the registry: a press opens the list, its button or Ctrl shows the entry, Delete takes it away."""

    def __init__(self, look: Look, attribute: Attribute) -> None:
        super().__init__(look, attribute)
        self.field = EntryField(look)
        self.field.setAccessibleName(attribute.name)
        self.field.clicked.connect(self.opened)
        self.field.followed.connect(self.followed)
        self.field.cleared.connect(self.cleared)
        self._line.addWidget(self.field, 1)

    def _show(self, shown: Shown, narrow: bool) -> None:
        there = is_set(shown.value)
        self.field.say(shown.said or (_("an entry that is gone") if there else ""), shown.key)
        self.field.linked = there
        self.field.setChecked(False)

    def take_keyboard(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)


_ROWS: Mapping[str, type[_Row]] = {
    "choice": _ChoiceRow, "choices": _ChoiceRow, "yes-no": _ChoiceRow, "registry": _EntryRow,
}  # fmt: skip


class AttributeRows(QWidget):
    """A row for each attribute. `pressed(id, index)`, `written(id, words)`, `opened(id)`, `left()` for the text.

    `followed(id)` to the entry it links to, `cleared(id)`.
    """

    pressed = Signal(str, int)
    written = Signal(str, str)
    opened = Signal(str)
    left = Signal()
    followed = Signal(str)
    cleared = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._narrow = False
        self._rows: dict[str, _Row] = {}
        self._shown: tuple[Shown, ...] = ()
        self._order: list[_Row] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def set_narrow(self, narrow: bool) -> None:
        """Take less room."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.show_attributes(self._shown)

    def show_attributes(self, shown: Sequence[Shown]) -> None:
        """Show these, in this order, and no others."""
        self._shown = tuple(shown)
        order = [self._row(one.attribute) for one in shown]
        if order != self._order:
            # Rows of other labels are kept: a hand goes from label to label all day.
            for row in self._order:
                self._column.removeWidget(row)
                if row not in order:
                    row.hide()
            for row in order:
                self._column.addWidget(row)
                row.show()
            self._order = order
        for row, one in zip(order, shown, strict=True):
            row.show_value(one, self._narrow)
        self.setVisible(bool(order))

    def row(self, id: str) -> _Row | None:
        """Return the row of an attribute that is shown."""
        return next((row for row in self._order if row.attribute.id == id), None)

    def rows(self) -> list[_Row]:
        """Return the rows that are shown, in their order."""
        return list(self._order)

    def _row(self, attribute: Attribute) -> _Row:
        row = self._rows.get(attribute.id)
        if row is None or row.attribute != attribute:
            row = _ROWS.get(attribute.type, _WordsRow)(self._look, attribute)
            row.pressed.connect(lambda index: self.pressed.emit(attribute.id, index))
            row.written.connect(lambda words: self.written.emit(attribute.id, words))
            row.opened.connect(lambda: self.opened.emit(attribute.id))
            row.left.connect(self.left)
            row.followed.connect(lambda: self.followed.emit(attribute.id))
            row.cleared.connect(lambda: self.cleared.emit(attribute.id))
            self._rows[attribute.id] = row
        return row
