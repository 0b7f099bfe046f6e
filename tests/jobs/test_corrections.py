"""Corrections go back: packed for an annotator, accepted or contested there, merged, and settled again."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.corrections import ADDED, CHANGED, DISCUSSED, KEPT, REFUSED, Correction
from annotator.editing import review as editing
from annotator.editing.workspace import Workspace
from annotator.jobs.consensus import take_over
from annotator.jobs.merging import merge
from annotator.jobs.packing import found, pack
from annotator.jobs.review import Filter, Queue
from annotator.review.decide import Content, Verdict
from annotator.review.standing import Item
from annotator.review.takeover import Rule
from annotator.storage import review as reading
from annotator.storage.check import check
from annotator.storage.store import Store
from annotator.whoami import Identity
from tests.jobs.reviewed import PEOPLE, REFS, REVIEWER, made

LISA, MARIA = PEOPLE[:2]
SIDES = REFS[:2]


class Review:
    """Rita's project, her queue and what she decides."""

    def __init__(self, path: Path) -> None:
        self.store = Store.open(made(path, articles=20, people=2, by=REVIEWER))
        self.ws = Workspace(self.store, REVIEWER, "desk")
        self.queue = Queue(SIDES)
        self.queue.fill(self.store)

    def decide(self, item: Item, verdict: Verdict) -> None:
        ground = self.queue.ground(self.store, item.difference.article)
        assert ground is not None
        changed = self.ws.do(editing.decide(ground, item, verdict, REVIEWER, self.ws.clock(), 1))
        self.queue.follow(self.store, changed)

    def of(self, kind: str, missing: tuple[int, ...] = ()) -> Item:
        wanted = Filter(frozenset({"open"}), frozenset({kind}))
        return next(it for it in self.queue.items(wanted) if not missing or it.difference.missing == missing)

    def packed(self, target: Path, **how: object) -> Path:
        return pack(self.store, Identity(REVIEWER, "desk"), target, recipients=(MARIA,), **how).path  # type: ignore[arg-type]


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Review]:
    made_ = Review(tmp_path / "rita.annotator")
    yield made_
    made_.store.close()


def decided(review: Review) -> dict[str, Item]:
    """Decide one of each outcome for Maria; return the items by outcome."""
    items: dict[str, Item] = {}
    for outcome, kind, missing, verdict in (
        (CHANGED, "label", (), Verdict("side", side=0, reason="a claim, not a quote")),
        (REFUSED, "missed", (0,), Verdict("none", reason="nothing is said here")),
        (ADDED, "missed", (1,), Verdict("side", side=0, reason="you missed it")),
        (KEPT, "boundary", (), Verdict("side", side=1)),
        (DISCUSSED, "fragment", (), Verdict("discuss")),
    ):
        items[outcome] = review.of(kind, missing)
        review.decide(items[outcome], verdict)
    return items


def by_decision(store: Store) -> dict[str, Correction]:
    return {one.decision: one for one in reading.corrections(store, MARIA.id)}


def test_an_annotator_sees_what_became_of_theirs_and_nothing_of_others(review: Review, tmp_path: Path) -> None:
    items = decided(review)
    file = review.packed(tmp_path / "for-maria.annotator-package")
    text = gzip.decompress(file.read_bytes()).decode()
    assert LISA.id not in text
    assert "Lisa" not in text
    lisas = {span.id for id in review.queue.articles for span in reading.sides(review.store, id, SIDES)[0].spans}
    assert not any(id in text for id in lisas)
    found(file, tmp_path / "maria.annotator")
    with closing(Store.open(tmp_path / "maria.annotator")) as store:
        assert list(check(store)) == []
        told = by_decision(store)
        assert {outcome: told[item.id].outcome for outcome, item in items.items()} == {name: name for name in items}
        changed = told[items[CHANGED].id]
        taken = items[CHANGED].difference.spans[0]
        assert taken is not None
        assert [(one.label, one.fragments) for one in changed.became] == [(taken.label, taken.fragments)]
        assert [one.id for one in changed.spans] == [items[CHANGED].difference.spans[1].id]  # type: ignore[union-attr]
        assert (changed.reason, changed.by) == ("a claim, not a quote", REVIEWER.id)
        assert told[items[ADDED].id].spans == ()
        assert told[items[ADDED].id].became
        assert (told[items[REFUSED].id].became, told[items[DISCUSSED].id].became) == ((), ())
        # What Rita sees of it in the whole project is the same.
        assert {id: (one.outcome, one.became) for id, one in by_decision(review.store).items()} == {
            id: (one.outcome, one.became) for id, one in told.items()
        }


def test_contested_comes_back_is_settled_and_told_again(review: Review, tmp_path: Path) -> None:
    items = decided(review)
    found(review.packed(tmp_path / "1.annotator-package"), tmp_path / "maria.annotator")
    with closing(Store.open(tmp_path / "maria.annotator")) as store:
        maria = Workspace(store, MARIA, "laptop")
        for outcome, says in ((CHANGED, "contested"), (REFUSED, "accepted")):
            one = by_decision(store)[items[outcome].id]
            layer = reading.sides(store, one.article, SIDES)[1].layer
            assert layer is not None
            before = editing.answered(reading.decisions(store, one.article), one.decision, MARIA)
            step = editing.answer(
                one.decision, one.article, one.at, before, layer.id, MARIA, says, "Said so.", maria.clock()
            )
            maria.do(step)
        assert by_decision(store)[items[CHANGED].id].answer is not None
        back = pack(store, Identity(MARIA, "laptop"), tmp_path / "back.annotator-package").path
    (report,) = merge(review.ws, Identity(REVIEWER, "desk"), [back])
    assert not report.refused
    review.queue.fill(review.store)
    item = review.queue.item(items[CHANGED].id)
    assert item is not None
    assert (item.status, [one.data["reason"] for one in item.contests]) == ("contested", ["Said so."])
    accepted = review.queue.item(items[REFUSED].id)
    assert accepted is not None
    assert (accepted.status, len(accepted.answers)) == ("settled", 1)
    review.decide(item, Verdict("side", side=1, reason="You are right."))
    assert review.queue.counts()["contested"] == 0
    again = review.packed(tmp_path / "2.annotator-package", since_last=True)
    with closing(Store.open(tmp_path / "maria.annotator")) as store:
        maria = Workspace(store, MARIA, "laptop")
        (report,) = merge(maria, Identity(MARIA, "laptop"), [again])
        assert not report.refused
        told = by_decision(store)[items[CHANGED].id]
        assert (told.outcome, told.reason, told.answer) == (KEPT, "You are right.", None)
        assert list(check(store)) == []


def test_a_reason_that_comes_later_tells_what_it_became_too(review: Review, tmp_path: Path) -> None:
    item = review.of("label")
    review.decide(item, Verdict("side", side=0))
    now = review.queue.item(item.id)
    ground = review.queue.ground(review.store, item.difference.article)
    assert ground is not None
    assert now is not None
    review.ws.do(editing.give_reason(ground, now, "It is a claim."))
    found(review.packed(tmp_path / "1.annotator-package"), tmp_path / "maria.annotator")
    with closing(Store.open(tmp_path / "maria.annotator")) as store:
        one = by_decision(store)[item.id]
        assert (one.outcome, one.reason, len(one.became)) == (CHANGED, "It is a claim.", 1)


def test_a_field_and_an_own_span_are_told(review: Review, tmp_path: Path) -> None:
    fields = review.queue.items(Filter(kinds=frozenset({"field"})))
    one, two = (next(it for it in fields if set(it.difference.alike) == wanted) for wanted in ({0, 1}, {0, -1}))
    missed = review.of("missed", (1,))
    review.decide(one, Verdict("side", side=0))
    review.decide(two, Verdict("none"))
    review.decide(missed, Verdict("own", own=(Content("claim", ((0, 7),)),)))
    found(review.packed(tmp_path / "1.annotator-package"), tmp_path / "maria.annotator")
    with closing(Store.open(tmp_path / "maria.annotator")) as store:
        told = by_decision(store)
        assert (told[one.id].field, told[one.id].outcome) == ("genre", CHANGED)
        assert told[one.id].value == one.difference.values[0]
        assert told[two.id].outcome == (REFUSED if two.difference.alike[1] >= 0 else KEPT)
        assert [(it.label, it.fragments) for it in told[missed.id].became] == [("claim", ((0, 7),))]
    assert {id: it.outcome for id, it in by_decision(review.store).items()} == {
        id: it.outcome for id, it in told.items()
    }


def test_a_decision_taken_back_is_told_no_more(review: Review, tmp_path: Path) -> None:
    item = review.of("label")
    review.decide(item, Verdict("side", side=0))
    found(review.packed(tmp_path / "1.annotator-package"), tmp_path / "maria.annotator")
    review.ws.undo()
    again = review.packed(tmp_path / "2.annotator-package", since_last=True)
    with closing(Store.open(tmp_path / "maria.annotator")) as store:
        assert item.id in by_decision(store)
        merge(Workspace(store, MARIA, "laptop"), Identity(MARIA, "laptop"), [again])
        assert by_decision(store) == {}
        assert list(check(store)) == []


def test_what_agrees_is_kept_and_many_are_told(review: Review, tmp_path: Path) -> None:
    take_over(review.ws, SIDES, Rule("trusted", side=1))
    found(review.packed(tmp_path / "1.annotator-package"), tmp_path / "maria.annotator")
    with closing(Store.open(tmp_path / "maria.annotator")) as store:
        spans = [one for one in by_decision(store).values() if not one.field]
        assert len(spans) > 20
        assert {one.outcome for one in spans} == {KEPT}
