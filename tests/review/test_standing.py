"""When a decision holds, and how it comes back: spans that change, further readings, answers of annotators."""

from __future__ import annotations

import pytest

from annotator.domain.change import Change
from annotator.domain.errors import UserError
from annotator.domain.sides import Ground
from annotator.editing import review as editing
from annotator.review.decide import Content, taken_back
from annotator.review.standing import compared, standing, standing_again
from tests.review.ground import (
    ARTICLE,
    LONGER,
    PEOPLE,
    QUOTE,
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


def test_of_both_each_stands_by_itself_once_it_is_followed() -> None:
    before = boundary()
    after = decide(before, only(before, "boundary"), "both")
    one = span(0, "quote", LONGER)
    taken = following(after, [Change(None, one)])
    assert statuses(taken) == {QUOTE: "settled", LONGER: "settled"}
    everybody = following(taken, [Change(None, span(1, "quote", QUOTE))])
    assert statuses(everybody) == {QUOTE: "settled", LONGER: "settled"}
    assert statuses(edited(taken, one, label="claim")) == {QUOTE: "settled", LONGER: "open"}
    assert set(statuses(edited(taken, before.sides[0].spans[0], label="claim")).values()) == {"outdated"}
    # Of one that was made, the other reading is another word on the same place.
    single = following(decide(before, only(before, "boundary"), "side", 0), [Change(None, one)])
    assert set(statuses(single).values()) == {"outdated"}


def test_who_is_tied_as_was_decided_asks_nothing_anew() -> None:
    """What is refused takes ties along with it: nobody tied anything otherwise."""
    quote, by, cue = span(0, "quote", QUOTE), span(0, "source", "Mayor Łucja Ødegård"), span(0, "cue", "said")
    tie = group(0, quote, ("source", by), ("cue", cue))
    before = ground(side(0, quote, by, cue, ties=[tie]), side(1, span(1, "quote", LONGER)))
    after = before
    for words, answer in ((QUOTE, "side"), ("Mayor Łucja Ødegård", "none"), ("said", "side")):
        item = next(it for it in standing(after) if it.difference.words == words)
        after = decide(after, item, answer, 0 if answer == "side" else -1)
    left = tie._replace(members=tuple(it for it in tie.members if it.span != by.id))
    followed = following(after, [Change(tie, left), Change(by, None)])
    assert set(statuses(followed).values()) == {"settled"}
    # It hangs on what else is decided: whoever follows key by key sees so too.
    items, said = standing(followed), next(it for it in standing(followed) if it.difference.words == "said")
    other = decide(followed, said, "own", own=(Content("claim", cue.fragments),))
    assert standing_again(items, followed, other, compared(other)) == standing(other)
    assert [it.loose for it in items if quote.id in it.difference.ids] == [True]
    loose = following(after, [Change(tie, None)])
    assert statuses(loose)[QUOTE] == "settled"  # as one who has no ties there
    other = following(followed, [Change(left, left._replace(no_source=True))])
    assert statuses(other)[QUOTE] == "outdated"


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
    # Nor is one unheard of what is still discussed.
    discussed = decide(fewer, only(fewer, "label"), "discuss")._replace(sides=three.sides)
    assert (only(discussed, "label").status, only(discussed, "label").unheard) == ("discussed", ())
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
