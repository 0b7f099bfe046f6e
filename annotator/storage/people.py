"""Reads of the people of a project when they were here last, and what they have done."""

from __future__ import annotations

from annotator.domain.assigning import Pair
from annotator.storage.reading import Reading


def last_seen(reader: Reading) -> dict[str, str]:
    """Return the moment of everybody's last step here, by the annotator's id; of who did nothing there is none."""
    sql = "SELECT annotator, at FROM step WHERE seq IN (SELECT max(seq) FROM step GROUP BY annotator)"
    return {annotator: at for annotator, at in reader.rows(sql) if annotator}


def done(reader: Reading) -> list[Pair]:
    """Return who has marked which article done in the first round."""
    sql = "SELECT article, owner FROM layer WHERE kind = 'annotator' AND round = 1 AND state = 'done' AND owner <> ''"
    return [Pair(article, owner) for article, owner in reader.rows(sql)]


def given_back(reader: Reading) -> set[Pair]:
    """Return which articles who gave back in the first round."""
    sql = """
        SELECT article, owner FROM layer WHERE kind = 'annotator' AND round = 1 AND extra LIKE '%"returned"%'
          AND json_extract(extra, '$.returned') = 1"""
    return {Pair(article, owner) for article, owner in reader.rows(sql)}
