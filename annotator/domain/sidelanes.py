"""Where spans of several readings of one text stand: the first reading's above the line, all others' below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from annotator.domain.intervals import lanes


class Whose(NamedTuple):
    """Which spans (by id) are whose. What is in none of the three stands below the line, as in an ordinary text."""

    side_of: Mapping[str, int] = {}
    """The number of the reading, 0 for the first."""
    agreed: Set[str] = frozenset()
    """What all have: one of the equal spans, shown pale and without a tag."""
    words: Mapping[str, str] = {}
    """What the tag of a span says in place of its label's name."""
    readings: int = 2
    """How many there are; of more than two each has lanes of its own below the line."""


class SideLanes(NamedTuple):
    """Lanes by id, counted from the text: 0, 1, … below it and -1, -2, … above; and how many there are."""

    lane_of: dict[str, int]
    above: int
    below: int


def side_lanes(hulls: Iterable[tuple[int, int, str]], whose: Whose) -> SideLanes:
    """Return the lane of each (start, end, id).

    Hulls that share a code point never share a lane. Of two readings the second's and what is agreed are put together
    as tightly as can be; of more, where they share a code point, one reading stands below the one before it, and what
    is agreed nearest to the text.
    """
    blocks: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for hull in hulls:
        blocks[_block(hull[2], whose)].append(hull)
    upper, above = lanes(blocks.pop(0, ()))
    lane_of = {id: -1 - lane for id, lane in upper.items()}
    if len(blocks) < 2:
        lower, below = lanes(next(iter(blocks.values()), ()))
        return SideLanes({**lane_of, **lower}, above, below)
    edges = sorted({edge for block in blocks.values() for start, end, _ in block for edge in (start, end)})
    place = {edge: number for number, edge in enumerate(edges)}
    taken = [0] * len(edges)
    """How many lanes are taken from each edge to the next, by the readings so far."""
    for _side, block in sorted(blocks.items()):
        lane_of |= _below(block, place, taken)
    return SideLanes(lane_of, above, max(taken))


def _below(block: list[tuple[int, int, str]], place: Mapping[int, int], taken: list[int]) -> dict[str, int]:
    """Return the lanes of one reading below what is taken, and take them."""
    found: dict[str, int] = {}
    active: list[tuple[int, int]] = []
    placed: list[tuple[int, int, int]] = []
    for start, end, id in sorted(block, key=lambda hull: (hull[0], -hull[1], hull[2])):
        first, last = place[start], place[end]
        active = [it for it in active if it[0] > start]
        busy = {lane for _end, lane in active}
        lane = max(taken[first:last])
        while lane in busy:
            lane += 1
        found[id] = lane
        active.append((end, lane))
        placed.append((first, last, lane + 1))
    for first, last, count in placed:
        taken[first:last] = [max(count, before) for before in taken[first:last]]
    return found


def _block(id: str, whose: Whose) -> int:
    """Return 0 for what stands above the line; below it the lower number stands nearer to the text."""
    side = whose.side_of.get(id)
    if side is None or id in whose.agreed:
        return 1
    if side == 0:
        return 0
    return 1 if whose.readings <= 2 else 1 + side
