"""What stands in an article, out of a line of JSON: each part is taken or refused by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from annotator.domain import span as spans
from annotator.domain.article import KINDS, Annotator, Article, Layer, imported_layer, own_layer
from annotator.domain.article import STATES as LAYER_STATES
from annotator.domain.change import Entry
from annotator.domain.errors import BadSpan
from annotator.domain.ids import content_span_id, foreign_id, is_uuid, layer_id
from annotator.domain.offsets import exact_code_point, offset_map
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.span import Fragments, Span
from annotator.domain.text import storable
from annotator.formats import fields
from annotator.formats.fields import Bad, Object
from annotator.formats.record import ENTRY, SPAN, TO_KINDS, BadLine, Distant, Origin, Refusal
from annotator.formats.strict_json import shown
from annotator.i18n import _

_LAYER = frozenset(("id", "source_id", "kind", "round", "annotator", "state", "fields", "note"))
_PERSON = frozenset(("id", "name"))
_PIECE = frozenset(("start", "end", "text"))
_MEMBER = frozenset(("role", "span"))
_SPAN = frozenset(
    (
        "id", "source_id", "layer", "annotator", "label", "start", "end", "text", "fragments", "attributes", "state",
        "note", "scheme_version", "created", "updated",
    )
)  # fmt: skip
_SPAN_TEXTS = ("id", "source_id", "layer", "annotator", "label", "note", "created", "updated")
_RELATION = frozenset(
    (
        "id", "source_id", "layer", "label", "from", "to", "to_kind", "attributes", "state", "note", "scheme_version",
        "created", "updated",
    )
)  # fmt: skip
_ENTRY = frozenset(("id", "kind", "name", "data"))
_GROUP = frozenset(("id", "source_id", "layer", "kind", "members", "no_source", "state", "note"))


class Contents:
    """Reads entries, layers, spans, relations and groups of one line, in this order, into values of one article.

    Offsets of the file are in `unit`; those of the values in code points. Where `distant`, a relation may lead to a
    span of another line, which is looked for when all lines are read.
    """

    def __init__(self, article: Article, text: str, unit: str, origin: Origin, *, distant: bool = True) -> None:
        self.annotators: dict[str, Annotator] = {}
        self.layers: dict[str, Layer] = {}
        self.spans: dict[str, Span] = {}
        self.relations: dict[str, Relation] = {}
        self.groups: dict[str, Group] = {}
        self.entries: dict[str, Entry] = {}
        self.distant: list[Distant] = []
        self.foreign: dict[str, str] = {}
        """Our ids of spans whose ids in the file are not ours."""
        self.unstated: set[str] = set()
        self.refusals: list[Refusal] = []
        self.notes: list[str] = []
        self._article = article
        self._text = text
        self._origin = origin
        self._may_be_distant = distant
        self._related: set[str] = set()
        self._number = 0
        self._offsets = None if unit == "code-points" else offset_map(text, unit)
        self._length = self._offsets.length if self._offsets else len(text)
        self._layer_ids: dict[str, str] = {}  # as the file calls them, to ours
        self._span_ids: dict[str, str] = {}
        self._homes: dict[tuple[str, str], tuple[str, str]] = {}  # layer and annotator as the file says, to ours

    def read(self, item: Object) -> None:
        """Take what can be taken, and note what not. Raises BadLine where a list is none."""
        for key, name, one in (
            ("entries", "entry", self._entry),
            ("layers", "layer", self._layer),
            ("spans", "span", self._span),
            ("relations", "relation", self._relation),
            ("groups", "group", self._group),
        ):
            if key in item:
                self._read_list(fields.objects(item, key), name, one)

    def _read_list(self, parts: list[Any], name: str, one: Callable[[Object], None]) -> None:
        for number, part in enumerate(parts, start=1):
            self._number = number
            try:
                one(fields.as_object(part))
            except (BadLine, BadSpan) as error:
                self.refusals.append(Refusal(f"{name} {number}", str(error)))

    def add_spans(self, found: dict[str, Span]) -> None:
        """Take spans, by id, that were looked at already and whose ids in the file are ours."""
        self.spans.update(found)
        self._span_ids.update(zip(found, found, strict=True))

    def _note_unkept(self, item: Object, known: frozenset[str], what: str) -> None:
        # Only what has a row of its own has room for the keys of others.
        if not known.issuperset(item):
            self.notes.append(_("Unknown keys of {what} were not kept.").format(what=what))

    # entries

    def _entry(self, item: Object) -> None:
        id, name = fields.text(item, "id"), fields.text(item, "name").strip()
        if not is_uuid(id):
            raise Bad(_("The id of a registry entry must be a UUID, not {id}.").format(id=shown(id)))
        if not name:
            raise Bad(_("It has no name."))
        if id in self.entries:
            raise Bad(_("It stands twice."))
        self._note_unkept(item, _ENTRY, "a registry entry")
        self.entries[id] = Entry(id, fields.text(item, "kind"), name, fields.table(item, "data"))

    # layers

    def _layer(self, item: Object) -> None:
        article = self._article.id
        kind = fields.choice(item, "kind", KINDS, "annotator")
        round = fields.number(item, "round")
        person = fields.table(item, "annotator")
        self._note_unkept(person, _PERSON, "a layer's annotator")
        owner, name = fields.given_id(person), fields.text(person, "name")
        if kind == "consensus" and (owner or name):
            # There is one, whatever file it comes in.
            self.notes.append(_("The consensus is nobody's: that it names an annotator was not kept."))
            owner = name = ""
        if owner:
            annotator = self._annotator(owner, name)
            owner, name = annotator.id, ""
        else:
            kind = "imported" if kind == "annotator" else kind
            name = name if kind == "consensus" else name or self._origin.stem
        id = layer_id(article, kind, owner or name, round)
        given, source = fields.given_id(item), fields.text(item, "source_id")
        layer = Layer(
            id,
            article,
            kind,
            owner,
            name,
            round,
            fields.choice(item, "state", LAYER_STATES, "new"),
            fields.table(item, "fields"),
            fields.text(item, "note"),
            source if not given or is_uuid(given) else given,
            fields.unknown(item, _LAYER),
        )
        if given in self._layer_ids:
            raise Bad(_("The id {given} is that of another layer of the line.").format(given=shown(given)))
        self._layer_ids[given or id] = id
        if id in self.layers:
            raise Bad(_("It is the same reading (kind, annotator, round) as another layer; its spans go there."))
        self.layers[id] = layer

    def _annotator(self, given: str, name: str) -> Annotator:
        id = fields.known_id("annotator", "", given)
        if id not in self.annotators or (name and not self.annotators[id].name):
            self.annotators[id] = Annotator(id, name or given)
        return self.annotators[id]

    def home(self, layer: str, annotator: str) -> tuple[str, str]:
        """Return our ids of the layer and the annotator that a part of the line names ("" for none). Raises Bad."""
        home = self._homes.get((layer, annotator))
        if home is None:
            home = self._homes[layer, annotator] = self._found_home(layer, annotator)
        return home

    def _layer_of(self, item: Object) -> str:
        return self.home(fields.given_id(item, "layer"), fields.given_id(item, "annotator"))[0]

    def _found_home(self, layer: str, annotator: str) -> tuple[str, str]:
        if layer:
            if layer not in self._layer_ids:
                raise Bad(_("The layer {layer} is not among the layers of the line.").format(layer=shown(layer)))
            return self._layer_ids[layer], fields.known_id("annotator", "", annotator)
        if annotator:
            owner: Annotator | None = self._annotator(annotator, "")
        else:
            owner = self._origin.owner
        return self._unstated_layer(owner).id, owner.id if owner else ""

    def _unstated_layer(self, owner: Annotator | None) -> Layer:
        article = self._article.id
        layer = own_layer(article, owner.id) if owner else imported_layer(article, self._origin.stem)
        if layer.id not in self.layers:
            if owner:
                self.annotators.setdefault(owner.id, owner)
                layer = layer._replace(state="started")
            self.layers[layer.id] = layer
            self.unstated.add(layer.id)
        return layer

    # spans

    def _span(self, item: Object) -> None:
        # Importing is mostly this: 25 spans an article, thousands of articles.
        given, source, layer_given, annotator_given, label, note, created, updated = fields.texts(item, _SPAN_TEXTS)
        if not label:
            raise Bad(_("The label is missing."))
        fragments = self._fragments(item)
        layer, annotator = self.home(layer_given, annotator_given)
        article = self._article
        if is_uuid(given):
            id = given
        elif given:
            id, source = foreign_id("span", article.id, given), given
        else:
            id = content_span_id(article.id, layer, label, fragments)
        if id in self.spans:
            if given:
                raise Bad(_("The id {given} is that of another span of the line.").format(given=shown(given)))
            self.notes.append(_("A span {label} stands twice and was taken once.").format(label=shown(label)))
            return
        self.spans[id] = Span(
            id,
            article.id,
            layer,
            annotator,
            label,
            fragments,
            article.revision,
            fields.table(item, "attributes"),
            fields.choice(item, "state", spans.STATES, "ok"),
            note,
            fields.number(item, "scheme_version", least=0),
            created,
            updated,
            source,
            fields.unknown(item, _SPAN),
        )
        if given:
            self._span_ids[given] = id
            if given != id:
                self.foreign[given] = id

    def _fragments(self, item: Object) -> Fragments:
        pieces = fields.objects(item, "fragments")
        if not pieces:
            return (self._range(item),)
        if len(pieces) == 1 and pieces[0] == {
            "start": item.get("start"),
            "end": item.get("end"),
            "text": item.get("text"),
        }:
            return (self._range(item),)
        ranges = [self._range(fields.as_object(piece)) for piece in pieces]
        for piece in pieces:
            self._note_unkept(piece, _PIECE, "a fragment")
        fragments = spans.joined(ranges)
        if len(fragments) < len(ranges):
            self.notes.append(
                _("{count} fragments of a span touch or overlap; they became {joined}.").format(
                    count=len(ranges), joined=len(fragments)
                )
            )
        if "start" in item or "end" in item:
            hull = self._range(item)
            if hull != (fragments[0][0], fragments[-1][1]):
                raise Bad(_("Its start and end are not those of its fragments."))
        return fragments

    def _range(self, item: Object) -> tuple[int, int]:
        start, end = item.get("start"), item.get("end")
        if type(start) is not int or type(end) is not int:
            raise Bad(
                _("start and end must be whole numbers, not {start} and {end}.").format(
                    start=shown(start), end=shown(end)
                )
            )
        if not 0 <= start < end <= self._length:
            self._refuse_range(start, end)
        if self._offsets:
            start, end = exact_code_point(self._offsets, start), exact_code_point(self._offsets, end)
        quote = item.get("text")
        if quote is not None and quote != self._text[start:end]:
            if type(quote) is not str:
                raise Bad(_("text must be a text, not {quote}.").format(quote=shown(quote)))
            if storable(quote)[0] != self._text[start:end]:
                raise Bad(
                    _("The text from {start} to {end} is not the quoted text.").format(
                        start=item["start"], end=item["end"]
                    )
                )
        return start, end

    def _refuse_range(self, start: int, end: int) -> NoReturn:
        if start < 0:
            raise Bad(_("It starts at {start}, before the text.").format(start=start))
        if start >= end:
            raise Bad(
                _("It starts at {start} and ends at {end}: it is empty or reversed.").format(start=start, end=end)
            )
        raise Bad(_("It ends at {end}, after the end of the text at {length}.").format(end=end, length=self._length))

    # relations and groups

    def _relation(self, item: Object) -> None:
        label = fields.text(item, "label")
        source, (target, distant) = self._end(item, "from"), self._target(item)
        layer = self._layer_of(item) if "layer" in item else self.spans[source].layer
        article = self._article.id
        id, source_id = fields.ids(
            item, "relation", article, lambda: foreign_id("relation", article, f"{layer} {label} {source} {target}")
        )
        if id in self._related:
            raise Bad(_("It stands twice."))
        relation = Relation(
            id,
            article,
            layer,
            label,
            source,
            target,
            fields.table(item, "attributes"),
            fields.choice(item, "state", spans.STATES, "ok"),
            fields.text(item, "note"),
            fields.number(item, "scheme_version", least=0),
            fields.text(item, "created"),
            fields.text(item, "updated"),
            source_id,
            fields.unknown(item, _RELATION),
        )
        self._related.add(id)
        if distant:
            self.distant.append(Distant(self._number, relation, distant))
        else:
            self.relations[id] = relation

    def _target(self, item: Object) -> tuple[str, str]:
        """Return what a relation leads to, and its kind where it does not stand in this line ("" where it does)."""
        kind, given = fields.choice(item, "to_kind", TO_KINDS, SPAN), fields.given_id(item, "to")
        if kind == ENTRY:
            return given, "" if given in self.entries else ENTRY
        if given and given not in self._span_ids and self._may_be_distant:
            return given, SPAN
        return self._end(item, "to"), ""

    def _end(self, item: Object, key: str) -> str:
        given = fields.given_id(item, key)
        if given not in self._span_ids:
            raise Bad(
                _("The span {given} under {key} is not among the spans taken from the line.").format(
                    given=shown(given), key=shown(key)
                )
            )
        return self._span_ids[given]

    def _group(self, item: Object) -> None:
        kind = fields.text(item, "kind")
        members: list[Member] = []
        for part in fields.objects(item, "members"):
            member = fields.as_object(part)
            self._note_unkept(member, _MEMBER, _("a member of a group"))
            members.append(Member(fields.text(member, "role"), self._end(member, "span")))
        inherited = "layer" not in item and members
        layer = self.spans[members[0].span].layer if inherited else self._layer_of(item)
        article = self._article.id
        named = " ".join([layer, kind, *(f"{member.role}={member.span}" for member in members)])
        id, source_id = fields.ids(item, "group", article, lambda: foreign_id("group", article, named))
        if id in self.groups:
            raise Bad(_("It stands twice."))
        self.groups[id] = Group(
            id,
            article,
            layer,
            kind,
            tuple(members),
            fields.truth(item, "no_source"),
            fields.choice(item, "state", spans.STATES, "ok"),
            fields.text(item, "note"),
            source_id,
            fields.unknown(item, _GROUP),
        )
