"""What a package says of itself, and what stands in it, as values."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from annotator.domain.article import Annotator
from annotator.domain.free import NOTHING, Free
from annotator.domain.journalled import ChangeRecord, StepRecord

ENDING = ".annotator-package"
FORMAT = "annotator-package"
VERSION = "1.0"
LAYERS = ("none", "mine", "all")


class Header(NamedTuple):
    """The first line of a package.

    `project`, `name`, `created` and `lead` are the project's own entries ("ID TICK" the last, "" without a lead);
    `maker` made the package on `device` at `made`; `recipients` are those it is for, none: whoever gets it. `layers`
    says whose layers are in it (LAYERS). `after` is the id of the package it goes on from, "" where it is whole.
    `key` is the maker's public key in hexadecimal digits, "" where it is not signed. `extra` keeps what a newer
    version says beyond this.
    """

    id: str
    project: str
    name: str
    created: str
    lead: str
    maker: Annotator
    device: str
    made: str
    recipients: tuple[Annotator, ...] = ()
    layers: str = "none"
    after: str = ""
    key: str = ""
    version: str = VERSION
    extra: Free = NOTHING


class TextLine(NamedTuple):
    """The text of a revision, by its fingerprint."""

    sha256: str
    body: str


class StepLine(NamedTuple):
    """A step of the journal with its changes, word for word, or the part of one that the recipients may see."""

    step: StepRecord
    changes: tuple[ChangeRecord, ...]


Line: TypeAlias = TextLine | StepLine
