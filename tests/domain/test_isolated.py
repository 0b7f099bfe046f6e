"""Names that are written from right to left leave the numbers of a sentence where they are."""

from annotator.domain.text import isolated


def test_only_what_turns_a_sentence_round_is_isolated() -> None:
    for name in ("Ana", "Łucja Ødegård", "山田", "", "a–b"):
        assert isolated(name) == name
    for name in ("مراسل", "Dana דנה"):
        assert isolated(name) == f"\u2068{name}\u2069"
