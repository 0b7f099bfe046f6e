"""Ways through the text: to what has no label, to the ends of clauses, to a word by its first letters."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import ways

TEXT = "Dockers vote, the union said. “We stay out,” he told us.\n\nNo ferry sails today; none did yesterday."


def at(words: str, number: int = 0) -> int:
    place = -1
    for _ in range(number + 1):
        place = TEXT.index(words, place + 1)
    return place


def test_from_clause_to_clause_that_has_no_label() -> None:
    seen, caret = [], 0
    while (place := ways.next_unlabelled(TEXT, caret, [])) is not None:
        seen.append(TEXT[place:].split()[0])
        caret = place
    assert seen == ["the", "We", "he", "No", "none"]
    back = []
    while (place := ways.previous_unlabelled(TEXT, caret, [])) is not None:
        back.append(TEXT[place:].split()[0])
        caret = place
    assert back == ["No", "he", "We", "the", "Dockers"]


def test_what_is_labelled_is_passed_over_and_what_follows_a_span_is_not() -> None:
    labelled = [(0, at(", the")), (at("the union"), at(" said")), (at("“We"), at(" he told"))]
    place = ways.next_unlabelled(TEXT, 0, labelled)
    assert place == at("said")
    place = ways.next_unlabelled(TEXT, place, labelled)
    assert place == at("he told")
    assert ways.next_unlabelled(TEXT, at("none"), labelled) is None
    assert ways.previous_unlabelled(TEXT, at("said"), labelled) is None


def test_from_end_of_clause_to_end_of_clause() -> None:
    seen, place = [], 0
    while place < len(TEXT):
        place = ways.clause_end(TEXT, place)
        seen.append(TEXT[:place].split()[-1])
    assert seen == ["vote", "said", "said.", "out", "out,”", "us", "us.", "today", "yesterday", "yesterday."]
    back = []
    while place:
        place = ways.clause_end_before(TEXT, place)
        back.append(TEXT[:place].split()[-1] if place else "")
    assert back == [*reversed(seen[:-1]), ""]


@pytest.mark.parametrize(
    ("caret", "word"),
    [(0, "Dockers"), (3, "kers"), (at(", the"), "the"), (at(" “We"), "“We"), (at(" he told"), "he"), (at("\n"), "No")],
)
def test_a_selection_begins_at_what_opens(caret: int, word: str) -> None:
    assert TEXT[ways.begin(TEXT, caret) :].startswith(word)


def test_a_word_by_its_first_letters() -> None:
    def found(position: int, letters: str, direction: int = 1) -> str | None:
        place = ways.word_that_begins("Ärger? Argus, ärgert; the café’s cafés", position, letters, direction)
        return "Ärger? Argus, ärgert; the café’s cafés"[slice(*place)] if place else None

    assert found(0, "ar") == "Argus"
    assert found(8, "AR") == "ärgert"
    assert found(20, "ar") == "Ärger"  # round the end
    assert found(20, "ar", -1) == "ärgert"
    assert found(0, "ca") == "café’s"
    assert found(0, "xy") is None
    assert found(0, "’") is None


def test_sentences_are_taken_one_after_the_other() -> None:
    caret = at("union")
    first = ways.sentences(TEXT, caret, caret)
    assert TEXT[slice(*first)] == "Dockers vote, the union said."
    second = ways.sentences(TEXT, *first)
    assert TEXT[slice(*second)] == "Dockers vote, the union said. “We stay out,” he told us."
    third = ways.sentences(TEXT, *second)
    assert third == (0, len(TEXT))
    assert ways.sentences(TEXT, *third) == third


SIGNS = st.text(st.sampled_from('ab ,.;“”"\n\r:—京'), max_size=40)


@given(SIGNS, st.data())
def test_whatever_the_text_the_ways_lead_on(text: str, data: st.DataObject) -> None:
    caret = data.draw(st.integers(0, len(text)))
    seen = [caret]
    while seen[-1] < len(text):
        seen.append(ways.clause_end(text, seen[-1]))
    assert all(before < after for before, after in pairwise(seen))
    while seen[-1] > 0:
        place = ways.clause_end_before(text, seen[-1])
        assert place < seen[-1]
        seen.append(place)
    place = ways.next_unlabelled(text, caret, [])
    assert place is None or caret < place < len(text)
    place = ways.previous_unlabelled(text, caret, [])
    assert place is None or 0 <= place < caret
    assert caret <= ways.begin(text, caret) <= len(text)
