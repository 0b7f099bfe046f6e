"""Finding words: what is told stands there, in order, and nothing that stands there is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.finding import MOST, Sought, places

TEXT = "“We don’t know,” said Łucja. “WE\u00a0do.”\r\nNobody — not one — asked; we all left."
CHARS = st.text(st.sampled_from("aAbßŁł’'\"“.*\\[( \n\u00a0🏗e\u0301-—"), max_size=12)


def found(words: str, **ways: bool) -> list[str]:
    return [TEXT[start:end] for start, end in places(TEXT, Sought(words, **ways))]


def test_as_a_reader_means_it() -> None:
    assert found("we") == ["We", "WE", "we"]
    assert found("We", case=True) == ["We"]
    assert found("do", whole=True) == ["do"]
    assert found("don't") == ["don’t"]
    assert found("don't", case=True) == []
    assert found('"we do') == ["“We do", "“WE\u00a0do"]
    assert found("nobody - not") == ["Nobody — not"]
    assert found("do.” nobody") == ["do.”\r\nNobody"]
    assert found("łucja") == ["Łucja"]
    assert found("") == []
    assert found("w.") == []  # no expression


@given(CHARS, CHARS, st.booleans(), st.booleans())
def test_places_are_in_order_and_hold_the_words(text: str, words: str, case: bool, whole: bool) -> None:
    last = 0
    for start, end in places(text, Sought(words, case, whole)):
        assert last <= start < end <= len(text)
        last = end
        if case:
            assert text[start:end].split() == words.split()
        if whole:
            beside = text[max(start - 1, 0) : start] + text[end : end + 1]
            assert not any(sign.isalnum() or sign == "_" for sign in beside)


@given(CHARS, CHARS)
def test_what_stands_there_is_found(text: str, words: str) -> None:
    exactly = Sought(words, case=True)
    if words and not any(sign.isspace() for sign in words):
        expected: list[int] = []
        at = text.find(words)
        while at >= 0:
            expected.append(at)
            at = text.find(words, at + len(words))
        assert [start for start, _ in places(text, exactly)] == expected
    if words.strip() and words in text:
        assert places(text, exactly)


@pytest.mark.parametrize("words", ["a", "a ", " "])
def test_there_is_an_end(words: str) -> None:
    assert len(places("a " * (MOST + 5), Sought(words))) == MOST
