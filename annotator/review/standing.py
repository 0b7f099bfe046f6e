"""How far the review of an article is: each difference with what was decided, and whether that still holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from annotator.domain.change import Decision
from annotator.domain.layerref import CONSENSUS_REF
from annotator.domain.sides import ACCEPTED as ACCEPTED
from annotator.domain.sides import CONTESTED as CONTESTED
from annotator.domain.sides import Ground
from annotator.domain.span import Span, quoted
from annotator.review.differences import ABSENT, Compared, Difference, compare, content, mark, tied, value_mark
from annotator.review.differences import AGREED as AGREED
from annotator.review.followed import Followed
from annotator.review.recorded import became, made, named, sides_of, strays

_One = TypeVar("_One")

OPEN, SETTLED, DISCUSSED, OUTDATED = "open", "settled", "discussed", "outdated"
STATUSES = (OPEN, CONTESTED, OUTDATED, DISCUSSED, SETTLED, AGREED)
"""AGREED: all sides say the same, and that is not taken over yet."""
LEFT = (OPEN, CONTESTED, OUTDATED)
"""What the queue holds."""


class Item(NamedTuple):
    """A difference (or what all agree on) with its `status` (STATUSES) and its decision, None where there is none yet.

    An outdated decision is the last word on these spans, though they changed; `others` are more of that sort.
    `answers` are the annotators' answers to the decision as it is now, `consensus` the spans it made. `unheard` are the
    compared sides (numbers) over which it was not made, and which say something else than it does: it stands without
    them until somebody decides again. `loose` is one about spans that are not all as they were then: whether it holds
    hangs on the rest of the consensus too.
    """

    difference: Difference
    status: str
    decision: Decision | None = None
    others: tuple[Decision, ...] = ()
    answers: tuple[Decision, ...] = ()
    consensus: tuple[Span, ...] = ()
    unheard: tuple[int, ...] = ()
    loose: bool = False

    @property
    def id(self) -> str:
        """The id of the difference; a decision made of it now has it too, one made of other spans of it another."""
        return self.difference.id

    @property
    def contests(self) -> tuple[Decision, ...]:
        """The answers that contest the decision."""
        return tuple(one for one in self.answers if one.data.get("says") == CONTESTED)


def compared(ground: Ground) -> Compared:
    """Compare the sides of an article under review."""
    article = ground.article
    return compare(article.id, ground.sides, ground.text, ground.scheme, article.revision, ground.far)


def standing(ground: Ground, found: Compared | None = None) -> list[Item]:
    """Return all there is to say about an article, in the order of the text; `found` is what `compared` gave.

    A decision about spans that are all gone is told too, behind the others.
    """
    found = found if found is not None else compared(ground)
    if len(found.present) < 2:
        return []
    look = _Look(ground, found)
    items = [look.item(one) for one in found.all]
    return items + look.orphans()


def standing_again(items: Sequence[Item], before: Ground, after: Ground, found: Compared) -> list[Item]:
    """Return what `standing` does of an article in which only decisions, answers and the consensus changed since.

    `items` are what it returned then. A key costs what it touched, not what stands in the article.
    """
    changed = {one.id for one in _moved(before.decisions, after.decisions)}
    changed |= {str(one.data.get("decision", "")) for one in _moved(before.answers, after.answers)}
    changed |= {str(one.extra.get("decision", "")) for one in _moved(before.consensus.spans, after.consensus.spans)}
    spans = {span for decision in (*_decisions(before, changed), *_decisions(after, changed))
             for marks in named(decision).values() for span in marks}  # fmt: skip
    fields = before.consensus.layer != after.consensus.layer
    touched = set(_touched(items, changed, spans, fields=fields))
    others = {one.id for n in touched for one in _all_of(items[n])}
    look = _Look(after._replace(decisions=tuple(_decisions(after, changed | others))), found, after.decisions)
    last = found.length
    again = [look.item(item.difference) if n in touched else item for n, item in enumerate(items[:last])]
    # As `standing` tells them: behind the others, by their decisions' ids.
    gone = [item for n, item in enumerate(items[last:], start=last) if n not in touched]
    return again + sorted((*gone, *look.orphans()), key=lambda it: it.id)


def _touched(items: Sequence[Item], changed: set[str], spans: set[str], *, fields: bool) -> Iterator[int]:
    """Yield which items hang on these decisions or spans (ids), or on the fields of the consensus."""
    # Of five thousand with every key: without a generator for each it takes a third of the time.
    for number, item in enumerate(items):
        difference, decision = item.difference, item.decision
        again = item.loose or difference.id in changed or (fields and difference.field)
        if not again and decision is not None:
            again = decision.id in changed or any(one.id in changed for one in item.others)
        if again:
            yield number
        else:
            for span in difference.spans:
                if span is not None and span.id in spans:
                    yield number
                    break


def _moved(before: Sequence[_One], after: Sequence[_One]) -> list[_One]:
    """Return what stands in one of the two only: what did not change is the same object (`Ground.after`)."""
    then, now = {id(one) for one in before}, {id(one) for one in after}
    return [*(one for one in before if id(one) not in now), *(one for one in after if id(one) not in then)]


def _decisions(ground: Ground, ids: Collection[str]) -> list[Decision]:
    return [one for one in ground.decisions if one.id in ids]


def _all_of(item: Item) -> tuple[Decision, ...]:
    return (item.decision, *item.others) if item.decision is not None else ()


class _Look:
    def __init__(self, ground: Ground, found: Compared, decisions: Sequence[Decision] | None = None) -> None:
        if CONSENSUS_REF in ground.refs:
            # What was decided made one of the sides: it is no word about how that differs from the others.
            ground, decisions = ground._replace(decisions=(), answers=()), ()
        self._ground, self._found = ground, found
        self._all = ground.decisions if decisions is None else decisions
        self._followed: Followed | None = None
        self._layers: dict[str, int] = {
            layer.id: n for n in found.present if (layer := ground.sides[n].layer) is not None
        }
        self._made = {span.id: span for span in ground.consensus.spans}
        self._by_id = {one.id: one for one in ground.decisions}
        self._strays = strays(ground)
        self._named = {one.id: named(one) for one in ground.decisions}
        self._of: defaultdict[str, list[Decision]] = defaultdict(list)
        for one in ground.decisions:
            for of, spans in self._named[one.id].items():
                for span in spans if of in self._layers else ():
                    self._of[span].append(one)
        self._answers: defaultdict[str, list[Decision]] = defaultdict(list)
        for answer in ground.answers:
            self._answers[str(answer.data.get("decision", ""))].append(answer)
        self._told: set[str] = set()

    def item(self, difference: Difference) -> Item:
        """Return a difference with what was decided about it."""
        if difference.field:
            of_field = self._by_id.get(difference.id)
            about = [of_field] if of_field is not None else []
        else:
            about = list({one.id: one for id in difference.ids for one in self._of.get(id, ())}.values())
        if not about:
            return Item(difference, AGREED if difference.kind == AGREED else OPEN)
        # The newest word of those about just these spans; after a merge there may be several.
        about.sort(key=lambda it: (it.id == difference.id, str(it.data.get("at", "")), it.id), reverse=True)
        self._told.update(one.id for one in about)
        holding = next((one for one in about if self._holds(one, difference)), None)
        loose = not all(self._is_same(one, difference) for one in about)
        return self._decided(difference, about, holding)._replace(loose=loose)

    def _decided(self, difference: Difference, about: Sequence[Decision], holding: Decision | None) -> Item:
        decision = holding if holding is not None else about[0]
        answers = tuple(one for one in self._answers[decision.id] if one.data.get("of") == decision.data.get("at"))
        consensus = tuple(self._made[id] for id in made(decision) if id in self._made)
        others = tuple(one for one in about if one is not decision)
        unheard = tuple(self._unheard(decision, difference, consensus))
        item = Item(difference, OUTDATED, decision, others, answers, consensus, unheard)
        if item.contests:
            return item._replace(status=CONTESTED)
        if holding is None:
            return item
        return item._replace(status=DISCUSSED if decision.data.get("answer") == "discuss" else SETTLED)

    def _unheard(self, decision: Decision, difference: Difference, consensus: Sequence[Span]) -> Iterator[int]:
        """Yield the sides that were not compared when it was decided, and say something else."""
        heard, decided = self._named[decision.id], {content(span) for span in consensus} or {()}
        for layer, number in self._layers.items():
            if layer in heard or decision.data.get("answer") == "discuss":
                continue
            if difference.field:
                other = difference.marks[number] != self._settled(difference.field)
            else:
                other = content(difference.spans[number]) not in decided
            if other:
                yield number

    def _settled(self, field: str) -> str:
        """Return the mark of what the consensus says of a field."""
        layer = self._ground.consensus.layer
        return value_mark(layer.fields.get(field) if layer is not None else None)

    def _holds(self, decision: Decision, difference: Difference) -> bool:
        """Whether what was decided about is still so, as far as the chosen sides go, and its word is the only one.

        A side that was not compared then has no part in it: a further reading changes nothing of what was decided.
        """
        if decision.id in self._strays:
            return False
        if difference.field:
            marks = {str(side.get("layer", "")): side.get("mark") for side in sides_of(decision)}
            settled = self._settled(difference.field)
            return all(
                difference.marks[n] in (marks[layer], settled) for layer, n in self._layers.items() if layer in marks
            )
        return self._is_same(decision, difference) or self._is_followed(decision, difference)

    def _then(self, decision: Decision) -> dict[str, str]:
        """Return the marks of the spans (ids) that a decision names, of the compared sides."""
        there = self._named[decision.id]
        return {span: mark for layer, spans in there.items() if layer in self._layers for span, mark in spans.items()}

    def _now(self, decision: Decision, difference: Difference) -> dict[str, str]:
        """Return the marks of the spans (ids) of a difference, of the sides over which it was decided."""
        there, pairs = self._named[decision.id], zip(difference.spans, difference.marks, strict=True)
        return {span.id: mark for span, mark in pairs if span is not None and span.layer in there}

    def _is_same(self, decision: Decision, difference: Difference) -> bool:
        return bool(difference.field) or self._then(decision) == self._now(decision, difference)

    def _is_followed(self, decision: Decision, difference: Difference) -> bool:
        """Whether all that is another by now is as was decided: who takes a correction over asks nothing anew."""
        then, now = self._then(decision), self._now(decision, difference)
        made_of = [self._made[id] for id in made(decision) if id in self._made]
        consensus = {content(span) for span in made_of}
        if away := then.keys() - now.keys():
            there = {span.id: (n, span) for n in self._found.present for span in self._ground.sides[n].spans}
            if len(made_of) > 1:  # of several each stands by itself, once everybody has them
                if not all(id in there and self._is_as_made(*there[id], then[id], made_of) for id in away):
                    return False
            elif consensus or any(id in there for id in away):
                return False
        heard = {n: span for n, span in enumerate(difference.spans) if span is not None and span.id in now}
        kept = {n for n, span in heard.items() if then.get(span.id) == now[span.id]}
        alike = {difference.alike[n] for n in kept if content(heard[n]) in consensus}
        for number, span in heard.items():
            if number in kept:
                continue
            if content(span) not in consensus:
                return False
            # Its ties count too: as one's who was right from the beginning, as everybody's, as decided, or none.
            as_others = difference.alike[number] in alike or difference.kind == AGREED
            if not as_others and not self._is_tied_so(number, span, made_of):
                return False
        return True

    def _is_as_made(self, number: int, span: Span, then: str, made_of: Sequence[Span]) -> bool:
        ties = tied(self._ground.sides[number], self._ground.scheme).get(span.id, ())
        if mark(span, ties) == then:
            return True
        return content(span) in map(content, made_of) and self._is_tied_so(number, span, made_of)

    def _is_tied_so(self, number: int, span: Span, made_of: Sequence[Span]) -> bool:
        side = self._ground.sides[number]
        if span.id not in tied(side, self._ground.scheme):
            return True
        if self._followed is None:
            there = {one.id: one for one in self._ground.consensus.spans}
            self._followed = Followed(self._ground, became(self._all, there))
        return self._followed.tied_so(side, span, [one for one in made_of if content(one) == content(span)])

    def orphans(self) -> list[Item]:
        """Return the decisions, of these sides, of which no span (or field) is left to be found."""
        found = []
        for one in self._ground.decisions:
            ours = self._layers.keys() & self._named[one.id].keys()
            field = str(one.data.get("field", ""))
            # That nothing belongs there is so where nobody has anything there any more.
            nothing = one.data.get("answer") == "none" and not made(one) and not field
            kept = one.data.get("gone") is True or nothing
            if one.id in self._told or not (ours or kept) or (nothing and not ours):
                continue
            if not (kept or field or any(self._named[one.id][layer] for layer in ours)):
                continue
            holds = kept or self._is_moot(one, field)
            found.append(self._decided(self._gone(one, field), [one], one if holds else None))
        return found

    def _is_moot(self, decision: Decision, field: str) -> bool:
        """Whether there is nothing any more on any side nor in the consensus, so that nobody has to say what becomes
        of it: a label was given up with all its spans, or all of them were deleted one by one."""
        if decision.data.get("answer") == "discuss" or decision.id in self._strays:
            return False
        if any(spans and layer not in self._layers for layer, spans in self._named[decision.id].items()):
            return False
        if field:
            return self._settled(field) == value_mark(None)
        return not any(id in self._made for id in made(decision))

    def _gone(self, decision: Decision, field: str) -> Difference:
        spans = [self._made[id] for id in made(decision) if id in self._made]
        width = len(self._ground.sides)
        start, end = (min(it.start for it in spans), max(it.end for it in spans)) if spans else (0, 0)
        words = quoted(self._ground.text, spans[0].fragments) if spans else ""
        return Difference(
            decision.id, decision.article, str(decision.data.get("kind", "missed")), (None,) * width,
            self._found.present, start, end, tuple(dict.fromkeys(it.label for it in spans)), words, (ABSENT,) * width,
            ("",) * width, field, (None,) * width if field else (),
        )  # fmt: skip


def counted(items: Iterable[Item]) -> dict[str, int]:
    """Return how many there are of each status."""
    found = dict.fromkeys(STATUSES, 0)
    for item in items:
        found[item.status] += 1
    return found
