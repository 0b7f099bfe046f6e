"""Which articles a reader is looking for, as conditions on the table of articles."""

from __future__ import annotations

import json
from typing import NamedTuple

from annotator.domain.text import storable
from annotator.storage import search

_STATE = "SELECT article FROM layer WHERE kind = 'annotator' AND owner = :me AND state"

MOST_WORDS = 40
"""Whoever pastes a page is looking for its beginning; SQLite takes no condition that is much longer."""


class Wanted(NamedTuple):
    """`state` is the reader's own (new, started, done), "" for any; `words` stand in the article, all of them.

    A word is found where a word of text, title or outlet begins with it, whatever its case and accents, and anywhere
    in title and outlet as it is written.
    """

    state: str = ""
    words: str = ""


def condition(wanted: Wanted, *, texts: bool = True) -> tuple[str, dict[str, str]]:
    """Return the condition on `article` as SQL, with parameters; `:me` is the reader's id.

    Without `texts` the index of words is left alone: only titles and outlets are looked through.
    """
    parts: list[str] = []
    parameters: dict[str, str] = {}
    if wanted.state == "new":
        parts.append(f"id NOT IN ({_STATE} <> 'new')")
    elif wanted.state:
        parts.append(f"id IN ({_STATE} = :state)")
        parameters["state"] = wanted.state
    typed, _ = storable(wanted.words)
    for number, word in enumerate(list(dict.fromkeys(typed.split()))[:MOST_WORDS]):
        either = [_in_heading(word, f"w{number}", parameters)]
        if texts and (asked := _in_index(word, f"t{number}", parameters)):
            either.insert(0, asked)
        parts.append(f"({' OR '.join(either)})")
    return " AND ".join(parts) or "1", parameters


def _in_index(word: str, name: str, parameters: dict[str, str]) -> str:
    """Return the condition that the article holds words that begin so, by the index; "" for mere signs."""
    expressions = search.expressions(word)
    if not expressions:
        return ""
    parameters[name] = " AND ".join(expressions)
    return f"(n IN (SELECT rowid FROM search WHERE search MATCH :{name}) AND {search.CURRENT})"


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
