"""Decisions: what they make, when they hold, how they are taken back and contested."""

from __future__ import annotations

import pytest

from annotator.domain.change import Change, Decision, Step
from annotator.domain.errors import UserError
from annotator.domain.layerref import CONSENSUS_REF
from annotator.domain.sides import Ground, empty
from annotator.domain.span import Span
from annotator.editing import review as editing
from annotator.review.alike import key
from annotator.review.decide import Content, Verdict, decided, taken_back
from annotator.review.standing import Item, standing
from annotator.review.takeover import Rule, majority, verdict
from tests.review.ground import (
    ARTICLE,
    PEOPLE,
    REVIEWER,
    TEXT,
    at,
    decide,
    following,
    ground,
    group,
    layer,
    now,
    only,
    relation,
    side,
    span,
    statuses,
)  # fmt: skip
from tests.review.test_differences import attribution

QUOTE, LONGER = "We will rebuild the quay", "We will rebuild the quay,”"


def boundary() -> Ground:
    return ground(side(0, span(0, "quote", QUOTE)), side(1, span(1, "quote", LONGER)))


def content(of: Ground) -> list[tuple[str, str]]:
    """Labels and words of the consensus."""
    return [(one.label, " … ".join(TEXT[start:end] for start, end in one.fragments)) for one in of.consensus.spans]


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


# when a decision holds


def edited(before: Ground, was: Span, **how: object) -> Ground:
    return following(before, [Change(was, was._replace(**how))])


def test_a_changed_span_makes_its_decision_outdated() -> None:
    after = decide(boundary(), only(boundary(), "boundary"), "side", 0)
    two = after.sides[1].spans[0]
    assert statuses(edited(after, two, label="claim")) == {QUOTE: "outdated"}
    assert statuses(edited(after, two, fragments=(at("rebuild the quay"),))) == {QUOTE: "outdated"}
    assert statuses(edited(after, two, attributes={"mode": "direct"})) == {QUOTE: "outdated"}
    assert statuses(edited(after, two, note="?", state="unsure", updated="later")) == {QUOTE: "settled"}
    changed = edited(after, two, label="claim")
    assert content(changed) == [("quote", QUOTE)]
    assert statuses(edited(changed, changed.sides[1].spans[0], label="quote")) == {QUOTE: "settled"}


def test_a_span_that_comes_or_goes_makes_it_outdated() -> None:
    before = ground(side(0, one := span(0, "quote", QUOTE)), side(1))
    after = decide(before, only(before, "missed"), "side", 0)
    came = following(after, [Change(None, span(1, "quote", LONGER))])
    (item,) = standing(came)
    assert (item.status, item.difference.kind) == ("outdated", "boundary")
    again = decide(came, item, "side", 1)
    assert content(again) == [("quote", LONGER)]
    assert len(again.decisions) == 1
    assert statuses(again) == {QUOTE: "settled"}
    gone = following(after, [Change(one, None)])
    (item,) = standing(gone)
    assert (item.status, item.difference.spans, item.difference.words) == ("outdated", (None, None), QUOTE)


def test_a_decision_about_spans_that_are_gone_is_settled_too() -> None:
    before = ground(side(0, one := span(0, "quote", QUOTE)), side(1))
    gone = following(decide(before, only(before, "missed"), "side", 0), [Change(one, None)])
    (item,) = standing(gone)
    with pytest.raises(UserError, match="are gone"):
        decide(gone, item, "side", 0)
    away = decide(gone, item, "none")
    assert (away.decisions, away.consensus.spans, standing(away)) == ((), (), [])
    kept = decide(gone, item, "own")
    (item,) = standing(kept)
    assert (item.status, content(kept)) == ("settled", [("quote", QUOTE)])
    assert following(kept, taken_back(kept, [item])).consensus.spans == ()


def test_who_follows_what_was_decided_asks_nothing_anew() -> None:
    before = ground(side(0, one := span(0, "quote", QUOTE)), side(1, two := span(1, "quote", LONGER)))
    longer = decide(before, only(before, "boundary"), "side", 1)
    assert statuses(edited(longer, one, fragments=(at(LONGER),))) == {LONGER: "settled"}
    assert statuses(edited(longer, one, fragments=(at(LONGER),), label="claim")) == {LONGER: "outdated"}
    none = decide(before, only(before, "boundary"), "none")
    gone = following(none, [Change(one, None)])
    assert statuses(gone) == {LONGER: "settled"}
    assert statuses(edited(gone, two, label="claim")) == {LONGER: "outdated"}
    assert [it.status for it in standing(following(gone, [Change(two, None)]))] == ["settled"]
    missed = ground(side(0), side(1, span(1, "quote", QUOTE)))
    taken = decide(missed, only(missed, "missed"), "side", 1)
    assert statuses(following(taken, [Change(None, span(0, "quote", QUOTE))])) == {QUOTE: "settled"}
    assert statuses(following(taken, [Change(None, span(0, "claim", QUOTE))])) == {QUOTE: "outdated"}


def test_a_cluster_that_falls_apart() -> None:
    """One decision about two spans that do not meet any more: both come back, and none is lost."""
    after = decide(boundary(), only(boundary(), "boundary"), "side", 0)
    apart = edited(after, after.sides[1].spans[0], fragments=(at("beyond repair"),))
    assert statuses(apart) == {QUOTE: "outdated", "beyond repair": "outdated"}
    first = decide(apart, standing(apart)[0], "side", 0)
    assert statuses(first) == {QUOTE: "settled", "beyond repair": "open"}
    assert len(first.decisions) == 1
    assert content(first) == [("quote", QUOTE)]


def test_sides_that_are_not_chosen_do_not_count() -> None:
    three = ground(*(side(n, span(n, "quote" if n else "claim", QUOTE)) for n in range(3)))
    after = decide(three, only(three, "label"), "side", 1)
    assert statuses(after._replace(sides=after.sides[:2])) == {QUOTE: "settled"}
    assert statuses(after._replace(sides=after.sides[1:])) == {QUOTE: "settled"}


def test_a_further_reading_changes_nothing_of_what_was_decided() -> None:
    """It is told which of the new ones say something else; only what was decided about can make a decision outdated."""
    three = ground(*(side(n, span(n, "claim" if n == 1 else "quote", QUOTE), genre=f"g{n}") for n in range(3)))
    fewer = three._replace(sides=three.sides[:2])
    for place, unheard in ((0, ()), (1, (2,))):
        after = decide(fewer, only(fewer, "label"), "side", place)
        after = decide(after, only(after, "field"), "side", 0)
        item = only(more := after._replace(sides=three.sides), "label")
        assert (item.status, item.unheard) == ("settled", unheard)
        assert (only(more, "field").status, only(more, "field").unheard) == ("settled", (2,))
        assert statuses(edited(more, more.sides[0].spans[0], label="cue")) == {QUOTE: "outdated", "genre": "settled"}
        assert statuses(edited(more, more.sides[2].spans[0], label="cue")) == {QUOTE: "settled", "genre": "settled"}
        # Whoever decides again has heard them all.
        again = decide(more, item, "side", 2)
        assert only(again, "label").unheard == ()
        assert statuses(edited(again, again.sides[2].spans[0], label="cue"))[QUOTE] == "outdated"
    # One who has nothing there says something else too, but where nothing belongs.
    lacking = three._replace(sides=(*three.sides[:2], side(2)))
    taken, none = (decide(fewer, only(fewer, "label"), *answer) for answer in (("side", 0), ("none",)))
    assert next(it for it in standing(taken._replace(sides=lacking.sides)) if it.decision).unheard == (2,)
    assert next(it for it in standing(none._replace(sides=lacking.sides)) if it.decision).unheard == ()
    # What only the new one has is a difference of its own.
    added = three._replace(sides=(*three.sides[:2], side(2, span(2, "cue", "said"))))
    assert statuses(decide(fewer, only(fewer, "label"), "side", 0)._replace(sides=added.sides))["said"] == "open"


def test_a_reviewer_who_begins_a_reading_of_their_own() -> None:
    """My own layer is among the compared ones, and comes into being after I decided: my decisions stand."""
    before = ground(side(0, span(0, "quote", QUOTE)), side(1, span(1, "claim", QUOTE)), side(2)._replace(layer=None))
    after = decide(before, only(before, "label"), "side", 0)
    mine = following(after, [Change(None, layer(2)), Change(None, span(2, "cue", QUOTE))])
    (item,) = standing(mine)
    assert (item.status, item.unheard) == ("settled", (2,))
    assert statuses(following(mine, [Change(mine.sides[2].spans[0], None)])) == {QUOTE: "settled"}


def test_where_nothing_is_left_on_any_side_nothing_has_to_be_said() -> None:
    before = ground(side(0, one := span(0, "quote", QUOTE), genre="x"), side(1, two := span(1, "claim", QUOTE)))
    after = decide(before, only(before, "label"), "side", 0)
    after = decide(after, only(after, "field"), "side", 0)
    gone = following(after, [Change(one, None), Change(two, None)])
    assert statuses(gone)[QUOTE] == "outdated"
    (made,) = gone.consensus.spans
    all_gone = following(gone, [Change(made, None)])
    assert [it.status for it in standing(all_gone)] == ["settled", "settled"]
    # Of a layer that is not looked at nobody knows.
    away = all_gone._replace(sides=(all_gone.sides[0], side(2)))
    assert sorted(it.status for it in standing(away)) == ["outdated", "settled"]
    unsaid = [Change(it.layer, it.layer._replace(fields={})) for it in (after.sides[0], after.consensus) if it.layer]
    assert statuses(following(after, unsaid))["genre"] == "settled"
    assert statuses(following(after, unsaid[:1]))["genre"] == "outdated"


# the span of the consensus, by hand


def test_an_edited_consensus_span_makes_the_decision_own_and_keeps_its_ties() -> None:
    before = ground(attribution(0), attribution(1, tied=False))
    after = before
    for item in standing(before):
        after = decide(after, item, "side", 0)
    assert len(after.consensus.groups) == 1
    item = only(after, "link")
    step = editing.edit(after, item, item.consensus[0].id, REVIEWER, now(), 3, fragments=(at(LONGER),))
    changed = following(after, step.changes)
    assert ("quote", LONGER) in content(changed)
    assert only(changed, "link").decision.data["answer"] == "own"  # type: ignore[union-attr]
    assert changed.consensus.groups == after.consensus.groups
    with pytest.raises(UserError, match="no span of the consensus"):
        editing.edit(after, item, "another", REVIEWER, now(), 3, label="claim")


# ties


def test_ties_follow_the_side_that_was_taken_once_both_ends_are_there() -> None:
    before = ground(attribution(0), attribution(1, source="Łucja Ødegård"))
    quote, boundary_, cue = (
        next(item for item in standing(before) if item.difference.labels == (label,))
        for label in ("quote", "source", "cue")
    )
    one = decide(before, quote, "agreed", 0)
    assert one.consensus.groups == ()
    two = decide(one, boundary_, "side", 1)
    by_id = {it.id: it for it in two.consensus.spans}
    (made,) = two.consensus.groups
    assert [(it.role, by_id[it.span].label) for it in made.members] == [("quote", "quote"), ("source", "source")]
    three = decide(two, cue, "agreed", 0)
    assert [it.role for it in three.consensus.groups[0].members] == ["quote", "source", "cue"]
    again = standing(three)
    fewer = decide(three, next(it for it in again if it.id == boundary_.id), "none")
    assert [it.role for it in fewer.consensus.groups[0].members] == ["quote", "cue"]
    headless = decide(fewer, next(it for it in again if it.id == quote.id), "none")
    assert headless.consensus.groups == ()


def test_ties_that_were_edited_by_hand_are_left_alone() -> None:
    before = ground(attribution(0), attribution(1))
    after = before
    for item in standing(before)[:2]:
        after = decide(after, item, "agreed", 0)
    (made,) = after.consensus.groups
    by_hand = following(after, [Change(made, made._replace(note="looked at twice"))])
    rest = decide(by_hand, standing(by_hand)[2], "agreed", 0)
    assert rest.consensus.groups == by_hand.consensus.groups
    taken = following(after, [Change(made, None)])
    rest = decide(taken, standing(taken)[2], "agreed", 0)
    assert rest.consensus.groups == ()
    # But nothing stays tied to what goes.
    headless = decide(by_hand, standing(by_hand)[0], "none")
    assert headless.consensus.groups == ()


def test_relations_follow_too_and_may_lead_away() -> None:
    one, two = span(0, "claim", "rebuild the quay"), span(0, "claim", "beyond repair")
    first = side(0, one, two, ties=[relation(0, "supports", one, two), relation(0, "about", one, "an entry")])
    before = ground(first, side(1, span(1, "claim", "beyond repair")))
    after = decide(before, only(before, "missed"), "side", 0)
    assert [it.label for it in after.consensus.relations] == ["about"]
    after = decide(after, only(after, "agreed"), "agreed", 1)
    assert sorted(it.label for it in after.consensus.relations) == ["about", "supports"]
    ends = {it.source for it in after.consensus.relations}
    assert ends <= {it.id for it in after.consensus.spans}
    after = decide(after, only(after, "missed"), "none")
    assert after.consensus.relations == ()


def roles(of: Ground) -> list[list[tuple[str, str]]]:
    """The groups of the consensus: roles and labels of their members."""
    by_id = {one.id: one.label for one in of.consensus.spans}
    return [[(one.role, by_id[one.span]) for one in group.members] for group in of.consensus.groups]


def test_of_a_link_both_is_one_span_with_the_ties_of_both() -> None:
    before = ground(attribution(0), attribution(1, tied=False))
    assert content(decide(before, only(before, "link"), "both")) == [("quote", QUOTE)]
    quotes = [span(n, "quote", QUOTE) for n in (0, 1)]
    others = [(span(n, "source", "Mayor Łucja Ødegård"), span(n, "cue", "said")) for n in (0, 1)]
    sides = (
        side(0, quotes[0], *others[0], ties=[group(0, quotes[0], ("source", others[0][0]))]),
        side(1, quotes[1], *others[1], ties=[
            group(1, quotes[1], ("cue", others[1][1])), relation(1, "about", quotes[1], "an entry"),
        ]),
    )  # fmt: skip
    after = ground(*sides)
    for item in standing(after):
        after = decide(after, item, "both" if item.difference.kind == "link" else "agreed", 0)
    assert roles(after) == [[("quote", "quote"), ("source", "source"), ("cue", "cue")]]
    assert [it.label for it in after.consensus.relations] == ["about"]
    one = decide(after, only(after, "link"), "side", 0)
    assert (roles(one), one.consensus.relations) == ([[("quote", "quote"), ("source", "source")]], ())


def test_both_spans_keep_what_ties_them() -> None:
    quote, claim = span(0, "quote", QUOTE), span(1, "claim", QUOTE)
    sources = [span(n, "source", "Mayor Łucja Ødegård") for n in (0, 1)]
    first = side(0, quote, sources[0], ties=[group(0, quote, ("source", sources[0]))])
    after = ground(first, side(1, claim, sources[1], ties=[relation(1, "about", claim, "an entry")]))
    for item in standing(after):
        after = decide(after, item, "both" if item.difference.kind == "label" else "agreed", 0)
    assert roles(after) == [[("quote", "quote"), ("source", "source")]]
    (about,) = after.consensus.relations
    assert {it.id: it.label for it in after.consensus.spans}[about.source] == "claim"


def test_what_only_one_of_several_alike_is_tied_to_is_not_lost() -> None:
    """The first has no source, so how the quotes are tied is no difference: the source must be tied all the same."""
    quotes, cues = ([span(n, label, words) for n in (0, 1)] for label, words in (("quote", QUOTE), ("cue", "said")))
    by = span(1, "source", "Mayor Łucja Ødegård")
    before = ground(
        side(0, quotes[0], cues[0], ties=[group(0, quotes[0], ("cue", cues[0]))]),
        side(1, quotes[1], cues[1], by, ties=[group(1, quotes[1], ("cue", cues[1]), ("source", by))]),
    )
    after = before
    for item in standing(before):
        after = decide(after, item, *(("side", 1) if item.difference.kind == "missed" else ("agreed", 0)))
    assert roles(after) == [[("quote", "quote"), ("cue", "cue"), ("source", "source")]]
    refused = decide(after, only(after, "missed"), "none")
    assert roles(refused) == [[("quote", "quote"), ("cue", "cue")]]


# answers of annotators


def answered(before: Ground, says: str, reason: str = "") -> Ground:
    (decision,) = before.decisions
    mine = editing.answered(before.answers, decision.id, PEOPLE[1])
    at = decision.data["at"]
    step = editing.answer(decision.id, ARTICLE.id, at, mine, layer(1).id, PEOPLE[1], says, reason, now())
    return following(before, step.changes)


def test_a_contested_decision_comes_back_and_may_be_contested_again() -> None:
    after = decide(boundary(), only(boundary(), "boundary"), "side", 0)
    assert statuses(answered(after, "accepted")) == {QUOTE: "settled"}
    contested = answered(after, "contested", "The comma is part of it.")
    item = only(contested, "boundary")
    assert item.status == "contested"
    assert [one.data["reason"] for one in item.contests] == ["The comma is part of it."]
    again = decide(contested, item, "side", 0, reason="It is not.")
    item = only(again, "boundary")
    assert (item.status, item.contests) == ("settled", ())
    assert again.decisions[0].data["contested"] == 1
    twice = answered(again, "contested", "It is.")
    assert len(twice.answers) == 1
    assert only(twice, "boundary").status == "contested"
    last = decide(twice, only(twice, "boundary"), "side", 1)
    assert last.decisions[0].data["contested"] == 2
    assert statuses(answered(last, "accepted")) == {QUOTE: "settled"}
    with pytest.raises(UserError, match="Say why"):
        answered(last, "contested", " ")


# the same for all alike


def alike(one: Ground, two: Ground) -> bool:
    first, second = standing(one)[0].difference, standing(two)[0].difference
    return key(first, TEXT) == key(second, TEXT) != ""


def test_what_is_alike() -> None:
    said = ground(side(0, span(0, "cue", "the quay")), side(1))
    assert alike(said, ground(side(0, span(0, "cue", "the quay", nth=2)), side(1)))
    assert not alike(said, ground(side(0), side(1, span(1, "cue", "the quay", nth=2))))
    assert not alike(said, ground(side(0, span(0, "claim", "the quay")), side(1)))
    assert not alike(said, ground(side(0, span(0, "cue", "said")), side(1)))
    both = ground(side(0, span(0, "cue", "the quay")), side(1, span(1, "claim", "the quay")))
    assert alike(both, ground(*(side(n, span(n, ("cue", "claim")[n], "the quay", nth=2)) for n in (0, 1))))
    comma = boundary()
    title = ground(side(0, span(0, "quote", "Łucja Ødegård")), side(1, span(1, "quote", "Mayor Łucja Ødegård")))
    other = ground(side(0, span(0, "quote", "the winter comes.")), side(1, span(1, "quote", "the winter comes.”")))
    assert not alike(comma, title)
    assert not alike(comma, other)
    same = ground(side(0, span(0, "quote", "rebuild the quay")), side(1, span(1, "quote", "rebuild the quay,”")))
    assert alike(comma, same)
    assert alike(ground(side(0, genre="opinion"), side(1)), ground(side(0, genre="opinion"), side(1)))
    tied = only(ground(attribution(0), attribution(1, tied=False)), "link").difference
    assert key(tied, TEXT) == ""


# rules


def ruled(of: Ground, rule: Rule) -> dict[str, tuple[str, int]]:
    found = {}
    for item in standing(of):
        said = verdict(item, rule, of.refs)
        if said is not None:
            found[item.difference.words] = said.answer, said.side
    return found


def test_rules_take_what_they_say() -> None:
    words = ("We will rebuild the quay", "Monday", "beyond repair")
    four = ground(
        side(0, span(0, "quote", words[0]), span(0, "cue", words[1]), span(0, "claim", words[2])),
        side(1, span(1, "quote", words[0]), span(1, "cue", words[1]), span(1, "quote", words[2])),
        side(2, span(2, "quote", words[0]), span(2, "claim", words[2])),
        side(3, span(3, "quote", words[0]), span(3, "cue", words[1]), span(3, "quote", words[2])),
    )
    assert ruled(four, Rule()) == {words[0]: ("agreed", 0)}
    assert ruled(four, majority(4)) == {words[0]: ("agreed", 0), words[1]: ("agreed", 0)}
    # Two against two is no majority.
    assert ruled(four, majority(4, 2)) == {words[0]: ("agreed", 0), words[1]: ("agreed", 0)}
    trusted = {words[0]: ("agreed", 0), words[2]: ("agreed", 2)}
    assert ruled(four, Rule("trusted", side=2)) == trusted
    for least in (1, 5):
        with pytest.raises(UserError, match="majority"):
            majority(4, least)


def test_a_rule_says_nothing_where_a_person_spoke_and_followed() -> None:
    after = decide(boundary(), only(boundary(), "boundary"), "side", 1)
    assert ruled(after, Rule()) == {}
    assert ruled(decide(after, only(after, "boundary"), "discuss"), Rule("trusted", side=0)) == {}
    # The annotator followed: all say now what was decided, and that is settled.
    corrected = edited(after, after.sides[0].spans[0], fragments=(at(LONGER),))
    assert statuses(corrected) == {LONGER: "settled"}
    assert ruled(corrected, Rule()) == {}
    refused = decide(boundary(), only(boundary(), "boundary"), "none")
    corrected = edited(refused, refused.sides[0].spans[0], fragments=(at(LONGER),))
    assert ruled(corrected, Rule()) == {}


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
