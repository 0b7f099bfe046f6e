"""What the machine of review looks at by itself: what stands in a difference, and a recount of the queue."""

from __future__ import annotations

from annotator.domain.article import own_layer
from annotator.domain.change import Decision
from annotator.domain.sides import Ground
from annotator.domain.span import Span
from annotator.jobs.review import Queue
from annotator.review.filter import Filter
from annotator.review.recorded import named
from annotator.review.standing import Item
from tests.jobs.reviewed import PEOPLE

SIDES = 3
ANY = Filter(frozenset())


def content(span: Span) -> tuple[object, ...]:
    """What a span says, whether or not the scheme gave its label up for another."""
    return "claim" if span.label == "source" else span.label, span.fragments


def contents(item: Item) -> dict[str, tuple[object, ...]]:
    """What stands on the sides of a difference, by span."""
    return {it.id: content(it) for it in item.difference.spans if it is not None}


def about_these(ground: Ground) -> set[str]:
    """The decisions (ids) that are a matter of the compared readings: not those about spans of others alone."""
    layers = {side.layer.id for side in ground.sides if side.layer is not None}
    return {
        one.id for one in ground.decisions
        if "field" in one.data or not any(named(one).values())
        or any(marks and layer in layers for layer, marks in named(one).items())
    }  # fmt: skip


def unseen(decision: Decision, compared: int) -> set[str]:
    """The spans that a decision names in readings that are not compared now: of so many the first are."""
    layers = {own_layer(decision.article, one.id).id for one in PEOPLE[compared:SIDES]}
    return {id for layer, marks in named(decision).items() if layer in layers for id in marks}


def counted(queue: Queue) -> dict[str, int]:
    """How many there are of each status, one by one."""
    found = dict.fromkeys(queue.counts(), 0)
    for id in queue.articles:
        for item in queue.of(id):
            found[item.status] += 1
    return found
