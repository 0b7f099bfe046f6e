"""What entries say, how edits made apart join, who stands for whom."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.change import Entry
from annotator.domain.errors import UserError
from annotator.domain.registry import (
    aliases,
    fits,
    ids,
    joined,
    named,
    names,
    note,
    read_ids,
    roots,
    said_ids,
    with_data,
)  # fmt: skip

ADA = Entry("1", "person", "Ada Ødegård", {"aliases": ["Mayor Ødegård"], "ids": {"viaf": "7"}, "note": "since 2019"})


def test_what_stands_in_the_data_of_a_file_is_not_taken_for_more_than_it_is() -> None:
    odd = Entry("1", "person", "Ada", {"aliases": "Mayor", "ids": ["Q1"], "note": 3, "more": True})
    assert (aliases(odd), ids(odd), note(odd), names(odd)) == ((), {}, "", ("Ada",))
    assert with_data(odd, note="x").data == {"aliases": "Mayor", "ids": ["Q1"], "note": "x", "more": True}
    assert joined(odd, odd._replace(name="Eda"), odd._replace(name="Ida")) == odd._replace(name="Ida")


@pytest.mark.parametrize(
    ("words", "found", "said"),
    [
        ("Q42", {"wikidata": "Q42"}, "wikidata:Q42"),
        ("https://www.wikidata.org/wiki/Q42", {"wikidata": "Q42"}, "wikidata:Q42"),
        ("viaf: 12, wikidata:q7", {"viaf": "12", "wikidata": "Q7"}, "viaf:12, wikidata:Q7"),
        ("https://example.org/a:b", {"url": "https://example.org/a:b"}, "https://example.org/a:b"),
        ("K-17;", {"id": "K-17"}, "K-17"),
        ("  ", {}, ""),
    ],
)
def test_ids_elsewhere(words: str, found: dict[str, str], said: str) -> None:
    assert read_ids(words) == found
    assert said_ids(found) == said
    assert read_ids(said) == found


def test_names_are_on_one_line_and_neither_empty_nor_paragraphs() -> None:
    assert named("  Ada \n Ødegård ") == "Ada Ødegård"
    assert len(named("é" * 200)) == 200
    for bad in ("", " \n", "x" * 501):
        with pytest.raises(UserError, match="name"):
            named(bad)


def test_two_who_change_different_things_both_get_their_way() -> None:
    renamed = ADA._replace(name="Ada Odegard")
    more = with_data(ADA, aliases=("Mayor Ødegård", "A. Ø."), ids={"viaf": "7", "wikidata": "Q1"})
    less = with_data(ADA, aliases=(), note="")
    one = joined(joined(joined(ADA, ADA, renamed), ADA, more), ADA, less)
    other = joined(joined(joined(ADA, ADA, less), ADA, more), ADA, renamed)
    assert one == other
    assert (one.name, aliases(one), ids(one), note(one)) == (
        "Ada Odegard",
        ("A. Ø.",),
        {"viaf": "7", "wikidata": "Q1"},
        "",
    )


def test_of_one_field_the_newest_wins() -> None:
    first, then = with_data(ADA, note="one"), with_data(ADA, note="two")
    assert note(joined(joined(ADA, ADA, first), ADA, then)) == "two"
    assert note(joined(joined(ADA, ADA, then), ADA, first)) == "one"


def test_an_edit_fits_as_long_as_nobody_touched_what_it_changes() -> None:
    renamed = ADA._replace(name="Ada Odegard")
    assert fits(with_data(ADA, note="other"), ADA, renamed)
    assert not fits(ADA._replace(name="Eda"), ADA, renamed)
    gone = with_data(ADA, aliases=())
    assert not fits(with_data(gone, note="x"), ADA, gone)  # somebody took it away already


NAMES = st.sampled_from(["Ada", "Bo", "Cy"])
ENTRIES = st.builds(
    lambda kind, name, others, elsewhere, said: with_data(
        Entry("1", kind, name), aliases=tuple(others), ids=elsewhere, note=said
    ),
    NAMES, NAMES, st.lists(NAMES, max_size=3, unique=True), st.dictionaries(NAMES, NAMES, max_size=2), NAMES,
)  # fmt: skip


@given(ENTRIES, ENTRIES, ENTRIES)
def test_what_fits_can_be_taken_back_exactly(there: Entry, before: Entry, after: Entry) -> None:
    assert joined(before, before, after) == after
    if fits(there, before, after):
        done = joined(there, before, after)
        back = joined(done, after, before)
        assert fits(done, after, before)
        assert (back.kind, back.name, ids(back), note(back)) == (there.kind, there.name, ids(there), note(there))
        assert set(aliases(back)) == set(aliases(there))


def entry(id: str, *into: str) -> Entry:
    return with_data(Entry(id, "person", id.upper()), merged_into=into)


def test_who_stands_for_whom() -> None:
    assert roots([entry("a"), entry("b")]) == {}
    assert roots([entry("a", "b"), entry("b"), entry("c", "a")]) == dict.fromkeys("abc", "b")
    assert roots([entry("a", "b"), entry("b", "a")]) == dict.fromkeys("ab", "a")  # each was merged into the other
    assert roots([entry("c", "a", "b"), entry("a"), entry("b")]) == dict.fromkeys("abc", "a")
    assert roots([entry("a", "gone")]) == {}
    assert roots([entry("a", "a")]) == {}


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), max_size=8))
def test_merges_mean_the_same_in_any_order_and_never_go_round(merges: list[tuple[str, str]]) -> None:
    into = {id: tuple(other for one, other in merges if one == id) for id in "abcde"}
    entries = [entry(id, *into[id]) for id in "abcde"]
    found = roots(entries)
    for other in list(permutations(entries))[::17]:
        assert roots(other) == found
    assert roots([entry(id, *reversed(into[id])) for id in "abcde"]) == found
    for id, root in found.items():
        assert found[root] == root
        assert any(other != id for other in found)
    for one, other in merges:
        assert one == other or found[one] == found[other]
