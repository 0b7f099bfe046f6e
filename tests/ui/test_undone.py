"""What is undone is shown where it stands; while the page of differences shows it, the text under it stays."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from annotator.domain.change import Change, Changed, Decision
from annotator.domain.span import Span
from annotator.ui.undone import show_place

SPAN = Span("s", "elsewhere", "l", "p", "quote", ((0, 3),))
DECIDED = Changed("Settle a difference", (Change(SPAN, None), Change(Decision("d", "elsewhere", "l"), None)), "undo")
DELETED = Changed("Delete a span", (Change(None, SPAN),), "undo")


def shown(changed: Changed, *, reviewing: bool) -> list[str]:
    found: list[str] = []
    session: Any = SimpleNamespace(article=None, reviewing=reviewing, show_article=found.append)
    show_place(session, changed)
    return found


def test_the_text_under_the_review_stays_where_it_is() -> None:
    assert shown(DECIDED, reviewing=True) == []
    assert shown(DECIDED, reviewing=False) == ["elsewhere"]
    assert shown(DELETED, reviewing=True) == ["elsewhere"]
