"""The page of a label as HTML that Qt's rich text understands, in the colours and sizes of the window."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from annotator.domain.attributes import Attribute
from annotator.domain.dates import day
from annotator.domain.guideline import Guideline, Part, Rule, Tie
from annotator.domain.scheme import Label, Scheme
from annotator.i18n import _, later
from annotator.ui.look import Look
from annotator.ui.theme import span_colours

if TYPE_CHECKING:
    from annotator.storage.examples import Example

SPAN, LABEL, MORE = "span", "label", "more"
"""Schemes of the page's links: to a span (article and id), to another label's page, to more examples."""
_TYPES = {
    "text": later("in words"), "number": later("a number"), "registry": later("an entry of the registry"),
    "yes-no": later("yes or no"), "choices": later("several may be chosen"),
}  # fmt: skip
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")


class Pen:
    """Writes the parts of a page."""

    def __init__(self, look: Look, scheme: Scheme) -> None:
        self._look, self._scheme, self._theme = look, scheme, look.theme

    def page(self, guide: Guideline, real: Sequence[Example], more: bool) -> str:
        """Return the whole page; `real` are spans of the project, `more` whether there are others besides."""
        parts = [
            self._head(guide),
            self._said(guide),
            self._section(_("In this project"), self._real(guide.label, real, more)),
            self._section(_("What is said of it"), "".join(self._attribute(one) for one in guide.attributes)),
            self._section(_("What it belongs to"), self._belongs(guide)),
            self._section(_("Rules"), "".join(self._rule(rule) for rule in guide.rules)),
        ]
        return "".join(parts)

    # Pieces

    def _p(self, words: str, above: int = 0, below: int = 8, size: int = 15, colour: str = "", sans: bool = False,
           strong: bool = False) -> str:  # fmt: skip
        """Return a paragraph of HTML; lengths are pixels of the design."""
        px = self._look.px
        family = "font-family:sans;" if sans else ""
        weight = "font-weight:600;" if strong else ""
        return (
            f'<p style="margin:{px(above)}px 0 {px(below)}px 0;line-height:122%;font-size:{px(size)}px;{family}{weight}'
            f'color:{colour or self._theme.text}">{words}</p>'
        )

    def _section(self, name: str, content: str) -> str:
        return self._heading(name) + content if content else ""

    def _heading(self, name: str) -> str:
        return self._p(escape(name), 20, 6, 13, self._theme.text2, sans=True, strong=True)

    def _small(self, words: str, below: int = 8) -> str:
        return self._p(words, 0, below, 12, self._theme.text2, sans=True)

    def _link(self, where: str, words: str, colour: str = "") -> str:
        return f'<a href="{where}" style="color:{colour or self._theme.accent};text-decoration:none">{words}</a>'

    def _signed(self, sign: str, colour: str, words: str) -> str:
        """Return an example with its sign before it, all of its lines beside the sign."""
        px = self._look.px
        style = f"font-size:{px(15)}px;line-height:122%"
        return (
            f'<table cellspacing="0" cellpadding="0" style="margin:0 0 {px(6)}px 0"><tr>'
            f'<td width="{px(22)}" style="{style};color:{colour};font-weight:600">{sign}</td>'
            f'<td style="{style}">{words}</td></tr></table>'
        )

    # Parts of the page

    def _head(self, guide: Guideline) -> str:
        px, label = self._look.px, guide.label
        colours = span_colours(self._theme, label.light, label.dark)
        keys = " · ".join(self._key(key.key, key.sets) for key in guide.keys) or escape(_("No key: Ctrl+L finds it"))
        # As it looks in the text: its fill above its bar.
        name = (
            f'<table cellspacing="0" cellpadding="0"><tr><td bgcolor="{colours.fill.name()}" '
            f'style="padding:{px(2)}px {px(10)}px {px(4)}px {px(10)}px;font-size:{px(22)}px;font-weight:600">'
            f"{escape(label.name)}</td></tr>"
            f'<tr><td bgcolor="{colours.bar.name()}" style="font-size:1px;line-height:3px">&nbsp;</td></tr></table>'
        )
        return name + self._p(keys, 10, 10, 12, self._theme.text2, sans=True)

    def _key(self, key: str, sets: Iterable[tuple[str, str]]) -> str:
        cap = (
            f'<span style="background-color:{self._theme.sunken};color:{self._theme.text};font-weight:600">'
            f"&nbsp;{escape(key)}&nbsp;</span>"
        )
        words = ", ".join(value for _name, value in sets)
        return f"{cap}&nbsp;{escape(words)}" if words else cap

    def _said(self, guide: Guideline) -> str:
        good, bad = self._theme.accent, self._theme.error
        parts = [self._p(escape(guide.definition), 0, 10, 16)] if guide.definition else []
        if guide.is_bare:
            words = _("The scheme says nothing more of this label: no definition, no examples, no rules.")
            parts.append(self._p(escape(words), 0, 8, 13, self._theme.text3, sans=True))
        for name, words in ((_("Use it when"), guide.use_when), (_("Not when"), guide.avoid_when)):
            if words:
                parts.append(self._heading(name) + self._p(escape(words)))
        written = [self._signed("✓", good, escape(one)) for one in guide.good]
        written += [self._signed("✗", bad, escape(one)) for one in guide.bad]
        return "".join(parts) + self._section(_("Examples"), "".join(written))

    def _real(self, label: Label, real: Sequence[Example], more: bool) -> str:
        if not real:
            words = _("No {name} yet. What you and others make stands here, the newest first.").format(name=label.name)
            return self._p(escape(words), 0, 8, 13, self._theme.text3, sans=True)
        shown = "".join(self._one(label, one) for one in real)
        if more:
            shown += self._p(self._link(f"{MORE}:", escape(_("Show more"))), 4, 4, 13, sans=True)
        return shown

    def _one(self, label: Label, one: Example) -> str:
        colours = span_colours(self._theme, label.light, label.dark)
        own = f"background-color:{colours.fill.name()};color:{self._theme.text}"
        words = "".join(
            f'<span style="{own}">{escape(text)}</span>' if mine else escape(text) for text, mine in one.parts
        )
        link = self._link(f"{SPAN}:{escape(one.article)}/{escape(one.span)}", words, self._theme.text2)
        title = " ".join(one.title.split()) or _("Without a title")
        facts = " · ".join(filter(None, (title, one.who, _day(one.at))))
        return self._p(link, 0, 0, 15) + self._small(escape(facts), 10)

    def _attribute(self, attribute: Attribute) -> str:
        remarks = [_("must be said")] if attribute.required else []
        if attribute.type in _TYPES:
            remarks.append(_(_TYPES[attribute.type]))
        if attribute.only_if is not None:
            remarks.append(self._condition(attribute))
        grey = f'<span style="color:{self._theme.text2};font-weight:400"> {escape(", ".join(remarks))}</span>'
        head = self._p(escape(attribute.name) + (grey if remarks else ""), 4, 2, 13, sans=True, strong=True)
        body = self._p(escape(attribute.definition), 0, 2, 14) if attribute.definition else ""
        defined = [choice for choice in attribute.choices if choice.definition]
        plain = [choice.name for choice in attribute.choices if not choice.definition]
        if plain:
            body += self._p(escape(" · ".join(plain)), 0, 6, 14)
        for choice in defined:
            name = f'<span style="font-weight:600">{escape(choice.name)}</span>'
            body += self._p(f"{name} {escape(choice.definition)}", 0, 4, 14)
        return head + body

    def _condition(self, attribute: Attribute) -> str:
        from annotator.domain.attributes import attributes

        condition = attribute.only_if
        assert condition is not None  # whoever asks has looked
        other = next((one for one in attributes(self._scheme) if one.id == condition.attribute), None)
        names = []
        for value in condition.values:
            choice = other.choice(value) if other is not None else None
            yes_no = {True: _("yes"), False: _("no")}.get(value) if isinstance(value, bool) else None
            names.append(yes_no or (choice.name if choice is not None else str(value)))
        name = other.name if other is not None else condition.attribute
        return _("only where {name} is {values}").format(name=name, values=_(" or ").join(names))

    def _belongs(self, guide: Guideline) -> str:
        lines = [self._part(part) for part in guide.parts] + [self._tie(tie) for tie in guide.ties]
        return "".join(self._p(line, 0, 4, 14) for line in lines)

    def _part(self, part: Part) -> str:
        kind = part.kind
        others = [role for role in kind.roles if role.id != part.role.id]
        if not part.heads:
            head = kind.role(kind.head)
            named = self._named(head.label if head is not None else kind.head)
            return escape(_("{kind}: of a {head}")).format(kind=escape(kind.name), head=named)
        listed = []
        for role in others:
            many = _("one {label}") if role.most == 1 else _("any number of {label}")
            if role.most == 1 and not role.least:
                many = _("at most one {label}")
            elif role.most != 1 and role.least:
                many = _("one {label} or more")
            listed.append(escape(many).format(label=self._named(role.label)))
        if kind.no_source:
            listed.append(escape(_("or no source in the text")))
        return f"{escape(kind.name)}: {', '.join(listed)}"

    def _tie(self, tie: Tie) -> str:
        relation = tie.relation
        ends = relation.target if tie.outward else relation.source
        where = (
            escape(_("an entry of the registry")) if relation.to_registry else _(" or ").join(map(self._named, ends))
        )
        if relation.symmetric:
            line = f"{escape(relation.name)} ↔ {where}"
        else:
            line = f"{escape(relation.name)} → {where}" if tie.outward else f"{where} → {escape(relation.name)}"
        remarks = [_("also of another article")] if relation.across else []
        grey = f'<span style="color:{self._theme.text2}">, {escape(", ".join(remarks))}</span>' if remarks else ""
        said = f'<br><span style="color:{self._theme.text2}">{escape(relation.definition)}</span>'
        return line + grey + (said if relation.definition else "")

    def _named(self, id: str) -> str:
        """Return the name of a label, which leads to its page."""
        label = self._scheme.label(id)
        if label is None:
            return escape(id)
        return self._link(f"{LABEL}:{escape(id)}", escape(label.name))

    def _rule(self, rule: Rule) -> str:
        parts = [self._p(escape(rule.rule), 4, 4, 14, strong=True)]
        for sign, colour, words in (("✓", self._theme.accent, rule.good), ("✗", self._theme.error, rule.bad)):
            if words:
                parts.append(self._signed(sign, colour, self._marked(words)))
        return "".join(parts)

    def _marked(self, words: str) -> str:
        """Return an example of a rule; what stands in square brackets is the span."""
        ground = self._theme.tint
        return _BRACKETS.sub(
            lambda hit: f'<span style="background-color:{ground}">{hit.group(0)}</span>', escape(words)
        )


def _day(at: str) -> str:
    """Return the day of a moment as it is read, "" where an imported span has none."""
    try:
        return day(date.fromisoformat(at[:10]))
    except ValueError:
        return ""
