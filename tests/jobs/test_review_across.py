"""Differences that depend on other articles: relations that lead there."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import VisibleLayers
from annotator.domain.change import Change, Step
from annotator.domain.relation import Relation
from annotator.domain.sides import alike_elsewhere
from annotator.domain.span import Fragments, Span, joined
from annotator.editing import review as editing
from annotator.editing.workspace import Workspace
from annotator.jobs.review import Queue
from annotator.review.decide import Verdict
from annotator.review.filter import Filter
from annotator.storage.store import Store
from tests.jobs.reviewed import PEOPLE, REFS, made, reviewing
from tests.seldom import seldom

ANY = Filter(frozenset())


def kind(queue: Queue, span: Span) -> str:
    """Of which kind the difference is in which a span stands; the queue is as one that is made anew."""
    return next(it.difference.kind for it in queue.items(ANY) if span.id in it.difference.ids)


def fresh(store: Store) -> Queue:
    queue = Queue(REFS[:2])
    queue.fill(store)
    return queue


def test_two_who_relate_to_the_same_words_of_another_article_agree(tmp_path: Path) -> None:
    """Each relates to a span of their own: what counts is whether they mean the same there."""
    with closing(Store.open(made(tmp_path / "p.annotator", articles=2, spans=8, people=2))) as store:
        one, two = store.article_ids()
        queue = fresh(store)
        here = next(it.difference.spans for it in queue.of(one) if it.difference.kind == "agreed" and it.difference.ids)
        there = next(
            it.difference.spans for it in queue.of(two) if it.difference.kind == "agreed" and it.difference.ids
        )
        relations = []
        for number, (source, target) in enumerate(zip(here, there, strict=True)):
            assert source is not None
            assert target is not None
            ws = Workspace(store, PEOPLE[number], f"laptop {number}")
            ws.listen(lambda changed: queue.follow(store, changed) and None)
            relations.append(Relation(f"0192f0c1-0000-7000-8000-00000000abc{number}", one, source.layer, "supports",
                                      source.id, target.id))  # fmt: skip
            ws.do(Step("Relate", (Change(None, relations[-1]),)))
            if number == 0:
                assert kind(queue, source) == "link"
        source, target = here[0], there[1]
        assert source is not None
        assert target is not None
        # Followed while the article is open and while it is not.
        for opened in (False, True):
            if opened:
                queue.ground(store, one)
            assert kind(queue, source) == kind(fresh(store), source) == "agreed"
            ws.do(Step("Move", (Change(target, away := target._replace(fragments=((0, 1),))),)))
            assert kind(queue, source) == kind(fresh(store), source) == "link"
            ws.do(Step("Move back", (Change(away, target),)))
        assert queue.items(ANY) == fresh(store).items(ANY)
        # Two say it, and it is one relation of the consensus.
        rita, item = reviewing(store), next(it for it in queue.of(one) if source.id in it.difference.ids)
        ground = queue.ground(store, one)
        assert ground is not None
        rita.do(editing.decide(ground, item, Verdict("agreed", side=0), rita.me, rita.clock(), 1))
        (relation,) = store.relations(one, VisibleLayers(frozenset({"consensus"})))
        assert relation.target == relations[0].target


PIECES = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 4)), min_size=1, max_size=2)
PLACES = st.lists(st.tuples(st.sampled_from("ab"), PIECES), max_size=7)


@seldom
@given(places=PLACES)
def test_spans_elsewhere_are_called_alike_where_they_share_words(
    places: list[tuple[str, list[tuple[int, int]]]],
) -> None:
    spans: list[tuple[str, str, Fragments]] = [
        (str(number), article, joined((start, start + long) for start, long in pieces))
        for number, (article, pieces) in enumerate(places)
    ]
    called = alike_elsewhere(spans)
    marks = {id: {(of, place) for start, end in pieces for place in range(start, end)} for id, of, pieces in spans}
    groups = {id: {id} for id in marks}
    for one in marks:
        for other in marks:
            if marks[one] & marks[other] and groups[one] is not groups[other]:
                groups[one] |= groups[other]
                for id in groups[one]:
                    groups[id] = groups[one]
    assert called == {id: min(groups[id]) for id in marks}
