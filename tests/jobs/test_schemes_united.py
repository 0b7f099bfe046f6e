"""Projects whose schemes went different ways still unite: the same in any order, and no span is dropped."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import redrawing as draw
from annotator.domain.article import VisibleLayers
from annotator.domain.errors import UserError
from annotator.domain.meaning import since
from annotator.editing.workspace import Workspace
from annotator.jobs.exporting import export
from annotator.jobs.redrawing import redraw
from annotator.storage import labelled
from annotator.storage.check import check
from annotator.storage.store import Store
from annotator.storage.unite import exported
from tests import schemed
from tests.builders import ANA, BO, bring, opened, project, tag, workspace
from tests.seldom import seldom
from tests.storage.test_fold import act, bring_in, state, texts

LABELS = ("quote", "source", "cue", "other")
SCHEMES = st.tuples(
    st.sampled_from(["merge", "delete", "delete too", "define", "add"]), st.integers(0, 3), st.integers(0, 3)
)
STEPS = st.tuples(st.sampled_from(["tag", "relabel", "move", "delete", "undo", "redo"]), st.integers(0, 7),
                  st.integers(0, 7))  # fmt: skip


def redrawn(ws: Workspace, action: tuple[str, int, int]) -> None:
    """Change the scheme as a person would try it; what is refused in a sentence changes nothing."""
    what, one, other = action
    draft = draw.begun(ws.store.scheme())
    label, into = LABELS[one % 4], LABELS[other % 4]
    try:
        if what == "merge":
            draft = draw.merge(draft, label, into)
        elif what == "define":
            draft = draw.define(draft, label, f"Anew by {ws.me.name}.")
        elif what == "add":
            draft = draw.add_label(draft, "other", "Other")
        else:
            draft = draw.delete_label(draft, label, spans_too=what == "delete too")
        redraw(ws, draft)
    except UserError:
        pass


def try_all(ws: Workspace, actions: list[tuple[str, int, int]]) -> None:
    for action in actions:
        (redrawn if action[0] in ("merge", "delete too", "define", "add") else act)(ws, action)


ACTIONS = st.lists(st.one_of(STEPS, SCHEMES), max_size=8)


@given(common=ACTIONS, at_home=ACTIONS, away=ACTIONS)
@seldom
def test_united_in_any_order(
    common: list[tuple[str, int, int]], at_home: list[tuple[str, int, int]], away: list[tuple[str, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home, out, fresh = (workspace(project(Path(folder), name)) for name in ("home", "out", "fresh"))
        out = Workspace(out.store, BO, "elsewhere")
        article = bring(home)
        for label, place in (("quote", (0, 9)), ("source", (10, 14)), ("cue", (15, 20)), ("quote", (21, 30))):
            tag(home, article, label, place)
        try_all(home, common)
        bring_in(out.store, exported(home.store.connection), texts(home.store))
        try_all(home, at_home)
        try_all(out, away)
        from_home, from_out, bodies = exported(home.store.connection), exported(out.store.connection), texts(home.store)
        bring_in(home.store, from_out, bodies)
        bring_in(out.store, from_home, bodies)
        bring_in(fresh.store, from_out, bodies)
        bring_in(fresh.store, from_home, bodies)
        assert state(home.store) == state(out.store) == state(fresh.store)
        for ws in (home, out, fresh):
            assert list(check(ws.store)) == []
            ws.store.close()


def test_what_a_colleague_tagged_under_the_old_scheme_is_kept_as_unknown(tmp_path: Path) -> None:
    path = tmp_path / "home.annotator"
    schemed.made(path, 3, 24)
    shutil.copy(path, tmp_path / "out.annotator")
    home, out = workspace(path), Workspace(opened(Store.open(tmp_path / "out.annotator")), BO, "elsewhere")
    redraw(home, draw.merge(draw.begun(home.store.scheme()), "evidence", "claim"))
    article = out.store.article(next(iter(out.store.article_ids())))
    assert article is not None
    late = tag(out, article, "evidence", (3, 9))
    before = {label: count.spans for label, count in labelled.counts(home.store).items()}
    bring_in(home.store, exported(out.store.connection), {})
    bring_in(out.store, exported(home.store.connection), {})
    assert schemed.state(home.store) == schemed.state(out.store)
    after = {label: count.spans for label, count in labelled.counts(home.store).items()}
    assert after == before | {"evidence": 1}
    assert home.store.scheme().label("evidence") is None
    assert list(check(home.store)) == []
    # The export names it, and what is unknown can be joined with what is known, and parted again by undo.
    export(path, tmp_path / "out.jsonl")
    assert f'"id":"{late.id}"' in (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    redraw(home, draw.merge(draw.begun(home.store.scheme()), "evidence", "claim"))
    assert "evidence" not in labelled.counts(home.store)
    home.undo()
    assert {label: count.spans for label, count in labelled.counts(home.store).items()} == after


def test_a_definition_of_each_side_is_to_be_looked_at_by_both(tmp_path: Path) -> None:
    home, out = (workspace(project(tmp_path, name)) for name in ("home", "out"))
    out = Workspace(out.store, BO, "elsewhere")
    article = bring(home)
    tag(home, article, "quote", (0, 9))
    bring_in(out.store, exported(home.store.connection), texts(home.store))
    redraw(home, draw.define(draw.begun(home.store.scheme()), "quote", "Marks included."))
    redraw(out, draw.define(draw.begun(out.store.scheme()), "quote", "Marks left out."))
    bring_in(home.store, exported(out.store.connection), {})
    bring_in(out.store, exported(home.store.connection), {})
    assert home.store.scheme() == out.store.scheme()
    for ws in (home, out):
        assert len(labelled.older(ws.store, since(ws.store.scheme()), VisibleLayers.ALL)) == 1
    assert ANA.id in home.store.annotators()
