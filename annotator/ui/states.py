"""What the states of an article are called, and what is said where there is no article to show."""

from __future__ import annotations

from annotator.i18n import _, later

_NAMES = {"new": later("New"), "started": later("Started"), "done": later("Done"), "reviewed": later("Reviewed")}
MARK_NAMES = {"ok": later("OK"), "discuss": later("Discuss"), "unsure": later("Unsure")}
"""What the state of a span or an attribution and the mark of an article are called."""
_NONE = {
    "new": later("No new articles."),
    "started": later("No started articles."),
    "done": later("No done articles."),
    "reviewed": later("No reviewed articles."),
}


def state_name(state: str) -> str:
    """Return the state as the window says it."""
    return _(_NAMES[state]) if state in _NAMES else state


def none_so(state: str) -> str:
    """Say that no article is in the state; "" for any state."""
    return _(_NONE[state]) if state in _NONE else ""


def nothing_yet() -> str:
    """Say that the project has no articles, and what brings some."""
    return _("No articles yet. Drop files here, or choose Import.")
