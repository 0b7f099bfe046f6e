"""Colours that can hardly be told apart, found among many: the same as by comparing each with each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.eyes import alike, apart

PARTS = st.sampled_from([0x00, 0x10, 0x18, 0x70, 0x78, 0x80, 0xF0, 0xFF])
COLOURS = st.builds("#{:02X}{:02X}{:02X}".format, PARTS, PARTS, PARTS) | st.sampled_from(["", "no colour"])


@given(st.lists(COLOURS, max_size=12), st.sampled_from([4.0, 12.0, 30.0]))
def test_the_first_before_it_is_found(colours: list[str], near: float) -> None:
    wanted = [
        next((other for other in range(place) if apart(colours[other], colour) < near), None)
        for place, colour in enumerate(colours)
    ]
    assert list(alike(tuple(colours), near)) == wanted


def test_equal_colours_are_alike_and_black_and_white_are_not() -> None:
    assert alike(("#102030", "#102030", "#FFFFFF"), 12.0) == (None, 0, None)
