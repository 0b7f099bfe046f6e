"""What is new in a draft is called in files by its name, and whatever moves spans to it follows."""

from __future__ import annotations

from annotator import assets
from annotator.domain import redrawing as draw
from annotator.domain import reshaping as shape
from annotator.domain import scheme as schemes
from annotator.domain.naming import named
from annotator.domain.redrawing import Move

SCHEME = schemes.parse(assets.scheme_text(), "own.toml")


def test_a_value_that_goes_goes_of_a_new_label_too() -> None:
    draft = draw.add_label(draw.begun(SCHEME), "new-label", "Hearsay", like="quote")
    draft = draw.split(draft, "quote", "new-label", "mode", "mixed")
    draft = shape.delete_value(draft, "mode", "mixed", into="indirect")
    moves = named(draft).moves
    assert Move("split", "quote", "hearsay", "mode", "mixed") in moves
    assert Move("value", "hearsay", "indirect", "mode", "mixed") in moves
    assert not any("new-label" in (move.label, move.into) for move in moves)


def test_a_value_that_is_called_as_a_label_stays_a_value() -> None:
    draft = draw.add_label(draw.begun(SCHEME), "indirect", "Hearsay")
    draft = shape.delete_value(draft, "mode", "mixed", into="indirect")
    assert Move("value", "quote", "indirect", "mode", "mixed") in named(draft).moves


def test_a_label_that_came_and_went_is_not_taken_for_a_new_one() -> None:
    draft = draw.add_label(draw.begun(SCHEME), "new-label", "First", like="quote")
    draft = draw.merge(draw.split(draft, "quote", "new-label", "mode", "mixed"), "new-label", "source")
    draft = draw.add_label(draft, "new-label-2", "New label")
    made = named(draft)
    assert Move("merge", "new-label", "source") in made.moves
    assert [label.id for label in made.wanted.labels if label.name == "New label"] == ["new-label-2"]
