"""Offsets in UTF-16 and UTF-8 against the naive definition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.display import display
from annotator.domain.errors import BadSpan
from annotator.domain.offsets import UNITS, exact_code_point, offset_map

CODECS = {"code-points": "utf-32-le", "utf-16": "utf-16-le", "utf-8": "utf-8"}
WIDTH = {"code-points": 4, "utf-16": 2, "utf-8": 1}
TEXTS = st.text(
    st.sampled_from("ab é中م\u0301\u200d😀\U00020000🇰\r\n\ufeff\u2028\u00a0\x00\x85\x1b\ud800\uffff"), max_size=60
)


def naive(text: str, unit: str) -> int:
    return len(text.encode(CODECS[unit], "surrogatepass")) // WIDTH[unit]


@pytest.mark.parametrize("unit", UNITS)
@given(text=TEXTS, times=st.sampled_from((1, 1, 40)))
def test_every_offset_both_ways(unit: str, text: str, times: int) -> None:
    text *= times
    offsets = offset_map(text, unit)
    assert offsets.length == naive(text, unit)
    expected = {naive(text[:position], unit): position for position in range(len(text) + 1)}
    for offset in range(offsets.length + 1):
        inside = max(start for start in expected if start <= offset)
        assert offsets.to_code_point(offset) == expected[inside]
        if offset in expected:
            assert offsets.from_code_point(expected[offset]) == offset
            assert exact_code_point(offsets, offset) == expected[offset]
        else:
            with pytest.raises(BadSpan, match="inside a character"):
                exact_code_point(offsets, offset)


@pytest.mark.parametrize("offset", [-1, 4])
def test_an_offset_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(BadSpan, match="outside"):
        exact_code_point(offset_map("a😀", "utf-16"), offset)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="words"):
        offset_map("", "words")


@given(TEXTS)
def test_what_is_drawn_is_as_long_as_the_text(text: str) -> None:
    drawn = display(text)
    assert len(drawn) == len(text)
    assert [naive(character, "utf-16") for character in drawn] == [naive(character, "utf-16") for character in text]
    assert not set(drawn) & set("\r\n\x00\x85\u2028\ufeff\ud800\uffff")
