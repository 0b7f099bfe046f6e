"""What an assignment comes to, told before it is done."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.assigning import RULES, Pair, Rule
from annotator.domain.shares import FIRST, SECOND, Share, again, drawn, outlook, taken
from annotator.domain.team import Assignment, assigned

PEOPLE = st.sets(st.sampled_from("ABCDE"), max_size=5)
ARTICLES = st.sets(st.integers(0, 12).map(str), max_size=12)
PAIRS = st.sets(st.tuples(st.integers(0, 12).map(str), st.sampled_from("ABCDEF")).map(lambda pair: Pair(*pair)))
RULE = st.builds(Rule, st.sampled_from(RULES), st.integers(1, 4), st.integers(0, 100), st.integers(1, 9))


@given(RULE, ARTICLES, PEOPLE, PAIRS, PAIRS)
def test_what_is_told_is_what_comes(
    rule: Rule, articles: set[str], people: set[str], pairs: set[Pair], back: set[Pair]
) -> None:
    present = [assigned(*pair) for pair in pairs]
    new = drawn(rule, articles, people, present, back)
    assert len({*new}) == len(new)
    assert all(pair.article in articles and pair.annotator in people for pair in new)
    # Nobody gets what they gave back, or what they have.
    assert not {*new} & back
    assert not {*new} & (pairs - back)
    everybody = sorted(people | {pair.annotator for pair in pairs})
    found = outlook(everybody, new, present, articles)
    after = [*present, *(assigned(*pair) for pair in new if pair not in pairs)]
    assert {one.annotator: one.after for one in found.shares} == {
        id: sum(one.annotator == id for one in after) for id in everybody
    }
    readers: dict[str, set[str]] = {}
    for one in after:
        readers.setdefault(one.article, set()).add(one.annotator)
    assert (found.read, found.shared) == (len(readers), sum(len(some) > 1 for some in readers.values()))
    gone = taken(present, people, articles, FIRST)
    assert sum(one.gone for one in found.shares if one.annotator in people) == len(gone)
    assert drawn(rule, sorted(articles, reverse=True), sorted(people), reversed(present), back) == new


def test_what_somebody_gave_back_is_drawn_for_another() -> None:
    back = {Pair("1", "A")}
    assert drawn(Rule("each", 1), ["1"], ["A", "B"], [assigned("1", "A")], back) == [Pair("1", "B")]
    assert drawn(Rule("each", 1), ["1"], ["A"], [assigned("1", "A")], back) == []


def test_a_second_reading_is_of_what_each_has_done() -> None:
    present: list[Assignment] = [assigned("1", "A", SECOND)]
    done = [Pair("1", "A"), Pair("2", "A"), Pair("2", "B"), Pair("3", "C")]
    assert again(done, {"A", "B"}, {"1", "2"}, present) == [Pair("2", "A"), Pair("2", "B")]
    found = outlook(["A", "B"], again(done, {"A", "B"}, {"1", "2"}, present), present, {"1", "2"}, SECOND)
    assert found.shares == (Share("A", 1, 1, 1), Share("B", 0, 1, 0))
