"""What a decision says of itself: which spans it names and made, and what became of them. Any file may bring one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from annotator.domain.change import Decision
from annotator.domain.sides import Ground
from annotator.domain.span import Span


class _Said(NamedTuple):
    """What was read of a decision's data, which is what any file may have brought."""

    data: Mapping[str, Any]
    named: dict[str, dict[str, str]]
    made: tuple[str, ...]


_read: dict[str, _Said] = {}
"""By id: with every key all decisions of an article are looked at, and all but one are as they were."""
_MOST = 20_000


def _said(decision: Decision) -> _Said:
    known = _read.get(decision.id)
    if known is None or known.data is not decision.data:
        if len(_read) >= _MOST:
            _read.clear()
        known = _read[decision.id] = _Said(decision.data, _named(decision), _made(decision))
    return known


def named(decision: Decision) -> dict[str, dict[str, str]]:
    """Return the spans that a decision names: by layer (its id), marks by span (id)."""
    return _said(decision).named


def made(decision: Decision) -> tuple[str, ...]:
    """Return the ids of the consensus spans that a decision made."""
    return _said(decision).made


def became(decisions: Iterable[Decision], there: Mapping[str, Span]) -> dict[str, str]:
    """Return which span (id) of an article's consensus, whose spans are `there` by id, stands for which of the sides.

    What nothing is decided about, and what nothing belongs to, is not among them.
    """
    found: dict[str, str] = {}
    for decision in decisions:
        spans = [there[id] for id in made(decision) if id in there]
        if not spans:
            continue
        for marks in named(decision).values():
            found.update(dict.fromkeys(marks, spans[0].id))
        for span in reversed(spans):
            since = span.extra.get("from")
            found.update({str(id): span.id for id in (since if isinstance(since, list | tuple) else ())})
    return found


def _named(decision: Decision) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for side in sides_of(decision):
        spans = side.get("spans")
        pairs = spans if isinstance(spans, list | tuple) else ()
        found[str(side.get("layer", ""))] = {
            str(it[0]): str(it[1]) for it in pairs if isinstance(it, list | tuple) and len(it) == 2
        }
    return found


def _made(decision: Decision) -> tuple[str, ...]:
    ids = decision.data.get("made")
    return tuple(str(id) for id in ids) if isinstance(ids, list | tuple) else ()


def sides_of(decision: Decision) -> list[Mapping[str, Any]]:
    """Return what a decision says of each side it was made about; a colleague's program may have written others."""
    sides = decision.data.get("sides")
    return [side for side in sides if isinstance(side, Mapping)] if isinstance(sides, list | tuple) else []


def strays(ground: Ground) -> dict[str, list[str]]:
    """Return spans (ids) of the consensus that their decision (by its id) does not know, or that have none any more.

    They come of merges: of two reviewers who decided the same, one wins, but both made spans.
    """
    known = {one.id: one for one in ground.decisions}
    found: dict[str, list[str]] = {}
    for span in ground.consensus.spans:
        id = str(span.extra.get("decision", ""))
        if id and not (id in known and span.id in made(known[id])):
            found.setdefault(id, []).append(span.id)
    return found
