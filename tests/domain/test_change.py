"""Steps turned round, and what listeners can ask of a change."""

from __future__ import annotations

import pytest

from annotator.domain.article import Annotator, Article
from annotator.domain.change import Change, Changed, Imported, Step
from annotator.domain.span import Span

A = Span("a", "article", "l", "me", "quote", ((1, 2),))
B = Span("b", "article", "l", "me", "cue", ((1, 2),))


def test_a_step_turned_twice_is_the_step() -> None:
    step = Step("Two", (Change(None, A), Change(B, None)))
    assert step.inverse().changes == (Change(None, B), Change(A, None))
    assert step.inverse().inverse() == step


def test_a_change_keeps_to_one_thing() -> None:
    for before, after in ((None, None), (A, B), (A, Annotator("a", "x"))):
        with pytest.raises(ValueError, match="change"):
            Change(before, after)


def test_what_a_change_is_about() -> None:
    article = Article("article", "T", "00")
    assert (Change(None, A).kind, Change(None, A).entity, Change(None, A).article) == ("span", "a", "article")
    assert Change(article, None).article == "article"
    assert Change(None, Annotator("me", "Me")).article == ""
    imported = Change(None, Imported("article", article, (), (A, B)))
    assert (imported.kind, imported.article) == ("import", "article")
    assert list(imported.value.values()) == [article, A, B]
    changed = Changed("x", (Change(None, A), Change(None, Annotator("me", "Me"))))
    assert changed.articles == {"article"}
    assert changed.kinds() == {"span", "annotator"}
