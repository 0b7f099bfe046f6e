"""What one line (or one text file) says, as values of the domain; every format is read into it and written from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from annotator.domain.article import Annotator, Article, Layer
from annotator.domain.change import Entry
from annotator.domain.errors import UserError
from annotator.domain.ids import content_article_id
from annotator.domain.relation import Group, Relation
from annotator.domain.span import Span

MAX_LINE = 128 * 1024 * 1024
"""Bytes of the longest line that is read; a longer one is skipped without being held."""
MAX_TEXT = 20 * 1024 * 1024
"""UTF-8 bytes of the longest article."""
_LONGEST_TITLE = 200


class BadLine(UserError):
    """A line (or text file) that cannot be taken at all; its text is the reason, one sentence."""


@dataclass(frozen=True, slots=True)
class SchemeRef:
    """Which scheme the article was tagged with."""

    id: str = ""
    version: int = 1
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part of a line that was not taken; `what` is like "span 3" (from 1), `reason` a sentence.

    `line` is where it stands in the file, from 1, where that is another line than the record's; else 0.
    """

    what: str
    reason: str
    line: int = 0


SPAN, ENTRY = TO_KINDS = "span", "entry"
"""What a relation may lead to: a span, or an entry of the registry."""


@dataclass(frozen=True, slots=True)
class Distant:
    """A relation whose target stands in another line or not at all; `number` is its place in the list, from 1.

    The relation's target is as the file calls it (`to`), of the kind `kind`.
    """

    number: int
    relation: Relation
    kind: str


TITLE = "title"
"""Among `Record.unstated`: the title was made of the text, and says nothing against another one."""


@dataclass(frozen=True, slots=True)
class Record:
    """An article with everything that stands in it; offsets in code points, whatever the file counts in.

    `line` is the line in the file, from 1, or 0 where it is the whole of a file. `short` tells a line without our
    format's head: what it does not say is filled with defaults, and says nothing against what a project knows.
    `unstated` holds the ids of layers that the file does not describe but its spans need, and TITLE where it gives
    none. `notes` are sentences about what was changed in reading. `entries` are those of the registry that something
    here names. `distant` relations are not among `relations`: their targets are known only when all lines are read;
    `names` has our ids of spans whose ids in the file are not ours.
    """

    article: Article
    text: str
    scheme: SchemeRef = SchemeRef()
    annotators: tuple[Annotator, ...] = ()
    layers: tuple[Layer, ...] = ()
    spans: tuple[Span, ...] = ()
    relations: tuple[Relation, ...] = ()
    groups: tuple[Group, ...] = ()
    line: int = 1
    short: bool = False
    unstated: frozenset[str] = frozenset()
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    distant: tuple[Distant, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """A line of which nothing was taken; `reason` is a sentence."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where records come from: what their spans without an annotator belong to, and how articles are recognised.

    `stem` is the file's name without its ending; `owner`, where given, gets those spans instead of the file.
    `find` gives the id of an article that came without one, from the fingerprint of its text.
    """

    stem: str
    owner: Annotator | None = None
    find: Callable[[str], str] = content_article_id


def title_of(text: str, stem: str) -> str:
    """Return a title for an article that came without one: its first line if that is short enough, else the stem.

    Made from the content, so that two people who import a text under two names give it one title.
    """
    head = text[: 20 * _LONGEST_TITLE].lstrip("\ufeff \t\r\n\u00a0")
    first = head.split("\n", 1)[0].split("\r", 1)[0].strip()
    return first if 0 < len(first) <= _LONGEST_TITLE else stem
