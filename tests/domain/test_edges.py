"""The edges of spans: trimmed, moved by word and character, fitted to a selection, pieces taken away."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import edges, graphemes, words
from annotator.domain.span import Fragments, joined


@pytest.mark.parametrize(
    ("edge", "direction", "unit", "expected"),
    [
        ("end", 1, "word", "said nobody here"), ("end", -1, "word", "said"), ("start", -1, "word", "who said nobody"),
        ("start", 1, "word", "nobody"), ("end", 1, "character", "said nobody h"),
        ("start", 1, "character", "aid nobody"), ("start", -1, "character", "o said nobody"),
    ],
)  # fmt: skip
def test_edges_move(edge: str, direction: int, unit: str, expected: str) -> None:
    text = "she who said nobody here left"
    start = text.index("said")
    ((a, b),) = edges.moved(text, ((start, start + len("said nobody")),), 0, edge, direction, unit)
    assert text[a:b] == expected


def test_an_edge_stays_where_its_fragment_would_be_empty() -> None:
    assert edges.moved("one two", ((0, 3), (4, 7)), 1, "end", -1, "word") == ((0, 3), (4, 7))


def test_by_words_it_stops_at_the_marks_that_hang_on_them_too() -> None:
    text = "He said, “it was dramatic,” and left."
    fragments = ((text.index("“"), text.index(" and")),)
    seen = []
    for _ in range(3):
        fragments = edges.moved(text, fragments, 0, "end", -1, "word")
        seen.append(text[slice(*fragments[0])])
    assert seen == ["“it was dramatic", "“it was", "“it"]
    seen = []
    for _ in range(5):
        fragments = edges.moved(text, fragments, 0, "end", 1, "word")
        seen.append(text[slice(*fragments[0])])
    assert seen == [
        "“it was",
        "“it was dramatic",
        "“it was dramatic,”",
        "“it was dramatic,” and",
        "“it was dramatic,” and left",
    ]
    fragments = ((text.index("was"), len(text)),)
    seen = []
    for _ in range(3):
        fragments = edges.moved(text, fragments, 0, "start", -1, "word")
        seen.append(text[fragments[0][0] :].split()[0])
    assert seen == ["it", "“it", "said,"]


def test_a_character_never_leaves_the_edge_at_a_line_end() -> None:
    text = "One.\n\nTwo."
    ((_, end),) = edges.moved(text, ((0, 4),), 0, "end", 1, "character")
    assert text[:end] == "One.\n\nT"
    assert edges.moved(text, ((0, end),), 0, "end", -1, "character") == ((0, 4),)
    assert edges.moved("One.\n \n", ((0, 4),), 0, "end", 1, "character") == ((0, 4),)


def test_the_piece_with_the_caret_is_moved() -> None:
    text = "“Go,” she said, “now.”"
    fragments = ((0, 5), (16, 22))
    assert edges.piece_at(fragments, 3) == 0
    assert edges.piece_at(fragments, 12) == 1
    assert edges.moved(text, fragments, 0, "end", -1, "word") == ((0, 3), (16, 22))
    assert edges.moved(text, fragments, 1, "start", -1, "word") == ((0, 5), (10, 22))


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ((2, 4), ((2, 4), (10, 14))),
        ((4, 8), ((0, 8), (10, 14))),
        ((12, 20), ((0, 6), (10, 20))),
        ((7, 8), ((0, 8), (10, 14))),
    ],
)
def test_a_selection_fits_the_nearest_piece(selection: tuple[int, int], expected: Fragments) -> None:
    assert edges.fitted(((0, 6), (10, 14)), selection) == expected


def test_words_are_taken_out_of_a_piece() -> None:
    text = "“Go,” she said, “now.”"
    assert [text[a:b] for a, b in edges.without(text, ((0, len(text)),), (5, 16))] == ["“Go,”", "“now.”"]
    assert edges.without(text, ((0, 5), (16, 22)), (0, 6)) == ((16, 22),)
    assert edges.without(text, ((0, 5),), (0, 10)) == ()


def test_trimming() -> None:
    assert edges.trimmed(" said \n", 0, 7) == (1, 5)
    assert edges.trimmed("well, ", 0, 6) == (0, 5)
    assert edges.trimmed("well, ", 0, 6, comma=True) == (0, 4)
    assert edges.trimmed(" \n", 0, 2) is None
    assert edges.trimmed(",", 0, 1, comma=True) == (0, 1)


TEXT = st.text(st.sampled_from("ab é👍🏽\u0301 \n\r.,“”京\u00a0"), min_size=1, max_size=30)


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, Fragments]:
    text = draw(TEXT.filter(lambda it: it.strip() != ""))
    pieces = []
    for _ in range(draw(st.integers(1, 3))):
        a, b = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        if a < b and (kept := edges.trimmed(text, a, b)) is not None:
            pieces.append(kept)
    return text, joined(pieces or [edges.trimmed(text, 0, len(text)) or (0, len(text))])


@given(
    spans(), st.integers(0, 2), st.sampled_from(["start", "end"]), st.sampled_from([-1, 1]),
    st.sampled_from(["word", "character"]),
)  # fmt: skip
def test_whatever_is_moved_stays_a_span_without_blanks_at_its_edges(
    span: tuple[str, Fragments], piece: int, edge: str, direction: int, unit: str
) -> None:
    text, fragments = span
    piece %= len(fragments)
    found = edges.moved(text, fragments, piece, edge, direction, unit)
    assert found == joined(found)
    assert found[-1][1] <= len(text)
    for start, end in found:
        assert edges.trimmed(text, start, end) == (start, end)
    others = [each for number, each in enumerate(fragments) if number != piece]
    assert all(any(a <= start and end <= b for a, b in found) for start, end in others)


@given(spans(), st.data())
def test_what_is_taken_away_is_gone_and_nothing_else_but_blanks(
    span: tuple[str, Fragments], data: st.DataObject
) -> None:
    text, fragments = span
    a, b = sorted(graphemes.floor(text, data.draw(st.integers(0, len(text)))) for _ in range(2))
    before = {place for start, end in fragments for place in range(start, end)}
    after = {place for start, end in edges.without(text, fragments, (a, b)) for place in range(start, end)}
    assert after <= before - set(range(a, b))
    assert all(text[place].isspace() for place in before - set(range(a, b)) - after)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("aid nobo", "said nobody"),
        ("id no", "said"),
        ("d nob", "nobody"),
        ("said nobody", "said nobody"),
        ("ai", "said"),
        ("y h", "y h"),
    ],
)
def test_a_sloppy_drag_means_whole_words(chosen: str, expected: str) -> None:
    text = "she said nobody here"
    start = text.index(chosen)
    found = edges.trimmed(text, *edges.whole_words(text, start, start + len(chosen)))
    assert found is not None
    assert text[slice(*found)] == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("id", "obody", "said “well, nobody"),  # half words at both ends
        ("aid “w", " nob", "said “well, nobody"),
        ("ai", "ai", "ai"),  # inside its first word: letters
        ("said", "sai", "sai"),
        ("said", "well,", "said “well,"),  # a comma that was dragged over stays
        ("said", "nobody”", "said “well, nobody”"),  # and a quotation mark
        ("“well", "nobod", "“well, nobody"),
        ("said", "“wel", "said “well"),
        ("said", "“w", "said “"),  # a letter too much is none
        ("d “w", "“w", "said “"),
        ("ere", "ere", "ere"),
    ],
)
def test_a_drag_beyond_its_first_word_takes_whole_words(start: str, end: str, expected: str) -> None:
    text = "she said “well, nobody” here"
    a, b = text.index(start), text.index(end) + len(end)
    low, high = edges.dragged(text, a, b)
    assert text[low:high] == expected


def test_a_drag_back_to_the_left_takes_whole_words_too() -> None:
    text = "she said nobody here"
    assert edges.dragged(text, text.index("re"), text.index("aid")) == (len(text), text.index("said"))
    assert edges.dragged(text, text.index("dy here"), text.index("aid")) == (text.index(" here"), text.index("said"))


def test_of_two_lesser_halves_the_word_is_taken_in_which_the_drag_began() -> None:
    text = "said nobody"
    assert edges.dragged(text, 3, 6) == (0, 5)
    assert edges.dragged(text, 6, 3) == (11, 5)
    assert edges.dragged(text, 4, 6) == (5, 11)  # it began behind a word
    assert edges.dragged(text, 4, 5) == (4, 5)


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("In the morning, when the tide", "ing,", "when the", "when the"),
        ("In the morning, when the tide", ",", "when the", "when the"),
        ("He left. It is late.", "t.", "It is", "It is"),
        ("She said, “we go” now", "d,", "“we", "“we"),  # what opens stays
        ("She said (we go) now", "d (", "we", "(we"),
        ("“We go,” said she", ",”", "said", "said"),
        ('"We go," said she', ',"', "said", "said"),
        ("„Wir gehen“, sagte er", "en“", "sagte", "sagte"),
        ("„Heute“ sagte er", "te“", "sagte", "sagte"),
        ("« Nous » a-t-il", "»", "a-t-il", "a-t-il"),
        ("dit : « Nous » et", ":", "Nous", "« Nous"),
        ("he said:“We go” now", "d:", "We", "“We"),
        ("it cost then .50 each", " .", "50", ".50"),
        ("well, ’tis late", "l,", "tis", "’tis"),
        ("go?! Then he", "?!", "Then", "Then"),
        ("他走了，他说 好", "，他", "说", "他说"),
        ("one. \n\n Two three", "e.", "Two", "Two"),
    ],
)
def test_a_drag_begins_with_no_mark_of_the_words_before(text: str, start: str, end: str, expected: str) -> None:
    a, b = text.index(start), text.index(end) + len(end)
    for low, high in (edges.dragged(text, a, b), edges.dragged(text, b, a)[::-1], edges.whole_words(text, a, b)):
        kept = edges.trimmed(text, low, high)
        assert kept is not None
        assert text[slice(*kept)] == expected
        assert low == kept[0]


def test_a_drag_over_marks_alone_keeps_them() -> None:
    text = "morning, when"
    assert edges.dragged(text, text.index(","), text.index("when")) == (text.index(","), text.index("when"))
    assert edges.after_marks(text, 7, 9) == 7


@given(st.text(st.sampled_from("ab 1京,.;:!?“”«»\"'()\n…，"), max_size=30), st.data())
def test_no_drag_of_words_begins_with_a_mark_and_a_blank(text: str, data: st.DataObject) -> None:
    anchor, position = (data.draw(st.integers(0, len(text))) for _ in range(2))
    chosen = text[slice(*sorted(edges.dragged(text, anchor, position)))]
    first = words.word_at(text, anchor)
    if any(sign.isalnum() for sign in chosen) and not (first and first[0] <= position <= first[1]):
        assert not re.match(r"\s|[,.;:!?]\s", chosen)
    low = edges.after_marks(text, *sorted((anchor, position)))
    assert not any(sign.isalnum() for sign in text[min(anchor, position) : low])


@pytest.mark.parametrize("text", ["これには 東京の 人", "ฉันรักภาษา ไทยมาก นะ"])
def test_words_without_blanks_between_them_may_be_cut(text: str) -> None:
    assert edges.dragged(text, 2, len(text) - 4) == (2, len(text) - 4)


@pytest.mark.parametrize(
    ("text", "anchor", "position"), [(" \u0301a", 0, 3), (".\u0301aa.", 3, 5), (".aaa\U0001f3fd", 0, 2)]
)
def test_a_mark_with_an_accent_is_not_cut(text: str, anchor: int, position: int) -> None:
    assert all(graphemes.is_boundary(text, each) for each in edges.dragged(text, anchor, position))


@given(TEXT, st.data())
def test_a_drag_never_ends_inside_a_word_it_left_nor_inside_a_character(text: str, data: st.DataObject) -> None:
    anchor, position = (graphemes.floor(text, data.draw(st.integers(0, len(text)))) for _ in range(2))
    found = edges.dragged(text, anchor, position)
    assert all(graphemes.is_boundary(text, each) for each in found)
    assert (found[0] <= found[1]) == (anchor <= position) or found[0] == found[1]
    dragged_over = text[slice(*sorted((anchor, position)))]
    assert not dragged_over.strip() or text[slice(*sorted(found))].strip()
