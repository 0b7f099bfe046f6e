"""The hand-made expectation of the golden path, turned into offsets; imports nothing of the program."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """Words of the article: the whole of them, or "first words … last words"; the n-th occurrence of the first."""

    words: str
    nth: int = 1

    def place(self, text: str) -> tuple[int, int]:
        """Return ``[start, end)`` in characters."""
        first, _, last = self.words.partition(" … ")
        start = -1
        for _ in range(self.nth):
            start = text.index(first, start + 1)
        if not last:
            return start, start + len(first)
        return start, text.index(last, start + len(first)) + len(last)


@dataclass(frozen=True)
class Wanted:
    """A span as a person would describe it: label, key, pieces."""

    label: str
    key: str
    pieces: tuple[Piece, ...]


def wanted(label: str, key: str, *pieces: str | tuple[str, int]) -> Wanted:
    """Return a span from words, or (words, n)."""
    return Wanted(label, key, tuple(Piece(it) if isinstance(it, str) else Piece(*it) for it in pieces))


# In this order: from the end of the text to its start, and last in each paragraph what lies in the first line, so that
# no further lane moves what is still to be tagged. The last one is undone at the end.
SEED = (
    wanted("evidence", "v", "nuclear tests"),
    wanted("claim", "a", "Kim also toured", "the fleet for its contribution"),  # split
    wanted("quote", "q", '"exchanged their constructive … defence and security,"'),
    wanted("evidence", "v", 'Shoigu "exchanged their'),  # overlaps the quote
    wanted("claim", "a", "opinions"),  # nested in the quote
    wanted("source", "s", "state KCNA news agency"),
    wanted("cue", "c", ("said", 1)),
    wanted("boilerplate", "b", "Historic allies, Russia … Photo: Reuters"),
    wanted("source", "s", "Russian defence minister"),
)

OWN_TEXT = """\
Ferry crews at Ostrava Bay vote to stop work

By Mirela Tov / Photo: Harbour Desk

The night boats will not sail, the union's secretary said on Monday.

Passengers "were told nothing until the gates had closed, and nothing after that," said Ilse Brandvold.

The company’s timetable shows eleven cancelled crossings since March.

“We sail,” said the owner, “when we are paid.”
"""

OWN = (
    wanted("quote", "q", "“We sail,”", "“when we are paid.”"),  # split
    wanted("evidence", "v", "The company’s timetable"),
    wanted("quote", "q", '"were told nothing … after that,"'),
    wanted("claim", "a", 'Passengers "were told'),  # overlaps the quote
    wanted("claim", "a", "until the gates"),  # nested in the quote
    wanted("source", "s", "the union's secretary"),
    wanted("cue", "c", ("said", 1)),
    wanted("boilerplate", "b", "By Mirela Tov … Harbour Desk"),
    wanted("source", "s", "Ferry crews"),
)


def expected(text: str, spans: tuple[Wanted, ...]) -> list[tuple[str, list[tuple[int, int]], str]]:
    """Return (label, fragments, text of the hull) as the export must hold them, sorted."""
    found = []
    for span in spans:
        fragments = sorted(piece.place(text) for piece in span.pieces)
        found.append((span.label, fragments, text[fragments[0][0] : fragments[-1][1]]))
    return sorted(found, key=lambda it: (it[1][0][0], -it[1][-1][1], it[0]))
