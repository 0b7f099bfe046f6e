"""Shares are fair, repeatable, whatever the order of names, and leave what somebody has."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.assigning import Pair, Rule, shared_out

articles = st.sets(st.integers(0, 400), max_size=60).map(lambda some: [f"a{n}" for n in sorted(some)])
people = st.sets(st.integers(0, 30), min_size=1, max_size=7).map(lambda some: [f"p{n}" for n in sorted(some)])
rules = st.builds(
    Rule, st.sampled_from(("all", "each", "split")), st.integers(1, 5), st.integers(0, 100), st.integers(-3, 1_000)
)


@given(rules, articles, people, st.randoms(use_true_random=False))
def test_the_same_whatever_the_order(rule: Rule, some: list[str], team: list[str], noise: random.Random) -> None:
    found = shared_out(rule, some, team)
    assert found == sorted(set(found))
    again, others = [*some, *some[:3]], [*team, *team[:2]]
    noise.shuffle(again)
    noise.shuffle(others)
    assert shared_out(rule, again, others) == found


@given(rules, articles, people)
def test_as_many_as_the_rule_says_and_everybody_as_many_as_the_others(
    rule: Rule, some: list[str], team: list[str]
) -> None:
    found = shared_out(rule, some, team)
    readers = Counter(pair.article for pair in found)
    load = Counter(pair.annotator for pair in found)
    assert max((load[one] for one in team), default=0) - min((load[one] for one in team), default=0) <= 1
    if rule.name == "each":
        assert {readers[one] for one in some} <= {min(rule.number, len(team))}
    elif rule.name == "all":
        assert {readers[one] for one in some} <= {len(team)}
    else:
        by_all = -(-len(some) * rule.overlap // 100)
        wanted = Counter([len(team)] * by_all + [1] * (len(some) - by_all))
        assert Counter(readers[one] for one in some) == wanted


@given(rules, rules, articles, people, people)
def test_what_somebody_has_stays_and_counts(
    first: Rule, second: Rule, some: list[str], team: list[str], others: list[str]
) -> None:
    have = shared_out(first, some, team)
    more = shared_out(second, some, others, have)
    assert not set(have) & set(more)
    # Asked again, nothing is missing.
    assert shared_out(second, some, others, [*have, *more]) == []
    assert {pair.annotator for pair in more} <= set(others)


def test_another_seed_shares_otherwise_and_all_pairs_meet() -> None:
    some, team = [f"a{n}" for n in range(200)], ["ana", "bo", "cleo", "dan"]
    found = shared_out(Rule("each", 2), some, team)
    assert found != shared_out(Rule("each", 2, seed=2), some, team)
    together: Counter[frozenset[str]] = Counter()
    for article in some:
        together[frozenset(pair.annotator for pair in found if pair.article == article)] += 1
    assert len(together) == 6
    assert min(together.values()) >= 10


def test_nobody_to_share_with_and_rules_that_are_none() -> None:
    assert shared_out(Rule(), ["a"], []) == []
    assert shared_out(Rule(), [], ["ana"]) == []
    for rule in (Rule("some"), Rule("each", 0), Rule("split", overlap=101)):
        with pytest.raises(ValueError, match=r"."):
            shared_out(rule, ["a"], ["ana"])


def test_written_down_shares_stay() -> None:
    # The numbers travel in method sections: who repeats them years later must get the same.
    found = shared_out(Rule("split", overlap=25, seed=7), ["a", "b", "c", "d"], ["ana", "bo"])
    assert found == EXPECTED


EXPECTED = [Pair("a", "ana"), Pair("b", "bo"), Pair("c", "ana"), Pair("c", "bo"), Pair("d", "bo")]
