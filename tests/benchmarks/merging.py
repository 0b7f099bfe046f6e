"""A merge of 1,000 articles with 100,000 spans, each a step of its own: its time, how long others wait, its memory.

`python -m tests.benchmarks.merging`. Beside the seconds stand ratios to a reference that does what cannot be spared:
decoding every change once.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from annotator.domain import ids
from annotator.domain.article import Article, own_layer
from annotator.domain.change import Change, Imported, Step
from annotator.domain.span import Span
from annotator.domain.text import fingerprint
from annotator.editing.workspace import Workspace
from annotator.exchange import package
from annotator.exchange.header import Header, StepLine, TextLine
from annotator.jobs.job import seldom_collecting
from annotator.jobs.merging import look, merge, unmerge
from annotator.storage import journal, payload
from annotator.storage.check import check
from annotator.storage.store import Store
from annotator.whoami import Identity
from tests.builders import ANA, BO, SCHEME

ARTICLES, SPANS = 1_000, 100
WHOLE, PAUSE, MEMORY = 10.0, 3.0, 500
"""Seconds of a merge, seconds of its transaction, megabytes beyond what the program has before."""


def made(folder: Path, articles: int = ARTICLES, spans: int = SPANS) -> tuple[Path, Path]:
    """Return a project with articles, and a package with a step for each span that a colleague made in a copy of it."""
    path = folder / "home.annotator"
    Store.create(path, SCHEME)
    with closing(Store.open(path)) as store:
        ws = Workspace(store, ANA, "laptop")
        with ws.job() as job:
            for number in range(articles):
                text = f"Article {number:05}. " + "Some words are said of it, and then some more. " * 40
                sha256 = fingerprint(text)
                article = Article(ids.content_article_id(sha256), f"Article {number}", sha256, position=number + 1)
                job.add(Step("Import article", (Change(None, Imported(article.id, article)),)), {sha256: text})
    shutil.copy(path, folder / "out.annotator")
    with closing(Store.open(folder / "out.annotator")) as store:
        ws = Workspace(store, BO, "desk")
        for id in store.article_ids():
            layer = own_layer(id, BO.id)
            begun = [Step("Begin", (Change(None, layer._replace(state="started")),))]
            steps = [Step("Label", (Change(None, _span(id, layer.id, place)),)) for place in range(spans)]
            ws.do_all([(step, {}) for step in begun + steps], "", lambda: None)
        about = store.about()
        target = folder / "bo.annotator-package"
        header = Header(ids.uuid7(), about["id"], about["name"], about["created"], "", BO, "desk", ws.clock())
        package.write(target, header, _lines(store))
    return path, target


def _span(article: str, layer: str, place: int) -> Span:
    start = 16 + 11 * place
    return Span(
        ids.uuid7(), article, layer, BO.id, "quote", ((start, start + 9),), created="2026-11-27T12:00:00.000Z",
        updated="2026-11-27T12:00:00.000Z", scheme_version=1,
    )  # fmt: skip


def _lines(store: Store) -> Any:
    for sha256, body in store.rows("SELECT sha256, body FROM text"):
        yield TextLine(sha256, body)
    for seq, step in journal.steps(store.connection):
        yield StepLine(step, tuple(journal.changes(store.connection, seq)))


def main() -> int:
    """Print a row a thing that is done; return how many took too long."""
    folder = Path(tempfile.mkdtemp(prefix="annotator-bench-"))
    try:
        path, file = made(folder)
        print(f"{ARTICLES:,} articles, {ARTICLES * SPANS:,} spans as single steps; {file.stat().st_size:,} bytes")
        return _measured(path, file)
    finally:
        shutil.rmtree(folder)


def _measured(path: Path, file: Path) -> int:
    wrong = 0
    with closing(Store.open(path)) as store:
        ws, me = Workspace(store, ANA, "laptop"), Identity(ANA, "laptop")
        reference = _timed(lambda: _decoded(file))[0]
        print(f"{'reference':12} {reference:6.2f} s")
        before = _memory()
        preview, seen = _timed(lambda: look(store, me, file))
        whole, reports = _timed(lambda: merge(ws, me, [file]))
        memory = _memory() - before
        report = reports[0]
        assert not report.refused, report.refused
        assert report.spans_new == seen.spans_new == ARTICLES * SPANS
        off, taken = _timed(lambda: unmerge(ws, report.package))
        again, brought = _timed(lambda: merge(ws, me, [file]))
        assert brought[0].spans_new == ARTICLES * SPANS
        for name, seconds, pause in (
            ("look", preview, 0.0), ("merge", whole, report.seconds), ("unmerge", off, taken.seconds),
            ("merge again", again, brought[0].seconds),
        ):  # fmt: skip
            late = seconds > WHOLE or pause > PAUSE
            wrong += late
            ratio, part = seconds / reference, pause / reference
            print(f"{name:12} {seconds:6.2f} s ({ratio:4.1f}), others wait {pause:5.2f} s ({part:4.1f})"
                  + ("  TOO SLOW" if late else ""))  # fmt: skip
        wrong += memory > MEMORY
        print(f"{'memory':12} {memory:6.0f} MB" + ("  TOO MUCH" if memory > MEMORY else ""))
        wrong += bool(list(check(store)))
    return wrong


def _decoded(file: Path) -> int:
    with package.opened(file) as opened:
        return sum(
            payload.decode(change.kind, change.after) is not None
            for _, line in opened.lines()
            if isinstance(line, StepLine)
            for change in line.changes
            if change.after is not None
        )


def _timed(action: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    with seldom_collecting():
        result = action()
    return time.perf_counter() - began, result


def _memory() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 if sys.platform != "darwin" else 1024 * 1024)


if __name__ == "__main__":
    sys.exit(main())
