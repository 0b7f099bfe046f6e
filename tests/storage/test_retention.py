"""What the rule for backups promises, whatever the dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from annotator.storage.retention import ALL, DAYS, MONTHS, WEEKS, kept

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MOMENTS = st.lists(
    st.integers(-3_600, 900 * 86_400).map(lambda seconds: NOW - timedelta(seconds=seconds)), max_size=300
)


@given(MOMENTS)
def test_the_newest_and_all_of_two_days_stay(moments: list[datetime]) -> None:
    result = kept(moments, NOW)
    assert result <= set(moments)
    assert not moments or max(moments) in result
    assert {moment for moment in moments if NOW - moment <= ALL} <= result


@given(MOMENTS)
def test_each_recent_day_week_and_month_keeps_its_newest(moments: list[datetime]) -> None:
    older = [moment for moment in moments if NOW - moment > ALL]
    result = kept(moments, NOW)
    for most, name in ((DAYS, "%Y-%j"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        periods: dict[str, datetime] = {}
        for moment in older:
            key = moment.strftime(name)
            periods[key] = max(periods.get(key, moment), moment)
        newest = sorted(periods.values(), reverse=True)
        # The newest of all may stay without counting for a period.
        assert set(newest[:most]) - {max(moments, default=NOW)} <= result


@given(MOMENTS)
def test_few_stay_of_many(moments: list[datetime]) -> None:
    recent = [moment for moment in moments if NOW - moment <= ALL]
    assert len(kept(moments, NOW)) <= len(set(recent)) + DAYS + WEEKS + MONTHS + 1


@given(MOMENTS)
def test_what_was_thinned_out_is_thinned_out(moments: list[datetime]) -> None:
    once = kept(moments, NOW)
    assert kept(once, NOW) == once
