"""What asks before labels are joined, parted or deleted: into which, by what, and what becomes of the spans."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.domain import redrawing
from annotator.domain.redrawing import Redrawn
from annotator.domain.scheme import Label
from annotator.i18n import _, n_
from annotator.ui.dialogs.parts import Form, Sheet, button
from annotator.ui.fields import DropDown
from annotator.ui.look import Look
from annotator.ui.scheme.colours import free_colour
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.fields import Line
from annotator.ui.ticks import Tick


def _short(label: Label) -> str:
    name = " ".join(label.name.split())
    return name if len(name) <= 48 else f"{name[:24]}…{name[-23:]}"


class MergeDialog(Sheet):
    """Into which label its spans go."""

    def __init__(self, draft: Draft, id: str, look: Look, parent: QWidget | None = None) -> None:
        label = draft.scheme.label(id)
        assert label is not None  # the form shows it
        super().__init__(_("Merge “{label}”").format(label=_short(label)), look, parent)
        self._draft, self._id = draft, id
        count = draft.counts.get(id, 0)
        words = n_(
            "{count:,} span gets the other label; its place, id, links and notes stay. “{label}” goes.",
            "{count:,} spans get the other label; place, id, links and notes stay. “{label}” goes.",
            count,
        )
        self.words(words.format(count=count, label=_short(label)))
        form = Form(look)
        self.into = DropDown(look)
        for other in draft.scheme.labels:
            if other.id != id:
                self.into.addItem(_short(other), other.id)
        form.add(_("Into"), self.into)
        self.column.addLayout(form)
        self.too = Tick(_("The other label gets its attributes too, so that what is said stays"), look, True)
        self.column.addWidget(self.too)
        self.column.addStretch(1)
        self.buttons(button(_("Cancel"), self.reject, "quiet"), button(_("Merge in the draft"), self.accept, "main"))
        self.setMinimumWidth(look.px(480))
        self.into.setFocus()

    def make(self, now: Redrawn) -> Redrawn:
        """Return the draft with the labels joined."""
        into = str(self.into.currentData())
        return redrawing.merge(now, self._id, into, attributes_too=self.too.isChecked())


class SplitDialog(Sheet):
    """A new label for those spans of which an attribute says something; or one for those that are chosen by hand."""

    def __init__(self, draft: Draft, id: str, look: Look, parent: QWidget | None = None) -> None:
        label = draft.scheme.label(id)
        assert label is not None  # the form shows it
        super().__init__(_("Split “{label}”").format(label=_short(label)), look, parent)
        self._draft, self._id, self._label = draft, id, label
        self.words(_("A part of its spans gets a label of its own; place, id, links and notes stay."))
        form = Form(look)
        self.by, self.value = DropDown(look), DropDown(look)
        own = [one for one in draft.attributes_of(id) if one.choices or one.type == "yes-no"]
        for one in own:
            self.by.addItem(_("by {attribute}").format(attribute=one.name), one.id)
        self.by.addItem(_("one by one, from the list of its spans"), "")
        self.name = Line(_("Name of the new label"))
        form.add(_("How"), self.by)
        form.add(_("Those that say"), self.value)
        form.add(_("New label"), self.name)
        self._form = form
        self.column.addLayout(form)
        self._told = self.words("", "second")
        self.column.addStretch(1)
        self._take = button(_("Split in the draft"), self.accept, "main")
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self._take)
        self.by.currentIndexChanged.connect(lambda _index: self._offer())
        self.value.currentIndexChanged.connect(lambda _index: self._name_it())
        self.name.textChanged.connect(lambda text: self._take.setEnabled(bool(text.strip())))
        self.setMinimumWidth(look.px(480))
        self._offer()
        self.by.setFocus()

    def _offer(self) -> None:
        one = self._draft.attribute(str(self.by.currentData() or ""))
        self._form.setRowVisible(self.value, one is not None)
        self.value.clear()
        if one is not None and one.choices:
            for choice in one.choices:
                self.value.addItem(choice.name, choice.id)
        elif one is not None:
            self.value.addItem(_("yes"), True)
            self.value.addItem(_("no"), False)
        self._told.setText(
            _("All its spans are to be looked at; those that mean the new label get its key.") if one is None else ""
        )
        self._told.setVisible(one is None)
        self._name_it()

    def _name_it(self) -> None:
        value = self.value.currentText()
        self.name.setText(
            f"{self._label.name}, {value}" if value else _("{label}, other").format(label=self._label.name)
        )
        self._take.setEnabled(True)

    @property
    def id(self) -> str:
        """The id of the new label."""
        return redrawing.free_id(self._draft.now, self.name.text().strip() or self._label.id)

    def make(self, now: Redrawn) -> Redrawn:
        """Return the draft with the label parted."""
        id, name = self.id, self.name.text().strip()
        light, dark = free_colour([label.light for label in now.wanted.labels])
        key = self._draft.free_key(name)
        made = redrawing.add_label(now, id, name, key=key, light=light, dark=dark, like=self._id)
        value = self.value.currentData() if self.by.currentData() else None
        return redrawing.split(made, self._id, id, str(self.by.currentData() or ""), value)


class DeleteDialog(Sheet):
    """Whether its spans are kept, as of an unknown label, or go too; a merge is offered besides."""

    def __init__(self, draft: Draft, id: str, look: Look, parent: QWidget | None = None) -> None:
        label = draft.scheme.label(id)
        assert label is not None  # the form shows it
        super().__init__(_("Delete “{label}”").format(label=_short(label)), look, parent)
        self._id = id
        count = draft.counts.get(id, 0)
        words = n_(
            "{count:,} span bears it. What becomes of it?", "{count:,} spans bear it. What becomes of them?", count
        )
        self.words(words.format(count=count))
        self.spans_too = False
        go = n_("Delete {count:,} span too", "Delete {count:,} spans too", count).format(count=count)
        self.words(_("Spans that are kept are shown as of an unknown label. Undo brings deleted ones back."))
        self.column.addStretch(1)
        self.keep = button(_("Keep the spans"), self.accept, "main")
        self.go = button(go, self._delete_all, "delete")
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self.go, self.keep)
        self.setMinimumWidth(look.px(480))
        self.keep.setFocus()

    def _delete_all(self) -> None:
        self.spans_too = True
        self.accept()

    def make(self, now: Redrawn) -> Redrawn:
        """Return the draft without the label."""
        return redrawing.delete_label(now, self._id, spans_too=self.spans_too)
