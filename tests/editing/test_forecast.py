"""The forecast: pauses are no work, and with too little known there is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from annotator.editing.forecast import in_words, remaining


def moments(*seconds: float) -> list[str]:
    """Times of steps, given in seconds from a beginning; the newest first."""
    start = datetime(2026, 11, 24, 9, tzinfo=UTC)
    return [(start + timedelta(seconds=at)).isoformat() for at in reversed(seconds)]


def test_as_long_as_the_last_ones_took() -> None:
    assert remaining(moments(0, 100, 200, 300), 3, 6) == 600


def test_a_lunch_is_no_work_and_a_clock_put_back_none_either() -> None:
    assert remaining(moments(0, 100, 200, 300, 4_000, 3_900, 4_000), 4, 4) == 400


def test_too_little_is_known() -> None:
    assert remaining(moments(0, 100), 2, 10) is None
    assert remaining(moments(0, 100, 200), 3, 0) is None
    assert remaining([], 3, 5) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (20, "about a minute left"), (200, "about 3 min left"), (1_500, "about 25 min left"),
        (3_500, "about 1 h left"), (5_400, "about 1.5 h left"), (18_000, "about 5 h left"),
        (360_000, "about 100 h left"), (9_999_999, "about 2,778 h left"),
    ],
)  # fmt: skip
def test_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
