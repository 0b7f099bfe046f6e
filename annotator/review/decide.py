"""Deciding a difference: what that changes in the consensus and in the list of decisions, as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from annotator.domain.article import Annotator, Layer
from annotator.domain.change import Change, Decision
from annotator.domain.errors import UserError
from annotator.domain.free import NOTHING, Free
from annotator.domain.ids import consensus_id
from annotator.domain.layerref import CONSENSUS_REF, consensus_layer
from annotator.domain.sides import DIFFERENCE, Ground
from annotator.domain.span import Fragments, Span, joined
from annotator.i18n import _
from annotator.review import ties
from annotator.review.differences import ABSENT, AGREED, Difference, content
from annotator.review.recorded import made, strays
from annotator.review.standing import CONTESTED, Item

SIDE, BOTH, NONE, OWN, DISCUSS = "side", "both", "none", "own", "discuss"
ANSWERS = (SIDE, BOTH, NONE, OWN, DISCUSS, AGREED)


class Content(NamedTuple):
    """A span as a reviewer sets it: label (id), fragments in code points, attributes."""

    label: str
    fragments: Fragments
    attributes: Free = NOTHING


class Verdict(NamedTuple):
    """What a reviewer says of a difference, one of ANSWERS.

    `side` is the number of the side that is taken (also with "own": what it was made from; with "agreed": the first
    of those that agree). `own` are the spans, or `value` the field's value, that "own" sets. `rule` says after which
    rule an agreement was taken over, `same` joins what is decided alike in one step.
    """

    answer: str
    side: int = -1
    own: tuple[Content, ...] = ()
    value: Any = None
    reason: str = ""
    rule: str = ""
    same: str = ""


def decided(
    ground: Ground, verdicts: Iterable[tuple[Item, Verdict]], reviewer: Annotator, now: str, scheme_version: int
) -> tuple[Change, ...]:
    """Return what changes in an article when differences of it are decided (all of `standing.standing(ground)`).

    Raises UserError where a verdict does not fit its difference, and where the consensus itself is among the sides.
    """
    making = _Making(ground, reviewer, now, scheme_version)
    for item, verdict in verdicts:
        making.decide(item, verdict)
    return making.changes()


def taken_back(ground: Ground, items: Iterable[Item]) -> tuple[Change, ...]:
    """Return what changes when decisions are taken back: they go, and what they made.

    Raises UserError where one of the items has no decision.
    """
    making = _Making(ground, Annotator("", ""), "", 0)
    for item in items:
        if item.decision is None:
            raise UserError(_("Nothing is decided here yet."))
        making.drop((item.decision, *item.others), "")
    return making.changes()


class _Making:
    """The article as it becomes, decision after decision; what changed is told at the end."""

    def __init__(self, ground: Ground, reviewer: Annotator, now: str, scheme_version: int) -> None:
        if CONSENSUS_REF in ground.refs:
            raise UserError(
                _("The consensus is one of the layers that are compared. Choose only people's layers to decide.")
            )
        self._ground, self._by, self._now, self._version = ground, reviewer.id, now, scheme_version
        self._layer = ground.consensus.layer
        self._spans = {span.id: span for span in ground.consensus.spans}
        self._decisions = {one.id: one for one in ground.decisions}
        self._strays = strays(ground)
        self._touched: dict[str, None] = {}
        """Spans and decisions (ids) that may have changed, in the order in which that was."""

    def drop(self, decisions: Iterable[Decision], without: str) -> None:
        """Take decisions away with what they made; of the one called `without` only what it made."""
        for one in decisions:
            for id in (*made(one), *self._strays.get(one.id, ())):
                self._spans.pop(id, None)
                self._touched[id] = None
            if (field := str(one.data.get("field", ""))) and one.data.get("answer") != DISCUSS:
                self._set_field(field, None)
            if one.id != without:
                self._decisions.pop(one.id, None)
                self._touched[one.id] = None

    def decide(self, item: Item, verdict: Verdict) -> None:
        """Decide one difference."""
        difference = item.difference
        gone = not difference.ids and (not difference.field or all(it == ABSENT for it in difference.alike))
        if gone:
            self._decide_gone(item, verdict)
            return
        if self._layer is None:
            self._layer = consensus_layer(self._ground.article.id)._replace(state="started")
        before = dict(self._spans)
        for id in self._strays.get(difference.id, ()):
            self._spans.pop(id, None)
            self._touched[id] = None
        self.drop((item.decision, *item.others) if item.decision is not None else (), difference.id)
        spans: list[Span] = []
        if difference.field:
            self._decide_field(difference, verdict)
        else:
            spans = self._made(item, verdict, before)
            self._spans.update((span.id, span) for span in spans)
            self._touched.update(dict.fromkeys(span.id for span in spans))
        self._decisions[difference.id] = self._decision(item, verdict, spans)
        self._touched[difference.id] = None

    def _decide_gone(self, item: Item, verdict: Verdict) -> None:
        """What the decision was about is gone: what it made goes too (none), or stays as it is (own)."""
        decision = item.decision
        if decision is None or verdict.answer not in (NONE, OWN, DISCUSS):
            raise UserError(_("The spans that this was about are gone: say that nothing belongs here, or keep it."))
        if verdict.answer == NONE:
            self.drop((decision, *item.others), "")
            return
        data = {
            **decision.data, "answer": verdict.answer, "reason": verdict.reason, "by": self._by, "at": self._now,
            "gone": True,
        }  # fmt: skip
        self._decisions[decision.id] = decision._replace(data=data)
        self._touched[decision.id] = None

    def _decide_field(self, difference: Difference, verdict: Verdict) -> None:
        if verdict.answer == BOTH:
            raise UserError(_("Of two values of a field only one can be taken."))
        if verdict.answer in (SIDE, AGREED):
            self._set_field(difference.field, difference.values[_side(difference, verdict)])
        elif verdict.answer in (NONE, OWN):
            self._set_field(difference.field, verdict.value if verdict.answer == OWN else None)

    def _set_field(self, field: str, value: object) -> None:
        if self._layer is None:
            return
        fields = {key: said for key, said in self._layer.fields.items() if key != field}
        self._layer = self._layer._replace(fields={**fields, field: value} if value is not None else fields or NOTHING)

    def _made(self, item: Item, verdict: Verdict, before: dict[str, Span]) -> list[Span]:
        """Return the spans of the consensus that a verdict makes."""
        difference, spans = item.difference, item.difference.spans
        if verdict.answer in (NONE, DISCUSS):
            return []
        if verdict.answer == OWN:
            return self._own(item, verdict, before)
        if verdict.answer == BOTH:
            firsts = _distinct(spans)
        elif verdict.answer in (SIDE, AGREED):
            firsts = [_side(difference, verdict)]
        else:
            raise ValueError(verdict.answer)
        found = []
        for number, first in enumerate(firsts):
            span = spans[first]
            assert span is not None  # _side refuses it, and ABSENT is left out
            # Of both that differ by what ties them it comes from both, and gets the ties of both.
            alike = [it.id for n, it in enumerate(spans) if it is not None and n != first
                     and (difference.alike[n] == difference.alike[first]
                          or (verdict.answer == BOTH and content(it) == content(span)))]  # fmt: skip
            taken = Content(span.label, span.fragments, span.attributes)
            found.append(self._span(difference.id, number, taken, [span.id, *alike], before, span.scheme_version))
        return found

    def _own(self, item: Item, verdict: Verdict, before: dict[str, Span]) -> list[Span]:
        difference = item.difference
        if not verdict.own:
            raise UserError(_("A span that you set yourself needs words and a label."))
        since: list[str] = []
        if verdict.side >= 0 and (base := difference.spans[_side(difference, verdict)]) is not None:
            since = [base.id]
        elif item.consensus:
            # Edited after something was taken: it still comes from there, and keeps what it is tied to.
            since = [str(id) for id in item.consensus[0].extra.get("from", ()) if id in difference.ids]
        length = len(self._ground.text)
        found = []
        for number, one in enumerate(verdict.own):
            fragments = joined(one.fragments)
            if fragments[-1][1] > length:
                raise UserError(_("The span reaches beyond the text."))
            own = one._replace(fragments=fragments)
            found.append(self._span(difference.id, number, own, since, before, self._version))
        return found

    def _span(
        self, decision: str, number: int, says: Content, since: Sequence[str], before: dict[str, Span], version: int
    ) -> Span:
        assert self._layer is not None
        id, article = consensus_id(decision, number), self._ground.article
        was = before.get(id)
        made = Span(
            id, article.id, self._layer.id, self._by, says.label, says.fragments, article.revision,
            says.attributes, scheme_version=version, created=self._now, updated=self._now,
            extra={"from": list(since), "decision": decision},
        )  # fmt: skip
        return made if was is None else made._replace(created=was.created, note=was.note, state=was.state)

    def _decision(self, item: Item, verdict: Verdict, spans: Sequence[Span]) -> Decision:
        difference, old = item.difference, item.decision
        layers = [(n, it) for n in difference.present if (it := self._ground.sides[n].layer) is not None]
        contested = _count(old)
        data: dict[str, Any] = {
            "about": DIFFERENCE, "kind": difference.kind,
            "sides": [_side_data(difference, n, it) for n, it in layers],
            "answer": verdict.answer, "made": [span.id for span in spans], "reason": verdict.reason,
            "by": self._by, "at": self._now,
        }  # fmt: skip
        if verdict.side >= 0:
            data["side"] = [n for n, _it in layers].index(verdict.side)
        if difference.field:
            data["field"] = difference.field
        if item.status == CONTESTED or contested:
            data["contested"] = contested + (item.status == CONTESTED)
        for key, value in (("rule", verdict.rule), ("same", verdict.same)):
            if value:
                data[key] = value
        layer = self._layer if self._layer is not None else consensus_layer(difference.article)
        return Decision(difference.id, difference.article, layer.id, data)

    def changes(self) -> tuple[Change, ...]:
        """Return what became different: layer, spans, ties, decisions."""
        ground = self._ground
        found: list[Change] = _changed(ground.consensus.layer, self._layer)
        spans = {span.id: span for span in ground.consensus.spans}
        decisions = {one.id: one for one in ground.decisions}
        for id in self._touched:
            found += _changed(spans.get(id), self._spans.get(id))
        last = [one for id in self._touched for one in _changed(decisions.get(id), self._decisions.get(id))]
        after = ground._replace(
            consensus=ground.consensus._replace(layer=self._layer, spans=tuple(self._spans.values())),
            decisions=tuple(self._decisions.values()),
        )
        return (*found, *ties.changed(ground, after), *last)


def _distinct(spans: Sequence[Span | None]) -> list[int]:
    """Return the numbers of the first of each that are different as spans, whatever ties them."""
    contents = [content(it) for it in spans]
    return [n for n, one in enumerate(contents) if spans[n] is not None and one not in contents[:n]]


def _changed(before: Any, after: Any) -> list[Change]:
    return [] if before == after else [Change(before, after)]


def _side(difference: Difference, verdict: Verdict) -> int:
    if not 0 <= verdict.side < len(difference.spans) or verdict.side not in difference.present:
        raise UserError(_("There is no such layer in this article."))
    if difference.alike[verdict.side] == ABSENT:
        raise UserError(_("This one has nothing here: say that nothing belongs here, or take another."))
    return verdict.side


def _side_data(difference: Difference, number: int, layer: Layer) -> dict[str, Any]:
    span = difference.spans[number]
    data: dict[str, Any] = {
        "layer": layer.id, "owner": layer.owner, "round": layer.round,
        "spans": [] if span is None else [[span.id, difference.marks[number]]],
    }  # fmt: skip
    if difference.field:
        data["mark"] = difference.marks[number]
    return data


def _count(decision: Decision | None) -> int:
    count = decision.data.get("contested", 0) if decision is not None else 0
    return count if isinstance(count, int) else 0
