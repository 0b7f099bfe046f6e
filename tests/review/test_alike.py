"""What is alike, so that one decision can be made for all of it."""

from __future__ import annotations

from annotator.domain.sides import Ground, empty
from annotator.review.alike import key
from annotator.review.standing import standing
from tests.review.ground import TEXT, boundary, ground, only, side, span
from tests.review.test_differences import attribution


def alike(one: Ground, two: Ground) -> bool:
    first, second = standing(one)[0].difference, standing(two)[0].difference
    return key(first, TEXT) == key(second, TEXT) != ""


def test_what_is_alike() -> None:
    said = ground(side(0, span(0, "cue", "the quay")), side(1))
    assert alike(said, ground(side(0, span(0, "cue", "the quay", nth=2)), side(1)))
    assert not alike(said, ground(side(0), side(1, span(1, "cue", "the quay", nth=2))))
    assert not alike(said, ground(side(0, span(0, "claim", "the quay")), side(1)))
    assert not alike(said, ground(side(0, span(0, "cue", "said")), side(1)))
    both = ground(side(0, span(0, "cue", "the quay")), side(1, span(1, "claim", "the quay")))
    assert alike(both, ground(*(side(n, span(n, ("cue", "claim")[n], "the quay", nth=2)) for n in (0, 1))))
    comma = boundary()
    title = ground(side(0, span(0, "quote", "Łucja Ødegård")), side(1, span(1, "quote", "Mayor Łucja Ødegård")))
    other = ground(side(0, span(0, "quote", "the winter comes.")), side(1, span(1, "quote", "the winter comes.”")))
    assert not alike(comma, title)
    assert not alike(comma, other)
    same = ground(side(0, span(0, "quote", "rebuild the quay")), side(1, span(1, "quote", "rebuild the quay,”")))
    assert alike(comma, same)
    assert alike(ground(side(0, genre="opinion"), side(1)), ground(side(0, genre="opinion"), side(1)))
    tied = only(ground(attribution(0), attribution(1, tied=False)), "link").difference
    assert key(tied, TEXT) == ""


def test_what_all_agree_on_is_like_nothing() -> None:
    agreed = ground(side(0, span(0, "cue", "said")), side(1, span(1, "cue", "said")))
    assert key(only(agreed, "agreed").difference, TEXT) == ""


def test_who_did_not_read_an_article_is_not_as_one_who_has_nothing_there() -> None:
    said, nothing = side(0, span(0, "cue", "said")), side(1)
    missing = side(2)
    away = empty(missing.ref)
    assert alike(ground(said, nothing, missing), ground(said, nothing, missing))
    assert not alike(ground(said, nothing, missing), ground(said, nothing, away))
