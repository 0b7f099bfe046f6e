"""The words of a text as the search compares them: small letters without accents, signs left out.

Chinese, Japanese, Thai and other scripts that put no blanks between words are taken apart into pairs of signs, so that
a word of them is found wherever it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_PIECE = 50_000
"""Signs that are compared in one go: the interpreter lets nobody else run meanwhile."""
_TAKEN_APART = 40
"""Letters of the longest word that is found by any of its parts."""
_WITHOUT_BLANKS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao; Burmese; Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"  # Japanese
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese
)
_RUNS = re.compile(f"[{_WITHOUT_BLANKS}]+|[^{_WITHOUT_BLANKS}]+")
# Most words are plain already; only what holds another sign is looked at sign by sign, which takes five times as long.
_ROUGHLY = re.compile("[0-9a-z\u00aa-\u1fff\u2070-\U0010ffff]+")
_IS_WITHOUT_BLANKS = re.compile(f"[{_WITHOUT_BLANKS}]")
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


def terms(text: str) -> set[str]:
    """Return the words of a text as they are compared."""
    found: set[str] = set()
    for piece in _pieces(text):
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


def _pieces(text: str) -> Iterator[str]:
    """Yield the text in pieces that end at a blank, where there is one."""
    start = 0
    while len(text) - start > _PIECE:
        end = max(text.rfind(" ", start, start + _PIECE), text.rfind("\n", start, start + _PIECE)) + 1
        blank = end > 0
        end = end or start + _PIECE
        yield text[start:end]
        # Where no blank parts them the last sign begins the next piece too: no pair of neighbours is lost.
        start = end if blank else end - 1
    yield text[start:]
