"""Two journals made apart, united in any order, give the same state; and it is what the tables hold."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import VisibleLayers
from annotator.domain.errors import Stale, UserError
from annotator.editing import articles, spans
from annotator.editing.workspace import Workspace
from annotator.storage import fold
from annotator.storage.check import check
from annotator.storage.store import Store
from annotator.storage.unite import Foreign, exported
from annotator.storage.unite import bring as bring_steps
from tests.builders import ANA, BO, bring, my_layer, project, tag, workspace
from tests.seldom import seldom

TEXTS = ("One text 🙂 of the two.", "Another text, longer than the first.")
State = dict[str, dict[fold.Key, object]]


def state(store: Store) -> State:
    """Everything the tables hold, without the local numbers of steps."""
    found = {}
    for article in (*sorted(store.article_ids()), ""):
        found[article] = {key: folded.value for key, folded in fold.stored(store.connection, article).items()}
    return found


def texts(store: Store) -> dict[str, str]:
    return {sha256: store.text(sha256) for (sha256,) in store.connection.execute("SELECT sha256 FROM text").fetchall()}


def bring_in(store: Store, foreign: list[Foreign], bodies: dict[str, str]) -> int:
    return bring_steps(store, foreign, bodies)


ACTION = st.tuples(st.sampled_from(["tag", "relabel", "move", "delete", "done", "undo", "redo", "bring"]),
                   st.integers(0, 7), st.integers(0, 7))  # fmt: skip


def act(ws: Workspace, action: tuple[str, int, int]) -> None:
    """Do something that may or may not be possible, as a person would try it."""
    what, one, other = action
    ids = list(ws.store.article_ids())
    try:
        if what == "bring":
            bring(ws, TEXTS[one % 2])
        elif what == "undo":
            ws.undo()
        elif what == "redo":
            ws.redo()
        elif ids:
            article = ws.store.article(ids[one % len(ids)])
            assert article is not None
            if what == "tag":
                tag(ws, article, "quote", (one, one + 1 + other))
            elif what == "done":
                ws.do(articles.set_state(article.id, my_layer(ws, article), ws.me, "done"))
            else:
                mine = ws.store.spans(article.id, VisibleLayers(owners=frozenset({ws.me.id})))
                span = mine[other % len(mine)] if mine else None
                if span is not None:
                    ws.do({"relabel": lambda: spans.relabel(span, "cue", "Cue", "t"),
                           "move": lambda: spans.move(span, ((one, one + 2 + other),), "t"),
                           "delete": lambda: spans.delete(span)}[what]())  # fmt: skip
    except UserError:
        pass  # refused in a sentence: nothing was written


@given(st.lists(ACTION, max_size=8), st.lists(ACTION, max_size=12), st.lists(ACTION, max_size=12), st.booleans())
@seldom
def test_united_in_any_order(
    common: list[tuple[str, int, int]],
    at_home: list[tuple[str, int, int]],
    away: list[tuple[str, int, int]],
    same: bool,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home, out, fresh = (workspace(project(Path(folder), name)) for name in ("home", "out", "fresh"))
        out = Workspace(out.store, ANA if same else BO, "elsewhere")
        for action in common:
            act(home, action)
        bring_in(out.store, exported(home.store.connection), texts(home.store))
        assert state(out.store) == state(home.store)
        for action in at_home:
            act(home, action)
        for action in away:
            act(out, action)
        from_home, from_out = exported(home.store.connection), exported(out.store.connection)
        bodies = texts(home.store) | texts(out.store)
        bring_in(home.store, from_out, bodies)
        bring_in(out.store, from_home, bodies)
        bring_in(fresh.store, from_out, bodies)
        bring_in(fresh.store, from_home, bodies)
        assert state(home.store) == state(out.store) == state(fresh.store)
        assert bring_in(home.store, from_out + from_home, bodies) == 0
        for ws in (home, out, fresh):
            assert list(check(ws.store)) == []
            ws.store.close()


def test_a_step_with_other_content_is_refused(tmp_path: Path) -> None:
    home, out = (workspace(project(tmp_path, name)) for name in ("home", "out"))
    tag(home, bring(home), "quote", (0, 5))
    steps = exported(home.store.connection)
    step, changes = steps[-1]
    bring_in(out.store, steps[:-1], texts(home.store))
    before = state(out.store)
    forged = changes[-1].__class__("span", "x", changes[-1].article, "", None, changes[-1].after)
    with pytest.raises(UserError, match="damaged"):
        bring_in(out.store, [(step, [*changes[:-1], forged])], {})
    bring_in(out.store, steps, {})
    other = step._replace(title="Other")
    with pytest.raises(UserError, match="other content"):
        bring_in(out.store, [(other, changes)], {})
    assert state(out.store) != before
    assert state(out.store) == state(home.store)


def test_going_on_elsewhere_keeps_a_layer_that_was_undone_here(tmp_path: Path) -> None:
    home, out = (workspace(project(tmp_path, name), device=name) for name in ("home", "out"))
    article = bring(home)
    tag(home, article, "quote", (0, 5))
    bring_in(out.store, exported(home.store.connection), texts(home.store))
    tag(out, article, "cue", (6, 9))
    home.undo()
    assert my_layer(home, article) is None
    bring_in(home.store, exported(out.store.connection), {})
    assert [span.label for span in home.store.spans(article.id, VisibleLayers.ALL)] == ["cue"]
    assert my_layer(home, article) is not None
    with pytest.raises(Stale):
        home.redo()  # the layer is here already, so the first label's step no longer fits


def test_one_goes_on_after_a_union(tmp_path: Path) -> None:
    home, out = (workspace(project(tmp_path, name)) for name in ("home", "out"))
    article = bring(home)
    bring_in(out.store, exported(home.store.connection), texts(home.store))
    out = Workspace(out.store, BO, "elsewhere")
    for place in ((0, 3), (4, 7), (8, 11)):
        tag(out, article, "quote", place)
    tag(home, article, "cue", (0, 5))
    bring_in(home.store, exported(out.store.connection), {})
    tag(home, article, "cue", (6, 9))
    assert len(home.store.spans(article.id, VisibleLayers.ALL)) == 5
    assert list(check(home.store)) == []
