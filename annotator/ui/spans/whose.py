"""Whose a span is, by name, where it is not mine; and whether colleagues tagged what is shown."""

from __future__ import annotations

from annotator.domain.article import VisibleLayers
from annotator.domain.errors import UserError
from annotator.domain.people import called
from annotator.domain.span import Span
from annotator.domain.text import printable
from annotator.ui.session import Session


def owner_beside_me(session: Session, span: Span) -> str:
    """Return the name of the colleague in whose layer a span stands; "" for mine, and where nobody is named."""
    layer, store = session.layers.get(span.layer), session.store
    owner = (layer.owner if layer is not None else "") or span.annotator
    if store is None or owner in ("", session.me.id):
        return ""
    try:
        return printable(called(store.annotators()).get(owner, ""))
    except UserError:
        return ""  # what cannot be read is told by what is asked for next


def uncover(session: Session, *spans: str) -> None:
    """Show colleagues' spans where one of these (ids) of the shown article is theirs and not shown, to be gone to."""
    store, article = session.store, session.article
    if store is None or article is None or session.colleagues:
        return
    try:
        hidden = any(id not in session.spans and store.value("span", id, article.id) is not None for id in spans)
    except UserError:
        return  # what cannot be read is told by what is asked for next
    if hidden:
        session.show_colleagues(True)


def others_are_hidden(session: Session) -> bool:
    """Whether colleagues tagged the shown article and that is not shown; of what is sealed nothing is known here."""
    store, article = session.store, session.article
    if store is None or article is None or session.colleagues:
        return False
    try:
        there = store.layers(article.id, VisibleLayers.ALL)
    except UserError:
        return False  # what cannot be read is told by what is asked for next
    return any(layer.kind == "annotator" and layer.owner not in ("", session.me.id) for layer in there)
