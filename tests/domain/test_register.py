"""Entries found by letters, merged ones as one, and where they are used; against a look at everything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.change import Entry
from annotator.domain.entryoffers import Mention, Offer, offers
from annotator.domain.register import Register, Use, Uses, suggested_kind, suggested_name
from annotator.domain.registry import names, roots, with_data
from annotator.domain.terms import plain


def entry(id: str, name: str, *others: str, into: tuple[str, ...] = ()) -> Entry:
    return with_data(Entry(id, "person", name), aliases=others, merged_into=into)


PEOPLE = [
    entry("1", "Ada Ødegård", "Mayor Ødegård"),
    entry("2", "Bo Adamson"),
    entry("3", "Ada"),
    entry("4", "Łódź City Council", "LCC"),
    entry("5", "李文静", "Li Wenjing"),
]


def found(register: Register, typed: str, **used: int) -> list[str]:
    return [one.id for one in register.find(typed, 10, {id[1:]: count for id, count in used.items()})]


def test_the_beginning_of_any_word_of_any_name_the_best_first() -> None:
    register = Register(PEOPLE)
    assert found(register, "ada") == ["3", "1", "2"]  # just this name, begins so, another word
    assert found(register, "od") == ["1"]
    assert found(register, "MAYOR Ø") == ["1"]
    assert found(register, "cou lod") == ["4"]
    assert found(register, "lcc") == ["4"]
    assert found(register, "ss") == []
    assert found(register, "文") == ["5"]  # no blanks part the words
    assert found(register, "", _2=3, _4=5)[:2] == ["4", "2"]
    assert found(register, "ada", _2=9) == ["3", "1", "2"]  # use does not make a worse name a better one


def test_who_is_used_more_comes_first_also_where_very_many_begin_alike() -> None:
    many = Register(entry(f"{number:04}", f"Anna {number:04}") for number in range(2_000))
    assert [one.id for one in many.find("ann", 3, {"1999": 4, "0700": 9})] == ["0700", "1999", "0000"]


def test_merged_ones_are_one_and_found_by_all_their_names() -> None:
    register = Register([*PEOPLE, entry("6", "The mayor", into=("1",))])
    assert found(register, "the") == ["1"]
    assert [one.id for one in register.together("6")] == ["1", "6"]
    assert [one.id for one in register.all()] == ["3", "1", "2", "4", "5"]
    assert register.standing("6") == PEOPLE[0]
    register.drop("1")
    assert [one.id for one in register.named("THE MAYOR")] == ["6"]
    assert register.standing("1") is None


NAMES = st.sampled_from(["Ada", "Ada Lo", "Bo Ada", "Lo", "Łó Bo", "文静"])
ACTIONS = st.lists(
    st.tuples(st.sampled_from("12345"), NAMES, st.lists(NAMES, max_size=2), st.sampled_from(["", *"12345"])),
    max_size=25,
)


@given(ACTIONS, st.sampled_from(["a", "ada", "lo", "bo a", "文", "x"]), st.integers(1, 5))
def test_it_finds_what_a_look_at_everything_finds(
    actions: list[tuple[str, str, list[str], str]], typed: str, most: int
) -> None:
    register, there = Register(), dict[str, Entry]()
    for number, (id, name, others, into) in enumerate(actions):
        if into == id:
            register.drop(id)
            there.pop(id, None)
        else:
            there[id] = entry(id, name, *others, into=(into,) if into else ())
            register.put(there[id])
        if number == 3:
            ordering = register.ordering()
        if number >= 3:
            next(ordering, None)  # put in order while entries come and go
        if number == 12:
            register.all()  # from here on it is kept in order, not made anew
    for _ in register.ordering():
        pass
    standing = roots(there.values())
    assert register.roots == standing
    every = {
        standing.get(id, id)
        for id, one in there.items()
        if all(
            any(f" {word}" in f" {plain(name)}" or (not word.isascii() and word in plain(name)) for name in names(one))
            for word in plain(typed).split()
        )
    }
    assert {one.id for one in register.find(typed, 99)} == every
    assert register.find(typed, most) == register.find(typed, 99)[:most]
    assert {one.id for one in register.all()} == {standing.get(id, id) for id in there}


LINKS = st.lists(
    st.tuples(st.sampled_from("abc"), st.lists(st.tuples(st.sampled_from("xy"), st.sampled_from("12")), max_size=3))
)


@given(LINKS)
def test_links_are_counted_as_they_are(puts: list[tuple[str, list[tuple[str, str]]]]) -> None:
    uses, there = Uses(), dict[str, dict[str, str]]()
    for holder, links in puts:
        there[holder] = dict(links)
        uses.put(holder, [Use(holder, by, entry, "a", holder) for by, entry in there[holder].items()])
    for id in "12":
        wanted = sorted((holder, by) for holder, held in there.items() for by, entry in held.items() if entry == id)
        assert sorted((use.holder, use.by) for use in uses.of(id)) == wanted
        assert uses.count(id) == uses.counts({})[id] == len(wanted)
    assert uses.counts({"1": "2"})["2"] == uses.count("12")


# What is offered


def told(typed: str, mention: Mention, uses: Uses | None = None, people: list[Entry] = PEOPLE) -> list[str]:
    def words(offer: Offer) -> str:
        if offer.away:
            return f"-{offer.name}"
        return offer.entry.id + ("!" if offer.known else "") if offer.entry else f"+{offer.kind}:{offer.name}"

    uses = uses or Uses()
    register = Register(people)
    return [words(offer) for offer in offers(typed, mention, register, uses, uses.counts(register.roots))]


def test_the_words_themselves_first_then_who_is_called_alike() -> None:
    assert told("", Mention("Mayor Lena Ødegård, 44,", "a"))[:2] == ["+person:Mayor Lena Ødegård", "1"]
    assert told("", Mention("ADA ØDEGÅRD", "a"))[0] == "1"  # there is one of this name: none is made
    assert told("", Mention("Ada", "a", linked="Bo"))[-1] == "-Bo"


def test_whom_the_words_meant_before_comes_first_of_all() -> None:
    uses = Uses()
    uses.add(Use("s1", "entity", "2", "a", "s1", "the  harbour\nmaster"))
    uses.add(Use("s2", "entity", "4", "a", "s2", "She"))
    assert told("", Mention("The Harbour Master", "b"), uses)[:2] == ["2!", "+person:The Harbour Master"]
    # A pronoun means somebody of its own article, and is no name.
    assert told("", Mention("she", "a"), uses)[:2] == ["4!", "2!"]
    assert told("", Mention("she", "b"), uses)[:2] == ["2", "4"]
    assert not any(word.startswith("+") for word in told("", Mention("she", "b"), uses))


def test_a_quote_is_about_who_is_named_in_it() -> None:
    quote = Mention("We asked Bo Adamson and the Łódź City Council.", "a", named=False)
    assert told("", quote)[:2] == ["4", "2"]
    assert not any(word.startswith("+") for word in told("", quote))


def test_typed_letters_find_and_a_new_one_can_be_of_each_kind() -> None:
    assert told("lcc", Mention("x", "a", "outlet")) == ["4", "+outlet:lcc", "+person:lcc", "+organisation:lcc"]
    assert told("  New   Name ", Mention("x", "a"))[0] == "+person:New Name"


def test_what_a_mention_suggests() -> None:
    assert suggested_name("Ines Oduya, the district’s chief engineer") == "Ines Oduya"
    assert suggested_name("“Anna”") == "Anna"
    assert suggested_name(", of all") == ", of all"
    assert [suggested_kind([said]) for said in ("named person", "unnamed group", "outlet or author", 3)] == [
        "person", "organisation", "outlet", "person",
    ]  # fmt: skip
