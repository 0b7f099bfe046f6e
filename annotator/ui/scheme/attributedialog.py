"""One attribute: its name, what its values are, whether it must be said, of which labels and when it is asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.domain.attributes import TYPES, Attribute, Condition
from annotator.i18n import _
from annotator.ui.dialogs.parts import Form, Sheet, button, say, scrolled
from annotator.ui.fields import DropDown
from annotator.ui.look import Look
from annotator.ui.scheme.attributelist import TYPE_NAMES
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.fields import Line
from annotator.ui.scheme.ticklist import TickList
from annotator.ui.scheme.values import Gone, Values
from annotator.ui.ticks import Tick

_LISTED = ("choice", "choices")


class AttributeDialog(Sheet):
    """Name, values, Enter in an empty last one takes it; `attribute` is what was made, `gone` what was taken away."""

    def __init__(self, one: Attribute, draft: Draft, look: Look, parent: QWidget | None, label: str) -> None:
        title = _("Attribute “{name}”").format(name=one.name) if one.id else _("A new attribute")
        super().__init__(title, look, parent)
        self._one, self._draft = one, draft
        self.name = Line(_("Name"), one.name)
        self.type = DropDown(look)
        self.type.addItems([_(TYPE_NAMES[type]) for type in TYPES])
        self.type.setCurrentIndex(TYPES.index(one.type))
        self.values = Values(one.choices, look)
        self.must = Tick(_("It must be said of each span"), look, one.required)
        self.default = DropDown(look)
        self.labels = TickList(_("Labels that have it"), look)
        names = [(label_.id, label_.name) for label_ in draft.scheme.labels]
        self.labels.fill(names, one.labels or (label,))
        self.when = DropDown(look)
        self.when_values = TickList(_("Values with which it is asked for"), look)
        self._lay_out()
        self._offer_conditions()
        self._offer_defaults(one.default)
        self._connect()
        self._follow()
        self.fit(560, 620)
        (self.name if not one.name else self.values).setFocus()

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(4, 4, 12, 4)
        form = Form(self.look)
        form.add(_("Name"), self.name)
        form.add(_("What is said"), self.type)
        form.add(_("Values"), self.values)
        form.add(_("Required"), self.must)
        form.add(_("Of a new span"), self.default)
        form.add(_("Labels"), self.labels)
        form.add(_("Asked for"), self.when)
        form.add(_("if it is"), self.when_values)
        self._form = form
        column.addLayout(form)
        column.addStretch(1)
        self.column.addWidget(scrolled(page), 1)
        self._fault = self.words("", "error")
        words = _("Change in the draft") if self._one.id else _("Add to the draft")
        self.take = button(words, self._accept, "main")
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self.take)

    def _connect(self) -> None:
        self.type.currentIndexChanged.connect(lambda _index: self._follow())
        self.values.changed.connect(lambda: self._offer_defaults(self.default.currentData()))
        self.values.ended.connect(self._accept)
        self.when.currentIndexChanged.connect(lambda _index: self._offer_values(()))
        self.name.returnPressed.connect(self.values.setFocus)

    def _follow(self) -> None:
        listed = self._type in _LISTED
        for row, shown in ((self.values, listed), (self.default, listed or self._type == "yes-no")):
            self._form.setRowVisible(row, shown)
        self._offer_defaults(self.default.currentData())

    @property
    def _type(self) -> str:
        return TYPES[self.type.currentIndex()]

    def _offer_defaults(self, chosen: object) -> None:
        self.default.blockSignals(True)
        self.default.clear()
        self.default.addItem(_("nothing is said yet"), None)
        if self._type == "yes-no":
            self.default.addItem(_("yes"), True)
            self.default.addItem(_("no"), False)
        for choice in self.values.choices if self._type in _LISTED else ():
            self.default.addItem(choice.name, choice.id)
        wanted = chosen[0] if isinstance(chosen, list) and chosen else chosen
        found = [at for at in range(self.default.count()) if self.default.itemData(at) == wanted]
        self.default.setCurrentIndex(found[0] if found else 0)
        self.default.blockSignals(False)

    def _offer_conditions(self) -> None:
        condition = self._one.only_if
        self.when.addItem(_("always"), "")
        own = [one for label in self._one.labels for one in self._draft.attributes_of(label)]
        for other in dict.fromkeys(own):
            if other.id != self._one.id and (other.choices or other.type == "yes-no"):
                self.when.addItem(_("depending on {name}").format(name=other.name), other.id)
        self.when.setCurrentIndex(max(0, self.when.findData(condition.attribute)) if condition else 0)
        self._offer_values(condition.values if condition else ())

    def _offer_values(self, ticked: tuple[object, ...]) -> None:
        other = self._draft.attribute(str(self.when.currentData() or ""))
        self._form.setRowVisible(self.when_values, other is not None)
        if other is None:
            return
        listed = [(choice.id, choice.name) for choice in other.choices] or [("yes", _("yes")), ("no", _("no"))]
        spoken = ["yes" if one is True else "no" if one is False else str(one) for one in ticked]
        self.when_values.fill(listed, spoken)

    # What was said

    @property
    def attribute(self) -> Attribute:
        """The attribute as the form says it."""
        one, listed = self._one, self._type in _LISTED
        default = self.default.currentData() if listed or self._type == "yes-no" else None
        if self._type == "choices" and default is not None:
            default = one.default if isinstance(one.default, list) and default in one.default else [default]
        other = self._draft.attribute(str(self.when.currentData() or ""))
        condition = None
        if other is not None:
            said = self.when_values.ticked
            condition = Condition(other.id, said if other.choices else tuple(value == "yes" for value in said))
        return one._replace(
            name=" ".join(self.name.text().split()), type=self._type, required=self.must.isChecked(), default=default,
            choices=self.values.choices if listed else (), labels=self.labels.ticked, only_if=condition,
        )  # fmt: skip

    @property
    def gone(self) -> tuple[Gone, ...]:
        """The values that were taken away."""
        return self.values.gone if self._type in _LISTED else ()

    def _accept(self) -> None:
        made = self.attribute
        words = ""
        at: QWidget | None = None
        if not made.name:
            words, at = _("It needs a name."), self.name
        elif made.type in _LISTED and not made.choices:
            words, at = _("Write its values, one a line."), self.values
        elif not made.labels:
            words, at = _("Tick a label that has it."), self.labels
        elif made.only_if is not None and not made.only_if.values:
            words, at = _("Tick a value with which it is asked for."), self.when_values
        else:
            from annotator.domain.errors import UserError
            from annotator.ui.scheme import tables

            try:
                tables.attribute(self._draft.now, self._one.id, made, self.gone)
            except UserError as error:
                words = str(error)
        say(self._fault, words)
        if at is not None:
            at.setFocus()
        if not words:
            self.accept()
