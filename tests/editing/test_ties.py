"""What is refused when spans are tied, so that no relation leads where the scheme does not let it."""

from __future__ import annotations

import pytest

from annotator.domain.errors import UserError
from annotator.domain.grouping import RelationKind
from annotator.domain.span import Span
from annotator.editing.ties import relate, unrelate_all

HERE = Span("one", "a", "l", "p", "claim", ((0, 4),))
THERE = Span("two", "b", "m", "p", "claim", ((0, 4),))
SAME = RelationKind("same", "same claim", ("claim",), ("claim",), symmetric=True, across=True)


def test_a_relation_across_articles_stands_where_it_begins() -> None:
    (change,) = relate(SAME, HERE, THERE, (), "r", "t", 2).changes
    made = change.after
    assert (made.article, made.layer, made.source, made.target) == ("a", "l", "one", "two")  # type: ignore[union-attr]
    assert change.article == "a"


def test_only_where_the_scheme_lets_it_lead_there() -> None:
    with pytest.raises(UserError, match="does not lead to another article"):
        relate(SAME._replace(across=False), HERE, THERE, (), "r", "t", 2)
    near = THERE._replace(article="a", layer="l")
    assert relate(SAME._replace(across=False), HERE, near, (), "r", "t", 2).changes


def test_a_symmetric_one_is_not_led_back() -> None:
    (change,) = relate(SAME, HERE, THERE, (), "r", "t", 2).changes
    with pytest.raises(UserError, match="tied so already"):
        relate(SAME, THERE, HERE, [change.after], "s", "t", 2)  # type: ignore[list-item]


def test_nothing_is_not_untied() -> None:
    with pytest.raises(UserError):
        unrelate_all(())
