"""What is said of a span beyond its label: attributes, state and note; each is a function that returns a Step."""

from __future__ import annotations

from annotator.domain.change import Change, Step
from annotator.domain.errors import UserError
from annotator.domain.free import Free
from annotator.domain.span import STATES, Span
from annotator.editing.titles import SAID, TAKEN_BACK
from annotator.i18n import _, later

NOTE = later("Change the note")
_STATED = {
    "ok": later("Mark as settled"),
    "discuss": later("Mark to be discussed"),
    "unsure": later("Mark as unsure"),
}


def say(span: Span, attributes: Free, name: str, now: str, *, unset: bool = False, repeat: str = "") -> Step:
    """Give the span these attributes; `name` is that of the attribute which changes, `unset` whether it goes.

    Raises UserError where nothing would change.
    """
    if attributes == span.attributes:
        raise UserError(_("{name} is so already.").format(name=name))
    title = (TAKEN_BACK if unset else SAID).format(title=name)
    return Step(title, (Change(span, span._replace(attributes=attributes, updated=now)),), repeat)


def mark(span: Span, state: str, now: str) -> Step:
    """Give the span a state, one of STATES. Raises UserError where it has it already."""
    if state not in STATES:
        raise ValueError(state)
    if span.state == state:
        raise UserError(_("The span is marked so already."))
    return Step(_STATED[state], (Change(span, span._replace(state=state, updated=now)),))


def annotate(span: Span, note: str, now: str) -> Step:
    """Write the span's note, "" for none; what is typed within a second is undone together.

    Raises UserError where nothing would change.
    """
    note = note.strip()
    if note == span.note:
        raise UserError(_("The note says that already."))
    return Step(NOTE, (Change(span, span._replace(note=note, updated=now)),), f"note {span.id}")
