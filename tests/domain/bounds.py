"""Reads the hand-made cases in tests/data/bounds: a text, a caret in it, and what one would select there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from annotator.domain import quotations, words

FOLDER = Path(__file__).parents[1] / "data" / "bounds"
CARET, OPEN, CLOSE, LINE_END = "‸⟦⟧¶"
KINDS = ("word", "clause", "quotation", "sentence")


class Case(NamedTuple):
    """One case; positions in code points."""

    where: str
    language: str
    kind: str
    text: str
    caret: int
    expected: tuple[int, int]

    def found(self) -> tuple[int, int] | None:
        """Return what the program selects."""
        return BOUNDS[self.kind](self.text, self.caret)


def _innermost(text: str, caret: int) -> tuple[int, int] | None:
    return next(iter(quotations.around(text, caret, caret)), None)


BOUNDS: dict[str, Callable[[str, int], tuple[int, int] | None]] = {
    "word": words.word_at,
    "clause": words.clause_at,
    "sentence": words.sentence_at,
    "quotation": _innermost,
}


def read(path: Path) -> Iterator[Case]:
    """Yield the cases of a file. Raises ValueError where a line is none."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, marked = line.split("\t")
        if kind not in KINDS or any(marked.count(sign) != 1 for sign in (CARET, OPEN, CLOSE)):
            raise ValueError(f"{path.name}:{number}: not a case: {line}")
        bare = "".join(sign for sign in marked if sign not in (CARET, OPEN, CLOSE)).replace(LINE_END, "\n")
        yield Case(
            f"{path.name}:{number}", path.stem, kind, bare, _at(marked, CARET), (_at(marked, OPEN), _at(marked, CLOSE))
        )


def cases() -> list[Case]:
    """Return all cases."""
    return [case for path in sorted(FOLDER.glob("*.txt")) for case in read(path)]


def _at(marked: str, sign: str) -> int:
    return sum(each not in (CARET, OPEN, CLOSE) for each in marked[: marked.index(sign)])
