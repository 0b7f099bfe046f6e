"""The property machine: random work on a real project beside a plain model that keeps a copy of everything."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.domain.article import Article, VisibleLayers, own_layer
from annotator.domain.change import Changed, Imported
from annotator.domain.errors import BadSpan, UserError
from annotator.domain.span import Fragments, Span
from annotator.editing import articles, spans
from annotator.editing.workspace import REPEAT_SECONDS, Workspace
from annotator.storage.check import check
from annotator.storage.store import Store
from annotator.ui.text.held import HeldSpans
from tests.builders import ANA, bring, counted_clock, counted_ids, my_layer, project
from tests.e2e.exchange import export_bytes, import_bytes

TEXTS = (
    "“We 🏗 build,” said Łucja, “now.”\r\nAnd e\u0301 she did.",
    "\ufeffمرحبا said Kim\u00a0Jong, 中文 quoted.\n\n👨\u200d👩\u200d👧 too.",
    "Short one.\rLone\u2028ends.",
)
FURTHER = "further"
"""A label that the scheme lacks at first."""
LABELS = ("quote", "source", "cue", FURTHER)
PIECE = st.tuples(st.integers(0, 24), st.integers(1, 12)).map(lambda piece: (piece[0], piece[0] + piece[1]))
PICK = st.integers(0, 1_000)

Spans = dict[str, tuple[str, str, Fragments]]
"""Id → article, label, fragments."""


@dataclass
class Model:
    """What the project must hold: no journal, no inverse, only copies."""

    articles: dict[str, str] = field(default_factory=dict)
    spans: Spans = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)

    def copy(self) -> Model:
        return Model(dict(self.articles), dict(self.spans), dict(self.states))


class Machine(RuleBasedStateMachine):
    """Every rule does one thing in the project and the same in the model; the invariant compares all of both."""

    seen: ClassVar[Counter[str]] = Counter()
    template: ClassVar[Path | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="machine-"))
        self.path = self.folder / "project.annotator"
        shutil.copy(self._template(), self.path)
        self.model = Model()
        self.past: list[Model] = []
        self.future: list[Model] = []
        self.now = 0.0
        self.repeat, self.when = "", 0.0
        self.restarted = False
        # Counted: of ids made in one millisecond chance decides which comes first, and no run would be like another.
        self.ids, self.clock = counted_ids("a"), counted_clock()
        self.open()

    @classmethod
    def _template(cls) -> Path:
        # Making the tables anew costs more than a whole run.
        if cls.template is None or not cls.template.exists():
            cls.template = project(Path(tempfile.mkdtemp(prefix="machine-")), "template")
        return cls.template

    def open(self) -> None:
        self.ws = Workspace(
            Store.open(self.path), ANA, "laptop", new_id=self.ids, clock=self.clock, seconds=lambda: self.now
        )
        self.held: dict[str, HeldSpans] = {}
        for id in self.ws.store.article_ids():
            self.held[id] = HeldSpans(self.ws.store.spans(id, VisibleLayers.ALL), 100)
        self.ws.listen(self.follow)

    def follow(self, changed: Changed) -> None:
        """Keep what the text view holds, by what listeners are told alone."""
        for change in changed.changes:
            for old in _spans(change.before):
                self.held[old.article].drop(old.id)
            for new in _spans(change.after):
                self.held.setdefault(new.article, HeldSpans((), 100)).put(new)

    def teardown(self) -> None:
        Machine.seen["runs"] += 1
        Machine.seen["runs that restarted with something to undo"] += self.restarted
        try:
            assert list(check(self.ws.store)) == []
        finally:
            self.ws.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    # both at once

    def did(self, what: str, repeat: str = "") -> None:
        """Count an action and keep the model as it was before it, unless it goes on with the last one."""
        Machine.seen[what] += 1

    def remember(self, repeat: str = "") -> None:
        # A refused action takes its time too: after it the key held down may have been let go for too long.
        if not (repeat and repeat == self.repeat and self.now - self.when <= REPEAT_SECONDS):
            self.past.append(self.model.copy())
        self.repeat, self.when = repeat, self.now
        self.future.clear()

    def article(self, pick: int) -> Article:
        id = sorted(self.model.articles)[pick % len(self.model.articles)]
        article = self.ws.store.article(id)
        assert article is not None
        return article

    def span(self, pick: int) -> Span:
        id = sorted(self.model.spans)[pick % len(self.model.spans)]
        found: Span = self.ws.store.value("span", id, self.model.spans[id][0])
        return found

    def has_articles(self) -> bool:
        return bool(self.model.articles)

    def has_spans(self) -> bool:
        return bool(self.model.spans)

    def tries(self, what: str, act: Callable[[], object], then: Callable[[], None], repeat: str = "") -> None:
        """Do it; where it is refused in a sentence, nothing may have changed."""
        self.now += 10 * REPEAT_SECONDS if not repeat else REPEAT_SECONDS / 4
        try:
            act()
        except UserError:
            Machine.seen["refused"] += 1
            return
        self.remember(repeat)
        then()
        self.did(what)

    # the rules

    @initialize(which=st.integers(0, len(TEXTS) - 1))
    def first(self, which: int) -> None:
        self.bring(which)
        self.tag(0, "quote", [(2, 6), (9, 12)])

    @rule(which=st.integers(0, len(TEXTS) - 1))
    def bring(self, which: int) -> None:
        made: list[Article] = []
        if TEXTS[which] in self.model.articles.values():
            return
        self.tries(
            "import",
            lambda: made.append(bring(self.ws, TEXTS[which])),
            lambda: self.model.articles.update({made[0].id: TEXTS[which]}),
        )

    @precondition(has_articles)
    @rule(pick=PICK, label=st.sampled_from(LABELS), pieces=st.lists(PIECE, min_size=1, max_size=3))
    def tag(self, pick: int, label: str, pieces: list[tuple[int, int]]) -> None:
        article = self.article(pick)
        id = self.ws.new_id()

        def act() -> None:
            layer = my_layer(self.ws, article)
            self.ws.do(spans.label(article, layer, ANA, label, label, tuple(pieces), id=id, now="t", scheme_version=1))

        def then() -> None:
            assert max(end for _, end in pieces) <= len(self.model.articles[article.id])
            self.model.spans[id] = (article.id, label, _cover(pieces))
            if self.model.states.get(article.id, "new") == "new":
                self.model.states[article.id] = "started"

        self.tries("label", act, then)

    @precondition(has_spans)
    @rule(pick=PICK, label=st.sampled_from(LABELS))
    def relabel(self, pick: int, label: str) -> None:
        span = self.span(pick)

        def then() -> None:
            self.model.spans[span.id] = (span.article, label, span.fragments)

        self.tries("relabel", lambda: self.ws.do(spans.relabel(span, label, label, "t")), then)

    @precondition(has_spans)
    @rule(pick=PICK, start=st.booleans(), by=st.integers(-3, 3), slowly=st.booleans())
    def move(self, pick: int, start: bool, by: int, slowly: bool) -> None:
        span = self.span(pick)
        first, last = span.fragments[0], span.fragments[-1]
        fragments = list(span.fragments)
        if start:
            fragments[0] = (first[0] + by, first[1])
        else:
            fragments[-1] = (last[0], last[1] + by)

        def then() -> None:
            self.model.spans[span.id] = (span.article, span.label, _cover(fragments))

        repeat = "" if slowly else f"{span.id} {start}"
        self.tries("move", lambda: self.ws.do(spans.move(span, tuple(fragments), "t", repeat)), then, repeat)

    @precondition(has_spans)
    @rule(pick=PICK, piece=PIECE)
    def fragment(self, pick: int, piece: tuple[int, int]) -> None:
        span = self.span(pick)

        def then() -> None:
            self.model.spans[span.id] = (span.article, span.label, _cover([*span.fragments, piece]))

        self.tries("fragment", lambda: self.ws.do(spans.add_fragment(span, piece, "t")), then)

    @precondition(has_spans)
    @rule(pick=PICK)
    def delete(self, pick: int) -> None:
        span = self.span(pick)
        self.tries("delete", lambda: self.ws.do(spans.delete(span)), lambda: _drop(self.model.spans, span.id))

    @precondition(has_articles)
    @rule(pick=PICK, state=st.sampled_from(("started", "done")))
    def state(self, pick: int, state: str) -> None:
        article = self.article(pick)
        self.tries(
            "state",
            lambda: self.ws.do(articles.set_state(article.id, my_layer(self.ws, article), ANA, state)),
            lambda: self.model.states.update({article.id: state}),
        )

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(times):
            done = self.ws.undo()
            assert (done is None) == (not self.past)
            if self.past:
                self.future.append(self.model)
                self.model = self.past.pop()
                self.did("undo")
        self.repeat = ""

    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(times):
            done = self.ws.redo()
            assert (done is None) == (not self.future)
            if self.future:
                self.past.append(self.model)
                self.model = self.future.pop()
                self.did("redo")
        self.repeat = ""

    @rule(back=st.integers(1, 4), forth=st.integers(1, 4))
    def back_and_forth(self, back: int, forth: int) -> None:
        # By itself a redo seldom comes right after an undo, and only there it has something to do.
        self.undo(back)
        self.redo(forth)

    @rule()
    def restart(self) -> None:
        self.restarted = self.restarted or bool(self.past)
        self.ws.store.close()
        self.repeat = ""
        self.open()
        self.did("restart")

    def prepare(self, there: Workspace) -> None:
        """Have another project what an export of articles does not bring."""

    @precondition(has_articles)
    @rule()
    def export_and_import(self) -> None:
        data = export_bytes(self.ws.store)
        other = self.folder / "other.annotator"
        shutil.copy(self._template(), other)
        there = Workspace(Store.open(other), ANA, "other")
        try:
            self.prepare(there)
            import_bytes(there, data)
            self.compare(there)
            assert export_bytes(there.store) == data
        finally:
            there.store.close()
            other.unlink()
        self.did("export and import")

    # what must hold

    def compare(self, ws: Workspace) -> None:
        store = ws.store
        assert {id: store.text(store.article(id).sha256) for id in store.article_ids()} == self.model.articles  # type: ignore[union-attr]
        held: Spans = {}
        for id in self.model.articles:
            for span in store.spans(id, VisibleLayers.ALL):
                held[span.id] = (id, span.label, span.fragments)
            layer = store.value("layer", own_layer(id, ANA.id).id, id)
            assert (layer.state if layer else "new") == self.model.states.get(id, "new")
        assert held == self.model.spans

    @invariant()
    def the_project_is_the_model(self) -> None:
        self.compare(self.ws)
        assert (self.ws.undo_title() is None) == (not self.past)
        assert (self.ws.redo_title() is None) == (not self.future)
        for id, text in self.model.articles.items():
            held = self.held.get(id, HeldSpans())
            found = held.index.query(0, max(1, len(text)))
            wanted = {key: fragments for key, (where, _, fragments) in self.model.spans.items() if where == id}
            assert {span.id: span.fragments for span in found} == wanted
            assert {span.id: span.fragments for span in held.all()} == wanted


def _spans(value: object) -> tuple[Span, ...]:
    if isinstance(value, Span):
        return (value,)
    return value.spans if isinstance(value, Imported) else ()


def _drop(spans_: Spans, id: str) -> None:
    del spans_[id]


def _cover(pieces: list[tuple[int, int]]) -> Fragments:
    """Return pieces as fragments by counting characters: another way than the program's."""
    if any(start >= end for start, end in pieces):
        raise BadSpan("the program took an empty piece")
    covered = sorted({position for start, end in pieces for position in range(start, end)})
    starts = [position for position in covered if position - 1 not in set(covered)]
    ends = [position + 1 for position in covered if position + 1 not in set(covered)]
    return tuple(zip(starts, ends, strict=True))
