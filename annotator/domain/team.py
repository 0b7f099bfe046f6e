"""What people who work on one project together agree on: who leads, who tags what, what they tell and propose."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.free import NOTHING, Free
from annotator.domain.ids import assignment_id, lead_id

PROPOSAL_STATES = ("open", "accepted", "declined")


class Lead(NamedTuple):
    """Somebody who may change scheme, assignments and metadata beside the project's first lead."""

    id: str
    annotator: str


class Assignment(NamedTuple):
    """One article that one annotator is to tag, in a round of reading (1, or 2 for a second look at one's own).

    While a blind one is not done, its annotator sees nobody else's layers of the article, nor their own earlier round.
    """

    id: str
    article: str
    annotator: str
    round: int = 1
    blind: bool = True
    extra: Free = NOTHING


class Remark(NamedTuple):
    """What one person says to others on a span (its id) or, where `span` is "", on the article.

    `to` is the annotator it is meant for, "" for all; `answers` the id of the remark that began the thread, "" in that
    one; `closed` is told of the whole thread by its first remark.
    """

    id: str
    article: str
    span: str
    author: str
    text: str
    created: str = ""
    to: str = ""
    answers: str = ""
    closed: bool = False
    extra: Free = NOTHING


class Proposal(NamedTuple):
    """A change of what is the lead's to change, as somebody else would have it.

    `kind` is that of the value (scheme, article), `subject` its id, `data` holds what is proposed and what it was made
    from; `article` is "" for a scheme. The lead sets `state` (PROPOSAL_STATES), with a word on why in `reply`.
    """

    id: str
    article: str
    author: str
    kind: str
    subject: str
    data: Free = NOTHING
    created: str = ""
    note: str = ""
    state: str = "open"
    reply: str = ""


def assigned(article: str, annotator: str, round: int = 1, *, blind: bool = True) -> Assignment:
    """Return the assignment of an article (its id) to an annotator (id)."""
    return Assignment(assignment_id(article, annotator, round), article, annotator, round, blind)


def leading(annotator: str) -> Lead:
    """Return what says that an annotator (id) leads too."""
    return Lead(lead_id(annotator), annotator)
