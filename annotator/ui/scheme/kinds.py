"""The forms of relations, groups, article fields and rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain import redrawing
from annotator.domain.attributes import Choice
from annotator.i18n import _
from annotator.ui.dialogs.parts import say
from annotator.ui.fields import DropDown
from annotator.ui.look import Look
from annotator.ui.scheme.attributelist import TYPE_NAMES
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.entries import Entries
from annotator.ui.scheme.fields import Line, Words
from annotator.ui.scheme.labelform import field
from annotator.ui.scheme.tables import values
from annotator.ui.scheme.ticklist import TickList
from annotator.ui.ticks import Tick


def names(draft: Draft, ids: object) -> str:
    """Return the names of labels (by id), one after the other."""
    listed = ids if isinstance(ids, list) else []
    found = [draft.scheme.label(str(id)) for id in listed]
    return ", ".join(" ".join(label.name.split()) for label in found if label is not None)


def all_labels(draft: Draft) -> list[tuple[str, str]]:
    """Return id and name of every label."""
    return [(label.id, label.name) for label in draft.scheme.labels]


class Relations(Entries):
    """From which labels to which, or to the registry."""

    table = "relations"

    def __init__(self, draft: Draft, look: Look) -> None:
        about = _("A relation leads from one span to another: evidence supports a claim.")
        super().__init__(draft, look, _("Relations"), about, _("Add relation"))

    def build(self) -> None:
        self.name = Line(_("Name"))
        self.source = TickList(_("From"), self.look)
        self.target = TickList(_("To"), self.look)
        self.registry = Tick(_("To an entry of the registry instead"), self.look)
        self.symmetric = Tick(_("Reads the same both ways"), self.look)
        self.across = Tick(_("Also from one article to another"), self.look)
        self.body.addLayout(field(_("Name, read from the first span to the second"), self.name))
        pair = QHBoxLayout()
        pair.setSpacing(16)
        pair.addLayout(field(_("From"), self.source), 1)
        pair.addLayout(field(_("To"), self.target), 1)
        self.body.addLayout(pair)
        ticks = QVBoxLayout()
        ticks.setSpacing(0)
        for tick in (self.registry, self.symmetric, self.across):
            ticks.addWidget(tick)
        self.body.addLayout(ticks)
        self.name.typed.connect(lambda text: self.write({"name": text.strip() or None}, "name"))
        self.source.turned.connect(lambda: self.write({"from": list(self.source.ticked)}))
        self.target.turned.connect(lambda: self.write({"to": list(self.target.ticked)}))
        self.registry.toggled.connect(self._to_registry)
        self.symmetric.toggled.connect(lambda on: self.write({"symmetric": on or None}))
        self.across.toggled.connect(lambda on: self.write({"across-articles": on or None}))

    def _to_registry(self, on: bool) -> None:
        everywhere = [id for id, _name in all_labels(self.draft)]
        to = None if on else (list(self.target.ticked) or everywhere)
        self.write({"to-registry": on or None, "to": to, **({"symmetric": None} if on else {})})

    def words_of(self, item: Mapping[str, Any]) -> str:
        registry = item.get("to-registry") is True
        target = _("the registry") if registry else names(self.draft, item.get("to"))
        arrow = "↔" if item.get("symmetric") is True else "→"
        return f"{item.get('name') or item.get('id')}: {names(self.draft, item.get('from'))} {arrow} {target}"

    def fill(self, item: Mapping[str, Any]) -> None:
        registry = item.get("to-registry") is True
        self.name.show_words(str(item.get("name") or ""))
        self.source.fill(all_labels(self.draft), item.get("from") or ())
        self.target.fill(all_labels(self.draft), item.get("to") or ())
        self.target.setEnabled(not registry)
        for tick, on in (
            (self.registry, registry),
            (self.symmetric, item.get("symmetric") is True),
            (self.across, item.get("across-articles") is True),
        ):
            tick.blockSignals(True)
            tick.setChecked(on)
            tick.blockSignals(False)
        self.symmetric.setEnabled(not registry)

    def fresh(self) -> dict[str, Any] | None:
        labels = [id for id, _name in all_labels(self.draft)]
        if not labels:
            say(self.fault, _("Make a label first: a relation ties spans of labels."))
            return None
        name = _("belongs to")
        id = redrawing.free_id(self.draft.now, name, self.table)
        return {"id": id, "name": name, "from": labels[:1], "to": labels[1:2] or labels[:1]}

    def begin_here(self) -> QWidget:
        self.name.selectAll()
        return self.name


class Groups(Entries):
    """Spans that belong together, each in a part; one part is the head."""

    table = "groups"

    def __init__(self, draft: Draft, look: Look) -> None:
        about = _("Spans that belong together, each in its part: an attribution has a quote, its sources and a cue.")
        super().__init__(draft, look, _("Groups"), about, _("Add group"))

    def build(self) -> None:
        self.name = Line(_("Name"))
        self.head = DropDown(self.look)
        self.parts = TickList(_("Labels with a part of their own"), self.look)
        self.sourceless = Tick(_("“No source in the text” can be said"), self.look)
        self.body.addLayout(field(_("Name"), self.name))
        self.body.addLayout(field(_("Held together by"), self.head))
        self.body.addLayout(field(_("Labels with a part of their own"), self.parts))
        self.body.addWidget(self.sourceless)
        self.name.typed.connect(lambda text: self.write({"name": text.strip() or None}, "name"))
        self.head.activated.connect(lambda _index: self.write({"head": self.head.currentData()}))
        self.parts.turned.connect(self._take_parts)
        self.sourceless.toggled.connect(lambda on: self.write({"no-source": on or None}))

    def _take_parts(self) -> None:
        roles = [dict(role) for role in self.item.get("roles") or () if isinstance(role, Mapping)]
        ticked = self.parts.ticked
        kept = [role for role in roles if role.get("label") in ticked]
        there = {role.get("label") for role in kept}
        kept += [{"role": id, "label": id, "min": 0} for id in ticked if id not in there]
        heads = [role.get("role") for role in kept]
        head = self.item.get("head")
        self.write({"roles": kept, "head": head if head in heads else next(iter(heads), None)})

    def words_of(self, item: Mapping[str, Any]) -> str:
        roles = [str(role.get("role")) for role in item.get("roles") or () if isinstance(role, Mapping)]
        return f"{item.get('name') or item.get('id')}: {', '.join(roles)}"

    def fill(self, item: Mapping[str, Any]) -> None:
        roles = [role for role in item.get("roles") or () if isinstance(role, Mapping)]
        self.name.show_words(str(item.get("name") or ""))
        self.head.clear()
        for role in roles:
            label = self.draft.scheme.label(str(role.get("label")))
            self.head.addItem(label.name if label is not None else str(role.get("role")), role.get("role"))
        self.head.setCurrentIndex(max(0, self.head.findData(item.get("head"))))
        self.parts.fill(all_labels(self.draft), [str(role.get("label")) for role in roles])
        self.sourceless.blockSignals(True)
        self.sourceless.setChecked(item.get("no-source") is True)
        self.sourceless.blockSignals(False)

    def fresh(self) -> dict[str, Any] | None:
        labels = [id for id, _name in all_labels(self.draft)]
        if len(labels) < 2:
            say(self.fault, _("Make two labels first: a group holds spans of several."))
            return None
        roles = [{"role": id, "label": id, "min": 0} for id in labels[:2]]
        roles[0] |= {"min": 1, "max": 1}
        name = _("New group")
        return {
            "id": redrawing.free_id(self.draft.now, name, self.table), "name": name, "head": labels[0], "roles": roles
        }  # fmt: skip

    def begin_here(self) -> QWidget:
        self.name.selectAll()
        return self.name


class ArticleFields(Entries):
    """What is said of a whole article."""

    table = "fields"

    def __init__(self, draft: Draft, look: Look) -> None:
        about = _("What is said of the whole article: its genre, its topic.")
        super().__init__(draft, look, _("Article fields"), about, _("Add field"))

    def build(self) -> None:
        self.name = Line(_("Name"))
        self.type = DropDown(self.look)
        for type, words in TYPE_NAMES.items():
            self.type.addItem(_(words), type)
        self.values = Words(_("Values, one a line"), self.look, 3)
        self.several = Tick(_("Several may be said"), self.look)
        self.must = Tick(_("It must be said of each article"), self.look)
        self.body.addLayout(field(_("Name"), self.name))
        self.body.addLayout(field(_("What is said"), self.type))
        self._values_box = QWidget()
        inside = field(_("Values, one a line"), self.values)
        inside.setContentsMargins(0, 0, 0, 0)
        self._values_box.setLayout(inside)
        self.body.addWidget(self._values_box)
        ticks = QVBoxLayout()
        ticks.setSpacing(0)
        ticks.addWidget(self.several)
        ticks.addWidget(self.must)
        self.body.addLayout(ticks)
        self.name.typed.connect(lambda text: self.write({"name": text.strip() or None}, "name"))
        self.type.activated.connect(lambda _index: self._take_type())
        self.values.typed.connect(self._take_values)
        self.several.toggled.connect(lambda on: self.write({"several": on or None}))
        self.must.toggled.connect(lambda on: self.write({"required": on or None}))

    def _take_type(self) -> None:
        type = str(self.type.currentData())
        listed = type in ("choice", "choices")
        kept = list(self.item.get("values") or ()) or [_("yes"), _("no")]
        several = True if type == "choices" else self.item.get("several") if type == "text" else None
        self.write({
            "type": None if listed else type, "values": kept if listed else None, "several": several or None,
        })  # fmt: skip

    def _take_values(self, text: str) -> None:
        lines = list(dict.fromkeys(" ".join(line.split()) for line in text.split("\n") if line.strip()))
        old = {str(one.get("name") or one.get("id")): one for one in self._old() if isinstance(one, Mapping)}
        made = [old.get(line) or values((Choice(line, line),))[0] for line in lines]
        if made:
            self.write({"values": made}, "values")

    def _old(self) -> list[Any]:
        found = self.item.get("values")
        return found if isinstance(found, list) else []

    def _kind(self, item: Mapping[str, Any]) -> str:
        type = str(item.get("type") or "choice")
        return "choices" if type == "choice" and item.get("several") is True else type

    def words_of(self, item: Mapping[str, Any]) -> str:
        listed = [str(one.get("name") or one.get("id")) if isinstance(one, Mapping) else str(one)
                  for one in item.get("values") or ()]  # fmt: skip
        kind = self._kind(item)
        return f"{item.get('name') or item.get('id')}: {', '.join(listed) or _(TYPE_NAMES.get(kind, kind))}"

    def fill(self, item: Mapping[str, Any]) -> None:
        kind = self._kind(item)
        self.name.show_words(str(item.get("name") or ""))
        if self.type.findData(kind) < 0:
            self.type.addItem(kind, kind)  # of a file that another program wrote
        self.type.setCurrentIndex(self.type.findData(kind))
        self._values_box.setVisible(kind in ("choice", "choices"))
        lines = [str(one.get("name") or one.get("id")) if isinstance(one, Mapping) else str(one)
                 for one in item.get("values") or ()]  # fmt: skip
        typed = [" ".join(line.split()) for line in self.values.toPlainText().split("\n") if line.strip()]
        if typed != lines:  # else it is being typed, an empty line at its end included
            self.values.show_words("\n".join(lines))
        self.several.setVisible(kind == "text")
        for tick, on in ((self.several, item.get("several") is True), (self.must, item.get("required") is True)):
            tick.blockSignals(True)
            tick.setChecked(on)
            tick.blockSignals(False)

    def fresh(self) -> dict[str, Any] | None:
        name = _("New field")
        return {"id": redrawing.free_id(self.draft.now, name, self.table), "name": name, "values": [_("yes"), _("no")]}

    def begin_here(self) -> QWidget:
        self.name.selectAll()
        return self.name


class Rules(Entries):
    """What to do where the definitions leave a choice."""

    table = "rules"

    def __init__(self, draft: Draft, look: Look) -> None:
        about = _("What to do where the meanings of labels leave a choice, each with a good and a bad example.")
        super().__init__(draft, look, _("Rules"), about, _("Add rule"))

    def build(self) -> None:
        self.rule = Words(_("Rule"), self.look)
        self.good, self.bad = Words(_("So"), self.look), Words(_("Not so"), self.look)
        self.labels = TickList(_("Labels it is about"), self.look)
        self.body.addLayout(field(_("Rule"), self.rule))
        pair = QHBoxLayout()
        pair.setSpacing(16)
        pair.addLayout(field(_("So"), self.good), 1)
        pair.addLayout(field(_("Not so"), self.bad), 1)
        self.body.addLayout(pair)
        self.body.addLayout(field(_("Labels it is about"), self.labels))
        for widget, key in ((self.rule, "rule"), (self.good, "good"), (self.bad, "bad")):
            widget.typed.connect(lambda text, key=key: self._take(key, text))
        self.labels.turned.connect(lambda: self._take("labels", list(self.labels.ticked)))

    def _take(self, key: str, value: object) -> None:
        rules = [dict(item) for item in self.items()]
        if not 0 <= self.current < len(rules):
            return
        rules[self.current][key] = value
        if value in ("", []) and key != "rule":
            del rules[self.current][key]
        self.draft.put_rules(rules, f"{self.current} {key}" if isinstance(value, str) else "")

    def words_of(self, item: Mapping[str, Any]) -> str:
        return " ".join(str(item.get("rule") or "").split()) or _("nothing written yet")

    def fill(self, item: Mapping[str, Any]) -> None:
        self.rule.show_words(str(item.get("rule") or ""))
        self.good.show_words(str(item.get("good") or ""))
        self.bad.show_words(str(item.get("bad") or ""))
        self.labels.fill(all_labels(self.draft), item.get("labels") or ())

    def fresh(self) -> dict[str, Any] | None:
        return {"rule": _("A new rule")}

    def append(self, item: dict[str, Any]) -> bool:
        return self.draft.put_rules([*(dict(one) for one in self.items()), item])

    def begin_here(self) -> QWidget:
        self.rule.selectAll()
        return self.rule

    def delete_current(self) -> None:
        rules = [dict(item) for item in self.items()]
        if 0 <= self.current < len(rules):
            del rules[self.current]
            self.draft.put_rules(rules)

    def move_current(self, by: int) -> None:
        rules, place = [dict(item) for item in self.items()], self.current + by
        if 0 <= self.current < len(rules) and 0 <= place < len(rules):
            rules.insert(place, rules.pop(self.current))
            self.current = place
            self.draft.put_rules(rules)

    def fault_words(self) -> str:
        return self.draft.fault[1] if self.draft.fault[0].startswith("rules\n") else ""
