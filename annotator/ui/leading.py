"""Whose the scheme and the metadata are: mine to change, or a lead's to whom I propose."""

from __future__ import annotations

from annotator.domain.errors import UserError
from annotator.domain.text import printable
from annotator.i18n import _
from annotator.ui.session import Session


def lead_beside_me(session: Session) -> str:
    """Return who leads the open project, by name, where I do not; "" where I may change everything."""
    store = session.store
    if store is None:
        return ""
    try:
        leads = store.leads()
        if not leads or session.me.id in leads:
            return ""
        people = store.annotators()
    except UserError:
        return ""  # what cannot be read is told by what is asked for next
    names = [people[id].name for id in sorted(leads) if id in people]
    return printable(", ".join(names)) or _("the lead")
