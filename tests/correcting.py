"""A review by a lead and what comes of it at the annotators': projects of their own that talk by packages only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from annotator.domain.article import Annotator
from annotator.domain.change import Change, Step
from annotator.domain.layerref import LayerRef
from annotator.editing import corrections as editing
from annotator.editing import review
from annotator.editing.workspace import Workspace
from annotator.jobs import corrections
from annotator.jobs.merging import merge
from annotator.jobs.packing import Packed, found, pack
from annotator.jobs.review import Queue
from annotator.review.decide import Verdict
from annotator.review.filter import Filter
from annotator.review.standing import Item
from annotator.storage import corrections as stored
from annotator.storage import review as reading
from annotator.storage.check import check
from annotator.storage.corrections import Told
from annotator.storage.store import Store
from annotator.whoami import Identity
from tests.builders import counted_clock, counted_ids, opened
from tests.jobs.reviewed import PEOPLE, REFS, REVIEWER, made

LISA, MARIA = PEOPLE[:2]


class Team:
    """Rita reviews what Lisa and Maria tagged; everybody has a project file of their own."""

    def __init__(self, folder: Path, articles: int = 3, spans: int = 8, seed: int = 8, people: int = 2) -> None:
        self.folder, self._files = folder, 0
        self.refs: tuple[LayerRef, ...] = REFS[:people]
        store = opened(Store.open(made(folder / "rita.annotator", articles, spans, people, seed, REVIEWER)))
        store.set_lead(REVIEWER.id)
        self.rita = self._workspace(store, REVIEWER, "e")
        known = store.annotators()
        new = tuple(Change(None, person) for person in PEOPLE[:people] if person.id not in known)
        self.rita.do(Step("Add people", new))
        self.desks: dict[str, Workspace] = {}

    def _workspace(self, store: Store, who: Annotator, prefix: str) -> Workspace:
        return Workspace(
            store, who, f"{who.name}-desk", clock=counted_clock(f"2026-11-24T0{len(prefix)}:00:00"),
            new_id=counted_ids(prefix),
        )  # fmt: skip

    def queue(self) -> Queue:
        queue = Queue(self.refs)
        queue.fill(self.rita.store)
        return queue

    def open(self) -> list[Item]:
        return self.queue().items()

    def everything(self) -> list[Item]:
        return self.queue().items(Filter(frozenset()))

    def decide(self, item: Item, verdict: Verdict) -> None:
        ws = self.rita
        ground = self.queue().ground(ws.store, item.difference.article)
        assert ground is not None
        ws.do(review.decide(ground, item, verdict, REVIEWER, ws.clock(), 1))

    def take_back(self, item: Item) -> None:
        ground = self.queue().ground(self.rita.store, item.difference.article)
        assert ground is not None
        self.rita.do(review.undecide(ground, [item]))

    def _path(self) -> Path:
        self._files += 1
        return self.folder / f"{self._files}.annotator-package"

    def packed_for(self, who: Annotator, *, since_last: bool = False, layers: str = "none") -> Packed:
        """What Rita sends to one of them, with the corrections."""
        corrections.tell(self.rita, [who.id])
        return pack(
            self.rita.store, Identity(REVIEWER, self.rita.device), self._path(), recipients=(who,), layers=layers,
            since_last=since_last, clock=self.rita.clock, new_id=self.rita.new_id,
        )  # fmt: skip

    def send(self, who: Annotator, *, since_last: bool = False, layers: str = "none") -> Packed:
        """Send and merge it there; the first package makes their project."""
        told = self.packed_for(who, since_last=since_last, layers=layers)
        if told.nothing_new:
            return told
        if who.id not in self.desks:
            target = self.folder / f"{who.name}.annotator"
            found(told.path, target)
            prefix = "bb" if who == LISA else "ccc"
            self.desks[who.id] = self._workspace(opened(Store.open(target)), who, prefix)
        else:
            self._bring(self.desks[who.id], told.path)
        return told

    def send_back(self, who: Annotator, *, since_last: bool = False) -> Packed:
        """Send what somebody answered back to Rita, and merge it there."""
        ws = self.desks[who.id]
        told = pack(
            ws.store, Identity(who, ws.device), self._path(), recipients=(REVIEWER,), since_last=since_last,
            clock=ws.clock, new_id=ws.new_id,
        )  # fmt: skip
        if not told.nothing_new:
            self._bring(self.rita, told.path)
        return told

    def _bring(self, ws: Workspace, path: Path) -> None:
        (report,) = merge(ws, Identity(ws.me, ws.device), [path])
        assert report.refused == ()

    def told(self, who: Annotator) -> list[Told]:
        return stored.corrections(self.desks[who.id].store, who.id)

    def accept(self, who: Annotator, one: Told) -> None:
        ws = self.desks[who.id]
        ws.do(editing.accept(one.correction, one.answer, who, ws.clock()))

    def contest(self, who: Annotator, one: Told, reason: str) -> None:
        ws = self.desks[who.id]
        ws.do(editing.contest(one.correction, one.answer, who, reason, ws.clock()))

    def take_over(self, who: Annotator, one: Told) -> None:
        ws, it = self.desks[who.id], one.correction
        article, scheme = ws.store.article(it.article), ws.store.scheme()
        assert article is not None
        (mine,) = reading.sides(ws.store, it.article, [LayerRef("annotator", who.id)])
        others = [told.correction for told in self.told(who)]
        ws.do(editing.take_over(it, one.answer, article, mine, scheme, who, ws.clock(), ws.new_id, others).step)

    def sound(self) -> None:
        """Every journal and every table is right."""
        for ws in (self.rita, *self.desks.values()):
            assert list(check(ws.store)) == []


Choice = Callable[[Item], Verdict]


def takes(side: int, reason: str = "") -> Choice:
    """The verdict for a side, or for nothing where it has nothing there."""

    def verdict(item: Item) -> Verdict:
        if item.difference.alike[side] == -1:
            return Verdict("none", reason=reason)
        return Verdict("side", side=side, reason=reason)

    return verdict
