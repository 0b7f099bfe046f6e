"""What a reviewer began at differences and did not decide: places set by hand, reasons typed; kept, as drafts are."""

from __future__ import annotations

from annotator.domain.sides import Ground
from annotator.ui.review.own import OwnDraft


class Begun:
    """By difference (its id). It outlives the page, and stays until the program ends."""

    def __init__(self) -> None:
        self.drafts: dict[str, OwnDraft] = {}
        self.reasons: dict[str, str] = {}
        self.at = ""
        """The difference (id) at which the page was left, "" for none."""

    def __contains__(self, id: object) -> bool:
        return id in self.drafts or id in self.reasons

    @property
    def ids(self) -> frozenset[str]:
        """The differences at which something was begun."""
        return frozenset(self.drafts) | frozenset(self.reasons)

    def keep(self, draft: OwnDraft) -> bool:
        """Keep a draft that holds something; False where it holds nothing, or is decided."""
        kept = draft.edited
        if kept:
            self.drafts[draft.id] = draft
        else:
            self.drafts.pop(draft.id, None)
        return kept

    def taken_up(self, id: str, ground: Ground) -> OwnDraft | None:
        """Return what was begun at a difference; None where there is nothing, or it was of another text."""
        draft = self.drafts.get(id)
        return draft if draft is not None and draft.fits(ground) else None

    def say(self, id: str, reason: str, known: str = "") -> None:
        """Keep the reason that was typed at a difference, where it is not the one that is `known` already."""
        if reason and reason != known:
            self.reasons[id] = reason
        else:
            self.reasons.pop(id, None)

    def forget(self, id: str) -> None:
        """A difference was decided: nothing of it is only begun any more."""
        self.drafts.pop(id, None)
        self.reasons.pop(id, None)

    def give_up_drafts(self) -> bool:
        """Another scheme is in force, of which they know nothing; return whether there were any."""
        had = bool(self.drafts)
        self.drafts.clear()
        return had
