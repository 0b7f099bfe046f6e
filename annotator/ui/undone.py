"""Where something was undone or redone: the article, and the place in it, that is to be shown then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.change import Changed, Decision
from annotator.domain.relation import Group, Relation
from annotator.domain.span import Span, differing
from annotator.domain.team import Remark

if TYPE_CHECKING:
    from annotator.ui.session import Session


def show_place(session: Session, changed: Changed) -> None:
    """Show the article where something changed, if it is another one, and ask for the place (`place_wanted`).

    While the page of differences shows what was decided, the text under it stays where it is.
    """
    if session.reviewing and any(isinstance(change.value, Decision) for change in changed.changes):
        return
    here = session.article.id if session.article else ""
    # Where spans came or went before where only a relation to them did.
    touched = [change for change in changed.changes if isinstance(change.value, Span)] or changed.changes
    places = [change.article for change in touched if change.article]
    if places and here not in places:
        session.show_article(places[0])
    found = next((change for change in changed.changes if isinstance(change.value, Span)), None)
    if found is None:
        _show_tie(session, changed)
        return
    if session.article is None or found.article != session.article.id:
        return
    before, span = found.before, found.value
    assert isinstance(span, Span)  # it was looked for
    was = before.fragments if isinstance(before, Span) else ()
    session.place_wanted.emit(span, *differing(was, span.fragments))


def _show_tie(session: Session, changed: Changed) -> None:
    """Show the first span of an attribution or relation, or of a remark, that was said something of."""
    tie = next((change.entity for change in changed.changes if isinstance(change.value, Group | Relation)), "")
    said = (change.value.span for change in changed.changes if isinstance(change.value, Remark))
    ends = (session.spans.get(id) for id in (*session.links.ends(tie), *said))
    span = next(filter(None, ends), None)
    if span is not None:
        session.place_wanted.emit(span, span.start, span.end)
