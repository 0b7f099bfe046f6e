"""Changing the scheme of a project: one step, and what it would touch told before."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain import attributes
from annotator.domain.article import VisibleLayers
from annotator.domain.change import Change, Step
from annotator.domain.errors import UserError
from annotator.domain.scheme import Scheme
from annotator.editing.titles import SCHEME
from annotator.i18n import _
from annotator.storage.reader import Reader


class Effect(NamedTuple):
    """One thing a change of the scheme would do: to how many spans, of which label (its id), and what in one word.

    `what` is "renamed", "gone" (the label is no more; its spans are kept and shown as unknown), "new", or "required"
    (spans lack an attribute, `name`, that must be said from now on).
    """

    what: str
    label: str
    spans: int
    name: str = ""


def succeeding(before: Scheme, wanted: Scheme) -> Scheme:
    """Return the scheme as it follows the one in force: of the same scheme, a version later at least."""
    if wanted.id != before.id:
        return wanted
    return wanted._replace(version=max(wanted.version, before.version + 1))


def apply(before: Scheme, wanted: Scheme) -> Step:
    """Put a scheme in force. Raises UserError where it is in force already."""
    if wanted._replace(version=before.version) == before:
        raise UserError(_("The project has this scheme already."))
    after = succeeding(before, wanted)
    old = before if before.id == after.id else None
    return Step(SCHEME.format(title=f"{after.name} {after.version}"), (Change(old, after),))


def effects(reader: Reader, before: Scheme, wanted: Scheme) -> list[Effect]:
    """Return what a scheme would do to the spans of all layers, in the order of its labels, what is gone last."""
    counts: dict[str, int] = {}
    for count in reader.span_counts(VisibleLayers.ALL):
        counts[count.label] = counts.get(count.label, 0) + count.number
    found: list[Effect] = []
    for label in wanted.labels:
        there = before.label(label.id)
        if there is None:
            found.append(Effect("new", label.id, counts.get(label.id, 0), label.name))
        elif there.name != label.name:
            found.append(Effect("renamed", label.id, counts.get(label.id, 0), label.name))
        old = {one.id for one in attributes.of_label(before, label.id) if one.required}
        for one in attributes.of_label(wanted, label.id):
            if one.required and one.id not in old and one.only_if is None:
                found.append(Effect("required", label.id, reader.spans_lacking(label.id, one.id), one.name))
    for label in before.labels:
        if wanted.label(label.id) is None:
            found.append(Effect("gone", label.id, counts.get(label.id, 0), label.name))
    return found
