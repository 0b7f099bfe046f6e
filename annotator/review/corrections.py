"""What one annotator is to be told of the decisions about an article: only of their own spans, and what became of them.

Of the others nothing is told: no layer, span, owner or name, and no word that is not in the outcome.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from annotator.domain.attributes import is_set
from annotator.domain.change import Change, Decision
from annotator.domain.corrections import (
    ADDED,
    BESIDE,
    CHANGED,
    KEPT,
    REFUSED,
    TURNED,
    Correction,
    Link,
    Piece,
    read,
    written,
)
from annotator.domain.free import NOTHING, Free
from annotator.domain.ids import answer_id, correction_id
from annotator.domain.relation import Group, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.sides import Ground, Side
from annotator.domain.span import Fragments, Span
from annotator.review.differences import content, mark, said, tied, value_mark
from annotator.review.recorded import made, named
from annotator.review.standing import CONTESTED

_DISCUSS = "discuss"


def changes(
    ground: Ground, to: str, before: Mapping[str, Decision], names: Mapping[str, str] | None = None
) -> tuple[Change, ...]:
    """Return what has to change so that `to` (an annotator's id) is told of the article what was decided.

    The sides of `ground` are the layers of `to`, `before` (by id) what they were told so far; `names` those of the
    registry's entries by id. What is decided otherwise or taken back changes or goes with it.
    """
    telling = _Telling(ground, to, names or {})
    found: list[Change] = []
    there = set()
    for decision in ground.decisions:
        id = correction_id(decision.id, to)
        old = before.get(id)
        there.add(id)
        new = telling.told(decision, old)
        if new != old:
            found.append(Change(old, new))
    found += [Change(old, None) for id, old in before.items() if id not in there]
    return tuple(found)


class _Telling:
    def __init__(self, ground: Ground, to: str, names: Mapping[str, str]) -> None:
        self._ground, self._to, self._names = ground, to, names
        self._sides = {side.layer.id: side for side in ground.sides if side.layer is not None}
        self._made = {span.id: span for span in ground.consensus.spans}
        self._of_mine: dict[str, str] = {}
        """My spans (ids) by the decision (id) that names them, of those that left something."""
        for one in ground.decisions:
            if any(id in self._made for id in made(one)):
                self._of_mine.update((span, one.id) for layer in self._sides for span in named(one).get(layer, ()))
        self._shared = set(self._of_mine.values())
        here = self._sides.keys()
        added = {
            one.id for one in ground.decisions if here & named(one).keys() and any(id in self._made for id in made(one))
        }
        of_made = {span.id: str(span.extra.get("decision", "")) for span in ground.consensus.spans}
        self._ties = {id: _Ties(side, ground.scheme, self._of_mine, self._shared) for id, side in self._sides.items()}
        self._made_ties = _Ties(ground.consensus, ground.scheme, of_made, self._shared, added)

    def told(self, decision: Decision, old: Decision | None) -> Decision | None:
        """Return what is to be told of a decision, None for nothing; `old` is what was told before."""
        mine = [layer for layer in named(decision) if layer in self._sides]
        if not mine or decision.data.get("answer") == _DISCUSS:
            return None
        # Of two readings of one person the last is theirs.
        layer = max(mine, key=lambda it: (_round(self._sides[it]), it))
        side = self._sides[layer]
        base = Correction(
            "", decision.article, layer, self._to, decision.id, str(decision.data.get("at", "")),
            str(decision.data.get("by", "")), KEPT, str(decision.data.get("reason", "")),
            revision=self._ground.article.revision, contested=self._contested(decision, old),
        )  # fmt: skip
        field = str(decision.data.get("field", ""))
        found = self._field(base, side, field, decision) if field else self._span(base, side, decision)
        if found is None:  # what it was about is another by now: the reviewer will look at it again
            before = read(old) if old is not None else None
            return old if before is not None and before.at == base.at else None
        if found.outcome == KEPT and (old is None or not _heard_otherwise(old, base.at)):
            return None
        return written(found)

    def _contested(self, decision: Decision, old: Decision | None) -> int:
        """Return 1 where it was decided anew after `to` contested it; that others did is not for them to know."""
        at, before = decision.data.get("at"), read(old) if old is not None else None
        if before is not None and before.at == at:
            return before.contested  # what they answered since is about this word
        mine = next((one for one in self._ground.answers if one.id == answer_id(decision.id, self._to)), None)
        return int(mine is not None and mine.data.get("says") == CONTESTED and mine.data.get("of") != at)

    def _field(self, base: Correction, side: Side, field: str, decision: Decision) -> Correction | None:
        if side.layer is None:
            return None
        old = side.layer.fields.get(field)
        told = [
            it for it in decision.data.get("sides", ()) if isinstance(it, Mapping) and it.get("layer") == base.layer
        ]
        if not told or told[0].get("mark") != value_mark(old):
            return None
        consensus = self._ground.consensus.layer
        new = consensus.fields.get(field) if consensus is not None else None
        same = value_mark(old) == value_mark(new)
        old, new = (value if is_set(value) else None for value in (old, new))
        outcome = KEPT if same else REFUSED if new is None else ADDED if old is None else CHANGED
        return base._replace(outcome=outcome, field=field, old=old, new=new, names=self._called([{"": new}]))

    def _span(self, base: Correction, side: Side, decision: Decision) -> Correction | None:
        became = [self._made[id] for id in made(decision) if id in self._made]
        marks = named(decision)[base.layer]
        id, then = next(iter(marks.items()), ("", ""))
        span = next((it for it in side.spans if it.id == id), None)
        # Who has none of that label there, or gets another beside it, learns what it hangs on, too: nothing else tells.
        own = becoming(span, became) if span is not None and became else None
        pieces = tuple(
            _piece(it, self._made_ties, new=it is not own or span is None or it.label != span.label) for it in became
        )
        base = base._replace(became=pieces, names=self._called([it.attributes for it in pieces]))
        if not marks:
            return base._replace(outcome=ADDED) if pieces else base
        ties = self._ties[base.layer]
        if span is None or mark(span, ties.of.get(id, ())) != then:
            return None
        mine = [n for n, it in enumerate(became) if content(it) == content(span)]
        tied_so = any(self._made_ties.said(became[n].id) == ties.said(id) for n in mine)
        outcome = REFUSED if not became else CHANGED if not tied_so else KEPT if len(became) == 1 else BESIDE
        return base._replace(outcome=outcome, span=id, was=_piece(span, ties))

    def _called(self, many: list[Any]) -> Free:
        found = {word for values in many for word in _words(list(values.values())) if word in self._names}
        return {id: self._names[id] for id in sorted(found)} or NOTHING


def _heard_otherwise(old: Decision, at: str) -> bool:
    """Whether something else was told before; that it stands after all is then news, and stays told."""
    before = read(old)
    return before is not None and (before.outcome != KEPT or before.at == at)


class _Ties:
    """The ties of a layer, told by decisions, so that those of mine and of the consensus can be equal.

    `shared` are the decisions about what both have; `told` those whose outcome is told, where mine has nothing too.
    """

    def __init__(
        self, side: Side, scheme: Scheme, decision_of: Mapping[str, str], shared: set[str], told: set[str] | None = None
    ) -> None:
        self.of = tied(side, scheme)
        self._decision_of, self._shared, self._told = decision_of, shared, shared if told is None else told
        self._spans = {span.id: span for span in side.spans}
        self._back: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for owner in self.of:
            for name, end in self._links(owner):
                self._back[end].append((TURNED + name, owner))

    def _links(self, span: str) -> list[tuple[str, str]]:
        """Return what a span (its id) is tied by, and the other end (id)."""
        found = []
        for tie in self.of.get(span, ()):
            if isinstance(tie, Relation):
                found.append((tie.label, tie.target if tie.source == span else tie.source))
            else:
                found += [(f"{tie.kind}/{one.role}", one.span) for one in tie.members if one.span != span]
        return found

    def said(self, span: str) -> list[tuple[str, str]]:
        """Return the ties of a span such that equal ones are equal in two layers."""
        known = ((name, self._decision_of.get(end, "")) for name, end in self._links(span))
        sourceless = [(kind, "") for kind in self.sourceless(span)]
        return sorted([*sourceless, *((name, decision) for name, decision in known if decision in self._shared)])

    def sourceless(self, span: str) -> tuple[str, ...]:
        """Return the kinds of groups of a span of which it is said that the text names no source."""
        groups = (one for one in self.of.get(span, ()) if isinstance(one, Group))
        return tuple(sorted({one.kind for one in groups if one.no_source}))

    def told(self, span: str, *, new: bool) -> tuple[Link, ...]:
        """Return the ties of a span with the places of their other ends; only ends that were decided and are told.

        What ties it to a span that I have not is told of that one, unless I have neither. A `new` one tells also the
        ties that belong to their other end.
        """
        links = [*self._links(span), *self._back.get(span, ())] if new else self._links(span)
        known = self._told if new else self._shared
        ends = ((name, end) for name, end in links if self._decision_of.get(end) in known)
        return tuple(sorted((name, self._spans[end].fragments) for name, end in ends if end in self._spans))


def _piece(span: Span, ties: _Ties, *, new: bool = False) -> Piece:
    links, sourceless = ties.told(span.id, new=new), ties.sourceless(span.id)
    return Piece(span.label, span.fragments, said(span.attributes) or NOTHING, links, sourceless)


def _words(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [word for one in value.values() for word in _words(one)]
    return [word for one in value for word in _words(one)] if isinstance(value, list | tuple) else []


def _round(side: Side) -> int:
    return side.layer.round if side.layer is not None else 0


_Said = TypeVar("_Said", Span, Piece)


def becoming(span: Span | Piece, pieces: Sequence[_Said]) -> _Said:
    """Return which of the pieces a span becomes.

    The one that says the same, else the one that shares most of its text, of equal ones the one with its label.
    """
    said_so = (span.label, span.fragments, said(span.attributes))
    return max(
        pieces,
        key=lambda it: (
            (it.label, it.fragments, said(it.attributes)) == said_so, shared(span.fragments, it.fragments),
            it.label == span.label,
        ),
    )  # fmt: skip


def shared(one: Fragments, other: Fragments) -> int:
    """Return how many code points two spans have in common."""
    both = (min(b, d) - max(a, c) for a, b in one for c, d in other)
    return sum(it for it in both if it > 0)
