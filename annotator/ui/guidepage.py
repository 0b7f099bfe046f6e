"""The page of a label, written piece by piece: nothing that a scheme or an article says is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QTextTableFormat,
)

from annotator.domain.attributes import Attribute, Condition, attributes
from annotator.domain.dates import day
from annotator.domain.guideline import Guideline, Key, Part, Rule, Tie
from annotator.domain.scheme import Label, Scheme
from annotator.i18n import _, later
from annotator.ui.look import Look
from annotator.ui.reports import titled
from annotator.ui.theme import span_colours

if TYPE_CHECKING:
    from annotator.storage.examples import Example

SPAN, LABEL, MORE = "span", "label", "more"
"""What a link of the page leads to: a span (article and id), another label's page, more examples."""
_TYPES = {
    "text": later("in words"), "number": later("a number"), "registry": later("an entry of the registry"),
    "yes-no": later("yes or no"), "choices": later("several may be chosen"),
}  # fmt: skip
_BRACKETS = re.compile(r"(\[[^\[\]]*\])")
_LEADING = 122.0
"""Per cent."""
_SIGN = 22
"""Pixels of the design beside an example, for its sign."""

Runs = Sequence[tuple[str, QTextCharFormat]]


class Pen:
    """Writes pages into a document; lengths are pixels of the design."""

    def __init__(self, look: Look, scheme: Scheme, document: QTextDocument) -> None:
        self._look, self._scheme, self._theme = look, scheme, look.theme
        self._document = document
        self._cursor = QTextCursor(document)
        self._fresh = True

    def write(self, guide: Guideline, real: Sequence[Example], more: bool) -> None:
        """Write the whole page; `real` are spans of the project, `more` whether there are others besides."""
        self._cursor.beginEditBlock()
        self._document.clear()
        self._cursor = QTextCursor(self._document)
        self._fresh = True
        self._head(guide)
        self._said(guide)
        self._heading(_("In this project"))
        self._real(guide.label, real, more)
        for number, attribute in enumerate(guide.attributes):
            if not number:
                self._heading(_("What is said of it"))
            self._attribute(attribute)
        if guide.parts or guide.ties:
            self._heading(_("What it belongs to"))
        for part in guide.parts:
            self._block(self._part(part), 0, 4)
        for tie in guide.ties:
            self._tie(tie)
        for number, rule in enumerate(guide.rules):
            if not number:
                self._heading(_("Rules"))
            self._rule(rule)
        self._cursor.endEditBlock()

    # Pieces

    def _sans(self, size: int, colour: str = "", strong: bool = False) -> QTextCharFormat:
        font = self._look.sans(size, QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return _format(font, colour or self._theme.text)

    def _serif(self, size: int = 15, colour: str = "", strong: bool = False) -> QTextCharFormat:
        font = self._look.serif(size, QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return _format(font, colour or self._theme.text)

    def _link(self, shape: QTextCharFormat, where: str, colour: str = "") -> QTextCharFormat:
        shape.setAnchor(True)
        shape.setAnchorHref(where)
        shape.setForeground(QBrush(QColor(colour or self._theme.accent)))
        return shape

    def _block(self, runs: Runs, above: int = 0, below: int = 8, indent: int = 0) -> None:
        """Write a paragraph; with an indent all but its first line stand that far in, and so does what a tab parts."""
        px = self._look.px
        shape = QTextBlockFormat()
        shape.setTopMargin(px(above))
        shape.setBottomMargin(px(below))
        shape.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if indent:
            shape.setLeftMargin(px(indent))
            shape.setTextIndent(-px(indent))
            shape.setTabPositions([QTextOption.Tab(px(indent), QTextOption.TabType.LeftTab)])
        if self._fresh:
            self._cursor.setBlockFormat(shape)
            self._fresh = False
        else:
            self._cursor.insertBlock(shape)
        for words, character in runs:
            self._cursor.insertText(words, character)

    def _heading(self, name: str) -> None:
        self._block([(name, self._sans(13, self._theme.text2, strong=True))], 20, 6)

    def _signed(self, good: bool, runs: Runs) -> None:
        """Write an example with its sign before it, all of its lines beside the sign."""
        sign, colour = ("✓", self._theme.accent) if good else ("✗", self._theme.error)
        self._block([(f"{sign}\t", self._serif(15, colour, strong=True)), *runs], 0, 6, _SIGN)

    # Parts of the page

    def _head(self, guide: Guideline) -> None:
        """Write the name as it looks in the text, its fill above its bar; and its keys."""
        px, label = self._look.px, guide.label
        colours = span_colours(self._theme, label.light, label.dark)
        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setCellSpacing(0)
        shape.setCellPadding(0)
        shape.setBottomMargin(px(10))
        before = QTextBlockFormat()
        before.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self._cursor.setBlockFormat(before)
        table = self._cursor.insertTable(2, 1, shape)
        for row, ground in enumerate((colours.fill, colours.bar)):
            cell = table.cellAt(row, 0)
            look = cell.format().toTableCellFormat()
            look.setBackground(QBrush(ground))
            if not row:
                look.setLeftPadding(px(10))
                look.setRightPadding(px(10))
                look.setTopPadding(px(2))
                look.setBottomPadding(px(4))
            cell.setFormat(look)
        table.cellAt(0, 0).firstCursorPosition().insertText(label.name, self._serif(22, strong=True))
        bar = QTextBlockFormat()
        bar.setLineHeight(3, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        table.cellAt(1, 0).firstCursorPosition().setBlockFormat(bar)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = True
        quiet = self._sans(12, self._theme.text2)
        runs = self._keys(guide.keys, quiet) if guide.keys else [(_("No key: Ctrl+L finds it"), quiet)]
        self._block(runs, 10, 10)

    def _keys(self, keys: Iterable[Key], quiet: QTextCharFormat) -> Runs:
        cap = self._sans(12, strong=True)
        cap.setBackground(QBrush(QColor(self._theme.sunken)))
        runs: list[tuple[str, QTextCharFormat]] = []
        for key in keys:
            words = ", ".join(value for _name, value in key.sets)
            runs += [("   ", quiet)] if runs else []
            runs += [(f"\xa0{key.key}\xa0", cap), (f"\xa0{words}" if words else "", quiet)]
        return runs

    def _said(self, guide: Guideline) -> None:
        if guide.definition:
            self._block([(guide.definition, self._serif(16))], 0, 10)
        if guide.is_bare:
            words = _("The scheme says nothing more of this label: no definition, no examples, no rules.")
            self._block([(words, self._sans(13, self._theme.text3))])
        for name, words in ((_("Use it when"), guide.use_when), (_("Not when"), guide.avoid_when)):
            if words:
                self._heading(name)
                self._block([(words, self._serif())])
        if guide.good or guide.bad:
            self._heading(_("Examples"))
        for good, examples in ((True, guide.good), (False, guide.bad)):
            for words in examples:
                self._signed(good, [(words, self._serif())])

    def _real(self, label: Label, real: Sequence[Example], more: bool) -> None:
        if not real:
            words = _("No {name} yet. What you and others make stands here, the newest first.").format(name=label.name)
            self._block([(words, self._sans(13, self._theme.text3))])
        for one in real:
            self._one(label, one)
        if more:
            self._block([(_("Show more"), self._link(self._sans(13), f"{MORE}:"))], 4, 4)

    def _one(self, label: Label, one: Example) -> None:
        where = f"{SPAN}:{one.article}/{one.span}"
        around = self._link(self._serif(), where, self._theme.text2)
        own = self._link(self._serif(), where, self._theme.text)
        own.setBackground(QBrush(span_colours(self._theme, label.light, label.dark).fill))
        self._block([(words, own if mine else around) for words, mine in one.parts], 0, 0)
        facts = " · ".join(filter(None, (titled(one.title), one.who, _day(one.at))))
        self._block([(facts, self._sans(12, self._theme.text2))], 0, 10)

    def _attribute(self, attribute: Attribute) -> None:
        remarks = [_("must be said")] if attribute.required else []
        if attribute.type in _TYPES:
            remarks.append(_(_TYPES[attribute.type]))
        if attribute.only_if is not None:
            remarks.append(self._condition(attribute.only_if))
        quiet = self._sans(13, self._theme.text2)
        self._block([(attribute.name, self._sans(13, strong=True)), (f"  {', '.join(remarks)}", quiet)], 4, 2)
        if attribute.definition:
            self._block([(attribute.definition, self._serif(14))], 0, 2)
        plain = [choice.name for choice in attribute.choices if not choice.definition]
        if plain:
            self._block([(" · ".join(plain), self._serif(14))], 0, 6)
        for choice in attribute.choices:
            if choice.definition:
                name = (f"{choice.name}  ", self._serif(14, strong=True))
                self._block([name, (choice.definition, self._serif(14))], 0, 4)

    def _condition(self, condition: Condition) -> str:
        other = next((one for one in attributes(self._scheme) if one.id == condition.attribute), None)
        names = []
        for value in condition.values:
            choice = other.choice(value) if other is not None else None
            if isinstance(value, bool):
                names.append(_("yes") if value else _("no"))
            else:
                names.append(choice.name if choice is not None else str(value))
        name = other.name if other is not None else condition.attribute
        return _("only where {name} is {values}").format(name=name, values=_(" or ").join(names))

    def _part(self, part: Part) -> Runs:
        kind, plain = part.kind, self._serif(14)
        if not part.heads:
            head = kind.role(kind.head)
            return self._filled(
                _("{kind}: of a {label}").replace("{kind}", kind.name), head.label if head else kind.head
            )
        runs: list[tuple[str, QTextCharFormat]] = [(f"{kind.name}: ", plain)]
        for role in kind.roles:
            if role.id == part.role.id:
                continue
            if role.most == 1:
                words = _("one {label}") if role.least else _("at most one {label}")
            else:
                words = _("one {label} or more") if role.least else _("any number of {label}")
            runs += [(", ", plain)] if len(runs) > 1 else []
            runs += self._filled(words, role.label)
        return [*runs, (_(", or no source in the text"), plain)] if kind.no_source else runs

    def _tie(self, tie: Tie) -> None:
        relation, plain, quiet = tie.relation, self._serif(14), self._serif(14, colour=self._theme.text2)
        ends: list[tuple[str, QTextCharFormat]] = []
        for id in relation.target if tie.outward else relation.source:
            ends += [(_(" or "), plain)] if ends else []
            ends.append(self._name(id))
        if relation.to_registry:
            ends = [(_("an entry of the registry"), plain)]
        arrow = "↔" if relation.symmetric else "→"
        runs = [(f"{relation.name} {arrow} ", plain), *ends]
        if not (tie.outward or relation.symmetric):
            runs = [*ends, (f" {arrow} {relation.name}", plain)]
        if relation.across:
            runs.append((_(", also of another article"), quiet))
        self._block(runs, 0, 4)
        if relation.definition:
            self._block([(relation.definition, quiet)], 0, 6)

    def _filled(self, words: str, label: str) -> Runs:
        """Return words in which the name of a label (its id) stands for {label}."""
        before, _place, after = words.partition("{label}")
        return [(before, self._serif(14)), self._name(label), (after, self._serif(14))]

    def _name(self, id: str) -> tuple[str, QTextCharFormat]:
        """Return the name of a label, which leads to its page."""
        label = self._scheme.label(id)
        if label is None:
            return id, self._serif(14)
        return label.name, self._link(self._serif(14), f"{LABEL}:{id}")

    def _rule(self, rule: Rule) -> None:
        self._block([(rule.rule, self._serif(14, strong=True))], 6, 4)
        marked = self._serif(15)
        marked.setBackground(QBrush(QColor(self._theme.tint)))
        for good, words in ((True, rule.good), (False, rule.bad)):
            if words:
                # What stands in square brackets is the span.
                parts = _BRACKETS.split(words)
                self._signed(good, [(part, marked if n % 2 else self._serif(15)) for n, part in enumerate(parts)])


def _format(font: QFont, colour: str) -> QTextCharFormat:
    shape = QTextCharFormat()
    shape.setFont(font)
    shape.setForeground(QBrush(QColor(colour)))
    return shape


def _day(at: str) -> str:
    """Return the day of a moment as it is read, "" where an imported span has none."""
    try:
        return day(date.fromisoformat(at[:10])).replace(" ", "\xa0")
    except ValueError:
        return ""
