"""Long texts are compared in pieces; nothing is lost at a cut."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import terms


def test_a_pair_across_the_cut_of_a_long_text_is_found() -> None:
    text = "京" * (terms._PIECE - 1) + "東都" + "京" * 10
    assert "東都" in terms.terms(text)


def test_a_word_across_the_cut_is_whole_where_blanks_part_words() -> None:
    text = "ab " * (terms._PIECE // 3) + "harbour " * 10
    assert terms.terms(text) == {"ab", "harbour"}


def test_places_are_told_as_they_stand_in_the_text() -> None:
    def found(text: str, words: str) -> list[str]:
        return [text[start:end] for start, end in terms.places(text, words)]

    assert found("The Dockers’ strike, «dockers» and Dockyard. 🚢dock", "dock") == [
        "Dockers",
        "dockers",
        "Dockyard",
        "dock",
    ]
    assert found("Łódź was café CAFÉ cafe\u0301s decafé", "cafe lodz") == ["Łódź", "café", "CAFÉ", "cafe\u0301s"]
    assert found("東京大学で東京の京都", "東京") == ["東京", "東京"]
    assert found("東京大学で", "東京大学") == ["東京大学"]
    assert found("東京の京都", "京") == ["京", "京"]
    assert found("Straße, STRASSE", "strasse") == ["Straße", "STRASSE"]
    assert found("a b c", "…") == []


SIGNS = [*"aébß ŁI’-«»京都東のがか\u0301ﬁ½🚢\n.1", "か\u3099"]
WORDS = st.lists(st.sampled_from(SIGNS), max_size=30).map("".join)


@given(WORDS, WORDS)
def test_whatever_the_search_finds_has_its_places(text: str, words: str) -> None:
    wanted, held = terms.beginnings(words), terms.terms(text)
    places = list(terms.places(text, words))
    assert all(start < end for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    if wanted and all(any(term.startswith(begin) for term in held) for begin in wanted):
        shown = {term for start, end in places for term in terms.terms(text[start:end])}
        for begin in wanted:
            assert any(term.startswith(begin) for term in shown), (begin, places)


@given(WORDS, WORDS)
def test_pieces_have_the_places_of_the_whole(text: str, words: str) -> None:
    before, terms._PIECE = terms._PIECE, 7
    try:
        cut = [place for start, end in terms.pieces(text) for place in terms.places(text, words, start, end)]
    finally:
        terms._PIECE = before
    if " " in text and len(max(text.replace("\n", " ").split(" "), key=len)) < 7:
        assert cut == list(terms.places(text, words))
