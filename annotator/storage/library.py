"""Which articles a reader is looking for, as conditions on the table of articles."""

from __future__ import annotations

import json
from typing import NamedTuple

_STATE = "SELECT article FROM layer WHERE kind = 'annotator' AND owner = :me AND state"


class Wanted(NamedTuple):
    """`state` is the reader's own (new, started, done), "" for any; `words` stand in title or outlet, all of them."""

    state: str = ""
    words: str = ""


def condition(wanted: Wanted) -> tuple[str, dict[str, str]]:
    """Return the condition on `article` as SQL, with parameters; `:me` is the reader's id."""
    parts: list[str] = []
    parameters: dict[str, str] = {}
    if wanted.state == "new":
        parts.append(f"id NOT IN ({_STATE} <> 'new')")
    elif wanted.state:
        parts.append(f"id IN ({_STATE} = :state)")
        parameters["state"] = wanted.state
    for number, word in enumerate(wanted.words.split()):
        either: list[str] = []
        for form, written in enumerate(_forms(word)):
            name = f"w{number}_{form}"
            # Parsing the metadata costs more than looking at it: only where the word stands there at all.
            either.append(
                f"title LIKE :{name} ESCAPE '\\' OR "
                f"(meta LIKE :{name}m ESCAPE '\\' AND json_extract(meta, '$.outlet') LIKE :{name} ESCAPE '\\')"
            )
            parameters[name] = _containing(written)
            parameters[f"{name}m"] = _containing(json.dumps(written, ensure_ascii=False)[1:-1])
        parts.append(f"({' OR '.join(either)})")
    return " AND ".join(parts) or "1", parameters


def _forms(word: str) -> list[str]:
    """Return the ways a word may be written: SQLite's LIKE takes only A to Z and a to z for the same."""
    if word.isascii():
        return [word]
    return list(dict.fromkeys((word, word.lower(), word.upper(), word.capitalize())))


def _containing(text: str) -> str:
    for sign in "\\%_":
        text = text.replace(sign, f"\\{sign}")
    return f"%{text}%"
