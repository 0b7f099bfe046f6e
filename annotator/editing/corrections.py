"""Corrections: telling annotators what was decided about their spans, and what they do with it; each returns a Step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain.article import Annotator, Article
from annotator.domain.change import Change, Decision, Step
from annotator.domain.corrections import KEPT, Correction, Piece
from annotator.domain.errors import UserError
from annotator.domain.free import NOTHING
from annotator.domain.grouping import kinds
from annotator.domain.ids import IdSource
from annotator.domain.scheme import Scheme
from annotator.domain.sides import Side
from annotator.domain.span import Span
from annotator.editing import review, ties
from annotator.editing.correctedties import CorrectedTies
from annotator.i18n import _, later
from annotator.review.corrections import becoming
from annotator.review.differences import said
from annotator.review.standing import ACCEPTED, CONTESTED

TOLD = later("Tell an annotator what was decided")
ACCEPTED_ALL = later("Accept decisions")
TAKEN_OVER = later("Take a correction over")
Answered = tuple[Correction, Decision | None]
"""A correction, and what I answered so far."""


def accept(one: Correction, before: Decision | None, me: Annotator, now: str) -> Step:
    """Accept what was decided; my own layer stays as it is. `before` is what I answered so far."""
    return _answer(one, before, me, ACCEPTED, "", now)


def contest(one: Correction, before: Decision | None, me: Annotator, reason: str, now: str) -> Step:
    """Contest what was decided, so that the reviewer looks at it again. Raises UserError without a reason."""
    return _answer(one, before, me, CONTESTED, reason, now)


def accept_all(many: Iterable[Answered], me: Annotator, now: str) -> Step:
    """Accept several in one step. Raises UserError where there is none."""
    changes = [change for one, before in many for change in accept(one, before, me, now).changes]
    if not changes:
        raise UserError(_("There is nothing to accept."))
    return Step(ACCEPTED_ALL, tuple(changes))


def _answer(one: Correction, before: Decision | None, me: Annotator, says: str, reason: str, now: str) -> Step:
    return review.answer(one.decision, one.article, one.at, before, one.layer, me, says, reason, now)


class Taken(NamedTuple):
    """The step, and whether all of it is in there: not where something is tied to words that I have not tagged so."""

    step: Step
    whole: bool


def take_over(
    one: Correction, before: Decision | None, article: Article, mine: Side, scheme: Scheme, me: Annotator, now: str,
    new_id: IdSource, others: Iterable[Correction] = (),
) -> Taken:  # fmt: skip
    """Make of my spans and their ties what was decided, and accept it, in one step. `mine` is my layer as it is.

    `others` are all that I am told of the article: they say which of my spans stands, or will, where a tie leads.

    Where mine say that already it is accepted. Raises UserError where the text or the span is another by now, and where
    what I had stands, since there is nothing to take over then.
    """
    if one.outcome == KEPT:
        raise UserError(_("What you tagged stands: accept it, or contest it."))
    if mine.layer is None:
        raise UserError(_("Your layer on this article is gone: there is nothing to correct."))
    if one.field:
        changes, whole = _field(one, mine), True
    else:
        told = [it for it in others if it.article == one.article and it.revision == one.revision]
        changes, whole = _spans(one, article, mine, scheme, me, now, new_id, told)
    if not changes and not whole:
        raise UserError(_("It is tied to words that you have not tagged so: take those over first."))
    return Taken(Step(TAKEN_OVER, (*changes, *accept(one, before, me, now).changes)), whole)


def _field(one: Correction, mine: Side) -> list[Change]:
    assert mine.layer is not None  # looked at before
    fields = {key: value for key, value in mine.layer.fields.items() if key != one.field}
    if one.new is not None:
        fields[one.field] = one.new
    after = mine.layer._replace(fields=fields or NOTHING)
    return [] if after == mine.layer else [Change(mine.layer, after)]


def _spans(
    one: Correction, article: Article, mine: Side, scheme: Scheme, me: Annotator, now: str, new_id: IdSource,
    others: Iterable[Correction],
) -> tuple[list[Change], bool]:  # fmt: skip
    if one.revision != article.revision:
        raise UserError(_("The text has changed since it was decided."))
    span = next((it for it in mine.spans if it.id == one.span), None)
    if one.was is not None and (span is None or _piece(span) != _bare(one.was)):
        there = [_piece(it) for it in mine.spans]
        if (span is None or one.became) and all(_bare(piece) in there for piece in one.became):
            return [], True  # I did so myself
        raise UserError(_("You changed this span since: change it in the text, or accept the decision as it is."))
    if span is not None and not one.became:
        return [*ties.hanging(span.id, mine.groups, mine.relations, kinds(scheme)), Change(span, None)], True
    made = _made(one, span, article, mine, scheme, me, now, new_id)
    changes = [Change(before, after) for before, after, _piece in made if before != after]
    unknown = [after.label for before, after, _piece_ in made
               if (before is None or before.label != after.label) and scheme.label(after.label) is None]  # fmt: skip
    if unknown:  # told before a change of the scheme
        words = _("“{label}” is no label any more. Take it over when the next package has told it anew.")
        raise UserError(words.format(label=unknown[0]))
    spans = {it.id: it for it in (*mine.spans, *(after for _before, after, _piece in made))}
    tied = CorrectedTies(mine, spans.values(), scheme, now, new_id, others)
    labels = {it.id: it.label for it in mine.spans}
    for before, after, piece in made:
        own = span is not None and after.id == span.id
        if before is not None and before.label != after.label:
            tied.without(ties.outgrown(before, after.label, mine.groups, mine.relations, scheme, labels))
        tied.follow(after.id, one.was if own else None, piece)
    return changes + tied.changes(), not tied.missing


def _made(
    one: Correction, span: Span | None, article: Article, mine: Side, scheme: Scheme, me: Annotator, now: str,
    new_id: IdSource,
) -> list[tuple[Span | None, Span, Piece]]:  # fmt: skip
    """Return my span for each piece that it became, before (None: there is none yet) and after."""
    assert mine.layer is not None  # looked at before
    left, made = list(one.became), list[tuple[Span | None, Span, Piece]]()
    if span is not None:
        becomes = becoming(span, left)
        left.remove(becomes)
        after = span if _bare(becomes) == _piece(span) else span._replace(
            label=becomes.label, fragments=becomes.fragments, attributes=becomes.attributes, updated=now,
            scheme_version=scheme.version,
        )  # fmt: skip
        made.append((span, after, becomes))
    for piece in left:
        before = next((it for it in mine.spans if _piece(it) == _bare(piece)), None)
        new = before if before is not None else Span(
            new_id(), article.id, mine.layer.id, me.id, piece.label, piece.fragments, article.revision,
            piece.attributes, scheme_version=scheme.version, created=now, updated=now,
        )  # fmt: skip
        made.append((before, new, piece))
    return made


def _bare(piece: Piece) -> Piece:
    return piece._replace(links=(), sourceless=())


def _piece(span: Span) -> Piece:
    return Piece(span.label, span.fragments, said(span.attributes) or NOTHING)
