"""What several commands share: arguments, the open project, progress, JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec

from annotator import whoami as identities
from annotator.jobs.job import Progress, no_progress
from annotator.storage.store import Store

PROJECT = click.argument("project", type=click.Path(readable=False, path_type=Path))
AS = click.option("--as", "who", metavar="NAME|ID", help="Work as this annotator; a new name makes a new one.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@contextmanager
def opened(path: Path, *, write: bool, whole: bool = False) -> Iterator[Store]:
    """Give the open project, and close it. Reading ones work beside a program that writes. Raises UserError.

    What is sealed for who works on this machine is not seen, unless it must be `whole`.
    """
    store = Store.open(path, write=write)
    try:
        if not whole and (mine := identities.identity()) is not None:
            store.seal(identities.acting(mine, store.annotators()).id)
        yield store
    finally:
        store.close()


def as_json(value: Any) -> str:
    """Return one line of JSON."""
    return msgspec.json.encode(value).decode("utf-8")


def counted(number: int, what: str) -> str:
    """Return "1 article", "2 articles"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """Give what a job reports to: a bar on the error output where that is a terminal, else nothing."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    with click.progressbar(length=1000, label=what, file=sys.stderr, show_pos=False) as bar:
        yield _per_mille(bar.update)


def _per_mille(update: Callable[[int], None]) -> Progress:
    shown = 0

    def told(done: int, total: int) -> None:
        nonlocal shown
        now = done * 1000 // total if total else 0
        if now > shown:
            update(now - shown)
            shown = now

    return told
