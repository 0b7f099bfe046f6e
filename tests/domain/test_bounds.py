"""Bounds of words, clauses, quotations and sentences, against what editors would select."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import clauses, quotations, words
from annotator.domain.sentences import sentence_starts
from tests.domain import gum
from tests.domain.bounds import KINDS, Case, cases

ENOUGH = 0.98
CASES = cases()


def wrong(some: list[Case]) -> list[str]:
    """Say which cases are not met."""
    return [
        f"{case.where} {case.kind}: {case.text[slice(*found)] if (found := case.found()) else None!r} "
        f"for {case.text[slice(*case.expected)]!r}"
        for case in some
        if case.found() != case.expected
    ]


def test_there_are_many_cases_in_many_languages() -> None:
    assert len(CASES) >= 300
    assert len({case.language for case in CASES}) >= 8
    assert {case.kind for case in CASES} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_by_kind(kind: str) -> None:
    some = [case for case in CASES if case.kind == kind]
    bad = wrong(some)
    assert len(bad) <= (1 - ENOUGH) * len(some), "\n".join(bad)


@pytest.mark.parametrize("language", sorted({case.language for case in CASES}))
def test_by_language(language: str) -> None:
    some = [case for case in CASES if case.language == language]
    bad = wrong(some)
    assert len(bad) <= (1 - ENOUGH) * len(some), "\n".join(bad)


def test_a_fault_in_a_case_is_found() -> None:
    case = CASES[0]
    start, end = case.expected
    assert wrong([case._replace(expected=(start, end - 1))])


@pytest.mark.skipif(not gum.ARCHIVE.exists(), reason="GUM's articles lie beside the repository; the cases never skip")
def test_sentences_of_real_news() -> None:
    counts: Counter[str] = Counter()
    articles: set[str] = set()
    for paragraph in gum.paragraphs():
        articles.add(paragraph.article)
        starts = [*sentence_starts(paragraph.text), len(paragraph.text)]
        found = {words.trimmed(paragraph.text, start, end) for start, end in pairwise(starts)}
        meant = set(paragraph.sentences)
        counts.update(right=len(found & meant), found=len(found), meant=len(meant))
    assert len(articles) == 24
    f1 = 2 * counts["right"] / (counts["found"] + counts["meant"])
    assert f1 >= 0.95, f1


TEXTS = st.text(st.sampled_from("ab S.!?,;:—-–\n\r 1'\"“”‘’„«»‹›「」()…、。京か\u00a0א״"), max_size=60)


@given(TEXTS, st.data())
def test_whatever_the_text_bounds_are_within_it_and_hold_the_place(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text)))
    low, high = words.paragraph_at(text, position)
    for found in (words.word_at(text, position), words.clause_at(text, position)):
        assert found is None or (low <= found[0] <= position <= found[1] <= high and found[0] < found[1])
    for start, end in quotations.around(text, position, position):
        assert 0 <= start <= position <= end <= len(text)
        assert end - start >= 2
    found = clauses.clauses(text, low, high)
    assert all(before[1] <= after[0] for before, after in pairwise(found))


@given(TEXTS)
def test_quotations_never_cross(text: str) -> None:
    found = quotations.quotations(text, 0, len(text))
    for a in found:
        for b in found:
            assert a[1] <= b[0] or b[1] <= a[0] or (a[0] <= b[0] and b[1] <= a[1]) or (b[0] <= a[0] and a[1] <= b[1])
