"""What was changed on two machines is settled: one value, the other, or both; with a decision that says so."""

from __future__ import annotations

from typing import Any

from annotator.domain import ids
from annotator.domain.article import Annotator, Layer
from annotator.domain.change import Change, Decision, Step, Value
from annotator.domain.errors import UserError
from annotator.domain.span import Span
from annotator.i18n import _, later
from annotator.storage.forks import ABOUT, Twofold

_TITLE = later("Two versions settled")


def keep(one: Twofold, me: Annotator, new_id: ids.IdSource = ids.uuid7) -> Step:
    """Leave what stands."""
    return Step(_TITLE, (_decided(one, me, new_id),))


def take_other(one: Twofold, me: Annotator, new_id: ids.IdSource = ids.uuid7, hanging: tuple[Change, ...] = ()) -> Step:
    """Let the other version stand instead; `hanging` is what has to change where that is a deletion.

    Raises UserError where nothing of it can stand here.
    """
    if one.stands is None and one.other is None:
        return keep(one, me, new_id)
    tied = hanging if one.other is None else ()
    return Step(_TITLE, (*tied, Change(one.stands, one.other), _decided(one, me, new_id)))


def keep_both(one: Twofold, me: Annotator, new_id: ids.IdSource = ids.uuid7) -> Step:
    """Let the other version stand beside what stands, as a span of its own. Raises UserError for what cannot be two."""
    if not isinstance(one.other, Span):
        raise UserError(_("Only a span can be kept twice."))
    return Step(_TITLE, (Change(None, one.other._replace(id=new_id())), _decided(one, me, new_id)))


def can_be_both(one: Twofold) -> bool:
    """Whether `keep_both` is possible."""
    return isinstance(one.other, Span) and isinstance(one.stands, Span)


def _decided(one: Twofold, me: Annotator, new_id: ids.IdSource) -> Change:
    data: dict[str, Any] = {
        "about": ABOUT, "entity": one.fork.entity, "steps": [one.fork.step], "by": me.id, "at": one.other_at,
    }  # fmt: skip
    return Change(None, Decision(new_id(), one.fork.article, _layer(one), data))


def _layer(one: Twofold) -> str:
    value: Value | None = one.stands if one.stands is not None else one.other
    if value is None:
        return ""
    return value.id if isinstance(value, Layer) else str(getattr(value, "layer", ""))
