"""A picture of an article into a file: what is to be seen, and the web page, which needs no toolkit."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from annotator.formats.depicted import Depicted, Parts
from annotator.formats.webpage import pieces
from annotator.jobs.job import Cancelled, Progress, never, no_progress
from annotator.jobs.place import Place


class Pictured(NamedTuple):
    """The files that were written, none when it was stopped; `pages` of a paper, 0 where there are none."""

    files: tuple[Path, ...] = ()
    pages: int = 0

    @property
    def stopped(self) -> bool:
        """Whether nothing was written since somebody said so."""
        return not self.files


def numbered(target: Path, number: int) -> Path:
    """Return the name of one of several files (from 1)."""
    return target.with_name(f"{target.stem}-{number}{target.suffix}")


def write_page(
    depicted: Depicted,
    parts: Parts,
    target: Path,
    project: Path,
    *,
    progress: Progress = no_progress,
    cancelled: Cancelled = never,
) -> Pictured:
    """Write the article as a web page. Raises UserError, with the target as it was; see `jobs.job` for the rest."""
    total = len(depicted.text)
    with Place(target, project) as place:
        for part in pieces(depicted, parts):
            place.write(part.html.encode("utf-8"))
            progress(part.done, total)
            if cancelled():
                return Pictured()
        place.put()
    return Pictured((target,))
