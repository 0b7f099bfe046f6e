"""The property machine with the registry: entries made, renamed, merged, taken apart, deleted, linked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from annotator.domain import registry
from annotator.domain.change import Entry
from annotator.editing import registry as editing
from tests.e2e import redrawn
from tests.e2e.machine import PICK

NAMES = st.sampled_from(("Ada Ødegård", "Łucja", "中文", "The mayor"))


@dataclass
class Model(redrawn.Model):
    """Also the entries: id → name, other names, into which it was merged."""

    entries: dict[str, tuple[str, frozenset[str], frozenset[str]]] = field(default_factory=dict)

    def copy(self) -> Model:
        return Model(**{**vars(super().copy()), "entries": dict(self.entries)})


class Machine(redrawn.Machine):
    """The work of `redrawn`, and the registry."""

    model: Model

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()

    def there(self) -> list[Entry]:
        found = self.ws.store.values("entry", "", sorted(self.model.entries))
        return [found[id] for id in sorted(found)]

    @rule(acts=st.lists(st.tuples(st.integers(0, 8), PICK, PICK, NAMES), min_size=2, max_size=4))
    def registry(self, acts: list[tuple[int, int, int, str]]) -> None:
        # Several at once: what can be done to an entry wants another one, or one that was merged.
        while len(self.there()) < 2:
            self.add("A namesake")
        for how, one, two, name in acts:
            self.act(how, one, two, name)

    def act(self, how: int, one: int, two: int, name: str) -> None:
        there = self.there()
        if not there:
            self.add(name)
            return
        entry, other = there[one % len(there)], there[two % len(there)]
        merged = [one for one in there if registry.merged_into(one)]
        acts: tuple[Callable[[], None], ...] = (
            lambda: self.rename(entry, name),
            lambda: self.alias(entry, name),
            lambda: self.merge(entry, other, there),
            lambda: self.merge(entry, other, there),
            *(lambda: self.take_apart(merged[two % len(merged)] if merged else entry),) * 2,
            lambda: self.forget(entry),
            lambda: self.link(entry, two),
            lambda: self.add(name),
        )
        acts[how]()

    def add(self, name: str) -> None:
        made = editing.new(self.ws.new_id(), "person", name)
        self.tries(
            "add entry",
            lambda: self.ws.do(editing.add(made)),
            lambda: self.model.entries.update({made.id: (name, frozenset(), frozenset())}),
        )

    def rename(self, entry: Entry, name: str) -> None:
        def then() -> None:
            old, others, into = self.model.entries[entry.id]
            self.model.entries[entry.id] = name, (others | {old}) - {name}, into

        self.tries("rename entry", lambda: self.ws.do(editing.rename(entry, name, keep_old=True)), then)

    def alias(self, entry: Entry, name: str) -> None:
        def then() -> None:
            own, others, into = self.model.entries[entry.id]
            self.model.entries[entry.id] = own, others | {name}, into

        self.tries("name entry", lambda: self.ws.do(editing.add_other_name(entry, name)), then)

    def merge(self, loser: Entry, winner: Entry, there: list[Entry]) -> None:
        def then() -> None:
            own, others, into = self.model.entries[loser.id]
            self.model.entries[loser.id] = own, others, into | {winner.id}

        step = lambda: editing.merge(loser, winner, registry.roots(there))  # noqa: E731
        self.tries("merge entries", lambda: self.ws.do(step()), then)

    def take_apart(self, entry: Entry) -> None:
        def then() -> None:
            own, others, _into = self.model.entries[entry.id]
            self.model.entries[entry.id] = own, others, frozenset()

        self.tries("take entries apart", lambda: self.ws.do(editing.take_apart(entry)), then)

    def forget(self, entry: Entry) -> None:
        self.tries(
            "delete entry",
            lambda: self.ws.do(editing.delete([entry])),
            lambda: self.model.entries.__delitem__(entry.id),
        )

    def link(self, entry: Entry, pick: int) -> None:
        if not self.model.spans:
            return
        span = self.span(pick)
        values = {**span.attributes, "entity": entry.id}

        def then() -> None:
            _values, state, note = self.model.said.get(span.id, ({}, "ok", ""))
            self.model.said[span.id] = (values, state, note)

        self.tries("link entry", lambda: self.ws.do(editing.link(span, values, "t")), then)

    @invariant()
    def the_registry_is_the_model(self) -> None:
        there = self.there()
        assert (self.ws.store.connection.execute("SELECT count(*) FROM entry").fetchone(),) == ((len(there),),)
        assert {
            one.id: (one.name, frozenset(registry.aliases(one)), frozenset(registry.merged_into(one))) for one in there
        } == self.model.entries
        roots = registry.roots(there)
        for one in there:
            for other in registry.merged_into(one):
                # Whoever was merged belongs together with the other, as long as that is there.
                assert other not in self.model.entries or roots[one.id] == roots[other]
