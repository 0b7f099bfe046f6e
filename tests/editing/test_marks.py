from __future__ import annotations

import pytest

from annotator.domain.change import Change, Step
from annotator.domain.errors import UserError
from annotator.domain.span import Span
from annotator.editing import marks, spans
from annotator.editing.spans import by_hand
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


def test_what_is_changed_by_hand_is_of_the_version_in_force() -> None:
    def version(step: Step) -> int:
        after = by_hand(step, 7).changes[-1].after
        assert isinstance(after, Span)
        return after.scheme_version

    assert version(marks.say(SPAN, {"mode": "mixed"}, "Mode", "until")) == 7
    assert version(spans.relabel(SPAN, "cue", "Cue", "until")) == 7
    assert version(spans.move(SPAN, ((0, 99),), "until")) == 7
    # Neither says anything of the label, nor is what comes back as it was looked at anew.
    assert version(marks.mark(SPAN, "discuss", "until")) == SPAN.scheme_version
    assert version(marks.annotate(SPAN, "who is it?", "until")) == SPAN.scheme_version
    later = SPAN._replace(label="cue", updated="z", scheme_version=9)
    assert version(Step("Restore a span", (Change(later, SPAN),))) == SPAN.scheme_version
