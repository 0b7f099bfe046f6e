"""Spans of other articles by what is typed, and by what they share with a sentence."""

from __future__ import annotations

from annotator.domain.likeness import known, likest_first, ranked, telling

SAID = (
    ("Rents in the old town have doubled", "Market"),
    ("The ferry left on time", "Doubled rents"),
    ("Undoubledness is no word", ""),
    ("Łódź’s rents doubled in 2019", "Łódź"),
)


def found(typed: str, about: str = "") -> list[int]:
    all_known = [known(words, title, telling(about)) for words, title in SAID]
    order = likest_first(all_known)
    return [order[place] for place in ranked([all_known[place] for place in order], typed)]


def test_nothing_typed_gives_all_in_their_order() -> None:
    assert found("") == found(" … ") == [0, 1, 2, 3]


def test_those_that_share_words_come_first() -> None:
    assert found("", "In 2019 the rents had doubled.") == [3, 0, 1, 2]
    assert found("", "of the in a") == [0, 1, 2, 3]  # words that say nothing


def test_every_typed_word_counts_its_beginning_before_its_inside() -> None:
    assert found("doub") == [0, 1, 3, 2]
    assert found("rent doub") == [0, 1, 3]
    assert found("market") == [0]
    assert found("lodz") == [3]
    assert found("zzz") == []


def test_the_title_is_found_but_is_not_like() -> None:
    assert found("doubled", "rents doubled") == [0, 3, 1, 2]
