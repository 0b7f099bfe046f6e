"""Which articles a reader is looking for, as conditions on the table of articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.domain.text import storable
from annotator.storage import search

_STATE = "SELECT article FROM layer WHERE kind = 'annotator' AND owner = :me AND state"

MOST_WORDS = 40
"""Whoever pastes a page is looking for its beginning; SQLite takes no condition that is much longer."""


FIRST_LOOK = 20_000
"""Hits in the index that a quick look is content with: what most articles hold would take three times as long."""


class Wanted(NamedTuple):
    """`state` is the reader's own (new, started, done), "" for any; `words` stand in the article, all of them.

    A word is found where a word of the text begins with it, and anywhere in title and outlet, whatever its case and
    accents; by title and outlet as they are written where the article is not in the index of words yet.
    """

    state: str = ""
    words: str = ""
    marked: str = ""
    """What must stand in it, one of `domain.marked.WHATS`, "" for nothing in particular.
    Which articles these are is known by whoever follows them (`domain.marked`), and told beside this."""
    mine: bool = False
    """Whether only what is assigned to the reader is wanted."""


def condition(
    wanted: Wanted, *, complete: bool = True, quick: bool = False, among: Iterable[str] | None = None
) -> tuple[str, dict[str, str]]:
    """Return the condition on `article` as SQL, with parameters; `:me` is the reader's id.

    Only articles `among` these ids count, None for all. Where the index of words is not `complete`, what is not in it
    is looked through by title and outlet. A `quick` look takes from the index what was read first, at most FIRST_LOOK
    articles.
    """
    parts: list[str] = []
    parameters: dict[str, str] = {}
    if wanted.state == "new":
        parts.append(f"id NOT IN ({_STATE} <> 'new')")
    elif wanted.state:
        parts.append(f"id IN ({_STATE} = :state)")
        parameters["state"] = wanted.state
    if among is not None:
        parts.append("id IN (SELECT value FROM json_each(:among))")
        parameters["among"] = json.dumps(list(among))
    words = _words(wanted)
    if asked := search.expression(words):
        parameters["asked"] = asked
        # The plus: going through the articles in their order ends early, sorting what was found does not.
        most = f" LIMIT {FIRST_LOOK}" if quick else ""
        indexed = f"+n IN (SELECT rowid FROM search WHERE search MATCH :asked{most})"
        if not complete:
            indexed = f"CASE WHEN {search.CURRENT} THEN {indexed} ELSE {_in_headings(words, parameters)} END"
        parts.append(indexed)
    elif words:
        # Mere signs, which the index does not hold.
        parts.append(_in_headings(words, parameters))
    return " AND ".join(parts) or "1", parameters


def headings(wanted: Wanted, among: Iterable[str] | None = None) -> tuple[str, dict[str, str]]:
    """Return the condition as `condition` does, without a look into the index: by title and outlet alone."""
    where, parameters = condition(wanted._replace(words=""), among=among)
    words = _words(wanted)
    return f"{where} AND {_in_headings(words, parameters)}", parameters


def asked(wanted: Wanted) -> str:
    """Return what to ask of the index of words, "" for nothing."""
    return search.expression(_words(wanted))


def _words(wanted: Wanted) -> list[str]:
    return list(dict.fromkeys(storable(wanted.words)[0].split()))[:MOST_WORDS]


def _in_headings(words: Sequence[str], parameters: dict[str, str]) -> str:
    """Return the condition that all words stand in title or outlet, also within a word."""
    all_of = [f"({_in_heading(word, f'w{number}', parameters)})" for number, word in enumerate(words)]
    return f"({' AND '.join(all_of) or '1'})"


def _in_heading(word: str, name: str, parameters: dict[str, str]) -> str:
    """Return the condition that the word stands in title or outlet, also within a word."""
    either: list[str] = []
    for form, written in enumerate(_forms(word)):
        one = f"{name}_{form}"
        # Parsing the metadata costs more than looking at it: only where the word stands there at all.
        either.append(
            f"title LIKE :{one} ESCAPE '\\' OR "
            f"(meta LIKE :{one}m ESCAPE '\\' AND json_extract(meta, '$.outlet') LIKE :{one} ESCAPE '\\')"
        )
        parameters[one] = _containing(written)
        parameters[f"{one}m"] = _containing(json.dumps(written, ensure_ascii=False)[1:-1])
    return " OR ".join(either)


def _forms(word: str) -> list[str]:
    """Return the ways a word may be written: SQLite's LIKE takes only A to Z and a to z for the same."""
    if word.isascii():
        return [word]
    return list(dict.fromkeys((word, word.lower(), word.upper(), word.capitalize())))


def _containing(text: str) -> str:
    for sign in "\\%_":
        text = text.replace(sign, f"\\{sign}")
    return f"%{text}%"
