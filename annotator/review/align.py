"""Which span of one reading is meant by which span of another one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from annotator.domain.span import Fragments
from annotator.review.pairing import heaviest

Mark = tuple[str, Fragments]
"""Label and fragments of a span: all that is compared."""

WHOLE = 1 << 20
"""Weight of a pair whose texts are the same."""
_SAME_LABEL = WHOLE // 2
EQUAL = 4 * WHOLE
"""Weight of a pair without any difference: no two other pairs together weigh as much."""


def weight(first: Mark, second: Mark, shared: int) -> int:
    """Return what a pair with so many shared code points weighs, 0 for none.

    That is their part in both texts (Dice), and half of a whole more for the same label: a label counts as much as
    half of the text, so that a word's wrong label is a difference of label and not two missed spans. What is equal in
    both readings is always a pair.
    """
    if not shared:
        return 0
    if first == second:
        return EQUAL
    dice = 2 * WHOLE * shared // (size(first[1]) + size(second[1]))
    return max(1, dice) + (_SAME_LABEL if first[0] == second[0] else 0)


def size(fragments: Fragments) -> int:
    """Return how many code points the fragments hold."""
    return sum(end - start for start, end in fragments)


def matched(first: Sequence[Mark], second: Sequence[Mark], text: str = "") -> dict[int, int]:
    """Return which mark of the first is paired with which of the second, by their numbers.

    The sum of the weights (see `weight`) is as large as it can be, whatever the order of the marks. Pairs share at
    least one code point; where `text` is given, a letter or digit of it, or all of both.
    """
    pairs = _equal(first, second)
    taken = set(pairs.values())
    ours = [number for number in range(len(first)) if number not in pairs]
    theirs = [number for number in range(len(second)) if number not in taken]
    if not ours or not theirs:
        return pairs
    shared = overlaps([first[number][1] for number in ours], [second[number][1] for number in theirs])
    edges: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for (one, two), count in shared.items():
        here, there = first[ours[one]], second[theirs[two]]
        if not text or here[1] == there[1] or shares_a_word(here[1], there[1], text):
            edges[one].append((two, weight(here, there, count)))
    pairs.update((ours[one], theirs[two]) for one, two in heaviest(edges).items())
    return pairs


def _equal(first: Sequence[Mark], second: Sequence[Mark]) -> dict[int, int]:
    """Return the pairs without any difference: breaking one up is never worth it, whatever its weight."""
    there: defaultdict[Mark, list[int]] = defaultdict(list)
    for number in reversed(range(len(second))):
        there[second[number]].append(number)
    return {number: there[mark].pop() for number, mark in enumerate(first) if there.get(mark)}


def overlaps(first: Sequence[Fragments], second: Sequence[Fragments]) -> dict[tuple[int, int], int]:
    """Return how many code points two spans share, by their numbers, where they share any.

    Takes as long as there are spans and such pairs.
    """
    pieces = sorted(
        (start, end, side, number)
        for side, many in enumerate((first, second))
        for number, fragments in enumerate(many)
        for start, end in fragments
    )
    shared: dict[tuple[int, int], int] = {}
    open_: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for start, end, side, number in pieces:
        others = open_[1 - side]
        if others:
            others[:] = [it for it in others if it[0] > start]
            for until, other in others:
                key = (other, number) if side else (number, other)
                shared[key] = shared.get(key, 0) + min(end, until) - start
        open_[side].append((end, number))
    return shared


def shares_a_word(first: Fragments, second: Fragments, text: str) -> bool:
    """Whether a letter or digit stands in both: a blank or a comma in common is nothing in common."""
    for start, end in first:
        for begin, until in second:
            low, high = max(start, begin), min(end, until)
            if any(text[place].isalnum() for place in range(low, high)):
                return True
    return False
