"""Finding words: what is told stands there, in order, and nothing that stands there is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import graphemes
from annotator.domain.finding import MOST, Sought, equal, places

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


def test_whole_words_where_no_blanks_part_them() -> None:
    text = "防衛省はISEFを見た。"
    assert places(text, Sought("防衛省", whole=True)) == [(0, 3)]
    assert places(text, Sought("ISEF", whole=True)) == [(4, 8)]


STORY = "“Kim’s car,” said Kim. KIM drove; Kimberly and akim walked. “Kim’s\ncar” — Kim\n\ns car."


def elsewhere(words: str, any_case: bool = False, text: str = STORY) -> list[str]:
    start = text.index(words)
    return [text[a:b] for a, b in equal(text, (start, start + len(words)), any_case)]


def test_equal_words_are_whole_words_in_the_same_case() -> None:
    assert elsewhere("Kim") == ["Kim", "Kim", "Kim"]
    assert elsewhere("Kim", any_case=True) == ["Kim", "KIM", "Kim", "Kim"]
    assert elsewhere("Kim’s car") == ["Kim’s\ncar"]
    assert elsewhere("Kim's car", text=STORY + " Kim's car") == ["Kim’s car", "Kim’s\ncar"]
    assert elsewhere("walked") == []
    assert elsewhere(" ") == []


def test_equal_words_do_not_go_over_an_empty_line() -> None:
    text = "the end\nHere the\n\nend of the\r\nend"
    assert [text[a:b] for a, b in equal(text, (0, 7))] == ["the\r\nend"]
    assert [text[a:b] for a, b in equal(text, (text.index("the\n\n"), text.index(" of")))] == ["the end", "the\r\nend"]


def test_what_reaches_into_the_place_hides_nothing() -> None:
    text = "a b a b a b a"
    assert equal(text, (0, 5)) == [(8, 13)]
    assert equal(text, (4, 9)) == []
    assert equal("a a a a", (2, 5)) == []
    assert equal("a a a a", (0, 3)) == [(4, 7)]
    assert equal("xa a a a", (1, 4)) == [(5, 8)]


@given(
    st.text(st.sampled_from("aAé\u0301b’' \n“中"), max_size=30), st.integers(0, 30), st.integers(1, 4), st.booleans()
)
def test_equal_places_hold_the_words_and_miss_none(text: str, start: int, length: int, any_case: bool) -> None:
    place = (min(start, len(text)), min(start + length, len(text)))
    words = text[slice(*place)]

    def same(sign: str) -> str:
        sign = "’" if sign in "’'" else sign
        return sign.casefold() if any_case else sign

    def fits(at: int) -> bool:
        there = text[at : at + len(words)]
        beside = text[max(at - 1, 0) : at] if words[0] != "中" else ""
        beside += text[at + len(words) : at + len(words) + 1] if words[-1] != "中" else ""
        return (
            [*map(same, there)] == [*map(same, words)]
            and not any(sign.isalnum() and sign != "中" for sign in beside)
            and graphemes.is_boundary(text, at)
            and graphemes.is_boundary(text, at + len(words))
            and (at + len(words) <= place[0] or at >= place[1])
        )

    found = equal(text, place, any_case)
    last = 0
    for a, b in found:
        assert last <= a < b
        assert b <= place[0] or a >= place[1]
        last = b
    if words and not any(sign.isspace() for sign in words):
        expected = [at for at in range(len(text)) if fits(at)]
        taken = {at for a, b in found for at in range(a, b)}
        assert all(a in expected and b - a == len(words) for a, b in found)
        # What is missing lies over a place that was found.
        assert all(taken & set(range(at, at + len(words))) for at in expected)
