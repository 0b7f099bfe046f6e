"""Days and moments as the window writes them, in the time of this computer."""

from __future__ import annotations

from datetime import date, datetime

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(value: date, *, short: bool = False) -> str:
    """Return "7 March 2026", or "7 Mar"."""
    month = _MONTHS[value.month - 1]
    return f"{value.day} {month[:3]}" if short else f"{value.day} {month} {value.year}"


def since(at: str, today: date) -> str:
    """Return how long ago a moment (ISO 8601) was, in words; "" for what is no moment."""
    try:
        moment = datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError, OSError):
        return ""
    then = moment.date()
    ago = (today - then).days
    if ago == 0:
        return f"today, {moment:%H:%M}"
    if ago == 1:
        return "yesterday"
    return day(then).removesuffix(f" {today.year}")


def to_the_minute(at: str | datetime) -> str:
    """Return "7 Mar 2026, 14:05" for a moment (ISO 8601); what is no moment as it stands."""
    try:
        moment = (datetime.fromisoformat(at) if isinstance(at, str) else at).astimezone()
    except (ValueError, OverflowError, OSError):
        return str(at)
    return f"{day(moment.date(), short=True)} {moment.year}, {moment:%H:%M}"
