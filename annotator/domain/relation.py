"""What ties spans together: relations between two, groups of several."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.free import NOTHING, Free


class Relation(NamedTuple):
    """A labelled arrow from one span to another, in the layer and article of its `source` span."""

    id: str
    article: str
    layer: str
    label: str
    source: str
    target: str
    attributes: Free = NOTHING
    state: str = "ok"
    note: str = ""
    scheme_version: int = 1
    created: str = ""
    updated: str = ""
    source_id: str = ""
    extra: Free = NOTHING


class Member(NamedTuple):
    """A span and the part it plays in a group."""

    role: str
    span: str


class Group(NamedTuple):
    """Spans that belong together, such as an attribution: a quote, its sources and its cue."""

    id: str
    article: str
    layer: str
    kind: str
    members: tuple[Member, ...]
    no_source: bool = False
    state: str = "ok"
    note: str = ""
    source_id: str = ""
    extra: Free = NOTHING
