"""How far the review of an article is: each difference with what was decided, and whether that still holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from annotator.domain.change import Decision
from annotator.domain.sides import Ground
from annotator.domain.span import Span, quoted
from annotator.review.differences import ABSENT, Compared, Difference, compare
from annotator.review.differences import AGREED as AGREED

OPEN, SETTLED, DISCUSSED, OUTDATED, CONTESTED = "open", "settled", "discussed", "outdated", "contested"
STATUSES = (OPEN, CONTESTED, OUTDATED, DISCUSSED, SETTLED, AGREED)
"""AGREED: all sides say the same, and that is not taken over yet."""
LEFT = (OPEN, CONTESTED, OUTDATED)
"""What the queue holds."""
ACCEPTED = "accepted"
"""What an annotator may answer beside CONTESTED."""


class Item(NamedTuple):
    """A difference (or what all agree on) with its `status` (STATUSES) and its decision, None where there is none yet.

    An outdated decision is the last word on these spans, though they changed; `others` are more of that sort.
    `answers` are the annotators' answers to the decision as it is now, `consensus` the spans it made.
    """

    difference: Difference
    status: str
    decision: Decision | None = None
    others: tuple[Decision, ...] = ()
    answers: tuple[Decision, ...] = ()
    consensus: tuple[Span, ...] = ()

    @property
    def id(self) -> str:
        """The id of the difference, which is that of the decision about it."""
        return self.difference.id

    @property
    def contests(self) -> tuple[Decision, ...]:
        """The answers that contest the decision."""
        return tuple(one for one in self.answers if one.data.get("says") == CONTESTED)


def named(decision: Decision) -> dict[str, dict[str, str]]:
    """Return the spans that a decision names: by layer (its id), marks by span (id)."""
    found: dict[str, dict[str, str]] = {}
    for side in _sides(decision):
        spans = side.get("spans")
        pairs = spans if isinstance(spans, list | tuple) else ()
        found[str(side.get("layer", ""))] = {
            str(it[0]): str(it[1]) for it in pairs if isinstance(it, list | tuple) and len(it) == 2
        }
    return found


def _read(decision: Decision, base: Undecided) -> dict[str, dict[str, str]]:
    before = base.read.get(decision.id)
    if before is None or before[0] is not decision:
        before = base.read[decision.id] = decision, named(decision)
    return before[1]


def _sides(decision: Decision) -> list[Mapping[str, Any]]:
    sides = decision.data.get("sides")
    return [side for side in sides if isinstance(side, Mapping)] if isinstance(sides, list | tuple) else []


def made(decision: Decision) -> tuple[str, ...]:
    """Return the ids of the consensus spans that a decision made."""
    ids = decision.data.get("made")
    return tuple(str(id) for id in ids) if isinstance(ids, list | tuple) else ()


def strays(ground: Ground) -> dict[str, list[str]]:
    """Return spans (ids) of the consensus that their decision (by its id) does not know, or that have none any more.

    They come of merges: of two reviewers who decided the same, one wins, but both made spans.
    """
    known = {one.id: set(made(one)) for one in ground.decisions}
    found: dict[str, list[str]] = {}
    for span in ground.consensus.spans:
        decision = str(span.extra.get("decision", ""))
        if decision and span.id not in known.get(decision, ()):
            found.setdefault(decision, []).append(span.id)
    return found


def compared(ground: Ground) -> Compared:
    """Compare the sides of an article under review."""
    article = ground.article
    return compare(article.id, ground.sides, ground.text, ground.scheme, article.revision)


class Undecided(NamedTuple):
    """What is compared of an article as if nothing were decided: where a span or a difference (by id) stands in it.

    Made once for a comparison, it lets each decision cost what was decided and not what there is.
    """

    items: tuple[Item, ...]
    of_span: dict[str, int]
    of_difference: dict[str, int]
    read: dict[str, tuple[Decision, dict[str, dict[str, str]]]]
    """What `named` found in the decisions (by id) that were looked at so far; it is added to."""


def undecided(found: Compared) -> Undecided:
    """Return what is compared without a word about it."""
    items = tuple(Item(one, AGREED if one.kind == AGREED else OPEN) for one in found.all)
    return Undecided(
        items,
        {span: number for number, item in enumerate(items) for span in item.difference.ids},
        {item.id: number for number, item in enumerate(items)},
        {},
    )


def standing(ground: Ground, found: Compared | None = None, base: Undecided | None = None) -> list[Item]:
    """Return all there is to say about an article, in the order of the text.

    `found` is what `compared` gave, `base` what `undecided` made of that. A decision about spans that are all gone is
    told too, behind the others.
    """
    found = found if found is not None else compared(ground)
    if len(found.present) < 2:
        return []
    base = base if base is not None else undecided(found)
    look = _Look(ground, found, base)
    items = list(base.items)
    for number in look.spoken_of(base):
        items[number] = look.item(items[number].difference)
    return items + look.orphans()


class _Look:
    def __init__(self, ground: Ground, found: Compared, base: Undecided) -> None:
        self._ground, self._found = ground, found
        self._layers: dict[str, int] = {
            layer.id: n for n in found.present if (layer := ground.sides[n].layer) is not None
        }
        self._made = {span.id: span for span in ground.consensus.spans}
        self._by_id = {one.id: one for one in ground.decisions}
        self._strays = strays(ground)
        self._named = {one.id: _read(one, base) for one in ground.decisions}
        self._of: defaultdict[str, list[Decision]] = defaultdict(list)
        for one in ground.decisions:
            for of, spans in self._named[one.id].items():
                for span in spans if of in self._layers else ():
                    self._of[span].append(one)
        self._answers: defaultdict[str, list[Decision]] = defaultdict(list)
        for answer in ground.answers:
            self._answers[str(answer.data.get("decision", ""))].append(answer)
        self._told: set[str] = set()

    def spoken_of(self, base: Undecided) -> set[int]:
        """Return the numbers of what some decision is about."""
        spans = {base.of_span[span] for span in self._of if span in base.of_span}
        return spans | {base.of_difference[id] for id in self._by_id if id in base.of_difference}

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
        return self._decided(difference, about, holding)

    def _decided(self, difference: Difference, about: Sequence[Decision], holding: Decision | None) -> Item:
        decision = holding if holding is not None else about[0]
        answers = tuple(one for one in self._answers[decision.id] if one.data.get("of") == decision.data.get("at"))
        consensus = tuple(self._made[id] for id in made(decision) if id in self._made)
        others = tuple(one for one in about if one is not decision)
        item = Item(difference, OUTDATED, decision, others, answers, consensus)
        if item.contests:
            return item._replace(status=CONTESTED)
        if holding is None:
            return item
        return item._replace(status=DISCUSSED if decision.data.get("answer") == "discuss" else SETTLED)

    def _holds(self, decision: Decision, difference: Difference) -> bool:
        """Whether what was decided about is still so, as far as the chosen sides go, and its word is the only one."""
        if decision.id in self._strays:
            return False
        there = self._named[decision.id]
        if difference.field:
            marks = {str(side.get("layer", "")): side.get("mark") for side in _sides(decision)}
            return all(marks.get(layer) == difference.marks[n] for layer, n in self._layers.items())
        then = {span: mark for layer, spans in there.items() if layer in self._layers for span, mark in spans.items()}
        pairs = zip(difference.spans, difference.marks, strict=True)
        return then == {span.id: mark for span, mark in pairs if span is not None}

    def orphans(self) -> list[Item]:
        """Return the decisions, of these sides, of which no span (or field) is left to be found."""
        found = []
        for one in self._ground.decisions:
            ours = self._layers.keys() & self._named[one.id].keys()
            kept = one.data.get("gone") is True
            if one.id in self._told or not (ours or kept):
                continue
            field = str(one.data.get("field", ""))
            if not (kept or field or any(self._named[one.id][layer] for layer in ours)):
                continue
            found.append(self._decided(self._gone(one, field), [one], one if kept else None))
        return found

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
