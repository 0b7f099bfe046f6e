"""A colleague beside the window: a project of theirs, made of a package, and what they send back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.domain import ids
from annotator.domain.article import Annotator, Article, own_layer
from annotator.domain.change import Change, Step
from annotator.domain.clock import now
from annotator.editing.spans import label
from annotator.editing.workspace import Workspace
from annotator.exchange.header import ENDING
from annotator.jobs.packing import found, pack
from annotator.storage.store import Store
from annotator.ui.window import MainWindow
from annotator.whoami import Identity

BO = Identity(Annotator(ids.uuid7(), "Bo"), ids.uuid7())
CEM = Identity(Annotator(ids.uuid7(), "Cem"), ids.uuid7())


def introduced(window: MainWindow, *people: Identity) -> None:
    """Let people stand in the window's project."""
    assert window.session.do(Step("Add people", tuple(Change(None, one.annotator) for one in people)))


def sent_to(window: MainWindow, who: Identity, folder: Path) -> Path:
    """Make a blind package for somebody of the window's project."""
    store = window.session.store
    assert store is not None
    path = folder / f"for {who.annotator.name}{ENDING}"
    pack(store, window.session.acting_identity, path, recipients=(who.annotator,), layers="none", replace=True)
    return path


def articles(store: Store) -> list[Article]:
    return [one for one in (store.article(id) for id in store.article_ids()) if one is not None]


def tag(store: Store, who: Identity, *places: tuple[int, int]) -> None:
    """Label places of the first article as quotes."""
    workspace = Workspace(store, who.annotator, who.device)
    (first, *_) = articles(store)
    for place in places:
        own = own_layer(first.id, who.annotator.id)
        there = store.value("layer", own.id, first.id)
        quote = store.scheme().labels[0]
        step = label(
            first, there, who.annotator, quote.id, quote.name, (place,), id=ids.uuid7(), now=now(), scheme_version=1
        )
        workspace.do(step)


@contextmanager
def at_home(folder: Path) -> Iterator[None]:
    """Be on somebody else's computer, whose settings and keys lie in this folder."""
    before = os.environ["ANNOTATOR_HOME"]
    os.environ["ANNOTATOR_HOME"] = str(folder)
    try:
        yield
    finally:
        os.environ["ANNOTATOR_HOME"] = before


def work_of(package: Path, who: Identity, folder: Path, *places: tuple[int, int], name: str = "") -> Path:
    """Open a package as a project, tag places of its first article, and pack the work for the way back."""
    with at_home(folder / f"home of {who.annotator.name}{name}"):
        project = folder / f"{who.annotator.name}{name}.annotator"
        if not project.exists():
            found(package, project)
        store = Store.open(project)
        try:
            tag(store, who, *places)
            path = folder / f"from {who.annotator.name}{name}{ENDING}"
            pack(store, who, path, layers="mine", replace=True)
        finally:
            store.close()
    return path
