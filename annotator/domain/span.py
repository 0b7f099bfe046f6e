"""A span: a label on one or more fragments of a revision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain.errors import BadSpan
from annotator.domain.free import NOTHING, Free
from annotator.i18n import _

Fragments = tuple[tuple[int, int], ...]

STATES = ("ok", "discuss", "unsure")


# A tuple by name and not a dataclass: it is made five times as fast, and a long article has fifty thousand of them.
class Span(NamedTuple):
    """A label on fragments ``[start, end)`` of an article's revision, offsets in code points.

    `fragments` are sorted, not empty, not touching: make them with `joined`. `attributes` and `extra`
    (unknown keys of an imported file) are never changed in place.
    """

    id: str
    article: str
    layer: str
    annotator: str
    label: str
    fragments: Fragments
    revision: int = 1
    attributes: Free = NOTHING
    state: str = "ok"
    note: str = ""
    scheme_version: int = 1
    created: str = ""
    updated: str = ""
    source_id: str = ""
    extra: Free = NOTHING

    @property
    def start(self) -> int:
        """Start of the hull in code points."""
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        """End of the hull in code points, exclusive."""
        return self.fragments[-1][1]

    def covers(self, position: int) -> bool:
        """Whether the caret position (code points) lies in or at an edge of one of the fragments."""
        return any(start <= position <= end for start, end in self.fragments)


def joined(fragments: Iterable[tuple[int, int]]) -> Fragments:
    """Return the fragments sorted, with overlapping and touching ones joined.

    Raises BadSpan when there is none, or one is empty, reversed or begins before the text.
    """
    ordered = sorted(fragments)
    if not ordered:
        raise BadSpan(_("A span needs at least one fragment."))
    result: list[tuple[int, int]] = []
    for start, end in ordered:
        if start < 0:
            raise BadSpan(_("The fragment {start}–{end} begins before the text.").format(start=start, end=end))
        if start >= end:
            raise BadSpan(_("The fragment {start}–{end} is empty or reversed.").format(start=start, end=end))
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def differing(before: Fragments, after: Fragments) -> tuple[int, int]:
    """Return where a span changed: a piece that came or moved, else one that went; the whole where all did or none."""
    came, went = [it for it in after if it not in before], [it for it in before if it not in after]
    if not before or (not came and not went):
        return after[0][0], after[-1][1]
    return (came or went)[0]


QUOTED = 400
"""Code points of a fragment that are looked at for quoting it; no place on the screen holds more."""


def quoted(text: str, fragments: Fragments, most: int = QUOTED) -> str:
    """Return the words of the fragments (code points) on one line, parted by an ellipsis; of each its beginning."""
    return " … ".join(" ".join(text[start : min(end, start + most)].split()) for start, end in fragments[:8])
