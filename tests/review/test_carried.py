"""Decisions follow a change of the scheme: they name what became of their spans, as long as nothing of it is lost."""

from __future__ import annotations

from annotator.domain.change import Change
from annotator.domain.sides import Ground
from annotator.review.carried import carried
from annotator.review.recorded import named
from tests.review.ground import boundary, decide, following, only


def names(before: Ground, *changes: Change) -> set[str]:
    """The spans (ids) that the only decision names once these changes are carried into it."""
    after = following(before, changes)
    sides = [(*of.sides, of.consensus) for of in (before, after)]
    found = carried(before.decisions, *sides, before.scheme, after.scheme)
    (decision,) = following(after, found).decisions if found else after.decisions
    return {id for marks in named(decision).values() for id in marks}


def test_a_span_that_is_deleted_is_named_no_more_while_another_is_left() -> None:
    done = decide(boundary(), only(boundary(), "boundary"), "side", 0)
    first, second = (of.spans[0] for of in done.sides)
    assert names(done) == {first.id, second.id}
    assert names(done, Change(second, None)) == {first.id}


def test_the_last_one_is_named_on_and_so_is_what_lost_its_span_of_the_consensus() -> None:
    done = decide(boundary(), only(boundary(), "boundary"), "side", 0)
    first, second = (of.spans[0] for of in done.sides)
    (made,) = done.consensus.spans
    assert names(done, Change(first, None), Change(second, None)) == {first.id, second.id}
    assert names(done, Change(second, None), Change(made, None)) == {first.id, second.id}


def test_what_was_outdated_stays_so() -> None:
    done = decide(boundary(), only(boundary(), "boundary"), "side", 0)
    second = done.sides[1].spans[0]
    edited = following(done, [Change(second, second._replace(label="claim"))])
    relabelled = edited.sides[1].spans[0]
    after = following(edited, [Change(relabelled, relabelled._replace(label="cue"))])
    sides = [(*of.sides, of.consensus) for of in (edited, after)]
    assert carried(edited.decisions, *sides, edited.scheme, after.scheme) == ()
