"""Pairing spans of two readings: as good as the best of all pairings, whatever the order, and quick."""

import random
import time
from collections.abc import Sequence
from itertools import permutations
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span import Fragments, Span, joined
from annotator.review.align import EQUAL, WHOLE, Mark, matched, overlaps, size, weight
from annotator.review.pairing import heaviest


def span(start: int, end: int, label: str = "quote", id: str = "", *more: tuple[int, int]) -> Span:
    fragments = joined([(start, end), *more])
    return Span(id or f"{label}{fragments}", "a", "layer", "", label, fragments)


class Pair(NamedTuple):
    """Spans of two readings that mean the same thing; None where a reading has nothing."""

    first: Span | None
    second: Span | None


def aligned(first: Sequence[Span], second: Sequence[Span], text: str = "") -> list[Pair]:
    """The pairs of two readings, and the spans that have none, in the order of the text."""
    ours, theirs = (sorted(some, key=lambda it: (it.fragments, it.label, it.id)) for some in (first, second))
    pairs = matched([(it.label, it.fragments) for it in ours], [(it.label, it.fragments) for it in theirs], text)
    found = [Pair(it, theirs[pairs[number]] if number in pairs else None) for number, it in enumerate(ours)]
    taken = set(pairs.values())
    found += [Pair(None, it) for number, it in enumerate(theirs) if number not in taken]
    return sorted(found, key=_place)


def _place(pair: Pair) -> tuple[tuple[int, int], ...]:
    spans = [it for it in pair if it is not None]
    return min((it.start, it.end) for it in spans), *((it.start, it.end) for it in spans)


def shared(first: Fragments, second: Fragments) -> int:
    """Count the code points one by one."""
    ours = {place for start, end in first for place in range(start, end)}
    return len(ours & {place for start, end in second for place in range(start, end)})


def total(first: Sequence[Mark], second: Sequence[Mark], pairs: dict[int, int]) -> int:
    assert len(set(pairs.values())) == len(pairs)
    weights = [weight(first[one], second[two], shared(first[one][1], second[two][1])) for one, two in pairs.items()]
    assert all(weights)
    return sum(weights)


def best(first: Sequence[Mark], second: Sequence[Mark]) -> int:
    """The largest sum, by trying every pairing."""
    if len(first) > len(second):
        first, second = second, first
    table = [[weight(one, two, shared(one[1], two[1])) for two in second] for one in first]
    return max(
        sum(table[row][column] for row, column in enumerate(order))
        for order in permutations(range(len(second)), len(first))
    )


MARKS = st.builds(
    lambda label, pieces: (label, joined((start, start + long) for start, long in pieces)),
    st.sampled_from(["quote", "source", "cue"]),
    st.lists(st.tuples(st.integers(0, 12), st.integers(1, 8)), min_size=1, max_size=2),
)


@given(first=st.lists(MARKS, max_size=5), second=st.lists(MARKS, max_size=5))
def test_no_pairing_is_better(first: list[Mark], second: list[Mark]) -> None:
    assert total(first, second, matched(first, second)) == best(first, second)


def test_five_hundred_cases_equal_to_trying_all() -> None:
    chance = random.Random(8)

    def marks() -> list[Mark]:
        found = []
        for _ in range(chance.randint(0, 6)):
            pieces = [(start, start + chance.randint(1, 9)) for start in (chance.randint(0, 25), chance.randint(0, 25))]
            found.append((chance.choice("abc"), joined(pieces[: chance.choice((1, 1, 1, 2))])))
        return found

    for _ in range(500):
        first, second = marks(), marks()
        assert total(first, second, matched(first, second)) == best(first, second)


WEIGHTS = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 9), max_size=14)


@given(weights=WEIGHTS)
def test_the_heaviest_pairing_of_any_graph(weights: dict[tuple[int, int], int]) -> None:
    edges: dict[int, list[tuple[int, int]]] = {}
    for (row, column), value in weights.items():
        edges.setdefault(row, []).append((column, value))
    found = heaviest(edges)
    assert len(set(found.values())) == len(found)
    tried = max(
        sum(weights.get((row, column), 0) for row, column in enumerate(order)) for order in permutations(range(5))
    )
    assert sum(weights[pair] for pair in found.items()) == tried


@given(first=st.lists(MARKS, max_size=6), second=st.lists(MARKS, max_size=6))
def test_shared_text_is_counted_as_one_would(first: list[Mark], second: list[Mark]) -> None:
    ours, theirs = [it[1] for it in first], [it[1] for it in second]
    counts = {(one, two): shared(here, there) for one, here in enumerate(ours) for two, there in enumerate(theirs)}
    assert overlaps(ours, theirs) == {pair: count for pair, count in counts.items() if count}
    assert all(size(it) == shared(it, it) for it in ours)


@given(st.lists(MARKS, max_size=6), st.lists(MARKS, max_size=6), st.randoms())
def test_the_order_of_the_spans_changes_nothing(first: list[Mark], second: list[Mark], chance: random.Random) -> None:
    def spans(marks: list[Mark], side: str) -> list[Span]:
        return [
            Span(f"{side}{number}", "a", "", "", label, fragments) for number, (label, fragments) in enumerate(marks)
        ]

    ours, theirs = spans(first, "x"), spans(second, "y")
    usual = aligned(ours, theirs)
    for many in (ours, theirs):
        chance.shuffle(many)
    assert aligned(ours, theirs) == usual
    assert sorted(it.id for pair in usual for it in pair if it) == sorted(it.id for it in (*ours, *theirs))


def pairs(first: list[Span], second: list[Span], text: str = "") -> list[tuple[str, str]]:
    return [(one.id if one else "", two.id if two else "") for one, two in aligned(first, second, text)]


def test_what_is_equal_is_a_pair_even_where_others_would_share_more() -> None:
    first = [span(0, 10, id="whole"), span(0, 5, id="left")]
    second = [span(0, 10, id="whole2"), span(5, 10, id="right")]
    assert pairs(first, second) == [("left", ""), ("whole", "whole2"), ("", "right")]
    assert 2 * (WHOLE + WHOLE // 2) < EQUAL


def test_another_label_on_the_same_words_is_a_pair() -> None:
    assert pairs([span(0, 10, "person", "p")], [span(9, 90, "person", "far"), span(0, 10, "place", "q")]) == [
        ("p", "q"), ("", "far"),
    ]  # fmt: skip


def test_the_same_label_outweighs_a_little_more_text() -> None:
    first = [span(0, 10, "quote", "q")]
    assert pairs(first, [span(0, 9, "quote", "same"), span(0, 10, "claim", "other")])[0] == ("q", "same")


def test_fragments_meet_in_what_they_share() -> None:
    first = [span(0, 4, "cue", "split", (20, 24))]
    assert pairs(first, [span(0, 24, "cue", "hull"), span(8, 16, "cue", "between")]) == [
        ("split", "hull"), ("", "between"),
    ]  # fmt: skip


def test_a_blank_in_common_is_nothing_in_common() -> None:
    text = "One, two"
    assert pairs([span(0, 5, id="a")], [span(3, 8, id="b")]) == [("a", "b")]
    assert pairs([span(0, 5, id="a")], [span(3, 8, id="b")], text) == [("a", ""), ("", "b")]
    assert pairs([span(3, 4, "x", "a")], [span(3, 4, "y", "b")], text) == [("a", "b")]


@pytest.mark.parametrize(("first", "second"), [([], []), ([span(0, 1, id="a")], []), ([], [span(0, 1, id="a")])])
def test_a_reading_without_spans(first: list[Span], second: list[Span]) -> None:
    assert len(aligned(first, second)) == len(first) + len(second)


def many(count: int, by: int, chance: random.Random) -> list[Span]:
    """So many spans of a few words each, all of them a little beside those of another reading."""
    found = []
    for number in range(count):
        start = 12 * number + by + chance.randint(0, 3)
        found.append(span(start, start + chance.randint(4, 14), chance.choice(["quote", "source"]), f"{by}-{number}"))
    return found


@pytest.mark.parametrize(("covering", "most"), [(0, 1.0), (1, 5.0)])
def test_five_thousand_spans_by_two_people(covering: int, most: float) -> None:
    chance = random.Random(1)
    first, second = many(5_000, 0, chance), many(5_000, 2, chance)
    for number in range(covering):
        first.append(span(0, 61_000, "quote", f"over{number}"))
        second.append(span(0, 60_990, "source", f"over-{number}"))
    text = "word " * 12_300
    # Of this process alone: what else the machine does is no matter of the code.
    began = time.process_time()
    found = aligned(first, second, text)
    took = time.process_time() - began
    assert sum(one is not None and two is not None for one, two in found) > 4_000
    assert took < most
