"""Why a decision does not hold any more: each way in which a span becomes another, and nothing else, is told."""

from __future__ import annotations

from annotator.domain.change import Change
from annotator.review.since import CHANGED, GONE, NEW, OTHERWISE, Since, since
from annotator.review.standing import OUTDATED, Item, standing
from tests.review.ground import decide, following, ground, only, side, span

LONG, SHORT = ("Mayor Łucja Ødegård", "Łucja Ødegård")
ANA, BO = span(0, "source", LONG), span(1, "source", SHORT)
DECIDED = decide(ground(side(0, ANA), side(1, BO)), only(ground(side(0, ANA), side(1, BO)), "boundary"), "side", 0)


def told(*changes: Change) -> list[Since]:
    """What is said of the outdated decision after these changes."""
    after = following(DECIDED, changes)
    items: list[Item] = [it for it in standing(after) if it.status == OUTDATED]
    assert items
    return since(items[0], after)


def test_nothing_became_another() -> None:
    assert since(standing(DECIDED)[0], DECIDED) == []


def test_a_span_was_changed() -> None:
    now = BO._replace(label="claim", updated="2026-12-01T10:00:00Z")
    assert told(Change(BO, now)) == [Since(CHANGED, 1, BO.id, SHORT, "2026-12-01T10:00:00Z")]


def test_a_span_is_gone() -> None:
    assert told(Change(BO, None)) == [Since(GONE, 1, BO.id)]


def test_a_span_that_stands_with_others_now_is_told_only_where_it_is_another() -> None:
    away = ANA._replace(fragments=span(0, "source", "Harbour chief").fragments)
    assert told(Change(ANA, away)) == [Since(CHANGED, 0, ANA.id, "Harbour chief")]


def test_another_span_took_its_place() -> None:
    fresh = span(1, "source", "Mayor Łucja")
    assert told(Change(BO, None), Change(None, fresh)) == [
        Since(GONE, 1, BO.id), Since(NEW, 1, fresh.id, "Mayor Łucja"),
    ]  # fmt: skip


def test_a_field_is_judged_otherwise() -> None:
    before = ground(side(0, genre="analysis"), side(1, genre="opinion"))
    done = decide(before, only(before, "field"), "side", 0)
    layer = done.sides[1].layer
    assert layer is not None
    after = following(done, [Change(layer, layer._replace(fields={"genre": "interview"}))])
    (item,) = standing(after)
    assert item.status == OUTDATED
    assert since(item, after) == [Since(OTHERWISE, 1, layer.id)]


def test_who_judges_a_field_as_was_decided_is_not_told() -> None:
    before = ground(side(0, genre="analysis"), side(1, genre="opinion"), side(2, genre="interview"))
    done = decide(before, only(before, "field"), "side", 0)
    follows, other = done.sides[1].layer, done.sides[2].layer
    assert follows is not None
    assert other is not None
    after = following(done, [
        Change(follows, follows._replace(fields={"genre": "analysis"})),
        Change(other, other._replace(fields={"genre": "satire"})),
    ])  # fmt: skip
    (item,) = standing(after)
    assert since(item, after) == [Since(OTHERWISE, 2, other.id)]
