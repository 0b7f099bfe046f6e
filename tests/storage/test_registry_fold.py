"""Entries of the registry that were edited apart: united in any order they are the same, and nothing is lost."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.change import Entry, Step
from annotator.domain.errors import Stale, UserError
from annotator.domain.registry import aliases, note, roots
from annotator.editing import registry as editing
from annotator.editing.workspace import Workspace
from annotator.storage.check import check
from annotator.storage.store import Store
from annotator.storage.unite import exported
from tests.builders import ANA, BO, project, workspace
from tests.seldom import seldom
from tests.storage.test_fold import bring_in, state

WORDS = ("Ada", "Bo", "Cy", "Dee")
ACTION = st.tuples(
    st.sampled_from(
        ["add", "rename", "kind", "alias", "unalias", "ids", "note", "merge", "apart", "delete", "undo", "redo"]
    ),
    st.integers(0, 3), st.integers(0, 3),
)  # fmt: skip


def entries(store: Store) -> list[Entry]:
    rows = store.connection.execute("SELECT id FROM entry ORDER BY id").fetchall()
    return [store.value("entry", id, "") for (id,) in rows]


def act(ws: Workspace, action: tuple[str, int, int]) -> None:
    """Do something that may or may not be possible, as a person would try it."""
    what, one, other = action
    there, word = entries(ws.store), WORDS[other]
    try:
        if what == "undo":
            ws.undo()
        elif what == "redo":
            ws.redo()
        elif what == "add":
            ws.do(editing.add(editing.new(ws.new_id(), "person", word)))
        elif there:
            entry, second = there[one % len(there)], there[other % len(there)]
            make: dict[str, Callable[[], Step]] = {
                "rename": lambda: editing.rename(entry, word, keep_old=True),
                "kind": lambda: editing.set_kind(entry, word),
                "alias": lambda: editing.add_other_name(entry, word),
                "unalias": lambda: editing.remove_other_name(entry, word),
                "ids": lambda: editing.set_ids(entry, f"{WORDS[one]}:{word}"),
                "note": lambda: editing.set_note(entry, word),
                "merge": lambda: editing.merge(entry, second, roots(there)),
                "apart": lambda: editing.take_apart(entry),
                "delete": lambda: editing.delete([entry]),
            }
            ws.do(make[what]())
    except UserError:
        pass  # refused in a sentence: nothing was written


ACTIONS = st.lists(ACTION, max_size=12)


@given(ACTIONS, ACTIONS, ACTIONS, st.booleans())
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
        for action in (("add", 0, 0), ("add", 0, 1), *common):
            act(home, action)
        bring_in(out.store, exported(home.store.connection), {})
        assert state(out.store) == state(home.store)
        for action in at_home:
            act(home, action)
        for action in away:
            act(out, action)
        from_home, from_out = exported(home.store.connection), exported(out.store.connection)
        bring_in(home.store, from_out, {})
        bring_in(out.store, from_home, {})
        bring_in(fresh.store, from_out, {})
        bring_in(fresh.store, from_home, {})
        assert state(home.store) == state(out.store) == state(fresh.store)
        assert roots(entries(home.store)) == roots(entries(out.store)) == roots(entries(fresh.store))
        # What comes after the union is done by the quick road, and is what the journal says too.
        for action in away:
            act(home, action)
        for ws in (home, out, fresh):
            assert list(check(ws.store)) == []
            ws.store.close()


@pytest.fixture
def apart(tmp_path: Path) -> tuple[Workspace, Workspace]:
    home, out = (workspace(project(tmp_path, name), device=name) for name in ("home", "out"))
    home.do(editing.add(Entry("1", "person", "Ada Ødegård")))
    home.do(editing.add(Entry("2", "person", "Mayor Ødegård")))
    bring_in(out.store, exported(home.store.connection), {})
    return home, out


def exchange(home: Workspace, out: Workspace) -> None:
    from_home, from_out = exported(home.store.connection), exported(out.store.connection)
    bring_in(home.store, from_out, {})
    bring_in(out.store, from_home, {})
    assert state(home.store) == state(out.store)
    assert list(check(home.store)) == list(check(out.store)) == []


def entry(ws: Workspace, id: str) -> Entry:
    found = ws.store.value("entry", id, "")
    assert isinstance(found, Entry)
    return found


def test_both_get_their_way(apart: tuple[Workspace, Workspace]) -> None:
    home, out = apart
    home.do(editing.add_other_name(entry(home, "1"), "A. Ø."))
    home.do(editing.set_note(entry(home, "1"), "since 2019"))
    out.do(editing.add_other_name(entry(out, "1"), "Ada O."))
    out.do(editing.rename(entry(out, "1"), "Ada Marie Ødegård"))
    exchange(home, out)
    joined = entry(home, "1")
    assert (joined.name, set(aliases(joined)), note(joined)) == ("Ada Marie Ødegård", {"A. Ø.", "Ada O."}, "since 2019")
    home.undo()  # the note, though the entry is another one by now
    assert note(entry(home, "1")) == ""
    assert entry(home, "1").name == "Ada Marie Ødegård"
    exchange(home, out)


@pytest.mark.parametrize("other_way", [False, True])
def test_two_merges_of_the_same_pair_commute(apart: tuple[Workspace, Workspace], other_way: bool) -> None:
    home, out = apart
    home.do(editing.merge(entry(home, "2"), entry(home, "1"), {}))
    loser, winner = ("1", "2") if other_way else ("2", "1")
    out.do(editing.merge(entry(out, loser), entry(out, winner), {}))
    exchange(home, out)
    assert roots(entries(home.store)) == roots(entries(out.store)) == {"1": "1", "2": "1"}
    home.undo()
    exchange(home, out)
    assert roots(entries(home.store)) == ({"1": "2", "2": "2"} if other_way else {})


def test_whoever_is_overruled_cannot_undo_it_away(apart: tuple[Workspace, Workspace]) -> None:
    home, out = apart
    home.do(editing.rename(entry(home, "1"), "Ada"))
    out.do(editing.rename(entry(out, "1"), "Eda"))
    out.do(editing.rename(entry(out, "1"), "Ida"))
    exchange(home, out)
    assert entry(home, "1").name == "Ida"
    with pytest.raises(Stale):
        home.undo()


def test_who_goes_on_with_an_entry_that_was_deleted_elsewhere_keeps_it(apart: tuple[Workspace, Workspace]) -> None:
    home, out = apart
    home.do(editing.delete([entry(home, "1")]))
    out.do(editing.set_kind(entry(out, "2"), "outlet"))
    out.do(editing.set_note(entry(out, "1"), "still here"))
    exchange(home, out)
    assert (entry(home, "1").name, note(entry(home, "1"))) == ("Ada Ødegård", "still here")
