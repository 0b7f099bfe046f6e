"""Whose a span is, by name, where it is not mine."""

from __future__ import annotations

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
