"""What a draft would change, as sentences: each effect with its number, what it asks of anyone, and what is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from annotator.domain import attributes, redrawing
from annotator.domain import scheme as schemes
from annotator.domain.article import VisibleLayers
from annotator.domain.redrawing import Redrawn
from annotator.domain.scheme import Scheme
from annotator.domain.schemecheck import problems
from annotator.editing import schemepreview
from annotator.editing.schemepreview import Effect, Example
from annotator.i18n import _, n_
from annotator.storage.reader import Reader
from annotator.ui.scheme.effectwords import BARE, SPANS

EXAMPLES = 3


class Looked(NamedTuple):
    """What was found out about a draft; `warnings` are sentences, `colours` those about colours."""

    draft: Redrawn
    effects: tuple[Effect, ...] = ()
    shown: Effect | None = None
    examples: tuple[Example, ...] = ()
    warnings: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()


def look(
    reader: Reader, draft: Redrawn, label: str, visible: VisibleLayers, cancelled: Callable[[], bool],
    progress: Callable[[int, int], None] | None = None,
) -> Looked | None:  # fmt: skip
    """Return what a draft would change, with examples of an effect on this label (its id) if there is one.

    In any thread; None where it was cancelled.
    """
    found = schemepreview.effects(reader, draft, progress, cancelled) if draft.changed else []
    if cancelled():
        return None
    shown = _to_show(found, label)
    some = schemepreview.examples(reader, draft, shown, visible, EXAMPLES) if shown is not None else []
    data = schemes.to_data(draft.wanted)
    warnings: list[str] = []
    colours: list[str] = []
    for problem in problems(data, draft.reserved):
        (colours if problem.key in ("light", "dark") else warnings).append(redrawing.said(problem, data))
    return Looked(
        draft, tuple(found), shown, tuple(some), tuple(dict.fromkeys(warnings)), tuple(dict.fromkeys(colours))
    )


_QUIET = ("recoloured", "rekeyed", "regrouped", "off", "on", "defined")


def _to_show(effects: Sequence[Effect], label: str) -> Effect | None:
    """Return the effect whose spans are worth seeing: of the label at hand, and one that asks something first."""
    some = [one for one in effects if one.spans and one.what not in _TIES]
    order = sorted(some, key=lambda one: (one.label != label, one.what in _QUIET))
    return order[0] if order else None


_TIES = ("relations", "groups", "relation gone", "group gone", "relation new", "group new")


class Line(NamedTuple):
    """A line of the panel: a number ("" for none), what happens to so many, and more about it below."""

    number: str
    words: str
    more: str = ""
    kind: str = ""


def line(effect: Effect, draft: Redrawn) -> Line | None:
    """Return an effect as a line, None where nothing worth telling happens."""
    names = {
        "label": _name(draft, effect.label), "into": _name(draft, effect.into) or effect.into, "name": effect.name
    }  # fmt: skip
    if effect.what == "rekeyed" or not effect.spans:
        bare, more = BARE.get(effect.what), _asks(draft, effect.label) if effect.what == "new" else ""
        return Line("", _(bare).format(**names), more) if bare else None
    if effect.what == "new":
        words = n_("span bears the new “{label}” already", "spans bear the new “{label}” already", effect.spans)
        return Line(f"{effect.spans:,}", words.format(**names))
    counted, more = SPANS[effect.what]
    words = counted(effect.spans).format(**names)
    below = _(more) if more else _where(effect)
    kind = "error" if effect.what == "deleted" else "warning" if effect.what in ("gone", "required", "meaning") else ""
    return Line(f"{effect.spans:,}", words, below, kind)


def _asks(draft: Redrawn, label: str) -> str:
    """Return what a new label is asked of, as its attributes are called; what must be said has its star."""
    own = attributes.of_label(draft.wanted, label)
    names = [_("{name} *").format(name=one.name) if one.required else one.name for one in own]
    return _("asks for {names}").format(names=", ".join(names)) if names else ""


def _where(effect: Effect) -> str:
    if not effect.articles:
        return ""
    articles = n_("in {count:,} article", "in {count:,} articles", effect.articles).format(count=effect.articles)
    if effect.annotators < 2:
        return articles
    people = n_("by {count:,} annotator", "by {count:,} annotators", effect.annotators).format(count=effect.annotators)
    return f"{articles}, {people}"


def _name(draft: Redrawn, id: str) -> str:
    for scheme in (draft.wanted, draft.before):
        label = scheme.label(id)
        if label is not None:
            return " ".join(label.name.split())
    return id


def lost(effects: Sequence[Effect]) -> Line:
    """Return the last line: how many spans are lost."""
    count = schemepreview.lost(effects)
    words = n_("span is lost", "spans are lost", count)
    return Line(f"{count:,}", words, "", "error" if count else "good")


def colour_words(looked: Looked, scheme: Scheme) -> tuple[str, bool]:
    """Return what is to be said of the labels' colours, and whether all is well."""
    if looked.colours:
        rest = len(looked.colours) - 3
        more = (
            [n_("And {count:,} label more.", "And {count:,} labels more.", rest).format(count=rest)] if rest > 0 else []
        )
        return "\n".join([*looked.colours[:3], *more]), False
    if len(scheme.labels) < 2:
        return "", True
    words = n_(
        "All {count:,} can be told apart, also with red-green and blue-yellow colour blindness.",
        "All {count:,} can be told apart, also with red-green and blue-yellow colour blindness.",
        len(scheme.labels),
    )
    return words.format(count=len(scheme.labels)), True
