"""Which differences need nobody to decide them, by a rule that is told: all agree, a majority, a trusted annotator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.layerref import LayerRef
from annotator.i18n import _
from annotator.review.decide import Verdict
from annotator.review.differences import ABSENT, AGREED, content
from annotator.review.standing import OPEN, OUTDATED, Item

ALL, MAJORITY, TRUSTED = "all", "majority", "trusted"


class Rule(NamedTuple):
    """One of ALL, MAJORITY (`least` sides say exactly the same, 2 or more) and TRUSTED (`side`, a number).

    Every rule also takes what all agree on.
    """

    kind: str = ALL
    least: int = 0
    side: int = -1

    def text(self, refs: Sequence[LayerRef]) -> str:
        """Return how a decision tells it."""
        if self.kind == MAJORITY:
            return f"{MAJORITY}:{self.least}"
        return f"{TRUSTED}:{refs[self.side].text()}" if self.kind == TRUSTED else ALL


def majority(sides: int, least: int = 0) -> Rule:
    """Return the rule that so many agree, without a number more than half of the sides. Raises UserError below 2."""
    wanted = least or sides // 2 + 1
    if not 2 <= wanted <= sides:
        raise UserError(_("A majority is 2 or more, and not more than the {number} layers.").format(number=sides))
    return Rule(MAJORITY, wanted)


def verdict(item: Item, rule: Rule, refs: Sequence[LayerRef]) -> Verdict | None:
    """Return what the rule makes of an item; None where it says nothing, or a person spoke.

    Only spans (and values of fields) are taken, never that there is nothing: where most have nothing, a person looks.
    What was decided and changed since is taken where all say now what stands in the consensus.
    """
    difference = item.difference
    if item.status == OUTDATED:
        return Verdict(AGREED, side=_first(item, 0), rule=ALL) if _corrected(item) else None
    if item.status not in (OPEN, AGREED):
        return None
    if difference.kind == AGREED:
        return Verdict(AGREED, side=_first(item, 0), rule=rule.text(refs) if rule.kind != TRUSTED else ALL)
    if rule.kind == TRUSTED and rule.side in difference.present and difference.alike[rule.side] != ABSENT:
        return Verdict(AGREED, side=rule.side, rule=rule.text(refs))
    if rule.kind == MAJORITY:
        votes = [difference.alike.count(number) for number in range(max(difference.alike, default=ABSENT) + 1)]
        enough = [number for number, count in enumerate(votes) if count >= rule.least]
        # Two against two is no majority, and two readings of three are not half of those who read the article.
        if len(enough) == 1:
            return Verdict(AGREED, side=_first(item, enough[0]), rule=rule.text(refs))
    return None


def _first(item: Item, number: int) -> int:
    return item.difference.alike.index(number)


def _corrected(item: Item) -> bool:
    """Whether an outdated decision says what all sides say by now: the annotators followed it."""
    difference = item.difference
    if difference.kind != AGREED or difference.field or len(item.consensus) != 1 or item.others:
        return False
    return content(item.consensus[0]) == content(difference.spans[_first(item, 0)])
