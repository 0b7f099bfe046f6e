"""No second is counted that nobody worked, and none is lost by the order in which things are heard."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.editing.stopwatch import GRACE, IDLE, Stopwatch

Event = tuple[str, str]
"""What happened, and to which article."""

EVENTS = st.sampled_from([
    ("touch", ""), ("touch", ""), ("touch", ""), ("wake", ""), ("sleep", ""), ("show", "a"), ("show", "b"),
    ("show", ""),
])  # fmt: skip
GAPS = st.integers(0, 30) | st.integers(0, 200) | st.sampled_from([int(IDLE), int(IDLE) + 1, 86_400])
STORIES = st.lists(st.tuples(GAPS, EVENTS), max_size=40)


def moments(story: list[tuple[int, Event]], begin: float = 1_000.0) -> list[tuple[float, Event]]:
    """Return the events with their moments instead of the gaps before them."""
    now, told = begin, []
    for gap, event in story:
        now += gap
        told.append((now, event))
    return told


def heard(told: list[tuple[float, Event]]) -> dict[str, float]:
    """Return what the stopwatch counts."""
    watch = Stopwatch()
    for now, (what, article) in told:
        if what == "show":
            watch.show(article, now)
        else:
            {"touch": watch.touch, "wake": watch.wake, "sleep": watch.sleep}[what](now)
    return watch.take()


def second_by_second(told: list[tuple[float, Event]]) -> dict[str, float]:
    """Return the same by another road: each second is looked at by itself."""
    counted: dict[str, float] = {}
    article, awake, last = "", False, 0.0
    for now, (what, shown) in told:
        if what == "show" and shown == article:
            continue
        for second in range(int(last), int(now)):
            if awake and article and (now - last <= IDLE or second - last < GRACE):
                counted[article] = counted.get(article, 0.0) + 1.0
        last = now
        article = shown if what == "show" else article
        awake = {"wake": True, "sleep": False}.get(what, awake)
    return counted


@given(STORIES)
def test_each_second_is_counted_as_said(story: list[tuple[int, Event]]) -> None:
    told = moments(story)
    assert heard(told) == second_by_second(told)


@given(st.lists(st.tuples(st.floats(0, 300) | st.floats(-1e9, 1e9), EVENTS), max_size=40))
def test_never_more_than_went_by(told: list[tuple[float, Event]]) -> None:
    """Also with a clock that is put back and forth."""
    counted = heard([(0.0, ("show", "a")), (0.0, ("wake", "")), *told])
    assert sum(counted.values()) <= max([0.0, *(now for now, _ in told)]) + 1e-6
    assert all(seconds > 0 for seconds in counted.values())


@given(st.lists(st.integers(int(IDLE) + 1, 10**7), min_size=1, max_size=20))
def test_idle_is_left_out(pauses: list[int]) -> None:
    told = moments([(0, ("show", "a")), (0, ("wake", "")), *((pause, ("touch", "")) for pause in pauses)])
    assert heard(told) == {"a": GRACE * len(pauses)}


@given(STORIES, st.integers(0, 2**32))
def test_the_order_within_a_moment_loses_nothing(story: list[tuple[int, Event]], seed: int) -> None:
    """A key and what it brought about come at one moment, in any order."""
    told = moments([(max(1, gap), event) for gap, event in story])
    doubled = [(now, event) for now, one in told for event in (one, ("touch", ""))]
    before = heard(doubled)
    noise = random.Random(seed)
    pairs = [doubled[at : at + 2] for at in range(0, len(doubled), 2)]
    shuffled = [entry for pair in pairs for entry in noise.sample(pair, 2)]
    assert heard(shuffled) == before


@given(STORIES, st.lists(st.integers(0, 5_000), max_size=20))
def test_doing_more_never_counts_less(story: list[tuple[int, Event]], more: list[int]) -> None:
    told = moments(story)
    end = told[-1][0] if told else 1_000.0
    extra = [(1_000.0 + at, ("touch", "")) for at in more if 1_000.0 + at <= end]
    busier = sorted([*told, *extra], key=lambda entry: entry[0])
    fewer, most = heard(told), heard(busier)
    assert sum(most.values()) >= sum(fewer.values()) - 1e-6


@pytest.mark.parametrize(
    ("gap", "counts"), [(1.0, 1.0), (IDLE, IDLE), (IDLE + 0.001, GRACE), (8 * 3_600.0, GRACE), (-50.0, None)]
)
def test_a_gap(gap: float, counts: float | None) -> None:
    watch = Stopwatch()
    watch.show("a", 100.0)
    watch.wake(100.0)
    watch.touch(100.0 + gap)
    assert watch.take().get("a") == counts
    assert watch.take() == {}


@given(st.permutations([("show", "a"), ("wake", ""), ("touch", "")]))
def test_a_beginning_in_any_order(first: list[Event]) -> None:
    assert heard([*((10.0, event) for event in first), (30.0, ("touch", ""))]) == {"a": 20.0}


def test_the_way_from_article_to_article() -> None:
    watch = Stopwatch()
    watch.show("a", 0.0)
    watch.touch(5.0)  # the window is not active: somebody rolls over it
    watch.wake(10.0)
    watch.show("b", 30.0)
    watch.show("b", 35.0)
    watch.sleep(40.0)
    watch.touch(45.0)
    watch.wake(50.0)
    watch.touch(51.0)
    assert watch.take() == {"a": 20.0, "b": 11.0}
