"""What ties the spans of a consensus together."""

from __future__ import annotations

from annotator.domain.change import Change
from annotator.domain.sides import Ground
from annotator.review.standing import standing
from tests.review.ground import (
    QUOTE,
    content,
    decide,
    following,
    ground,
    group,
    only,
    relation,
    side,
    span,
)  # fmt: skip
from tests.review.test_differences import attribution


def test_who_named_a_source_is_heard_where_the_other_found_none() -> None:
    """Of both that are taken together, whoever comes first."""
    for named in (0, 1):
        quotes = [span(number, "quote", QUOTE) for number in range(2)]
        by = span(named, "source", "Łucja Ødegård")
        silent = 1 - named
        ties = {
            named: group(named, quotes[named], ("source", by)), silent: group(silent, quotes[silent], no_source=True),
        }  # fmt: skip
        spans = {named: (quotes[named], by), silent: (quotes[silent],)}
        before = ground(*(side(number, *spans[number], ties=[ties[number]]) for number in range(2)))
        taken = decide(before, only(before, "missed"), "side", named)
        both = decide(taken, only(taken, "link"), "both")
        (made,) = both.consensus.groups
        assert (made.no_source, [it.role for it in made.members]) == (False, ["quote", "source"])


def test_ties_follow_the_side_that_was_taken_once_both_ends_are_there() -> None:
    before = ground(attribution(0), attribution(1, source="Łucja Ødegård"))
    quote, boundary_, cue = (
        next(item for item in standing(before) if item.difference.labels == (label,))
        for label in ("quote", "source", "cue")
    )
    one = decide(before, quote, "agreed", 0)
    assert one.consensus.groups == ()
    two = decide(one, boundary_, "side", 1)
    by_id = {it.id: it for it in two.consensus.spans}
    (made,) = two.consensus.groups
    assert [(it.role, by_id[it.span].label) for it in made.members] == [("quote", "quote"), ("source", "source")]
    three = decide(two, cue, "agreed", 0)
    assert [it.role for it in three.consensus.groups[0].members] == ["quote", "source", "cue"]
    again = standing(three)
    fewer = decide(three, next(it for it in again if it.id == boundary_.id), "none")
    assert [it.role for it in fewer.consensus.groups[0].members] == ["quote", "cue"]
    headless = decide(fewer, next(it for it in again if it.id == quote.id), "none")
    assert headless.consensus.groups == ()


def test_ties_that_were_edited_by_hand_are_left_alone() -> None:
    before = ground(attribution(0), attribution(1))
    after = before
    for item in standing(before)[:2]:
        after = decide(after, item, "agreed", 0)
    (made,) = after.consensus.groups
    by_hand = following(after, [Change(made, made._replace(note="looked at twice"))])
    rest = decide(by_hand, standing(by_hand)[2], "agreed", 0)
    assert rest.consensus.groups == by_hand.consensus.groups
    taken = following(after, [Change(made, None)])
    rest = decide(taken, standing(taken)[2], "agreed", 0)
    assert rest.consensus.groups == ()
    # But nothing stays tied to what goes.
    headless = decide(by_hand, standing(by_hand)[0], "none")
    assert headless.consensus.groups == ()


def test_relations_follow_too_and_may_lead_away() -> None:
    one, two = span(0, "claim", "rebuild the quay"), span(0, "claim", "beyond repair")
    first = side(0, one, two, ties=[relation(0, "supports", one, two), relation(0, "about", one, "an entry")])
    before = ground(first, side(1, span(1, "claim", "beyond repair")))
    after = decide(before, only(before, "missed"), "side", 0)
    assert [it.label for it in after.consensus.relations] == ["about"]
    after = decide(after, only(after, "agreed"), "agreed", 1)
    assert sorted(it.label for it in after.consensus.relations) == ["about", "supports"]
    ends = {it.source for it in after.consensus.relations}
    assert ends <= {it.id for it in after.consensus.spans}
    after = decide(after, only(after, "missed"), "none")
    assert after.consensus.relations == ()


def roles(of: Ground) -> list[list[tuple[str, str]]]:
    """The groups of the consensus: roles and labels of their members."""
    by_id = {one.id: one.label for one in of.consensus.spans}
    return [[(one.role, by_id[one.span]) for one in group.members] for group in of.consensus.groups]


def test_of_a_link_both_is_one_span_with_the_ties_of_both() -> None:
    before = ground(attribution(0), attribution(1, tied=False))
    assert content(decide(before, only(before, "link"), "both")) == [("quote", QUOTE)]
    quotes = [span(n, "quote", QUOTE) for n in (0, 1)]
    others = [(span(n, "source", "Mayor Łucja Ødegård"), span(n, "cue", "said")) for n in (0, 1)]
    sides = (
        side(0, quotes[0], *others[0], ties=[group(0, quotes[0], ("source", others[0][0]))]),
        side(1, quotes[1], *others[1], ties=[
            group(1, quotes[1], ("cue", others[1][1])), relation(1, "about", quotes[1], "an entry"),
        ]),
    )  # fmt: skip
    after = ground(*sides)
    for item in standing(after):
        after = decide(after, item, "both" if item.difference.kind == "link" else "agreed", 0)
    assert roles(after) == [[("quote", "quote"), ("source", "source"), ("cue", "cue")]]
    assert [it.label for it in after.consensus.relations] == ["about"]
    one = decide(after, only(after, "link"), "side", 0)
    assert (roles(one), one.consensus.relations) == ([[("quote", "quote"), ("source", "source")]], ())


def test_both_spans_keep_what_ties_them() -> None:
    quote, claim = span(0, "quote", QUOTE), span(1, "claim", QUOTE)
    sources = [span(n, "source", "Mayor Łucja Ødegård") for n in (0, 1)]
    first = side(0, quote, sources[0], ties=[group(0, quote, ("source", sources[0]))])
    after = ground(first, side(1, claim, sources[1], ties=[relation(1, "about", claim, "an entry")]))
    for item in standing(after):
        after = decide(after, item, "both" if item.difference.kind == "label" else "agreed", 0)
    assert roles(after) == [[("quote", "quote"), ("source", "source")]]
    (about,) = after.consensus.relations
    assert {it.id: it.label for it in after.consensus.spans}[about.source] == "claim"


def test_what_only_one_of_several_alike_is_tied_to_is_not_lost() -> None:
    """The first has no source, so how the quotes are tied is no difference: the source must be tied all the same."""
    quotes, cues = ([span(n, label, words) for n in (0, 1)] for label, words in (("quote", QUOTE), ("cue", "said")))
    by = span(1, "source", "Mayor Łucja Ødegård")
    before = ground(
        side(0, quotes[0], cues[0], ties=[group(0, quotes[0], ("cue", cues[0]))]),
        side(1, quotes[1], cues[1], by, ties=[group(1, quotes[1], ("cue", cues[1]), ("source", by))]),
    )
    after = before
    for item in standing(before):
        after = decide(after, item, *(("side", 1) if item.difference.kind == "missed" else ("agreed", 0)))
    assert roles(after) == [[("quote", "quote"), ("cue", "cue"), ("source", "source")]]
    refused = decide(after, only(after, "missed"), "none")
    assert roles(refused) == [[("quote", "quote"), ("cue", "cue")]]


def test_what_got_another_label_is_tied_only_as_the_scheme_lets_it() -> None:
    """Who relabels by hand loses such a tie too; what a reader tied so against the scheme is theirs."""
    quote, by = span(0, "quote", QUOTE), span(0, "source", "Mayor Łucja Ødegård")
    other = span(1, "claim", "Mayor Łucja Ødegård")
    to = span(0, "claim", "beyond repair")
    ties = [group(0, quote, ("source", by)), relation(0, "states", quote, to)]
    before = ground(side(0, quote, by, to, ties=ties), side(1, other, span(1, "source", "beyond repair")))
    after = before
    for one in (quote, to, by):
        item = next(it for it in standing(after) if it.difference.spans[0] == one)
        after = decide(after, item, "side", 0)
    assert (len(after.consensus.groups), len(after.consensus.relations)) == (1, 1)
    for one in (to, by):
        item = next(it for it in standing(after) if it.difference.spans[0] == one)
        after = decide(after, item, "side", 1)
    assert (after.consensus.groups, after.consensus.relations) == ((), ())
    odd = group(0, quote, ("source", to))
    before = ground(side(0, quote, to, ties=[odd]), side(1))
    for item in standing(before):
        before = decide(before, item, "side", 0)
    assert len(before.consensus.groups) == 1
