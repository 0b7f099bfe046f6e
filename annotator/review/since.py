"""What became another since a decision: why it does not hold any more, span by span."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.sides import Ground
from annotator.domain.span import Span, quoted
from annotator.review.differences import mark, tied, value_mark
from annotator.review.recorded import named, sides_of
from annotator.review.standing import Item

CHANGED, GONE, NEW, OTHERWISE = "changed", "gone", "new", "otherwise"


class Since(NamedTuple):
    """`what` became of one span (`entity`, its id) of a side (its number); `words` are those it stands on now.

    OTHERWISE is said of a field of the article: then the entity is the layer.
    """

    what: str
    side: int
    entity: str
    words: str = ""
    at: str = ""
    """When the span itself says it was changed, "" where it does not."""


def since(item: Item, ground: Ground) -> list[Since]:
    """Return what of a difference is other than it was decided about; none where the spans are as they were."""
    decision, one = item.decision, item.difference
    if decision is None:
        return []
    if one.field:
        before = {str(it.get("layer", "")): it.get("mark") for it in sides_of(decision)}
        made = ground.consensus.layer
        settled = value_mark(made.fields.get(one.field) if made is not None else None)
        return [
            Since(OTHERWISE, n, layer.id)
            for n in one.present
            if (layer := ground.sides[n].layer) is not None and one.marks[n] not in (before.get(layer.id), settled)
        ]
    known, found = named(decision), list[Since]()
    for n in one.present:
        side, span = ground.sides[n], one.spans[n]
        if side.layer is None or side.layer.id not in known:
            continue
        marks, ties = known[side.layer.id], tied(side, ground.scheme)
        there = {it.id: it for it in side.spans if it.id in marks}
        for id, then in marks.items():
            if id not in there:
                found.append(Since(GONE, n, id))
            elif mark(there[id], ties.get(id, ())) != then:
                found.append(_told(CHANGED, n, there[id], ground.text))
        if span is not None and span.id not in marks:
            found.append(_told(NEW, n, span, ground.text))
    return found


def _told(what: str, side: int, span: Span, text: str) -> Since:
    return Since(what, side, span.id, quoted(text, span.fragments), span.updated or span.created)
