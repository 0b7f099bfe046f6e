"""Where the edges of a span may stand, and how a hand moves them: by word, by character, to a selection.

All positions are code points. An edge never stands at a blank: what is selected with one too many is a span without it.
"""

from __future__ import annotations

import re

from annotator.domain import graphemes, words
from annotator.domain.span import Fragments, joined

Range = tuple[int, int]

_COMMAS = ",،，、"
_LEADING = (
    r"(?:\s+"
    # Before a blank also marks that open elsewhere: “ after a letter is German and closes.
    r"|(?:[,.;:!?…)\]}\"'’”»›،؛؟]|(?<=\S)[“‘«‹])+(?=\s)"
    r"|[,.;:!?…)\]},]+(?=[“„«‹‘‚「『(\[{¿¡])"
    r"|[、。，；：！？」』）】》〉])+"
)
"""What a range may begin with that belongs to the words before it. A mark on a word stays: .50, ’tis, ”Vi."""
_NEAR = 120
"""Code points within which a dragged edge looks for a word."""


def trimmed(text: str, start: int, end: int, *, comma: bool = False) -> Range | None:
    """Return the range without blanks at its edges, and with `comma` without one at its end; None for mere blanks."""
    found = words.trimmed(text, start, end)
    if comma and found is not None and found[1] - found[0] > 1 and text[found[1] - 1] in _COMMAS:
        return words.trimmed(text, found[0], found[1] - 1)
    return found


def piece_at(fragments: Fragments, position: int) -> int:
    """Return the number of the fragment that holds the position, or is the nearest to it."""
    return min(range(len(fragments)), key=lambda number: _distance(fragments[number], position))


def _distance(fragment: Range, position: int) -> int:
    return max(fragment[0] - position, position - fragment[1], 0)


def moved(text: str, fragments: Fragments, piece: int, edge: str, direction: int, unit: str) -> Fragments:
    """Return the fragments with an edge of one of them moved by a step, or the same where it cannot move.

    `edge` is "start" or "end", `direction` -1 (left) or 1 (right), `unit` "word" or "character" (a grapheme). By words
    it stops at the word and at the marks that hang on it: after *said*, and after *said,”*. A fragment never gets
    empty; one that reaches another is joined with it.
    """
    start, end = fragments[piece]
    step = _by_character if unit == "character" else _by_word
    target = step(text, start if edge == "start" else end, edge, direction)
    if not graphemes.is_boundary(text, target):
        # A mark on a full stop is a letter to the words, and half a character to the eye.
        target = graphemes.floor(text, target) if edge == "start" else graphemes.next_boundary(text, target)
    changed = (target, end) if edge == "start" else (start, target)
    if changed[0] >= changed[1] or words.trimmed(text, *changed) != changed:
        return fragments
    return placed(fragments, piece, edge, target)


def placed(fragments: Fragments, piece: int, edge: str, position: int) -> Fragments:
    """Return the fragments with an edge of one of them at the position; the same where it would be empty."""
    start, end = fragments[piece]
    changed = (position, end) if edge == "start" else (start, position)
    if changed[0] >= changed[1]:
        return fragments
    return joined((*fragments[:piece], changed, *fragments[piece + 1 :]))


def fitted(fragments: Fragments, selection: Range) -> Fragments:
    """Return the fragments fitted to a selection: a piece that holds it becomes it, else the nearest grows to it."""
    start, end = selection
    piece = min(
        range(len(fragments)), key=lambda number: max(fragments[number][0] - end, start - fragments[number][1], 0)
    )
    low, high = fragments[piece]
    fit = selection if low <= start and end <= high else (min(low, start), max(high, end))
    return joined((*fragments[:piece], fit, *fragments[piece + 1 :]))


def without(text: str, fragments: Fragments, selection: Range) -> Fragments:
    """Return the fragments without the selected words; what is left keeps no blank at its edges. May be empty."""
    start, end = selection
    left: list[Range] = []
    for low, high in fragments:
        for part in ((low, min(high, start)), (max(low, end), high)):
            if part[0] < part[1] and (kept := trimmed(text, *part)) is not None:
                left.append(kept)
    return joined(left) if left else ()


def _by_character(text: str, position: int, edge: str, direction: int) -> int:
    step = graphemes.next_boundary if direction > 0 else graphemes.previous_boundary
    target = step(text, position)
    while 0 < target < len(text) and _beside(text, target, edge).isspace():
        target = step(text, target)
    return target


def _beside(text: str, position: int, edge: str) -> str:
    """Return the sign of the span at the edge."""
    return text[position - 1 : position] if edge == "end" else text[position : position + 1]


def _by_word(text: str, position: int, edge: str, direction: int) -> int:
    if edge == "end":
        return _next_end(text, position) if direction > 0 else _previous_end(text, position)
    return _next_start(text, position) if direction > 0 else _previous_start(text, position)


def _next_end(text: str, position: int) -> int:
    # The marks that hang on the word one stands behind come before the next word.
    if position and (marks := _marks_after(text, position)) > position:
        return marks
    return words.next_word_end(text, position)


def _previous_end(text: str, position: int) -> int:
    end = words.previous_word_end(text, position)
    marks = _marks_after(text, end) if end else 0
    return marks if end < marks < position else end


def _previous_start(text: str, position: int) -> int:
    if (marks := _marks_before(text, position)) < position:
        return marks
    return words.previous_word_start(text, position)


def _next_start(text: str, position: int) -> int:
    start = words.next_word_start(text, position)
    marks = _marks_before(text, start) if start < len(text) else start
    return marks if position < marks < start else start


def _marks_after(text: str, position: int) -> int:
    """Return the end of the marks that hang on what ends at the position: no blank, no letter, nothing that opens."""
    while position < len(text) and not text[position].isspace() and not text[position].isalnum():
        if text[position] in "“„«‹‘‚「『([{—–-":
            break
        position += 1
    return position


def _marks_before(text: str, position: int) -> int:
    """Return the start of the marks that open what begins at the position."""
    while position and text[position - 1] in "\"“„«‹‘‚'「『([{¿¡":
        position -= 1
    return position


def snapped(text: str, position: int, edge: str) -> int:
    """Return the place nearest to the position where a word, or a word with the marks on it, begins or ends."""
    low, high = words.paragraph_at(text, position)
    found: list[int] = []
    place = max(low, position - _NEAR)
    until = min(high, position + _NEAR)
    for start, end in words.words_in(text, words.safe_start(text, low, place), until):
        found += [end, _marks_after(text, end)] if edge == "end" else [start, _marks_before(text, start)]
    return min(found, key=lambda each: abs(each - position), default=position)


def whole_words(text: str, start: int, end: int) -> Range:
    """Return the range with an edge that lies inside a word put to the nearer end of it, in doubt outwards.

    As it is where nothing would be left of it. Words of scripts that put no blanks between them may be cut.
    """
    low, high = _to_words(text, start, end)
    low = after_marks(text, low, high)
    return (low, high) if text[low:high].strip() else (start, end)


def after_marks(text: str, start: int, end: int) -> int:
    """Return where the range begins without blanks and marks that close what stands before it: no span begins so.

    Marks that open (“, a bracket) stay, and so do all where no word follows within the range.
    """
    # Compiled here, and kept by re: no start of the program drags.
    found = re.compile(_LEADING).match(text, start)
    low = min(found.end(), end) if found is not None else start
    # A mark that bears an accent is one character with it.
    return graphemes.floor(text, low) if any(sign.isalnum() for sign in text[low:end]) else start


def dragged(text: str, anchor: int, position: int) -> Range:
    """Return where the anchor and the caret of a drag stand: by letters within its first word, then by whole words.

    What was dragged over besides words (blanks, a comma, a quotation mark) is kept as it is, but for what stands before
    the first word and belongs to the words before it: `after_marks`.
    """
    first = words.word_at(text, anchor)
    if first is not None and first[0] <= position <= first[1]:
        return anchor, position
    start, end = min(anchor, position), max(anchor, position)
    low, high = _to_words(text, start, end)
    if not any(sign.isalnum() for sign in text[low:high]):
        # The lesser part of a word and what stands beside: the word is meant in which the drag began, else the other.
        meant = _cut(text, anchor) or _cut(text, position) or (low, high)
        low, high = _whole(text, min(low, meant[0]), max(high, meant[1]))
    low = after_marks(text, low, high)
    return (low, high) if anchor <= position else (high, low)


def _to_words(text: str, start: int, end: int) -> Range:
    low, high = start, end
    if (first := _cut(text, start)) is not None:
        low = first[0] if start - first[0] <= first[1] - start else first[1]
    if (last := _cut(text, end)) is not None:
        high = last[1] if last[1] - end <= end - last[0] else last[0]
    low, high = _whole(text, low, high)
    return low, max(low, high)


def _whole(text: str, start: int, end: int) -> Range:
    """Widen to whole characters: a word may end inside of one, before a sign that changes its last letter."""
    return graphemes.floor(text, start), end if graphemes.is_boundary(text, end) else graphemes.next_boundary(text, end)


def _cut(text: str, position: int) -> Range | None:
    """Return the word that an edge at the position would cut; None also where words have no blanks between them."""
    word = words.word_at(text, position)
    if word is None or not word[0] < position < word[1]:
        return None
    from annotator.domain.terms import WITHOUT_BLANKS  # here: no start looks for a word

    return None if re.match(f"[{WITHOUT_BLANKS}]", text[position]) else word
