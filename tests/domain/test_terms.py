"""Long texts are compared in pieces; nothing is lost at a cut."""

from annotator.domain import terms


def test_a_pair_across_the_cut_of_a_long_text_is_found() -> None:
    text = "京" * (terms._PIECE - 1) + "東都" + "京" * 10
    assert "東都" in terms.terms(text)


def test_a_word_across_the_cut_is_whole_where_blanks_part_words() -> None:
    text = "ab " * (terms._PIECE // 3) + "harbour " * 10
    assert terms.terms(text) == {"ab", "harbour"}
