"""The queue of a review over whole projects: counted by another road, settled by steps, followed, undone."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.article import VisibleLayers, own_layer
from annotator.domain.change import Change, Changed, Step
from annotator.domain.errors import UserError
from annotator.domain.layerref import CONSENSUS_REF, LayerRef, all_called, all_parsed, parsed
from annotator.domain.people import short
from annotator.domain.team import assigned
from annotator.editing import review as editing
from annotator.editing.workspace import Workspace
from annotator.jobs.agreeing import agree
from annotator.jobs.consensus import make_consensus, take_over
from annotator.jobs.review import Queue
from annotator.jobs.settled import export_decisions, export_queue
from annotator.review.decide import Content, Verdict
from annotator.review.differences import ABSENT, KINDS
from annotator.review.filter import Filter
from annotator.review.standing import AGREED, Item
from annotator.review.takeover import Rule, majority
from annotator.storage import review as reading
from annotator.storage.check import check
from annotator.storage.store import Store
from tests.builders import counted_clock, counted_ids
from tests.jobs.desk import Desk
from tests.jobs.reviewed import PEOPLE, REFS, made, reviewing
from tests.jobs.test_brat import BRATIAA
from tests.jobs.test_brat import PEOPLE as BRATIAA_PEOPLE
from tests.review import brute

ANY = Filter(frozenset())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(made(tmp_path / "p.annotator"))) as opened:
        yield opened


@pytest.fixture
def bratiaa(tmp_path: Path) -> Iterator[Store]:
    with Desk(tmp_path / "bratiaa.annotator") as desk:
        for name, person in BRATIAA_PEOPLE.items():
            desk.bring(BRATIAA / name, format="brat", owner=person)
        yield desk.store


needs_bratiaa = pytest.mark.skipif(not BRATIAA.is_dir(), reason="the shared data is not on this machine")


def filled(store: Store, refs: tuple[LayerRef, ...] = REFS) -> Queue:
    queue = Queue(refs)
    assert queue.fill(store)
    return queue


def same(one: Queue, two: Queue) -> bool:
    """Whether two queues tell the same of everything."""
    assert one.counts() == two.counts()
    assert one.counts() == {status: sum(it.status == status for it in one.items(ANY)) for status in one.counts()}
    return one.articles == two.articles and one.items(ANY) == two.items(ANY)


def counted_by_hand(store: Store, refs: tuple[LayerRef, ...]) -> Counter[str]:
    found: Counter[str] = Counter()
    for id in store.article_ids():
        article = store.article(id)
        assert article is not None
        found += brute.kinds(reading.sides(store, id, refs), store.text(article.sha256), store.scheme())
    return found


def settled(store: Store, refs: tuple[LayerRef, ...]) -> None:
    """Settle everything by steps, with every answer in turn, and hold the consensus against what was said."""
    queue, ws = filled(store, refs), reviewing(store)
    counts = Counter(it.difference.kind for it in queue.items(ANY))
    assert counts == counted_by_hand(store, refs)
    report = take_over(ws, refs, Rule())
    queue.fill(store)
    ws.listen(lambda changed: queue.follow(store, changed) and None)
    assert (report.taken, report.kinds) == (counts[AGREED], Counter({AGREED: counts[AGREED]}))
    assert queue.left == sum(counts[kind] for kind in KINDS)
    expected = {}
    answers = itertools.cycle(("side", "both", "none", "side", "own"))
    item = next(iter(queue.items()), None)
    while item is not None:
        one = item.difference
        answer = next(answers)
        if one.field:
            answer = "side"
        first = next(n for n, number in enumerate(one.alike) if number != ABSENT)
        last = max(n for n, number in enumerate(one.alike) if number != ABSENT)
        own = (Content("claim", ((one.start, one.end),)),) if answer == "own" else ()
        verdict = Verdict(answer, side=last if answer == "side" else -1, own=own)
        ground = queue.ground(store, one.article)
        assert ground is not None
        left = queue.left
        ws.do(editing.decide(ground, item, verdict, ws.me, ws.clock(), 1))
        assert queue.left == left - 1
        spans = [it for it in one.spans if it is not None]
        if answer == "side" and not one.field:
            expected[one.id] = {_content(one.spans[last])}
        elif answer == "both":
            expected[one.id] = {_content(it) for it in spans}
        elif answer == "own":
            expected[one.id] = {("claim", ((one.start, one.end),), "{}")}
        else:
            expected[one.id] = set()
        assert first <= last
        item = next(iter(queue.items()), None)
    assert queue.left == 0
    assert same(queue, filled(store, refs))
    _held_against(queue, expected)
    assert list(check(store)) == []


def _content(span: object) -> tuple[object, ...]:
    return span.label, span.fragments, json.dumps(dict(span.attributes), sort_keys=True)  # type: ignore[attr-defined]


def _held_against(queue: Queue, expected: dict[str, set[tuple[object, ...]]]) -> None:
    """Every decision has its spans in the consensus, those that agree too, and nothing else stands there."""
    for item in queue.items(ANY):
        assert item.status == "settled"
        made = [_content(it) for it in item.consensus]
        assert len(set(made)) == len(made)
        if item.id in expected:
            assert set(made) == expected[item.id]
        else:
            assert item.difference.kind == AGREED
            assert made == ([] if item.difference.field else [_content(item.difference.spans[0])])


def test_everything_is_settled_by_steps(store: Store) -> None:
    settled(store, REFS)
    queue = filled(store)
    consensus = [it for id in store.article_ids() for it in store.spans(id, VisibleLayers(frozenset({"consensus"})))]
    assert sum(len(it.consensus) for it in queue.items(ANY)) == len(consensus)
    ends = {it.id for it in consensus}
    tied = VisibleLayers(frozenset({"consensus"}))
    groups = [one for id in store.article_ids() for one in store.groups(id, tied)]
    assert groups
    assert all(member.span in ends for one in groups for member in one.members)
    relations = [one for id in store.article_ids() for one in store.relations(id, tied)]
    assert relations
    assert all(it.source in ends and it.target in ends for it in relations)


@needs_bratiaa
def test_everything_of_bratiaa_is_settled_by_steps(bratiaa: Store) -> None:
    refs = tuple(LayerRef("annotator", person.id) for person in BRATIAA_PEOPLE.values())
    queue = filled(bratiaa, refs)
    assert len(queue.articles) == 7
    assert Counter(it.difference.kind for it in queue.items()) == {"missed": 62, "boundary": 40, "label": 11}
    settled(bratiaa, refs)


@needs_bratiaa
def test_the_published_agreement_of_bratiaa(bratiaa: Store) -> None:
    refs = [LayerRef("annotator", person.id) for person in BRATIAA_PEOPLE.values()]
    found = agree(bratiaa, refs, draws=0).agreement
    assert found is not None
    overall = found.overall["exact"]
    assert (round(overall.value or 0, 3), round(overall.sd or 0, 3)) == (0.890, 0.053)
    by_label = {label: round(figures["exact"].value or 0, 3) for label, figures in found.labels.items()}
    assert by_label == {"LOC": 0.819, "MISC": 0.840, "ORG": 0.906, "PER": 0.938}


def test_every_kind_is_there_and_can_be_filtered(store: Store) -> None:
    queue = filled(store)
    kinds = Counter(it.difference.kind for it in queue.items())
    assert set(kinds) == set(KINDS)
    for kind in KINDS:
        some = queue.items(Filter(kinds=frozenset({kind})))
        assert len(some) == kinds[kind]
    quotes = queue.items(Filter(labels=frozenset({"quote"})))
    assert quotes
    assert all("quote" in it.difference.labels for it in quotes)
    (first, *_rest) = queue.articles
    assert {it.difference.article for it in queue.items(Filter(articles=frozenset({first})))} == {first}
    assert queue.items(Filter(statuses=frozenset({"settled"}))) == []
    assert queue.items(Filter(statuses=frozenset({AGREED})))
    for number in range(4):
        odd = queue.items(Filter(sides=frozenset({number})))
        assert 0 < len(odd) < len(queue.items())
        assert all(it.difference.alike.count(it.difference.alike[number]) <= 2 for it in odd)
    two = filled(store, REFS[:2])
    assert two.items(Filter(sides=frozenset({1}))) == two.items()
    ws = reviewing(store)
    take_over(ws, REFS[:2], Rule("trusted", side=0))
    assert (filled(store, REFS[:2]).unheard, queue.unheard) == (0, 0)
    unheard = filled(store)
    assert unheard.unheard == sum(1 for it in unheard.items(ANY) if it.unheard) > 9
    assert unheard.counts()["outdated"] == 0
    # Who makes the consensus hears of them; they hinder nothing.
    told = make_consensus(ws, REFS, dry_run=True)
    assert (sum(told.unheard.values()), told.missing.keys() & {"unheard"}) == (unheard.unheard, set())
    assert make_consensus(ws, REFS[:2], dry_run=True).unheard == {}


def test_an_item_is_found_by_its_id(store: Store) -> None:
    queue = filled(store)
    items = queue.items()
    assert queue.item(items[0].id) == items[0]
    assert queue.item("another") is None


def test_a_key_costs_only_its_own_article(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    queue, ws = filled(store), reviewing(store)
    ws.listen(lambda changed: queue.follow(store, changed) and None)
    item = queue.items()[0]
    ground = queue.ground(store, item.difference.article)
    assert ground is not None
    read: list[str] = []
    ground_of = reading.ground
    monkeypatch.setattr(reading, "ground", lambda reader, of, *more: read.append(of) or ground_of(reader, of, *more))
    ws.do(editing.decide(ground, item, Verdict("none"), ws.me, ws.clock(), 1))
    ws.undo()
    assert read == []
    other = queue.articles[-1]
    assert other != item.difference.article
    layer = store.value("layer", own_layer(other, PEOPLE[0].id).id, other)
    ws.do(Step("Note", (Change(layer, layer._replace(note="?")),)))
    assert read == [other]
    assert same(queue, filled(store))


def test_articles_come_and_go(store: Store, tmp_path: Path) -> None:
    with closing(Store.open(made(tmp_path / "q.annotator", articles=9))) as more:
        ws, queue = reviewing(more), filled(more)
        ws.listen(lambda changed: queue.follow(more, changed) and None)
        gone = queue.articles[3]
        layers = more.layers(gone, VisibleLayers.ALL)
        values = [
            *more.relations(gone, VisibleLayers.ALL), *more.groups(gone, VisibleLayers.ALL),
            *more.spans(gone, VisibleLayers.ALL), *layers,
        ]  # fmt: skip
        ws.do(Step("Away", tuple(Change(one, None) for one in values)))
        assert gone not in queue.articles
        assert same(queue, filled(more))
        ws.undo()
        assert queue.articles[3] == gone
        assert same(queue, filled(more))
        limited = Queue(REFS, [gone])
        limited.fill(more)
        assert limited.articles == (gone,)


def test_the_same_for_all_alike_is_one_step(tmp_path: Path) -> None:
    refs = REFS[:2]
    with closing(Store.open(made(tmp_path / "p.annotator", articles=30, people=2))) as store:
        queue, ws = filled(store, refs), reviewing(store)
        ws.listen(lambda changed: queue.follow(store, changed) and None)
        spans = [it for it in queue.items() if not it.difference.field]
        item = max(spans, key=lambda it: len(queue.alike(it.id)))
        some = queue.alike(item.id)
        assert len(some) > 2
        assert len({it.difference.article for it in some}) > 1
        left, steps = queue.left, store.step_count()
        ws.do(queue.decide_alike(store, some, Verdict("none", reason="never"), ws.me, ws.clock(), 1))
        assert queue.left == left - len(some)
        assert store.step_count() == steps + 1
        decided = [queue.item(it.id) for it in some]
        assert len({it.decision.data["same"] for it in decided if it is not None and it.decision is not None}) == 1
        assert same(queue, filled(store, refs))
        ws.undo()
        assert queue.left == left
        assert same(queue, filled(store, refs))


def test_what_is_alike_is_another_where_a_reader_changed_a_span(tmp_path: Path) -> None:
    """The difference keeps its id, not its words: another one would be decided with it, unseen."""
    refs = REFS[:2]
    with closing(Store.open(made(tmp_path / "p.annotator", articles=30, people=2))) as store:
        queue = filled(store, refs)
        read = [it for it in queue.items() if it.difference.spans and it.difference.spans[0] is not None]
        item = max(read, key=lambda it: len(queue.alike(it.id)))
        assert len(queue.alike(item.id)) > 1
        span = item.difference.spans[0]
        assert span is not None
        lisa = Workspace(
            store, PEOPLE[0], "laptop", new_id=counted_ids("b"), clock=counted_clock("2026-11-24T11:00:00")
        )
        lisa.listen(lambda changed: queue.follow(store, changed) and None)
        lisa.do(Step("Relabel", (Change(span, span._replace(label="evidence")),)))
        assert queue.item(item.id) is not None
        fresh = filled(store, refs)
        assert {it.id: [one.id for one in queue.alike(it.id)] for it in queue.items()} == {
            it.id: [one.id for one in fresh.alike(it.id)] for it in fresh.items()
        }


def test_what_agrees_is_taken_over_by_a_rule_and_undone_at_once(store: Store) -> None:
    queue, ws = filled(store), reviewing(store)
    expected = Counter(it.difference.kind for it in queue.items(ANY) if _most(it) >= 3)
    steps = store.step_count()
    rehearsed = take_over(ws, REFS, majority(4), dry_run=True)
    assert store.step_count() == steps
    heard: list[Changed] = []
    ws.listen(heard.append)
    report = take_over(ws, REFS, majority(4))
    assert sum(queue.touches(it) for it in heard) == report.articles
    assert report == rehearsed
    assert report.kinds == expected
    queue.fill(store)
    rules = Counter(it.decision.data["rule"] for it in queue.items(ANY) if it.decision is not None)
    assert set(rules) == {"majority:3"}
    assert take_over(ws, REFS, majority(4)).taken == 0
    ws.undo()
    queue.fill(store)
    assert queue.counts()["settled"] == 0
    trusted = take_over(ws, REFS, Rule("trusted", side=2))
    assert trusted.kinds["label"] > 0
    with pytest.raises(UserError, match="consensus"):
        take_over(ws, (*REFS, CONSENSUS_REF), Rule())


def _most(item: Item) -> int:
    votes = Counter(number for number in item.difference.alike if number != ABSENT)
    return max(votes.values())


def test_cancelled_means_whole_so_far(store: Store) -> None:
    ws = reviewing(store)
    looks = iter((False, False, False, True))
    report = take_over(ws, REFS, Rule(), cancelled=lambda: next(looks))
    assert (report.stopped, report.articles) == (True, 3)
    assert Queue(REFS).fill(store, cancelled=lambda: True) is False
    told: list[tuple[int, int]] = []
    assert Queue(REFS).fill(store, lambda *so_far: told.append(so_far))
    assert told[-1] == (7, 7)
    assert agree(store, REFS, cancelled=lambda: True).agreement is None


def test_the_consensus_says_what_is_missing(store: Store) -> None:
    ws = reviewing(store)
    report = make_consensus(ws, REFS)
    assert (report.done, report.of, report.changed) == (0, 7, 0)
    assert len(report.missing) == 7
    take_over(ws, REFS, Rule("trusted", side=0))
    queue = filled(store)
    # A job tells its listeners in its own thread; the window passes it on to the one that reads.
    stop = ws.listen(lambda changed: queue.follow(store, changed) and None)
    for item in queue.items():
        ground = queue.ground(store, item.difference.article)
        assert ground is not None
        ws.do(editing.decide(ground, item, Verdict("none"), ws.me, ws.clock(), 1))
    first, second, *_rest = queue.articles
    layer = store.value("layer", own_layer(first, PEOPLE[1].id).id, first)
    ws.do(Step("Not done", (Change(layer, layer._replace(state="started")),)))
    ground = queue.ground(store, second)
    assert ground is not None
    ws.do(editing.decide(ground, queue.of(second)[0], Verdict("discuss"), ws.me, ws.clock(), 1))
    assert queue.counts()["discussed"] == 1
    stop()
    rehearsed = make_consensus(ws, REFS, dry_run=True)
    report = make_consensus(ws, REFS)
    assert report == rehearsed
    assert (report.done, report.changed) == (5, 5)
    assert report.undone == {first: (1,)}
    assert report.missing == {second: {"discussed": 1}}
    states = {it.id: it.state for id in queue.articles for it in store.layers(id, VisibleLayers.ALL)}
    done = [
        it for id in queue.articles for it in [reading.sides(store, id, [CONSENSUS_REF])[0].layer] if it is not None
    ]
    assert Counter(states[it.id] for it in done) == {"done": 5, "started": 2}
    assert make_consensus(ws, REFS).changed == 0
    # What lacks something by now is not done any more.
    third = queue.articles[2]
    ground = queue.ground(store, third)
    assert ground is not None
    queue = filled(store)
    assert queue.reopened == ()
    stop = ws.listen(lambda changed: queue.follow(store, changed) and None)
    queue.ground(store, third)
    ws.do(editing.undecide(ground, [queue.of(third)[0]]))
    assert queue.reopened == filled(store).reopened == (third,)
    ws.undo()
    assert queue.reopened == ()
    ws.redo()
    stop()
    assert (make_consensus(ws, REFS).done, make_consensus(ws, REFS).changed) == (4, 0)


def test_the_consensus_can_be_compared_with_a_reader(store: Store) -> None:
    ws = reviewing(store)
    take_over(ws, REFS, Rule("trusted", side=0))
    queue = filled(store, (REFS[0], CONSENSUS_REF))
    assert queue.articles
    assert all(it.difference.missing == (0,) for it in queue.items() if it.difference.kind == "missed")
    counts = queue.counts()
    assert counts["agreed"] > counts["open"] > 0
    assert counts["agreed"] + counts["open"] == len(queue.items(ANY))  # what was decided is no word about that


# which layers there are


def test_layers_are_found_and_named(store: Store) -> None:
    found = reading.layers(store)
    assert [(it.ref.owner, it.articles, it.done) for it in found] == [(person.id, 7, 7) for person in PEOPLE]
    people = store.annotators() | {person.id: person for person in PEOPLE}
    lisa = PEOPLE[0]
    assert parsed("Lisa", people) == parsed(lisa.id, people) == REFS[0]
    assert parsed("Lisa:2", people) == LayerRef("annotator", lisa.id, round=2)
    assert parsed("consensus", people) == CONSENSUS_REF
    assert parsed("imported:a:2", people) == LayerRef("imported", name="a:2")
    for ref in (*REFS, CONSENSUS_REF, LayerRef("annotator", lisa.id, round=2), LayerRef("imported", name="wire")):
        assert parsed(ref.text(), people) == ref
    assert all_parsed(["Lisa, Max", "Bo"], people) == [REFS[0], REFS[2], REFS[3]]
    for texts, words in ((["Nobody"], "is called"), (["Lisa,Lisa"], "twice")):
        with pytest.raises(UserError, match=words):
            all_parsed(texts, people)
    wire = LayerRef("imported", name="wire, a:2")
    assert all_parsed([wire.text(), "Lisa"], people, [wire]) == [wire, REFS[0]]
    for text in ("Lisa:" + "9" * 5_000, "Lisa:²", "imported:"):
        with pytest.raises(UserError, match="is called"):
            parsed(text, people)
    odd = {**people, "x": lisa._replace(id="x", name="Bo, the other"), "y": lisa._replace(id="y", name="Max")}
    assert all_parsed(["Bo, the other"], odd) == [LayerRef("annotator", "x")]
    with pytest.raises(UserError, match="several"):
        parsed("Max", odd)
    two = (LayerRef("annotator", "y"), REFS[0], REFS[2])
    assert all_called(two, odd) == ("Max (…y)", "Lisa", f"Max ({short(REFS[2].owner)})")


def test_an_own_step_of_an_annotator_is_followed(store: Store) -> None:
    """A reviewer's queue hears what annotators do in the same project."""
    queue = filled(store)
    lisa = Workspace(store, PEOPLE[0], "laptop")
    lisa.listen(lambda changed: queue.follow(store, changed) and None)
    span = store.spans(queue.articles[0], VisibleLayers(None, frozenset({PEOPLE[0].id})))[0]
    queue.ground(store, span.article)
    lisa.do(Step("Relabel", (Change(span, span._replace(label="boilerplate")),)))
    assert same(queue, filled(store))


# what nobody may see who tags blind


def test_who_tags_blind_sees_nothing_of_others(store: Store, tmp_path: Path) -> None:
    """A queue, the figures and the exports are read through a sealed reader: there is nothing to compare."""
    lisa = PEOPLE[0]
    queue = filled(store)
    first = queue.articles[0]
    ws = reviewing(store)
    take_over(ws, REFS, Rule())
    mine = store.value("layer", own_layer(first, lisa.id).id, first)
    ws.do(Step("Not done", (Change(mine, mine._replace(state="started")), Change(None, assigned(first, lisa.id)))))
    store.seal(lisa.id)
    assert first not in filled(store).articles
    assert len(filled(store).articles) == 6
    assert first not in agree(store, REFS, draws=0).articles
    assert reading.decisions(store, first) == []
    out = tmp_path / "out"
    for write in (
        lambda: export_queue(store.path, out, REFS, me=lisa.id),
        lambda: export_decisions(store.path, out, me=lisa.id),
    ):
        assert write().rows
        assert first not in out.read_text(encoding="utf-8")
    blind = Workspace(store, lisa, "laptop")
    assert make_consensus(blind, REFS, dry_run=True).of == 6
    assert take_over(blind, REFS, Rule("trusted", side=0), dry_run=True).articles == 6
