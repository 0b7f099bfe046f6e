"""The property machine of review: people who edit, a reviewer who decides, one who decides elsewhere and is merged."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from annotator.domain import redrawing as draw
from annotator.domain.article import Annotator, VisibleLayers
from annotator.domain.change import Change, Changed, Step
from annotator.domain.errors import UserError
from annotator.domain.grouping import kinds as kinds_of
from annotator.domain.span import Span, joined
from annotator.editing import review as editing
from annotator.editing.ties import hanging
from annotator.editing.workspace import Workspace
from annotator.jobs.consensus import make_consensus, take_over
from annotator.jobs.merging import merge as merge_packages
from annotator.jobs.packing import pack
from annotator.jobs.redrawing import redraw
from annotator.jobs.review import Queue
from annotator.review.decide import ANSWERS, Content, Verdict
from annotator.review.differences import ABSENT, AGREED
from annotator.review.recorded import named
from annotator.review.standing import STATUSES, Item, compared
from annotator.review.takeover import Rule, majority
from annotator.storage import review as reading
from annotator.storage.check import check
from annotator.storage.store import Store
from annotator.storage.unite import Foreign, bring, exported
from annotator.whoami import Identity
from tests.builders import counted_clock, counted_ids
from tests.e2e.exchange import export_bytes
from tests.e2e.reviewmodel import ANY, SIDES, about_these, content, contents, counted, unseen
from tests.jobs.reviewed import PEOPLE, REFS, REVIEWER, made

PICK = st.integers(0, 1_000)
ELSEWHERE = Annotator("0192f0c1-0000-7000-8000-0000000000e1", "Rob")


class Machine(RuleBasedStateMachine):
    """Every rule does one thing; the invariants recount all of it."""

    seen: ClassVar[Counter[str]] = Counter()
    template: ClassVar[Path | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="machine-"))
        self.path = self.folder / "project.annotator"
        if Machine.template is None or not Machine.template.exists():
            folder = Path(tempfile.mkdtemp(prefix="machine-"))
            Machine.template = made(folder / "template.annotator", articles=2, spans=4, people=SIDES)
        shutil.copy(Machine.template, self.path)
        self.ids, self.clock = counted_ids("a"), counted_clock()
        self.store = Store.open(self.path)
        self.refs = REFS[:SIDES]
        self.queue = Queue(self.refs)
        self.queue.fill(self.store)
        self.rita = self.at_work(self.store, REVIEWER, "desk")
        self.people = [self.at_work(self.store, one, f"laptop {n}") for n, one in enumerate(PEOPLE[:SIDES])]
        self.merges = 0
        self.said: dict[tuple[str, str], dict[str, tuple[object, ...]]] = {}
        """What stood in the sides when Rita decided, by decision and moment: a model of when it is outdated."""
        self.heard: list[Changed] = []
        for one in (self.rita, *self.people):
            one.listen(self.heard.append)

    def at_work(self, store: Store, me: Annotator, device: str) -> Workspace:
        return Workspace(store, me, device, clock=self.clock, new_id=self.ids)

    def teardown(self) -> None:
        try:
            assert list(check(self.store)) == []
        finally:
            self.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def did(self, what: str) -> None:
        """Count what was done, and let the queue follow it, as the window does."""
        Machine.seen[what] += 1
        self.follow()

    def follow(self) -> None:
        heard = list(self.heard)
        self.heard.clear()
        for changed in heard:
            self.queue.follow(self.store, changed)

    def snapshot(self) -> tuple[object, ...]:
        """All of the project that can be seen: the articles as exported, and what was decided."""
        articles = list(self.store.article_ids())
        return export_bytes(self.store), [reading.decisions(self.store, id) for id in articles]

    def picked(self, pick: int, *, decided: bool | None = None) -> Item | None:
        items = [it for it in self.queue.items(ANY) if decided is None or (it.decision is not None) == decided]
        return items[pick % len(items)] if items else None

    # the people

    @rule(who=st.integers(0, SIDES - 1), how=st.integers(0, 3), pick=PICK, long=st.integers(1, 9))
    def edit(self, who: int, how: int, pick: int, long: int) -> None:
        """Somebody adds, relabels, moves or deletes a span of their own."""
        ws = self.people[who]
        articles = list(self.store.article_ids())
        article = articles[pick % len(articles)]
        visible = VisibleLayers(frozenset({"annotator"}), frozenset({ws.me.id}))
        spans = self.store.spans(article, visible)
        (layer,) = (one for one in self.store.layers(article, visible) if one.owner == ws.me.id)
        if how == 0 or not spans:
            place = pick % 60
            new = Span(ws.new_id(), article, layer.id, ws.me.id, "claim", ((place, place + long),))
            changes: tuple[Change, ...] = (Change(None, new),)
        else:
            span = spans[pick % len(spans)]
            if how == 3:
                changes = (*self.ties(span, visible), Change(span, None))
            elif how == 1:
                label = "quote" if span.label == "claim" else "claim"
                changes = (Change(span, span._replace(label=label)),)
            else:
                fragments = joined([(span.start, span.start + long)])
                if fragments == span.fragments:
                    return
                changes = (Change(span, span._replace(fragments=fragments)),)
        ws.do(Step("Edit", changes))
        self.did("edit")

    def ties(self, span: Span, visible: VisibleLayers) -> tuple[Change, ...]:
        groups = self.store.groups(span.article, visible)
        relations = self.store.relations(span.article, visible)
        return hanging(span.id, groups, relations, kinds_of(self.store.scheme()))

    @rule(who=st.integers(0, SIDES - 1), pick=PICK)
    def take_back_own(self, who: int, pick: int) -> None:
        """Somebody takes their last step back, or does it again."""
        ws = self.people[who]
        try:
            done = ws.undo() if pick % 2 else ws.redo()
        except UserError:
            return
        if done is not None:
            self.did("own undo")

    @rule(who=st.integers(0, SIDES - 1), pick=PICK, accepts=st.booleans())
    def answer(self, who: int, pick: int, accepts: bool) -> None:
        """Somebody accepts or contests a decision."""
        item = self.picked(pick, decided=True)
        if item is None or item.decision is None:
            return
        ws = self.people[who]
        decision, article = item.decision, item.difference.article
        before = editing.answered(reading.decisions(self.store, article), decision.id, ws.me)
        says, at = "accepted" if accepts else "contested", decision.data["at"]
        ws.do(editing.answer(decision.id, article, at, before, "", ws.me, says, "It is so.", ws.clock()))
        self.did("accept" if accepts else "contest")
        now = self.queue.item(item.id)
        assert now is not None
        assert (now.status == "contested") == bool(now.contests)
        assert accepts or now.status == "contested"

    # the reviewer

    @rule(pick=PICK, answer=st.sampled_from(ANSWERS), which=PICK)
    def decide(self, pick: int, answer: str, which: int) -> None:
        """Rita decides something, again or for the first time; undone it is as it was, to the byte."""
        item = self.picked(pick)
        if item is None:
            return
        verdict = self.verdict(item, answer, which)
        ground = self.queue.ground(self.store, item.difference.article)
        assert ground is not None
        try:
            step = editing.decide(ground, item, verdict, self.rita.me, self.rita.clock(), 1)
        except UserError:
            return
        exact = which % 4 == 0
        before = self.snapshot() if exact else ()
        self.rita.do(step)
        self.did(f"decide {answer}")
        now = self.queue.item(item.id)
        if item.difference.ids:
            assert now is not None
            assert now.decision is not None
            self.said[now.id, now.decision.data["at"]] = contents(now)
            assert now.status == ("discussed" if answer == "discuss" else "settled")
        if exact:
            after = self.snapshot()
            self.rita.undo()
            self.did("undo at once")
            assert self.snapshot() == before
            self.rita.redo()
            self.did("redo at once")
            assert self.snapshot() == after

    def verdict(self, item: Item, answer: str, which: int) -> Verdict:
        one = item.difference
        there = [n for n, number in enumerate(one.alike) if number != ABSENT]
        own = (Content("claim", ((0, 3 + which % 5),)), Content("quote", ((4, 9),)))[: 1 + which % 2]
        side = there[which % len(there)] if there and answer in ("side", "agreed") else -1
        return Verdict(answer, side=side, own=own if answer == "own" else (), value="x" if one.field else None)

    @rule(pick=PICK)
    def take_back(self, pick: int) -> None:
        """Rita takes the decision of a row back."""
        item = self.picked(pick, decided=True)
        if item is None:
            return
        ground = self.queue.ground(self.store, item.difference.article)
        assert ground is not None
        self.rita.do(editing.undecide(ground, [item]))
        self.did("take back")
        now = self.queue.item(item.id)
        assert now is None or now.decision is None

    @rule(pick=PICK)
    def alike(self, pick: int) -> None:
        """Rita decides all that is alike."""
        item = self.picked(pick, decided=False)
        if item is None:
            return
        some = self.queue.alike(item.id)
        self.rita.do(self.queue.decide_alike(self.store, some, Verdict("none"), self.rita.me, self.rita.clock(), 1))
        self.did("alike")

    @rule(which=st.integers(0, 2))
    def rules(self, which: int) -> None:
        """Rita takes over what a rule says, and makes the consensus."""
        chosen = (Rule(), majority(SIDES), Rule("trusted", side=1))[which]
        expected = take_over(self.rita, self.refs, chosen, dry_run=True)
        assert take_over(self.rita, self.refs, chosen) == expected
        make_consensus(self.rita, self.refs)
        self.did("take over")

    @rule(pick=PICK, away=st.booleans())
    def by_hand(self, pick: int, away: bool) -> None:
        """Rita edits the consensus in the ordinary window, or its span in review."""
        visible = VisibleLayers(frozenset({"consensus"}))
        spans = [it for id in self.store.article_ids() for it in self.store.spans(id, visible)]
        if not spans:
            return
        span = spans[pick % len(spans)]
        item = next((it for it in self.queue.items(ANY) if span in it.consensus), None)
        if away:
            self.rita.do(Step("Delete", (*self.ties(span, visible), Change(span, None))))
        elif pick % 2 and item is not None and item.difference.ids:
            ground = self.queue.ground(self.store, span.article)
            assert ground is not None
            label = "claim" if span.label == "quote" else "quote"
            here = [it._replace(label=label) if it == span else it for it in item.consensus]
            own = Verdict("own", own=tuple(Content(it.label, it.fragments, it.attributes) for it in here))
            self.rita.do(editing.decide(ground, item, own, self.rita.me, self.rita.clock(), 1))
            self.did("edit in review")
            return
        else:
            self.rita.do(Step("Relabel", (Change(span, span._replace(label="boilerplate")),)))
        self.did("by hand")

    @rule(two=st.booleans())
    def compare_others(self, two: bool) -> None:
        """Rita looks at two of the readings, or at all: what was decided without the third stands."""
        self.refs = REFS[:2] if two else REFS[:SIDES]
        self.queue = Queue(self.refs)
        self.queue.fill(self.store)
        self.did("compare others")

    @rule()
    def redraw(self) -> None:
        """The scheme gives a label up for another, whatever was decided about it: nobody is asked anew."""
        if all(label.id != "source" for label in self.store.scheme().labels):
            return
        take_over(self.rita, self.refs, Rule("trusted", side=0))
        self.follow()
        before = {it.difference.ids: it.status for it in self.queue.items(ANY) if it.difference.ids}
        redraw(self.rita, draw.merge(draw.begun(self.store.scheme()), "source", "claim"))
        self.did("redraw")
        if not self.merges:
            for item in self.queue.items(ANY):
                was = before.get(item.difference.ids, item.status)
                # What differed by the label alone may agree by now, and what is as was decided is followed.
                assert (was == item.status) or (was, item.status) in (("open", AGREED), ("outdated", "settled"))

    @rule(again=st.booleans())
    def undo(self, again: bool) -> None:
        """Rita undoes or redoes."""
        try:
            done = self.rita.redo() if again else self.rita.undo()
        except UserError:  # what somebody else, merged meanwhile, made of the same thing
            return
        if done is not None:
            self.did("redo" if again else "undo")

    # somebody else

    @rule(
        picks=st.lists(st.tuples(PICK, st.sampled_from(ANSWERS)), min_size=1, max_size=3), both=st.booleans(),
        packed=st.sampled_from((False, False, True)),
    )  # fmt: skip
    def merge(self, picks: list[tuple[int, str]], both: bool, packed: bool = False) -> None:
        """Rob decides in a copy while Rita goes on here; then his steps come in, as they are or in a package."""
        self.merges += 1
        copy = self.folder / f"copy {self.merges}.annotator"
        package = copy.with_suffix(".annotator-package")
        with closing(Store.open(self.path, write=False)) as here:
            here.connection.execute("VACUUM INTO ?", (str(copy),))
        with closing(Store.open(copy)) as there:
            rob = self.at_work(there, ELSEWHERE, "far")
            for pick, answer in picks:
                self.decide_there(rob, pick, answer)
            foreign = exported(there.connection)
            if packed:
                told = pack(there, Identity(rob.me, rob.device), package, layers="all", clock=self.clock)
                assert told.steps == len(foreign)
        if both:
            for pick, answer in picks:
                self.decide_there(self.rita, pick, "none" if answer == "both" else "both")
            self.follow()
        if packed:
            (report,) = merge_packages(self.rita, Identity(REVIEWER, "desk"), [package])
            assert report.refused == ()
            assert {step.id for step, _changes in foreign} <= {step.id for step, _changes in self.steps()}
            self.heard.clear()
        else:
            bring(self.store, foreign, {})
        # A merge tells of no single change: all is read again.
        self.queue.fill(self.store)
        self.did("merge a package" if packed else "merge")

    def steps(self) -> list[Foreign]:
        return exported(self.store.connection)

    def decide_there(self, ws: Workspace, pick: int, answer: str) -> None:
        queue = Queue(self.refs)
        queue.fill(ws.store)
        items = queue.items(ANY)
        item = items[pick % len(items)] if items else None
        if item is None or not item.difference.ids:
            return
        ground = queue.ground(ws.store, item.difference.article)
        assert ground is not None
        ws.do(editing.decide(ground, item, self.verdict(item, answer, pick), ws.me, ws.clock(), 1))

    # what always holds

    @invariant()
    def the_queue_is_what_a_recount_finds(self) -> None:
        fresh = Queue(self.refs)
        fresh.fill(self.store)
        assert self.queue.items(ANY) == fresh.items(ANY)
        assert self.queue.counts() == fresh.counts() == counted(self.queue)
        for id in self.queue.articles:
            kept = self.queue._known(self.store, id)
            assert kept is not None
            assert kept[0] == reading.ground(self.store, id, self.refs)
            assert kept[1] == compared(kept[0])
        for item in self.queue.items(ANY):
            assert self.queue.item(item.id) is item
            assert [it.id for it in self.queue.alike(item.id, STATUSES)] == [
                it.id for it in fresh.alike(item.id, STATUSES)
            ]
        assert self.queue.left == sum(counted(self.queue)[status] for status in ("open", "contested", "outdated"))

    @invariant()
    def no_decision_is_lost(self) -> None:
        for ground in reading.grounds(self.store, list(self.store.article_ids()), self.refs):
            told = [
                one.id
                for item in self.queue.of(ground.article.id)
                for one in (item.decision, *item.others)
                if one is not None
            ]
            assert set(told) <= {one.id for one in ground.decisions}
            assert about_these(ground) <= set(told)
            about = {span for one in ground.decisions for marks in named(one).values() for span in marks}
            fields = {one.id for one in ground.decisions if "field" in one.data}
            undecided = [
                one for one in compared(ground).all
                if one.kind != AGREED and not about.intersection(one.ids) and one.id not in fields
            ]  # fmt: skip
            statuses = Counter(item.status for item in self.queue.of(ground.article.id))
            assert statuses["open"] == len(undecided)

    @invariant()
    def what_changed_since_is_outdated(self) -> None:
        for item in self.queue.items(ANY):
            if item.decision is not None and item.status in ("settled", "discussed"):
                then = self.said.get((item.decision.id, item.decision.data["at"]))
                if then is None or not item.difference.ids:
                    continue
                # Who follows the decision asks nothing anew: what is another by now is as was decided.
                # A reading that was not compared then has no part in it.
                heard = {it.id for it in item.difference.spans if it is not None and it.layer in named(item.decision)}
                now, decided = contents(item), {content(it) for it in item.consensus}
                assert all(now[id] in decided for id in heard if then.get(id) != now[id])
                assert not decided or then.keys() - unseen(item.decision, len(self.refs)) <= now.keys()

    @invariant()
    def nothing_hangs_in_the_air(self) -> None:
        """Ties of the consensus hold only spans that are there, and a settled difference made what it says."""
        for ground in reading.grounds(self.store, list(self.store.article_ids()), self.refs):
            there = {span.id for span in ground.consensus.spans}
            if not self.merges:
                assert all(member.span in there for group in ground.consensus.groups for member in group.members)
                assert all({one.source, one.target} <= there for one in ground.consensus.relations)
