"""A project opened as far as that is possible: for writing, or only to be read, with the reason."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.errors import NotSaved, ReadOnly
from annotator.i18n import _
from annotator.storage.store import Store


def open_as_possible(path: Path) -> tuple[Store, str]:
    """Open a project; return it with the reason why it can only be read, "" where it can be written. Raises UserError.

    What was not closed is looked at first.
    """
    try:
        store = Store.open(path)
    except (NotSaved, ReadOnly) as error:
        return Store.open(path, write=False), _("Open for reading only. {reason}").format(reason=error)
    if store.unclean and (found := store.findings(after_crash=True)):
        store.close()
        return Store.open(path, write=False), (
            _(
                "Open for reading only. The program ended badly last time, and the project is "
                "damaged: {found} Restore a backup, or let `annotator repair` save what it can."
            ).format(found=found[0])
        )
    return store, ""
