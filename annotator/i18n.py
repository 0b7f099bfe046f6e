"""The sentences the user reads, in the user's language. English is what stands in the source.

Every sentence goes through `_` or, where it counts something, `n_`; what changes in it stands in braces and is put in
afterwards: `_("{name} was not written.").format(name=…)`. `resources/locale/annotator.pot` lists them all
(`packaging/make_catalog.py`); a translation is a compiled catalog beside it, LANGUAGE/LC_MESSAGES/annotator.mo.

`ANNOTATOR_LANGUAGE` in the environment overrides the system's language. `pseudo` is for tests: each sentence is
made longer and put into ⟦ ⟧, so that what was forgotten and what is cut meets the eye.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple

PSEUDO = "pseudo"
_LETTERS = str.maketrans("aeiouAEIOUcnsyCNSY", "àéîöüÀÉÎÖÜçñšýÇÑŠÝ")


class Language(NamedTuple):
    """How sentences are said: one of them; one that counts, by its number."""

    one: Callable[[str], str]
    counted: Callable[[str, str, int], str]


def _english_counted(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


ENGLISH = Language(lambda sentence: sentence, _english_counted)


def pseudo(sentence: str) -> str:
    """Return the sentence with other letters, a third longer, in ⟦ ⟧; what stands in braces stays, and so do signs."""
    if not any(letter.isalpha() for letter in sentence):
        return sentence
    parts = sentence.replace("{", "\0{").replace("}", "}\0").split("\0")
    changed = "".join(part if part.startswith("{") else part.translate(_LETTERS) for part in parts)
    return f"⟦{changed}{'·' * (len(sentence) // 3)}⟧"


def chosen(name: str) -> Language:
    """Return the language of a name like "de_DE"; English where there is no catalog of it."""
    if name == PSEUDO:
        return Language(pseudo, lambda one, many, count: pseudo(_english_counted(one, many, count)))
    if not name or name.split("_")[0].split(".")[0] in ("en", "C", "POSIX"):
        return ENGLISH
    # gettext costs 6 ms, which English need not pay.
    import gettext

    from annotator import assets

    try:
        catalog = gettext.translation("annotator", assets.catalogs(), [name])
    except OSError:
        return ENGLISH
    return Language(catalog.gettext, catalog.ngettext)


def wanted() -> str:
    """Return the name of the language the user's environment asks for."""
    for variable in ("ANNOTATOR_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return value.split(":")[0]
    return ""


_said = chosen(wanted())


def language() -> str:
    """Return the name of the language things are said in, such as "de_AT"; "" for English."""
    return "" if _said is ENGLISH else wanted().split(".")[0]


def _(sentence: str) -> str:
    """Return the sentence in the user's language; nothing for nothing, for which gettext has its own head."""
    return _said.one(sentence) if sentence else ""


def later(sentence: str) -> str:
    """Return the sentence as it stands: it goes into the catalog here, and through `_` where it is shown."""
    return sentence


def speak_english() -> None:
    """Say everything in English from now on: what programs read must not depend on the user's language."""
    global _said
    _said = ENGLISH


def n_(one: str, many: str, count: int) -> str:
    """Return the sentence for this number of things in the user's language."""
    return _said.counted(one, many, count)
