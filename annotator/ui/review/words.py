"""What the review page says of differences, answers and decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from annotator.domain.attributes import of_label
from annotator.domain.judgement import fields
from annotator.domain.layerref import LayerRef
from annotator.domain.relation import Relation
from annotator.domain.scheme import Scheme
from annotator.domain.sides import Side
from annotator.domain.span import Span, quoted
from annotator.i18n import _, later, n_
from annotator.review.differences import AGREED, tied
from annotator.review.standing import CONTESTED, OUTDATED, Item
from annotator.ui.review.parts import Precedent, taken

KIND_NAMES = {
    "missed": later("Missed"), "label": later("Label"), "fragment": later("Fragment"),
    "boundary": later("Boundary"), "attribute": later("Attribute"), "link": later("Link"),
    "field": later("Article field"), AGREED: later("Agreed"),
}  # fmt: skip
_ABOUT = {
    "missed": later("Not everybody has a span here."),
    "label": later("The same place, another label."),
    "fragment": later("Same label and place, cut into other pieces."),
    "boundary": later("Same label and place, different length."),
    "attribute": later("The same span, described differently."),
    "link": later("The same span, tied to others differently."),
    "field": later("The article as a whole is judged differently."),
    AGREED: later("All say the same."),
}  # fmt: skip
_ORDINALS = (later("First"), later("Second"), later("Third"), later("Fourth"))


def kind_name(kind: str) -> str:
    """Return what a kind of difference is called."""
    return _(KIND_NAMES[kind]) if kind in KIND_NAMES else kind


def about(item: Item) -> str:
    """Return in a sentence what differs, and why it is here again where it was decided before."""
    words = _(_ABOUT.get(item.difference.kind, ""))
    if item.status == OUTDATED:
        return _("{what} It was decided, but the spans have changed since.").format(what=words)
    if item.status == CONTESTED:
        return _("{what} An annotator contests the decision.").format(what=words)
    if item.unheard:
        return _("{what} It was decided without a reading that says something else.").format(what=words)
    return words


def yours() -> str:
    """Return what one is told who sets a place oneself."""
    return _("The text is yours: labels, edges, pieces as usual. Return takes it, Esc leaves it.")


def hidden_name(number: int) -> str:
    """Return what a side is called while names are hidden."""
    return _(_ORDINALS[number]) if number < len(_ORDINALS) else _("Number {number}").format(number=number + 1)


def decided(item: Item, names: Sequence[str], refs: Sequence[LayerRef]) -> str:
    """Return what was decided, in a few words, "" where nothing was; `names` are those of the sides, `refs` these."""
    answer = item.decision.data.get("answer") if item.decision is not None else ""
    if answer == "side":
        side = taken(item, refs)
        return _("took {name}").format(name=names[side]) if 0 <= side < len(names) else _("took another reading")
    words = {
        "both": _("both"), "none": _("nothing belongs here"), "own": _("set by hand"), "discuss": _("for discussion"),
        "agreed": _("agreed"),
    }  # fmt: skip
    return words.get(str(answer), "")


def reason_of(item: Item) -> str:
    """Return the reason that the decision of an item has, "" for none."""
    return str(item.decision.data.get("reason", "")) if item.decision is not None else ""


NameOf = Callable[[str], str | None]
"""Says what an entry of the registry (its id) is called here."""


def nobody(_id: str) -> str | None:
    """Know no entry of the registry."""
    return None


def described(span: Span, scheme: Scheme, name_of: NameOf = nobody) -> str:
    """Return what is said of a span by its attributes, values and entries of the registry by name."""
    own = {attribute.id: attribute for attribute in of_label(scheme, span.label)}
    said = []
    for id, value in span.attributes.items():
        attribute = own.get(id)
        values = value if isinstance(value, list | tuple) else [value]
        names = [_value(attribute.choice(one) if attribute is not None else None, one, name_of) for one in values]
        words = ", ".join(names)
        if attribute is not None and attribute.type in ("yes-no", "number", "text"):
            words = f"{attribute.name}: {words}"
        said.append(words)
    return ", ".join(filter(None, said))


def _value(choice: Any, value: object, name_of: NameOf) -> str:
    if choice is not None:
        return str(choice.name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("id") or "")
    return (name_of(value) if isinstance(value, str) else None) or str(value)


def field_value(value: object, field: str = "", scheme: Scheme | None = None, name_of: NameOf = nobody) -> str:
    """Return what a field (its id) of the article says, "" where nothing; values by name where the scheme is given."""
    known = next((one for one in fields(scheme) if one.id == field), None) if scheme is not None else None
    values = value if isinstance(value, list | tuple) else [] if value is None else [value]
    return ", ".join(_value(known.choice(one) if known is not None else None, one, name_of) for one in values)


def and_more(name: str, count: int) -> str:
    """Return a name and how many more there are."""
    return n_("{name} and {count:,} more", "{name} and {count:,} more", count).format(name=name, count=count)


def words_counted(count: int) -> str:
    """Return "8 words"."""
    return n_("{count:,} word", "{count:,} words", count).format(count=count)


def spoken(item: Item, scheme: Scheme) -> str:
    """Return a row of the queue in words."""
    one = item.difference
    labels = ", ".join(scheme.name_of(label) for label in one.labels)
    return ", ".join(filter(None, (kind_name(one.kind), labels, one.words or one.field)))


def decided_words(found: Precedent) -> str:
    """Return in a sentence what was mostly decided in like cases, without names."""
    sentences = {
        "longer": later("{times:,} of {all:,} times the longer span was taken."),
        "shorter": later("{times:,} of {all:,} times the shorter span was taken."),
        "both": later("{times:,} of {all:,} times both were right."),
        "none": later("{times:,} of {all:,} times nothing belonged there."),
        "own": later("{times:,} of {all:,} times it was set by hand."),
        "discuss": later("{times:,} of {all:,} times it was left for discussion."),
    }  # fmt: skip
    words = sentences.get(found.what, later("{times:,} of {all:,} times one of these was taken."))
    return _(words).format(times=found.times, all=found.all)


def precedent_words(found: Precedent, names: list[str]) -> str:
    """Return in a sentence what was mostly decided in like cases."""
    if found.what == "side" and 0 <= found.side < len(names):
        words = _("{times:,} of {all:,} times {name} was taken.")
        return words.format(times=found.times, all=found.all, name=names[found.side])
    return decided_words(found)


_SHORT = 60


def links(span: Span, side: Side, text: str, scheme: Scheme) -> str:
    """Return what a span of a side is tied to: each kind with the words of its members."""
    from annotator.domain.grouping import kind as group_kind
    from annotator.domain.grouping import relations

    ties = tied(side, scheme).get(span.id, ())
    if not ties:
        return ""
    by_id = {one.id: one for one in side.spans}
    names = {relation.id: relation.name for relation in relations(scheme)}
    said = []
    for tie in ties:
        if isinstance(tie, Relation):
            other = tie.source if tie.target == span.id else tie.target
            values = ", ".join(f"{key} {_value(None, value, nobody)}" for key, value in tie.attributes.items())
            told = f"{names.get(tie.label, tie.label)}: {_words(by_id.get(other), text)}"
            said.append(f"{told} ({values})" if values else told)
            continue
        kind = group_kind(scheme, tie.kind)
        roles = {role.id: role.id for role in kind.roles} if kind is not None else {}
        if tie.no_source:
            said.append(_("no source in the text"))
        for member in tie.members:
            if member.span != span.id:
                said.append(f"{roles.get(member.role, member.role)}: {_words(by_id.get(member.span), text)}")
    return "; ".join(said)


def _words(span: Span | None, text: str) -> str:
    if span is None:
        return _("elsewhere")
    words = quoted(text, span.fragments)
    return f"“{words[:_SHORT]}{'…' if len(words) > _SHORT else ''}”"
