"""The draft that the editor's forms write into: every edit can be taken back, none reaches the project by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.domain import attributes as declared
from annotator.domain import grouping, meaning, redrawing, reshaping
from annotator.domain import scheme as schemes
from annotator.domain.attributes import Attribute
from annotator.domain.errors import UserError
from annotator.domain.eyes import apart
from annotator.domain.grouping import Kind
from annotator.domain.labelkeys import meanings
from annotator.domain.redrawing import Redrawn
from annotator.domain.scheme import Scheme
from annotator.domain.schemecheck import NEAR
from annotator.i18n import _
from annotator.ui.scheme import tables
from annotator.ui.scheme.colours import free_colour
from annotator.ui.scheme.values import Gone

Make = Callable[[Redrawn], Redrawn]
_FIRST_KEYS = "ABCEHIKLQSVWYZ"
"""Letters that are proposed where a name has none that is free."""


class Draft(QObject):
    """A row of drafts, each made of the one before; `changed()` after every edit, `refused()` where one cannot be."""

    changed = Signal()
    refused = Signal()

    def __init__(self, first: Redrawn, counts: Mapping[str, int], used: int = 0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._row = [first]
        self._at = 0
        self._together = ""
        self.counts = dict(counts)
        """How many spans bear each label (by id) in the whole project."""
        self.used = used
        """The last version of the scheme under which something was done, be it undone: it is not given again."""
        self._proposed: dict[str, str] = {}
        """Keys of new labels (by id) that nobody chose."""
        self.fault = ("", "")
        """What could not be done last: at what (the id of what was edited and the field), and why, in words."""

    # What it is now

    @property
    def now(self) -> Redrawn:
        """The draft as it is now."""
        return self._row[self._at]

    @property
    def before(self) -> Scheme:
        """The scheme in force."""
        return self.now.before

    @property
    def scheme(self) -> Scheme:
        """The scheme as it shall be."""
        return self.now.wanted

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to do again."""
        return self._at + 1 < len(self._row)

    # Edits

    def edit(self, make: Make, at: str = "", *, together: bool = False) -> bool:
        """Make the next draft; False, with its reason in `fault`, where that cannot be.

        Edits `together` at the same place follow one another as one: letters of a word are taken back at once.
        """
        try:
            made = make(self.now)
        except UserError as error:
            self.fault, self._together = (at, str(error)), ""
            self.refused.emit()
            return False
        had_fault, self.fault = bool(self.fault[1]), ("", "")
        if made == self.now:
            if had_fault:
                self.refused.emit()
            return True
        same = together and bool(at) and self._together == at and self._at > 0
        del self._row[self._at + (0 if same else 1) :]
        self._row.append(made)
        self._at = len(self._row) - 1
        self._together = at if together else ""
        self.changed.emit()
        return True

    def undo(self) -> None:
        """Take the last edit back."""
        self._go(-1)

    def redo(self) -> None:
        """Do it again."""
        self._go(1)

    def _go(self, by: int) -> None:
        if 0 <= self._at + by < len(self._row):
            self._at += by
            self._together, self.fault = "", ("", "")
            self.changed.emit()

    def settle(self) -> None:
        """Let the next letter begin an edit of its own: the keyboard went elsewhere."""
        self._together = ""

    def discard(self) -> None:
        """Go back to the scheme in force; this too can be taken back."""
        first = self._row[0]
        self.edit(lambda _now: first)

    def put(self, wanted: Scheme) -> bool:
        """Take another scheme, such as that of a file, for the wanted one."""
        return self.edit(lambda now: redrawing.with_data(now, schemes.to_data(wanted)))

    # Labels

    def table(self, id: str) -> Mapping[str, Any]:
        """Return what the scheme says of a label besides name, key and colours."""
        return self.item("labels", id)

    def item(self, table: str, id: str) -> Mapping[str, Any]:
        """Return the wanted scheme's table of this id, {} where there is none."""
        if table == "labels":
            return self.scheme.table(id)
        return next((one for one in self.items(table) if one.get("id") == id), {})

    def items(self, table: str) -> list[Mapping[str, Any]]:
        """Return the wanted scheme's tables of one kind."""
        found = self.scheme.rest.get(table)
        return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []

    def is_off(self, id: str) -> bool:
        """Whether a label is switched off."""
        return self.table(id).get("off") is True

    def is_new(self, id: str) -> bool:
        """Whether a label is not in the scheme in force."""
        return self.before.label(id) is None

    def fault_at(self, at: str) -> str:
        """Return why the last edit at a place could not be, "" where it could."""
        return self.fault[1] if self.fault[0] == at else ""

    def fault_of(self, id: str) -> str:
        """Return why the last edit of a label could not be, "" where it could."""
        return self.fault[1] if self.fault[0].startswith(f"{id}\n") else ""

    def colour_words(self, id: str) -> str:
        """Say which other label's colour can hardly be told from a label's, "" for none."""
        label = self.scheme.label(id)
        if label is None:
            return ""
        for other in self.scheme.in_use:
            if other.id == id:
                continue
            if apart(label.light, other.light) < NEAR or apart(label.dark, other.dark) < NEAR:
                return _("Its colour can hardly be told from that of {other}, or not by every eye.").format(
                    other=" ".join(other.name.split())
                )
        return ""

    def further_keys(self, id: str) -> str:
        """Say which further keys a label has and what they say at once, "" for none."""
        found = []
        for key, meant in meanings(self.scheme).items():
            label = self.scheme.label(id)
            if meant.label.id == id and label is not None and key != label.key:
                found.append(f"{key} {' '.join(map(str, meant.sets.values()))}".strip())
        return _("Further keys: {keys}").format(keys=", ".join(found)) if found else ""

    def rename(self, id: str, name: str) -> bool:
        """Give a label another name."""
        return self.edit(lambda now: self._renamed(now, id, name), f"{id}\nname", together=True)

    def _renamed(self, now: Redrawn, id: str, name: str) -> Redrawn:
        """A new label's key follows its name until somebody says another."""
        made = redrawing.rename(now, id, name)
        label = made.wanted.label(id)
        if id not in self._proposed or label is None or label.key != self._proposed[id]:
            return made
        self._proposed[id] = self.free_key(name, label.key)
        return redrawing.set_key(made, id, self._proposed[id])

    def set_key(self, id: str, key: str) -> bool:
        """Give a label another key."""
        return self.edit(lambda now: redrawing.set_key(now, id, key), f"{id}\nkey", together=True)

    def recolour(self, id: str, light: str, dark: str) -> bool:
        """Give a label other colours."""
        return self.edit(lambda now: redrawing.recolour(now, id, light, dark), f"{id}\ncolour")

    def say(self, id: str, key: str, words: str) -> bool:
        """Write the definition, an example or another text of a label."""
        value = words.strip() or (None if key != "definition" else "")
        return self.edit(lambda now: redrawing.edited(now, "labels", id, {key: value}), f"{id}\n{key}", together=True)

    def words_changed(self, id: str) -> bool:
        """Whether what a label of the scheme in force means is said in other words."""
        return meaning.reworded(self.before, self.scheme, id)

    def mean_the_same(self, id: str, same: bool) -> bool:
        """Say that a label means what it meant, though its words changed; or take that back."""
        return self.edit(lambda now: now._replace(same=now.same | {id} if same else now.same - {id}))

    def switch(self, id: str, on: bool) -> bool:
        """Switch a label on or off."""
        return self.edit(lambda now: redrawing.switch(now, id, on), f"{id}\noff")

    def move(self, id: str, place: int) -> bool:
        """Put a label at another place."""
        return self.edit(lambda now: redrawing.reorder(now, id, place), f"{id}\nplace", together=True)

    def add_label(self) -> str:
        """Add a label with a free name, key and colour; return its id, "" where that cannot be."""
        taken = {label.name for label in self.scheme.labels}
        name, number = _("New label"), 1
        while name in taken:
            number += 1
            name = _("New label {number}").format(number=number)
        id = redrawing.free_id(self.now, name)
        light, dark = free_colour([label.light for label in self.scheme.labels])
        key = self.free_key("")
        made = self.edit(lambda now: redrawing.add_label(now, id, name, key=key, light=light, dark=dark))
        self._proposed[id] = key
        return id if made else ""

    def free_key(self, name: str, own: str = "") -> str:
        """Return a letter for a label of this name that no label and nothing of the program has, "" for none.

        `own` is the key that the label has now.
        """
        others = {label.key for label in self.scheme.labels}  # also of labels that are off: they may come back
        taken = (set(meanings(self.scheme)) | others | set(self.now.reserved)) - {own}
        letters = [letter for letter in name.upper() if letter.isalpha() and len(letter) == 1]
        return next((letter for letter in (*letters, *_FIRST_KEYS) if letter not in taken), "")

    # Attributes

    def attributes_of(self, label: str) -> tuple[Attribute, ...]:
        """Return the attributes of a label in the scheme's order."""
        return tuple(one for one in declared.attributes(self.scheme) if label in one.labels)

    def attribute(self, id: str) -> Attribute | None:
        """Return an attribute by its id."""
        return next((one for one in declared.attributes(self.scheme) if one.id == id), None)

    def is_new_attribute(self, id: str) -> bool:
        """Whether an attribute is not in the scheme in force."""
        return all(one.id != id for one in declared.attributes(self.before))

    def put_attribute(self, id: str, wanted: Attribute, gone: Iterable[Gone] = ()) -> bool:
        """Change an attribute, or add one (id ""); `gone` are its values that are taken away."""
        return self.edit(lambda now: tables.attribute(now, id, wanted, tuple(gone)), f"{id}\nattribute")

    def require(self, id: str, on: bool) -> bool:
        """Say that an attribute must be said, or need not."""
        return self.edit(lambda now: reshaping.require(now, id, on))

    def move_attribute(self, id: str, label: str, by: int) -> bool:
        """Put an attribute before (-1) or behind (1) the next one of the label."""
        own = [one.id for one in self.attributes_of(label)]
        place = own.index(id) + by if id in own else -1
        if not 0 <= place < len(own):
            return False
        all_ = [one.get("id") for one in self.items("attributes")]
        return self.edit(lambda now: redrawing.reorder(now, id, all_.index(own[place]), "attributes"))

    def delete_attribute(self, id: str, label: str) -> bool:
        """Let a label have an attribute no longer; what its spans say of it goes too, as undo brings it back."""
        return self.edit(lambda now: reshaping.take(now, id, label, values_too=True), f"{label}\nattributes")

    # What ties spans, fields, rules

    def add(self, table: str, item: Mapping[str, Any]) -> bool:
        """Add a relation, a group or a field."""
        return self.edit(lambda now: reshaping.add(now, table, item), table)

    def change(self, table: str, id: str, changes: Mapping[str, Any], at: str = "") -> bool:
        """Change keys of a relation, a group or a field; `at` is the field that is typed into."""
        return self.edit(lambda now: reshaping.change(now, table, id, changes), f"{id}\n{at}", together=bool(at))

    def delete(self, table: str, id: str) -> bool:
        """Take a relation, a group or a field out of the scheme, with the project's ties of that kind."""
        ties = table in ("relations", "groups") and self.before_has(table, id)
        return self.edit(lambda now: reshaping.delete(now, table, id, ties_too=ties), table)

    def reorder(self, table: str, id: str, place: int) -> bool:
        """Put what a table holds at another place among the others."""
        return self.edit(lambda now: redrawing.reorder(now, id, place, table))

    def before_has(self, table: str, id: str) -> bool:
        """Whether the scheme in force has a table of this id."""
        return any(one.get("id") == id for one in self.before.rest.get(table) or () if isinstance(one, Mapping))

    def put_rules(self, rules: list[dict[str, Any]], at: str = "") -> bool:
        """Take these rules for the scheme's."""

        def make(now: Redrawn) -> Redrawn:
            data = redrawing.data_of(now)
            data["rules"] = rules
            if not rules:
                del data["rules"]
            return redrawing.with_data(now, data)

        return self.edit(make, f"rules\n{at}", together=bool(at))

    def call(self, name: str) -> bool:
        """Give the scheme itself another name."""

        def make(now: Redrawn) -> Redrawn:
            return redrawing.with_data(now, redrawing.data_of(now) | {"name": name.strip()})

        return self.edit(make, "scheme\nname", together=True)

    def play(self, label: str, role: str) -> bool:
        """Let a label play a part in the scheme's group, "" for none."""
        kind = self.group()
        if kind is None:
            return False
        return self.edit(lambda now: tables.play(now, kind.id, label, role), f"{label}\npart")

    def group(self) -> Kind | None:
        """Return the first kind of group of the scheme, None where it has none."""
        return next(iter(grouping.kinds(self.scheme)), None)
