"""What a look at a package says in one line."""

from __future__ import annotations

from annotator.exchange.header import Header
from annotator.jobs.mergereport import Preview, Report
from annotator.ui.colleagues import words
from tests.builders import BO


def test_a_look_says_how_many_answers_contest_a_decision() -> None:
    seen = Preview("a", answers=5, contests=2, steps_new=3)
    assert words.brought(seen) == "5 answers to corrections, 2 contested decisions"
    assert ("Contested decisions", "2") in words.rows(seen)
    assert "contested" not in words.brought(Preview("a", answers=5, steps_new=3))
    # Behind what was merged stands how many are contested now, and not twice.
    header = Header("h", "p", "P", "", "", BO, "desk", "")
    said = words.merged([Report("a", header, answers=5, contests=2, steps_new=3, package="h")])
    assert said == "Merged the package of Bo: 5 answers to corrections."
