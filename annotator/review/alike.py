"""Differences that are alike, so that one decision can be made for all of them."""

from __future__ import annotations

from typing import Any

from annotator.domain.span import Span
from annotator.review.differences import Difference, said, written


def key(difference: Difference, text: str) -> str:
    """Return what a difference has in common with those that are like it; "" where none can be.

    Alike are: a label on the same words that the same sides have and the same others lack; the same labels on the
    same words; the same label with the same words more or less before and behind; the same words in other pieces; the
    same words with attributes that differ in the same way; a field with the same values. Words are compared without
    capitals and blanks; of ties nothing is alike. `text` is that of the article.
    """
    if difference.kind == "field":
        return written(["field", difference.field, difference.values])
    sides = [None if span is None else _side(difference.kind, span, difference, text) for span in difference.spans]
    if difference.kind in ("link", "agreed") or all(side is None for side in sides):
        return ""
    # A side that did not read the article is another thing than one that has nothing there.
    return written([difference.kind, sides, difference.present])


def _side(kind: str, span: Span, difference: Difference, text: str) -> Any:
    if kind == "boundary" and len(span.fragments) == 1:
        others = [it for it in difference.spans if it is not None]
        start, end = max(it.start for it in others), min(it.end for it in others)
        if start < end and all(len(it.fragments) == 1 for it in others):
            return [span.label, _folded(text[span.start : start]), _folded(text[end : span.end])]
    words = [_folded(text[start:end]) for start, end in span.fragments]
    return [span.label, words, _differing(span, difference) if kind == "attribute" else {}]


def _differing(span: Span, difference: Difference) -> dict[str, Any]:
    values = [said(it.attributes) for it in difference.spans if it is not None]
    keys = {key for one in values for key in one if any(other.get(key) != one[key] for other in values)}
    mine = said(span.attributes)
    return {key: mine.get(key) for key in sorted(keys)}


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
