"""Days and moments as people read them, in the time of this computer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from annotator.i18n import _, later

_MONTHS = (
    later("January"), later("February"), later("March"), later("April"), later("May"), later("June"),
    later("July"), later("August"), later("September"), later("October"), later("November"), later("December"),
)  # fmt: skip
_SHORT = (
    later("Jan"), later("Feb"), later("Mar"), later("Apr"), later("May (short)"), later("Jun"),
    later("Jul"), later("Aug"), later("Sep"), later("Oct"), later("Nov"), later("Dec"),
)  # fmt: skip


def day(value: date, *, short: bool = False) -> str:
    """Return "7 March 2026", or "7 Mar"."""
    if short:
        month = _(_SHORT[value.month - 1]).removesuffix(" (short)")
        return _("{day} {month}").format(day=value.day, month=month)
    return _("{day} {month} {year}").format(day=value.day, month=_(_MONTHS[value.month - 1]), year=value.year)


def published(meta: Mapping[str, Any], *, short: bool = False) -> str:
    """Return the day an article was published: "17 March 2026", short "17 Mar"; as written where it cannot be read."""
    for key in ("published", "date"):
        value = meta.get(key)
        if isinstance(value, Mapping):
            value = value.get("iso") or value.get("raw")
        if isinstance(value, str) and value:
            try:
                return day(date.fromisoformat(value[:10]), short=short)
            except ValueError:
                return value
    return ""


def since(at: str, today: date) -> str:
    """Return how long ago a moment (ISO 8601) was, in words; "" for what is no moment."""
    try:
        moment = datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError, OSError):
        return ""
    then = moment.date()
    ago = (today - then).days
    if ago == 0:
        return _("today, {time}").format(time=f"{moment:%H:%M}")
    if ago == 1:
        return _("yesterday")
    if then.year == today.year:
        return _("{day} {month}").format(day=then.day, month=_(_MONTHS[then.month - 1]))
    return day(then)


def to_the_minute(at: str | datetime) -> str:
    """Return "7 Mar 2026, 14:05" for a moment (ISO 8601); what is no moment as it stands."""
    return _moment(at, "%H:%M")


def to_the_second(at: str | datetime) -> str:
    """Return "7 Mar 2026, 14:05:09", where many things were done within a minute."""
    return _moment(at, "%H:%M:%S")


def _moment(at: str | datetime, clock: str) -> str:
    try:
        moment = (datetime.fromisoformat(at) if isinstance(at, str) else at).astimezone()
    except (ValueError, OverflowError, OSError):
        return str(at)
    return _("{day} {year}, {time}").format(
        day=day(moment.date(), short=True), year=moment.year, time=moment.strftime(clock)
    )
