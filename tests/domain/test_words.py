"""Words, quotations, sentences, paragraphs, and the steps of a span's edge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import graphemes, quotations, words
from annotator.domain.sentences import sentence_starts

ANY = st.text(st.sampled_from('aB. ,’“”"«»é中かカ文1م\u0301\u200d😀🇰🇷\r\n\ufeff\u2028\u00a0'), max_size=50)


def sentences(text: str) -> list[str]:
    starts = sentence_starts(text)
    return [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Kim met Dr. Oduya of the U.S. Navy.", "They paid 3.5 million on Oct. 5."],
        ["J. R. Smith left the U.S.", "The end came."],
        ["“Stop!” he said.", "“Why?”", "Nobody knew…", "It rained."],
        ["No. 5 is alive.", "He said no."],
        ["防衛省は発射した。", "何も出ない。"],
    ],
)
def test_sentences(expected: list[str]) -> None:
    glue = "" if "。" in expected[0] else " "
    assert sentences(glue.join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("can’t stop 3.5 U.S. x-ray", ["can’t", "stop", "3.5", "U.S", "x", "ray"]),
        ("防衛省はミサイル", ["防", "衛", "省", "は", "ミサイル"]),
        ("e\u0301tude مرحبا", ["e\u0301tude", "مرحبا"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in words.words_in(text, 0, len(text))] == expected


@pytest.mark.parametrize(
    ("text", "inner", "expected"),
    [
        ("he “said ‘no’ twice” here", "no", ["‘no’", "“said ‘no’ twice”"]),
        ('a "plain one" b', "plain", ['"plain one"']),
        ("er „sagte nein“ dann", "nein", ["„sagte nein“"]),
        ("il « dit non » puis", "dit", ["« dit non »"]),
        ("the dockers’ “don’t stop” day", "stop", ["“don’t stop”"]),
        ("an “open one", "one", []),
    ],
)
def test_quotations(text: str, inner: str, expected: list[str]) -> None:
    start = text.index(inner)
    assert [text[a:b] for a, b in quotations.around(text, start, start + len(inner))] == expected


def test_expanding_goes_from_word_to_text() -> None:
    text = "First one.\r\nShe said “we won’t sign” today. Then rain.\nLast."
    here = (text.index("won’t") + 1,) * 2
    seen = []
    for _ in range(7):
        here = words.expanded(text, *here)
        seen.append(text[slice(*here)])
    assert seen == [
        "won’t", "“we won’t sign”", "She said “we won’t sign” today.",
        "She said “we won’t sign” today. Then rain.", text, text, text,
    ]  # fmt: skip


@given(ANY, st.data())
def test_expanding_never_shrinks_and_ends_at_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    here = (start, data.draw(st.integers(start, len(text))))
    for _ in range(60):
        grown = words.expanded(text, *here)
        assert grown[0] <= here[0]
        assert grown[1] >= here[1]
        if grown == here:
            break
        here = grown
    assert here == (0, len(text))


@given(ANY)
def test_steps_by_word_visit_every_word(text: str) -> None:
    found = list(words.words_in(text, 0, len(text)))
    position, ends = 0, []
    while position < len(text):
        position = words.next_word_end(text, position)
        ends.append(position)
    assert [end for end in ends if end in {b for _, b in found}] == [b for _, b in found]
    starts = []
    while position > 0:
        position = words.previous_word_start(text, position)
        starts.append(position)
    assert [start for start in reversed(starts) if start in {a for a, _ in found}] == [a for a, _ in found]


@given(ANY)
def test_carets_stand_between_clusters(text: str) -> None:
    bounds = [position for position in range(len(text) + 1) if graphemes.is_boundary(text, position)]
    for position in range(len(text) + 1):
        after = min((bound for bound in bounds if bound > position), default=len(text))
        before = max((bound for bound in bounds if bound < position), default=0)
        assert graphemes.next_boundary(text, position) == after
        assert graphemes.previous_boundary(text, position) == before
        assert graphemes.floor(text, position) in (position, before)


@pytest.mark.parametrize(
    "cluster", ["\r\n", "e\u0301", "👨‍👩‍👧", "🇰🇷", "👍🏽", "❤️", "한", "각", "1️⃣", "🏴\U000e0067\U000e007f"]
)
def test_a_cluster_is_one(cluster: str) -> None:
    text = f"a{cluster}b"
    assert graphemes.next_boundary(text, 1) == len(text) - 1
    assert graphemes.previous_boundary(text, len(text) - 1) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  two words \r\n", "two words"),
        ("\u00a0\ufeffa\u200b", "a"),
        (" \n\u3000", None),
        ("", None),
        (" \u0301a ", " \u0301a"),
    ],
)
def test_blanks_at_the_edges_are_left_out(text: str, expected: str | None) -> None:
    found = words.trimmed(text, 0, len(text))
    assert (text[slice(*found)] if found else None) == expected


@given(ANY, st.integers(0, 50), st.integers(0, 50))
def test_what_is_trimmed_lies_within_and_loses_no_sign(text: str, one: int, other: int) -> None:
    start, end = sorted(graphemes.floor(text, place) for place in (one, other))
    found = words.trimmed(text, start, end)
    if found is None:
        assert not text[start:end].strip("\ufeff\u200b \r\n\u2028\u00a0")
        return
    assert start <= found[0] < found[1] <= end
    assert graphemes.is_boundary(text, found[0])
    assert not text[found[1] - 1].isspace()
    assert not (text[start : found[0]] + text[found[1] : end]).replace("\ufeff", "").strip()
