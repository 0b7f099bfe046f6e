"""What a reviewer decides and an annotator answers; each action is a function that returns a Step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.domain.article import Annotator, Layer
from annotator.domain.change import Change, Decision, Step
from annotator.domain.errors import UserError
from annotator.domain.ids import answer_id
from annotator.domain.layerref import consensus_layer
from annotator.domain.sides import ANSWER, Ground
from annotator.i18n import _, later
from annotator.review import decide as deciding
from annotator.review.decide import Verdict
from annotator.review.standing import ACCEPTED, CONTESTED, Item

DECIDED = later("Settle a difference")
ALIKE = later("Settle differences that are alike")
DISCUSSED = later("Leave a difference for discussion")
TAKEN_BACK = later("Take a decision back")
TAKEN_OVER = later("Take over what agrees")
MADE = later("Make the consensus")
_ANSWERED = {ACCEPTED: later("Accept a decision"), CONTESTED: later("Contest a decision")}


def decide(ground: Ground, item: Item, verdict: Verdict, reviewer: Annotator, now: str, scheme_version: int) -> Step:
    """Decide a difference of the article under review. Raises UserError where the verdict does not fit it."""
    title = DISCUSSED if verdict.answer == deciding.DISCUSS else DECIDED
    return Step(title, deciding.decided(ground, [(item, verdict)], reviewer, now, scheme_version))


def decide_all(
    grounds: Iterable[tuple[Ground, Sequence[tuple[Item, Verdict]]]],
    reviewer: Annotator,
    now: str,
    scheme_version: int,
    title: str = ALIKE,
) -> Step:
    """Decide differences of several articles in one step. Raises as `decide`, and where there is none."""
    changes = [
        change
        for ground, verdicts in grounds
        for change in deciding.decided(ground, verdicts, reviewer, now, scheme_version)
    ]
    if not changes:
        raise UserError(_("There is nothing to decide."))
    return Step(title, tuple(changes))


def undecide(ground: Ground, items: Sequence[Item]) -> Step:
    """Take decisions back, with what they made of the consensus. Raises UserError where nothing is decided."""
    return Step(TAKEN_BACK, deciding.taken_back(ground, items))


def give_reason(ground: Ground, item: Item, reason: str) -> Step:
    """Say why something was decided, after it was. Raises UserError where nothing is decided or it says so already."""
    decision = item.decision
    if decision is None:
        raise UserError(_("Nothing is decided here yet."))
    if str(decision.data.get("reason", "")) == reason.strip():
        raise UserError(_("The reason says that already."))
    after = decision._replace(data={**decision.data, "reason": reason.strip()})
    return Step(later("Give the reason of a decision"), (Change(decision, after),), f"reason {decision.id}")


def answer(
    decision: str, article: str, at: str, before: Decision | None, layer: str, me: Annotator, says: str, reason: str,
    now: str,
) -> Step:  # fmt: skip
    """Answer a decision (its id) about spans of mine, made at a moment: accept or contest it.

    `layer` is the id of my layer, `before` what I answered so far, to whichever of its versions (`answered`). Raises
    UserError for a contest without a reason.
    """
    if says not in _ANSWERED:
        raise ValueError(says)
    if says == CONTESTED and not reason.strip():
        raise UserError(_("Say why, so that the reviewer can look at it again."))
    data = {
        "about": ANSWER, "decision": decision, "of": at, "says": says, "reason": reason.strip(), "at": now, "by": me.id,
    }  # fmt: skip
    after = Decision(answer_id(decision, me.id), article, layer, data)
    return Step(_ANSWERED[says], (Change(before, after),))


def answered(decisions: Iterable[Decision], decision: str, me: Annotator) -> Decision | None:
    """Return what I answered to a decision (its id), to whichever of its versions, among all of an article."""
    id = answer_id(decision, me.id)
    return next((one for one in decisions if one.id == id), None)


def finish(article: str, layer: Layer | None, *, done: bool) -> Step | None:
    """Set the state of an article's consensus layer (None: there is none yet); None where it is so already.

    One that is not done is left as it is, unless it says it were.
    """
    if layer is None:
        return Step(MADE, (Change(None, consensus_layer(article)._replace(state="done")),)) if done else None
    state = "done" if done else "started" if layer.state == "done" else layer.state
    return None if state == layer.state else Step(MADE, (Change(layer, layer._replace(state=state)),))
