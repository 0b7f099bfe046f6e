"""What an article of a file brings to a project that may know it already: pure, one Step at most.

Unknown things are added, equal ones known, different ones stay as they are here (unless updates are wanted), deleted
ones stay deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from annotator.domain.article import Annotator, Article, Layer
from annotator.domain.change import KIND_OF, Change, Entry, Imported, Step
from annotator.domain.relation import Group, Relation
from annotator.domain.span import Span
from annotator.formats.record import TITLE as UNSTATED_TITLE
from annotator.formats.record import Record
from annotator.i18n import _, later, n_

TITLE = later("Import an article")

Part = TypeVar("Part", Layer, Span, Relation, Group)


@dataclass(frozen=True, slots=True)
class Known:
    """What the project holds now of what a record names: things by id, wherever in the project they stand.

    `deleted` tells whether the thing with an id is gone because somebody deleted it, `purged` whether the article was
    taken out for good.
    """

    article: Article | None = None
    layers: Mapping[str, Layer] = field(default_factory=dict)
    spans: Mapping[str, Any] = field(default_factory=dict)
    relations: Mapping[str, Any] = field(default_factory=dict)
    groups: Mapping[str, Any] = field(default_factory=dict)
    entries: Mapping[str, Any] = field(default_factory=dict)
    deleted: Callable[[str], bool] = lambda _: False
    purged: bool = False

    def after(self, step: Step | None) -> Known:
        """Return what the project would hold after the step of a plan."""
        if step is None:
            return self
        article = self.article
        parts: dict[str, dict[str, Any]] = {
            "layer": dict(self.layers),
            "span": dict(self.spans),
            "relation": dict(self.relations),
            "group": dict(self.groups),
            "entry": dict(self.entries),
        }
        for change in step.changes:
            values = change.after.values() if isinstance(change.after, Imported) else (change.after,)
            for value in values:
                if isinstance(value, Article):
                    article = value
                elif isinstance(value, Layer | Span | Relation | Group | Entry):
                    parts[KIND_OF[type(value)]][value.id] = value
        return Known(
            article, parts["layer"], parts["span"], parts["relation"], parts["group"], parts["entry"], self.deleted
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A part of a record that was not simply taken; `result` is known, different or refused.

    `part` is what it is: article (its headline and metadata), layer, span, relation, group or entry. `line` is that of
    the part, 0 where it is the record's.
    """

    result: str
    reason: str
    part: str
    line: int = 0


@dataclass(slots=True)
class Plan:
    """What to do with a record. `result` is that of its line; `step` is None where nothing is to be written.

    `grown` tells that something is added to an article that was here; `spans` how many of that are spans.
    """

    result: str
    reason: str = ""
    step: Step | None = None
    findings: list[Finding] = field(default_factory=list)
    grown: bool = False
    spans: int = 0


def plan(
    record: Record, known: Known, *, position: int, update: bool = False, people: Mapping[str, Annotator] | None = None
) -> Plan:
    """Return what the record brings; `position` is the place of a new article, `people` who stands in the project."""
    ours = known.article
    if known.purged:
        return Plan("refused", _("The article was purged from this project and is not brought back."))
    if ours is not None and ours.sha256 != record.article.sha256:
        return Plan("refused", _("The article is here with another text; nothing of the line was taken."))
    comparison = _Comparison(record, known, update)
    article = _article(record, ours, position, comparison)
    layers = comparison.new("layer", _stated(record, known.layers), known.layers)
    homes = known.layers.keys() | {layer.id for layer in record.layers}
    imported = Imported(
        record.article.id,
        article,
        layers,
        comparison.new("span", record.spans, known.spans, homes),
        comparison.new("relation", record.relations, known.relations, homes),
        comparison.new("group", record.groups, known.groups, homes),
    )
    changes = [Change(None, person) for person in record.annotators if people is None or person.id not in people]
    entries = [Change(None, entry) for entry in comparison.new_entries()]
    changes += entries
    added = article is not None or layers or imported.spans or imported.relations or imported.groups
    if added:
        changes.append(Change(None, imported))
    changes.extend(comparison.updates)
    findings = [
        Finding("refused", f"{_capital(item.what)}: {item.reason}", item.what.split()[0], item.line)
        for item in record.refusals
    ]
    result = Plan("added" if added else "known", _reason(record, ours, imported), None, findings + comparison.findings)
    if added and ours is not None:
        result.grown, result.spans = True, len(imported.spans)
    if added or entries or comparison.updates:
        result.step = Step(TITLE, tuple(changes))
    return result


def _article(record: Record, ours: Article | None, position: int, comparison: _Comparison) -> Article | None:
    if ours is None:
        return record.article._replace(position=position)
    theirs = record.article._replace(position=ours.position, revision=ours.revision)
    if UNSTATED_TITLE in record.unstated:
        theirs = theirs._replace(title=ours.title)
    if record.short:
        # A short line leaves keys out without meaning that they are empty.
        theirs = theirs._replace(
            meta=theirs.meta or ours.meta,
            extra=theirs.extra or ours.extra,
            source_id=theirs.source_id or ours.source_id,
        )
    if theirs != ours:
        comparison.differs("article", ours, theirs)
    return None


def _stated(record: Record, known: Mapping[str, Layer]) -> Iterable[Layer]:
    # A layer that the file does not describe cannot differ from ours.
    return (layer for layer in record.layers if layer.id not in record.unstated or layer.id not in known)


class _Comparison:
    """Compares the parts of one record with the project's, and collects what differs."""

    def __init__(self, record: Record, known: Known, update: bool) -> None:
        self._record = record
        self._known = known
        self._update = update
        self.updates: list[Change] = []
        self.findings: list[Finding] = []

    def new(
        self, kind: str, theirs: Iterable[Part], ours: Mapping[str, Part], homes: Iterable[str] = ()
    ) -> tuple[Part, ...]:
        """Return those that the project does not know; `homes` are the layers of the article."""
        article = self._known.article
        if article is None and not ours:
            return tuple(theirs)
        return tuple(item for item in theirs if self._unknown(kind, item, ours.get(item.id), homes))

    def new_entries(self) -> Iterator[Entry]:
        """Yield the registry entries that the project does not know; one that was deleted here stays deleted."""
        for entry in self._record.entries:
            ours = self._known.entries.get(entry.id)
            if ours is None and self._known.deleted(entry.id):
                words = _("The registry entry {name} was deleted here and stays deleted.").format(name=entry.name)
                self.findings.append(Finding("known", words, "entry"))
            elif ours is None:
                yield entry
            elif entry != ours:
                self.differs("entry", ours, entry)

    def _unknown(self, kind: str, theirs: Any, ours: Any, homes: Iterable[str]) -> bool:
        if ours is None:
            if kind != "layer" and self._known.article is not None and self._known.deleted(theirs.id):
                self.findings.append(
                    Finding(
                        "known",
                        _("The {kind} {id} was deleted here and stays deleted.").format(kind=kind, id=theirs.id),
                        kind,
                    )
                )
                return False
            return True
        if kind != "layer" and ours.layer not in homes:
            self.findings.append(
                Finding(
                    "refused",
                    _("The {kind} {id} has the id of one in another article.").format(kind=kind, id=theirs.id),
                    kind,
                )
            )
            return False
        theirs = self._comparable(theirs, ours)
        if theirs != ours:
            self.differs(kind, ours, theirs)
        return False

    def _comparable(self, theirs: Any, ours: Any) -> Any:
        if not isinstance(theirs, Span):
            return theirs
        if theirs.revision != ours.revision:
            theirs = theirs._replace(revision=ours.revision)
        if self._record.short:
            theirs = theirs._replace(
                scheme_version=ours.scheme_version, created=ours.created, updated=ours.updated,
                source_id=theirs.source_id or ours.source_id,
            )  # fmt: skip
        return theirs

    def differs(self, kind: str, ours: Any, theirs: Any) -> None:
        """Note that the file says something else than the project; take it where updates are wanted."""
        what = _("The {kind} {id} differs").format(kind=kind, id=theirs.id)
        if self._update:
            self.updates.append(Change(ours, theirs))
            self.findings.append(Finding("different", _("{what}; the file's was taken.").format(what=what), kind))
        else:
            self.findings.append(Finding("different", _("{what}; ours stays.").format(what=what), kind))


def _reason(record: Record, ours: Article | None, imported: Imported) -> str:
    words = []
    if ours is not None and imported.spans:
        count = len(imported.spans)
        added = n_(
            "{count:,} span added to an article that was here.",
            "{count:,} spans added to an article that was here.",
            count,
        )
        words.append(added.format(count=count))
    return " ".join([*words, *dict.fromkeys(record.notes)])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
