"""The ties of a correction that is taken over: mine become those that were decided, whichever end comes first."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.article import own_layer
from annotator.domain.change import Change
from annotator.domain.corrections import ADDED, BESIDE, CHANGED, Correction, Piece
from annotator.domain.layerref import LayerRef
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.sides import Side
from annotator.domain.span import Span
from annotator.editing.correctedties import CorrectedTies
from tests.builders import ANA, counted_ids
from tests.schemed import SCHEME

QUOTE = Span("q", "a", "l", ANA.id, "quote", ((0, 10),))
LEE = Span("s", "a", "l", ANA.id, "source", ((12, 15),))
MAYOR = Span("m", "a", "l", ANA.id, "source", ((20, 30),))
CLAIM = Span("c", "a", "l", ANA.id, "claim", ((2, 8),))
NEAR = Span("n", "a", "l", ANA.id, "source", ((6, 8),))
SPANS = (QUOTE, LEE, MAYOR, CLAIM, NEAR)
BARE = Piece("quote", ((0, 10),))
OF_LEE = BARE._replace(links=(("attribution/source", ((12, 15),)),))


def group(*sources: str) -> Group:
    return Group("g", "a", "l", "attribution", (Member("quote", "q"), *(Member("source", one) for one in sources)))


def ties(*mine: Relation | Group, spans: Iterable[Span] = SPANS, others: Iterable[Correction] = ()) -> CorrectedTies:
    relations = tuple(it for it in mine if isinstance(it, Relation))
    groups = tuple(it for it in mine if isinstance(it, Group))
    side = Side(LayerRef("annotator", ANA.id), own_layer("a", ANA.id), SPANS, relations, groups)
    return CorrectedTies(side, spans, SCHEME, "now", counted_ids("7"), others)


def members(change: Change) -> list[tuple[str, str]]:
    assert isinstance(change.after, Group)
    return [(one.role, one.span) for one in change.after.members]


def test_a_tie_is_made_from_either_end() -> None:
    made = []
    for span, piece in (
        ("q", OF_LEE),
        ("s", Piece("source", ((12, 15),), links=(("<attribution/source", ((0, 10),)),))),
    ):
        mine = ties()
        mine.follow(span, None, piece)
        (change,) = mine.changes()
        assert change.before is None
        made.append(members(change))
        assert not mine.missing
    assert made == [[("quote", "q"), ("source", "s")]] * 2


def test_a_link_without_a_direction_is_the_same_from_either_end() -> None:
    other = Span("d", "a", "l", ANA.id, "claim", ((30, 40),))
    mine = ties(Relation("r", "a", "l", "same-claim", "d", "c"), spans=(*SPANS, other))
    mine.follow("c", None, Piece("claim", ((2, 8),), links=(("same-claim", ((30, 40),)),)))
    assert mine.changes() == []


def test_what_was_tied_otherwise_is_tied_anew_and_the_rest_stays() -> None:
    mine = ties(group("s", "m"))
    mine.follow("q", OF_LEE, BARE._replace(links=(("attribution/source", ((20, 28),)),)))
    (change,) = mine.changes()
    assert members(change) == [("quote", "q"), ("source", "m")]  # on most of the same words
    mine = ties(group("s"))
    mine.follow("q", OF_LEE, BARE)
    assert mine.changes() == [Change(group("s"), None)]  # nothing is left that belongs together
    mine = ties(group("s"))
    mine.follow("q", OF_LEE, OF_LEE)
    assert mine.changes() == []


def test_a_relation_leads_the_way_it_was_decided() -> None:
    states = BARE._replace(links=(("states", ((2, 8),)),))
    mine = ties()
    mine.follow("q", None, states)
    mine.follow("c", None, Piece("claim", ((2, 8),), links=(("<states", ((0, 10),)),)))
    (change,) = mine.changes()  # once, though both ends tell it
    made = change.after
    assert isinstance(made, Relation)
    assert (made.label, made.source, made.target, made.article, made.layer) == ("states", "q", "c", "a", "l")
    mine = ties(made)
    mine.follow("q", states, BARE)
    assert mine.changes() == [Change(made, None)]


def test_what_is_not_tagged_so_is_missing_and_said() -> None:
    links = [("attribution/source", ((40, 44),)), ("states", ((12, 15),)), ("unheard/of", ((2, 8),))]
    # What stands there is a claim yet: it will be told from there, and no source beside it is meant.
    links.append(("attribution/source", ((2, 8),)))
    for link in links:
        mine = ties()
        mine.follow("q", None, BARE._replace(links=(link,)))
        assert mine.missing
        assert mine.changes() == []
    mine = ties(spans=(QUOTE,))
    mine.follow("q", OF_LEE, BARE)  # what is gone need not be untied
    assert not mine.missing


def told(outcome: str, span: str, was: tuple[int, int], *became: tuple[int, int]) -> Correction:
    pieces = tuple(Piece("source", (it,)) for it in became)
    base = Correction("", "a", "l", ANA.id, "d", "then", "r", outcome, span=span, became=pieces)
    return base if outcome == ADDED else base._replace(was=Piece("source", (was,)))


def test_what_is_still_to_come_is_meant_and_not_what_stands_on_some_of_its_words() -> None:
    to_come = BARE._replace(links=(("attribution/source", ((22, 34),)),))
    # There stands a source of mine on some of these words, but I am told of another that belongs there.
    mine = ties(others=[told(ADDED, "", (0, 0), (22, 34))])
    mine.follow("q", None, to_come)
    assert (mine.changes(), mine.missing) == ([], True)
    mine = ties(others=[told(BESIDE, "m", (20, 30), (20, 30), (22, 34))])
    mine.follow("q", None, to_come)
    assert (mine.changes(), mine.missing) == ([], True)
    mine = ties(others=[told(CHANGED, "m", (20, 30), (22, 34))])
    mine.follow("q", None, to_come)
    (change,) = mine.changes()
    assert members(change) == [("quote", "q"), ("source", "m")]
    mine = ties(group("m"), others=[told(CHANGED, "s", (18, 26), (12, 15))])
    mine.follow("q", BARE._replace(links=(("attribution/source", ((18, 26),)),)), BARE)
    assert mine.changes() == []  # what stood there is another one, and that is not tied any more


def test_that_the_text_names_no_source_is_taken_over_too() -> None:
    silent = BARE._replace(sourceless=("attribution",))
    mine = ties(group("s"))
    mine.follow("q", OF_LEE, silent)
    (made,) = [it.after for it in mine.changes() if it.after is not None]
    assert isinstance(made, Group)
    assert (made.members, made.no_source, mine.missing) == ((Member("quote", "q"),), True, False)
    mine = ties(group()._replace(no_source=True))
    mine.follow("q", silent, OF_LEE)
    (change,) = mine.changes()
    assert isinstance(change.after, Group)
    assert (members(change), change.after.no_source) == ([("quote", "q"), ("source", "s")], False)
    mine = ties(before := group()._replace(no_source=True))
    mine.follow("q", silent, BARE)
    assert mine.changes() == [Change(before, None)]
    mine = ties(group("m"))  # a source of which I am told nothing
    mine.follow("q", None, silent)
    assert (mine.changes(), mine.missing) == ([], True)
