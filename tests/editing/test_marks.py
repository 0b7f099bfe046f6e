from __future__ import annotations

import pytest

from annotator.domain.errors import UserError
from annotator.domain.span import Span
from annotator.editing import marks
from annotator.editing.titles import told

SPAN = Span("s", "a", "l", "me", "quote", ((0, 3),), attributes={"mode": "direct"}, updated="then")


def test_a_value_is_said_and_taken_back() -> None:
    step = marks.say(SPAN, {"mode": "mixed"}, "Mode", "now")
    (change,) = step.changes
    assert change.before == SPAN
    assert change.after == SPAN._replace(attributes={"mode": "mixed"}, updated="now")
    assert told(step.title) == "Set Mode"
    assert told(marks.say(SPAN, {}, "Mode", "now", unset=True).title) == "Leave Mode open"
    with pytest.raises(UserError, match="Mode is so already"):
        marks.say(SPAN, {"mode": "direct"}, "Mode", "now")


def test_state_and_note() -> None:
    (change,) = marks.mark(SPAN, "discuss", "now").changes
    assert change.after == SPAN._replace(state="discuss", updated="now")
    with pytest.raises(UserError):
        marks.mark(SPAN, "ok", "now")
    with pytest.raises(ValueError, match="settled"):
        marks.mark(SPAN, "settled", "now")
    step = marks.annotate(SPAN, " who is it? \n", "now")
    assert step.changes[0].after == SPAN._replace(note="who is it?", updated="now")
    assert step.repeat
    with pytest.raises(UserError):
        marks.annotate(SPAN, "  ", "now")
