"""What is shown of a difference, without a window: answers, what differs, what the text holds, what a key means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import assets
from annotator.domain.change import Decision
from annotator.domain.layerref import LayerRef
from annotator.domain.scheme import Label, Scheme
from annotator.domain.span import Fragments, Span, joined
from annotator.review.differences import ABSENT, Difference
from annotator.review.standing import DISCUSSED, OPEN, SETTLED, Item
from annotator.ui.review.keys import KEYS, meant
from annotator.ui.review.missing import missing_lines, unheard_lines
from annotator.ui.review.parts import (
    InText,
    Run,
    answers,
    around,
    both_key,
    common,
    differing,
    filled,
    framed,
    precedent,
    runs,
    stands_alone,
    taken,
    word_count,
)
from annotator.ui.review.words import about, and_more, decided, described, field_value, hidden_name, precedent_words

SCHEME = Scheme(
    "s", "S", 1, (Label("q", "Quote", "Q", "#0072B2", "#56B4E9"), Label("c", "Cue", "C", "#700000", "#FF5252"))
)
FRAGMENTS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8)), min_size=1, max_size=4).map(
    lambda found: joined(tuple((start, start + length) for start, length in found))
)


def span(id: str, *fragments: tuple[int, int], label: str = "q") -> Span:
    return Span(id, "a", "l", "p", label, fragments)


def difference(kind: str, *spans: Span | None, alike: tuple[int, ...] | None = None, id: str = "d") -> Difference:
    there = [one for one in spans if one is not None]
    numbers: dict[object, int] = {}
    told = alike or tuple(
        ABSENT if one is None else numbers.setdefault((one.label, one.fragments), len(numbers)) for one in spans
    )
    start, end = min((it.start for it in there), default=0), max((it.end for it in there), default=0)
    return Difference(
        id, "a", kind, spans, tuple(range(len(spans))), start, end, tuple(dict.fromkeys(it.label for it in there)), "",
        told, ("",) * len(spans),
    )  # fmt: skip


def points(fragments: Fragments) -> set[int]:
    return {point for start, end in fragments for point in range(start, end)}


@given(FRAGMENTS, st.lists(FRAGMENTS, min_size=1, max_size=3))
def test_what_differs_and_what_all_have_are_the_whole(mine: Fragments, others: list[Fragments]) -> None:
    rest = differing(mine, others)
    shared = points(common([mine, *others]))
    assert points(rest) | shared == points(mine)
    assert not points(rest) & shared


@given(FRAGMENTS, FRAGMENTS)
def test_the_runs_of_a_card_are_the_words(mine: Fragments, other: Fragments) -> None:
    text = "".join(chr(ord("a") + number % 26) for number in range(60))
    found = runs(text, mine, differing(mine, [other]))
    assert "".join(run.words for run in found) == " … ".join(text[start:end] for start, end in mine)
    said = "".join(run.words for run in found if run.filled)
    assert said == "".join(text[start:end] for start, end in differing(mine, [other]))


def test_a_long_run_is_shortened_in_its_middle() -> None:
    (run,) = runs("x" * 500 + "END", ((0, 503),), ())
    assert len(run.words) < 170
    assert run.words.endswith("END")
    assert " … " in run.words
    many = tuple((number * 3, number * 3 + 2) for number in range(30))
    assert runs("ab " * 30, many, ())[-1] == Run(" …", False)


def test_those_who_say_the_same_are_one_answer() -> None:
    one = difference("missed", span("1", (0, 5)), None, span("3", (0, 5)), span("4", (0, 9)), alike=(0, ABSENT, 0, 1))
    found = answers(one)
    assert [(answer.sides, answer.key, answer.empty) for answer in found] == [
        ((0, 2), "1", False), ((1,), "2", True), ((3,), "4", False),
    ]  # fmt: skip
    assert filled(one, found[0]) == ((0, 5),)
    assert stands_alone(Item(one, OPEN), 3)
    assert not stands_alone(Item(one, OPEN), 0)


def test_beyond_nine_sides_there_is_no_digit() -> None:
    many = difference("boundary", *(span(str(number), (0, number + 1)) for number in range(11)))
    assert [answer.key for answer in answers(many)][7:] == ["8", "9", "", ""]


def test_the_part_that_differs_is_filled_and_of_other_labels_all() -> None:
    one = difference("boundary", span("1", (0, 20)), span("2", (5, 20)))
    assert [filled(one, answer) for answer in answers(one)] == [((0, 5),), ()]
    two = difference("label", span("1", (0, 20)), span("2", (0, 20), label="c"))
    assert [filled(two, answer) for answer in answers(two)] == [((0, 20),)] * 2


def test_words_are_counted_without_marks() -> None:
    assert word_count("“Ships – can wait,” he said", ((0, 18), (19, 21))) == 4


@pytest.mark.parametrize(
    ("name", "text", "place", "sides", "expected"),
    [
        ("Key_1", "1", "1", 2, "take 0"), ("Key_2", "2", "2", 2, "take 1"), ("Key_3", "3", "3", 2, "both"),
        ("Key_3", "3", "3", 4, "take 2"), ("Key_4", "4", "4", 2, ""), ("Key_9", "9", "9", 26, "take 8"),
        ("Key_B", "b", "", 3, "both"), ("Key_B", "b", "", 2, ""), ("Key_0", "0", "0", 2, "none"),
        ("Key_Agrave", "à", "0", 2, "none"), ("Key_Ampersand", "&", "1", 2, "take 0"),
        ("Key_E", "e", "", 2, "own"), ("Key_E", "E", "", 2, "own"), ("Key_D", "d", "", 2, "discuss"),
        ("Key_S", "s", "", 2, "alike"), ("Key_H", "h", "", 2, "names"), ("Key_N", "n", "", 2, "reason"),
        ("Key_J", "j", "", 2, "next"), ("Key_Up", "", "", 2, "previous"), ("Key_Backspace", "\x08", "", 2, "back"),
        ("Key_Escape", "\x1b", "", 2, "leave"), ("Key_Return", "\r", "", 2, ""), ("Key_Space", " ", "", 2, ""),
    ],
)  # fmt: skip
def test_what_a_key_means(name: str, text: str, place: str, sides: int, expected: str) -> None:
    assert meant(name, text, place, sides) == expected


def test_the_key_for_both() -> None:
    assert (both_key(2), both_key(3)) == ("3", "B")


def settled(answer: str, kind: str, *spans: Span, side: int = -1) -> Item:
    data: dict[str, object] = {"answer": answer}
    if side >= 0:
        # As the decision tells it: only of the layers that were chosen then.
        data |= {"side": 0, "sides": [{"owner": "x", "spans": [[spans[side].id, "mark"]]}]}
    return Item(difference(kind, *spans), SETTLED, Decision("d", "a", "l", data))


def test_what_was_mostly_decided_in_like_cases() -> None:
    long, short = span("1", (0, 9)), span("2", (0, 4))
    cases = [settled("side", "boundary", long, short, side=0)] * 5 + [settled("none", "boundary", long, short)]
    found = precedent([*cases, Item(difference("boundary", long, short), OPEN)], ())
    assert found is not None
    assert precedent_words(found, ["Ana", "Bo"]) == "5 of 6 times the longer span was taken."
    found = precedent([settled("side", "label", long, span("3", (0, 9), label="c"), side=1)], ())
    assert found is not None
    assert precedent_words(found, ["Ana", "Bo"]) == "1 of 1 times Bo was taken."
    assert precedent([], ()) is None
    for answer in ("both", "none", "own", "discuss", "agreed"):
        found = precedent([settled(answer, "boundary", long, short)], ())
        assert found is not None
        assert precedent_words(found, []).startswith("1 of 1 times ")


def test_the_text_follows_item_by_item() -> None:
    first = Item(difference("boundary", span("1", (0, 9)), span("2", (0, 4)), id="x"), OPEN)
    same = span("3", (20, 25))
    agreed = Item(difference("agreed", same, span("4", (20, 25)), id="y"), "agreed")
    text = InText(2)
    touched = text.follow([first, agreed], "x", SCHEME)
    assert {one.id for one in touched} == set(text.spans) == {"1", "2", "3"}
    assert text.whose.side_of == {"1": 0, "2": 1}
    assert set(text.whose.agreed) == {"3"}
    assert text.follow([first, agreed], "x", SCHEME) == []
    made = span("9", (0, 9))
    done = Item(first.difference, SETTLED, Decision("x", "a", "l", {"answer": "side"}), consensus=(made,))
    assert {one.id for one in text.follow([done, agreed], "y", SCHEME)} >= {"1", "2", "9"}
    assert set(text.spans) == {"9", "3"}
    assert set(text.whose.agreed) >= {"9"}
    assert {one.id for one in text.follow([agreed], "", SCHEME)} >= {"9"}
    assert set(text.spans) == {"3"}


def test_an_attribute_is_told_in_the_tag() -> None:
    one = Item(
        difference(
            "attribute", span("1", (0, 9))._replace(attributes={"mode": "direct"}), span("2", (0, 9)), alike=(0, 1)
        ),
        OPEN,
    )
    text = InText(2)
    text.follow([one], "", SCHEME)
    assert text.whose.words == {"1": "Quote: mode differs"}
    assert text.whose.side_of == {}
    assert not text.whose.agreed
    link = Item(difference("link", span("1", (0, 9)), span("2", (0, 9)), alike=(0, 1)), DISCUSSED)
    text.follow([link], "", SCHEME)
    assert text.whose.words == {"1": "Quote: links differ"}


def test_of_many_the_tag_says_whose_it_is() -> None:
    text = InText(3)
    text.follow([Item(difference("missed", span("1", (0, 9)), None, span("3", (0, 9))), OPEN)], "", SCHEME)
    assert text.whose.words == {"1": "1 Quote", "3": "3 Quote"}


def test_the_ring_stands_round_all_of_it() -> None:
    one = Item(difference("fragment", span("1", (0, 4), (8, 12)), span("2", (3, 6))), OPEN)
    assert framed(one) == ((0, 6), (8, 12))


def test_names_and_decisions_in_words() -> None:
    assert [hidden_name(number) for number in (0, 1, 4)] == ["First", "Second", "Number 5"]
    assert and_more("Ana", 3) == "Ana and 3 more"
    nothing = difference("missed", None, None)
    for answer, said in (("both", "both"), ("none", "nothing belongs here"), ("own", "set by hand"), ("?", "")):
        item = Item(nothing, SETTLED, Decision("d", "a", "l", {"answer": answer}))
        assert decided(item, ["Ana"], ()) == said
    assert decided(Item(nothing, OPEN), ["Ana"], ()) == ""


def test_whose_answer_was_taken_is_found_by_span_or_person() -> None:
    refs = (LayerRef("annotator", "ana"), LayerRef("annotator", "bo", round=2))

    def decision(side: object, *sides: object) -> Decision:
        return Decision("d", "a", "l", {"answer": "side", "side": side, "sides": list(sides)})

    here = difference("boundary", span("1", (0, 9)), span("2", (0, 4)))
    bo = {"owner": "bo", "round": 2, "spans": [["2", "mark"]]}
    assert taken(Item(here, SETTLED, decision(0, bo)), refs) == 1
    gone = difference("missed", None, None)
    assert taken(Item(gone, SETTLED, decision(0, bo)), refs) == 1
    assert taken(Item(gone, SETTLED, decision(0, {**bo, "round": 1})), refs) == -1
    for odd in (decision(7, bo), decision("x", bo), decision(0, None), decision(0, {"spans": 3}), decision(0)):
        assert taken(Item(gone, SETTLED, odd), refs) == -1
        assert decided(Item(gone, SETTLED, odd), ["Ana", "Bo"], refs) == "took another reading"


def test_a_reading_that_nobody_heard_is_told() -> None:
    here = difference("label", span("1", (0, 9)), span("2", (0, 9)))
    heard = Item(here, SETTLED, Decision("d", "a", "", {"answer": "side"}))
    assert about(heard) == "The same place, another label."
    assert about(heard._replace(unheard=(1,))).endswith("decided without a reading that says something else.")


def test_what_is_missing_in_words() -> None:
    from annotator.jobs.consensus import Made

    made = Made(
        of=2, done=1, missing={"x": {"open": 2, "contested": 1, "outdated": 1}}, undone={"y": (1,)}, others={"y": (0,)}
    )
    assert missing_lines(made, {"x": "One", "y": "Two\nlines"}, ["Ana", "Bo"]) == [
        "One: 2 open; 1 contested; 1 outdated",
        "Two lines: not marked done by Bo; another text was read by Ana",
    ]


def test_what_was_decided_without_a_reading_is_told_where_the_consensus_is_made() -> None:
    from annotator.jobs.consensus import Made

    made = Made(of=1, done=1, unheard={"x": 2})
    assert missing_lines(made, {"x": "One"}, []) == []
    (line,) = unheard_lines(made, {"x": "One"})
    assert line.startswith("One: 2 decisions were made without a reading")


def test_entries_are_called_by_their_names() -> None:
    of = Span("s", "a", "l", "p", "source", ((0, 4),), attributes={"entity": "e1", "others": ["e1", "gone"]})
    assert described(of, SCHEME, {"e1": "Łucja Ødegård"}.get) == "Łucja Ødegård, Łucja Ødegård, gone"
    assert field_value("e1", "outlet", SCHEME, {"e1": "The Quay"}.get) == "The Quay"


def test_every_key_stands_in_the_manual() -> None:
    rows = [line.split("|")[1] for line in assets.manual_page("review").splitlines() if line.startswith("| ")]
    for _what, key in KEYS:
        assert any(key in row for row in rows), key


@given(st.text("ab \n", max_size=90), st.integers(0, 90), st.integers(0, 90))
def test_the_words_around_a_place_hold_it(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    shown = around(text, start, end)
    assert " ".join(text[start:end].split()) in shown
    assert len(shown) <= end - start + 2 * 28 + 4


def test_the_words_around_a_place_are_whole() -> None:
    text = "The operator claimed that the rota would cut accidents by a third of them."
    assert around(text, 30, 34, 10) == "… that the rota would cut …"
    assert around("He said so.", 3, 7) == "He said so."
