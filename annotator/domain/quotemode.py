"""How words are quoted, by their quotation marks: in the speaker's own words, in the article's, or both."""

from __future__ import annotations

from annotator.domain.quotations import quotations
from annotator.domain.span import Fragments

DIRECT, INDIRECT, MIXED = "direct", "indirect", "mixed"
_AROUND = 4_000
"""Code points on both sides in which a quotation that holds the words must begin and end."""


def mode(text: str, fragments: Fragments) -> str:
    """Return DIRECT where every letter of the fragments (code points) stands between quotation marks, INDIRECT where
    none does, else MIXED."""
    start, end = fragments[0][0], fragments[-1][1]
    low = max(start - _AROUND, 0)
    low = max(text.rfind("\n", 0, low + 1), text.rfind("\r", 0, low + 1)) + 1 if low else 0
    places = quotations(text, low, min(len(text), end + _AROUND))
    inside = outside = False
    for first, last in fragments:
        for position in range(first, last):
            if text[position].isalnum():
                if any(a < position < b for a, b in places):
                    inside = True
                else:
                    outside = True
                if inside and outside:
                    return MIXED
    return DIRECT if inside else INDIRECT
