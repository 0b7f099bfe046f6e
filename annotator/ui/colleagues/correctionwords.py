"""What is said of corrections: outcome, what a span was and became, as a card shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from annotator.domain.corrections import ADDED, BESIDE, CHANGED, KEPT, REFUSED, Correction, Piece, turned
from annotator.domain.judgement import fields
from annotator.domain.scheme import Scheme
from annotator.domain.span import Fragments, Span, quoted
from annotator.domain.text import printable
from annotator.i18n import _, later, n_
from annotator.review.standing import ACCEPTED, CONTESTED
from annotator.storage.corrections import Told
from annotator.ui.review.cards import Said
from annotator.ui.review.parts import differing, runs, word_count
from annotator.ui.review.words import NameOf, described, field_value, words_counted

_OUTCOMES = {
    CHANGED: later("changed"), REFUSED: later("nothing belongs there"), ADDED: later("you had nothing there"),
    BESIDE: later("another beside yours"), KEPT: later("yours stands"),
}  # fmt: skip
_SAYS = {ACCEPTED: later("accepted"), CONTESTED: later("contested")}


def outcome(one: Correction) -> str:
    """Return what became of it, in a few words."""
    return _(_OUTCOMES[one.outcome])


def what_changed(one: Correction, scheme: Scheme) -> str:
    """Return what became of it, and where it changed in one way only, in which."""
    if one.outcome != CHANGED or one.was is None or len(one.became) != 1:
        return outcome(one)
    was, now = one.was, one.became[0]
    same_place, same_label = was.fragments == now.fragments, was.label == now.label
    if same_place and not same_label:
        return _("{label} instead").format(label=scheme.name_of(now.label))
    if same_label and not same_place:
        long, short = (sum(end - start for start, end in it.fragments) for it in (now, was))
        return _("longer") if long > short else _("shorter") if long < short else _("another place")
    if same_place and was.attributes != now.attributes:
        return _("described differently")
    return _("tied differently") if same_place else outcome(one)


def says(one: Told) -> str:
    """Return how it was answered, "" while it is not."""
    return _(_SAYS[one.says]) if one.says in _SAYS else ""


def words_of(one: Correction, text: str | None, scheme: Scheme) -> str:
    """Return label and words of what it is about; `text` is None where it is another by now."""
    if one.field:
        return field_called(one.field, scheme)
    piece = one.was or next(iter(one.became), None)
    if text is None or piece is None:
        return _("words of another text")
    return f"{scheme.name_of(piece.label)}: {quoted(text, piece.fragments)}"


def field_called(field: str, scheme: Scheme) -> str:
    """Return what a field of the article (its id) is called."""
    return next((one.name for one in fields(scheme) if one.id == field), field)


def _value(field: str, value: object, scheme: Scheme, name_of: NameOf) -> str:
    known = next((one for one in fields(scheme) if one.id == field), None)
    values = value if isinstance(value, list | tuple) else [value]
    choices = [(known.choice(it) if known is not None else None, it) for it in values]
    return ", ".join(choice.name if choice is not None else field_value(_named(it, name_of)) for choice, it in choices)


def had(one: Correction, text: str | None, scheme: Scheme, name_of: NameOf) -> Said:
    """Return the card of what I had; what fell away of it is filled."""
    who = _("You had")
    if one.field:
        old = _value(one.field, one.old, scheme, name_of) if one.old is not None else _("nothing")
        return Said(who=who, empty=old)
    if one.was is None:
        return Said(who=who, empty=_("nothing here"))
    return _card(who, one.was, _left(one.was, one.became), text, scheme, name_of)


def became(one: Correction, text: str | None, scheme: Scheme, name_of: NameOf) -> list[Said]:
    """Return the cards of what it became; what is new of it is filled."""

    def called(id: str) -> str | None:  # an entry that is not here yet is told with it
        return name_of(id) or one.names.get(id)

    who = _("It became")
    if one.outcome == KEPT:
        who = _("It stays")
    if one.field:
        new = _value(one.field, one.new, scheme, called) if one.new is not None else _("nothing")
        return [Said(who=who, empty=new)]
    if not one.became:
        return [Said(who=who, empty=_("nothing belongs here"))]
    before = (one.was,) if one.was is not None else ()
    return [_card(who, piece, _left(piece, before), text, scheme, called) for piece in one.became]


def _left(piece: Piece, others: Iterable[Piece]) -> Fragments:
    """Return what of a piece's words none of the others has; all of them where the label is another."""
    same = [other.fragments for other in others if other.label == piece.label]
    found = piece.fragments
    for other in same:
        found = differing(found, [other]) if found else ()
    return found


def _card(
    who: str, piece: Piece, filled: Fragments, text: str | None, scheme: Scheme, name_of: NameOf
) -> Said:  # fmt: skip
    if text is None:
        return Said(who=who, empty=_("words of another text"), label=piece.label)
    values = {key: _named(value, name_of) for key, value in piece.attributes.items()}
    span = Span("", "", "", "", piece.label, piece.fragments, attributes=values)
    about = [described(span, scheme), *(_link(name, places, text, scheme) for name, places in piece.links)]
    about += [_("no source in the text")] * bool(piece.sourceless)
    length = words_counted(word_count(text, piece.fragments))
    return Said(
        who=who, length=length, runs=tuple(runs(text, piece.fragments, filled)), label=piece.label,
        about=printable("; ".join(filter(None, about))),
    )  # fmt: skip


def _named(value: object, name_of: NameOf) -> object:
    if isinstance(value, list | tuple):
        return [_named(one, name_of) for one in value]
    return name_of(value) or value if isinstance(value, str) else value


_SHORT = 60


def _link(link: str, places: Fragments, text: str, scheme: Scheme) -> str:
    from annotator.domain.grouping import relations

    name, back = turned(link)
    names = {relation.id: relation.name for relation in relations(scheme)}
    words = quoted(text, places)
    words = f"“{words[:_SHORT]}{'…' if len(words) > _SHORT else ''}”"
    called = names.get(name, name.rpartition("/")[2])
    if not back:
        return f"{called}: {words}"
    if name in names:
        return _("{words} {relation} this").format(words=words, relation=called)
    return _("{role} of {words}").format(role=called, words=words)


def counted(count: int) -> str:
    """Return "12 corrections to your spans"."""
    return n_("{count:,} correction to your spans", "{count:,} corrections to your spans", count).format(count=count)


def summed(many: Iterable[Told]) -> list[tuple[str, str]]:
    """Return how many there are of each outcome, a row each."""
    found = Counter(one.correction.outcome for one in many)
    return [(_(_OUTCOMES[kind]), f"{count:,}") for kind, count in found.most_common()]
