"""Relations that lead out of their line: to a span of another line, or to a registry entry that stands elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from annotator.domain.article import Article
from annotator.domain.ids import is_uuid
from annotator.domain.relation import Relation
from annotator.formats.record import ENTRY, SPAN, TITLE, Distant, Record, Refusal
from annotator.formats.strict_json import shown
from annotator.i18n import _
from annotator.storage.reader import Reader


class _Held(NamedTuple):
    """The distant relations of one line."""

    path: str
    line: int
    article: Article
    distant: tuple[Distant, ...]


class Found(NamedTuple):
    """A line once more, with nothing but those of its relations whose targets are known by now."""

    path: str
    record: Record


class Across:
    """Keeps such relations until all lines are read."""

    def __init__(self) -> None:
        self._held: list[_Held] = []
        self._names: dict[str, str] = {}
        """Our ids of spans that the files call otherwise, "" where several lines use one name."""
        self._spans: set[str] = set()

    def take(self, path: str, record: Record, *, keep_spans: bool) -> None:
        """Look at a line; `keep_spans`: nothing is written meanwhile, so its spans cannot be asked for later."""
        for given, id in record.names.items():
            self._names[given] = id if self._names.get(given, id) == id else ""
        if keep_spans:
            self._spans.update(span.id for span in record.spans)
        if record.distant:
            self._held.append(_Held(path, record.line, record.article, record.distant))

    def found(self, reader: Reader, entries: Collection[str]) -> Iterator[Found]:
        """Yield the lines with what was found, and refused where nothing was; `entries` came with the lines."""
        for held in self._held:
            there = self._there(reader, held.distant, entries)
            relations: list[Relation] = []
            refusals: list[Refusal] = []
            for number, relation, kind in ((it.number, it.relation, it.kind) for it in held.distant):
                target = self._our_id(relation.target, kind)
                if target in there:
                    relations.append(relation._replace(target=target))
                else:
                    refusals.append(Refusal(f"relation {number}", self._reason(relation.target, kind)))
            yield Found(
                held.path,
                Record(
                    held.article,
                    "",
                    relations=tuple(relations),
                    line=held.line,
                    unstated=frozenset((TITLE,)),
                    refusals=tuple(refusals),
                ),
            )

    def _our_id(self, given: str, kind: str) -> str:
        return given if kind == ENTRY or is_uuid(given) else self._names.get(given, "")

    def _there(self, reader: Reader, distant: tuple[Distant, ...], entries: Collection[str]) -> set[str]:
        there: set[str] = set()
        for kind, brought in ((ENTRY, entries), (SPAN, self._spans)):
            ids = [self._our_id(one.relation.target, kind) for one in distant if one.kind == kind]
            there.update(id for id in ids if id in brought)
            if ids:
                there.update(reader.values(kind, "", ids))
        return there

    def _reason(self, given: str, kind: str) -> str:
        if kind == ENTRY:
            return _("The registry entry {given} under {key} is in no line and not in the project.").format(
                given=shown(given), key=shown("to")
            )
        if given in self._names:
            return _("The id {given} under {key} is that of spans in several lines.").format(
                given=shown(given), key=shown("to")
            )
        return _("The span {given} under {key} is in no line and not in the project.").format(
            given=shown(given), key=shown("to")
        )
