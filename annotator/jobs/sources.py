"""What an import reads: a file's records by its format, looked at before it is opened."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any

from annotator.domain.article import Annotator
from annotator.domain.ids import content_article_id
from annotator.formats import catalogue, jsonl, plain_text
from annotator.formats.record import BadLine, Origin, Record, Refused
from annotator.i18n import _

STANDARD_INPUT = Path("-")
MAX_FILE = 2 * 1024**3
"""Bytes of the largest file that is read."""
_BUFFER = 1 << 18
"""Bytes; a line of an article is some 20 kB long, more than the usual buffer holds."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to import: `format` auto, text or jsonl; `encoding` of text files, "" to find out; `owner` gets the spans
    that name no annotator; `update` takes the file's side where it differs.
    """

    format: str = "auto"
    encoding: str = ""
    owner: Annotator | None = None
    update: bool = False


USUAL = Wishes()


@contextmanager
def opened(path: Path, project: Path) -> Iterator[BufferedReader[Any]]:
    """Open a file for reading while `project` is open. Raises BadLine for what is no file to import, OSError."""
    if path == STANDARD_INPUT:
        yield sys.stdin.buffer  # type: ignore[misc]  # a BufferedReader wherever it is not replaced
        return
    about = path.stat()
    if stat.S_ISDIR(about.st_mode):
        raise BadLine(_("It is a folder; name the files in it."))
    if not stat.S_ISREG(about.st_mode):
        # A pipe nobody writes to, or a device without an end, would be read for ever.
        raise BadLine(_('It is no ordinary file; what a program writes can be piped in as "-".'))
    if about.st_size > MAX_FILE:
        raise BadLine(_("The file is larger than {max_file} GB; split it.").format(max_file=MAX_FILE // 1024**3))
    project = project.resolve()
    # Opening the project's own files here would drop SQLite's locks on them.
    if path.resolve().parent == project.parent and path.resolve().name.startswith(project.name):
        raise BadLine(_("It is the project itself, or a file that belongs to it."))
    with BufferedReader(path.open("rb", buffering=0), _BUFFER) as stream:
        yield stream


def records(
    path: Path, stream: BufferedReader[Any], wishes: Wishes, find: Callable[[str], str] = content_article_id
) -> Iterator[Record | Refused]:
    """Yield what stands in an opened file; `find` as in Origin. Raises BadLine for a file that is not read at all."""
    origin = Origin("stdin" if path == STANDARD_INPUT else path.stem, wishes.owner, find)
    if what := catalogue.no_text(stream.peek(catalogue.HEAD)):
        raise BadLine(_("It is {what}, not text.").format(what=what))
    if format_of(path, stream, wishes) == "jsonl":
        yield from jsonl.read(stream, origin)
    else:
        yield plain_text.read(stream.read(plain_text.MAX_FILE + 1), origin, wishes.encoding)


def format_of(path: Path, stream: BufferedReader[Any], wishes: Wishes) -> str:
    """Return the format an opened file is read in; nothing of it is consumed."""
    if wishes.format != "auto":
        return wishes.format
    return catalogue.told("" if path == STANDARD_INPUT else path.name, stream.peek(catalogue.HEAD))
