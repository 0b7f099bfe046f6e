"""What colleagues would have the lead change."""

from __future__ import annotations

from annotator.domain.team import Proposal
from annotator.storage.proposed import not_counted
from annotator.storage.reader import Reader
from annotator.storage.reading import Reading
from annotator.storage.rows import TABLES


def proposals(reader: Reading, *, only_open: bool = False) -> list[Proposal]:
    """Return the proposals, the open ones first, the newest first among each."""
    table = TABLES["proposal"]
    which = "WHERE state = 'open'" if only_open else ""
    found = reader.rows(f"SELECT {table.quoted} FROM proposal {which} ORDER BY state <> 'open', created DESC, id DESC")
    return [table.from_row(row, "") for row in found]


def waiting(reader: Reader) -> int:
    """Return how many wait for an answer, with what others changed all the same (`proposed`)."""
    return open_count(reader) + len(not_counted(reader))


def open_count(reader: Reading) -> int:
    """Return how many of them wait for an answer."""
    count: int = reader.rows("SELECT count(*) FROM proposal WHERE state = 'open'")[0][0]
    return count
