"""What does not look finished or right in an article's spans: nothing here forbids, it only points out.

Pure; positions are code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from annotator.domain import attributes, grouping, quotations
from annotator.domain.links import Links
from annotator.domain.scheme import Scheme
from annotator.domain.span import Span
from annotator.i18n import _, later

REQUIRED, SOURCELESS, STRAY, OVERLAP, EMPTY, UNBALANCED, UNMARKED = (
    "required", "sourceless", "stray", "overlap", "empty", "unbalanced", "unmarked",
)  # fmt: skip
KINDS = {
    REQUIRED: later("Not said what must be said"),
    SOURCELESS: later("Without a source"),
    STRAY: later("Belongs to nothing"),
    OVERLAP: later("Overlaps where it must not"),
    EMPTY: later("Only marks and blanks"),
    UNBALANCED: later("A quotation mark without its partner"),
    UNMARKED: later("Direct, without quotation marks"),
}
"""What each kind of finding is called."""
_FAR = 4_000
"""Code points from a span within which the partners of its marks are looked for."""
_MARKS = frozenset('"“”„‟«»‹›「」『』《》״')


class Finding(NamedTuple):
    """One thing that was found: what kind it is of (of KINDS), at which span (its id), and in words."""

    kind: str
    span: str
    words: str


def lint(text: str, spans: Iterable[Span], links: Links, scheme: Scheme) -> list[Finding]:
    """Return what was found, in the order of the text."""
    ordered = sorted(spans, key=lambda span: (span.start, span.end, span.id))
    return [finding for found in one_by_one(text, ordered, links, scheme) for finding in found]


def one_by_one(text: str, ordered: Iterable[Span], links: Links, scheme: Scheme) -> Iterator[list[Finding]]:
    """Yield what was found at each span, which come by their start: for who does not want to wait for all."""
    rules = _overlap_rules(scheme)
    reach: dict[tuple[str, str], list[Span]] = {}
    for span in ordered:
        found = list(_of_one(text, span, links, scheme))
        rule = rules.get(span.label)
        if rule is not None:
            near = [one for one in reach.get((span.layer, span.label), ()) if one.end > span.start]
            if any(_clash(one, span, rule) for one in near):
                name = known.name if (known := scheme.label(span.label)) else span.label
                found.append(Finding(OVERLAP, span.id, _("It overlaps another {name}").format(name=name)))
            reach[span.layer, span.label] = [*near, span]
        yield found


def _of_one(text: str, span: Span, links: Links, scheme: Scheme) -> Iterator[Finding]:
    own = attributes.of_label(scheme, span.label)
    for attribute in attributes.missing(own, span.attributes):
        yield Finding(REQUIRED, span.id, _("{name} is not set").format(name=attribute.name))
    if not any(character.isalnum() for start, end in span.fragments for character in text[start:end]):
        yield Finding(EMPTY, span.id, _("Only marks and blanks"))
        return
    yield from _ties(span, links, scheme)
    if any(attribute.suggest == "quotation marks" for attribute in own):
        yield from _marks(text, span)


def _ties(span: Span, links: Links, scheme: Scheme) -> Iterator[Finding]:
    kind = grouping.headed_by(scheme, span.label)
    groups = links.groups_of(span.id)
    if kind is not None:
        if kind.role("source") is None:
            return
        held = [group for group in groups if group.kind == kind.id and span.id in grouping.members(group, kind.head)]
        if not any(group.no_source or grouping.members(group, "source") for group in held):
            yield Finding(SOURCELESS, span.id, _("Nobody is said to have said it"))
        return
    played = [kind for kind in grouping.kinds(scheme) if kind.played_by(span.label) is not None]
    if played and not groups:
        head = played[0].role(played[0].head)
        label = scheme.label(head.label) if head is not None else None
        name = label.name if label is not None else played[0].name
        yield Finding(STRAY, span.id, _("It belongs to no {name}").format(name=name))


def _marks(text: str, span: Span) -> Iterator[Finding]:
    low, high = _around(text, span)
    pairs = quotations.quotations(text, low, high)
    partner = {place: other for start, end in pairs for place, other in ((start, end - 1), (end - 1, start))}
    inside = [place for start, end in span.fragments for place in range(start, end) if text[place] in _MARKS]
    # A mark of a quotation that goes on outside the hull is half of a pair; one that opens a further paragraph is none.
    halves = [place for place in inside if not span.start <= partner.get(place, -1) < span.end]
    whole = [(start, end) for start, end in pairs if span.start <= start and end <= span.end]
    if any(place in partner or not any(start < place < end for start, end in whole) for place in halves):
        yield Finding(UNBALANCED, span.id, _("A quotation mark without its partner"))
    if span.attributes.get("mode") == "direct" and not inside and not _is_inside(span, pairs):
        yield Finding(UNMARKED, span.id, _("Direct, but without quotation marks"))


def _is_inside(span: Span, pairs: Sequence[tuple[int, int]]) -> bool:
    return any(start < span.start and span.end < end for start, end in pairs)


def _around(text: str, span: Span) -> tuple[int, int]:
    """Return the stretch in which the partners of a span's marks are looked for: its paragraphs."""
    # No further than that is looked: a long text may have no such character at all.
    first, last = max(0, span.start - _FAR), min(len(text), span.end + _FAR)
    low = max(text.rfind(mark, first, span.start) + 1 for mark in "\r\n")
    ends = (text.find(mark, span.end, last) for mark in "\r\n")
    return low or first, min((place for place in ends if place >= 0), default=last)


def _clash(one: Span, other: Span, rule: str) -> bool:
    """Whether two spans of a label stand as the rule forbids: overlap at all, or neither within the other."""
    pairs = [(a, b) for a in one.fragments for b in other.fragments]
    if not any(start < end2 and start2 < end for (start, end), (start2, end2) in pairs):
        return False
    return rule == "none" or not (_within(one, other) or _within(other, one))


def _within(inner: Span, outer: Span) -> bool:
    return all(any(a <= start and end <= b for a, b in outer.fragments) for start, end in inner.fragments)


def _overlap_rules(scheme: Scheme) -> dict[str, str]:
    """Return by label (its id) what its spans must not do with each other: "none" overlap, "nest" cross."""
    tables = scheme.rest.get("labels") or [{}] * len(scheme.labels)
    rules = {label.id: str(table.get("overlap", "any")) for label, table in zip(scheme.labels, tables, strict=False)}
    return {label: rule for label, rule in rules.items() if rule in ("none", "nest")}
