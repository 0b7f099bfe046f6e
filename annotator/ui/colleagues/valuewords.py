"""A value of the journal as rows to read, so that two of them can be seen side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from annotator.domain.article import Layer
from annotator.domain.change import Value
from annotator.domain.relation import Group, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.span import Span, quoted
from annotator.domain.text import printable
from annotator.i18n import _
from annotator.ui.states import state_name

_LONGEST = 400
Pair = tuple[str, str]
Words = Callable[[str], str]


def kind_name(kind: str) -> str:
    """Return what a kind of value is called."""
    names = {"span": _("Span"), "relation": _("Relation"), "group": _("Attribution"), "layer": _("Article as a whole")}
    return names.get(kind, kind)


def rows_of(value: Value | None, scheme: Scheme, text: str, words: Words) -> list[Pair]:
    """Return what a value says, a row each; `text` is that of its article, `words` gives those of a span (its id)."""
    if value is None:
        return [(_("Deleted"), _("it is gone"))]
    found: list[Pair] = []
    if isinstance(value, Span):
        found = [(_("Label"), scheme.name_of(value.label)), (_("Words"), _short(quoted(text, value.fragments)))]
        found += _said(value.attributes)
        found += _marked(value.state, value.note)
    elif isinstance(value, Relation):
        found = [
            (_("Relation"), value.label),
            (_("From"), _short(words(value.source))),
            (_("To"), _short(words(value.target))),
            *_said(value.attributes),
            *_marked(value.state, value.note),
        ]
    elif isinstance(value, Group):
        found = [(member.role.capitalize(), _short(words(member.span))) for member in value.members]
        if value.no_source:
            found.append((_("Source"), _("none in the text")))
        found += _marked(value.state, value.note)
    elif isinstance(value, Layer):
        found = [(_("State"), state_name(value.state)), *_said(value.fields)]
        found += _marked(str(value.extra.get("mark", "")), value.note)
    return [(name, printable(said)) for name, said in found]


def _said(values: Mapping[str, Any]) -> list[Pair]:
    return [(key, _short(", ".join(map(str, said)) if isinstance(said, list) else str(said)))
            for key, said in sorted(values.items())]  # fmt: skip


def _marked(state: str, note: str) -> list[Pair]:
    rows = [(_("Mark"), state)] if state not in ("", "ok") else []
    return [*rows, *([(_("Note"), _short(note))] if note else [])]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def differing(one: Sequence[Pair], other: Sequence[Pair]) -> frozenset[str]:
    """Return the names of the rows in which two values differ."""
    first, second = dict(one), dict(other)
    return frozenset(name for name in {*first, *second} if first.get(name) != second.get(name))
