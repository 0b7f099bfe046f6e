"""brat's standoff files: a text and, in a file beside it, lines about pieces of it."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from annotator.domain.article import Annotator, Article, Layer, imported_layer, own_layer
from annotator.domain.errors import BadSpan
from annotator.domain.free import NOTHING
from annotator.domain.ids import foreign_id
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.span import Fragments, Span, joined
from annotator.domain.text import storable
from annotator.formats import plain_text
from annotator.formats.brat_lines import (
    WHAT,
    Alike,
    Event,
    Line,
    Mention,
    Note,
    Reference,
    Tie,
    Trait,
    ended,
    parsed,
)
from annotator.formats.brat_offsets import reading, unfit
from annotator.formats.record import MAX_TEXT, BadLine, Origin, Record, Refusal
from annotator.formats.strict_json import lines, shown
from annotator.i18n import _

LONGEST = MAX_TEXT + 64 * 1024
"""Bytes of the longest line that is read: a span over the longest text quotes all of it."""
NOTES = "AnnotatorNotes"
KEY = "brat"
"""Where a span or relation keeps what of brat has no place of its own here."""
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"\x00")
_ENDS = ("Arg1", "Arg2")


def read(data: bytes, stream: BinaryIO | None, origin: Origin, encoding: str = "", layer: str = "") -> Record:
    """Return the article of a text's bytes, with what the lines of `stream` say of it (None: there is no such file).

    `encoding` is that of both, "" to find out. Without an owner the spans go to an imported layer called `layer`.
    Raises BadLine where the text cannot be taken.
    """
    record = replace(plain_text.read(data, origin, encoding), line=0)
    if stream is None:
        return record
    marked = data.startswith(codecs.BOM_UTF8)
    return _Reader(record, origin.owner, layer or origin.stem).read(stream, encoding, marked)


@dataclass(slots=True)
class _Thing:
    """A span or relation to be: what the lines about it say comes bit by bit."""

    line: int
    label: str
    attributes: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)
    fragments: Fragments = ()
    ends: tuple[str, str] = ("", "")

    @property
    def extra(self) -> dict[str, Any]:
        return {KEY: self.kept} if self.kept else {}


class _Reader:
    """Reads the lines about one article."""

    def __init__(self, record: Record, owner: Annotator | None, name: str) -> None:
        self._record = record
        self._article: Article = record.article
        self._owner = owner
        id = self._article.id
        self._layer: Layer = own_layer(id, owner.id)._replace(state="started") if owner else imported_layer(id, name)
        self._spans: dict[str, _Thing] = {}
        self._relations: dict[str, _Thing] = {}
        self._events: dict[str, Event] = {}
        self._groups: dict[str, Group] = {}
        self._about: dict[str, _Thing] = {}  # what an id stands for, or belongs to
        self._lines: dict[str, int] = {}  # ids that stand in the file, with their lines
        self._shared: set[str] = set()  # triggers of several events
        self._refusals: list[Refusal] = []
        self._notes: dict[str, None] = {}

    def read(self, stream: BinaryIO, encoding: str, marked: bool) -> Record:
        """Return the record with everything that could be taken."""
        found = list(self._parsed(stream, encoding))
        self._take_mentions([it for it in found if isinstance(it, Mention)], marked)
        events = [it for it in found if isinstance(it, Event)]
        for event in events:
            self._attempt(event, self._event)
        for event in events:
            if event.id in self._events:
                self._parts(event)
        # Later lines may speak of earlier ones' ids and the other way round: kinds go in this order, and a note on a
        # note comes behind it.
        for kind in (Tie, Alike, Trait, Reference, Note):
            for it in found:
                if isinstance(it, kind):
                    self._attempt(it, self._line)
        return self._made()

    # lines

    def _parsed(self, stream: BinaryIO, encoding: str) -> Iterator[Line]:
        for number, data, size in lines(stream, LONGEST):
            if data is None:
                self._refuse("line", number, _("The line of {size} bytes is longer than {most} MB.").format(
                    size=size, most=LONGEST // 1024 // 1024))  # fmt: skip
                continue
            if number == 1 and data.startswith(_WIDE):
                self._refuse("line", number, _("The file is UTF-16 or UTF-32; brat’s files are UTF-8."))
                return
            if not data.strip():
                continue
            try:
                text = self._decoded(data.removesuffix(b"\n").removesuffix(b"\r"), encoding)
                it = parsed(number, text)
                self._note_id(it)
            except BadLine as error:
                self._refuse(self._name(data), number, str(error))
            else:
                yield it

    def _decoded(self, data: bytes, encoding: str) -> str:
        try:
            text, replaced = storable(data.decode("utf-8"))
        except UnicodeDecodeError as error:
            try:
                text, replaced = storable(data.decode(encoding or "utf-8"))
            except UnicodeError:
                raise BadLine(
                    _("Not UTF-8: byte {byte} of the line does not fit.").format(byte=error.start + 1)
                ) from None
        if replaced:
            self._note(_("Unstorable characters (NUL, lone surrogates) became U+FFFD."))
        return text

    def _note_id(self, it: Line) -> None:
        if isinstance(it, Alike):
            return
        if it.id in self._lines:
            raise BadLine(
                _("The id {id} stands in line {line} already.").format(id=shown(it.id), line=self._lines[it.id])
            )
        self._lines[it.id] = it.line

    @staticmethod
    def _name(data: bytes) -> str:
        """Return what a refused line is called, such as "span T3"."""
        id = data[:40].split(b"\t")[0].decode("ascii", "replace")
        what = WHAT.get(id[:1], "")
        short = id if id.isascii() and id.isprintable() and " " not in id and len(id) < 20 else ""
        return f"{what} {short}".strip() if what and short else "line"

    def _attempt(self, it: Any, one: Any) -> None:
        try:
            one(it)
        except (BadLine, BadSpan) as error:
            id = "*" if isinstance(it, Alike) else it.id
            self._refuse(f"{WHAT[id[0]]} {shown(id)[1:-1]}", it.line, str(error))

    def _refuse(self, what: str, line: int, reason: str) -> None:
        self._refusals.append(Refusal(what, reason, line))

    def _note(self, words: str) -> None:
        self._notes[words] = None

    # spans and events

    def _take_mentions(self, mentions: list[Mention], marked: bool) -> None:
        text = self._record.text
        read, note = reading(text, mentions, marked=marked)
        if note:
            self._note(note)

        def one(it: Mention) -> None:
            pieces = read(it)
            if reason := unfit(text, it, pieces):
                raise BadLine(reason)
            fragments = joined(pieces)
            if len(fragments) < len(pieces):
                self._note(_("Fragments of a span that touch or overlap became one."))
            self._spans[it.id] = self._about[it.id] = _Thing(it.line, it.label, fragments=fragments)

        for it in mentions:
            self._attempt(it, one)

    def _event(self, event: Event) -> None:
        trigger = self._spans.get(event.trigger)
        if trigger is None:
            raise BadLine(
                _("Its trigger {id} is not among the spans taken from the file.").format(id=shown(event.trigger))
            )
        events = trigger.kept.setdefault("events", {})
        if events:
            self._shared.add(event.trigger)
            self._note(_("Several events have one trigger: what is said of each is kept, but not shown."))
        events[event.id] = event.label
        if event.label != trigger.label:
            self._note(_("An event has another type than its trigger’s label; the type is kept, but not shown."))
        self._events[event.id] = event
        self._about[event.id] = trigger

    def _parts(self, event: Event) -> None:
        """Tie the trigger to what plays a part in the event: a relation each, labelled by the role."""
        for part in event.parts:
            try:
                role, to = ended(part)
                id = f"{event.id} {role} {to}"
                if id in self._relations:
                    raise BadLine(_("{part} stands twice.").format(part=shown(part)))
                tie = _Thing(event.line, role, ends=(event.trigger, self._span(to)))
            except BadLine as error:
                self._refuse(f"relation {event.id}", event.line, str(error))
            else:
                tie.kept["event"] = event.id
                self._relations[id] = tie

    def _span(self, id: str) -> str:
        """Return the span that an id means, for an event its trigger. Raises BadLine."""
        if id in self._events:
            return self._events[id].trigger
        if id not in self._spans:
            raise BadLine(_("{id} is not among the spans and events taken from the file.").format(id=shown(id)))
        return id

    # the others

    def _line(self, it: Tie | Alike | Trait | Reference | Note) -> None:
        if isinstance(it, Tie):
            self._tie(it)
        elif isinstance(it, Alike):
            self._alike(it)
        else:
            thing = self._about.get(it.to)
            if thing is None:
                raise BadLine(_("{id}, of which it speaks, is not among what was taken from the file.").format(
                    id=shown(it.to)))  # fmt: skip
            self._say(it, thing)
            self._about[it.id] = thing

    def _tie(self, it: Tie) -> None:
        (first, source), (second, target) = it.ends
        if (first, second) == _ENDS[::-1]:
            source, target = target, source
        tie = _Thing(it.line, it.label, ends=(self._span(source), self._span(target)))
        if {first, second} != set(_ENDS):
            tie.kept["roles"] = [first, second]
        if events := [id for id in (source, target) if id in self._events]:
            tie.kept["events"] = events
        self._relations[it.id] = self._about[it.id] = tie

    def _alike(self, it: Alike) -> None:
        ids = list(dict.fromkeys(self._span(id) for id in it.ids))
        article, layer = self._article.id, self._layer.id
        id = foreign_id("group", article, " ".join([layer, "*", it.label, *ids]))
        if id in self._groups or len(ids) < 2:
            raise BadLine(_("It stands twice.") if id in self._groups else _("It names one span only."))
        members = tuple(Member("", self._id(span)) for span in ids)
        self._groups[id] = Group(id, article, layer, it.label, members)

    def _say(self, it: Trait | Reference | Note, thing: _Thing) -> None:
        direct = it.to in self._spans or it.to in self._relations or it.to in self._events
        if isinstance(it, Trait):
            if not direct:
                raise BadLine(_("An attribute is said of a span, event or relation, not of {id}.").format(
                    id=shown(it.to)))  # fmt: skip
            _add(self._attributes(it.to, thing), it.name, True if it.value is None else it.value)
        elif isinstance(it, Reference):
            item = {"type": it.kind, "reference": it.reference, "text": it.text}
            thing.kept.setdefault("references", []).append(item if it.to in self._spans else {**item, "to": it.to})
        elif direct and it.kind == NOTES:
            thing.notes.append(it.text)
        else:
            thing.kept.setdefault("notes", []).append({"type": it.kind, "to": it.to, "text": it.text})

    def _attributes(self, id: str, thing: _Thing) -> dict[str, Any]:
        event = self._events.get(id)
        if event is None or event.trigger not in self._shared:
            return thing.attributes
        own: dict[str, Any] = thing.kept.setdefault("attributes", {}).setdefault(id, {})
        return own

    # what came of it

    def _id(self, span: str) -> str:
        # brat counts anew in every file, and four people's files of one article have a T1 each.
        return foreign_id("span", self._article.id, f"{self._layer.id} {span}")

    def _made(self) -> Record:
        article, layer, revision = self._article.id, self._layer.id, self._article.revision
        who = self._owner.id if self._owner else ""
        spans = (
            Span(
                self._id(id), article, layer, who, it.label, it.fragments, revision, it.attributes or NOTHING,
                note="\n".join(it.notes), source_id=id, extra=it.extra or NOTHING,
            )
            for id, it in self._spans.items()
        )  # fmt: skip
        relations = (
            Relation(
                foreign_id("relation", article, f"{layer} {id}"), article, layer, it.label, self._id(it.ends[0]),
                self._id(it.ends[1]), it.attributes or NOTHING, note="\n".join(it.notes), source_id=id,
                extra=it.extra or NOTHING,
            )
            for id, it in self._relations.items()
        )  # fmt: skip
        return replace(
            self._record,
            annotators=(self._owner,) if self._owner else (),
            layers=(self._layer,),
            spans=tuple(spans),
            relations=tuple(relations),
            groups=tuple(self._groups.values()),
            unstated=self._record.unstated | {layer},
            refusals=tuple(sorted(self._refusals, key=lambda it: it.line)),
            notes=(*self._record.notes, *self._notes),
        )


def _add(attributes: dict[str, Any], name: str, value: Any) -> None:
    """Say an attribute; one that is said twice in different ways has both values."""
    if name not in attributes:
        attributes[name] = value
        return
    said = attributes[name]
    values: Iterable[Any] = said if isinstance(said, list) else [said]
    if value not in values:
        attributes[name] = [*values, value]
