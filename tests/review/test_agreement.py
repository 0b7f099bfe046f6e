"""Span F1: known figures, other ways to the same numbers, and what is said where there is none."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Collection, Mapping
from itertools import permutations
from pathlib import Path
from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import Annotator
from annotator.domain.span import Span, joined
from annotator.formats import brat
from annotator.formats.record import Origin
from annotator.review.agreement import (
    COMMON,
    EXACT,
    EXACT_PLACE,
    FEW,
    MEASURES,
    NOTHING,
    OVERLAP,
    OVERLAP_PLACE,
    Agreement,
    agreement,
    f1,
)
from annotator.review.align import Mark
from annotator.review.comparing import MISSING, InCommon, Tally, confusion, in_common, marks

BRATIAA = Path(__file__).parents[2].parent / "shared" / "data" / "bratiaa"

MARKS = st.builds(
    lambda label, pieces: (label, joined((start, start + long) for start, long in pieces)),
    st.sampled_from(["quote", "source", "cue"]),
    st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), min_size=1, max_size=2),
)
READINGS = st.lists(MARKS, max_size=5)


def mark(start: int, end: int, label: str = "quote") -> Mark:
    return label, ((start, end),)


def row(count: int, label: str = "quote", by: int = 0) -> list[Mark]:
    """So many marks apart from each other."""
    return [mark(10 * number + by, 10 * number + 5 + by, label) for number in range(count)]


def of(articles: Mapping[str, Mapping[str, Collection[Mark]]], **how: int) -> Agreement:
    items = [item for article, readings in articles.items() for item in in_common(article, readings)]
    return agreement(items, sorted({it for readings in articles.values() for it in readings}), **how)


# counting


def meets(first: Mark, second: Mark) -> bool:
    ours = {place for start, end in first[1] for place in range(start, end)}
    return any(place in ours for start, end in second[1] for place in range(start, end))


def most(first: list[Mark], second: list[Mark], labelled: bool) -> int:
    """As many pairs as can be, by trying every pairing."""
    if len(first) > len(second):
        first, second = second, first
    fit = [[meets(one, two) and (not labelled or one[0] == two[0]) for two in second] for one in first]
    return max(sum(fit[a][b] for a, b in enumerate(order)) for order in permutations(range(len(second)), len(first)))


@given(first=READINGS, second=READINGS)
def test_pairs_are_as_many_as_by_trying_all(first: list[Mark], second: list[Mark]) -> None:
    ours, theirs = list(set(first)), list(set(second))
    (item,) = in_common("a", {"x": first, "y": second})
    whole = sum(item.labels.values(), Tally())
    assert whole == Tally(len(ours) + len(theirs), len(set(ours) & set(theirs)), most(ours, theirs, labelled=True))
    places = Counter(it[1] for it in ours) & Counter(it[1] for it in theirs)
    assert item.places == Tally(whole.spans, sum(places.values()), most(ours, theirs, labelled=False))
    for label, tally in item.labels.items():
        (own,) = in_common(
            "a", {"x": [it for it in first if it[0] == label], "y": [it for it in second if it[0] == label]}
        )
        assert own.labels[label] == tally
    assert whole.exact <= whole.overlap <= item.places.overlap
    assert whole.exact <= item.places.exact <= item.places.overlap


@given(first=READINGS, second=READINGS)
def test_who_is_first_changes_no_figure(first: list[Mark], second: list[Mark]) -> None:
    (one,), (two,) = in_common("a", {"x": first, "y": second}), in_common("a", {"x": second, "y": first})
    assert (one.labels, one.places) == (two.labels, two.places)


@given(first=READINGS, second=READINGS)
def test_every_span_stands_in_the_confusion_once(first: list[Mark], second: list[Mark]) -> None:
    table = confusion(sorted(set(first)), sorted(set(second)))
    for side, many in enumerate((first, second)):
        found: Counter[str] = Counter()
        for labels, count in table.items():
            if labels[side] != MISSING:
                found[labels[side]] += count
        assert found == Counter(label for label, _ in set(many))
    assert (MISSING, MISSING) not in table


def test_labels_are_confused_where_the_words_are_the_same() -> None:
    first = [mark(0, 5, "quote"), mark(10, 15, "source"), mark(20, 25, "cue")]
    second = [mark(0, 5, "quote"), mark(10, 14, "cue"), mark(30, 35, "source")]
    assert confusion(first, second) == {
        ("quote", "quote"): 1, ("source", "cue"): 1, ("cue", MISSING): 1, (MISSING, "source"): 1
    }  # fmt: skip


def test_a_span_that_stands_twice_counts_once() -> None:
    spans = [Span(id, "a", "l", "", "quote", ((0, 5),)) for id in "xy"]
    assert marks(spans) == {mark(0, 5)}


# figures


def test_the_four_measures() -> None:
    first = [*row(4), mark(100, 105, "source"), mark(200, 210, "cue")]
    second = [*row(4), mark(100, 105, "cue"), mark(205, 220, "cue")]
    found = of({"a": {"x": first, "y": second}}).overall
    assert [found[measure].value for measure in MEASURES] == [8 / 12, 10 / 12, 10 / 12, 1.0]
    assert MEASURES == (EXACT, OVERLAP, EXACT_PLACE, OVERLAP_PLACE)
    assert {it.sd for it in found.values()} == {None}


def test_a_mean_over_pairs_has_a_spread() -> None:
    found = of({"a": {"x": row(4), "y": row(4), "z": [*row(2), *row(2, by=1000)]}})
    assert [it[EXACT].value for it in found.pairs.values()] == [1.0, 0.5, 0.5]
    figure = found.overall[EXACT]
    assert (figure.value, figure.pairs, figure.of) == (pytest.approx(2 / 3), 3, 3)
    assert figure.sd == pytest.approx(pstdev([1, 0.5, 0.5]))


def test_no_common_article_is_said_and_no_number() -> None:
    found = of({"a": {"x": row(9), "y": row(9)}, "b": {"z": row(9)}})
    assert found.pairs["x", "z"][EXACT].why == COMMON
    assert found.pairs["x", "z"][EXACT].value is None
    assert (found.overall[EXACT].value, found.overall[EXACT].pairs, found.overall[EXACT].of) == (1.0, 1, 3)
    assert of({"a": {"x": row(9)}, "b": {"z": row(9)}}).overall[EXACT].why == COMMON
    assert ("x", "z") not in found.confusion


def test_too_few_spans_and_none_are_said_and_no_number() -> None:
    found = of({"a": {"x": [*row(9), mark(500, 501, "cue")], "y": [*row(9), mark(500, 501, "cue")]}})
    assert (found.labels["cue"][EXACT].value, found.labels["cue"][EXACT].why) == (None, FEW)
    assert (found.overall[EXACT].value, found.overall[EXACT].why) == (1.0, "")
    empty = of({"a": {"x": [], "y": []}})
    assert {(it.value, it.why) for it in empty.overall.values()} == {(None, NOTHING)}
    assert empty.articles["a"][EXACT].why == NOTHING
    assert f1(Tally(4, 2, 2), exact=True).why == FEW
    assert f1(Tally(5, 0, 0), exact=True).value == 0.0


def test_one_who_marked_nothing_agrees_in_nothing() -> None:
    found = of({"a": {"x": row(9), "y": []}})
    assert found.overall[OVERLAP_PLACE].value == 0.0
    assert found.confusion["x", "y"] == {("quote", MISSING): 9}


def test_a_label_of_one_pair_only_says_of_how_many_it_speaks() -> None:
    found = of({"a": {"x": row(5, "cue"), "y": row(5, "cue"), "z": []}, "b": {"z": row(5), "w": row(5)}})
    figure = found.labels["cue"][EXACT]
    assert (figure.value, figure.pairs, figure.of) == (pytest.approx(1 / 3), 3, 6)
    assert found.cells[("w", "z"), "cue"][EXACT].why == NOTHING


# intervals


def naive(items: list[InCommon], draws: int, seed: int) -> tuple[float, float]:
    """The interval of the exact mean over pairs, drawn article by article."""
    by_article: dict[str, list[InCommon]] = {}
    for item in items:
        by_article.setdefault(item.article, []).append(item)
    names, chance, values = sorted(by_article), random.Random(seed), []
    for _ in range(draws):
        sums: dict[tuple[str, str], Tally] = {}
        for name in chance.choices(names, k=len(names)):
            for item in by_article[name]:
                sums[item.pair] = sums.get(item.pair, Tally()) + sum(item.labels.values(), Tally())
        found = [2 * it.exact / it.spans for it in sums.values() if it.spans]
        values.append(sum(found) / len(found))
    values.sort()
    return values[int(0.025 * draws)], values[-int(0.025 * draws) - 1]


def several(count: int, people: str = "xyz", spans: int = 8) -> list[InCommon]:
    chance = random.Random(3)
    items = []
    for number in range(count):
        whole = row(spans, "quote") + row(spans, "cue", by=1000)
        readings = {person: [it for it in whole if chance.random() < 0.8] for person in people}
        items += in_common(f"article {number:04}", readings)
    return items


def test_intervals_are_those_of_drawing_article_by_article() -> None:
    items = several(12)
    found = agreement(items, "xyz", draws=200, seed=5).overall[EXACT]
    assert (found.low, found.high) == pytest.approx(naive(items, 200, 5))
    assert found.low is not None
    assert found.value is not None
    assert found.high is not None
    assert found.low < found.value < found.high


def test_the_seed_decides_and_not_the_order() -> None:
    items = several(12)
    usual = agreement(items, "xyz", draws=100)
    assert agreement(items[::-1], "zyx", draws=100) == usual
    assert agreement(items, "xyz", draws=100, seed=1) != usual
    assert agreement(items, "xyz", draws=0).overall[EXACT].low is None


def test_too_few_articles_have_no_interval() -> None:
    found = agreement(several(4), "xyz")
    assert found.overall[EXACT].value is not None
    assert found.overall[EXACT].low is None
    some = of({f"a{n}": {"x": row(5), "y": row(5), **({"z": row(5)} if n < 2 else {})} for n in range(8)}, draws=50)
    assert some.pairs["x", "y"][EXACT].low == 1.0
    assert some.pairs["x", "z"][EXACT].low is None


def test_a_pair_without_a_figure_has_no_part_in_the_interval() -> None:
    """Two who read other articles and marked too little: the mean leaves them out, so its interval must too."""
    found = of(
        {f"a{n}": {"x": row(5), "y": row(5)} for n in range(8)}
        | {"b0": {"z": row(1), "w": []}} | {f"b{n}": {"z": [], "w": row(1) if n == 2 else []} for n in range(1, 8)},
        draws=50,
    )  # fmt: skip
    assert found.pairs["w", "z"][EXACT].why == FEW
    assert (found.overall[EXACT].value, found.overall[EXACT].low, found.overall[EXACT].high) == (1.0, 1.0, 1.0)
    assert found.labels["quote"][EXACT].low == 1.0


def test_the_work_tells_how_far_it_is_and_can_be_ended() -> None:
    heard: list[tuple[int, int]] = []

    def hear(done: int, total: int) -> None:
        heard.append((done, total))
        if done > 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        agreement(several(12), "xyz", hear=hear)
    assert heard[0] == (0, 1000)
    assert len(heard) < 10


# published figures


def real(folder: Path, *people: str) -> list[InCommon]:
    items: list[InCommon] = []
    for text in sorted((folder / people[0]).glob("*.txt")):
        readings = {}
        for name in people:
            with (folder / name / f"{text.stem}.ann").open("rb") as lines:
                record = brat.read(text.read_bytes(), lines, Origin(text.stem, Annotator(name, name)))
            assert not record.refusals
            readings[name] = marks(record.spans)
        items += in_common(text.stem, readings, text.read_text(encoding="utf-8"))
    return items


PUBLISHED = {"LOC": (0.819, 0.131), "MISC": (0.840, 0.090), "ORG": (0.906, 0.053), "PER": (0.938, 0.039)}
BY_ARTICLE = {
    "esp.train-doc-100": (0.798, 0.167), "esp.train-doc-1400": (0.894, 0.039), "esp.train-doc-29": (0.906, 0.072),
    "esp.train-doc-423": (0.906, 0.037), "esp.train-doc-46": (0.936, 0.023), "esp.train-doc-503": (0.907, 0.052),
    "esp.train-doc-896": (0.873, 0.063),
}  # fmt: skip


@pytest.mark.skipif(not BRATIAA.is_dir(), reason="the shared data is not on this machine")
def test_the_published_figures_of_four_annotators() -> None:
    people = ("Lisa", "Maria", "Max", "Peter")
    found = agreement(real(BRATIAA / "example-project", *people), people)

    def told(figures: Mapping[str, object]) -> tuple[float, float]:
        figure = figures[EXACT]
        return round(figure.value, 3), round(figure.sd, 3)  # type: ignore[attr-defined]

    assert told(found.overall) == (0.890, 0.053)
    assert {label: told(figures) for label, figures in found.labels.items()} == PUBLISHED
    assert {article: told(figures) for article, figures in found.articles.items()} == BY_ARTICLE
    values = [it[EXACT].value for it in found.pairs.values()]
    assert fmean(it for it in values if it is not None) == pytest.approx(found.overall[EXACT].value)
    for figures in (*found.pairs.values(), *found.articles.values(), found.overall):
        numbers = [figures[measure].value for measure in (EXACT, OVERLAP, OVERLAP_PLACE)]
        assert numbers == sorted(it for it in numbers if it is not None)
    lisa_max = found.confusion["Lisa", "Max"]
    assert sum(count for (label, _), count in lisa_max.items() if label != MISSING) == len(
        {(article, it) for article, it in _all(BRATIAA / "example-project" / "Lisa")}
    )
    interval = found.overall[EXACT]
    assert interval.low is not None
    assert interval.high is not None
    assert interval.low < 0.890 < interval.high


def _all(folder: Path) -> set[tuple[str, bytes]]:
    return {
        (path.stem, line.split(b"\t")[1])
        for path in folder.glob("*.ann")
        for line in path.read_bytes().splitlines()
        if line.startswith(b"T")
    }


# speed


def test_a_thousand_articles_in_two_seconds_and_with_a_thousand_samples_in_five() -> None:
    chance = random.Random(4)
    texts: dict[str, dict[str, list[Mark]]] = {}
    for number in range(1000):
        readings = {}
        for person in "xy":
            starts = [40 * place + chance.randint(0, 3) for place in range(25)]
            readings[person] = [
                mark(start, start + chance.randint(5, 30), chance.choice(["quote", "source", "cue"]))
                for start in starts
            ]
        texts[f"{number:04}"] = readings
    # Of this process alone: what else the machine does is no matter of the code.
    began = time.process_time()
    items = [item for article, readings in texts.items() for item in in_common(article, readings)]
    plain = agreement(items, "xy", draws=0)
    counted = time.process_time()
    sure = agreement(items, "xy", draws=1000)
    done = time.process_time()
    assert plain.overall[EXACT].value == sure.overall[EXACT].value
    assert sure.overall[EXACT].low is not None
    assert counted - began < 2
    assert done - began < 5
