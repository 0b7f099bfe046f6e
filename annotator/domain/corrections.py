"""What an annotator is told of a decision about their spans: what became of them and why, nothing of other people.

What is told is a `Decision` of its own (`about` CORRECTION), so that it never stands against the whole one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from annotator.domain.change import Decision
from annotator.domain.ids import correction_id
from annotator.domain.sides import ANSWER, DIFFERENCE
from annotator.domain.span import Fragments, Span

CORRECTION = "correction"
KEPT, CHANGED, REFUSED, ADDED, DISCUSSED = OUTCOMES = "kept", "changed", "refused", "added", "discussed"
"""Of an annotator's spans: as they were; otherwise; not at all; where they had none; not decided yet."""
_TOLD = ("kind", "answer", "reason", "by", "at", "contested", "field", "gone")


class Became(NamedTuple):
    """A span as the consensus has it; fragments in code points."""

    label: str
    fragments: Fragments
    attributes: Mapping[str, Any]


class Correction(NamedTuple):
    """A decision as it concerns an annotator: their `spans` now and what `became` of them, `outcome` of OUTCOMES.

    `decision` is the id of the reviewer's, `at` the moment that an answer is to. Of a field `field` is its id and
    `value` what the consensus says. `answer` is what the annotator said to it as it is now, None for nothing yet.
    """

    decision: str
    article: str
    kind: str
    outcome: str
    spans: tuple[Span, ...]
    became: tuple[Became, ...]
    reason: str
    by: str
    at: str
    field: str = ""
    value: Any = None
    answer: Decision | None = None


def told(id: str, article: str, data: Mapping[str, Any], annotator: str, made: Mapping[str, Any],
         fields: Mapping[str, Any]) -> dict[str, Any] | None:  # fmt: skip
    """Return the decision (its id and data) as an annotator is told it, by fields of a Decision; None for nothing.

    `made` are the consensus spans that the same step made, by id, as [label, fragments, attributes], and `fields` what
    the consensus says of the article then. An annotator's own answer is told as it is.
    """
    if data.get("about") == ANSWER:
        mine = data.get("by") == annotator
        return {"id": id, "article": article, "layer": "", "data": dict(data)} if mine else None
    sides = [side for side in _list(data.get("sides")) if isinstance(side, Mapping) and side.get("owner") == annotator]
    if data.get("about") != DIFFERENCE or not sides:
        return None
    kept = {key: data[key] for key in _TOLD if key in data}
    became = [made[one] for one in _list(data.get("made")) if one in made]
    cut = {"about": CORRECTION, "decision": id, **kept, "sides": [dict(side) for side in sides], "became": became}
    if "field" in data:
        cut["value"] = fields.get(str(data["field"]))
    return {"id": correction_id(id, annotator), "article": article, "layer": "", "data": cut}


def correction(
    decision: Decision, annotator: str, spans: Mapping[str, Span], fields: Mapping[str, Mapping[str, Any]],
    answers: Sequence[Decision], made: Sequence[Became] = (), value: object = None,
) -> Correction | None:  # fmt: skip
    """Return what a decision, whole or as it is told, says to an annotator; None where it does not concern them.

    `spans` are theirs by id, `fields` what they say of the article by layer (its id), `answers` those to any decision;
    of a whole one `made` is what stands in the consensus, or `value` of the field.
    """
    data = decision.data
    sides = [side for side in _list(data.get("sides")) if isinstance(side, Mapping) and side.get("owner") == annotator]
    if not sides or data.get("about") not in (DIFFERENCE, CORRECTION):
        return None
    whole = data.get("about") == DIFFERENCE
    became = tuple(made) if whole else tuple(filter(None, map(_became, _list(data.get("became")))))
    named = [str(pair[0]) for side in sides for pair in _list(side.get("spans")) if _list(pair)]
    mine = tuple(spans[id] for id in named if id in spans)
    id, at = decision.id if whole else str(data.get("decision", "")), str(data.get("at", ""))
    field = str(data.get("field", ""))
    mine_said = (
        one for one in answers
        if one.data.get("decision") == id and one.data.get("of") == at and one.data.get("by") == annotator
    )  # fmt: skip
    value = value if whole else data.get("value")
    if data.get("answer") == "discuss":
        outcome = DISCUSSED
    elif field:
        outcome = _of_field([fields.get(str(side.get("layer", "")), {}).get(field) for side in sides], value)
    else:
        outcome = _outcome(mine, bool(named), became)
    return Correction(
        id, decision.article, str(data.get("kind", "")), outcome, mine, became, str(data.get("reason", "")),
        str(data.get("by", "")), at, field, value, next(mine_said, None),
    )  # fmt: skip


def _of_field(said: Sequence[object], value: object) -> str:
    if value in said:
        return KEPT
    return REFUSED if value is None else ADDED if not any(said) else CHANGED


def _outcome(mine: Sequence[Span], had: bool, became: Sequence[Became]) -> str:
    if not became:
        return REFUSED if had else KEPT
    if not had:
        return ADDED
    same = [(one.label, one.fragments, dict(one.attributes)) for one in became]
    return KEPT if [(one.label, one.fragments, dict(one.attributes)) for one in mine] == same else CHANGED


def _became(item: object) -> Became | None:
    values = _list(item)
    if len(values) != 3 or not isinstance(values[2], Mapping):
        return None
    pieces = tuple((int(start), int(end)) for start, end in _list(values[1]))
    return Became(str(values[0]), pieces, values[2]) if pieces else None


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []
