"""What a change of the scheme makes of decisions: they name what became of their spans, and hold as they did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from annotator.domain.change import Change, Decision
from annotator.domain.scheme import Scheme
from annotator.domain.sides import DIFFERENCE, Side
from annotator.review.differences import mark, tied
from annotator.review.recorded import made, named


def carried(
    decisions: Iterable[Decision], before: Sequence[Side], after: Sequence[Side], scheme: Scheme, wanted: Scheme
) -> tuple[Change, ...]:
    """Return how the decisions of an article change with its layers, all of them as they stand before and after.

    Nobody looked at these spans anew, so nothing of what was decided about them is another thing now. A span that is
    deleted is not named any more, as long as others are and all that was made of them stays. What was outdated before
    stays so.
    """
    decisions = [one for one in decisions if one.data.get("about") == DIFFERENCE]
    ids = {id for one in decisions for marks in named(one).values() for id in marks}
    then, now = _marks(before, scheme, ids), _marks(after, wanted, ids)
    there = {span.id for side in after for span in side.spans}
    found = []
    for one in decisions:
        left = any(id in there for marks in named(one).values() for id in marks)
        forgets = left and all(id in there for id in made(one))
        sides = [_side(side, then, now, forgets=forgets) for side in _sides(one)]
        if sides != _sides(one):
            found.append(Change(one, one._replace(data={**one.data, "sides": sides})))
    return tuple(found)


def _marks(sides: Iterable[Side], scheme: Scheme, ids: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for side in sides:
        ties = tied(side, scheme)
        found.update((span.id, mark(span, ties.get(span.id, ()))) for span in side.spans if span.id in ids)
    return found


def _sides(decision: Decision) -> list[Any]:
    sides = decision.data.get("sides")
    return list(sides) if isinstance(sides, list | tuple) else []


def _side(side: Any, then: Mapping[str, str], now: Mapping[str, str], *, forgets: bool) -> Any:
    spans = side.get("spans") if isinstance(side, Mapping) else None
    if not isinstance(spans, list | tuple):
        return side
    kept = []
    for pair in spans:
        id, known = pair if isinstance(pair, list | tuple) and len(pair) == 2 else ("", "")
        if not id or then.get(str(id)) != known:
            kept.append(pair)
        elif str(id) in now:
            kept.append([id, now[str(id)]])
        elif not forgets:
            kept.append(pair)
    return {**side, "spans": kept}
