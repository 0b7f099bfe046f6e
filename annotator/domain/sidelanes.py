"""Where spans of several readings of one text stand: the first reading's above the line, all others' below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from annotator.domain.intervals import lanes


class Whose(NamedTuple):
    """Which spans (by id) are whose. What is in none of the three stands below the line, as in an ordinary text."""

    side_of: Mapping[str, int] = {}
    """The number of the reading, 0 for the first."""
    agreed: frozenset[str] = frozenset()
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
    as tightly as can be; of more, the lanes of one reading stand below those of the reading before it, and what is
    agreed nearest to the text.
    """
    blocks: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for hull in hulls:
        blocks[_block(hull[2], whose)].append(hull)
    upper, above = lanes(blocks.pop(0, ()))
    lane_of = {id: -1 - lane for id, lane in upper.items()}
    below = 0
    for _side, block in sorted(blocks.items()):
        found, count = lanes(block)
        for id, lane in found.items():
            lane_of[id] = below + lane
        below += count
    return SideLanes(lane_of, above, below)


def _block(id: str, whose: Whose) -> int:
    """Return 0 for what stands above the line; below it the lower number stands nearer to the text."""
    side = whose.side_of.get(id)
    if side is None or id in whose.agreed:
        return 1
    if side == 0:
        return 0
    return 1 if whose.readings <= 2 else 1 + side
