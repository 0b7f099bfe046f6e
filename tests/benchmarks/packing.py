"""Packing 1,000 articles with 25 spans each and making a project of the package: their time and memory.

`python -m tests.benchmarks.packing`. Each span is a step of its own, which is the most there can be to look at. Beside
the seconds stand ratios to a reference that does what cannot be spared: reading every line of the package once.
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

from annotator.editing.workspace import Workspace
from annotator.exchange import package
from annotator.jobs.merging import merge
from annotator.jobs.packing import found, pack
from annotator.storage.store import Store
from annotator.whoami import Identity
from tests.benchmarks.merging import made
from tests.builders import ANA, BO

ARTICLES, SPANS = 1_000, 25
PACKED, FOUNDED, MEMORY = 5.0, 10.0, 200
"""Seconds of either, megabytes beyond what the program has before."""


def main() -> int:
    """Print a row a thing that is done; return how many took too long."""
    folder = Path(tempfile.mkdtemp(prefix="annotator-bench-"))
    try:
        path, work = made(folder, ARTICLES, SPANS)
        with closing(Store.open(path)) as store:
            merge(Workspace(store, ANA, "laptop"), Identity(ANA, "laptop"), [work])
            return sum(_measured(store, folder, layers) for layers in ("all", "none"))
    finally:
        shutil.rmtree(folder)


def _measured(store: Store, folder: Path, layers: str) -> int:
    file, target = folder / f"{layers}.annotator-package", folder / f"{layers} made.annotator"
    before = _memory()
    seconds, packed = _timed(lambda: pack(store, Identity(ANA, "laptop"), file, recipients=(BO,), layers=layers))
    assert packed.spans == ARTICLES * SPANS  # of a recipient's own work nothing is left out
    reference, _lines = _timed(lambda: _read(file))
    founding, made_of = _timed(lambda: found(file, target))
    assert (made_of.articles, made_of.spans) == (ARTICLES, ARTICLES * SPANS)
    memory = _memory() - before
    print(f"{layers}: {packed.steps:,} steps, {packed.bytes:,} bytes; reference {reference:.2f} s")
    wrong = 0
    for name, took, most in (("pack", seconds, PACKED), ("found", founding, FOUNDED)):
        wrong += took > most
        print(f"{name:8} {took:6.2f} s ({took / reference:4.1f})" + ("  TOO SLOW" if took > most else ""))
    wrong += memory > MEMORY
    print(f"{'memory':8} {memory:6.0f} MB" + ("  TOO MUCH" if memory > MEMORY else ""))
    return wrong


def _read(file: Path) -> int:
    with package.opened(file) as opened:
        return sum(1 for _ in opened.lines())


def _timed(action: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = action()
    return time.perf_counter() - began, result


def _memory() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 if sys.platform != "darwin" else 1024 * 1024)


if __name__ == "__main__":
    sys.exit(main())
