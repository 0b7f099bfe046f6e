"""What steps are called. The journal keeps the English title, which travels; here it is said in the user's language."""

from __future__ import annotations

from annotator.i18n import _, later

DELETED = later("Delete a span")
LABELLED = later("Label {title}")
RELABELLED = later("Relabel to {title}")
LABELLED_ALL = later("Label equal words {title}")
SAID = later("Set {title}")
TAKEN_BACK = later("Leave {title} open")
SCHEME = later("Change the scheme to {title}")
TIED = later("Tie together: {title}")


_HOW = {"undo": later("Undone: {title}"), "redo": later("Done again: {title}")}


def said(how: str, title: str) -> str:
    """Return what happened in the user's language: the title of a step done, undone or done again (`how`)."""
    return _(_HOW[how]).format(title=told(title)) if how in _HOW else told(title)


def told(title: str) -> str:
    """Return the title of a step in the user's language."""
    # The first that fits: one title begins as another does.
    for named in (LABELLED_ALL, RELABELLED, LABELLED, SAID, TAKEN_BACK, TIED, SCHEME):
        start, end = named.split("{title}")
        if title.startswith(start) and title.endswith(end) and len(title) > len(start) + len(end):
            return _(named).format(title=title[len(start) : len(title) - len(end)])
    return _(title)
