"""Settling what one person changed on two machines: what stands is kept, the other taken, or both are."""

from __future__ import annotations

from annotator.domain.change import Change, Decision, Step, Value
from annotator.domain.errors import UserError
from annotator.domain.relation import Group, Relation
from annotator.domain.span import Span
from annotator.i18n import _, later

SETTLED = later("Settle what was changed on two machines")


def settle(
    decision: str, steps: tuple[str, ...], stands: Value | None, other: Value | None, chosen: str,
    hanging: tuple[Change, ...] = (), second: str = "",
) -> Step:  # fmt: skip
    """Return the step that settles one fork by a decision (its new id) about these steps (ids).

    `stands` and `other` are the two values (None: deleted); `chosen` is stands, other or both, the last of which puts
    the other in beside the first under a new id (`second`). `hanging` is what has to change where what stands is
    deleted. Raises UserError where both cannot be kept.
    """
    value = stands if stands is not None else other
    if value is None:
        raise UserError(_("It is deleted on both machines: there is nothing to settle."))
    changes: list[Change] = []
    if chosen == "other":
        changes += [*(hanging if other is None else ()), Change(stands, other)]
    elif chosen == "both":
        if not can_be_both(stands, other):
            raise UserError(_("Both cannot be kept here: keep one of them."))
        changes.append(Change(None, other._replace(id=second)))  # type: ignore[union-attr]
    data = {"about": "fork", "entity": value.id, "steps": list(steps), "kept": chosen}
    layer = value.layer if isinstance(value, Span | Relation | Group) else value.id
    article = getattr(value, "article", "")
    return Step(SETTLED, (*changes, Change(None, Decision(decision, article, layer, data))))


def can_be_both(stands: Value | None, other: Value | None) -> bool:
    """Whether the two can stand beside one another: spans and relations can, a layer is one."""
    return isinstance(stands, Span | Relation) and isinstance(other, Span | Relation)
