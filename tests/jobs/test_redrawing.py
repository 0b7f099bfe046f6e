"""A changed scheme in a project: what is told before is what happens, and one undo takes all of it back."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import assets
from annotator.domain import attributes, fates
from annotator.domain import redrawing as draw
from annotator.domain import reshaping as shape
from annotator.domain.article import VisibleLayers
from annotator.domain.errors import Stale, UserError
from annotator.domain.meaning import since
from annotator.domain.redrawing import Redrawn
from annotator.domain.scheme import Scheme, parse
from annotator.domain.span import Span
from annotator.editing import schemes
from annotator.editing.schemepreview import effects, examples, lost
from annotator.editing.workspace import Workspace
from annotator.jobs.exporting import export
from annotator.jobs.redrawing import redraw
from annotator.storage import labelled, purge
from annotator.storage.check import check
from annotator.storage.store import Store
from tests.builders import ANA, workspace
from tests.schemed import CHANGES, LABELS, SCHEME, State, made, recounted, state, told
from tests.seldom import seldom


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("template") / "p.annotator"
    made(path, 12, 25)
    return path.read_bytes()


@pytest.fixture
def ws(template: bytes, tmp_path: Path) -> Workspace:
    path = tmp_path / "p.annotator"
    path.write_bytes(template)
    return workspace(path)


def exported(ws: Workspace) -> bytes:
    target = ws.store.path.with_suffix(".jsonl")
    target.unlink(missing_ok=True)
    export(ws.store.path, target)
    return target.read_bytes()


def changed_as_told(ws: Workspace, draft: Redrawn) -> State:
    """Do the draft; hold against each other what was told and what happened, and the undo against what was."""
    before, as_file = state(ws.store), exported(ws)
    preview = effects(ws.store, draft)
    outcome = redraw(ws, draft)
    assert not outcome.stopped
    after = state(ws.store)
    kinds = ("spans", "relations", "groups")
    assert outcome.changes == sum(
        getattr(after, kind).get(id) != one for kind in kinds for id, one in getattr(before, kind).items()
    )
    assert told(preview) == recounted(draft, before, after)
    assert len(before.spans) - len(after.spans) == lost(preview)
    assert after.spans.keys() <= before.spans.keys()
    kinds = {(one.what, one.label): one.spans for one in preview}
    bear = Counter(span.label for span in after.spans.values())
    assert all(kinds["gone", label] == bear[label] for what, label in kinds if what == "gone")
    asked = Counter(
        place.label for place in labelled.older(ws.store, since(after.scheme), VisibleLayers.ALL, limit=9999)
    )
    assert asked == Counter({label: number for (what, label), number in kinds.items() if what == "meaning" and number})
    assert dangling(after) <= dangling(before)
    assert list(check(ws.store)) == []
    ws.undo()
    assert state(ws.store) == before
    assert exported(ws) == as_file
    ws.redo()
    assert state(ws.store) == after
    assert list(check(ws.store)) == []
    return after


def dangling(state: State) -> set[str]:
    """Return the ties that tie a span which is not there."""
    found = {id for id, one in state.relations.items() if not {one.source, one.target} <= state.spans.keys()}
    return found | {
        id for id, group in state.groups.items() if any(one.span not in state.spans for one in group.members)
    }


@pytest.mark.parametrize("name", [name for name, _change in CHANGES])
def test_every_kind_of_change_is_told_done_and_taken_back(ws: Workspace, name: str) -> None:
    changed_as_told(ws, dict(CHANGES)[name](draw.begun(ws.store.scheme())))


def test_spans_of_every_layer_change(ws: Workspace) -> None:
    owners = {span.annotator for span in state(ws.store).spans.values() if span.label == "evidence"}
    assert len(owners) == 3
    after = changed_as_told(ws, draw.merge(draw.begun(ws.store.scheme()), "evidence", "claim"))
    assert not [span for span in after.spans.values() if span.label == "evidence"]


def test_a_forgotten_layer_would_be_noticed(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = schemes.Plan.__call__

    def forgetful(self: schemes.Plan, article: str) -> schemes.Touched:
        found = usual(self, article)
        return found._replace(spans=tuple((span, span if not span.annotator else after) for span, after in found.spans))

    draft = draw.merge(draw.begun(ws.store.scheme()), "evidence", "claim")
    right = told(effects(ws.store, draft))
    monkeypatch.setattr(schemes.Plan, "__call__", forgetful)
    before = state(ws.store)
    redraw(ws, draft)
    assert recounted(draft, before, state(ws.store)) != right


def test_links_survive_merge_and_split(ws: Workspace) -> None:
    before = state(ws.store)
    draft = draw.merge(draw.begun(ws.store.scheme()), "claim", "evidence")
    draft = draw.add_label(draft, "report", "Report", like="quote")
    draft = draw.split(draft, "quote", "report", "mode", "indirect")
    after = changed_as_told(ws, draft)
    assert after.relations == before.relations
    assert after.groups == before.groups
    assert any(after.spans[group.members[0].span].label == "report" for group in after.groups.values())


def test_a_deleted_label_takes_its_ties_and_undo_brings_them_back(ws: Workspace) -> None:
    before = state(ws.store)
    after = changed_as_told(ws, draw.delete_label(draw.begun(ws.store.scheme()), "quote", spans_too=True))
    assert not after.groups
    assert before.groups
    assert len(after.relations) < len(before.relations)


def test_a_kept_span_of_a_deleted_label_is_untouched(ws: Workspace) -> None:
    before = state(ws.store)
    draft = draw.delete_label(draw.begun(ws.store.scheme()), "quote")
    after = changed_as_told(ws, draft)
    assert after._replace(scheme=before.scheme) == before
    assert [one.what for one in effects(ws.store, draft) if one.label == "quote"] == ["gone"]


def test_cancelled_it_leaves_the_project_as_it_was(ws: Workspace) -> None:
    before, steps = exported(ws), ws.store.step_count()
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 5

    draft = draw.merge(draw.begun(ws.store.scheme()), "evidence", "claim")
    outcome = redraw(ws, draft, cancelled=cancelled)
    assert outcome.stopped
    assert (exported(ws), ws.store.step_count()) == (before, steps)
    redraw(ws, draft)
    after = exported(ws)
    del asked[:]
    assert ws.carry_out(ws.planned_undo(), cancelled=cancelled) is None
    assert exported(ws) == after
    ws.undo()
    assert exported(ws) == before


def test_a_fault_half_way_leaves_nothing_behind(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before, usual, seen = exported(ws), schemes.Plan.__call__, []

    def breaks(self: schemes.Plan, article: str) -> schemes.Touched:
        seen.append(article)
        if len(seen) == 6:
            raise RuntimeError("a bug")
        return usual(self, article)

    draft = draw.merge(draw.begun(ws.store.scheme()), "evidence", "claim")
    with monkeypatch.context() as planted:
        planted.setattr(schemes.Plan, "__call__", breaks)
        with pytest.raises(RuntimeError):
            redraw(ws, draft)
    assert exported(ws) == before
    changed_as_told(ws, draft)


def test_nobody_does_anything_between_and_progress_is_told(ws: Workspace) -> None:
    told_of: list[tuple[int, int]] = []
    span = next(iter(state(ws.store).spans.values()))

    def progress(done: int, total: int) -> None:
        told_of.append((done, total))
        with pytest.raises(UserError, match="being changed"):
            ws.do(schemes.still_right(span, 9, "t"))

    redraw(ws, draw.merge(draw.begun(ws.store.scheme()), "evidence", "claim"), progress)
    assert told_of[-1] == (12, 12)
    ws.do(schemes.still_right(span, 9, "t"))
    ws.undo()
    undone: list[tuple[int, int]] = []
    ws.carry_out(ws.planned_undo(), lambda done, total: undone.append((done, total)))
    assert len(undone) > 1
    assert undone[-1][0] == undone[-1][1]


def test_a_scheme_that_was_in_force_before_comes_back(ws: Workspace) -> None:
    first = state(ws.store)
    other = parse(assets.scheme_text("claims-only"), "claims-only.toml")
    redraw(ws, Redrawn(SCHEME, other))
    assert ws.store.scheme() == other
    second = state(ws.store)
    redraw(ws, Redrawn(other, SCHEME))
    assert ws.store.scheme() == SCHEME._replace(version=3)
    third = state(ws.store)
    assert list(check(ws.store)) == []
    for there in (second, first):
        ws.undo()
        assert state(ws.store) == there
    for there in (second, third):
        ws.redo()
        assert state(ws.store) == there
    redraw(ws, Redrawn(third.scheme, other, (draw.Move("merge", "quote", "claim"),)))
    assert ws.store.scheme().id == other.id
    ws.undo()
    assert state(ws.store) == third
    assert list(check(ws.store)) == []


def test_any_thread_may_do_and_undo_it(ws: Workspace) -> None:
    before = state(ws.store)
    with ThreadPoolExecutor(1) as pool:
        for draft in (
            draw.rename(draw.begun(ws.store.scheme()), "cue", "Speech cue"),
            draw.merge(draw.begun(ws.store.scheme()), "evidence", "claim"),
        ):
            assert pool.submit(redraw, ws, draft).result().scheme == ws.store.scheme()
            pool.submit(lambda: ws.carry_out(ws.planned_undo())).result()
            assert state(ws.store) == before


def test_a_draft_of_an_older_scheme_is_refused(ws: Workspace) -> None:
    draft = draw.merge(draw.begun(ws.store.scheme()), "evidence", "claim")
    redraw(ws, draw.rename(draw.begun(ws.store.scheme()), "cue", "Speech cue"))
    before = exported(ws)
    with pytest.raises(Stale, match="meanwhile"):
        redraw(ws, draft)
    assert exported(ws) == before


def test_a_purge_of_one_article_leaves_the_others_their_undo(ws: Workspace) -> None:
    before = state(ws.store)
    first = next(iter(ws.store.article_ids()))
    redraw(ws, draw.merge(draw.begun(ws.store.scheme()), "evidence", "claim"))
    purge.purge(ws.store, [first], ANA.id)
    ws.undo()
    left = {id: span for id, span in before.spans.items() if span.article != first}
    assert state(ws.store).spans == left


def test_what_a_part_that_is_split_off_lacks_is_counted_too(ws: Workspace) -> None:
    draft = draw.edited(draw.begun(ws.store.scheme()), "attributes", "act", {"required": True})
    whole = sum(one.spans for one in effects(ws.store, draft) if one.what == "required")
    draft = draw.add_label(draft, "report", "Report", like="quote")
    draft = draw.split(draft, "quote", "report", "mode", "indirect")
    lacking = {one.label: one.spans for one in effects(ws.store, draft) if one.what == "required"}
    assert sum(lacking.values()) == whole
    assert lacking["report"] > 0


def test_of_spans_merged_in_only_those_that_say_nothing_get_an_empty_attribute(ws: Workspace) -> None:
    draft = draw.merge(draw.begun(ws.store.scheme()), "evidence", "claim", attributes_too=True)
    found = {one.name: one.spans for one in effects(ws.store, draft) if one.what == "optional" and one.label == "claim"}
    spans = state(ws.store).spans.values()
    silent = [one for one in spans if one.label in ("evidence", "claim") and "basis" not in one.attributes]
    assert found["Basis"] == len(silent)
    assert len(silent) < sum(one.label in ("evidence", "claim") for one in spans)


def test_a_new_kind_of_tie_is_told(ws: Workspace) -> None:
    scheme = ws.store.scheme()
    relation = {"id": "answers", "name": "answers", "from": ["quote"], "to": ["quote"]}
    data = draw.data_of(draw.begun(scheme))
    draft = draw.with_data(draw.begun(scheme), {**data, "relations": [*draw.tables(data, "relations"), relation]})
    assert [(one.what, one.name, one.spans) for one in effects(ws.store, draft)] == [("relation new", "answers", 0)]


def test_examples_show_touched_spans_with_their_words(ws: Workspace) -> None:
    draft = draw.split(draw.begun(ws.store.scheme()), "quote", "claim", "mode", "indirect")
    effect = next(one for one in effects(ws.store, draft) if one.what == "split")
    found = examples(ws.store, draft, effect, VisibleLayers.ALL, 3)
    assert len(found) == 3
    for one in found:
        text = ws.store.text(ws.store.articles([one.span.article])[one.span.article].sha256)
        assert one.span.attributes["mode"] == "indirect"
        assert one.words in text
        assert " ".join(filter(None, (one.before, one.words, one.after))).replace(" ", "") in text.replace(" ", "")
    assert [one.span.created for one in found] == sorted((one.span.created for one in found), reverse=True)
    seen = examples(ws.store, draft, effect, VisibleLayers(frozenset({"annotator"}), frozenset({ANA.id})), 99)
    assert {one.span.annotator for one in seen} == {ANA.id}


# ---- random drafts

WAYS: tuple[Callable[[Redrawn, Any], Redrawn], ...] = (
    lambda draft, pick: draw.rename(draft, pick(labels(draft)), pick(("Voice", "Words", "Łucja 🏗"))),
    lambda draft, pick: draw.merge(draft, pick((*labels(draft), "strange")), pick(labels(draft)),
                                   attributes_too=pick((True, False))),
    lambda draft, pick: draw.add_label(draft, draw.free_id(draft, "New"), "New", like=pick((*labels(draft), ""))),
    lambda draft, pick: split(draft, pick),
    lambda draft, pick: draw.delete_label(draft, pick((*labels(draft), "strange")), spans_too=pick((True, False))),
    lambda draft, pick: shape.require(draft, pick(ids(draft, "attributes")), pick((True, False))),
    lambda draft, pick: filled(draft, pick),
    lambda draft, pick: shape.delete_attribute(draft, pick(ids(draft, "attributes")), values_too=pick((True, False))),
    lambda draft, pick: shape.give(draft, pick(ids(draft, "attributes")), pick(labels(draft))),
    lambda draft, pick: shape.take(draft, pick(ids(draft, "attributes")), pick(labels(draft)),
                                   values_too=pick((True, False))),
    lambda draft, pick: value_gone(draft, pick),
    lambda draft, pick: shape.delete(draft, "relations", pick(ids(draft, "relations")), ties_too=pick((True, False))),
    lambda draft, pick: shape.delete(draft, "groups", pick(ids(draft, "groups")), ties_too=pick((True, False))),
)  # fmt: skip


def labels(draft: Redrawn) -> list[str]:
    return [label.id for label in draft.wanted.labels]


def ids(draft: Redrawn, table: str) -> list[str]:
    return [item["id"] for item in draw.tables(draw.data_of(draft), table)]


def choice(draft: Redrawn, pick: Any) -> attributes.Attribute:
    found: attributes.Attribute = pick([one for one in attributes.attributes(draft.wanted) if one.choices])
    return found


def split(draft: Redrawn, pick: Any) -> Redrawn:
    attribute = choice(draft, pick)
    return draw.split(draft, pick(attribute.labels), pick(labels(draft)), attribute.id, pick(attribute.choices[:3]).id)


def filled(draft: Redrawn, pick: Any) -> Redrawn:
    attribute = choice(draft, pick)
    value = pick(attribute.choices[:3]).id
    return shape.require(draft, attribute.id, value=[value] if attribute.type == "choices" else value)


def value_gone(draft: Redrawn, pick: Any) -> Redrawn:
    attribute = choice(draft, pick)
    into = pick((*(one.id for one in attribute.choices[:4]), ""))
    return shape.delete_value(
        draft, attribute.id, pick(attribute.choices[:3]).id, into=into, values_too=pick((True, False))
    )


def drawn(data: st.DataObject, scheme: Scheme) -> Redrawn:
    """Return a draft of up to six changes; what is refused is left out."""
    draft = draw.begun(scheme)

    def pick(found: Any) -> Any:
        found = list(found)
        if not found:
            raise UserError("nothing to choose from")
        return found[data.draw(st.integers(0, len(found) - 1))]

    for _ in range(data.draw(st.integers(1, 6))):
        try:
            draft = pick(WAYS)(draft, pick)
        except UserError:
            continue
    return draft


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "p.annotator"
    made(path, 4, 24, seed=5)
    return path


@hypothesis.settings(seldom, phases=[hypothesis.Phase.reuse, hypothesis.Phase.generate])
@given(data=st.data())
def test_any_draft_does_what_it_tells_and_is_taken_back(small: Path, data: st.DataObject) -> None:
    draft = drawn(data, SCHEME)
    hypothesis.note(str(draft.moves))
    if not draft.changed:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.annotator"
        shutil.copy(small, path)
        with closing(Store.open(path)) as store:
            before = state(store)
            after = changed_as_told(Workspace(store, ANA, "laptop"), draft)
    if not any(move.what == "delete" for move in draft.moves):
        assert after.spans.keys() == before.spans.keys()
    for id, span in after.spans.items():
        was = before.spans[id]
        assert span._replace(label=was.label, attributes=was.attributes, updated=was.updated) == was


def test_what_becomes_of_a_span_is_decided_once(ws: Workspace) -> None:
    """A label that goes into one which goes elsewhere itself: in the order of the moves, and never twice."""
    draft = draw.begun(ws.store.scheme())
    draft = draw.merge(draft, "evidence", "claim")
    draft = draw.add_label(draft, "evidence", "Evidence")
    draft = draw.split(draft, "cue", "evidence", "distance", "neutral")
    becomes = fates.fate(draft)
    spans = state(ws.store).spans.values()

    def one(label: str, **values: str) -> Span | None:
        return becomes(next(span for span in spans if span.label == label)._replace(attributes=values))

    moved, parted = one("evidence"), one("cue", distance="neutral")
    assert moved is not None
    assert parted is not None
    assert (moved.label, parted.label) == ("claim", "evidence")
    after = changed_as_told(ws, draft)
    assert {span.label for span in after.spans.values()} == set(LABELS)
