"""Small real projects for the tests: own texts, the real store, a clock and ids that can be foretold."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.domain import ids
from annotator.domain.article import Annotator, Article, Layer, VisibleLayers, own_layer
from annotator.domain.change import Change, Imported, Step
from annotator.domain.scheme import Label, Scheme
from annotator.domain.span import Fragments, Span
from annotator.domain.text import fingerprint
from annotator.editing import spans
from annotator.editing.workspace import Workspace
from annotator.storage.store import Store

SCHEME = Scheme(
    "test",
    "Test",
    1,
    (
        Label("quote", "Quote", "Q", "#0072B2", "#56B4E9"),
        Label("source", "Source", "S", "#C85200", "#E69F00"),
        Label("cue", "Cue", "C", "#3B1625", "#F1DAE3"),
    ),
)
ANA = Annotator("0190a000-0000-7000-8000-00000000000a", "Ana")
BO = Annotator("0190a000-0000-7000-8000-00000000000b", "Bo")
TEXT = (
    "“We will rebuild 🏗 the quay,” said Mayor Łucja Ødegård, “before the winter comes.”\r\n\r\nNobody asked her how.\n"
)


def counted_ids(prefix: str) -> Callable[[], str]:
    """Return a source of ids that counts, told apart by a prefix of up to 8 hexadecimal digits."""
    numbers = itertools.count(1)
    return lambda: f"{prefix:0>8}-0000-7000-8000-{next(numbers):012x}"


def counted_clock(prefix: str = "2026-11-23T17:00:00") -> Callable[[], str]:
    """Return a clock that moves by a millisecond a look."""
    numbers = itertools.count()
    return lambda: f"{prefix}.{next(numbers) % 1000:03}Z"


def project(folder: Path, name: str = "project") -> Path:
    """Make an empty project."""
    path = folder / f"{name}.annotator"
    Store.create(path, SCHEME)
    return path


def workspace(path: Path, me: Annotator = ANA, device: str = "laptop") -> Workspace:
    """Open a project for writing as somebody, with the real clock and ids; closed when the test ends."""
    return Workspace(opened(Store.open(path)), me, device)


_OPENED: list[Store] = []


def opened(store: Store) -> Store:
    """Have a test's own store closed at the test's end: from Python 3.13 a forgotten connection is a warning."""
    _OPENED.append(store)
    return store


def close_opened() -> None:
    """Close what `opened` was given; what the program itself forgets to close stays to be noticed."""
    while _OPENED:
        _OPENED.pop().close()


def bring(ws: Workspace, text: str = TEXT, title: str = "Quay", spans: tuple[Span, ...] = (),
          layers: tuple[Layer, ...] = ()) -> Article:  # fmt: skip
    """Import an article as a job does."""
    sha256 = fingerprint(text)
    position = ws.store.last_position() + 1
    article = Article(ids.content_article_id(sha256), title, sha256, position=position)
    with ws.job() as job:
        imported = Imported(article.id, article, layers, spans)
        job.add(Step("Import article", (Change(None, imported),)), {sha256: text})
    return article


def my_layer(ws: Workspace, article: Article) -> Layer | None:
    """Return my layer on the article, None before I began."""
    layer: Layer | None = ws.store.value("layer", own_layer(article.id, ws.me.id).id, article.id)
    return layer


def tag(ws: Workspace, article: Article, label: str, *fragments: tuple[int, int]) -> Span:
    """Label fragments as the window does, and return the span."""
    id = ws.new_id()
    step = spans.label(
        article, my_layer(ws, article), ws.me, label, label.title(), fragments, id=id, now=ws.clock(), scheme_version=1
    )
    ws.do(step)
    span: Span = ws.store.value("span", id, article.id)
    return span


def spans_of(ws: Workspace, article: Article) -> list[tuple[str, Fragments]]:
    """Return label and fragments of every span of the article, in the order of the reader."""
    return [(span.label, span.fragments) for span in ws.store.spans(article.id, VisibleLayers.ALL)]


@contextmanager
def without_triggers(connection: sqlite3.Connection) -> Iterator[None]:
    """Let the block alter the append-only journal; the tables are as they were made afterwards."""
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        connection.execute(sql)


@contextmanager
def read_only_folder(*files: Path) -> Iterator[Path]:
    """Give a copy of the first file in a folder where nothing can be written, the others beside it; not for Windows."""
    folder = Path(tempfile.mkdtemp())
    try:
        for file in files:
            Path(shutil.copy(file, folder)).chmod(0o444)
        folder.chmod(0o555)
        # Root may write everywhere; the block is nobody's.
        was_root = os.geteuid() == 0
        if was_root:
            os.seteuid(65534)
        try:
            yield folder / files[0].name
        finally:
            if was_root:
                os.seteuid(0)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)
