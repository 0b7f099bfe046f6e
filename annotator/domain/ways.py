"""Ways through a text that a hand takes with one key: to what has no label yet, to the end of a clause, to a word.

All positions are code points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from annotator.domain import clauses, terms, words

Range = tuple[int, int]

_LINE_ENDS = "\r\n"


def next_unlabelled(text: str, caret: int, labelled: Sequence[Range]) -> int | None:
    """Return where the next clause, or what follows a span, begins without a label; None where nothing does.

    `labelled` are ``[start, end)`` of fragments, sorted by start.
    """
    low: int | None = words.paragraph_at(text, caret)[0]
    while low is not None:
        _, high = words.paragraph_at(text, low)
        stops = _stops(text, low, high, labelled)
        number = bisect_right(stops, caret)
        if number < len(stops):
            return stops[number]
        low = _paragraph_after(text, high)
    return None


def previous_unlabelled(text: str, caret: int, labelled: Sequence[Range]) -> int | None:
    """Return what `next_unlabelled` does, before the caret."""
    low, high = words.paragraph_at(text, caret)
    while True:
        stops = _stops(text, low, high, labelled)
        number = bisect_left(stops, caret)
        if number:
            return stops[number - 1]
        if (before := _paragraph_before(text, low)) is None:
            return None
        low, high = before


def _stops(text: str, low: int, high: int, labelled: Sequence[Range]) -> list[int]:
    """Return the places of a paragraph where something begins that has no label, sorted."""
    here = [part for part in labelled if part[0] < high and part[1] > low]
    places = {start for start, _ in clauses.clauses(text, low, high)}
    for _, end in here:
        start = words.next_word_start(text, end - 1) if end else 0
        if start < high:
            places.add(start)
    return sorted(place for place in places if not any(start <= place < end for start, end in here))


def _paragraph_after(text: str, end: int) -> int | None:
    while end < len(text) and text[end] in _LINE_ENDS:
        end += 1
    return end if end < len(text) else None


def _paragraph_before(text: str, start: int) -> Range | None:
    end = start
    while end and text[end - 1] in _LINE_ENDS:
        end -= 1
    return (words.paragraph_at(text, end)) if end else None


def clause_end(text: str, position: int) -> int:
    """Return the first end of a clause, quotation or sentence (its stop with it) after the position.

    In the next paragraph where this one has none left; the text's length at its end.
    """
    low, _ = words.paragraph_at(text, position)
    while True:
        _, high = words.paragraph_at(text, low)
        ends = _ends(text, low, high)
        number = bisect_right(ends, position)
        if number < len(ends):
            return ends[number]
        following = _paragraph_after(text, high)
        if following is None:
            return len(text)
        low = following


def clause_end_before(text: str, position: int) -> int:
    """Return the last end of a clause, quotation or sentence before the position, 0 where there is none."""
    low, high = words.paragraph_at(text, position)
    while True:
        ends = _ends(text, low, high)
        number = bisect_left(ends, position)
        if number:
            return ends[number - 1]
        if (before := _paragraph_before(text, low)) is None:
            return 0
        low, high = before


def _ends(text: str, low: int, high: int) -> list[int]:
    from annotator.domain import quotations
    from annotator.domain.sentences import sentence_starts

    ends = {end for _, end in clauses.clauses(text, low, high)}
    ends |= {end for _, end in quotations.quotations(text, low, high)}
    starts = [low + offset for offset in sentence_starts(text[low:high])]
    sentences = (words.trimmed(text, start, end) for start, end in zip(starts, [*starts[1:], high], strict=True))
    ends |= {sentence[1] for sentence in sentences if sentence is not None}
    return sorted(end for end in ends if low < end <= high)


def word_that_begins(text: str, position: int, letters: str, direction: int = 1) -> Range | None:
    """Return the next word (-1: the one before) that begins with the letters, whatever their case and accents.

    Beginning at the text's other end where there is none on the way; None where no word does.
    """
    found: Range | None = None
    first: Range | None = None
    last: Range | None = None
    for start, _ in terms.places(text, letters):
        word = words.word_at(text, start)
        if word is None or word[0] != start:
            continue
        first, last = first or word, word
        if direction > 0 and start > position:
            return word
        if direction < 0 and start < position:
            found = word
    return first if direction > 0 else found or last


def begin(text: str, caret: int) -> int:
    """Return where a selection from the caret on begins: past blanks, commas and marks that close, at what opens."""
    if caret and caret < len(text) and text[caret - 1].isalnum() and text[caret].isalnum():
        return caret
    position = caret
    while position < len(text) and (text[position].isspace() or text[position] in ",;:.!?…،؛，。、)]}”»›’\"'"):
        # A straight mark before a word opens.
        if text[position] in "\"'" and text[position + 1 : position + 2].isalnum():
            break
        position += 1
    return position if position < len(text) else caret


def sentences(text: str, start: int, end: int) -> Range:
    """Return the sentences that ``[start, end)`` touches, whole; where it is that already, the next one with them."""
    low, high = words.sentence_at(text, start)[0], words.sentence_at(text, max(end - 1, start))[1]
    if (low, high) == (start, end):
        following = high
        while following < len(text) and text[following].isspace():
            following += 1
        high = words.sentence_at(text, following)[1] if following < len(text) else high
    return min(low, start), max(high, end)
