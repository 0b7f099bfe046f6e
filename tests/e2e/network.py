"""Three people on four machines, packages late, twice and in any order; beside them a plain model of every span.

The model knows of each change of a span what had been seen of that span where it was made. What nobody went on from is
a last word; where there is one, the span must be that everywhere in the end, where there are several (two machines at
once), one of them, and the others must be told.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from annotator.domain import redrawing as draw
from annotator.domain.article import Annotator, Article, VisibleLayers
from annotator.domain.change import Change, Entry, Step
from annotator.domain.errors import UserError
from annotator.domain.span import Span
from annotator.domain.team import Proposal, Remark, assigned
from annotator.editing import articles, spans
from annotator.editing.workspace import Workspace
from annotator.jobs.merging import look, merge, unmerge
from annotator.jobs.packing import pack
from annotator.jobs.redrawing import redraw
from annotator.storage import forks
from annotator.storage.check import check
from annotator.storage.forks import original
from annotator.storage.packages import PackageRow, packages
from annotator.storage.payload import decode
from annotator.storage.store import Store
from annotator.whoami import Identity
from tests.builders import ANA, BO, bring, counted_clock, counted_ids, my_layer, project, tag
from tests.storage.test_fold import state

LEAD = Annotator("0190a000-0000-7000-8000-00000000000e", "Lea")
MACHINES = ((LEAD, "lead"), (ANA, "desk"), (ANA, "sofa"), (BO, "bo"))
DAYS = ("2026-11-23T17:00:00", "2026-11-22T17:00:00", "2026-11-25T01:00:00", "2031-01-01T00:00:00")
"""Their clocks are days apart (T43, T55)."""
TEXTS = ("A first text 🙂 of the two, for all.", "Another text that is somewhat longer than the first one.")
LABELS = ("quote", "source", "cue")
PICK = st.integers(0, 1_000)
WHERE = st.integers(0, len(MACHINES) - 1)


@dataclass(frozen=True)
class Word:
    """A change of a span: by which step, whether it made the span, what it left, and what it was made from."""

    step: str
    made: bool
    value: Span | None
    known: frozenset[str]


class Network(RuleBasedStateMachine):
    """Every rule does one thing on one machine; in the end all get everything."""

    seen: ClassVar[Counter[str]] = Counter()
    template: ClassVar[Path | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="network-"))
        self.words: dict[str, dict[str, Word]] = {}
        self.sent: list[Path] = []
        self.machines: list[Workspace] = []
        for number, (person, device) in enumerate(MACHINES):
            path = self.folder / f"{device}.annotator"
            shutil.copy(self._template(), path)
            self.machines.append(
                Workspace(
                    Store.open(path), person, device,
                    new_id=counted_ids(f"{number + 1}"), clock=counted_clock(DAYS[number]),
                )
            )  # fmt: skip
        self.new_id = counted_ids("f")
        for step, span, value in self.machines[0].store.rows(
            "SELECT step.id, entity, after FROM change JOIN step ON seq = step WHERE kind = 'span'"
        ):
            self.words[span] = {step: Word(step, True, decode("span", value), frozenset())}  # type: ignore[arg-type]

    @classmethod
    def _template(cls) -> Path:
        if cls.template is None or not cls.template.exists():
            cls.template = project(Path(tempfile.mkdtemp(prefix="network-")), "template")
            store = Store.open(cls.template)
            ws = Workspace(store, LEAD, "lead")
            made = [bring(ws, text) for text in TEXTS]
            store.set_lead(LEAD.id)
            for article in made:
                ws.do(Step("Assign", (Change(None, assigned(article.id, ANA.id)),)))
            for person, place in ((ANA, 0), (ANA, 7), (BO, 14)):
                tag(Workspace(store, person, "before"), made[0], "quote", (place, place + 6))
            store.close()
        return cls.template

    def teardown(self) -> None:
        Network.seen["runs"] += 1
        try:
            self.all_get_everything()
        finally:
            for ws in self.machines:
                ws.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    # the model

    def visible(self, ws: Workspace, span: str) -> frozenset[str]:
        """The steps about a span that are to be seen on a machine; asked in another way than the program does."""
        store = ws.store
        off = {row[0] for row in store.rows("SELECT id FROM package WHERE active = 0")}
        by: dict[str, set[str]] = {}
        for name, step in store.rows("SELECT package, step FROM package_step") if off else ():
            by.setdefault(step, set()).add(name)
        steps = store.rows("SELECT DISTINCT id FROM step JOIN change ON step = seq WHERE entity = ?", (span,))
        return frozenset(original(id) for (id,) in steps if not by.get(id) or by[id] - off)

    def does(self, what: str, machine: int, step: Step) -> None:
        self.tries(what, machine, lambda ws: ws.do(step))

    def tries(self, what: str, machine: int, act: object) -> None:
        """Do something as a person would try it, and keep what it says of spans."""
        ws = self.machines[machine]
        (last,) = ws.store.rows("SELECT max(seq) FROM step")[0]
        try:
            act(ws)  # type: ignore[operator]
        except UserError:
            Network.seen[f"{what} refused"] += 1
            return
        Network.seen[what] += 1
        rows = ws.store.rows(
            "SELECT step.id, entity, before IS NULL, after, step.seq FROM change JOIN step ON seq = step "
            "WHERE seq > ? AND kind = 'span' ORDER BY seq, n",
            (last,),
        )
        fresh = {original(row[0]) for row in rows}
        before: dict[str, set[str]] = {}
        for step, span, made, after, _seq in rows:
            known = before.setdefault(span, set(self.visible(ws, span) - fresh))
            value = None if after is None else decode("span", after)
            assert value is None or isinstance(value, Span)
            self.words.setdefault(span, {})[step] = Word(step, bool(made), value, frozenset(known))
            known.add(step)

    def last_words(self, span: str) -> list[Word]:
        words = self.words[span]
        beyond = {step for word in words.values() for step in word.known}
        return [word for step, word in words.items() if step not in beyond]

    def article(self, ws: Workspace, pick: int) -> Article:
        ids = sorted(ws.store.article_ids())
        article = ws.store.article(ids[pick % len(ids)])
        assert article is not None
        return article

    def mine(self, ws: Workspace, pick: int) -> Span | None:
        owned = VisibleLayers(owners=frozenset({ws.me.id}))
        there = [span for id in sorted(ws.store.article_ids()) for span in ws.store.spans(id, owned)]
        return sorted(there)[pick % len(there)] if there else None

    # work

    @rule(machine=WHERE, pick=PICK, label=st.sampled_from(LABELS), start=st.integers(0, 20))
    def tag(self, machine: int, pick: int, label: str, start: int) -> None:
        ws = self.machines[machine]
        self.tries("tag", machine, lambda ws: tag(ws, self.article(ws, pick), label, (start, start + 9)))
        assert ws.pending is None

    @rule(machine=WHERE, pick=PICK, what=st.sampled_from(("relabel", "move", "delete", "delete")), start=PICK)
    def edit(self, machine: int, pick: int, what: str, start: int) -> None:
        ws = self.machines[machine]
        span = self.mine(ws, pick)
        if span is None:
            return
        label, place = LABELS[start % len(LABELS)], (start % 20, start % 20 + 5)
        step = {
            "relabel": lambda: spans.relabel(span, label, label, ws.clock()),
            "move": lambda: spans.move(span, (place,), ws.clock()),
            "delete": lambda: spans.delete(span),
        }[what]
        self.tries(what, machine, lambda ws: ws.do(step()))

    @rule(pick=PICK, what=st.sampled_from(("relabel", "move", "delete")), start=PICK, then=st.booleans())
    def both(self, pick: int, what: str, start: int, then: bool) -> None:
        # One person goes on with the same span on two machines.
        self.edit(1, pick, what, start)
        self.edit(2, pick, "relabel", start + 1)
        if then:
            self.meet(1, 2)

    @rule(machine=WHERE, times=st.integers(0, 2), back=st.booleans())
    def undo(self, machine: int, times: int, back: bool) -> None:
        for _ in range(times):
            if self.machines[machine].undo_title():
                self.tries("undo", machine, lambda ws: ws.undo())
        if back and self.machines[machine].redo_title():
            self.tries("redo", machine, lambda ws: ws.redo())

    @rule(machine=WHERE, pick=PICK, done=st.booleans())
    def judge(self, machine: int, pick: int, done: bool) -> None:
        def act(ws: Workspace) -> None:
            article = self.article(ws, pick)
            ws.do(articles.set_state(article.id, my_layer(ws, article), ws.me, "done" if done else "started"))

        self.tries("state", machine, act)

    @rule(machine=WHERE, what=st.sampled_from(("define", "merge", "delete", "add")), one=PICK, other=PICK)
    def scheme(self, machine: int, what: str, one: int, other: int) -> None:
        def act(ws: Workspace) -> None:
            draft = draw.begun(ws.store.scheme())
            label, into = LABELS[one % 3], LABELS[other % 3]
            change = {
                "define": lambda: draw.define(draft, label, f"Anew, {one}."),
                "merge": lambda: draw.merge(draft, label, into),
                "delete": lambda: draw.delete_label(draft, label, spans_too=bool(other % 2)),
                "add": lambda: draw.add_label(draft, LABELS[one % 3], "Again"),
            }[what]
            redraw(ws, change())

        # A colleague may not, and tries it all the same.
        self.tries("scheme", machine, act)

    @rule(machine=WHERE, pick=PICK, what=st.sampled_from(("entry", "rename", "remark", "assign", "propose")))
    def share(self, machine: int, pick: int, what: str) -> None:
        ws = self.machines[machine]
        article = self.article(ws, pick)
        entries = [Entry(*row[:3]) for row in ws.store.rows("SELECT id, kind, name FROM entry ORDER BY id")]
        change = {
            "entry": lambda: Change(None, Entry(self.new_id(), "person", f"Person {pick}")),
            "rename": lambda: Change(
                entries[pick % len(entries)], entries[pick % len(entries)]._replace(name=f"Named {pick}")
            ) if entries else Change(None, Entry(self.new_id(), "person", "First")),
            "remark": lambda: Change(None, Remark(self.new_id(), article.id, "", ws.me.id, "A word")),
            "assign": lambda: Change(None, assigned(article.id, MACHINES[pick % 4][0].id, 1 + pick % 2)),
            "propose": lambda: Change(None, Proposal(self.new_id(), "", ws.me.id, "scheme", "test", {"label": "x"})),
        }[what]()  # fmt: skip
        self.does(what, machine, Step("Share", (change,)))

    # packages

    @rule(machine=WHERE, layers=st.sampled_from(("all", "all", "mine", "none")), since=st.booleans(), to=WHERE)
    def send(self, machine: int, layers: str, since: bool, to: int) -> None:
        ws = self.machines[machine]
        target = self.folder / f"{self.new_id()}.annotator-package"
        whom = (MACHINES[to][0],) if layers == "none" else ()
        with suppress(UserError):
            told = pack(
                ws.store, Identity(ws.me, ws.device), target, layers=layers, since_last=since, recipients=whom,
                clock=ws.clock, new_id=self.new_id,
            )  # fmt: skip
            if not told.nothing_new:
                self.sent.append(target)
                Network.seen[f"send {layers}" + (" since the last" if told.after else "")] += 1

    @rule(one=WHERE, other=WHERE, back=st.booleans())
    def meet(self, one: int, other: int, back: bool = False) -> None:
        self.send(one, "all", False, other)
        if not self.sent:
            return
        self.receive(other, [len(self.sent) - 1], False)
        there = self.merged_here(self.machines[other])
        if back and there:
            self.takes_back(self.machines[other], there[0])

    @precondition(lambda self: self.sent)
    @rule(machine=WHERE, picks=st.lists(PICK, min_size=1, max_size=3), twice=st.booleans())
    def receive(self, machine: int, picks: list[int], twice: bool) -> None:
        files = [self.sent[pick % len(self.sent)] for pick in picks]
        if twice:
            files.append(files[0])
        self.brings_in(self.machines[machine], files)
        Network.seen["receive"] += 1

    def brings_in(self, ws: Workspace, files: list[Path]) -> None:
        me = Identity(ws.me, ws.device)
        told = look(ws.store, me, files[0])
        before = {span.id: span for span in self.all_spans(ws)}
        first = merge(ws, me, files[:1])[0]
        assert first.refused == (), first.refused
        after = {span.id: span for span in self.all_spans(ws)}
        # What is told before, what is told after, and what is counted by hand.
        assert (told.spans_new, told.spans_changed, told.spans_deleted, told.twofold, told.by_annotator) == (
            first.spans_new, first.spans_changed, first.spans_deleted, first.twofold, first.by_annotator,
        )  # fmt: skip
        assert first.spans_new == len(after.keys() - before.keys())
        assert first.spans_deleted == len(before.keys() - after.keys())
        assert first.spans_changed == sum(before[id] != after[id] for id in before.keys() & after.keys())
        for report in merge(ws, me, files[1:]):
            assert report.refused == (), report.refused

    def all_spans(self, ws: Workspace) -> list[Span]:
        return [span for id in ws.store.article_ids() for span in ws.store.spans(id, VisibleLayers.ALL)]

    def merged_here(self, ws: Workspace) -> list[PackageRow]:
        return [row for row in packages(ws.store) if row.active and row.steps]

    @rule(machine=WHERE, pick=PICK)
    def take_back(self, machine: int, pick: int) -> None:
        ws = self.machines[machine]
        there = self.merged_here(ws)
        if not there:
            return
        self.takes_back(ws, sorted(there)[pick % len(there)])

    def takes_back(self, ws: Workspace, row: PackageRow) -> None:
        unmerge(ws, row.id)
        Network.seen["take back"] += 1
        for span in self.all_spans(ws):
            words = self.words[span.id]
            seen = self.visible(ws, span.id)
            # What only came with it is hidden.
            assert any(word.made and step in seen for step, word in words.items())

    @rule(machine=WHERE)
    def look_closely(self, machine: int) -> None:
        assert list(check(self.machines[machine].store)) == []

    # in the end

    def all_get_everything(self) -> None:
        files = []
        for ws in self.machines:
            target = self.folder / f"last-{ws.device}.annotator-package"
            pack(ws.store, Identity(ws.me, ws.device), target, layers="all", clock=ws.clock, new_id=self.new_id)
            files.append(target)
        for number, ws in enumerate(self.machines):
            self.brings_in(ws, files[number:] + files[:number])
        states = [state(ws.store) for ws in self.machines]
        assert states[0] == states[1] == states[2] == states[3]
        told = [sorted(self.forks(ws)) for ws in self.machines]
        assert told[0] == told[1] == told[2] == told[3]
        for ws in self.machines:
            assert list(check(ws.store)) == []
            self.every_word_counts(ws)
            again = merge(ws, Identity(ws.me, ws.device), files)
            assert all(report.nothing_new for report in again)

    def forks(self, ws: Workspace) -> list[tuple[str, str]]:
        return [(one.fork.entity, original(one.fork.step)) for one in forks.listed(ws.store)]

    def every_word_counts(self, ws: Workspace) -> None:
        there = {span.id: span for span in self.all_spans(ws)}
        assert there.keys() <= self.words.keys()
        told = set(self.forks(ws))
        for span in self.words:
            last = self.last_words(span)
            values = [word.value for word in last]
            assert there.get(span) in values, (span, there.get(span), values)
            for word in last:
                if len(last) > 1 and not self.same(word.value, there.get(span)) and not self.passed(span, word):
                    assert (span, word.step) in told, (span, word)

    def same(self, one: Span | None, other: Span | None) -> bool:
        return one == other or (one is not None and other is not None and one._replace(updated=other.updated) == other)

    def passed(self, span: str, word: Word) -> bool:
        """Whether the span was once what a word says, on the way to what it is: then nothing is lost."""
        others = [it for it in self.words[span].values() if it.step != word.step]
        return any(self.same(it.value, word.value) for it in others)
