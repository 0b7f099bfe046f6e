"""The form of one label: name, key, colour, meaning, examples, attributes, its part in a group, what can be done."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.domain.scheme import Label, as_key
from annotator.i18n import _, n_
from annotator.ui.dialogs.parts import say
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.scheme.attributelist import AttributeList
from annotator.ui.scheme.colours import ColourRow
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.fields import Line, Words
from annotator.ui.ticks import Tick
from annotator.ui.widgets import Segments, caption

_NARROW = 540
"""Pixels of the design below which the colours stand below the name, and the examples below one another."""


class Told(NamedTuple):
    """What is said below name, key and colour."""

    words: str = ""
    fault: bool = False


def field(name: str, widget: QWidget) -> QVBoxLayout:
    """Return a field with its name above it."""
    column = QVBoxLayout()
    column.setSpacing(2)
    words = caption(name, "field")
    words.setBuddy(widget)
    column.addWidget(words)
    column.addWidget(widget)
    return column


def bare(column: QVBoxLayout) -> QVBoxLayout:
    """Return it without room around: it stands among others."""
    column.setContentsMargins(0, 0, 0, 0)
    return column


class Example(QFrame):
    """An example as a card: to be marked so, or not so."""

    def __init__(self, good: bool, look: Look) -> None:
        super().__init__()
        self._look, self._good = look, good
        self.setObjectName("example")
        name = _("Mark it so") if good else _("Not so")
        self._sign, head = caption(), caption(name, "good" if good else "bad")
        self.words = Words(name, look, 2)
        self.words.setObjectName("exampleWords")
        self.words.setFont(look.serif(15))
        self.words.setPlaceholderText(_("A sentence as in the news") if good else _("One where it would be wrong"))
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._sign)
        top.addWidget(head)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.words)
        column.addStretch(1)
        look.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        theme = self._look.theme
        drawn = icon("check", theme.accent) if self._good else icon("close", theme.error)
        self._sign.setPixmap(drawn.pixmap(16, 16))


class LabelForm(QWidget):
    """Shows one label of the draft and writes into it. `merge_wanted`, `split_wanted`, `delete_wanted` of its id."""

    merge_wanted = Signal(str)
    split_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, draft: Draft, look: Look) -> None:
        super().__init__()
        self._draft, self._look = draft, look
        self._id = ""
        self.setObjectName("page")
        self.name = Line(_("Name"))
        self.key = Line(_("Key"))
        self.key.setMaxLength(1)
        self.key.setFixedWidth(look.px(64))
        self.colours = ColourRow(look)
        self.told, self.colour_told = caption("", "second"), caption("", "warning")
        self.meaning = Words(_("Meaning, in one sentence"), look)
        self.use, self.avoid = Words(_("Use it when"), look, 1), Words(_("Do not use it when"), look, 1)
        self.same = Tick(_("Better words only: it means what it meant"), look)
        self.good, self.bad = Example(True, look), Example(False, look)
        self.attributes = AttributeList(draft, look)
        self._part_place = QWidget()
        self.part = QHBoxLayout(self._part_place)
        self.part.setContentsMargins(0, 0, 0, 0)
        self._parts: Segments | None = None
        self._roles: list[str] = []
        self.used = Tick(_("In use: with its key among the labels"), look, True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for words in (self.told, self.colour_told):
            words.setWordWrap(True)
        self._head = QGridLayout()
        self._head.setHorizontalSpacing(16)
        self._head.setVerticalSpacing(8)
        self._colour_box = QWidget()
        self._colour_box.setLayout(bare(field(_("Colour"), self.colours)))
        self._examples = QGridLayout()
        self._examples.setSpacing(16)
        self._uses = QGridLayout()
        self._uses.setSpacing(16)
        self._use_box, self._avoid_box = QWidget(), QWidget()
        for box, written in ((self._use_box, self.use), (self._avoid_box, self.avoid)):
            box.setLayout(bare(field(written.accessibleName(), written)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._head)
        column.addWidget(self.told)
        column.addWidget(self.colour_told)
        column.addSpacing(12)
        column.addLayout(field(self.meaning.accessibleName(), self.meaning))
        column.addSpacing(12)
        column.addLayout(self._uses)
        column.addWidget(self.same)
        column.addSpacing(12)
        column.addWidget(caption(_("Examples, shown beside the label"), "field"))
        column.addLayout(self._examples)
        column.addSpacing(12)
        column.addWidget(self.attributes)
        column.addSpacing(12)
        column.addLayout(self._part_row())
        column.addSpacing(8)
        column.addWidget(self.used)
        column.addSpacing(8)
        column.addLayout(self._deeds())
        column.addStretch(1)
        self._place(False)

    def _part_row(self) -> QGridLayout:
        self._part_name = caption("", "field")
        self._part_grid = QGridLayout()
        self._part_grid.setHorizontalSpacing(16)
        self._part_grid.setVerticalSpacing(2)
        self._part_grid.addWidget(self._part_name, 0, 0)
        return self._part_grid

    def _deeds(self) -> QGridLayout:
        self.merge, self.split = QPushButton(_("Merge into…")), QPushButton(_("Split…"))
        self.delete = QPushButton(_("Delete…"))
        self.delete.setProperty("role", "delete")
        self._deed_grid = QGridLayout()
        self._deed_grid.setSpacing(8)
        for place, pressed in enumerate((self.merge, self.split)):
            pressed.setAutoDefault(True)
            self._deed_grid.addWidget(pressed, 0, place)
        self.delete.setAutoDefault(True)
        self._deed_grid.setColumnStretch(3, 1)
        return self._deed_grid

    def _place(self, narrow: bool) -> None:
        """Lay name, key and colours out in one line or two; likewise what stands in pairs."""
        self._narrow = narrow
        if self._head.count() == 0:
            top = Qt.AlignmentFlag.AlignTop
            self._head.addLayout(field(_("Name"), self.name), 0, 0, top)
            self._head.addLayout(field(_("Key"), self.key), 0, 1, top)
            self._head.setColumnStretch(0, 1)
        self._head.addWidget(
            self._colour_box, 1 if narrow else 0, 0 if narrow else 2, 1, 2 if narrow else 1, Qt.AlignmentFlag.AlignTop
        )
        for grid, pair in ((self._examples, (self.good, self.bad)), (self._uses, (self._use_box, self._avoid_box))):
            for number, widget in enumerate(pair):
                grid.addWidget(widget, number if narrow else 0, 0 if narrow else number)
            grid.setColumnStretch(1, 0 if narrow else 1)
            grid.setColumnStretch(0, 1)
        left = Qt.AlignmentFlag.AlignLeft
        self._part_grid.addWidget(self._part_place, 1 if narrow else 0, 0 if narrow else 1, left)
        self._part_grid.setColumnStretch(0 if narrow else 1, 1)
        self._deed_grid.addWidget(self.delete, 1 if narrow else 0, 0 if narrow else 2, 1, 3 if narrow else 1, left)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < self._look.px(_NARROW)
        if narrow != self._narrow:
            self._place(narrow)

    def _connect(self) -> None:
        draft = self._draft
        self.name.typed.connect(lambda text: draft.rename(self._id, text))
        self.key.typed.connect(self._take_key)
        self.colours.chosen.connect(lambda light, dark: draft.recolour(self._id, light, dark))
        for widget, key in (
            (self.meaning, "definition"), (self.use, "use-when"), (self.avoid, "avoid-when"),
            (self.good.words, "good"), (self.bad.words, "bad"),
        ):  # fmt: skip
            widget.typed.connect(lambda text, key=key: draft.say(self._id, key, text))
        self.same.toggled.connect(lambda same: draft.mean_the_same(self._id, same))
        self.used.toggled.connect(lambda on: draft.switch(self._id, on))
        self.merge.clicked.connect(lambda: self.merge_wanted.emit(self._id))
        self.split.clicked.connect(lambda: self.split_wanted.emit(self._id))
        self.delete.clicked.connect(lambda: self.delete_wanted.emit(self._id))

    def _take_key(self, text: str) -> None:
        self._draft.set_key(self._id, as_key(text))
        self.key.show_words(as_key(text))

    # What is shown

    def show_label(self, id: str) -> None:
        """Show a label of the draft, or this one anew."""
        draft = self._draft
        label = draft.scheme.label(id)
        if label is None:
            return
        self._id = id
        table = draft.table(id)
        self.name.show_words(label.name)
        self.key.show_words(label.key)
        self.colours.show_label(label)
        self.meaning.show_words(label.definition)
        for words, key in (
            (self.use, "use-when"), (self.avoid, "avoid-when"), (self.good.words, "good"), (self.bad.words, "bad")
        ):  # fmt: skip
            words.show_words(str(table.get(key) or ""))
        self.attributes.show_label(id)
        self._show_part(id)
        for tick, on in ((self.used, not draft.is_off(id)), (self.same, id in draft.now.same)):
            tick.blockSignals(True)
            tick.setChecked(on)
            tick.blockSignals(False)
        self.same.setVisible(draft.words_changed(id) and draft.counts.get(id, 0) > 0)
        self.merge.setEnabled(len(draft.scheme.labels) > 1)
        self.split.setEnabled(not draft.is_new(id))
        count = draft.counts.get(id, 0)
        more = n_("Delete, {count:,} span bears it…", "Delete, {count:,} spans bear it…", count).format(count=count)
        self.delete.setText(more if count else _("Delete…"))
        self._tell(label)

    def _tell(self, label: Label) -> None:
        draft = self._draft
        told = self._said(label)
        say(self.told, told.words)
        role = "error" if told.fault else "second"
        if self.told.property("role") != role:
            self.told.setProperty("role", role)
            self.told.style().polish(self.told)
        say(self.colour_told, draft.colour_words(label.id))

    def _said(self, label: Label) -> Told:
        draft = self._draft
        if words := draft.fault_of(label.id):
            return Told(words, fault=True)
        before = draft.before.label(label.id)
        if before is not None and before.name != label.name:
            count = draft.counts.get(label.id, 0)
            words = n_(
                "Was “{name}”. {count:,} span keeps its place and gets the new name.",
                "Was “{name}”. {count:,} spans keep their place and get the new name.",
                count,
            )
            return Told(words.format(name=before.name, count=count))
        return Told(draft.further_keys(label.id))

    def _show_part(self, id: str) -> None:
        kind = self._draft.group()
        self._part_name.setVisible(kind is not None)
        names = [] if kind is None else [_("None"), *(role.id.capitalize() for role in kind.roles)]
        roles = [] if kind is None else ["", *(role.id for role in kind.roles)]
        if roles != self._roles or (self._parts is None and roles):
            self._roles = roles
            if self._parts is not None:
                self.part.removeWidget(self._parts)
                self._parts.hide()
                self._parts.deleteLater()
                self._parts = None
            if kind is not None:
                self._part_name.setText(_("Part in “{group}”").format(group=kind.name))
                self._parts = Segments(names)
                self._parts.setAccessibleName(_("Part in “{group}”").format(group=kind.name))
                self._parts.chosen.connect(lambda index: self._draft.play(self._id, self._roles[index]))
                self.part.addWidget(self._parts)
        if kind is not None and self._parts is not None:
            mine = kind.played_by(id)
            self._parts.choose(self._roles.index(mine.id) if mine is not None else 0)

    def stops(self) -> list[QWidget]:
        """Return what Tab goes through here, in its order."""
        found: list[QWidget] = [self.name, self.key, *self.colours.stops(), self.meaning, self.use, self.avoid]
        found.append(self.same)
        found += [self.good.words, self.bad.words, *self.attributes.stops()]
        found += self._parts.stops() if self._parts is not None else []
        return [*found, self.used, self.merge, self.split, self.delete]

    def focus_name(self) -> None:
        """Give the keyboard to the name, all of it chosen."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()
