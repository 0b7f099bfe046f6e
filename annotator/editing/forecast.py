"""How long the rest of a project may take, by how long the last articles took."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from annotator.i18n import _

IDLE = timedelta(minutes=5)
"""A longer pause between two steps was no work."""
FEWEST = 3
"""Articles that must have been finished before a forecast is worth anything."""


def remaining(moments: Sequence[str], finished: int, left: int) -> float | None:
    """Return the seconds of work that `left` articles need, None where too little is known.

    `moments` are the times of steps (ISO 8601), the newest first, in which `finished` articles were done. Pauses over
    five minutes count nothing, nor does a clock that was put back.
    """
    if finished < FEWEST or not left:
        return None
    times = [datetime.fromisoformat(moment) for moment in moments]
    pauses = [later - earlier for later, earlier in pairwise(times)]
    worked = sum((pause for pause in pauses if timedelta() <= pause <= IDLE), timedelta())
    return worked.total_seconds() / finished * left or None


def in_words(seconds: float) -> str:
    """Return a rough duration: "about 5 h left", "about 20 min left"."""
    minutes = seconds / 60
    if minutes < 1.5:
        return _("about a minute left")
    if minutes < 50:
        step = 1 if minutes < 10 else 5
        return _("about {minutes} min left").format(minutes=round(minutes / step) * step)
    hours = minutes / 60
    return (
        _("about {hours:g} h left").format(hours=round(hours * 2) / 2)
        if hours < 10
        else _("about {hours:,} h left").format(hours=round(hours))
    )
