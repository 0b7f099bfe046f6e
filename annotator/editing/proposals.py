"""What a colleague would have changed of scheme and metadata, and what the lead makes of it."""

from __future__ import annotations

from typing import Any

from annotator.domain import scheme as schemes
from annotator.domain.article import Article
from annotator.domain.change import Change, Decision, Step, Value
from annotator.domain.errors import UserError
from annotator.domain.free import Free
from annotator.domain.redrawing import Move, Redrawn
from annotator.domain.scheme import Scheme
from annotator.domain.team import Proposal
from annotator.i18n import _, later
from annotator.storage.proposed import ABOUT, NotCounted

PROPOSED_SCHEME = later("Propose another scheme")
PROPOSED_ARTICLE = later("Propose other metadata")
ACCEPTED = later("Accept a proposal")
DECLINED = later("Decline a proposal")


def propose_article(id: str, article: Article, title: str, meta: Free, me: str, now: str) -> Step:
    """Propose another headline and other metadata of an article, as the annotator `me` (id) at `now`.

    Only what differs is kept. Raises UserError where nothing does.
    """
    data = _differing(article, title, meta)
    if not data["after"]["meta"] and title == article.title:
        raise UserError(_("Nothing was changed."))
    return Step(PROPOSED_ARTICLE, (Change(None, Proposal(id, article.id, me, "article", article.id, data, now)),))


def _differing(article: Article, title: str, meta: Free) -> dict[str, Any]:
    keys = [key for key in {**article.meta, **meta} if article.meta.get(key) != meta.get(key)]
    return {
        "before": {"title": article.title, "meta": {key: article.meta[key] for key in keys if key in article.meta}},
        "after": {"title": title, "meta": {key: meta.get(key) for key in keys}},
    }


def as_proposal(one: NotCounted) -> Proposal:
    """Return a change of what is the lead's that somebody else made all the same as a proposal, to be shown as one.

    It stands in no table: `settled` says that it was answered.
    """
    data: dict[str, Any] = {}
    before, after = one.change.before, one.change.after
    if isinstance(before, Article) and isinstance(after, Article):
        data = _differing(before, after.title, after.meta)
    elif isinstance(after, Scheme):
        was = {"sha256": before.sha256} if isinstance(before, Scheme) else {"sha256": ""}
        data = {"before": was, "scheme": schemes.to_data(after)}
    return Proposal(f"{one.step} {one.entity}", one.article, one.author, one.kind, one.entity, data, one.at)


def settled(one: NotCounted, decision: str) -> Change:
    """Return the change that says such a change was answered, by a decision with this new id."""
    data = {"about": ABOUT, "step": one.step, "entity": one.entity}
    return Change(None, Decision(decision, one.article, "", data))


def take_over(one: NotCounted, now: Value | None, decision: str) -> Step:
    """Do what somebody else changed of what is the lead's; `now` is the thing as it is (None: it is not there).

    Of an article only what the change says. Raises UserError where it is so already.
    """
    if isinstance(now, Article) and isinstance(one.change.after, Article):
        step = accept_article(as_proposal(one), now)
        return Step(ACCEPTED, (*(each for each in step.changes if each.kind == "article"), settled(one, decision)))
    changes = (Change(now, one.change.after),) if now != one.change.after else ()
    return Step(ACCEPTED, (*changes, settled(one, decision)))


def leave_out(one: NotCounted, decision: str) -> Step:
    """Say no to what somebody else changed of what is the lead's."""
    return Step(DECLINED, (settled(one, decision),))


def propose_scheme(id: str, draft: Redrawn, me: str, now: str, note: str = "") -> Step:
    """Propose the scheme of a draft, with what becomes of spans, as the annotator `me` (id) at `now`.

    Raises UserError where it would change nothing.
    """
    if not draft.changed:
        raise UserError(_("Nothing was changed."))
    data: dict[str, Any] = {
        "before": {"id": draft.before.id, "version": draft.before.version, "sha256": draft.before.sha256},
        "scheme": schemes.to_data(draft.wanted),
        "moves": [list(move) for move in draft.moves],
        "same": sorted(draft.same),
    }
    return Step(PROPOSED_SCHEME, (Change(None, Proposal(id, "", me, "scheme", draft.before.id, data, now, note)),))


def accepted(proposal: Proposal) -> Change:
    """Return the change that says a proposal is accepted; it belongs into the step that does what it asks for."""
    return Change(proposal, proposal._replace(state="accepted"))


def accept_article(proposal: Proposal, article: Article) -> Step:
    """Give the article what was proposed; what the proposal says nothing of stays as it is by now.

    Raises UserError where the article has all of that already, or the proposal cannot be understood.
    """
    try:
        before, after = proposal.data["before"], proposal.data["after"]
        meta = dict(article.meta)
        for key, value in after["meta"].items():
            if value is None:
                meta.pop(key, None)
            else:
                meta[key] = value
        title = after["title"] if after["title"] != before["title"] else article.title
        if not isinstance(title, str):
            raise TypeError
    except (KeyError, TypeError, AttributeError):
        raise _strange() from None
    changed = article._replace(title=title, meta=meta)
    changes = (Change(article, changed),) if changed != article else ()
    return Step(ACCEPTED, (*changes, accepted(proposal)))


def draft_of(proposal: Proposal, now: Scheme) -> Redrawn:
    """Return the draft that was proposed, against the scheme in force now.

    What it does to spans is only kept where the scheme is the one it was made from. Raises UserError where the proposal
    cannot be understood.
    """
    try:
        wanted = schemes.from_data(proposal.data["scheme"])
        if proposal.data["before"]["sha256"] != now.sha256:
            return Redrawn(now, wanted)
        moves = tuple(Move(*move) for move in proposal.data.get("moves", ()))
        return Redrawn(now, wanted, moves, frozenset(proposal.data.get("same", ())))
    except (KeyError, TypeError, AttributeError):
        raise _strange() from None


def _strange() -> UserError:
    return UserError(_("This proposal was made by another version of the program and cannot be understood here."))


def decline(proposal: Proposal, reply: str) -> Step:
    """Decline a proposal, with a word on why ("" for none). Raises UserError where it is settled already."""
    if proposal.state != "open":
        raise UserError(_("This proposal is settled already."))
    return Step(DECLINED, (Change(proposal, proposal._replace(state="declined", reply=reply)),))
