"""Where sentences begin, in prose full of "Mr.", "U.S.", initials and figures."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    re.findall(
        r"\w+",
        """
        adm al approx assoc ave bros capt cf cmdr co col corp cpl dept dr ed est et etc fig fr gen gov hon inc jr lt
        ltd maj messrs mgr mm mme mr mrs ms msgr mt no nos ph pp pres prof ref rep reps rev sec sen sens sgt sr st
        supt ts vs vol bzw ca dipl evtl ggf nr prof str usw vgl av bd mlle sra sta dott sig г гг др им проф стр ул т
        тыс млн млрд руб
        """,
    )
)
_MONTHS = frozenset(re.findall(r"\w+", "jan feb mar apr aug sept sep oct nov dec"))
_ENDS_ANYWAY = frozenset(("etc", "co", "corp", "inc", "ltd", "jr", "sr", "bros", "usw", "др"))
_OPENING = "\"'“‘«„‚‹「『([{"
_STARTERS = frozenset(
    re.findall(
        r"\w+",
        """
        a after also although an and as asked at but by during for he her here his however i if in it its meanwhile
        many most no on one our she since so some that the their then there these they this those to we what when
        while who with yet you
        """,
    )
)
_STOP = re.compile('[.!?…]+["\'”’»›)\\]}“‘]*[ \t\u00a0\u202f\u2009]+|[。！？｡]+[”’」』）"]*\\s*')
_INITIALS = re.compile(r"(?:\b\w\.)+$")
_LAST_WORD = re.compile(r"\w+$")
_NEXT_WORD = re.compile(r"[\w’']+")


def sentence_starts(paragraph: str) -> list[int]:
    """Return where the sentences of a paragraph begin, in code points; the first is 0."""
    starts = [0]
    for match in _STOP.finditer(paragraph):
        if match.end() < len(paragraph) and _ends(paragraph, match):
            starts.append(match.end())
    return starts


def _ends(paragraph: str, match: re.Match[str]) -> bool:
    stop = match.group()
    if stop[0] in "。！？｡":
        return True
    following = paragraph[match.end() : match.end() + 40].lstrip(_OPENING)
    if not following or following[0].islower():
        return not following
    if stop.startswith(".") and not stop.startswith(".."):
        return _full_stop_ends(paragraph[: match.start() + 1][-40:], following)
    return True


def _full_stop_ends(before: str, following: str) -> bool:
    """Whether a full stop ends a sentence; `before` ends with it, `following` does not begin with a small letter."""
    found = _NEXT_WORD.match(following)
    next_word = found.group().lower() if found else ""
    if _INITIALS.search(before):
        return next_word in _STARTERS
    word_match = _LAST_WORD.search(before[:-1])
    word = word_match.group().lower() if word_match else ""
    if word in _MONTHS or (word in ("no", "nos", "nr", "fig", "vol", "pp")):
        return not following[0].isdigit()
    if word in _ENDS_ANYWAY:
        return next_word in _STARTERS
    return word not in _ABBREVIATIONS
