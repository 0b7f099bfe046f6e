"""What an import reads: a file's records by its format, looked at before it is opened."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Any

from annotator.domain.article import Annotator
from annotator.domain.ids import content_article_id
from annotator.formats import brat, catalogue, jsonl, plain_text
from annotator.formats.record import BadLine, Origin, Record, Refused
from annotator.i18n import _

STANDARD_INPUT = Path("-")
MAX_FILE = 2 * 1024**3
"""Bytes of the largest file that is read."""
_BUFFER = 1 << 18
"""Bytes; a line of an article is some 20 kB long, more than the usual buffer holds."""
ENDINGS = (".txt", ".jsonl", ".ndjson", ".json", ".ann")
"""Of files in a folder that look like articles."""
_BRAT = (".txt", ".ann")
_NO_ARTICLES = ("annotation.conf", "visual.conf", "tools.conf", "kb_shortcuts.conf")
"""Files in which brat keeps its scheme and how it looks."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to import: `format` auto or one of catalogue.READABLE; `encoding` of text files, "" to find out; `owner` gets
    the spans that name no annotator, before those to whom `owners` gives what stands in a folder; `update` takes the
    file's side where it differs.
    """

    format: str = "auto"
    encoding: str = ""
    owner: Annotator | None = None
    update: bool = False
    owners: Mapping[Path, Annotator] = field(default_factory=dict)


USUAL = Wishes()


def within(folder: Path, endings: tuple[str, ...] = ENDINGS) -> list[Path]:
    """Return the files in a folder and those in it that look like articles, in the order of their names.

    A folder that cannot be read is returned itself: whoever opens it is told why. Hidden files are no articles.
    """
    found: list[Path] = []

    def unreadable(error: OSError) -> None:
        found.append(Path(error.filename))

    for place, folders, names in os.walk(folder, onerror=unreadable):
        folders.sort()
        found += [
            Path(place, name) for name in sorted(names) if name.lower().endswith(endings) and not name.startswith(".")
        ]
    return found


def beside(path: Path, ending: str) -> Path | None:
    """Return the file of the same name with another ending, None where there is none."""
    return next((it for end in (ending, ending.upper()) if (it := path.with_suffix(end)).is_file()), None)


def gathered(chosen: Iterable[Path], wishes: Wishes = USUAL) -> list[Path]:
    """Return the files to read, each once: the .ann of a pair of brat's stands for both, a folder for those in it.

    A folder without a .ann stays as it is, unless the format is brat. brat's settings are passed over beside articles
    of brat's.
    """
    if wishes.format not in ("auto", "brat"):
        return list(chosen)
    found: dict[Path, None] = {}
    places: set[Path] = set()
    for path in chosen:
        inside = path != STANDARD_INPUT and path.is_dir()
        files = within(path, _BRAT if wishes.format == "brat" else ENDINGS) if inside else [path]
        if inside and wishes.format == "auto" and not any(it.suffix.lower() == ".ann" for it in files):
            files = []
        for file in files or [path]:
            said = beside(file, ".ann") if file.suffix.lower() == ".txt" else None
            found[said or file] = None
            if wishes.format == "brat" or (said or file).suffix.lower() == ".ann":
                places.add(file.parent)
    return [it for it in found if it.name not in _NO_ARTICLES or it.parent not in places]


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
    path: Path,
    stream: BufferedReader[Any],
    project: Path,
    wishes: Wishes = USUAL,
    find: Callable[[str], str] = content_article_id,
) -> Iterator[Record | Refused]:
    """Yield what stands in an opened file; `find` as in Origin, `project` as in `opened`.

    Raises BadLine for a file that is not read at all, OSError.
    """
    owner = wishes.owner or wishes.owners.get(path.parent)
    origin = Origin("stdin" if path == STANDARD_INPUT else path.stem, owner, find)
    if what := catalogue.no_text(stream.peek(catalogue.HEAD)):
        raise BadLine(_("It is {what}, not text.").format(what=what))
    format = format_of(path, stream, wishes)
    if format == "jsonl":
        yield from jsonl.read(stream, origin)
    elif format == "brat":
        yield _pair(path, stream, project, origin, wishes.encoding)
    else:
        yield plain_text.read(stream.read(plain_text.MAX_FILE + 1), origin, wishes.encoding)


def _pair(path: Path, stream: BufferedReader[Any], project: Path, origin: Origin, encoding: str) -> Record:
    """Return the article of a text and what stands beside it; `path` is either of the two."""
    ending = path.suffix.lower()
    if path == STANDARD_INPUT:
        raise BadLine(_("brat’s articles are pairs of files, .txt and .ann; name them or their folder."))
    if ending not in _BRAT:
        raise BadLine(_("brat’s files end in .txt and .ann."))
    # Four people's folders hold files of the same names: their readings are told apart by the folders.
    layer = path.resolve().parent.name
    other = beside(path, ".txt" if ending == ".ann" else ".ann")
    if ending == ".txt":
        data = stream.read(plain_text.MAX_FILE + 1)
        if other is None:
            return brat.read(data, None, origin, encoding)
        with opened(other, project) as lines:
            return brat.read(data, lines, origin, encoding, layer)
    if other is None:
        raise BadLine(_("The text is missing: there is no {name} beside it.").format(name=path.stem + ".txt"))
    with opened(other, project) as text:
        if what := catalogue.no_text(text.peek(catalogue.HEAD)):
            raise BadLine(_("{name} is {what}, not text.").format(name=other.name, what=what))
        data = text.read(plain_text.MAX_FILE + 1)
    try:
        return brat.read(data, stream, origin, encoding, layer)
    except BadLine as error:
        raise BadLine(_("{name}: {reason}").format(name=other.name, reason=error)) from None


def format_of(path: Path, stream: BufferedReader[Any], wishes: Wishes) -> str:
    """Return the format an opened file is read in; nothing of it is consumed."""
    if wishes.format != "auto":
        return wishes.format
    format = catalogue.told("" if path == STANDARD_INPUT else path.name, stream.peek(catalogue.HEAD))
    return "brat" if format == "text" and path.suffix.lower() == ".txt" and beside(path, ".ann") else format
