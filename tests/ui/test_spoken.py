"""What a screen reader is told of a step, each once."""

from __future__ import annotations

from annotator.domain.change import Change, Changed
from annotator.domain.span import Span
from annotator.editing.spans import delete
from annotator.ui.spoken import spoken
from tests.schemed import SCHEME

SPAN = Span("s", "a", "l", "p", "source", ((0, 3),))


def test_a_deletion_is_left_to_its_notice_and_the_rest_is_said() -> None:
    title = delete(SPAN).title
    assert spoken(Changed(title, (Change(SPAN, None),)), SCHEME, "Lee") == ""
    assert spoken(Changed(title, (Change(None, SPAN),), "undo"), SCHEME, "Lee") == "Source, 1 word, added"
    assert spoken(Changed(title, (Change(SPAN, None),), "redo"), SCHEME, "Lee") == "Source, 1 word, deleted"
    assert spoken(Changed("Label as Source", (Change(SPAN, None),), "undo"), SCHEME, "Lee").endswith("deleted")
