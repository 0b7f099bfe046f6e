"""Ties by span, against looking through all of them; changes one by one give the same as all at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.change import Change
from annotator.domain.links import Link, Links
from annotator.domain.relation import Group, Member, Relation

SPANS = st.sampled_from("abcde")


def relation(number: int, source: str, target: str) -> Relation:
    return Relation(f"r{number}", "article", "layer", "label", source, target)


def group(number: int, members: list[str]) -> Group:
    return Group(f"g{number}", "article", "layer", "kind", tuple(Member("role", span) for span in members))


@given(st.lists(st.tuples(SPANS, SPANS)), st.lists(st.lists(SPANS, max_size=4)), st.data())
def test_what_a_span_is_tied_to(pairs: list[tuple[str, str]], sets: list[list[str]], data: st.DataObject) -> None:
    relations = [relation(number, *pair) for number, pair in enumerate(pairs)]
    groups = [group(number, members) for number, members in enumerate(sets)]
    links = Links(relations, groups)
    one_by_one = Links()
    for tie in (*relations, *groups):
        assert one_by_one.apply(Change(None, tie))
    for span in "abcde":
        away = {it.target for it in relations if it.source == span} | {
            member.span for it in groups for member in it.members if span in {each.span for each in it.members}
        }
        back = {it.source for it in relations if it.target == span} - away
        wanted = {Link(other) for other in away - {span}} | {Link(other, True) for other in back - {span}}
        assert set(links.of(span)) == wanted == set(one_by_one.of(span))
        assert len(links.of(span)) == len(wanted)
        assert (span in links) == any(
            span in ends for ends in ({*pairs_} for pairs_ in (*pairs, *(tuple(members) for members in sets)))
        )
        together = {each.span for it in groups for each in it.members if span in {m.span for m in it.members}}
        assert links.together(span) == together
    gone = [*relations, *groups]
    for tie in data.draw(st.permutations(gone)):
        one_by_one.apply(Change(tie, None))
    assert not one_by_one
    assert not any(span in one_by_one for span in "abcde")


def test_every_tie_has_one_trunk() -> None:
    links = Links([relation(1, "a", "b"), relation(2, "c", "a")], [group(1, ["a", "b", "d"])])
    assert links.trunks(["b", "a"]) == [
        ("b", [Link("a"), Link("d")]),
        ("b", [Link("a", True)]),
        ("a", [Link("c", True)]),
    ]
