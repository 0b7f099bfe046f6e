from __future__ import annotations

from itertools import combinations

from annotator import assets
from annotator.domain.eyes import apart
from annotator.domain.scheme import parse
from annotator.domain.schemecheck import NEAR


def test_the_same_and_black_and_white() -> None:
    assert apart("#0072B2", "#0072B2") == 0
    assert apart("#000000", "#FFFFFF") > 90
    assert apart("#000000", "black") == 100


def test_red_and_green_are_near_for_some_eyes() -> None:
    assert apart("#B4A000", "#C8963C") < apart("#B4A000", "#003CC8")


def test_the_shipped_labels_can_be_told_apart() -> None:
    labels = parse(assets.scheme_text(), "news-sourcing.toml").labels
    for one, other in combinations(labels, 2):
        assert apart(one.light, other.light) >= NEAR
        assert apart(one.dark, other.dark) >= NEAR
