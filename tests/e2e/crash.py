"""A child that labels in a loop and reports each finished step; the parent kills it at random and looks what is there.

The child is forked from a server that has imported everything, so that a kill costs milliseconds. What it reports goes
through a pipe unbuffered: a report that the parent has read was written after the step had been told as done.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from annotator import assets
from annotator.domain import clock, ids
from annotator.domain.article import Annotator, VisibleLayers, own_layer
from annotator.domain.scheme import parse
from annotator.editing import spans
from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.storage import backup, journal, writing
from annotator.storage.check import check
from annotator.storage.store import Store

ME = Annotator("0192f0c1-0000-7000-8000-00000000000a", "Ana")
TEXT = "“Nobody wants this,” the mayor said on Tuesday, and nobody answered. " * 20
FRESH = 50
"""Kills before a new project is begun, so that looking at all of it stays quick."""
LONGEST = 0.060
"""Seconds between the first report and the kill, at most."""

SERVER = multiprocessing.get_context("forkserver")
# One server for all of a process; whoever asks it first says what it imports.
SERVER.set_forkserver_preload([__name__, "tests.e2e.limited"])


# In the child


def work(project: str, reports: Connection, inside: Any, seed: int, fault: str) -> None:
    """Label, relabel, move, delete, undo and redo for ever; report each new span when it is told as done."""
    plant(fault, reports)
    noise = random.Random(seed)
    with closing(Store.open(project)) as store:
        _mark(store, inside)
        workspace = Workspace(store, ME, "device")
        article = store.article(next(store.article_ids()))
        assert article is not None
        while True:
            layers = {layer.id: layer for layer in store.layers(article.id, VisibleLayers.ALL)}
            layer = layers.get(own_layer(article.id, ME.id).id)
            start = noise.randrange(len(TEXT) - 20)
            id, now = ids.uuid7(), clock.now()
            step = spans.label(
                article, layer, ME, "quote", "Quote", ((start, start + noise.randrange(1, 20)),),
                id=id, now=now, scheme_version=1,
            )  # fmt: skip
            if fault == "report first":
                reports.send_bytes(id.encode())
            workspace.do(step)
            if fault != "report first":
                reports.send_bytes(id.encode())
            if noise.random() < 0.2:
                workspace.undo()
                if noise.random() < 0.5:
                    workspace.redo()


def _mark(store: Store, inside: Any) -> None:
    """Let the parent see, after the kill, whether a transaction was open."""
    real = store.writing

    @contextmanager
    def marked() -> Iterator[sqlite3.Connection]:
        inside.value = 1
        try:
            with real() as connection:
                yield connection
        finally:
            inside.value = 0

    store.writing = marked  # type: ignore[method-assign]


def long_work(project: str, reports: Connection, what: str, lines: str) -> None:
    """Import a file, take the import back, or back the project up; report that it begins."""
    with closing(Store.open(project)) as store:
        workspace = Workspace(store, ME, "device")
        reports.send_bytes(b"begins")
        if what == "import":
            import_paths(workspace, [Path(lines)])
        elif what == "undo":
            workspace.undo()
        else:
            while True:
                backup.make(Path(project), Path(lines).parent / "backups", "work")


def plant(fault: str, reports: Connection) -> None:
    """Put in a fault that the parent must find."""
    if fault == "commit first":
        real = journal.insert

        def late(connection: sqlite3.Connection, *rest: Any) -> None:
            connection.execute("COMMIT")
            connection.execute("BEGIN IMMEDIATE")
            real(connection, *rest)

        journal.insert = late
        writing.journal.insert = late


# In the parent


@dataclass
class Tally:
    """What many kills came to."""

    kills: int = 0
    inside: int = 0
    reported: int = 0
    lost: list[str] = field(default_factory=list)
    extra: Counter[int] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)

    @property
    def bad(self) -> bool:
        """Whether a reported step is lost, more than one came unreported, or something is not as written."""
        return bool(self.lost or self.findings or any(number > 1 for number in self.extra))

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.inside} inside a transaction, {self.reported} steps reported, "
            f"{len(self.lost)} lost, unreported but there {dict(self.extra)}, findings {self.findings[:3]}"
        )


def make(folder: Path, name: str) -> Path:
    """Make a project with one article."""
    path = folder / f"{name}.annotator"
    Store.create(path, parse(assets.scheme_text(), "default"))
    text = folder / f"{name}.txt"
    text.write_text(TEXT, encoding="utf-8")
    with closing(Store.open(path)) as store:
        import_paths(Workspace(store, ME, "device"), [text])
    return path


def kill_often(
    folder: Path, kills: int, *, fault: str = "", seed: int = 0, until: Callable[[Tally], bool] = lambda _: False
) -> Tally:
    """Kill so many children at work, one after the other, and look at the project after each."""
    tally = Tally()
    noise = random.Random(seed)
    project, before = Path(), set[str]()
    for number in range(kills):
        if number % FRESH == 0:
            project, before = make(folder, f"{fault or 'sound'}-{number}"), set()
        reported = _one(project, tally, noise, fault)
        before = _look(project, tally, reported, before)
        if until(tally):
            break
    return tally


def _one(project: Path, tally: Tally, noise: random.Random, fault: str) -> set[str]:
    ours, theirs = SERVER.Pipe(duplex=False)
    inside = SERVER.RawValue("i", 0)
    child = SERVER.Process(target=work, args=(str(project), theirs, inside, noise.randrange(1 << 30), fault))
    child.start()
    theirs.close()
    reported: set[str] = set()
    try:
        if not ours.poll(20):
            raise AssertionError("the child never reported")
        # The wait is the random moment of the kill, not a wait for something to happen.
        until = time.monotonic() + noise.random() * LONGEST
        while (rest := until - time.monotonic()) > 0:
            if ours.poll(rest):
                reported.add(ours.recv_bytes().decode())
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        assert child.exitcode == -signal.SIGKILL, child.exitcode
        while ours.poll(0):
            try:
                reported.add(ours.recv_bytes().decode())
            except (EOFError, OSError):  # the kill may have cut the last report
                break
    finally:
        if child.is_alive():
            child.kill()
            child.join()
        ours.close()
    tally.kills += 1
    tally.inside += inside.value
    tally.reported += len(reported)
    return reported


def kill_long_work(project: Path, what: str, lines: Path, seconds: float) -> None:
    """Kill a child so many seconds after it began long work."""
    ours, theirs = SERVER.Pipe(duplex=False)
    child = SERVER.Process(target=long_work, args=(str(project), theirs, what, str(lines)))
    child.start()
    theirs.close()
    assert ours.poll(20)
    child.join(seconds)
    if child.is_alive():
        child.kill()
    child.join()
    ours.close()


def _look(project: Path, tally: Tally, reported: set[str], before: set[str]) -> set[str]:
    with closing(Store.open(project)) as store:
        rows = store.connection.execute("SELECT DISTINCT entity FROM change WHERE kind = 'span'").fetchall()
        there = {row[0] for row in rows}
        tally.lost += sorted(reported - there)
        tally.extra[len(there - before - reported)] += 1
        tally.findings += [f"{it.what} {it.sentence}" for it in check(store)]
    return there
