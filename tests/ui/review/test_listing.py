"""The list that is kept article by article is always the one that a look through everything finds."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from annotator.editing import review as editing
from annotator.editing.workspace import Workspace
from annotator.jobs.review import Queue
from annotator.review import alike
from annotator.review.decide import Verdict
from annotator.review.differences import AGREED
from annotator.review.filter import Filter
from annotator.review.standing import DISCUSSED, SETTLED, STATUSES, Item
from annotator.storage import review as reading
from annotator.storage.store import Store
from annotator.ui.review.listing import Listing, Wanted
from annotator.ui.review.parts import InText
from tests.builders import tag
from tests.jobs.reviewed import PEOPLE, REFS, made, reviewing
from tests.ui.review.conftest import ANA, read

ANY = Filter(frozenset())
WANTED = (
    Wanted(), Wanted("settled"), Wanted("discussed"), Wanted(kinds=frozenset({"missed"})),
    Wanted(kinds=frozenset({"boundary", "label"}), label="quote"), Wanted(label="quote\nclaim"),
    Wanted(side=1), Wanted("settled", frozenset({"missed"}), "source", 2),
)  # fmt: skip


def looked_through(queue: Queue, wanted: Wanted) -> list[Item]:
    """Look at every item of the queue."""
    return [item for item in queue.items(ANY) if wanted.shows(item)]


def behind(queue: Queue, after: str, step: int, wanted: Wanted) -> str:
    """Go from an item to the next wanted one, each after the other, round at the ends."""
    everything = queue.items(ANY)
    at = next((n for n, it in enumerate(everything) if it.id == after), -1 if step > 0 else 0)
    around = (everything[(at + step * n) % len(everything)] for n in range(1, len(everything) + 1))
    return next((it.id for it in around if wanted.shows(it)), "")


def compare(listing: Listing, queue: Queue, wanted: Wanted) -> None:
    """Hold the list against what a look through everything finds."""
    looked, items = listing.look(wanted), looked_through(queue, wanted)
    assert looked.items == items
    assert looked.many == len(items)
    everything = queue.items(ANY)
    any_kind = wanted._replace(kinds=frozenset())
    assert looked.kinds == Counter(it.difference.kind for it in everything if any_kind.shows(it))
    assert looked.agreed == sum(it.difference.kind == AGREED and it.status != DISCUSSED for it in everything)
    assert looked.settled == sum(it.difference.kind != AGREED and it.status == SETTLED for it in everything)
    assert [looked.item(n) for n in range(len(items))] == items
    for place, item in enumerate(items):
        found = looked.place(item)
        assert found is not None
        assert (looked.articles[found[0]], found[1]) == (item.difference.article, place)
    for item in [*items[:2], *items[-2:], *everything[::7]]:
        for step in (1, -1):
            assert listing.next(item.id, step, wanted) == behind(queue, item.id, step, wanted)
    assert listing.next("nowhere", 1, wanted) == behind(queue, "nowhere", 1, wanted)
    assert listing.next("nowhere", -1, wanted) == behind(queue, "nowhere", -1, wanted)


def recount(queue: Queue, store: Store) -> None:
    """Hold what is counted over all articles against a queue that is filled anew."""
    anew = Queue(queue.refs)
    anew.fill(store)
    assert queue.articles == anew.articles
    assert (queue.counts(), queue.unheard, queue.reopened) == (anew.counts(), anew.unheard, anew.reopened)
    assert Counter(queue.counts()) == Counter(it.status for it in queue.items(ANY))
    assert queue.not_compared() == anew.not_compared()
    for article in queue.articles:
        items = queue.of(article)
        for label in {label for item in items for label in item.difference.labels}:
            at = tuple(n for n, item in enumerate(items) if label in item.difference.labels)
            assert queue.labelled(article)[label] == at


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A project of five articles that three people tagged."""
    return Store.open(made(tmp_path / "p.annotator", articles=5, spans=7, people=3))


def test_the_list_is_what_a_look_through_everything_finds(store: Store) -> None:
    ws, queue, chance = reviewing(store), Queue(REFS[:3]), random.Random(5)
    queue.fill(store)
    listing = Listing(queue)
    ws.listen(lambda changed: queue.follow(store, changed))
    for turn in range(40):
        everything = queue.items(ANY)
        item = chance.choice(everything)
        ground = queue.ground(store, item.difference.article)
        assert ground is not None
        if turn % 5 == 3:
            ws.undo()
        elif item.decision is not None:
            ws.do(editing.undecide(ground, [item]))
        else:
            answer = chance.choice(("none", "discuss", "none"))
            ws.do(editing.decide(ground, item, Verdict(answer), ws.me, ws.clock(), 1))
        for wanted in (WANTED[0], chance.choice(WANTED)):
            compare(listing, queue, wanted)
        recount(queue, store)
    store.close()


def test_what_was_decided_without_a_reading_is_counted_as_it_is_heard(store: Store) -> None:
    ws, two, three = reviewing(store), Queue(REFS[:2]), Queue(REFS[:3])
    two.fill(store)
    ws.listen(lambda changed: two.follow(store, changed))
    for item in two.items()[:12]:
        ground = two.ground(store, item.difference.article)
        assert ground is not None
        ws.do(editing.decide(ground, item, Verdict("none"), ws.me, ws.clock(), 1))
    three.fill(store)
    before = three.unheard
    ws.listen(lambda changed: three.follow(store, changed))
    item = next(it for it in three.items(ANY) if it.unheard)
    ground = three.ground(store, item.difference.article)
    assert ground is not None
    ws.do(editing.decide(ground, item, Verdict("discuss"), ws.me, ws.clock(), 1))
    recount(three, store)
    assert three.unheard < before
    store.close()


def test_what_was_looked_at_ahead_shows_the_same_text_as_what_is_looked_at_now(store: Store) -> None:
    ws, queue, chance = reviewing(store), Queue(REFS[:3]), random.Random(2)
    queue.fill(store)
    ws.listen(lambda changed: queue.follow(store, changed))
    article = queue.articles[1]
    ahead, scheme = InText(3), store.scheme()
    ahead.follow(queue.of(article), "", scheme)
    for _turn in range(12):
        item, ground = chance.choice(queue.of(article)), queue.ground(store, article)
        assert ground is not None
        if item.decision is not None:
            ws.do(editing.undecide(ground, [item]))
        else:
            ws.do(editing.decide(ground, item, Verdict(chance.choice(("both", "discuss"))), ws.me, ws.clock(), 1))
        current = chance.choice(queue.of(article)).id
        touched = ahead.follow(queue.of(article), current, scheme)
        now = InText(3)
        now.follow(queue.of(article), current, scheme)
        assert (ahead.spans, ahead.whose) == (now.spans, now.whose)
        assert len(touched) < len(now.spans)
    store.close()


def test_it_is_told_which_articles_became_others(store: Store) -> None:
    ws, queue = reviewing(store), Queue(REFS[:3])
    queue.fill(store)
    ws.listen(lambda changed: queue.follow(store, changed))
    before = {id: queue.of(id) for id in queue.articles}
    version = queue.version
    assert queue.since(version) == []
    for article in (queue.articles[2], queue.articles[0], queue.articles[2]):
        ground = queue.ground(store, article)
        item = next(it for it in queue.of(article) if it.decision is None and it.difference.kind != AGREED)
        assert ground is not None
        ws.do(editing.decide(ground, item, Verdict("none"), ws.me, ws.clock(), 1))
    others = {id for id in queue.articles if queue.of(id) is not before[id]}
    told = queue.since(version)
    assert told is not None
    assert set(told) == others == {queue.articles[0], queue.articles[2]}
    store.close()


def test_nothing_is_looked_at_twice(store: Store) -> None:
    queue = Queue(REFS[:3])
    queue.fill(store)
    listing = Listing(queue)
    looked = listing.look(Wanted())
    assert listing.look(Wanted()) is looked
    assert listing.look(Wanted("settled")) is not looked
    store.close()


def test_an_article_that_goes_is_no_longer_in_the_list(store: Store) -> None:
    ws, queue = Workspace(store, PEOPLE[0], "laptop"), Queue(REFS[:3])
    queue.fill(store)
    listing = Listing(queue)
    listing.look(Wanted())
    version = queue.version
    ws.listen(lambda changed: queue.follow(store, changed))
    ws.undo()  # the import of all of them
    assert queue.since(version) is None
    compare(listing, queue, Wanted())
    assert not listing.look(Wanted()).items
    ws.redo()
    compare(listing, queue, Wanted())
    assert listing.look(Wanted()).items
    store.close()


_SAID = (("cue", "said", ""), ("source", "The crew", "The crew"))
SAYING = {f"Crew {n}\n\nThe crew said no, and then it said so.\n": _SAID for n in range(4)}


def alike_by_words(store: Store, queue: Queue, id: str) -> list[Item]:
    """Look for what is alike by the keys of all items, made anew."""
    texts = {ground.article.id: ground.text for ground in reading.grounds(store, queue.articles, queue.refs)}
    everything = queue.items(ANY)
    keys = {it.id: alike.key(it.difference, texts[it.difference.article]) for it in everything}
    return [it for it in everything if it.id == id or (keys[id] and keys[it.id] == keys[id])]


def test_what_is_alike_is_found_as_by_a_look_through_everything(tmp_path: Path) -> None:
    store = Store.open(read(tmp_path / "p.annotator", {**SAYING, "Bo was here.": (("cue", "was", "was"),)}))
    ana, rita = Workspace(store, ANA, "device"), reviewing(store)
    queue = Queue([found.ref for found in reading.layers(store)])
    queue.fill(store)
    for ws in (ana, rita):
        ws.listen(lambda changed: queue.follow(store, changed))

    def compare_all(alike_there: list[int]) -> None:
        assert [queue.count_alike(it.id) for it in queue.items()] == alike_there
        for one in queue.items(ANY):
            found = queue.alike(one.id, STATUSES)
            assert found == alike_by_words(store, queue, one.id)
            assert len(found) == queue.count_alike(one.id)
            assert queue.item(one.id) == one

    compare_all([4, 4, 4, 4])
    first, text = store.article(queue.articles[0]), next(iter(SAYING))
    assert first is not None
    tag(ana, first, "claim", (text.index("no"), text.index("no") + 2))
    compare_all([4, 1, 4, 4, 4])
    tag(ana, first, "cue", (text.rindex("said"), text.rindex("said") + 4))
    compare_all([5, 1, 5, 5, 5, 5])
    item = queue.items()[0]
    ground = queue.ground(store, first.id)
    assert ground is not None
    rita.do(editing.decide(ground, item, Verdict("none"), rita.me, rita.clock(), 1))
    compare_all([1, 5, 5, 5, 5])
    ana.undo()
    compare_all([1, 4, 4, 4])
    store.close()


def test_one_goes_round_in_the_list(tmp_path: Path) -> None:
    with closing(Store.open(made(tmp_path / "p.annotator"))) as store:
        queue = Queue(REFS)
        assert queue.fill(store)
        listing, wanted = Listing(queue), Wanted(kinds=frozenset({"label"}))
        items = [item.id for item in queue.items(wanted.filter)]
        assert len(items) > 2
        assert listing.next("", 1, wanted) == items[0]
        assert listing.next(items[0], 1, wanted) == items[1]
        assert listing.next(items[-1], 1, wanted) == items[0]
        assert listing.next(items[0], -1, wanted) == items[-1]
        assert listing.next(items[1], -1, wanted) == items[0]
        assert listing.next("", 1, Wanted(label="nothing")) == ""
        assert Listing(Queue(REFS)).next("", 1, Wanted()) == ""
