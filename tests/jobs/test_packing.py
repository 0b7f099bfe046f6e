"""What is packed for whom, and a project made of it: nothing of others, nothing of one's own or shared missing."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.editing.workspace import Workspace
from annotator.exchange import package
from annotator.jobs.packing import Packed, found, pack
from annotator.storage.check import check
from annotator.storage.store import Store
from annotator.whoami import Identity
from tests.builders import ANA, BO, bring, opened, project, tag, workspace
from tests.storage.test_fold import state

CY = Annotator("0190a000-0000-7000-8000-00000000000c", "Cy")


def packed(ws: Workspace, target: Path, to: tuple[Annotator, ...] = (), **wishes: object) -> Packed:
    return pack(ws.store, Identity(ws.me, ws.device), target, recipients=to, **wishes)  # type: ignore[arg-type]


def founded(file: Path, name: str = "made") -> Store:
    """The project made of a package, with nothing wrong in it."""
    target = file.with_name(f"{name}.annotator")
    found(file, target)
    store = opened(Store.open(target))
    assert list(check(store)) == []
    return store


def bytes_of(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes())


def test_everything_packed_gives_the_same_project(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    tag(ws, article, "quote", (0, 5))
    tag(ws, article, "cue", (6, 9))
    ws.undo()
    file = tmp_path / "a.annotator-package"
    told = packed(ws, file, layers="all")
    assert (told.articles, told.steps, told.spans, told.nothing_new) == (1, 5, 1, False)
    other = founded(file)
    assert state(other) == state(ws.store)
    ours, theirs = ws.store.about(), other.about()
    assert {key: ours[key] for key in ("id", "name", "created", "seal")} == {
        key: theirs[key] for key in ("id", "name", "created", "seal")
    }
    steps = "SELECT * FROM step ORDER BY seq"
    assert other.rows(steps) == ws.store.rows(steps)
    again = Workspace(other, ANA, "laptop")
    assert again.redo_title() == ws.redo_title()
    again.redo()
    tag(again, article, "source", (10, 12))
    assert list(check(other)) == []
