"""What a rule takes over, and what it leaves to a person."""

from __future__ import annotations

import pytest

from annotator.domain.errors import UserError
from annotator.domain.sides import Ground
from annotator.review.standing import OUTDATED, standing
from annotator.review.takeover import Rule, majority, verdict
from tests.review.ground import LONGER, at, boundary, decide, edited, ground, only, side, span, statuses


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


def test_what_two_decided_differently_no_rule_settles() -> None:
    after = decide(boundary(), only(boundary(), "boundary"), "side", 1)
    corrected = edited(after, after.sides[0].spans[0], fragments=(at(LONGER),))
    (item,) = standing(corrected)
    assert item.decision is not None
    outdated = item._replace(status=OUTDATED)
    assert verdict(outdated, Rule(), corrected.refs) is not None
    assert verdict(outdated._replace(others=(item.decision,)), Rule(), corrected.refs) is None
