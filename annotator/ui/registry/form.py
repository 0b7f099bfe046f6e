"""What one entry says, to be changed: each field is kept when the keyboard leaves it, as a step of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain import registry
from annotator.domain.change import Entry, Step
from annotator.editing import registry as editing
from annotator.i18n import _, later, n_
from annotator.ui.dialogs.parts import Form, button
from annotator.ui.fields import DropDown
from annotator.ui.look import Look
from annotator.ui.spans.note import NoteField
from annotator.ui.widgets import Elided, caption

Do = Callable[[Callable[[], Step]], bool]
_KINDS = {"person": later("Person"), "organisation": later("Organisation"), "outlet": later("Outlet")}
_MERGED_SHOWN = 4
_BETWEEN = "; "


class EntryForm(QWidget):
    """One entry and those merged into it. `do` does a step; `named(name, kind)` when a new one got its name."""

    named = Signal(str, str)

    def __init__(self, look: Look, do: Do) -> None:
        super().__init__()
        self._look, self._do = look, do
        self._entry: Entry | None = None
        self._new = False
        self.name = self._line(_("Name"))
        self.kind = DropDown(look)
        self.kind.setAccessibleName(_("Kind"))
        self.others = self._line(_("Other names"))
        self.others.setPlaceholderText(_("separated by ;"))
        self.ids = self._line(_("External id"))
        self.ids.setPlaceholderText(_("for example Q42 of Wikidata, or viaf:113230702"))
        self.note = NoteField(look)
        self.note.left.connect(self.name.setFocus)
        form = Form(look)
        for words, field in (
            (_("Name"), self.name), (_("Kind"), self.kind), (_("Other names"), self.others),
            (_("External id"), self.ids), (_("Note"), self.note),
        ):  # fmt: skip
            form.add(words, field)
        self._merged = QVBoxLayout()
        self._merged.setSpacing(2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(form)
        column.addLayout(self._merged)
        self.name.editingFinished.connect(self._rename)
        self.kind.activated.connect(lambda _index: self._set_kind())
        self.others.editingFinished.connect(self._set_others)
        self.ids.editingFinished.connect(self._set_ids)
        self.note.written.connect(self._set_note)

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        return line

    def show_entry(self, together: Sequence[Entry], editable: bool) -> None:
        """Show an entry, the first of those that belong together; nothing where there is none."""
        entry = together[0] if together else None
        same = entry is not None and self._entry is not None and entry.id == self._entry.id
        if not same:
            self.keep()  # what was typed belongs to the entry before
        self._entry, self._new = entry, False
        self._offer_kinds(entry.kind if entry is not None else registry.KINDS[0])
        values = ("", "", "")
        if entry is not None:
            values = entry.name, _BETWEEN.join(registry.aliases(entry)), registry.said_ids(registry.ids(entry))
        for line, value in zip((self.name, self.others, self.ids), values, strict=True):
            line.setReadOnly(not editable)
            if same and line.hasFocus() and line.isModified():
                continue  # it is being typed in: something else of the entry has changed
            if line.text() != value or not line.hasFocus():
                line.setText(value)  # also where it is the same: what was typed is a step now, and undone as one
                line.setCursorPosition(0)
            line.setModified(False)
        self.note.show_note(registry.note(entry) if entry is not None else "", "")
        self.note.setReadOnly(not editable)
        self.kind.setEnabled(editable)
        self.setVisible(entry is not None)
        self._show_merged(together[1:], editable)

    def begin(self, name: str) -> None:
        """Ask for the name of a new entry; nothing is made before it has one."""
        self.show_entry((), True)
        self._new = True
        self.setVisible(True)
        for field in (self.others, self.ids, self.note):
            field.setEnabled(False)
        self.name.setText(name)
        self.name.setModified(True)
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    @property
    def beginning(self) -> bool:
        """Whether a new entry waits for its name."""
        return self._new

    def _offer_kinds(self, chosen: str) -> None:
        for field in (self.others, self.ids, self.note):
            field.setEnabled(True)
        self.kind.clear()
        for kind in dict.fromkeys((*registry.KINDS, chosen)):
            self.kind.addItem(_(_KINDS[kind]) if kind in _KINDS else kind or _("not said"), kind)
        self.kind.setCurrentIndex(self.kind.findData(chosen))

    def _show_merged(self, merged: Sequence[Entry], editable: bool) -> None:
        while (item := self._merged.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        for entry in merged[:_MERGED_SHOWN]:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            name = Elided("second")
            name.set_text(_("Merged in: {name}").format(name=entry.name))
            apart = button(_("Take apart"), partial(self._take_apart, entry))
            apart.setAccessibleName(_("Take apart: {name}").format(name=entry.name))
            apart.setEnabled(editable)
            line.addWidget(name, 1)
            line.addWidget(apart)
            self._merged.addWidget(row)
        if (more := len(merged) - _MERGED_SHOWN) > 0:
            self._merged.addWidget(
                caption(n_("and {count:,} more", "and {count:,} more", more).format(count=more), "third")
            )

    def _take_apart(self, entry: Entry) -> None:
        self._do(lambda: editing.take_apart(entry))

    # Keeping

    def keep(self) -> None:
        """Keep what was typed and not kept yet."""
        self.note.keep()
        for line, act in ((self.others, self._set_others), (self.ids, self._set_ids), (self.name, self._rename)):
            if line.isModified():
                act()

    def _rename(self) -> None:
        if not self._changed(self.name):
            return
        words = self.name.text()
        if self._new:
            if words.strip():
                self._new = False
                self.named.emit(words, str(self.kind.currentData()))
            return
        self._edit(self.name, lambda entry: editing.rename(entry, words))

    def _set_kind(self) -> None:
        entry, kind = self._entry, str(self.kind.currentData())
        if entry is not None and not self._new and kind != entry.kind:
            self._do(lambda: editing.set_kind(entry, kind))

    def _set_others(self) -> None:
        if self._changed(self.others):
            names = self.others.text().split(";")
            self._edit(self.others, lambda entry: editing.set_other_names(entry, names))

    def _set_ids(self) -> None:
        if self._changed(self.ids):
            words = self.ids.text()
            self._edit(self.ids, lambda entry: editing.set_ids(entry, words))

    def _set_note(self, words: str) -> None:
        entry = self._entry
        if entry is not None and words != registry.note(entry):
            self._do(lambda: editing.set_note(entry, words))

    def _changed(self, line: QLineEdit) -> bool:
        changed = line.isModified()
        line.setModified(False)
        return changed

    def _edit(self, line: QLineEdit, make: Callable[[Entry], Step]) -> None:
        entry = self._entry
        if entry is None:
            return
        before = {
            self.name: entry.name, self.others: _BETWEEN.join(registry.aliases(entry)),
            self.ids: registry.said_ids(registry.ids(entry)),
        }[line]  # fmt: skip
        if line.text().strip() == before.strip() or not self._do(lambda: make(entry)):
            line.setText(before)  # nothing to do, or refused in words
