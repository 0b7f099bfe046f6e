"""A look at a file before it is imported: its first article as it would come in."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from annotator.formats.record import BadLine, Refused
from annotator.i18n import _
from annotator.jobs.sources import USUAL, Wishes, format_of, opened, records

SHOWN = 6_000
"""Characters of the text that are shown."""


class Preview(NamedTuple):
    """What a file begins with; `length` in code points, `fault` says why nothing can be shown."""

    title: str = ""
    text: str = ""
    length: int = 0
    spans: int = 0
    format: str = ""
    notes: tuple[str, ...] = ()
    fault: str = ""


def preview(path: Path, project: Path, wishes: Wishes = USUAL) -> Preview:
    """Return the first article of a file. Never raises for what is wrong with it: that is its `fault`."""
    try:
        with opened(path, project) as stream:
            format = format_of(path, stream, wishes)
            first = next(records(path, stream, project, wishes), None)
    except BadLine as error:
        return Preview(fault=str(error))
    except OSError as error:
        return Preview(fault=_("It cannot be read: {reason}.").format(reason=error.strerror or error))
    if first is None:
        return Preview(format=format, fault=_("The file holds no article."))
    if isinstance(first, Refused):
        return Preview(format=format, fault=_("Line {line}: {reason}").format(line=first.line, reason=first.reason))
    text = first.text
    return Preview(first.article.title, text[:SHOWN], len(text), len(first.spans), format, first.notes)
