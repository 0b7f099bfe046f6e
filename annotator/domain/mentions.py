"""Mentions of somebody who speaks, before and behind a word of saying.

Without a grammar: small words, marks and capitals say where a mention begins and ends. A mention has title and
apposition ("Ines Oduya, the district's chief engineer"), as the default scheme's rules want it. Code points throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from annotator.domain import functionwords as small
from annotator.domain import speech, words

Range = tuple[int, int]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


QUOTES = frozenset('"“”„‟«»‹›‘‚「」『』')
_STOPS = frozenset(";:—–!?…") | QUOTES
_OPENS, _SHUTS = "([", ")]"


class Token(NamedTuple):
    """A word or a mark of a text, and the word in small letters."""

    start: int
    end: int
    text: str
    plain: str
    is_word: bool

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def tokens(text: str, low: int, high: int) -> list[Token]:
    """Return words and marks of ``text[low:high]``, blanks left out."""
    found: list[Token] = []
    edge = low
    for start, end in [*words.words_in(text, low, high), (high, high)]:
        for place in range(edge, start):
            if not text[place].isspace():
                found.append(Token(place, place + 1, text[place], text[place], False))
        if start < end:
            word = text[start:end]
            found.append(Token(start, end, word, word.lower().replace("’", "'"), True))
        edge = end
    return found


def before(found: Sequence[Token], verb: int, first: int) -> Range | None:
    """Return the mention that ends before the token `verb` and begins not before the token `first`."""
    last = _without_times(found, _without_between(found, verb, first), first)
    if last == first:
        return None
    if found[last - 1].plain in small.relatives() or found[last - 1].plain == "that":
        # "a clerk who said": the clerk
        return before(found, last - 1 - (last - 2 >= first and found[last - 2].text == ","), first)
    if found[last - 1].text == ",":
        return _with_apposition(found, last - 1, first)
    related = _relative(found, last, first)
    start = _start(found, related, first)
    if start >= related or (start == last - 1 and not _may_speak(found[start])):
        return None
    return found[start].start, found[last - 1].end


def _may_speak(token: Token) -> bool:
    """Whether a word alone can be a mention."""
    small_word = token.plain in small.conjunctions() or token.plain in small.prepositions()
    return token.is_word and not small_word and token.plain not in small.openers() and token.plain not in _NO_MENTION


def _without_between(found: Sequence[Token], last: int, first: int) -> int:
    """Return the token before which the words end once auxiliaries and adverbs before a verb are left out."""
    while last > first and _is_between(found, last - 1):
        last -= 1
    return last


def _without_times(found: Sequence[Token], last: int, first: int) -> int:
    """Return the token before which the words end once a time behind a mention is left out: reports *on Saturday*."""
    end = last
    while end > first and (found[end - 1].plain in small.times() or found[end - 1].plain in ("early", "late")):
        end -= 1
    if end < last and end > first and found[end - 1].plain in small.prepositions():
        end -= 1
        while end > first and found[end - 1].plain in ("early", "late"):
            end -= 1
    return end if end > first else last


def _relative(found: Sequence[Token], last: int, first: int) -> int:
    """Return the token of "who" in "an employee who asked not to be named", else `last`."""
    for place in range(last - 1, first, -1):
        if not found[place].is_word and found[place].text not in "-’'":
            break
        if found[place].plain in small.relatives() and found[place - 1].is_word:
            return last if found[place - 1].plain in small.prepositions() else place
    return last


def after(found: Sequence[Token], verb: int, limit: int) -> Range | None:
    """Return the mention that begins behind the token `verb` and ends before the token `limit`."""
    start = verb + 1
    while start < limit and _is_between(found, start) and found[start].plain not in small.determiners():
        start += 1
    if start >= limit or (not found[start].is_word and found[start].text not in _OPENS):
        return None
    first = found[start].plain
    if first in small.conjunctions() or first in _NO_MENTION or first in small.openers():
        return None
    if first in small.prepositions() and first not in small.determiners():
        return None
    if found[start].plain in speech.pronouns():
        return found[start].start, found[start].end
    end = _end(found, start, limit)
    while end < limit and found[end].text == ",":
        following = _end(found, end + 1, limit, loose=True)
        if not _is_apposition(found, end + 1, following):
            break
        end = following
    return (found[start].start, found[end - 1].end) if end > start else None


def _is_between(found: Sequence[Token], place: int) -> bool:
    """Whether the token stands between who speaks and the verb: an auxiliary or an adverb."""
    token = found[place]
    if token.plain == "a":
        # French; in English it begins a mention.
        return (
            place + 1 < len(found) and found[place + 1].plain in speech.cues() and found[place + 1].plain[-1] in "éiut"
        )
    if not token.is_word:
        return False
    if token.plain.endswith("ly") and not token.is_capital and token.plain not in _NO_ADVERBS:
        return True
    return token.plain in speech.between() or token.plain in _ADVERBS


_NO_ADVERBS = _set("""
    family weekly daily monthly ally assembly italy july bully reply
""")
_NO_MENTION = _set("""
    to it's there not out that que dass lo
""")
_ADVERBS = _set("""
    n't to thus simply merely quickly openly jointly therefore similarly
""")


def _with_apposition(found: Sequence[Token], comma: int, first: int) -> Range | None:
    """Return the mention that a comma ends: with the apposition before the comma, where it is one."""
    opened = _comma_before(found, comma, first)
    if opened is None:
        return before(found, comma, first) if comma > first else None
    earlier = _comma_before(found, opened, first)
    if earlier is not None and _is_apposition(found, earlier + 1, opened):
        name = _with_apposition(found, opened, first)
    else:
        name = before(found, opened, first)
    if name is None:
        return None
    goes_on = found[opened + 1].plain in ("and", "though", "but") and found[opened + 1].end < found[comma].start
    related = goes_on and (found[opened + 2].plain in small.relatives() or found[opened + 1].plain == "though")
    if not _is_apposition(found, opened + 1, comma) and not related:
        return name
    return name[0], found[comma - 1].end


def _comma_before(found: Sequence[Token], place: int, first: int) -> int | None:
    """Return the comma before a token within the clause, None where there is none."""
    for number in range(place - 1, first - 1, -1):
        if found[number].text == ",":
            return number
        if found[number].text in _STOPS:
            return None
    return None


def _is_apposition(found: Sequence[Token], start: int, end: int) -> bool:
    """Whether the tokens between two commas say more of who was named."""
    if start >= end or not found[start].is_word:
        return False
    word = found[start].plain
    time = start + 1 < end and found[start + 1].plain in small.times() | _NEXT
    if word in small.determiners() and time:
        return False
    if word in small.relatives() or word in small.determiners() or found[start].text.isdigit() or word == "que":
        return True
    if word in small.conjunctions() or word in small.openers() or word in small.times():
        return False
    if word in speech.cues() or word in speech.pronouns() or word in speech.between() or word.endswith("ing"):
        return False
    return word not in small.prepositions() or word == "of"


_NEXT = _set("""
    next same following previous nächsten próximo pasado mismo
""")


def _start(found: Sequence[Token], last: int, first: int) -> int:
    """Return where the mention begins that ends before the token `last`."""
    if found[last - 1].plain in speech.pronouns():
        alone = last - 2 < first or found[last - 2].plain not in small.prepositions()
        if alone:
            return last - 1
    start = last
    depth = 0
    while start > first:
        token = found[start - 1]
        if token.text in _SHUTS:
            depth += 1
        elif token.text in _OPENS:
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and start < last and _parts(found, start - 1, last, first):
            break
        start -= 1
    return _without_opening(found, start, last)


def _parts(found: Sequence[Token], place: int, last: int, first: int) -> bool:
    """Whether the mention to the right of this token cannot hold it."""
    token = found[place]
    if not token.is_word:
        return token.text not in "-’'/.&"
    if token.plain in ("and", "und", "et", "y", "e"):
        return not _joins_names(found, place, last, first)
    if token.plain in small.conjunctions() and token.plain not in small.prepositions():
        return True
    if token.plain in ("as", "als", "wie", "como", "comme"):
        return True
    if token.plain in speech.between() and token.plain not in small.determiners():
        return True
    return token.plain in speech.cues() and not token.is_capital and token.plain not in _HEADS


_HEADS = _set("""
    reports report statements claims orders hopes fears state states
""")


def _joins_names(found: Sequence[Token], place: int, last: int, first: int) -> bool:
    """Whether "and" stands between two mentions that say it together."""
    if place - 1 < first or place + 1 >= last:
        return False
    left, right = found[place - 1], found[place + 1]
    short = place - first <= 3
    return (left.is_capital and right.is_capital and left.is_word) or (short and left.is_word)


def _without_opening(found: Sequence[Token], start: int, last: int) -> int:
    """Return where the mention begins once what opens the clause ("On Friday", "Later") is left out."""
    begins = start
    for place in range(last - 1, start - 1, -1):
        token = found[place]
        if token.plain in small.determiners() and (place == start or not _leads(found[place - 1])):
            begins = place
            break
    else:
        if found[start].plain in ("with", "mit", "con", "avec", "amid") and start + 1 < last:
            begins = start + 1
        elif found[start].plain in small.prepositions():
            capital = [place for place in range(start + 1, last) if found[place].is_capital]
            named = [place for place in capital if found[place].plain not in small.times()]
            begins = next((place for place in named if not _leads(found[place - 1])), start)
    while begins < last - 1 and found[begins].plain in small.openers() | small.times() and begins == start:
        begins += 1
        start += 1
    return begins


def _leads(token: Token) -> bool:
    """Whether what follows hangs on this word."""
    return token.plain in small.prepositions() or token.plain in small.determiners()


def _end(found: Sequence[Token], start: int, limit: int, loose: bool = False) -> int:
    """Return the token before which the mention ends that begins at `start`; `loose` inside an apposition."""
    place, depth = start, 0
    while place < limit:
        token = found[place]
        if token.text in _OPENS:
            depth += 1
        elif token.text in _SHUTS:
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and place > start and _ends(found, place, limit, loose):
            break
        place += 1
    return place


def _ends(found: Sequence[Token], place: int, limit: int, loose: bool) -> bool:
    token = found[place]
    if not token.is_word:
        return token.text not in "-’'/&" and not (token.text == "." and place + 1 < limit)
    if loose:
        return False
    if token.plain in small.relatives():
        return False
    following = found[place + 1] if place + 1 < limit else None
    if token.plain in small.adding():
        time = following is not None and following.plain in small.times()
        stated = following is not None and place + 2 < limit and found[place + 2].plain in _OCCASIONS
        return time or stated
    if token.plain in ("and", "und", "et", "y", "e"):
        return following is None or not following.is_capital
    if token.plain in small.times() or token.plain in small.prepositions() or token.plain in small.conjunctions():
        return True
    if token.plain in speech.between() and token.plain not in small.determiners():
        return True
    return token.plain in speech.cues() and not token.is_capital


_OCCASIONS = _set("""
    statement interview speech letter report message post tweet meeting press conference briefing video email
    erklärung interview mitteilung gespräch communiqué entretien comunicado entrevista
""")
