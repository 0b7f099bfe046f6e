"""Where sentences begin, in prose full of "Mr.", "U.S.", initials, figures, and of what people say in it."""

from __future__ import annotations

import re

_WORDS = re.compile(r"\w+")


def _set(words: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(words))


_ABBREVIATIONS = _set("""
    adm al approx art arts assoc ave bros capt cf cmdr co col corp cpl dept dr ed est et etc ex exec fig figs fr gen gov
    hon inc insp jr lt ltd maj messrs mgr mm mme mr mrs ms msgr mt mtn mx no nos op p para ph pp pres prof ref rep reps
    rev sec sen sens sgt sr st sub subs supt ts vs vol vols abs absatz anm bd bez bzw ca dgl dipl evtl gem geb ggf hrsg
    ing jh lit mag mio mrd nr od prof sog std str tel usw vgl ziff al av bd bds chap dr éd env fasc mlle m me ord p
    réf suiv art av cap dña dra dto excmo gral lic núm pág págs prof sra srta sta sto vda avv cod dott fig geom ing lett
    on pag rag sac sig bl dvs f.d jfr kl m.fl nr resp st t.ex g vs г гг д др им кв корп м напр о обл п пер пл пп просп
    проф р рис руб см соч ср ст стр т табл тел тыс ул ч чл шт эт млн млрд
""")
_MONTHS = _set("jan feb mar apr aug sept sep oct nov dec")
_BEFORE_FIGURES = _set(
    "no nos nr fig figs vol vols pp art arts abs al p para sec núm n pág ст п пп рис стр табл § ziff cap"
)
_ENDS_ANYWAY = _set("etc co corp inc ltd jr sr bros usw др al gg г")
_ORDINAL_BEFORE = _set("""
    ab am an auf beim bis das dem den der des die diesem dieser ein eine einem einen einer eines ihr ihrem ihren ihres
    im in jeden jeder mit nach sein seinem seinen seit vom vor zum zur
""")
_STARTERS = _set("""
    a after also although an and as asked at but by during for he her here his however i if in it its meanwhile
    many most no on one our she since so some that the their then there these they this those to we what when
    while who with yet you
    das dem den der die doch ein eine er es ich im in sie und wir aber auch danach nun
    le la les un une il elle ils elles on dans mais et ce cette nous
    el los las una unos en pero y este esta ella ellos
    lo gli i ma nel nella questo questa
    он она они это в на но и мы затем
    han hon den det de en ett men och
""")
_OPENING = "\"'“‘«„‚‹「『([{¿¡"
_CLOSING = "\"'”’»›)\\]}“‘״」』）】"
_BLANK = " \t\u00a0\u202f\u2009"
_STOP = re.compile(
    f"[.!?…؟۔।]+(?:[{_CLOSING}]|[\u00a0\u202f ]+[»›])*[{_BLANK}]+|[。！？｡]+[{_CLOSING}]*[{_BLANK}\u3000]*"
)
# Behind a mark on a letter (Arabic vowels, accents) there is no word's beginning, whatever \b says.
_INITIALS = re.compile(r"(?:(?<![\u0300-\u036f\u064b-\u0652])\b[^\W\d_]\.\s?)+$")
_DOUBLED = re.compile(r"\b([A-Z])\1\.$")  # EE. UU.
_LAST_WORD = re.compile(r"[^\W_]+$")
_NUMBER = re.compile(r"(?:([^\W\d_]+)\s+)?\b(\d{1,2})\.$")
_NEXT_WORD = re.compile(r"[^\W_][\w’']*")
_DASH = re.compile("[–—-][ \u00a0]*")
_QUOTED = re.compile(f"[.!?…؟۔。！？｡]+[\u00a0\u202f ]*[{_CLOSING}]")


def sentence_starts(paragraph: str) -> list[int]:
    """Return where the sentences of a paragraph begin, in code points; the first is 0."""
    starts = [0]
    for match in _STOP.finditer(paragraph):
        if match.end() < len(paragraph) and _ends(paragraph, match, starts[-1]):
            starts.append(match.end())
    return starts


def _ends(paragraph: str, match: re.Match[str], began: int) -> bool:
    following = paragraph[match.end() : match.end() + 40]
    quoted = _QUOTED.match(match.group()) is not None
    if quoted:
        # “Stop!” — he cried: the dash parts what is said from who says it.
        following = _DASH.sub("", following, count=1) if _DASH.match(following) else following
    opens = following[:1] in _OPENING
    following = following.lstrip(_OPENING)
    if not following:
        return False
    if following[0].islower():
        return False
    if quoted and not opens and _has_no_case(following[0]) and paragraph[began:].lstrip()[:1] in _OPENING + "״":
        # Where letters have no case only the order tells: what is said opens the sentence, so who said it follows.
        return False
    stop = match.group()
    if stop[0] == "." and not stop.startswith(".."):
        return _full_stop_ends(paragraph[max(0, match.start() - 39) : match.start() + 1], following)
    return True


def _has_no_case(sign: str) -> bool:
    return sign.isalpha() and sign.lower() == sign.upper()


def _full_stop_ends(before: str, following: str) -> bool:
    """Whether a full stop ends a sentence; `before` ends with it, `following` does not begin with a small letter."""
    found = _NEXT_WORD.match(following)
    next_word = found.group().lower() if found else ""
    number = _NUMBER.search(before)
    if number is not None:
        ordinal = (number.group(1) or "").lower() in _ORDINAL_BEFORE
        return not (ordinal and following[0].isalpha())
    if _INITIALS.search(before) or _DOUBLED.search(before):
        return next_word in _STARTERS
    word_match = _LAST_WORD.search(before[:-1])
    word = word_match.group().lower() if word_match else ""
    if word in _MONTHS or word in _BEFORE_FIGURES:
        return not following[0].isdigit() and (word in _MONTHS or word == "no")
    if word in _ENDS_ANYWAY:
        return next_word in _STARTERS
    return word not in _ABBREVIATIONS
