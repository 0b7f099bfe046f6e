"""Export: articles out of a project into one file that has proved itself before it stands in its place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from annotator.domain.article import Layer, VisibleLayers
from annotator.domain.change import Entry
from annotator.domain.layerref import CONSENSUS, LayerRef
from annotator.domain.offsets import UNITS
from annotator.domain.register import linking_attributes, linking_fields
from annotator.domain.registry import merged_into
from annotator.domain.relation import Group, Relation
from annotator.domain.span import Span
from annotator.domain.text import fingerprint
from annotator.formats import jsonl_writer
from annotator.formats.proof import Unproved, compare
from annotator.formats.record import Record, SchemeRef
from annotator.i18n import _
from annotator.jobs.job import Cancelled, Progress, never, no_progress, seldom_collecting
from annotator.jobs.place import Place
from annotator.review.recorded import became
from annotator.storage import review as reviewed
from annotator.storage.reader import Reader

_CHUNK = 4 * 1024 * 1024
"""Bytes that are written, of one moment of the project, before they are read back and compared."""


@dataclass(slots=True)
class Report:
    """What was written; `stopped` (nothing was) when it was cancelled.

    `loose` counts ties left out, or a member short, since a span or registry entry that they name is gone; `undecided`
    relations of the consensus left out, since there is no span of a consensus for the one they lead to in another
    article; `blind` says that something is sealed for who exports, whether or not anybody did anything there.
    """

    articles: int = 0
    spans: int = 0
    bytes: int = 0
    sha256: str = ""
    stopped: bool = False
    loose: int = 0
    undecided: int = 0
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """What to export: layers that `visible` shows and whose state is `state` ("" any); offsets in `unit`.

    `owners` keeps the layers of these annotators only (`visible` would show imported layers too), `refs` those that
    one of them means. With any of the limits an article without such a layer is left out.
    """

    visible: VisibleLayers = VisibleLayers.ALL
    owners: frozenset[str] | None = None
    state: str = ""
    unit: str = UNITS[0]
    refs: tuple[LayerRef, ...] = ()

    @property
    def limited(self) -> bool:
        """Whether not everything is wanted."""
        return self.visible != VisibleLayers.ALL or self.owners is not None or bool(self.state or self.refs)

    def wants(self, layer: Layer) -> bool:
        """Whether a layer that is visible is wanted."""
        if self.owners is not None and layer.owner not in self.owners:
            return False
        if self.state and layer.state != self.state:
            return False
        return not self.refs or any(ref.means(layer) for ref in self.refs)


def export(
    project: Path,
    target: Path,
    visible: VisibleLayers = VisibleLayers.ALL,
    *,
    owners: frozenset[str] | None = None,
    state: str = "",
    unit: str = UNITS[0],
    refs: tuple[LayerRef, ...] = (),
    me: str = "",
    progress: Progress = no_progress,
    cancelled: Cancelled = never,
) -> Report:
    """Export the project to `target` ("-" is the standard output). See `jobs.job` for the rest.

    What is sealed for `me` (the annotator's id) is left out; the report says when something may be (`Report.blind`).

    Every quoted text is compared with the article; what is written is read back and compared with the project; then
    it takes the target's place. Raises UserError, with the target as it was, when anything does not fit.
    """
    wishes = Wishes(visible, owners, state, unit, refs)
    with seldom_collecting(), closing(Reader(project)) as reader, Place(target, project) as place:
        reader.seal(me)
        return _Export(reader, wishes, place).run(progress, cancelled)


class Preview(NamedTuple):
    """What an export would hold; `line` is its first one as it would be written, without its end, "" for none."""

    articles: int
    spans: int
    line: str


def preview(project: Path, wishes: Wishes, cancelled: Cancelled = never, me: str = "") -> Preview:
    """Return what an export by `me` (the annotator's id) would hold.

    Raises UserError where the project cannot be read.
    """
    with closing(Reader(project)) as reader:
        reader.seal(me)
        return _previewed(reader, wishes, cancelled)


def _previewed(reader: Reader, wishes: Wishes, cancelled: Cancelled) -> Preview:
    with reader.snapshot():
        articles, spans = reader.tally(wishes.visible, wishes.owners, wishes.state)
        if not wishes.limited:
            articles = reader.article_count()
        source, line = _Source(reader, wishes), ""
        for id in reader.article_ids() if articles else ():
            record = source.record(id)
            if record is not None:
                line = jsonl_writer.encode(record, wishes.unit).decode("utf-8").rstrip("\n")
            if record is not None or cancelled():
                break
        return Preview(articles, spans, line)


class _Source:
    """The articles of a project, limited to what is wanted."""

    def __init__(self, reader: Reader, wishes: Wishes) -> None:
        self._reader = reader
        self._wishes = wishes
        scheme = reader.scheme()
        self._scheme = SchemeRef(scheme.id, scheme.version, scheme.sha256)
        self._links, self._field_links = linking_attributes(scheme), linking_fields(scheme)
        self._people = tuple(reader.annotators().values())
        self.loose = self.undecided = 0
        self._became: tuple[str, dict[str, str]] = "", {}
        """Of the article (id) last looked at: which spans of its consensus stand for which of the readings."""

    def record(self, id: str) -> Record | None:
        """Return an article with what is wanted of it; None where nothing is. Raises UserError for an altered text."""
        reader, wishes = self._reader, self._wishes
        article = reader.article(id)
        if article is None:  # taken back since the page of ids was read
            return None
        layers = [layer for layer in reader.layers(id, wishes.visible) if wishes.wants(layer)]
        if wishes.limited and not layers:
            return None
        text = reader.text(article.sha256)
        if fingerprint(text) != article.sha256:
            raise Unproved(id, _("its text was altered in the project"))
        spans = reader.spans(id, wishes.visible)
        relations = reader.relations(id, wishes.visible)
        groups = reader.groups(id, wishes.visible)
        if wishes.limited:
            kept = {layer.id for layer in layers}
            spans = [span for span in spans if span.layer in kept]
            relations = [one for one in relations if one.layer in kept]
            groups = [one for one in groups if one.layer in kept]
        if relations or groups:
            consensus = {layer.id for layer in layers if layer.kind == CONSENSUS}
            relations, groups = self._tied(spans, relations, groups, consensus)
        return Record(
            article, text, self._scheme, self._people, tuple(layers), tuple(spans), tuple(relations), tuple(groups),
            entries=self._named(layers, spans, relations),
        )  # fmt: skip

    def _tied(
        self, spans: list[Span], relations: list[Relation], groups: list[Group], consensus: set[str]
    ) -> tuple[list[Relation], list[Group]]:
        """Return the ties whose ends are exported too; what names a thing that is gone could not be read again.

        A relation of the consensus (the ids of its layer) leads to a reader's span in another article. Where that is
        not exported, it leads to what became of it there: the consensus alone is whole.
        """
        there = {span.id for span in spans}
        named = {one.source for one in relations} | {one.target for one in relations}
        named |= {member.span for group in groups for member in group.members}
        away = sorted(named - there)
        if not away:
            return relations, groups
        gone = set(away) - self._reader.values("span", "", away).keys() - self._reader.values("entry", "", away).keys()
        reached = there | self._reached([one.target for one in relations if one.target not in there])
        known = [one if one.target in reached or one.layer not in consensus else self._led(one) for one in relations]
        if known != relations:
            reached |= self._reached([one.target for one in known if one.target not in reached])
        kept = [one for one in known if one.source in there and one.target in reached]
        self.undecided += sum(
            1
            for one in known
            if one.layer in consensus and one.source in there and one.target not in reached and one.target not in gone
        )
        self.loose += sum(1 for one in relations if one.source in gone or one.target in gone)
        whole = []
        for group in groups:
            members = tuple(member for member in group.members if member.span not in gone)
            self.loose += len(members) < len(group.members)
            if members and all(member.span in there for member in members):
                whole.append(group._replace(members=members))
        return kept, whole

    def _led(self, relation: Relation) -> Relation:
        """Return a relation of the consensus as it leads to the consensus of another article, if there is a span."""
        reader = self._reader
        of = reader.article_of("span", relation.target)
        if of is None:
            return relation
        if self._became[0] != of:
            spans = reader.spans(of, VisibleLayers(frozenset({CONSENSUS})))
            self._became = of, became(reviewed.decisions(reader, of), {span.id: span for span in spans})
        return relation._replace(target=self._became[1].get(relation.target, relation.target))

    def _named(self, layers: list[Layer], spans: list[Span], relations: list[Relation]) -> tuple[Entry, ...]:
        """Return the registry entries that an article names, by id, and those that they were merged into."""
        said = [span.attributes.get(id) for span in spans if span.attributes for id in self._links]
        said += [layer.fields.get(id) for layer in layers if layer.fields for id in self._field_links]
        # A file may have brought anything there, lists too.
        ids = {one for one in said if isinstance(one, str)}
        if relations:
            ids |= {one.target for one in relations} - {span.id for span in spans}
        found: dict[str, Entry] = {}
        while wanted := [id for id in ids if id not in found]:
            read = self._reader.values("entry", "", wanted)
            found.update(read)
            ids = {id for entry in read.values() for id in merged_into(entry)}
        return tuple(found[id] for id in sorted(found))

    def _reached(self, targets: list[str]) -> set[str]:
        """Return those of the targets of relations, none of them in this article, that are exported too."""
        if not targets:
            return set()
        reader, wishes = self._reader, self._wishes
        reached = set(reader.values("entry", "", targets))
        for id, span in reader.values("span", "", targets).items():
            of = reader.article_of("span", id)
            layers = reader.layers(of, wishes.visible) if of is not None else []
            if any(layer.id == span.layer and wishes.wants(layer) for layer in layers):
                reached.add(id)
        return reached


class _Export:
    """One run into a file that is open for writing and reading."""

    def __init__(self, reader: Reader, wishes: Wishes, place: Place) -> None:
        self._reader = reader
        self._wishes = wishes
        self._place = place
        self._source = _Source(reader, wishes)
        self._report = Report()
        self._digest = hashlib.sha256()
        self._chunk: list[tuple[Record, int]] = []
        self._unproved = 0

    def run(self, progress: Progress, cancelled: Cancelled) -> Report:
        """Write, prove, put in place."""
        total = self._reader.article_count()
        ids = enumerate(self._reader.article_ids(), start=1)
        more = True
        while more:
            # What a chunk holds was so at one moment; a snapshot for each article would cost a twentieth more.
            with self._reader.snapshot():
                more = self._write_chunk(ids, total, progress, cancelled)
            if cancelled():
                return Report(stopped=True)
            self._prove()
        self._place.put()
        self._report.sha256 = self._digest.hexdigest()
        self._report.loose, self._report.undecided = self._source.loose, self._source.undecided
        self._report.blind = self._reader.blind
        return self._report

    def _write_chunk(
        self, ids: Iterator[tuple[int, str]], total: int, progress: Progress, cancelled: Cancelled
    ) -> bool:
        """Write articles until a chunk is full; return whether there may be more."""
        for done, id in ids:
            record = self._source.record(id)
            if record is not None:
                self._write(record)
            progress(done, total)
            if self._unproved >= _CHUNK or cancelled():
                return True
        return False

    def _write(self, record: Record) -> None:
        line = jsonl_writer.encode(record, self._wishes.unit)
        self._place.write(line)
        self._chunk.append((record, len(line)))
        self._unproved += len(line)

    def _prove(self) -> None:
        """Read what was written since the last time, and compare it with the project."""
        chunk, self._chunk, self._unproved = self._chunk, [], 0
        for record, size in chunk:
            line = self._place.read_back(size)
            compare(record, line, self._wishes.unit)
            self._digest.update(line)
            self._report.articles += 1
            self._report.spans += len(record.spans)
            self._report.bytes += size
