"""What is told of a decision: the outcome for one's own span, and nothing where it is what one had."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.change import Decision
from annotator.domain.corrections import ADDED, BESIDE, CHANGED, KEPT, OUTCOMES, REFUSED, Correction, read, written
from annotator.domain.sides import ANSWER
from annotator.jobs import corrections
from annotator.review.corrections import changes
from annotator.review.decide import Content, Verdict
from annotator.review.standing import Item
from annotator.storage import corrections as stored
from tests.correcting import LISA, MARIA, Team
from tests.review import ground

LISAS, MARIAS = 0, 1


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path, articles=2)


def one_of(team: Team, kind: str, absent: int = -1) -> Item:
    """An open difference of a kind; where somebody is absent, which side."""
    return next(
        it for it in team.open()
        if it.difference.kind == kind and (absent < 0 or it.difference.alike[absent] == -1)
    )  # fmt: skip


def told(team: Team) -> dict[str, Correction]:
    corrections.tell(team.rita, [LISA.id])
    store = team.rita.store
    return {one.correction.decision: one.correction for one in stored.corrections(store, LISA.id)}


def test_each_outcome(team: Team) -> None:
    missed = one_of(team, "missed", LISAS)
    team.decide(missed, Verdict("side", side=MARIAS, reason="there is one"))
    alone = one_of(team, "missed", MARIAS)
    team.decide(alone, Verdict("none"))
    label = one_of(team, "boundary")
    team.decide(label, Verdict("side", side=MARIAS))
    field = one_of(team, "field")
    team.decide(field, Verdict("own", value="feature"))
    found = told(team)
    assert {id: one.outcome for id, one in found.items()} == {
        missed.id: ADDED, alone.id: REFUSED, label.id: CHANGED, field.id: CHANGED if found[field.id].old else ADDED,
    }  # fmt: skip
    assert (found[missed.id].was, found[missed.id].reason) == (None, "there is one")
    assert found[alone.id].became == ()
    span = label.difference.spans[MARIAS]
    assert span is not None
    assert found[label.id].became[0].fragments == span.fragments
    assert found[field.id].new == "feature"


def test_what_stays_as_it_was_is_not_told(team: Team) -> None:
    team.decide(one_of(team, "boundary"), Verdict("side", side=LISAS))
    team.decide(one_of(team, "missed", LISAS), Verdict("none"))
    team.decide(one_of(team, "missed", LISAS), Verdict("discuss"))
    assert told(team) == {}


def test_that_the_text_names_no_source_is_told() -> None:
    quote, other = ground.span(0, "quote", ground.QUOTE), ground.span(1, "quote", ground.QUOTE)
    tie = ground.group(1, other, no_source=True)
    before = ground.ground(ground.side(0, quote), ground.side(1, other, ties=[tie]))
    after = ground.decide(before, ground.only(before, "link"), "side", 1)
    for number, (had, has) in enumerate((((), ("attribution",)), (("attribution",), ()))):
        if number:
            after = ground.decide(after, ground.only(after, "link"), "side", 0)
        (change,) = changes(after._replace(sides=(after.sides[number],)), ground.PEOPLE[number].id, {})
        assert isinstance(change.after, Decision)
        one = read(change.after)
        assert one is not None
        assert one.was is not None
        assert (one.outcome, one.was.sourceless, one.became[0].sourceless) == (CHANGED, had, has)
        assert changes(after._replace(sides=(after.sides[1 - number],)), ground.PEOPLE[1 - number].id, {}) == ()


def test_what_comes_beside_mine_tells_what_it_hangs_on() -> None:
    """The head may have been taken over before, when nothing stood there yet."""
    mine, other = ground.span(0, "source", "Mayor Łucja"), ground.span(1, "source", "Mayor Łucja Ødegård")
    quotes = [ground.span(n, "quote", ground.QUOTE) for n in (0, 1)]
    tie = ground.group(1, quotes[1], ("source", other))
    after = ground.ground(ground.side(0, mine, quotes[0]), ground.side(1, other, quotes[1], ties=[tie]))
    after = ground.decide(after, ground.only(after, "link"), "side", 1)
    after = ground.decide(after, ground.only(after, "boundary"), "both")
    told = [read(one.after) for one in changes(after._replace(sides=after.sides[:1]), ground.PEOPLE[0].id, {})
            if isinstance(one.after, Decision)]  # fmt: skip
    (one,) = [it for it in told if it is not None and it.outcome == BESIDE]
    links = {piece.fragments: piece.links for piece in one.became}
    assert links == {mine.fragments: (), other.fragments: (("<attribution/source", quotes[0].fragments),)}


def test_both_tells_what_stands_beside(team: Team) -> None:
    item = one_of(team, "boundary")
    team.decide(item, Verdict("both"))
    one = told(team)[item.id]
    assert (one.outcome, len(one.became)) == (BESIDE, 2)


def test_what_was_told_otherwise_stands_after_all(team: Team) -> None:
    item = one_of(team, "boundary")
    span = item.difference.spans[LISAS]
    assert span is not None
    team.decide(item, Verdict("own", own=(Content("claim", span.fragments),)))
    assert told(team)[item.id].outcome == CHANGED
    again = next(it for it in team.everything() if it.id == item.id)
    team.decide(again, Verdict("side", side=LISAS))
    assert told(team)[item.id].outcome == KEPT
    assert told(team)[item.id].outcome == KEPT
    team.take_back(next(it for it in team.everything() if it.id == item.id))
    assert told(team) == {}


def test_each_is_told_their_own_only(team: Team) -> None:
    item = one_of(team, "missed", LISAS)
    team.decide(item, Verdict("side", side=MARIAS))
    corrections.tell(team.rita, [LISA.id, MARIA.id])
    store = team.rita.store
    assert [one.correction.to for one in stored.corrections(store, LISA.id)] == [LISA.id]
    assert stored.corrections(store, MARIA.id) == []


def test_telling_twice_says_nothing_new_and_undo_takes_it_back(team: Team) -> None:
    item = one_of(team, "missed", LISAS)
    team.decide(item, Verdict("side", side=MARIAS))
    assert corrections.tell(team.rita, [LISA.id]) == 1
    assert corrections.tell(team.rita, [LISA.id]) == 0
    team.rita.undo()
    assert stored.corrections(team.rita.store, LISA.id) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("to", "decision", "at", "by", "reason", "span", "was", "became", "field", "old", "new", "revision",
        "contested", "names")  # fmt: skip


@given(data=st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, JSON)), outcome=st.sampled_from((*OUTCOMES, "x", 1)))
def test_what_nobody_would_write_is_passed_over(data: dict[str, object], outcome: object) -> None:
    value = Decision("id", "article", "layer", {"about": "correction", "outcome": outcome, **data})
    one = read(value)
    if one is not None:
        again = read(written(one))
        assert again is not None
        assert (again.outcome, again.place, again.was, again.became) == (one.outcome, one.place, one.was, one.became)
    assert read(Decision("id", "article", "layer", {**data, "about": ANSWER})) is None
