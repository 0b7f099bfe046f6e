from __future__ import annotations

from annotator.domain.article import Annotator
from annotator.domain.people import called


def test_two_of_one_name_are_told_apart_by_the_ends_of_their_ids() -> None:
    people = [Annotator("0190-a1b2", "Ana"), Annotator("0190-c3d4", "ana"), Annotator("0190-e5f6", "Bo")]
    assert called({one.id: one for one in people}) == {
        "0190-a1b2": "Ana (…a1b2)",
        "0190-c3d4": "ana (…c3d4)",
        "0190-e5f6": "Bo",
    }
