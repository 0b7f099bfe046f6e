"""What the offsets of a brat file count: code points of the text, or what other programs take for them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from annotator.domain.text import storable
from annotator.formats.brat_lines import Mention
from annotator.formats.strict_json import shown
from annotator.i18n import _

Pieces = tuple[tuple[int, int], ...]
"""Starts and ends in code points of our text, in the file's order."""
Reading = Callable[[Mention], Pieces]
_LINE_END = re.compile("\r\n|[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]")


def reading(text: str, mentions: Sequence[Mention], *, marked: bool) -> tuple[Reading, str]:
    """Return how the offsets are to be read, and a note where that is not as they stand.

    The quotes decide: another count is taken only where more of them fit. `marked` tells that the file of the text
    opens with a byte-order mark, which is no character of ours and one of brat's.
    """
    best: Reading = _as_they_stand
    words = ""
    least = sum(not unfit(text, it, it.pieces) for it in mentions)
    if least == len(mentions):
        return best, words
    for other, note in _others(text, marked):
        fitting = sum(it.quote is not None and not unfit(text, it, other(it)) for it in mentions)
        if fitting > least:
            best, words, least = other, note, fitting
    return best, words


def _as_they_stand(mention: Mention) -> Pieces:
    return mention.pieces


def _others(text: str, marked: bool) -> Iterator[tuple[Reading, str]]:
    shifts = [0, 1] if marked else [0]
    ends = [match.start() - number for number, match in enumerate(re.finditer("\r\n", text))]
    for collapsed in (False, True) if ends else (False,):
        for shift in shifts:
            if not (shift or collapsed):
                continue
            notes = []
            if shift:
                notes.append(_("The offsets count the byte-order mark of the text."))
            if collapsed:
                notes.append(_("The offsets count a line end as one character."))
            yield _counted(ends if collapsed else [], shift), " ".join(notes)


def _counted(ends: list[int], shift: int) -> Reading:
    """Return a reading; `ends` are the places of CR LF where each of them counts once."""

    def place(offset: int) -> int:
        return offset - shift + bisect_left(ends, offset - shift)

    return lambda mention: tuple((place(start), place(end)) for start, end in mention.pieces)


def unfit(text: str, mention: Mention, pieces: Pieces) -> str:
    """Return why a mention cannot stand on these pieces of the text, "" where it can."""
    for start, end in pieces:
        if start < 0:
            return _("It starts at {start}, before the text.").format(start=start)
        if start >= end:
            return _("It starts at {start} and ends at {end}: it is empty or reversed.").format(start=start, end=end)
        if end > len(text):
            return _("It ends at {end}, after the end of the text at {length}.").format(end=end, length=len(text))
    quote = mention.quote
    if quote is None:
        return ""
    size = sum(end - start for start, end in pieces) + len(pieces) - 1
    # Whatever is much longer is not cut out: a thousand lines may name the whole of a long text.
    said = " ".join(text[start:end] for start, end in pieces) if len(quote) <= size <= 2 * len(quote) else None
    # A line holds no line end: brat has a blank in its place, as others have.
    if said is not None and (said == quote or _LINE_END.sub(" ", said) == _LINE_END.sub(" ", storable(quote)[0])):
        return ""
    there = " ".join(text[start : min(end, start + 60)] for start, end in pieces[:8])
    return _("The text there is {there}, not the quoted {quote}.").format(there=shown(there), quote=shown(quote))
