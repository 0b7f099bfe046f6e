"""Which differences there are between readings, and of which kind."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import Layer
from annotator.domain.sides import Side
from annotator.domain.span import Span, joined
from annotator.review.differences import KINDS, compare
from annotator.review.standing import compared
from tests.review import brute
from tests.review.ground import ARTICLE, PEOPLE, TEXT, ground, group, layer, relation, side, span
from tests.schemed import SCHEME


def kinds(*sides: Side) -> dict[str, int]:
    """How many are of which kind, as is found and by the other road."""
    found = compared(ground(*sides))
    counts = Counter(one.kind for one in found.all)
    assert counts == brute.kinds(sides, TEXT, SCHEME)
    assert len(found.differences) == sum(counts[kind] for kind in KINDS)
    return dict(counts)


def test_each_kind_by_itself() -> None:
    quote, longer = "We will rebuild the quay", "We will rebuild the quay,”"
    assert kinds(side(0, span(0, "quote", quote)), side(1, span(1, "quote", quote))) == {"agreed": 1}
    assert kinds(side(0, span(0, "quote", quote)), side(1)) == {"missed": 1}
    assert kinds(side(0, span(0, "quote", quote)), side(1, span(1, "claim", quote))) == {"label": 1}
    assert kinds(side(0, span(0, "quote", quote)), side(1, span(1, "quote", longer))) == {"boundary": 1}
    assert kinds(
        side(0, span(0, "quote", quote)), side(1, span(1, "quote", quote, "before the winter comes"))
    ) == {"fragment": 1}  # fmt: skip
    assert kinds(
        side(0, span(0, "quote", quote, attributes={"mode": "direct"})), side(1, span(1, "quote", quote))
    ) == {"attribute": 1}  # fmt: skip
    assert kinds(side(0, genre="news report"), side(1, genre="opinion")) == {"field": 1}
    assert kinds(side(0, genre="opinion"), side(1, genre="opinion")) == {"agreed": 1}
    assert kinds(side(0, genre="opinion"), side(1)) == {"field": 1}


def test_of_several_kinds_the_first_is_told() -> None:
    """A wrong label on other words with another attribute is a matter of the label; note and state are none."""
    one = span(0, "quote", "We will rebuild the quay", attributes={"mode": "direct"})
    two = span(1, "claim", "rebuild the quay", "before the winter comes")
    assert kinds(side(0, one), side(1, two)) == {"label": 1}
    noted = span(1, "quote", "We will rebuild the quay", attributes={"mode": "direct", "tone": ""}, note="?",
                 state="discuss")  # fmt: skip
    assert kinds(side(0, one), side(1, noted)) == {"agreed": 1}


def attribution(number: int, *, source: str = "Mayor Łucja Ødegård", cue: str = "said", tied: bool = True) -> Side:
    quote, by = span(number, "quote", "We will rebuild the quay"), span(number, "source", source)
    said = span(number, "cue", cue)
    ties = [group(number, quote, ("source", by), ("cue", said))] if tied else []
    return side(number, quote, by, said, ties=ties)


def test_links_are_compared_by_what_their_ends_mean() -> None:
    assert kinds(attribution(0), attribution(1)) == {"agreed": 3}
    # The source is another piece of the same words: a difference of its own, and none of the tie.
    assert kinds(attribution(0), attribution(1, source="Łucja Ødegård")) == {"agreed": 2, "boundary": 1}
    assert kinds(attribution(0), attribution(1, tied=False)) == {"agreed": 2, "link": 1}
    found = compared(ground(attribution(0), attribution(1, tied=False))).differences
    assert [one.labels for one in found] == [("quote",)]


def test_what_hangs_on_a_missed_span_is_no_difference_of_its_own() -> None:
    quote = span(1, "quote", "We will rebuild the quay")
    assert kinds(attribution(0), side(1, quote)) == {"agreed": 1, "missed": 2}
    tied = side(1, quote, said := span(1, "cue", "said"), ties=[group(1, quote, ("cue", said))])
    assert kinds(attribution(0), tied) == {"agreed": 2, "missed": 1}
    silent = side(1, quote, ties=[group(1, quote, no_source=True)])
    assert kinds(attribution(0), silent) == {"missed": 2, "link": 1}


def test_relations_have_a_direction_or_none() -> None:
    def claims(number: int, label: str, *, turned: bool) -> Side:
        one, two = span(number, "claim", "rebuild the quay"), span(number, "claim", "beyond repair")
        return side(number, one, two, ties=[relation(number, label, *((two, one) if turned else (one, two)))])

    assert kinds(claims(0, "same-claim", turned=False), claims(1, "same-claim", turned=True)) == {"agreed": 2}
    assert kinds(claims(0, "supports", turned=False), claims(1, "supports", turned=True)) == {"link": 2}
    one = span(0, "claim", "beyond repair")
    two = span(1, "claim", "beyond repair")
    away = side(0, one, ties=[relation(0, "about", one, "an entry")])
    assert kinds(away, side(1, two, ties=[relation(1, "about", two, "an entry")])) == {"agreed": 1}
    assert kinds(away, side(1, two, ties=[relation(1, "about", two, "another")])) == {"link": 1}


def test_of_three_sides_a_cluster_is_one_difference() -> None:
    words = "We will rebuild the quay"
    sides = (side(0, span(0, "quote", words)), side(1, span(1, "claim", words)), side(2, span(2, "quote", words)))
    assert kinds(*sides) == {"label": 1}
    (one,) = compared(ground(*sides)).differences
    assert one.alike == (0, 1, 0)
    assert one.labels == ("quote", "claim")
    assert one.words == words
    assert (one.start, one.end) == (1, 25)
    assert kinds(*sides, side(3)) == {"missed": 1}


def test_a_side_that_did_not_read_the_article_misses_nothing() -> None:
    absent = side(2)._replace(layer=None)
    sides = (side(0, span(0, "quote", "beyond repair")), side(1, span(1, "quote", "beyond repair")), absent)
    found = compared(ground(*sides))
    assert [one.kind for one in found.all] == ["agreed"]
    assert found.present == (0, 1)
    assert kinds(*sides) == {"agreed": 1}


def test_one_layer_is_nothing_to_compare() -> None:
    found = compared(ground(side(0, span(0, "quote", "beyond repair"))))
    assert found.all == ()
    assert found.present == (0,)


def test_spans_of_another_revision_are_told_and_not_compared() -> None:
    old = side(1, span(1, "quote", "beyond repair", revision=2), span(1, "cue", "said"))
    found = compared(ground(side(0, span(0, "quote", "beyond repair")), old, side(2)))
    assert found.others == (1,)
    assert found.present == (0, 2)
    assert [one.kind for one in found.all] == ["missed"]


def test_nobody_marked_anything() -> None:
    assert kinds(side(0), side(1)) == {}
    words = ("We will", "said", "beyond repair")
    assert kinds(side(0), side(1, *(span(1, "quote", one) for one in words))) == {"missed": 3}


def test_one_span_over_the_whole_article_is_paired_with_one_at_most() -> None:
    whole = side(0, span(0, "boilerplate", TEXT))
    words = side(1, *(span(1, "claim", one) for one in ("rebuild the quay", "Monday", "the winter comes", "reporters")))
    assert kinds(whole, words) == {"label": 1, "missed": 3}


def test_twenty_six_layers() -> None:
    sides = [side(n, span(n, "quote" if n != 7 else "claim", "We will rebuild the quay")) for n in range(26)]
    assert kinds(*sides) == {"label": 1}
    (one,) = compared(ground(*sides)).differences
    assert one.alike == tuple(int(n == 7) for n in range(26))
    assert kinds(*sides[:7]) == {"agreed": 1}


def test_a_label_that_the_scheme_lacks_is_a_label() -> None:
    strange = side(1, span(1, "strange", "beyond repair"))
    assert kinds(side(0, span(0, "claim", "beyond repair")), strange) == {"label": 1}


def test_five_thousand_spans_each() -> None:
    text = "word " * 5_000

    def spans(number: int, long: int) -> Side:
        many = (
            Span(f"{number}-{n}", ARTICLE.id, layer(number).id, "", "claim", ((5 * n, 5 * n + long),))
            for n in range(5_000)
        )
        return side(number)._replace(spans=tuple(many))

    found = compare(ARTICLE.id, [spans(0, 4), spans(1, 4)], text, SCHEME)
    assert (len(found.agreed), found.differences) == (5_000, ())
    found = compare(ARTICLE.id, [spans(0, 4), spans(1, 3)], text, SCHEME)
    assert Counter(one.kind for one in found.all) == {"boundary": 5_000}


def test_several_choices_have_no_order() -> None:
    """They stand as the list of the scheme stood when they were chosen."""
    words = "We will rebuild the quay"
    one, two = (span(n, "quote", words, attributes={"topics": list(("a", "b")[:: 1 - 2 * n])}) for n in (0, 1))
    found = compared(ground(side(0, one, topic=["x", "y"]), side(1, two, topic=["y", "x"])))
    assert [it.kind for it in found.all] == ["agreed", "agreed"]
    assert len(set(found.all[0].marks)) == len(set(found.all[1].marks)) == 1


def test_of_spans_that_stand_twice_those_meet_that_are_described_alike() -> None:
    words, values = "We will rebuild the quay", ("direct", "indirect")
    sides = [
        side(n, *(span(n, "quote", words, id=f"{n}{m}", attributes={"mode": values[m - n]}) for m in (0, 1)))
        for n in (0, 1)
    ]
    assert [it.kind for it in compared(ground(*sides)).all] == ["agreed", "agreed"]


# any readings at all

PIECES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 14)), min_size=1, max_size=2)
SPANS = st.lists(
    st.tuples(st.sampled_from(["quote", "claim", "strange"]), PIECES, st.sampled_from(["", "direct"])), max_size=5
)
TIES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from(["states", "same-claim"])), max_size=3)


def built(number: int, spans: list[tuple[str, list[tuple[int, int]], str]], ties: list[tuple[int, int, str]]) -> Side:
    made = [
        Span(
            f"{number}-{n}", ARTICLE.id, layer(number).id, PEOPLE[number].id, label,
            joined((start, start + long) for start, long in pieces), attributes={"mode": mode},
        )
        for n, (label, pieces, mode) in enumerate(spans)
    ]  # fmt: skip
    related = [
        relation(number, label, made[one], made[two])
        for one, two, label in ties
        if max(one, two) < len(made) and one != two
    ]
    return side(number, *made, ties=related)


@given(sides=st.lists(st.tuples(SPANS, TIES), min_size=2, max_size=4))
def test_any_readings(
    sides: list[tuple[list[tuple[str, list[tuple[int, int]], str]], list[tuple[int, int, str]]]],
) -> None:
    readings = [built(number, spans, ties) for number, (spans, ties) in enumerate(sides)]
    found = compared(ground(*readings))
    # Every span stands in one cluster, and none has two of one side.
    assert sorted(id for one in found.all for id in one.ids) == sorted(it.id for one in readings for it in one.spans)
    clusters = [{n: it for n, it in enumerate(one.spans) if it is not None} for one in found.all]
    by_number = dict(enumerate(readings))
    for one, cluster in zip(found.all, clusters, strict=True):
        assert one.kind == brute.kind(cluster, clusters, by_number, SCHEME)
    # No pairing of the first two sides is worth more; of further ones it depends on what was chosen among equals.
    pairs = [(one[0], one[1]) for one in clusters if 0 in one and 1 in one]
    best, _pairs = brute.best(readings[1].spans, [{0: it} for it in readings[0].spans], TEXT)
    assert sum(brute.worth(two, one, TEXT) for one, two in pairs) == best


def test_a_further_reading_joins_what_is_there_as_well_as_can_be() -> None:
    """The third and the fourth are put to the clusters of those before them: no other way is worth more."""
    chance = random.Random(5)

    def spans(number: int) -> list[Span]:
        starts = [chance.sample(range(60), chance.choice((1, 1, 2))) for _ in range(chance.randint(0, 6))]
        pieces = [[(start, start + chance.randint(1, 15)) for start in some] for some in starts]
        return [Span(f"{number}-{n}", "a", "l", "", chance.choice("abc"), joined(it)) for n, it in enumerate(pieces)]

    for _ in range(150):
        sides = [side(number, *spans(number)) for number in range(4)]
        for count in (3, 4):
            found = compared(ground(*sides[:count])).all
            last = count - 1
            clusters = [
                {n: it for n, it in enumerate(one.spans) if it is not None and n < last} for one in found
            ]  # fmt: skip
            got = sum(
                sum(brute.worth(span, other, TEXT) for other in cluster.values())
                for one, cluster in zip(found, clusters, strict=True)
                if (span := one.spans[last]) is not None
            )
            best, _pairs = brute.best(sides[last].spans, [one for one in clusters if one], TEXT)
            assert got == best


@given(spans=st.lists(SPANS, min_size=3, max_size=3))
def test_the_order_of_spans_changes_nothing(spans: list[list[tuple[str, list[tuple[int, int]], str]]]) -> None:
    readings = [built(number, some, []) for number, some in enumerate(spans)]
    turned = [one._replace(spans=tuple(reversed(one.spans))) for one in readings]
    assert compared(ground(*readings)).all == compared(ground(*turned)).all


def test_a_layer_is_needed_for_its_fields() -> None:
    assert isinstance(side(0).layer, Layer)
    assert kinds(side(0, genre="opinion", topic=["sport"]), side(1, topic=["sport"], genre="")) == {
        "agreed": 1, "field": 1,
    }  # fmt: skip
