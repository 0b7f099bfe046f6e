"""What is said of a span beyond its label, and of an attribution: attributes, state, note; each function -> Step."""

from __future__ import annotations

from annotator.domain.change import Change, Step
from annotator.domain.errors import UserError
from annotator.domain.free import Free
from annotator.domain.relation import Group
from annotator.domain.span import STATES, Span
from annotator.editing.titles import SAID, TAKEN_BACK
from annotator.i18n import _, later

NOTE = later("Change the note")
_STATED = {
    "ok": later("Mark as settled"),
    "discuss": later("Mark to be discussed"),
    "unsure": later("Mark as unsure"),
}
_TIES_NOTE = later("Change the note on the attribution")
_TIES_STATED = {
    "ok": later("Mark the attribution as settled"),
    "discuss": later("Mark the attribution to be discussed"),
    "unsure": later("Mark the attribution as unsure"),
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


def mark_group(group: Group, state: str) -> Step:
    """Give an attribution or another group a state, one of STATES. Raises UserError where it has it already."""
    if state not in STATES:
        raise ValueError(state)
    if group.state == state:
        raise UserError(_("The attribution is marked so already."))
    return Step(_TIES_STATED[state], (Change(group, group._replace(state=state)),))


def annotate_group(group: Group, note: str) -> Step:
    """Write a group's note, "" for none, as `annotate` does. Raises UserError where nothing would change."""
    note = note.strip()
    if note == group.note:
        raise UserError(_("The note says that already."))
    return Step(_TIES_NOTE, (Change(group, group._replace(note=note)),), f"note {group.id}")
