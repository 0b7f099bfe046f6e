"""The property machine with what is said of spans and what ties them: attributes, groups, relations, the scheme."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from annotator.domain import grouping
from annotator.domain.article import Layer, VisibleLayers, own_layer
from annotator.domain.change import Change, Step
from annotator.domain.links import Links
from annotator.domain.redrawing import Move, Redrawn
from annotator.domain.relation import Group, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.span import STATES, Span
from annotator.editing import judgements, marks, schemes, spans, ties
from annotator.editing.workspace import Workspace
from annotator.jobs.redrawing import redraw
from annotator.storage.store import Store
from tests.builders import ANA, SCHEME, my_layer
from tests.e2e import machine
from tests.e2e.machine import LABELS, PICK

REST: dict[str, Any] = {
    "groups": [
        {
            "id": "attribution",
            "name": "Attribution",
            "head": "quote",
            "no-source": True,
            "roles": [
                {"role": "quote", "label": "quote", "min": 1, "max": 1},
                {"role": "source", "label": "source"},
                {"role": "cue", "label": "cue", "max": 1},
            ],
        }
    ],
    "relations": [
        {"id": "answers", "name": "answers", "from": ["quote"], "to": ["quote"], "across-articles": True},
        {"id": "same", "name": "same", "from": ["source"], "to": ["source"], "symmetric": True},
    ],
}
TIED = SCHEME._replace(rest=REST)
(ATTRIBUTION,) = grouping.kinds(TIED)
NOTES = ("", "who?", "🏗 Łucja")
VALUES = st.dictionaries(st.sampled_from(("mode", "of a file")), st.sampled_from(("a", "b", True, 3)), max_size=2)


@dataclass
class Model(machine.Model):
    """Also what is said of spans (id → attributes, state, note), groups (id → article, role and span pairs, no
    source), relations (id → article, label, ends) and the scheme's name."""

    said: dict[str, tuple[Mapping[str, Any], str, str]] = field(default_factory=dict)
    groups: dict[str, tuple[str, frozenset[tuple[str, str]], bool]] = field(default_factory=dict)
    relations: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)
    scheme: str = "Test"
    judged: dict[str, tuple[Mapping[str, Any], str, str]] = field(default_factory=dict)
    """What is said of articles (id → fields, mark, note)."""
    ties_said: dict[str, tuple[str, str]] = field(default_factory=dict)
    """What is said of groups (id → state, note)."""

    def copy(self) -> Model:
        return Model(
            dict(self.articles), dict(self.spans), dict(self.states), dict(self.said), dict(self.groups),
            dict(self.relations), self.scheme, dict(self.judged), dict(self.ties_said),
        )  # fmt: skip


class Machine(machine.Machine):
    """The work of `machine`, and ties."""

    model: Model

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()

    @classmethod
    def _template(cls) -> Path:
        if cls.template is None or not cls.template.exists():
            cls.template = Path(tempfile.mkdtemp(prefix="machine-")) / "template.annotator"
            Store.create(cls.template, TIED)
        return cls.template

    def prepare(self, there: Workspace) -> None:
        before, wanted = there.store.scheme(), self.ws.store.scheme()
        if before != wanted:
            there.do(Step("The scheme of the other project", (Change(before, wanted),)))

    def links(self, article: str) -> Links:
        store = self.ws.store
        return Links(store.relations(article, VisibleLayers.ALL), store.groups(article, VisibleLayers.ALL))

    def value(self, span: str) -> Span:
        found: Span = self.ws.store.value("span", span, self.model.spans[span][0])
        return found

    def group_of(self, head: Span) -> tuple[Group, bool]:
        """Return the group that a quote heads, a new one where there is none, and whether it is stored."""
        for group in self.links(head.article).groups_of(head.id):
            if head.id in grouping.members(group, "quote"):
                return group, True
        return ties.started(ATTRIBUTION, head, self.ws.new_id()), False

    # what the model does by itself

    def lose(self, group: str, span: str) -> None:
        """Take a span out of a group of the model."""
        article, members, none = self.model.groups[group]
        left = frozenset(member for member in members if member[1] != span)
        heads = [member for member in left if member[0] == "quote"]
        if not heads or (len(left) == len(heads) and not none):
            del self.model.groups[group]
        else:
            self.model.groups[group] = article, left, none

    def untied(self, span: str) -> None:
        for id, (_article, _label, source, target) in list(self.model.relations.items()):
            if span in (source, target):
                del self.model.relations[id]
        for id, (_article, members, _none) in list(self.model.groups.items()):
            if any(member[1] == span for member in members):
                self.lose(id, span)

    def of_label(self, *labels: str) -> list[str]:
        return sorted(id for id, (_article, label, _) in self.model.spans.items() if label in labels)

    # the rules

    @initialize(which=st.integers(0, len(machine.TEXTS) - 1))
    def first(self, which: int) -> None:
        self.bring(which)
        for label, start in (("quote", 2), ("source", 4), ("cue", 8), ("quote", 11)):
            self.tag(0, label, [(start, start + 3)])
        self.bring((which + 1) % len(machine.TEXTS))
        for article in range(2):
            self.tag(article, "quote", [(0, 2)])

    # Few rules, each for several actions: of many, a run tries only some.

    @precondition(machine.Machine.has_spans)
    @rule(how=st.integers(0, 2), pick=PICK, values=VALUES, state=st.sampled_from(STATES), note=st.sampled_from(NOTES))
    def words(self, how: int, pick: int, values: dict[str, Any], state: str, note: str) -> None:
        acts = (lambda: self.say(pick, values), lambda: self.mark(pick, state), lambda: self.annotate(pick, note))
        acts[how]()

    @precondition(machine.Machine.has_articles)
    @rule(how=st.integers(0, 2), pick=PICK, values=VALUES, state=st.sampled_from(STATES), note=st.sampled_from(NOTES))
    def judgement(self, how: int, pick: int, values: dict[str, Any], state: str, note: str) -> None:
        article = self.article(pick)
        layer = my_layer(self.ws, article)
        before = self.model.judged.get(article.id, ({}, "ok", ""))
        acts: tuple[tuple[str, Callable[[], Step], tuple[Mapping[str, Any], str, str]], ...] = (
            ("judge", lambda: judgements.judge(article.id, layer, ANA, values, "Genre"), (values, *before[1:])),
            ("mark it", lambda: judgements.mark(article.id, layer, ANA, state), (before[0], state, before[2])),
            ("note on it", lambda: judgements.annotate(article.id, layer, ANA, note), (*before[:2], note)),
        )
        what, step, after = acts[how]

        def then() -> None:
            self.model.judged[article.id] = after
            if self.model.states.get(article.id, "new") == "new":
                self.model.states[article.id] = "started"

        self.tries(what, lambda: self.ws.do(step()._replace(repeat="")), then)

    @precondition(lambda self: bool(self.model.groups))
    @rule(said=st.lists(
        st.tuples(st.booleans(), PICK, st.sampled_from(STATES), st.sampled_from(NOTES)), min_size=1, max_size=4
    ))  # fmt: skip
    def words_on_ties(self, said: list[tuple[bool, int, str, str]]) -> None:
        for one in said:  # a run has ties only now and then
            self.words_on_a_tie(*one)

    def words_on_a_tie(self, noted: bool, pick: int, state: str, note: str) -> None:
        id = sorted(self.model.groups)[pick % len(self.model.groups)]
        group: Group = self.ws.store.value("group", id, self.model.groups[id][0])
        before = self.model.ties_said.get(id, ("ok", ""))
        step = (lambda: marks.annotate_group(group, note)) if noted else (lambda: marks.mark_group(group, state))

        def then() -> None:
            self.model.ties_said[id] = (before[0], note) if noted else (state, before[1])

        self.tries("say of a tie", lambda: self.ws.do(step()._replace(repeat="")), then)

    @precondition(machine.Machine.has_spans)
    @rule(how=st.integers(0, 4), one=PICK, two=PICK, flag=st.booleans())
    def together_and_asunder(self, how: int, one: int, two: int, flag: bool) -> None:
        # What there must be something for comes more often than what makes it.
        if how < 2:
            self.no_source(one, flag)
        elif how > 2 and self.model.groups:
            self.untie(one, two)
        else:
            self.tie(one, two)

    @precondition(machine.Machine.has_spans)
    @rule(how=st.integers(0, 2), one=PICK, two=PICK, flag=st.booleans())
    def to_and_from(self, how: int, one: int, two: int, flag: bool) -> None:
        if how and self.model.relations:
            self.unrelate(one)
        else:
            self.relate(one, two, int(flag))

    def say(self, pick: int, values: dict[str, Any]) -> None:
        span = self.span(pick)

        def then() -> None:
            self.model.said[span.id] = (values, *self.model.said.get(span.id, ({}, "ok", ""))[1:])

        self.tries("say", lambda: self.ws.do(marks.say(span, values, "Mode", "t")), then)

    def mark(self, pick: int, state: str) -> None:
        span = self.span(pick)

        def then() -> None:
            values, _state, note = self.model.said.get(span.id, ({}, "ok", ""))
            self.model.said[span.id] = (values, state, note)

        self.tries("mark", lambda: self.ws.do(marks.mark(span, state, "t")), then)

    def annotate(self, pick: int, note: str) -> None:
        span = self.span(pick)

        def then() -> None:
            values, state, _note = self.model.said.get(span.id, ({}, "ok", ""))
            self.model.said[span.id] = (values, state, note)

        # Typing goes on in one undo within a second; here each is by itself.
        self.tries("annotate", lambda: self.ws.do(marks.annotate(span, note, "t")._replace(repeat="")), then)

    def tie(self, one: int, two: int) -> None:
        quotes, others = self.of_label("quote"), self.of_label("source", "cue")
        if not quotes:
            return
        head = self.value(quotes[one % len(quotes)])
        near = [id for id in others if self.model.spans[id][0] == head.article]
        if not near:
            return
        member = self.value(near[two % len(near)])
        group, stored = self.group_of(head)

        def then() -> None:
            _article, members, none = self.model.groups.get(group.id, ("", frozenset({("quote", head.id)}), False))
            if member.label == "cue":
                members = frozenset(it for it in members if it[0] != "cue")
            none = none and member.label != "source"
            self.model.groups[group.id] = head.article, members | {(member.label, member.id)}, none

        step = lambda: ties.tie(group, ATTRIBUTION, [(member.label, member)], stored=stored, made=())  # noqa: E731
        self.tries("tie", lambda: self.ws.do(step()), then)

    def untie(self, pick: int, which: int) -> None:
        id = sorted(self.model.groups)[pick % len(self.model.groups)]
        article, members, _none = self.model.groups[id]
        span = sorted(members)[which % len(members)][1]
        group: Group = self.ws.store.value("group", id, article)
        self.tries("untie", lambda: self.ws.do(ties.untie(group, ATTRIBUTION, span)), lambda: self.lose(id, span))

    def no_source(self, pick: int, ticked: bool) -> None:
        quotes = self.of_label("quote")
        if not quotes:
            return
        head = self.value(quotes[pick % len(quotes)])
        group, stored = self.group_of(head)

        def then() -> None:
            _article, members, _none = self.model.groups.get(group.id, ("", frozenset({("quote", head.id)}), False))
            if not ticked and len(members) == 1:
                self.model.groups.pop(group.id)
            else:
                self.model.groups[group.id] = head.article, members, ticked

        self.tries(
            "no source", lambda: self.ws.do(ties.no_source(group, ATTRIBUTION, ticked, stored=stored)), then
        )  # fmt: skip

    def relate(self, one: int, two: int, which: int) -> None:
        kind, id = grouping.relations(TIED)[which], self.ws.new_id()
        ends = self.of_label(kind.source[0])
        if not ends:
            return
        source = self.value(ends[one % len(ends)])
        here = [it for it in ends if kind.across or self.model.spans[it][0] == source.article]
        away = [it for it in here if self.model.spans[it][0] != source.article]
        # Where there is a choice both ways are tried.
        near = (away if two % 2 else []) or [it for it in here if it != source.id] or [source.id]
        target = self.value(near[two % len(near)])
        there = self.ws.store.relations_at(source.id)

        def then() -> None:
            self.model.relations[id] = (source.article, kind.id, source.id, target.id)

        what = "relate" if source.article == target.article else "relate far"
        self.tries(what, lambda: self.ws.do(ties.relate(kind, source, target, there, id, "t", 1)), then)

    def unrelate(self, pick: int) -> None:
        id = sorted(self.model.relations)[pick % len(self.model.relations)]
        relation: Relation = self.ws.store.value("relation", id, self.model.relations[id][0])
        self.tries("unrelate", lambda: self.ws.do(ties.unrelate(relation)), lambda: _gone(self.model.relations, id))

    @rule(name=st.sampled_from(("Test", "Another", "A third")))
    def rename_the_scheme(self, name: str) -> None:
        before = self.ws.store.scheme()
        self.tries(
            "scheme",
            lambda: self.ws.do(schemes.apply(before, before._replace(name=name))),
            lambda: setattr(self.model, "scheme", name),
        )

    @precondition(machine.Machine.has_spans)
    @rule(label=st.sampled_from(LABELS), into=st.sampled_from((*LABELS, "")))
    def move_all(self, label: str, into: str) -> None:
        """Change the scheme so that all spans of a label get another one, or go."""
        scheme: Scheme = self.ws.store.scheme()
        move = Move("merge", label, into) if into else Move("delete", label)
        if label == into:
            return

        def then() -> None:
            moved = [id for id, (_article, its, _fragments) in self.model.spans.items() if its == label]
            for id in moved:
                if into:
                    article, _label, fragments = self.model.spans[id]
                    self.model.spans[id] = article, into, fragments
                else:
                    self.untied(id)
                    del self.model.spans[id]
                    self.model.said.pop(id, None)
            self.outgrow(moved if into else ())

        self.tries("redraw", lambda: redraw(self.ws, Redrawn(scheme, scheme, (move,))), then)

    def outgrow(self, changed: Iterable[str]) -> None:
        """Let go of ties that spans (by id) which got another label do not fit any more."""
        for id, (_article, kind, source, target) in list(self.model.relations.items()):
            ends = {self.model.spans[source][1], self.model.spans[target][1]}
            if ends != {"quote" if kind == "answers" else "source"}:
                del self.model.relations[id]
        for span in changed:
            for id, (_article, members, _none) in list(self.model.groups.items()):
                if any(it == span and role != self.model.spans[span][1] for role, it in members):
                    self.lose(id, span)

    @precondition(machine.Machine.has_spans)
    @rule(pick=PICK, label=st.sampled_from(LABELS))
    def relabel(self, pick: int, label: str) -> None:
        span = self.span(pick)
        links = self.links(span.article)
        relations = self.ws.store.relations_at(span.id)
        others = {id: label_ for id, (_, label_, _) in self.model.spans.items()}
        outgrown = ties.outgrown(span, label, links.groups_of(span.id), relations, TIED, others)

        def then() -> None:
            self.model.spans[span.id] = (span.article, label, span.fragments)
            for id, (_article, kind, source, target) in list(self.model.relations.items()):
                ends = {self.model.spans[source][1], self.model.spans[target][1]}
                if ends != {"quote" if kind == "answers" else "source"}:
                    del self.model.relations[id]
            for id, (_article, members, _none) in list(self.model.groups.items()):
                if any(it == span.id and role != label for role, it in members):
                    self.lose(id, span.id)

        step = lambda: spans.relabel(span, label, label, "t", ties=outgrown)  # noqa: E731
        self.tries("relabel", lambda: self.ws.do(step()), then)

    @precondition(machine.Machine.has_spans)
    @rule(pick=PICK)
    def delete(self, pick: int) -> None:
        span = self.span(pick)
        links = self.links(span.article)
        groups, relations = links.groups_of(span.id), self.ws.store.relations_at(span.id)
        hanging = ties.hanging(span.id, groups, relations, [ATTRIBUTION])

        def then() -> None:
            self.untied(span.id)
            del self.model.spans[span.id]
            self.model.said.pop(span.id, None)

        self.tries("delete", lambda: self.ws.do(spans.delete(span, hanging)), then)

    # what must hold

    def compare(self, ws: Workspace) -> None:
        super().compare(ws)
        store, model = ws.store, self.model
        groups: dict[str, tuple[str, frozenset[tuple[str, str]], bool]] = {}
        relations: dict[str, tuple[str, str, str, str]] = {}
        said: dict[str, tuple[Mapping[str, Any], str, str]] = {}
        ties_said: dict[str, tuple[str, str]] = {}
        for id in model.articles:
            layer: Layer | None = store.value("layer", own_layer(id, ANA.id).id, id)
            judged = (dict(layer.fields), layer.mark, layer.note) if layer is not None else ({}, "ok", "")
            assert judged == model.judged.get(id, ({}, "ok", ""))
            for span in store.spans(id, VisibleLayers.ALL):
                said[span.id] = (dict(span.attributes), span.state, span.note)
            for group in store.groups(id, VisibleLayers.ALL):
                groups[group.id] = (id, frozenset(tuple(it) for it in group.members), group.no_source)  # type: ignore[misc]
                ties_said[group.id] = group.state, group.note
            for relation in store.relations(id, VisibleLayers.ALL):
                relations[relation.id] = (id, relation.label, relation.source, relation.target)
        assert groups == model.groups
        assert relations == model.relations
        assert ties_said == {id: model.ties_said.get(id, ("ok", "")) for id in model.groups}
        assert said == {id: model.said.get(id, ({}, "ok", "")) for id in model.spans}

    @invariant()
    def nothing_is_orphaned(self) -> None:
        there = set(self.model.spans)
        for _article, members, _none in self.model.groups.values():
            assert {span for _role, span in members} <= there
        for _article, _label, source, target in self.model.relations.values():
            assert {source, target} <= there
        scheme: Scheme = self.ws.store.scheme()
        assert scheme.name == self.model.scheme


def _gone(of: dict[str, Any], id: str) -> None:
    del of[id]
