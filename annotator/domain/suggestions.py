"""What a label would take at the caret, before anything is selected: by what its spans look like as a rule.

Pure, all positions in code points. A suggestion begins at the word under the caret or at the unit around it, and is
shown before it is taken; it may be wrong, so it must be plain where it comes from: structure and word lists, nothing
learnt.
"""

from __future__ import annotations

import re

from annotator.domain import quotations, speech, words

Range = tuple[int, int]

UNITS = {
    "quote": "said", "source": "name", "cue": "cue", "claim": "clause", "evidence": "clause", "boilerplate": "block",
}  # fmt: skip
"""What a label takes, by its id; any other takes the quotation or clause."""
_LONGEST_ATTRIBUTION = 10
"""Words of a clause that says who spoke."""
_LOOK_AHEAD = 4
"""Words within which a cue is looked for."""
_STOPS = ',;:.!?—–\n\r،؛，；：。！？"“”«»'
_NOT_OF_A_NAME = frozenset(
    [
        "that",
        "as",
        "who",
        "which",
        "whose",
        "about",
        "because",
        "amid",
        "after",
        "before",
        "when",
        "while",
        "if",
        "by",
        "than",
        "dass",
        "que",
        "qui",
    ]
)


_NAME = r"(?:\w\.|\w[\w’'\-]*)"
_CALLED = rf",[ \u00a0]({_NAME}(?:[ \u00a0]{_NAME}){{1,4}}?)(?=[,.;:!?)\"”’»]|[ \u00a0]?[—–]|\s*$|\s*[\r\n])"
"""Two to five words, of which a name may be, up to the next mark."""


def suggested(text: str, caret: int, label: str) -> Range | None:
    """Return what the label (its id) would take with the caret here, None where there is no word (of saying)."""
    word = _word_at_or_after(text, caret)
    if word is None:
        return None
    unit = UNITS.get(label, "clause")
    if unit == "cue":
        return _cue(text, word)
    if unit == "name":
        return _name(text, word)
    if unit == "block":
        return _block(text, word[0])
    if unit == "said":
        return _said(text, caret, word)
    return _clause(text, caret, word)


def _word_at_or_after(text: str, caret: int) -> Range | None:
    here = words.word_at(text, caret)
    if here is not None and here[1] > caret:
        return here
    start = (
        words.next_word_start(text, caret - 1)
        if caret
        else (words.word_at(text, 0) or (words.next_word_start(text, 0),))[0]
    )
    following = words.word_at(text, start) if start < len(text) else None
    _, high = words.paragraph_at(text, caret)
    if following is not None and following[0] < high:
        return following
    return here


def _following(text: str, word: Range, most: int) -> list[Range]:
    """Return the word and those after it up to the next mark, at most so many."""
    _, high = words.paragraph_at(text, word[0])
    found = [word]
    for each in words.words_in(text, word[1], high):
        if len(found) == most or any(sign in _STOPS for sign in text[found[-1][1] : each[0]]):
            break
        found.append(each)
    return found


def _cue(text: str, word: Range) -> Range | None:
    for each in _following(text, word, _LOOK_AHEAD):
        if text[slice(*each)].lower() in speech.cues():
            return each
    return None


def _name(text: str, word: Range) -> Range:
    """Return the words up to a mark, an auxiliary or a cue, with what they call a person; a pronoun alone."""
    taken = word
    if text[slice(*word)].lower() in speech.pronouns():
        return word
    for each in _following(text, word, 30)[1:]:
        plain = text[slice(*each)].lower()
        if plain in speech.between() or plain in _NOT_OF_A_NAME or _is_cue(text, each, plain):
            break
        taken = each
    end = taken[1]
    # A bracket that was begun is ended: a United Nations (UN) tribunal.
    if "(" in text[word[0] : end] and text[end : end + 1] == ")":
        end += 1
    start = _with_determiner(text, word[0])
    return start, _with_called(text, start, end)


def _with_determiner(text: str, start: int) -> int:
    """Return where the determiner right before a word begins, else where the word does."""
    before = words.word_at(text, start - 2) if start > 1 and text[start - 1] in " \u00a0" else None
    if before is not None and before[1] == start - 1 and text[slice(*before)].lower() in speech.determiners():
        return before[0]
    return start


def _with_called(text: str, start: int, end: int) -> int:
    """Return where the name of a person ends that is said after what they are: the mayor, Ann Lee, said."""
    what = [text[slice(*each)] for each in words.words_in(text, start, end)]
    if not any(each[0].islower() and each not in speech.determiners() for each in what):
        return end
    found = re.compile(_CALLED).match(text, end)
    if found is None:
        return end
    name = found[1].split()
    proper = all(each[0].isupper() or each in speech.particles() for each in name) and name[-1][0].isupper()
    return found.end(1) if proper else end


def _is_cue(text: str, word: Range, plain: str) -> bool:
    # "state KCNA news agency": a cue that begins with a name's first word is none.
    return plain in speech.cues() and not text[word[0]].isupper()


def _block(text: str, start: int) -> Range:
    """Return the lines around that no empty line parts."""
    low, high = words.paragraph_at(text, start)
    while (above := _line_before(text, low)) is not None and text[slice(*above)].strip():
        low = above[0]
    while (below := _line_after(text, high)) is not None and text[slice(*below)].strip():
        high = below[1]
    return words.trimmed(text, low, high) or (low, high)


def _line_before(text: str, start: int) -> Range | None:
    if start == 0:
        return None
    end = start - 1
    if end and text[end - 1 : start] == "\r\n":
        end -= 1
    return words.paragraph_at(text, end)[0], end


def _line_after(text: str, end: int) -> Range | None:
    if end >= len(text):
        return None
    start = end + (2 if text[end : end + 2] == "\r\n" else 1)
    return words.paragraph_at(text, start)


def _said(text: str, caret: int, word: Range) -> Range:
    """Return the quotation around the caret, else what the sentence says without who says it at its end."""
    start = _with_mark(text, word[0])
    around = quotations.around(text, start, word[1])
    if around:
        return around[0]
    low, high = words.sentence_at(text, word[0])
    first = low if words.sentence_at(text, caret)[0] == low and _is_first_clause(text, low, word[0], caret) else word[0]
    end = _before_attribution(text, low, high)
    if end <= word[0]:
        end = high
    if first > low or end < high:
        end = _without_stop(text, first, end)
    return first, max(end, word[1])


def _with_mark(text: str, start: int) -> int:
    return start - 1 if start and text[start - 1] in "\"“„«‹‚‘「『'" else start


def _is_first_clause(text: str, low: int, start: int, caret: int) -> bool:
    return not any(sign.isalnum() for sign in text[low : min(start, caret)])


def _before_attribution(text: str, low: int, high: int) -> int:
    """Return where what is said ends: before the last clause where that says who spoke."""
    clauses = _clauses(text, low, high)
    if len(clauses) < 2:
        return high
    start, end = clauses[-1]
    last = [text[slice(*each)].lower() for each in words.words_in(text, start, end)]
    while len(clauses) > 2 and last and last[0] in ("quoting", "citing", "adding"):
        clauses.pop()
        start, end = clauses[-1]
        last = [text[slice(*each)].lower() for each in words.words_in(text, start, end)]
    if 0 < len(last) <= _LONGEST_ATTRIBUTION and any(each in speech.cues() for each in last):
        return clauses[-2][1] + _closing_marks(text, clauses[-2][1], start)
    return high


def _closing_marks(text: str, end: int, limit: int) -> int:
    """Return how many of the signs behind a clause belong to what is said: up to its closing quotation mark."""
    marks = [number for number, sign in enumerate(text[end:limit], 1) if sign in "\"”’»›“」』'"]
    return marks[-1] if marks else 0


def _clauses(text: str, low: int, high: int) -> list[Range]:
    from annotator.domain import clauses

    return clauses.clauses(text, low, high)


def _without_stop(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t\u00a0.,;:":
        end -= 1
    return end


def _clause(text: str, caret: int, word: Range) -> Range:
    """Return the clause from the word under the caret on; the whole sentence, with its stop, where it has no other."""
    low, high = words.sentence_at(text, word[0])
    clause = words.clause_at(text, word[0])
    if clause is None:
        return word
    if len(_clauses(text, low, high)) == 1 and _is_first_clause(text, low, word[0], caret):
        return low, high
    around = quotations.around(text, word[0], word[1])
    if around and not any(sign.isalnum() for sign in text[around[0][0] : word[0]]) and clause[1] >= around[0][1] - 2:
        return around[0]
    return word[0], max(clause[1], word[1])
