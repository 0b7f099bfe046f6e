"""Lanes of several readings: never one over another, the first reading above, the others in their order below."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.sidelanes import Whose, side_lanes

HULLS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 25), st.integers(-1, 4)).map(lambda it: (it[0], it[0] + it[1], it[2])),
    max_size=14,
)


def told(found: list[tuple[int, int, int]], readings: int) -> tuple[list[tuple[int, int, str]], Whose]:
    """Return hulls and whose they are; a reading of -1 is what all have."""
    hulls = [(start, end, f"s{number}") for number, (start, end, _) in enumerate(found)]
    side_of = {f"s{number}": side % readings for number, (_, _, side) in enumerate(found) if side >= 0}
    agreed = frozenset(f"s{number}" for number, (_, _, side) in enumerate(found) if side < 0)
    return hulls, Whose(side_of, agreed, {}, readings)


def deepest(hulls: list[tuple[int, int, str]]) -> int:
    """Return how many hulls stand on one code point at most."""
    points = {start for start, _, _ in hulls}
    return max((sum(a <= point < b for a, b, _ in hulls) for point in points), default=0)


@given(HULLS, st.integers(2, 5))
def test_no_two_share_a_lane_and_there_are_as_few_as_can_be(found: list[tuple[int, int, int]], readings: int) -> None:
    hulls, whose = told(found, readings)
    lane_of, above, below = side_lanes(hulls, whose)
    assert lane_of.keys() == {id for _, _, id in hulls}
    for number, (a, b, one) in enumerate(hulls):
        for c, d, other in hulls[number + 1 :]:
            assert not (a < d and c < b and lane_of[one] == lane_of[other])
    upper = [hull for hull in hulls if whose.side_of.get(hull[2]) == 0]
    assert above == deepest(upper)
    assert {lane_of[id] for _, _, id in upper} == set(range(-above, 0))
    lower = [hull for hull in hulls if hull not in upper]
    assert {lane_of[id] for _, _, id in lower} == set(range(below))
    if readings == 2:
        assert below == deepest(lower)


@given(HULLS)
def test_of_many_one_stands_below_the_one_before_where_they_meet(found: list[tuple[int, int, int]]) -> None:
    hulls, whose = told(found, 5)
    lane_of = side_lanes(hulls, whose).lane_of
    below = [(a, b, whose.side_of.get(id, 0), lane_of[id]) for a, b, id in hulls if lane_of[id] >= 0]
    for a, b, side, lane in below:
        assert all(lane < lower for c, d, later, lower in below if later > side and a < d and c < b)


def test_of_two_the_second_stands_beside_what_is_agreed() -> None:
    whose = Whose({"a": 0, "b": 1}, frozenset({"same"}))
    lanes = side_lanes([(0, 9, "a"), (2, 9, "b"), (12, 20, "same"), (12, 15, "other")], whose)
    assert lanes == ({"a": -1, "b": 0, "same": 0, "other": 1}, 1, 2)


def test_nothing_needs_no_lane() -> None:
    assert side_lanes([], Whose()) == ({}, 0, 0)
