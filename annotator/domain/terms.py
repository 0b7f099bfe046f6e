"""The words of a text as the search compares them: small letters without accents, signs left out.

Chinese, Japanese, Thai and other scripts that put no blanks between words are taken apart into pairs of signs, so that
a word of them is found wherever it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

_PIECE = 50_000
"""Signs that are compared in one go: the interpreter lets nobody else run meanwhile."""
_TAKEN_APART = 40
"""Letters of the longest word that is found by any of its parts."""
WITHOUT_BLANKS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao; Burmese; Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"  # Japanese
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese
)
"""Signs of the scripts that put no blanks between words, as ranges of a regular expression."""
_RUNS = re.compile(f"[{WITHOUT_BLANKS}]+|[^{WITHOUT_BLANKS}]+")
# Most words are plain already; only what holds another sign is looked at sign by sign, which takes five times as long.
_ROUGHLY = re.compile("[0-9a-z\u00aa-\u1fff\u2070-\U0010ffff]+")
_SPOKEN = re.compile("[0-9A-Za-z\u00aa-\u1fff\u2070-\U0010ffff]+")
_IS_WITHOUT_BLANKS = re.compile(f"[{WITHOUT_BLANKS}]")
# What Unicode calls letters of their own, and keyboards elsewhere lack.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
)
_VOICED = "\u3099\u309a"
"""Japanese marks that make another sound: か is not が, as e is é to somebody who is looking for a word."""


class _Compared(dict[int, str]):
    """What a sign is compared as, by its code point; worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        sign = unicodedata.normalize("NFKD", chr(code).casefold()).casefold().translate(_PLAIN)
        self[code] = found = "".join(map(_kept, sign))
        return found


def _kept(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in ("Mn", "Me") and sign not in _VOICED:
        return ""
    return sign if category[0] in "LNM" or category == "Co" else " "


_COMPARED = _Compared()


def plain(text: str) -> str:
    """Return a short text as it is compared: small letters without accents, signs and blanks as single blanks."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_COMPARED)).split())


def terms(text: str) -> set[str]:
    """Return the words of a text as they are compared."""
    found: set[str] = set()
    for start, end in pieces(text):
        piece = text[start:end]
        for word in set(_ROUGHLY.findall(piece.casefold())):
            if word.isascii():
                found.add(word)
            else:
                found.update(pair for run in _runs(word) for pair in (_pairs(run) if _has_no_blanks(run) else (run,)))
    return found


def parts(text: str) -> set[str]:
    """Return what a part of a word of the text begins: the words of `terms` with every end of each."""
    whole = terms(text)
    return whole | {word[start:] for word in whole if len(word) <= _TAKEN_APART for start in range(1, len(word))}


def beginnings(words: str) -> list[str]:
    """Return what terms of an article must begin with, for it to hold the words; nothing for mere signs."""
    found: list[str] = []
    for word in _ROUGHLY.findall(words.casefold()):
        for run in _runs(word):
            # The last sign of a run is a term only at the end of a run, and a longer one may stand in the text.
            found.extend(_pairs(run)[:-1] if len(run) > 1 and _has_no_blanks(run) else (run,))
    return list(dict.fromkeys(found))


def places(text: str, words: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where the words stand in ``text[start:end]`` as ``[start, end)`` in code points, in order.

    A word is found by its beginning, as in `beginnings`, and told as a whole; of scripts without blanks the signs
    that were looked for. `start` and `end` must not lie inside a word.
    """
    wanted = tuple(beginnings(words))
    if not wanted:
        return
    for match in _SPOKEN.finditer(text, start, len(text) if end is None else end):
        word = match.group()
        if word.isascii():
            if word.casefold().startswith(wanted):
                yield match.span()
        else:
            for first, last in _merged(_within(word, wanted)):
                yield match.start() + first, match.start() + last


def _within(word: str, wanted: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield the places in a rough word that is not plain; they may overlap."""
    pairs = tuple(begin for begin in wanted if len(begin) > 1)
    for signs in _parted(word):
        for without_blanks, group in groupby(signs, key=lambda sign: _has_no_blanks(sign.compared)):
            run = list(group)
            if not without_blanks:
                if any(part.startswith(wanted) for part in "".join(sign.compared for sign in run).split()):
                    yield run[0].start, run[-1].end
                continue
            for sign, following in zip(run, [*run[1:], None], strict=True):
                if following is not None and (sign.compared + following.compared).startswith(pairs):
                    yield sign.start, following.end
                elif sign.compared.startswith(wanted):
                    yield sign.start, sign.end


class _Sign(NamedTuple):
    """A sign with the marks on it: its place in the word, and what it is compared as."""

    start: int
    end: int
    compared: str


def _parted(word: str) -> Iterator[list[_Sign]]:
    """Yield the signs of a rough word, parted where nothing compares."""
    signs: list[_Sign] = []
    for number, sign in enumerate(word):
        compared = _COMPARED[ord(sign)]
        if signs and (not compared or compared in _VOICED):
            last = signs[-1]
            signs[-1] = _Sign(last.start, number + 1, unicodedata.normalize("NFC", last.compared + compared))
        elif compared.isspace():
            if signs:
                yield signs
            signs = []
        elif compared:
            signs.append(_Sign(number, number + 1, unicodedata.normalize("NFC", compared)))
    if signs:
        yield signs


def _merged(places: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield places of which none lies over another."""
    last: tuple[int, int] | None = None
    for place in places:
        if last is not None and place[0] < last[1]:
            last = last[0], max(last[1], place[1])
            continue
        if last is not None:
            yield last
        last = place
    if last is not None:
        yield last


def _runs(word: str) -> list[str]:
    """Return the parts of a rough word: each is plain, or wholly of a script without blanks."""
    return [
        run
        for part in unicodedata.normalize("NFC", word.translate(_COMPARED)).split()
        for run in ((part,) if part.isascii() else _RUNS.findall(part))
    ]


def _has_no_blanks(run: str) -> bool:
    return _IS_WITHOUT_BLANKS.match(run) is not None


def _pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(len(run))]


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the text as ``[start, end)`` of pieces that end at a blank, where there is one."""
    start = 0
    while len(text) - start > _PIECE:
        end = max(text.rfind(" ", start, start + _PIECE), text.rfind("\n", start, start + _PIECE)) + 1
        blank = end > 0
        end = end or start + _PIECE
        yield start, end
        # Where no blank parts them the last sign begins the next piece too: no pair of neighbours is lost.
        start = end if blank else end - 1
    yield start, len(text)
