"""Import and export of a large project beside what SQLite and the encoder alone need, in turns in the same run.

`python -m tests.benchmarks.exchange`; each measure of memory runs in a process of its own. What is imported is what an
export wrote, as people exchange it; a row without a limit tells what the same articles cost as others write them.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median

import msgspec

from annotator import assets
from annotator.domain.article import Annotator, VisibleLayers
from annotator.domain.ids import uuid7
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.jobs.exporting import export
from annotator.jobs.importing import LARGE_CHUNK, import_paths
from annotator.storage.reader import Reader
from annotator.storage.store import Store

ARTICLES, FEW, SPANS, LENGTH = 10_000, 2_000, 25, 4_000
ROUNDS = 3
RATIO, GROWTH = 2.0, 1.15
ME = Annotator("0192f0c1-0000-7000-8000-00000000000a", "Ana")
TABLES = ("text", "article", "revision", "layer", "span", "step", "change")
WORDS = [
    "the",
    "harbour",
    "minister",
    "said",
    "“nobody",
    "wants",
    "this”",
    "and",
    "😄",
    "on",
    "Tuesday",
    "a",
    "second",
    "rota",
    "collapsed",
    "after",
    "talks",
]
LABELS = ("quote", "source", "cue", "claim", "evidence", "boilerplate")


def write_lines(path: Path, articles: int) -> None:
    """Write a file with so many articles, as another program would: our keys, but not all, in other bytes."""
    noise = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        for number in range(articles):
            file.write(json.dumps(_line(noise, number), ensure_ascii=False) + "\n")


def _line(noise: random.Random, number: int) -> dict[str, object]:
    text = f"Article {number}. "
    while len(text) < LENGTH:
        text += " ".join(noise.choices(WORDS, k=40)) + ". "
    text = text[:LENGTH]
    now = "2026-11-23T17:00:00.000Z"
    spans = []
    for _ in range(SPANS):
        start = noise.randrange(LENGTH - 100)
        end = start + noise.randrange(3, 90)
        quote = {"start": start, "end": end, "text": text[start:end]}
        spans.append(
            {"id": uuid7(), "source_id": "", "layer": "L", "annotator": ME.id, "label": noise.choice(LABELS)} | quote
            | {"fragments": [quote], "attributes": {}, "state": "ok", "note": "", "scheme_version": 1, "created": now,
               "updated": now}
        )  # fmt: skip
    layer = {"id": "L", "kind": "annotator", "round": 1, "annotator": {"id": ME.id, "name": ME.name}, "state": "done"}
    return {"format": "annotator-article", "version": "1.0", "id": uuid7(), "title": f"Article {number}", "text": text,
            "offsets": "code-points", "layers": [layer], "spans": spans}  # fmt: skip


def bring(lines: Path, project: Path) -> None:
    """Import the file into a new project, as the command line does."""
    Store.create(project, parse(assets.scheme_text(), "default"))
    with closing(Store.open(project)) as store:
        import_paths(Workspace(store, ME, "device"), [lines], chunk=LARGE_CHUNK)


def write_export(path: Path, articles: int) -> Path:
    """Write the articles of `write_lines` as our own export does; return the file of `write_lines`."""
    foreign, project = path.with_suffix(".foreign.jsonl"), path.with_suffix(".source.annotator")
    write_lines(foreign, articles)
    bring(foreign, project)
    export(project, path)
    project.unlink()
    return foreign


def plain(full: Path, empty: Path) -> float:
    """Return the seconds of a plain executemany of all rows of `full` into `empty`, in the order of an import."""
    with closing(sqlite3.connect(full)) as source:
        rows = {table: source.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    with closing(sqlite3.connect(empty, isolation_level=None)) as target:
        for pragma in ("journal_mode = wal", "synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON"):
            target.execute(f"PRAGMA {pragma}")
        start = time.perf_counter()
        target.execute("BEGIN IMMEDIATE")
        for table, values in rows.items():
            target.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({','.join('?' * len(values[0]))})", values)
        target.execute("COMMIT")
        return time.perf_counter() - start


def encode_only(project: Path, target: Path) -> None:
    """Select and encode the same records, without any proof."""
    encoder = msgspec.json.Encoder()
    with closing(Reader(project)) as reader, target.open("wb") as file:
        for id in reader.article_ids():
            article = reader.article(id)
            assert article is not None
            text = reader.text(article.sha256)
            spans = reader.spans(id, VisibleLayers.ALL)
            quotes = [[text[start:end] for start, end in span.fragments] for span in spans]
            layers = reader.layers(id, VisibleLayers.ALL)
            others = [reader.relations(id, VisibleLayers.ALL), reader.groups(id, VisibleLayers.ALL)]
            file.write(encoder.encode([article, text, layers, spans, quotes, others]) + b"\n")


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _peak(what: str, *paths: Path) -> float:
    """Return the peak of memory, in MB, of one import or export in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.exchange", what, *map(str, paths)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _row(name: str, ours: float, reference: float, limit: float | None, unit: str) -> int:
    ratio = ours / reference
    ok = limit is None or ratio <= limit
    measured = f"{ours:8.2f} {unit:2} {reference:8.2f} {unit:2} {ratio:6.2f}x"
    judged = "no limit" if limit is None else f"limit {limit:.2f}x  {'ok' if ok else 'TOO MUCH'}"
    print(f"{name:34} {measured}  {judged}")
    return 0 if ok else 1


def main() -> int:
    """Print a row a measure; return the number of limits that were broken."""
    folder = Path(tempfile.mkdtemp(prefix="annotator-bench-"))
    try:
        many, few = folder / "many.jsonl", folder / "few.jsonl"
        foreign = write_export(many, ARTICLES)
        write_export(few, FEW)
        return _speed(folder, many, foreign) + _memory(folder, many, few)
    finally:
        shutil.rmtree(folder)


def _speed(folder: Path, lines: Path, foreign: Path) -> int:
    ours, others, reference, written, encoded = [], [], [], [], []
    target = folder / "out.jsonl"
    for number in range(ROUNDS):
        project, empty, other = (folder / f"{number}-{what}.annotator" for what in ("ours", "plain", "foreign"))
        ours.append(_seconds(partial(bring, lines, project)))
        Store.create(empty, parse(assets.scheme_text(), "default"))
        reference.append(plain(project, empty))
        others.append(_seconds(partial(bring, foreign, other)))
        written.append(_seconds(partial(export, project, target)))
        encoded.append(_seconds(partial(encode_only, project, folder / "encoded")))
        empty.unlink()
        other.unlink()
        if number:
            project.unlink()
    print(f"{ARTICLES} articles of {LENGTH} characters with {SPANS} spans; median of {ROUNDS}")
    broken = _row("import / executemany", median(ours), median(reference), RATIO, "s")
    _row("import of foreign lines", median(others), median(reference), None, "s")
    return broken + _row("export / select and encode", median(written), median(encoded), RATIO, "s")


def _memory(folder: Path, many: Path, few: Path) -> int:
    peaks = {
        (what, file.stem): _peak(what, file, folder / f"{file.stem}.annotator", folder / "peak.jsonl")
        for what in ("import", "export")
        for file in (few, many)
    }
    broken = 0
    for what in ("import", "export"):
        name = f"memory of {what}: {ARTICLES} / {FEW}"
        broken += _row(name, peaks[what, "many"], peaks[what, "few"], GROWTH, "MB")
    return broken


def _measured(what: str, lines: Path, project: Path, target: Path) -> None:
    if what == "import":
        bring(lines, project)
    else:
        export(project, target)
    # Not ru_maxrss: a child inherits its parent's.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(int(status.split("VmHWM:")[1].split()[0]) / 1024)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _measured(sys.argv[1], *map(Path, sys.argv[2:]))
        sys.exit(0)
    sys.exit(main())
