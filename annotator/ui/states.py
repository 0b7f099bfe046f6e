"""What the states of an article are called, and what is said where there is no article to show."""

from __future__ import annotations

from annotator.i18n import _, later

_NAMES = {"new": later("New"), "started": later("Started"), "done": later("Done"), "reviewed": later("Reviewed")}
MARK_NAMES = {"ok": later("OK"), "discuss": later("Discuss"), "unsure": later("Unsure")}
"""What the state of a span or an attribution and the mark of an article are called."""
_MARKED = {
    "mine": later("Assigned to you"),
    "discuss": later("Something to discuss"),
    "unsure": later("Something unsure"),
    "note": later("A note"),
    "remark": later("An open remark"),
    "older": later("Tagged when its label meant something else"),
}
_NONE = {
    "new": later("No new articles."),
    "started": later("No started articles."),
    "done": later("No done articles."),
    "reviewed": later("No reviewed articles."),
}


def state_name(state: str) -> str:
    """Return the state as the window says it."""
    return _(_NAMES[state]) if state in _NAMES else state


def marked_name(what: str) -> str:
    """Return how the window says that something is marked so in an article."""
    return _(_MARKED[what]) if what in _MARKED else what


def given_name(given: str, round: int) -> str:
    """Say how an article in the list is mine: given back, a second reading; "" for nothing that must be said."""
    if given == "returned":
        return _("given back")
    return reading_name(round)


def reading_name(round: int) -> str:
    """Return what a reading is called after the first one, "" for that."""
    if round < 2:
        return ""
    return _("second reading") if round == 2 else _("reading {number}").format(number=round)


def none_so(state: str, marked: str = "") -> str:
    """Say that no article is in the state, or has something marked so; "" for any."""
    if marked in _MARKED:
        names = ", ".join(filter(None, (marked_name(marked), state_name(state))))
        return _("No article is so: {names}.").format(names=names)
    return _(_NONE[state]) if state in _NONE else ""


def nothing_yet() -> str:
    """Say that the project has no articles, and what brings some."""
    return _("No articles yet. Drop files here, or choose Import.")
