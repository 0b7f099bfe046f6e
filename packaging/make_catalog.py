"""Write `resources/locale/annotator.pot`: every sentence the program says, for translators.

    python packaging/make_catalog.py           write it
    python packaging/make_catalog.py --check   fail where it is not what the program says

The sentences are those given to `_`, `n_` and `later` in the source, and those of the tables of actions, settings and
pages of the manual.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from annotator import assets
from annotator.actions import ACTIONS
from annotator.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[1]
CATALOG = ROOT / "resources" / "locale" / "annotator.pot"
_HEAD = r"""# The sentences of Annotator. Made by packaging/make_catalog.py; do not edit.
msgid ""
msgstr ""
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\n"
"""


class Sentence(NamedTuple):
    """A sentence; `many` is its form for several things, "" where it counts nothing."""

    one: str
    many: str = ""


def of_source(source: str) -> Iterator[Sentence]:
    """Yield the sentences given to `_`, `n_` and `later`. Raises ValueError for one that is not written out there."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        wanted = {"_": 1, "later": 1, "n_": 2}.get(node.func.id, 0)
        said = [it.value for it in node.args[:wanted] if isinstance(it, ast.Constant) and isinstance(it.value, str)]
        if any(isinstance(it, ast.JoinedStr | ast.BinOp) for it in node.args[:wanted]):
            raise ValueError(f"line {node.lineno}: a sentence must be written out; what changes stands in braces")
        if wanted and len(said) == wanted:
            yield Sentence(*said)


def of_tables() -> Iterator[Sentence]:
    """Yield the sentences of actions, settings and manual."""
    words: list[str] = []
    for action in ACTIONS:
        words += (action.title, action.menu, action.hint)
    for setting in SETTINGS:
        words += (setting.title, setting.group, setting.unit, setting.about, *(said for _, said in setting.choices))
    words += [title for _, title in assets.MANUAL]
    yield from (Sentence(it) for it in words if it)


def catalog() -> str:
    """Return the catalog, sorted by file."""
    places: dict[Sentence, set[str]] = {}
    for path in sorted((ROOT / "annotator").rglob("*.py")):
        for sentence in of_source(path.read_text(encoding="utf-8")):
            places.setdefault(sentence, set()).add(path.relative_to(ROOT).as_posix())
    for sentence in of_tables():
        places.setdefault(sentence, set()).add("annotator/actions.py, settings.py, assets.py")
    # gettext knows one entry for a sentence, counted or not.
    counted = {it.one for it in places if it.many}
    parts = [_HEAD]
    for sentence in sorted(places):
        if sentence.many or sentence.one not in counted:
            parts.append(_entry(sentence, sorted(places[sentence])))
    return "\n".join(parts)


def _entry(sentence: Sentence, places: list[str]) -> str:
    lines = [f"#: {place}" for place in places]
    if "{" in sentence.one:
        lines.append("#, python-brace-format")
    lines.append(f"msgid {_quoted(sentence.one)}")
    if sentence.many:
        lines += [f"msgid_plural {_quoted(sentence.many)}", 'msgstr[0] ""', 'msgstr[1] ""']
    else:
        lines.append('msgstr ""')
    return "\n".join(lines) + "\n"


def _quoted(sentence: str) -> str:
    return json.dumps(sentence, ensure_ascii=False)


def main(arguments: list[str]) -> int:
    """Write or compare; return the exit status."""
    made = catalog()
    if "--check" in arguments:
        if CATALOG.exists() and CATALOG.read_text(encoding="utf-8") == made:
            return 0
        print("resources/locale/annotator.pot is not what the program says: run packaging/make_catalog.py")
        return 1
    CATALOG.parent.mkdir(exist_ok=True)
    CATALOG.write_text(made, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
