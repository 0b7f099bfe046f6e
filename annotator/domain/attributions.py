"""Who is likely to have said a quote, and by which word: proposals of source and cue, the likeliest first.

Rules on position, words of saying and names; nothing learnt, so that it is plain where a proposal comes from. All
positions are code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.domain import functionwords as small
from annotator.domain import mentions, speech, words
from annotator.domain.mentions import QUOTES, Token
from annotator.domain.span import Fragments

Range = tuple[int, int]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MOST = 6
"""Proposals that are worth walking through."""
_FAR = 12
"""Tokens between a cue and its quote."""
_BEFORE_NAME = {"according": "to", "laut": "", "selon": "", "según": ""}
"""Cues whose source follows, with the word that belongs to them."""
_OBJECTS = frozenset(["quoting", "citing", "quotes", "cites", "zitiert", "citant", "citando"])
"""Verbs whose object is who said it."""
_OUT = frozenset(["points", "pointed", "pointing", "point"])
_PARTICLES = {
    "wies": "zurück", "weist": "zurück", "räumte": "ein", "räumten": "ein", "räumt": "ein", "teilte": "mit",
    "teilten": "mit", "teilt": "mit", "kündigte": "an", "kündigten": "an", "kündigt": "an", "lehnte": "ab",
    "lehnt": "ab", "gab": "zu", "gibt": "zu",
}  # fmt: skip
"""German verbs that stand in two parts."""
_NOUNS = _set("""
    statement statements speculation report reports state states order orders view views point points hope hopes
    warning warnings forecast forecasts claim claims charge charges request requests question questions comment
    comments estimate estimates call calls demand demands promise promises pledge pledges fears concern concerns plans
    plan understanding support thanks opinion juicio meinung avis
""")
_BEING = _set("""
    is are was were be been being isn't wasn't wird wurde wurden werden est sont été es son fue
""")
_PASSIVE = _set("""
    believed thought said reported told asked alleged expected feared considered rumoured suspected estimated
    understood known claimed assumed hoped vermutet
""")
_INTRODUCING = _set("""
    that dass daß que qu if whether ob si to as
""")


class Proposal(NamedTuple):
    """A source and a cue for a quote; either may be None, not both. `nobody` where the text says that nobody is named:
    "is believed to"."""

    source: Range | None
    cue: Fragments | None
    nobody: bool = False


class _Cue(NamedTuple):
    token: int
    last: int  # the token behind it
    gap: float
    side: str  # before, after or between the quote's pieces


def proposals(text: str, quote: Fragments, known: Iterable[Range] = ()) -> list[Proposal]:
    """Return likely sources and cues of a quote, the likeliest first, at most MOST.

    `known` are mentions that are marked as sources already: where one lies at a proposed place it is proposed itself,
    and where nothing is found the nearest before the quote is.
    """
    return _Search(text, quote, tuple(sorted(known))).found()


class _Search:
    def __init__(self, text: str, quote: Fragments, known: tuple[Range, ...]) -> None:
        self._text, self._quote, self._known = text, quote, known
        low = words.sentence_at(text, quote[0][0])[0]
        high = words.sentence_at(text, max(quote[-1][1] - 1, quote[-1][0]))[1]
        self._tokens = mentions.tokens(text, low, high)
        self._low, self._high = low, high

    def found(self) -> list[Proposal]:
        ordered: list[Proposal] = []
        for cue in sorted(self._cues(), key=lambda one: one.gap):
            nobody = self._names_nobody(cue)
            source = self._settled(self._source(cue)) if not nobody else None
            if source is None and not nobody:
                source = self._nearest()
            ordered.append(Proposal(source, self._place(cue), nobody))
        first = ordered[0] if ordered else None
        if first is not None and first.source is None and (nearest := self._nearest()) is not None:
            ordered.insert(1, Proposal(nearest, first.cue))
        if not ordered and (nearest := self._nearest()) is not None:
            ordered.append(Proposal(nearest, None))
        return list(dict.fromkeys(map(self._beside, ordered)))[:MOST]

    def _beside(self, found: Proposal) -> Proposal:
        """Return a proposal without a source that runs into the quote or the cue."""
        source = found.source
        taken = (*self._quote, *(found.cue or ()))
        if source is not None and any(start < source[1] and source[0] < end for start, end in taken):
            return Proposal(None, found.cue, found.nobody)
        return found

    # ---- cues

    def _inside(self, token: Token) -> bool:
        return any(start < token.end and token.start < end for start, end in self._quote)

    def _cues(self) -> list[_Cue]:
        found: list[_Cue] = []
        for number, token in enumerate(self._tokens):
            if self._inside(token):
                continue
            if token.text == ":" and self._follows(number):
                found.append(_Cue(number, number + 1, 2.5, "before"))
            elif token.plain == "so" and self._names(number + 1) and self._is_behind(number):
                found.append(_Cue(number, number + 1, 0.0, "after"))
            elif (
                token.plain == "acuerdo"
                and number
                and [one.plain for one in self._tokens[number - 1 : number + 2]][::2] == ["de", "con"]
            ):
                found.append(_Cue(number - 1, number + 2, 0.5, "before"))
            elif token.is_word and token.plain in speech.cues():
                last = number + 1
                partner = _BEFORE_NAME.get(token.plain)
                if partner and last < len(self._tokens) and self._tokens[last].plain == partner:
                    last += 1
                elif partner:
                    continue
                if token.plain == "heißt" and last < len(self._tokens) and self._tokens[last].plain == "es":
                    last += 1
                if token.plain in _OUT and last < len(self._tokens) and self._tokens[last].plain == "out":
                    last += 1
                gap, side = self._gap(number, last)
                if gap is not None and gap <= _FAR:
                    found.append(_Cue(number, last, gap + self._doubt(number, gap), side))
        return found

    def _names(self, number: int) -> bool:
        return number < len(self._tokens) and self._tokens[number].is_capital

    def _is_behind(self, number: int) -> bool:
        """Whether a piece of the quote ends before a token, with nothing but marks between."""
        while number > 0 and not self._tokens[number - 1].is_word and not self._inside(self._tokens[number - 1]):
            number -= 1
        return number > 0 and self._inside(self._tokens[number - 1])

    def _follows(self, number: int) -> bool:
        """Whether the quote begins right behind a token."""
        following = self._tokens[number + 1] if number + 1 < len(self._tokens) else None
        return following is not None and any(
            start <= following.start <= start + 1 or following.end == start for start, _end in self._quote
        )

    def _gap(self, first: int, last: int) -> tuple[float | None, str]:
        """Return how many tokens lie between a cue and the nearest edge of the quote, and on which side it is."""
        place, behind = self._tokens[first].start, self._tokens[last - 1].end
        best: tuple[float | None, str] = (None, "")
        for number, (start, end) in enumerate(self._quote):
            if behind <= start:
                passed = [one for one in self._tokens[last:] if one.start < start]
                gap = float(len([one for one in passed if one.is_word and one.plain not in _INTRODUCING]))
                gap += sum(2.0 for one in passed if one.text in ";—" or one.text in QUOTES)
                if passed and passed[-1].plain in _INTRODUCING:
                    gap -= 1.5
                if _is_coordinated(passed) and any(one.plain in _INTRODUCING for one in passed[:4]):
                    gap = 0.5
                side = "between" if number else "before"
            elif place >= end:
                passed = [one for one in self._tokens[:first] if one.start >= end]
                gap = float(len([one for one in passed if one.is_word]))
                gap += sum(2.0 for one in passed if one.text in ";—")
                if self._text[end - 1] not in QUOTES:
                    # Behind the mark somebody else speaks.
                    gap += sum(3.0 for one in passed if one.text in QUOTES)
                side = "between" if number + 1 < len(self._quote) else "after"
            else:
                continue
            if best[0] is None or gap < best[0]:
                best = (gap, side)
        return best

    def _doubt(self, number: int, gap: float) -> float:
        token = self._tokens[number]
        doubt = 0.0
        if token.is_capital and number > 0 and self._tokens[number - 1].is_word:
            doubt += 6.0  # a name: the State Department
        if self._is_noun(number):
            doubt += 3.0 if gap > 0 else 1.0
            if any(one.plain in ("in", "en", "dans") for one in self._tokens[max(number - 3, 0) : number]):
                doubt += 0.0 if token.plain in ("opinion", "juicio", "meinung", "avis") else 3.0
        elif token.plain in _PASSIVE and gap > 0 and self._is_passive(number, 0):
            doubt += 1.5
        if token.plain in ("state", "states") and (not number or self._inside(self._tokens[max(number - 2, 0)])):
            doubt += 6.0
        return doubt

    def _is_noun(self, number: int) -> bool:
        """Whether a word that is verb and noun is a noun here: behind an article, an adjective, a preposition."""
        if self._tokens[number].plain not in _NOUNS or not number:
            return False
        left = self._tokens[number - 1]
        if not left.is_word:
            return False
        if left.plain in small.determiners() or left.plain in small.prepositions() or left.plain.endswith("'s"):
            return True
        further = self._tokens[number - 2].plain if number > 1 else ""
        adjective = left.plain.endswith(("ern", "an", "al", "en", "ic", "ous", "ive"))
        return adjective and (left.is_capital or further in small.determiners())

    def _place(self, cue: _Cue) -> Fragments:
        first = (self._tokens[cue.token].start, self._tokens[cue.last - 1].end)
        particle = _PARTICLES.get(self._tokens[cue.token].plain)
        for one in self._tokens[cue.last :]:
            if particle == one.plain and not self._inside(one):
                return (first, (one.start, one.end))
            if one.text in ".;:" or (one.text == "," and particle != "mit"):
                break
        return (first,)

    # ---- sources

    def _source(self, cue: _Cue) -> Range | None:
        found, number = self._tokens, cue.token
        first, limit = self._first(number), self._limit(cue.last - 1)
        token = found[number]
        if token.plain in _BEFORE_NAME or token.plain in _OBJECTS or token.plain in ("so", "de"):
            return mentions.after(found, cue.last - 1, limit)
        if cue.last < len(found) and found[cue.last].plain in ("in", "by") and self._is_stated(number):
            return mentions.after(found, cue.last, limit)
        if self._is_noun(number):
            return self._whose(number)
        if token.text == ":":
            return mentions.before(found, number, first)
        if token.plain in ("zufolge",):
            return mentions.before(found, number, first)
        if cue.last < len(found) and found[cue.last].plain in ("by", "von", "par", "por"):
            return mentions.after(found, cue.last, limit)
        left = [one for one in found[first:number] if one.is_word and one.plain not in speech.between()]
        if cue.side in ("after", "between") and not left:
            return mentions.after(found, cue.last - 1, limit)
        joined = (
            not left or left[-1].plain in _JOINING or (found[number - 1].text == "," and token.plain.endswith("ing"))
        )
        if joined and (shared := self._shared(number)) is not None:
            return shared
        source = mentions.before(found, number, first)
        if source is None or self._opens(source):
            source = mentions.after(found, cue.last - 1, limit) or self._around()
        return source

    def _is_stated(self, number: int) -> bool:
        """Whether it is said where it stands: as defined in, heißt es in."""
        left = self._tokens[number - 1].plain if number else ""
        return left == "as" or self._tokens[number].plain == "heißt"

    def _around(self) -> Range | None:
        """Return who is named before the quote, where an auxiliary parts them: „Er habe den Schaden gemeldet“."""
        place = next((number for number, one in enumerate(self._tokens) if self._inside(one)), 0)
        if place and self._tokens[place - 1].plain in ("habe", "hat", "hatte", "haben", "hatten"):
            return mentions.before(self._tokens, place, self._first(place))
        return None

    def _names_nobody(self, cue: _Cue) -> bool:
        """Whether the text says that it was said, and not by whom."""
        token = self._tokens[cue.token]
        if token.plain in _BEFORE_NAME:
            return cue.last < len(self._tokens) and self._tokens[cue.last].plain == "se"
        if self._is_stated(cue.token) and cue.last < len(self._tokens) and self._tokens[cue.last].plain in ("in", "by"):
            return False
        if self._is_noun(cue.token):
            return self._whose(cue.token) is None
        by = cue.last < len(self._tokens) and self._tokens[cue.last].plain in ("by", "von", "par", "por")
        reflexive = cue.token > 0 and self._tokens[cue.token - 1].plain == "se"
        return not by and (reflexive or self._is_passive(cue.token, self._first(cue.token)))

    def _opens(self, source: Range) -> bool:
        """Whether what was found opens the clause and names nobody: "Am Freitag"."""
        number = next(number for number, one in enumerate(self._tokens) if one.start == source[0])
        first = self._tokens[number].plain
        if first in small.determiners():
            return number + 1 < len(self._tokens) and self._tokens[number + 1].plain in small.times()
        return first in small.prepositions() or first in small.times() or first in small.openers()

    def _is_passive(self, number: int, first: int) -> bool:
        """Whether nobody is said to have said it: is believed to, as reported, it is feared."""
        token = self._tokens[number]
        if token.plain not in _PASSIVE:
            return False
        place = number - 1
        while place >= first and (
            self._tokens[place].plain.endswith("ly") or self._tokens[place].plain in small.openers()
        ):
            place -= 1
        left = self._tokens[place].plain if place >= first else ""
        if left in _BEING or left in ("as", "when", "if", "once", "wie", "como"):
            return True
        following = self._tokens[number + 1].plain if number + 1 < len(self._tokens) else ""
        return token.plain in ("believed", "thought", "rumoured", "alleged") and following == "to"

    def _whose(self, number: int) -> Range | None:
        """Return whose statement, fear or opinion it is: a possessive, or an adjective with a capital."""
        left = self._tokens[number - 1]
        if left.plain in _POSSESSIVES:
            return left.start, left.end
        if left.plain.endswith(("'s", "s'")):
            return mentions.before(self._tokens, number, self._first(number))
        return (left.start, left.end) if left.is_capital and number > 1 else None

    def _shared(self, number: int) -> Range | None:
        """Return who is named before an earlier verb of the sentence, which this one shares."""
        for place in range(number - 1, -1, -1):
            one = self._tokens[place]
            if self._inside(one) and place != number - 1:
                continue
            if one.is_word and one.plain in speech.cues() and not self._inside(one) and not (one.is_capital and place):
                return mentions.before(self._tokens, place, self._first(place))
            if not one.is_word and one.text in ";:":
                break
        return self._subject(number)

    def _subject(self, number: int) -> Range | None:
        """Return whom the clause before "and" begins with: *Her grandfather* came up and told."""
        first = self._first(number)
        for place in range(number - 2, first - 1, -1):
            if self._tokens[place].plain in small.conjunctions() or self._tokens[place].text in ";:—":
                first = place + 1
                break
        for place in range(first + 1, number):
            plain = self._tokens[place].plain
            if plain in _DOING or plain in speech.between() or plain.endswith("ed"):
                return mentions.before(self._tokens, place, first)
        return None

    def _first(self, number: int) -> int:
        """Return the token with which the words before a cue begin: behind a piece of the quote."""
        while number > 0 and not self._inside(self._tokens[number - 1]):
            number -= 1
        return self._past_marks(number)

    def _past_marks(self, number: int) -> int:
        while (
            number < len(self._tokens)
            and not self._tokens[number].is_word
            and self._tokens[number].text in ",.;—–-" + "".join(QUOTES)
        ):
            number += 1
        return number

    def _limit(self, number: int) -> int:
        """Return the token before which the words behind a cue end: a piece of the quote, or the end."""
        limit = number + 1
        while limit < len(self._tokens) and not self._inside(self._tokens[limit]):
            limit += 1
        return limit

    # ---- what is marked already

    def _settled(self, source: Range | None) -> Range | None:
        """Return the marked mention at a place that was found, else the place."""
        if source is None:
            return None
        for start, end in self._known:
            if start < source[1] and source[0] < end and abs(start - source[0]) < 40:
                return start, end
        return source

    def _nearest(self) -> Range | None:
        """Return the marked mention that ends nearest before the quote."""
        ahead = [place for place in self._known if place[1] <= self._quote[0][0]]
        return max(ahead, key=lambda place: place[1]) if ahead else None


def _is_coordinated(passed: Sequence[Token]) -> bool:
    """Whether the quote is the second thing that is said: *and that*, *; that*."""
    if len(passed) < 2 or passed[-1].plain not in ("that", "que", "dass"):
        return False
    return passed[-2].plain in ("and", "y", "und", "et", "but") or passed[-2].text in ";,"


_POSSESSIVES = _set("""
    his her its their our my your su sus son sa leur sein seine seiner ihrer ihre
""")
_DOING = _set("""
    came went took gave made had has rang ran stood sat held left met got put saw knew wrote led spoke says say begins
    began goes comes takes gives makes does did is was were are
""")
_JOINING = _set("""
    and but und aber et mais y pero or
""")
