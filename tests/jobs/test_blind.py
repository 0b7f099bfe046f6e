"""What is sealed for who works here is whole for what must be whole: copies, checks, imports, packages, merging."""

from __future__ import annotations

import gzip
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain import redrawing as draw
from annotator.domain.article import Article, VisibleLayers
from annotator.editing.articles import set_state
from annotator.editing.workspace import Workspace
from annotator.jobs import exporting, importing
from annotator.jobs.merging import merge
from annotator.jobs.packing import pack
from annotator.jobs.redrawing import redraw
from annotator.storage.check import check
from annotator.storage.reader import Reader
from annotator.storage.store import Store
from annotator.whoami import Identity
from tests.blind import TRACE, own, twice, working
from tests.builders import ANA, BO

World = tuple[Path, Path, Article]


@pytest.fixture
def world(tmp_path: Path) -> World:
    without, with_, blind, _open = twice(tmp_path, fork=False)
    return without, with_, blind


def sealed(path: Path) -> Workspace:
    """Open a project as Ana's window does; the caller closes its store."""
    store = Store.open(path)
    store.seal(ANA.id)
    assert store.blind
    return Workspace(store, ANA, "laptop")


def everything(path: Path) -> dict[str, list[object]]:
    with closing(Reader(path)) as reader:
        tables = ("article", "layer", "span", "relation", "span_group", "entry", "decision", "remark")
        return {table: reader.rows(f"SELECT id FROM {table} ORDER BY id") for table in tables}


def test_a_copy_and_its_check_hold_all_of_it(world: World, tmp_path: Path) -> None:
    _without, with_, _blind = world
    ws = sealed(with_)
    with closing(ws.store):
        copy = tmp_path / "copy.annotator"
        ws.store.copy_to(copy)
        assert ws.store.findings() == []
    assert everything(copy) == everything(with_)
    with closing(Reader(copy)) as reader, closing(Reader(with_)) as whole:
        assert list(check(reader)) == list(check(whole))


def test_what_a_colleague_brought_is_known_when_it_comes_again(world: World, tmp_path: Path) -> None:
    _without, with_, _blind = world
    file = tmp_path / "all.jsonl"
    exporting.export(with_, file)
    assert TRACE in file.read_text(encoding="utf-8")
    free = tmp_path / "free.annotator"
    shutil.copy(with_, free)
    reports = []
    for ws in (sealed(with_), Workspace(Store.open(free), ANA, "laptop")):
        with closing(ws.store):
            report = importing.import_paths(ws, [file])
            reports.append((report.added, report.known, report.different, report.refused, report.spans))
            again = importing.import_paths(ws, [file])
            assert (again.added, again.known, again.refused) == (0, 2, 0)
    # As in a project where nothing is sealed.
    assert reports[0] == reports[1]
    assert reports[0][-2] == 0
    assert everything(with_) == everything(free)


def test_a_scheme_that_changes_moves_what_is_sealed_too(world: World) -> None:
    _without, with_, blind = world
    ws = sealed(with_)
    with closing(ws.store):
        redraw(ws, draw.merge(draw.begun(ws.store.scheme()), "source", "cue", attributes_too=True))
        assert ws.store.scheme().label("source") is None
        with closing(ws.store.reader(whole=True)) as reader:
            labels = {span.label for span in reader.spans(blind.id, VisibleLayers.ALL)}
            assert "source" not in labels
            assert "cue" in labels
            assert list(check(reader)) == []
        assert {span.label for span in ws.store.spans(blind.id, VisibleLayers.ALL)} == {"quote"}
        ws.undo()
        assert ws.store.scheme().label("source") is not None


def test_merged_whole_and_still_not_seen(world: World, tmp_path: Path) -> None:
    without, with_, blind = world
    file = tmp_path / "bo.annotator-package"
    store = Store.open(with_)
    with closing(store):
        pack(store, Identity(BO, "desk"), file, layers="mine")
    assert TRACE.encode() in gzip.decompress(file.read_bytes())
    ws = sealed(without)
    with closing(ws.store):
        before = ws.store.spans(blind.id, VisibleLayers.ALL)
        (report,) = merge(ws, Identity(ANA, "laptop"), [file])
        assert not report.refused
        assert ws.store.spans(blind.id, VisibleLayers.ALL) == before
        assert TRACE not in repr(list(ws.store.steps()))
        # Nor can it be looked up in a package of one's own; it follows with one that is made later.
        early = tmp_path / "early.annotator-package"
        pack(ws.store, Identity(ANA, "laptop"), early, layers="all")
        assert TRACE.encode() not in gzip.decompress(early.read_bytes())
    with working(without) as open_:
        open_.do(set_state(blind.id, own(open_, blind), ANA, "done"))
        open_.store.seal(ANA.id)
        late = tmp_path / "late.annotator-package"
        pack(open_.store, Identity(ANA, "laptop"), late, layers="all")
        assert TRACE.encode() in gzip.decompress(late.read_bytes())
        assert TRACE in repr(open_.store.spans(blind.id, VisibleLayers.ALL))
        assert list(check(open_.store)) == []
