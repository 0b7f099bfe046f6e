"""What an annotator is told of a reviewer's decision about their spans: what they had, what it became, by whom, why.

A value of its own beside the decision, which names the spans of everybody: this one holds nothing of the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from annotator.domain.change import Decision
from annotator.domain.errors import BadSpan
from annotator.domain.free import NOTHING, Free
from annotator.domain.ids import correction_id
from annotator.domain.sides import CORRECTION
from annotator.domain.span import Fragments, joined

CHANGED, REFUSED, ADDED, BESIDE, KEPT = "changed", "refused", "added", "beside", "kept"
OUTCOMES = (CHANGED, REFUSED, ADDED, BESIDE, KEPT)
"""Mine became another; nothing belongs there; I had nothing there; mine stands and another beside it; mine stands after
all, which is told where I had heard otherwise."""

Link = tuple[str, Fragments]
"""What a span is tied by (a kind and a role, or a kind of relation), and where the other end stands; with TURNED before
it the tie belongs to the other end: that is the head of the group, or where the relation begins."""
TURNED = "<"


class Piece(NamedTuple):
    """A span as it is told: label (id), fragments in code points, attributes, what it is tied to.

    `sourceless` are the kinds of groups (ids) that it heads and of which it is said that the text names no source.
    """

    label: str
    fragments: Fragments
    attributes: Free = NOTHING
    links: tuple[Link, ...] = ()
    sourceless: tuple[str, ...] = ()


class Correction(NamedTuple):
    """What `to` (an annotator's id) is told of a decision (its id) that was made `at` a time, `by` an annotator (id).

    `outcome` is one of OUTCOMES. `span` is the id of the span it is about, "" where there was none or it is about a
    `field` of the article, of which `old` and `new` are the values. Places are those of this `revision` of the text.
    `names` are those of entries that the attributes link to, by id; `contested` is 1 where it was decided anew after
    `to` contested it.
    """

    id: str
    article: str
    layer: str
    to: str
    decision: str
    at: str
    by: str
    outcome: str
    reason: str = ""
    span: str = ""
    was: Piece | None = None
    became: tuple[Piece, ...] = ()
    field: str = ""
    old: Any = None
    new: Any = None
    revision: int = 1
    contested: int = 0
    names: Free = NOTHING

    @property
    def place(self) -> int:
        """Where it stands in the text, in code points; fields stand behind all spans."""
        pieces = [*([self.was] if self.was is not None else []), *self.became]
        return min((piece.fragments[0][0] for piece in pieces), default=1 << 60)


def turned(name: str) -> tuple[str, bool]:
    """Return the name of a link without TURNED, and whether it had it."""
    return name.removeprefix(TURNED), name.startswith(TURNED)


def written(one: Correction) -> Decision:
    """Return the value that stands in the journal."""
    data: dict[str, Any] = {
        "about": CORRECTION, "to": one.to, "decision": one.decision, "at": one.at, "by": one.by,
        "outcome": one.outcome, "reason": one.reason, "revision": one.revision,
    }  # fmt: skip
    if one.field:
        data |= {"field": one.field, "old": one.old, "new": one.new}
    else:
        data |= {"span": one.span, "was": _said(one.was), "became": [_said(piece) for piece in one.became]}
    if one.contested:
        data["contested"] = one.contested
    if one.names:
        data["names"] = dict(one.names)
    return Decision(correction_id(one.decision, one.to), one.article, one.layer, data)


def _said(piece: Piece | None) -> dict[str, Any] | None:
    if piece is None:
        return None
    said: dict[str, Any] = {"label": piece.label, "fragments": [list(it) for it in piece.fragments]}
    if piece.attributes:
        said["attributes"] = dict(piece.attributes)
    if piece.links:
        said["links"] = [[name, [list(it) for it in fragments]] for name, fragments in piece.links]
    if piece.sourceless:
        said["no_source"] = list(piece.sourceless)
    return said


def read(value: Decision) -> Correction | None:
    """Return what a value tells, None where it is no correction, or one that cannot be understood."""
    data = value.data
    if data.get("about") != CORRECTION or data.get("outcome") not in OUTCOMES:
        return None
    try:
        was, became = data.get("was"), data.get("became") or ()
        names, count = data.get("names") or {}, data.get("contested", 0)
        if not isinstance(names, Mapping) or not isinstance(became, list | tuple):
            return None
        return Correction(
            value.id, value.article, value.layer, str(data["to"]), str(data["decision"]), str(data["at"]),
            str(data.get("by", "")), str(data["outcome"]), str(data.get("reason", "")), str(data.get("span") or ""),
            None if was is None else _piece(was), tuple(_piece(it) for it in became), str(data.get("field", "")),
            data.get("old"), data.get("new"), int(data.get("revision", 1)), count if isinstance(count, int) else 0,
            {str(key): str(name) for key, name in names.items()},
        )  # fmt: skip
    except (AttributeError, BadSpan, LookupError, TypeError, ValueError):
        return None  # nobody's program writes such a thing


def _piece(said: Mapping[str, Any]) -> Piece:
    links = tuple((str(name), _fragments(places)) for name, places in said.get("links") or ())
    attributes = said.get("attributes") or NOTHING
    sourceless = said.get("no_source") or ()
    if not isinstance(attributes, Mapping) or not isinstance(sourceless, list | tuple):
        raise TypeError
    return Piece(str(said["label"]), _fragments(said["fragments"]), attributes, links, tuple(map(str, sourceless)))


def _fragments(said: Any) -> Fragments:
    return joined(tuple((int(start), int(end)) for start, end in said))
