"""A child whose files may grow only so far or that has only so many handles; it runs a command, or tags until it fails.

Forked from the server of `crash.py`, which has imported everything: a Python of its own took half a second each time.
"""

from __future__ import annotations

import concurrent.futures.thread  # noqa: F401  # a child without handles cannot import
import json
import os
import resource
import signal

import sqlite_utils  # noqa: F401

import annotator.formats.canonical
import annotator.jobs.exporting
import annotator.jobs.importing
import annotator.storage.backup
import annotator.storage.check
import annotator.storage.migrations  # noqa: F401
from annotator.cli.main import main
from annotator.domain.errors import UserError
from annotator.editing.workspace import Workspace
from annotator.storage.store import Store
from tests.builders import ANA, tag
from tests.e2e.crash import SERVER as SERVER


def work(what: str, path: str, limit: int, handles: int, home: str, out: str, err: str) -> None:
    """Run the command `what` (a list of words as JSON), or tag the project's first article; print what was done."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    streams = [os.devnull, out, err]
    for number, name in enumerate(streams):
        opened = os.open(name, os.O_RDONLY if number == 0 else os.O_WRONLY)
        os.dup2(opened, number)
        os.close(opened)
    # Those of the server: a gap between the numbers would be a handle more than is meant.
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.environ["ANNOTATOR_HOME"] = home
    said: dict[str, object] = {"error": ""}
    done: list[int] = []
    try:
        if what == "edit":
            store = Store.open(path)
            work = Workspace(store, ANA, "laptop")
            article = store.article(next(store.article_ids()))
            assert article is not None
            _tighten(limit, handles)
            for number in range(3000):
                tag(work, article, "quote", (number % 40, number % 40 + 5))
                done.append(number)
        else:
            _tighten(limit, handles)
            said["error"] = str(main(json.loads(what)))
    except UserError as error:
        said["error"] = f"{type(error).__name__}: {error}"
    os.write(1, b"\n" + json.dumps(said | {"done": done}).encode())
    os._exit(0)


def _tighten(limit: int, handles: int) -> None:
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    if handles:
        there = len(os.listdir("/proc/self/fd"))
        resource.setrlimit(resource.RLIMIT_NOFILE, (there + handles - 1, there + handles - 1))
