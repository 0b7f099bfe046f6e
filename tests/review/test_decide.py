"""Decisions: what they make, how they are taken back."""

from __future__ import annotations

import pytest

from annotator.domain.change import Change, Decision, Step
from annotator.domain.errors import UserError
from annotator.domain.layerref import CONSENSUS_REF
from annotator.domain.sides import empty
from annotator.editing import review as editing
from annotator.review.decide import Content, Verdict, decided, taken_back
from annotator.review.standing import Item, standing
from tests.review.ground import (
    ARTICLE,
    LONGER,
    PEOPLE,
    QUOTE,
    REVIEWER,
    at,
    boundary,
    content,
    decide,
    edited,
    following,
    ground,
    group,
    layer,
    now,
    only,
    side,
    span,
    statuses,
)  # fmt: skip
from tests.review.test_differences import attribution


def test_a_side_is_taken() -> None:
    before = boundary()
    item = only(before, "boundary")
    after = decide(before, item, "side", 1, reason="with its comma")
    assert content(after) == [("quote", LONGER)]
    (made,) = after.consensus.spans
    assert made.annotator == REVIEWER.id
    assert made.extra == {"from": [item.difference.ids[1]], "decision": item.id}
    assert after.consensus.layer is not None
    assert (after.consensus.layer.kind, after.consensus.layer.state) == ("consensus", "started")
    (decision,) = after.decisions
    assert decision.id == item.id
    data = decision.data
    assert (data["kind"], data["answer"], data["side"], data["reason"]) == ("boundary", "side", 1, "with its comma")
    assert data["by"] == REVIEWER.id
    assert [len(one["spans"]) for one in data["sides"]] == [1, 1]
    assert only(after, "boundary").status == "settled"
    assert only(after, "boundary").consensus == (made,)


def test_each_answer_makes_what_it_says() -> None:
    before = boundary()
    item = only(before, "boundary")
    assert content(decide(before, item, "both")) == [("quote", LONGER), ("quote", QUOTE)]
    assert content(decide(before, item, "none")) == []
    assert statuses(decide(before, item, "none")) == {QUOTE: "settled"}
    assert statuses(decide(before, item, "discuss")) == {QUOTE: "discussed"}
    own = decide(before, item, "own", own=(Content("claim", (at("rebuild the quay"),), {"x": 1}),))
    assert content(own) == [("claim", "rebuild the quay")]
    assert own.consensus.spans[0].attributes == {"x": 1}


def test_deciding_again_changes_the_same_decision_and_span() -> None:
    first = decide(boundary(), only(boundary(), "boundary"), "both")
    again = decide(first, only(first, "boundary"), "side", 0)
    assert content(again) == [("quote", QUOTE)]
    assert [one.id for one in again.decisions] == [one.id for one in first.decisions]
    assert again.consensus.spans[0].id in {one.id for one in first.consensus.spans}
    assert content(decide(again, only(again, "boundary"), "none")) == []


def test_a_decision_is_taken_back() -> None:
    first = decide(boundary(), only(boundary(), "boundary"), "both")
    after = following(first, taken_back(first, [only(first, "boundary")]))
    assert (after.decisions, after.consensus.spans) == ((), ())
    assert only(after, "boundary").status == "open"
    with pytest.raises(UserError, match="Nothing is decided"):
        taken_back(after, [only(after, "boundary")])


def test_what_does_not_fit_is_refused() -> None:
    before = ground(side(0, span(0, "quote", QUOTE)), side(1), side(2)._replace(layer=None), side(3, genre="opinion"))
    missed, field = only(before, "missed"), only(before, "field")
    for item, verdict_, words in (
        (missed, Verdict("side", side=1), "nothing here"),
        (missed, Verdict("side", side=2), "no such layer"),
        (missed, Verdict("side", side=9), "no such layer"),
        (missed, Verdict("own"), "words and a label"),
        (missed, Verdict("own", own=(Content("quote", ((0, 10_000),)),)), "beyond the text"),
        (field, Verdict("both"), "only one"),
    ):
        with pytest.raises(UserError, match=words):
            decided(before, [(item, verdict_)], REVIEWER, now(), 1)
    with_consensus = ground(side(0, span(0, "quote", QUOTE)), side(1))
    with_consensus = with_consensus._replace(sides=(*with_consensus.sides, empty(CONSENSUS_REF)))
    with pytest.raises(UserError, match="consensus"):
        decided(with_consensus, [(only(with_consensus, "missed"), Verdict("none"))], REVIEWER, now(), 1)


def test_a_field_is_decided() -> None:
    before = ground(side(0, genre="opinion", topic=["sport"]), side(1, genre="analysis", topic=["sport"]))
    field = only(before, "field")
    after = decide(before, field, "side", 1)
    assert after.consensus.layer is not None
    assert after.consensus.layer.fields == {"genre": "analysis"}
    assert statuses(after)["genre"] == "settled"
    own = decide(after, only(after, "field"), "own", value="interview")
    assert own.consensus.layer is not None
    assert own.consensus.layer.fields == {"genre": "interview"}
    none = following(own, taken_back(own, [only(own, "field")]))
    assert none.consensus.layer is not None
    assert none.consensus.layer.fields == {}
    agreed = decide(before, only(before, "agreed"), "agreed", 0)
    assert agreed.consensus.layer is not None
    assert agreed.consensus.layer.fields == {"topic": ["sport"]}
    said = layer(1, fields={"genre": "satire", "topic": ["sport"]})
    assert statuses(following(after, [Change(before.sides[1].layer, said)]))["genre"] == "outdated"


# the span of the consensus, by hand


def test_an_edited_consensus_span_makes_the_decision_own_and_keeps_its_ties() -> None:
    before = ground(attribution(0), attribution(1, tied=False))
    after = before
    for item in standing(before):
        after = decide(after, item, "side", 0)
    assert len(after.consensus.groups) == 1
    item = only(after, "link")
    (span,) = item.consensus
    longer = Verdict("own", own=(Content(span.label, (at(LONGER),), span.attributes),))
    step = editing.decide(after, item, longer, REVIEWER, now(), 3)
    changed = following(after, step.changes)
    assert ("quote", LONGER) in content(changed)
    assert only(changed, "link").decision.data["answer"] == "own"  # type: ignore[union-attr]
    assert changed.consensus.groups == after.consensus.groups


# what stays


def test_what_was_noted_on_a_span_of_the_consensus_stays_when_it_is_decided_anew() -> None:
    once = decide(boundary(), only(boundary(), "boundary"), "side", 0)
    (made,) = once.consensus.spans
    noted = edited(once, made, note="Ask Bo.", state="discuss")
    anew = decide(noted, only(noted, "boundary"), "side", 1).consensus.spans[0]
    assert (anew.note, anew.state, anew.created) == ("Ask Bo.", "discuss", made.created)
    assert anew.fragments == (at(LONGER),)


def test_only_a_contest_counts_as_one() -> None:
    once = decide(boundary(), only(boundary(), "boundary"), "side", 0)
    item, mine = only(once, "boundary"), layer(0).id
    assert item.decision is not None
    said = editing.answer(
        item.id, ARTICLE.id, str(item.decision.data["at"]), None, mine, PEOPLE[0], "contested", "No.", now()
    )  # fmt: skip
    contested = following(once, said.changes)
    for _time in range(2):  # the second time nobody contests it
        contested = decide(contested, only(contested, "boundary"), "side", 1)
        assert contested.decisions[0].data["contested"] == 1


# steps


def test_one_step_and_its_inverse() -> None:
    before = ground(attribution(0), attribution(1, tied=False))
    items = standing(before)
    step = editing.decide_all([(before, [(it, Verdict("side", side=0)) for it in items])], REVIEWER, now(), 3)
    after = following(before, step.changes)
    assert len(after.consensus.spans) == 3
    assert len(after.consensus.groups) == 1
    back = following(after, step.inverse().changes)
    assert back == before
    # All at once is as one after the other.
    single = before
    for item in items:
        single = decide(single, item, "side", 0)
    assert single.consensus.groups == after.consensus.groups
    assert content(single) == content(after)


def test_a_reason_is_given_afterwards() -> None:
    after = decide(boundary(), only(boundary(), "boundary"), "side", 0)
    step = editing.give_reason(after, only(after, "boundary"), " The rule says so. ")
    said = following(after, step.changes)
    assert said.decisions[0].data["reason"] == "The rule says so."
    assert only(said, "boundary").status == "settled"
    with pytest.raises(UserError, match="already"):
        editing.give_reason(said, only(said, "boundary"), "The rule says so.")


def test_a_reviewer_who_is_an_annotator_too() -> None:
    before = boundary()
    changes = decided(before, [(only(before, "boundary"), Verdict("side", side=0))], PEOPLE[0], now(), 3)
    after = following(before, changes)
    assert statuses(after) == {QUOTE: "settled"}
    assert after.sides == before.sides
    assert after.consensus.spans[0].annotator == PEOPLE[0].id
    assert after.consensus.spans[0].layer != after.sides[0].layer.id  # type: ignore[union-attr]


def test_what_a_newer_program_wrote_stops_nothing() -> None:
    after = decide(boundary(), only(boundary(), "boundary"), "side", 0)
    for odd in ({"sides": None}, {"sides": [{"spans": [["x"]]}, 3]}, {"made": 5}, {"contested": "twice"}):
        (decision,) = after.decisions
        strange = after._replace(decisions=(decision._replace(data={**decision.data, **odd}),))
        for item in standing(strange):
            decide(strange, item, "none") if item.difference.ids else None
    fork = Decision("fork", ARTICLE.id, "", {"about": "fork"})
    assert following(after, [Change(None, fork)]).decisions == after.decisions


def test_steps_have_titles() -> None:
    before = boundary()
    step: Step = editing.decide(before, only(before, "boundary"), Verdict("discuss"), REVIEWER, now(), 3)
    assert step.title == "Leave a difference for discussion"
    item: Item = only(before, "boundary")
    assert editing.decide(before, item, Verdict("none"), REVIEWER, now(), 3).title == "Settle a difference"
    assert group(0, span(0, "quote", QUOTE)).kind == "attribution"
