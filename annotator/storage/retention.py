"""Which backups are kept: as Anki keeps them, all of two days, then one a day, a week and a month for a while."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

ALL = timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 9


def kept(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return those of the moments (with time zone) whose backups stay; the newest always does.

    All of the last two days (and of a clock that was ahead), then the newest of each of 12 days, 10 weeks and 9 months
    that have one, counted backwards. The rule is that of Anki's manual ("Backups").
    """
    ordered = sorted(moments, reverse=True)
    result = {moment for moment in ordered if now - moment <= ALL} | set(ordered[:1])
    older = [moment for moment in ordered if moment not in result]
    for most, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        seen: set[tuple[int, ...]] = set()
        for moment in older:
            if period(moment) not in seen and len(seen) < most:
                seen.add(period(moment))
                result.add(moment)
    return result


def _day(moment: datetime) -> tuple[int, ...]:
    return moment.year, moment.month, moment.day


def _week(moment: datetime) -> tuple[int, ...]:
    year, week, _ = moment.isocalendar()
    return year, week


def _month(moment: datetime) -> tuple[int, ...]:
    return moment.year, moment.month
