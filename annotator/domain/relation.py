"""What ties spans together: relations between two, groups of several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Relation:
    """A labelled arrow from one span to another, in the layer and article of its `source` span."""

    id: str
    article: str
    layer: str
    label: str
    source: str
    target: str
    attributes: Mapping[str, Any] = field(default_factory=dict, hash=False)
    state: str = "ok"
    note: str = ""
    scheme_version: int = 1
    created: str = ""
    updated: str = ""
    source_id: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Member:
    """A span and the part it plays in a group."""

    role: str
    span: str


@dataclass(frozen=True, slots=True)
class Group:
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
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
