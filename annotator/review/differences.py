"""What two or more readings of an article make of it: clusters of spans that mean the same, and how they differ."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from annotator.domain.attributes import is_set
from annotator.domain.free import NOTHING
from annotator.domain.grouping import kind as kind_of
from annotator.domain.grouping import relation as relation_kind
from annotator.domain.ids import decision_id
from annotator.domain.relation import Group, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.sides import Side
from annotator.domain.span import Span, quoted
from annotator.review.align import Mark, matched, overlaps, shares_a_word, weight
from annotator.review.pairing import heaviest

AGREED = "agreed"
KINDS = ("missed", "label", "fragment", "boundary", "attribute", "link", "field")
"""Kinds of differences; of several the first is told."""
ABSENT = -1
"""In `Difference.alike`: this side has nothing there."""


class Difference(NamedTuple):
    """Spans of the sides that mean the same (a cluster), or one field of the article, and how they differ.

    `id` is that of the decision about it. `spans` has one for each of the chosen sides, None where it has none;
    `present` are the sides (their numbers) that are compared. `start` and `end` are the hull of all in code points,
    `labels` (ids) and `words` those of the sides, each once. `alike` numbers for each side what it says: equal numbers
    for the same, ABSENT for nothing. `marks` are the fingerprints of what counts of each span (`mark`). Of a field
    (kind "field", or agreed) `field` is the id and `values` what each side says; it has no spans.
    """

    id: str
    article: str
    kind: str
    spans: tuple[Span | None, ...]
    present: tuple[int, ...]
    start: int
    end: int
    labels: tuple[str, ...]
    words: str
    alike: tuple[int, ...]
    marks: tuple[str, ...]
    field: str = ""
    values: tuple[Any, ...] = ()

    @property
    def missing(self) -> tuple[int, ...]:
        """The compared sides (their numbers) that have nothing there."""
        return tuple(number for number in self.present if self.alike[number] == ABSENT)

    @property
    def odd(self) -> tuple[int, ...]:
        """The compared sides (their numbers) that say something else than the most; all where no one saying leads."""
        votes = Counter(self.alike[number] for number in self.present).most_common(2)
        if len(votes) > 1 and votes[0][1] == votes[1][1]:
            return self.present
        return tuple(number for number in self.present if self.alike[number] != votes[0][0])

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its spans."""
        return tuple(span.id for span in self.spans if span is not None)


class Compared(NamedTuple):
    """An article compared: `agreed` on which all sides say the same, and `differences`, both in the order of the text.

    `present` are the sides that were compared; `others` those (their numbers) that have spans of another revision
    of the text and were not.
    """

    article: str
    agreed: tuple[Difference, ...]
    differences: tuple[Difference, ...]
    present: tuple[int, ...]
    others: tuple[int, ...] = ()

    @property
    def length(self) -> int:
        """How many there are, agreed ones among them."""
        return len(self.agreed) + len(self.differences)

    @property
    def all(self) -> tuple[Difference, ...]:
        """Agreed ones and differences, in the order of the text."""
        return tuple(sorted((*self.agreed, *self.differences), key=_place))


def compare(
    article: str, sides: Sequence[Side], text: str, scheme: Scheme, revision: int = 1, far: Mapping[str, str] = NOTHING
) -> Compared:
    """Compare the sides of an article (its id) whose text of this revision is given; `far` as in `sides.Ground`.

    Sides without a layer there are left out, and those with spans of another revision (`Compared.others`). Spans are
    put together as well as can be, side after side: each with one cluster at most that it shares a letter or digit
    with, the sum of the weights (`align.weight`, with each span of the cluster) as large as it can be.
    """
    others = tuple(n for n, side in enumerate(sides) if any(span.revision != revision for span in side.spans))
    present = tuple(n for n, side in enumerate(sides) if side.layer is not None and n not in others)
    if len(present) < 2:
        return Compared(article, (), (), present, others)
    clusters = _clusters([(n, sides[n]) for n in present], text)
    ties = _Ties(sides, present, clusters, scheme, far)
    found = [_difference(article, n, one, len(sides), present, ties, text) for n, one in enumerate(clusters)]
    found += _fields(article, sides, present)
    found.sort(key=_place)
    return Compared(
        article,
        tuple(one for one in found if one.kind == AGREED),
        tuple(one for one in found if one.kind != AGREED),
        present,
        others,
    )


def _place(one: Difference) -> tuple[int, int, int, str, str]:
    return (1 if one.field else 0), one.start, one.end, one.field, one.id


Cluster = dict[int, Span]
"""Spans that mean the same, by the number of their side."""


def _clusters(sides: Sequence[tuple[int, Side]], text: str) -> list[Cluster]:
    number, first = sides[0]
    clusters: list[Cluster] = [{number: span} for span in _ordered(first.spans)]
    for number, side in sides[1:]:
        spans = _ordered(side.spans)
        pairs = _joined(spans, clusters, text)
        for place, span in enumerate(spans):
            if place in pairs:
                clusters[pairs[place]][number] = span
        clusters += [{number: span} for place, span in enumerate(spans) if place not in pairs]
    return clusters


def _ordered(spans: Collection[Span]) -> list[Span]:
    if len({_mark(it) for it in spans}) == len(spans):
        return sorted(spans, key=lambda it: (it.fragments, it.label))
    # Of spans that stand twice those meet that are described alike.
    return sorted(spans, key=lambda it: (it.fragments, it.label, written(said(it.attributes)), it.id))


def _joined(spans: Sequence[Span], clusters: Sequence[Cluster], text: str) -> dict[int, int]:
    """Return which span (by its number) joins which cluster."""
    ours = [_mark(span) for span in spans]
    if all(len(cluster) == 1 for cluster in clusters):
        alone = [_mark(span) for cluster in clusters for span in cluster.values()]
        return matched(ours, alone, text)
    theirs = [(n, _mark(span)) for n, cluster in enumerate(clusters) for span in cluster.values()]
    shared = overlaps([mark[1] for mark in ours], [mark[1] for _, mark in theirs])
    weights: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for (one, two), count in shared.items():
        cluster, there = theirs[two]
        here = ours[one]
        if here[1] == there[1] or not text or shares_a_word(here[1], there[1], text):
            weights[one][cluster] = weights[one].get(cluster, 0) + weight(here, there, count)
    return heaviest({one: sorted(many.items()) for one, many in weights.items()})


def _mark(span: Span) -> Mark:
    return span.label, span.fragments


def said(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return of attributes or fields those that say something, several choices of a list in one order."""
    return {key: _in_order(value) for key, value in values.items() if is_set(value)}


def _in_order(value: Any) -> Any:
    # They stand as the list of the scheme was when they were chosen, or as a file has them: that says nothing.
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return sorted(value)
    return value


def content(span: Span | None) -> tuple[object, ...]:
    """Return what is compared of a span by itself, whatever ties it; () for none."""
    if span is None:
        return ()
    return span.label, span.fragments, written(said(span.attributes)) if span.attributes else "{}"


def written(value: object) -> str:
    """Return a value as JSON that is the same for equal values, whatever the order of their keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def head(group: Group, scheme: Scheme) -> str:
    """Return the span (id) that holds a group together, its first where the scheme does not say."""
    kind = kind_of(scheme, group.kind)
    named = [member.span for member in group.members if kind is not None and member.role == kind.head]
    return (named or [member.span for member in group.members] or [""])[0]


def symmetric(relation: Relation, scheme: Scheme) -> bool:
    """Whether a relation has no direction."""
    kind = relation_kind(scheme, relation.label)
    return kind is not None and kind.symmetric


def tied(side: Side, scheme: Scheme) -> dict[str, list[Relation | Group]]:
    """Return the ties of a side by the span (id) that they belong to: a relation's source, a group's head.

    A relation without direction belongs to that of its ends which stands first in the text.
    """
    found: defaultdict[str, list[Relation | Group]] = defaultdict(list)
    place = {span.id: (span.start, span.end, span.label, span.id) for span in side.spans} if side.relations else {}
    for relation in side.relations:
        one, two = relation.source, relation.target
        turned = symmetric(relation, scheme) and one in place and two in place and place[two] < place[one]
        found[two if turned else one].append(relation)
    for group in side.groups:
        found[head(group, scheme)].append(group)
    return found


def mark(span: Span, ties: Iterable[Relation | Group] = ()) -> str:
    """Return the fingerprint of what counts of a span, with the ties that belong to it: 12 hex digits.

    Its label, fragments and attributes, and of each tie what it is and which spans (ids) it holds; neither note nor
    state. A change of a tied span is a matter of that one.
    """
    whole = [span.label, span.fragments, said(span.attributes), sorted(map(_tie_mark, ties))]
    return sha256(written(whole).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _tie_mark(tie: Relation | Group) -> str:
    if isinstance(tie, Relation):
        return written(["relation", tie.label, said(tie.attributes), tie.source, tie.target])
    return written(["group", tie.kind, tie.no_source, sorted((one.role, one.span) for one in tie.members)])


def value_mark(value: object) -> str:
    """Return the fingerprint of a field's value: 12 hex digits."""
    return sha256(written(_in_order(value) if is_set(value) else None).encode("utf-8", "surrogatepass")).hexdigest()[
        :12
    ]


class _Ties:
    """The ties of the compared sides, told by clusters instead of spans, so that those of two sides can be equal."""

    def __init__(
        self, sides: Sequence[Side], present: Sequence[int], clusters: Sequence[Cluster], scheme: Scheme,
        far: Mapping[str, str],
    ) -> None:  # fmt: skip
        self._cluster = {span.id: n for n, cluster in enumerate(clusters) for span in cluster.values()}
        self._whole = {n for n, cluster in enumerate(clusters) if len(cluster) == len(present)}
        self._of = {number: tied(sides[number], scheme) for number in present}
        self._scheme, self._far = scheme, far

    def mark(self, number: int, span: Span) -> str:
        """Return the mark of a side's span."""
        return mark(span, self._of[number].get(span.id, ()))

    def said(self, number: int, span: Span) -> tuple[str, ...]:
        """Return what a side's span is tied to; what hangs on a span that others missed is no difference of its own."""
        ties = self._of[number].get(span.id)
        return tuple(sorted(filter(None, (self._told(tie, span.id) for tie in ties)))) if ties else ()

    def _told(self, tie: Relation | Group, of: str) -> str:
        if isinstance(tie, Relation):
            end = self._end(tie.target if tie.source == of else tie.source)
            return written(["relation", tie.label, said(tie.attributes), end]) if end is not None else ""
        ends = [(one.role, self._end(one.span)) for one in tie.members if one.span != of]
        known = sorted((role, end) for role, end in ends if end is not None)
        return written(["group", tie.kind, tie.no_source, known]) if known or tie.no_source else ""

    def _end(self, span: str) -> str | None:
        """Return what an end is called, None where its cluster lacks a side; of another article by `far`, or its id."""
        cluster = self._cluster.get(span)
        if cluster is None:
            return self._far.get(span, span)
        return f"#{cluster}" if cluster in self._whole else None


def _difference(
    article: str, number: int, cluster: Cluster, width: int, present: Sequence[int], ties: _Ties, text: str
) -> Difference:
    spans = tuple(cluster.get(n) for n in range(width))
    there = list(cluster.values())
    contents = {n: (*content(span), ties.said(n, span)) for n, span in cluster.items()}
    numbers: dict[Any, int] = {}
    alike = [ABSENT] * width
    for n in sorted(contents):
        alike[n] = numbers.setdefault(contents[n], len(numbers))
    kind = AGREED if len(numbers) == 1 and len(cluster) == len(present) else _kind(
        list(contents.values()), len(present)
    )  # fmt: skip
    first = cluster[min(cluster)]
    return Difference(
        decision_id(article, [span.id for span in there]), article, kind, spans, tuple(present),
        min(span.start for span in there), max(span.end for span in there),
        tuple(dict.fromkeys(cluster[n].label for n in sorted(cluster))), quoted(text, first.fragments),
        tuple(alike), tuple("" if span is None else ties.mark(n, span) for n, span in enumerate(spans)),
    )  # fmt: skip


def _kind(contents: Sequence[tuple[Any, ...]], sides: int) -> str:
    if len(contents) < sides:
        return "missed"
    labels, fragments, attributes, _links = (set(column) for column in zip(*contents, strict=True))
    if len(labels) > 1:
        return "label"
    if len({len(one) for one in fragments}) > 1:
        return "fragment"
    if len(fragments) > 1:
        return "boundary"
    return "attribute" if len(attributes) > 1 else "link"


def _fields(article: str, sides: Sequence[Side], present: Collection[int]) -> list[Difference]:
    """Return what the sides say of the article as a whole, a field each."""
    layers = {n: layer for n in sorted(present) if (layer := sides[n].layer) is not None}
    found = []
    for key in sorted({key for layer in layers.values() for key in said(layer.fields)}):
        values = tuple(
            value if n in layers and is_set(value := layers[n].fields.get(key)) else None for n in range(len(sides))
        )
        numbers: dict[str, int] = {}
        alike = tuple(
            ABSENT if value is None else numbers.setdefault(written(_in_order(value)), len(numbers)) for value in values
        )
        agreed = len(numbers) == 1 and all(alike[n] != ABSENT for n in layers)
        marks = tuple(value_mark(values[n]) if n in layers else "" for n in range(len(sides)))
        found.append(
            Difference(
                decision_id(article, (), key), article, AGREED if agreed else "field", (None,) * len(sides),
                tuple(sorted(present)), 0, 0, (), "", alike, marks, key, values,
            )
        )  # fmt: skip
    return found
