"""What the cards of a correction say: entries of the registry by name, ties from either end."""

from __future__ import annotations

from annotator.domain.corrections import ADDED, CHANGED, Correction, Piece
from annotator.domain.free import Free
from annotator.ui.colleagues import correctionwords as said
from tests.schemed import SCHEME

TEXT = "The mayor said no."
HERE = {"e1": "Łucja Ødegård"}.get
MAYOR = ((4, 9),)


def correction(*became: Piece, **more: object) -> Correction:
    return Correction("c", "a", "l", "me", "d", "then", "by", CHANGED, became=became, **more)  # type: ignore[arg-type]


def mayor(values: Free, **more: object) -> Piece:
    return Piece("source", MAYOR, values, **more)  # type: ignore[arg-type]


def test_entries_are_told_by_name_on_both_cards() -> None:
    one = correction(mayor({"entity": "e2"}), was=mayor({"entity": "e1"}), names={"e2": "The mayor"})
    assert said.had(one, TEXT, SCHEME, HERE).about == "Łucja Ødegård"
    (card,) = said.became(one, TEXT, SCHEME, HERE)
    assert card.about == "The mayor"  # not here yet, and told with it
    field = correction(field="outlet", old="e1", new="e2", names={"e2": "The Quay"})
    assert said.had(field, TEXT, SCHEME, HERE).empty == "Łucja Ødegård"
    assert [it.empty for it in said.became(field, TEXT, SCHEME, HERE)] == ["The Quay"]


def test_a_tie_is_told_from_the_end_that_is_new() -> None:
    back = mayor({}, links=(("<attribution/source", ((0, 3),)), ("<states", ((10, 14),))))
    (card,) = said.became(correction(back)._replace(outcome=ADDED), TEXT, SCHEME, HERE)
    assert card.about == "source of “The”; “said” states this"
    (card,) = said.became(correction(mayor({}, links=(("attribution/cue", ((10, 14),)),))), TEXT, SCHEME, HERE)
    assert card.about == "cue: “said”"
