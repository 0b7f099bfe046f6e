"""Differences found by another road: every pairing tried, kinds by a plain reading of the rules."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from annotator.domain.grouping import kind as kind_of
from annotator.domain.grouping import relations
from annotator.domain.relation import Group
from annotator.domain.scheme import Scheme
from annotator.domain.sides import Side
from annotator.domain.span import Span

Cluster = dict[int, Span]


def places(span: Span) -> set[int]:
    return {place for start, end in span.fragments for place in range(start, end)}


def worth(one: Span, two: Span, text: str) -> int:
    """What a pair weighs, by the definition: Dice of the code points, half for the label, four for equal ones."""
    common = places(one) & places(two)
    if not common or not (one.fragments == two.fragments or any(text[place].isalnum() for place in common)):
        return 0
    if (one.label, one.fragments) == (two.label, two.fragments):
        return 4 << 20
    dice = Fraction(2 * len(common), len(places(one)) + len(places(two)))
    return max(1, int(dice * (1 << 20))) + ((1 << 19) if one.label == two.label else 0)


def best(rows: Sequence[Span], clusters: Sequence[Cluster], text: str) -> tuple[int, dict[int, int]]:
    """Try every pairing of a component; return the largest sum and a pairing that has it."""
    table = [[sum(worth(span, other, text) for other in one.values()) for one in clusters] for span in rows]
    total, found = 0, {}
    for component_rows, component_columns in components(table):

        @cache
        def most(
            at: int, used: frozenset[int], these: tuple[int, ...] = component_rows,
            columns: tuple[int, ...] = component_columns,
        ) -> tuple[int, tuple[tuple[int, int], ...]]:  # fmt: skip
            if at == len(these):
                return 0, ()
            result = most(at + 1, used)
            for column in columns:
                if column not in used and table[these[at]][column]:
                    rest, pairs = most(at + 1, used | {column})
                    sum_ = rest + table[these[at]][column]
                    if sum_ > result[0]:
                        result = sum_, ((these[at], column), *pairs)
            return result

        sum_, pairs = most(0, frozenset())
        total += sum_
        found.update(pairs)
    return total, found


def components(table: Sequence[Sequence[int]]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Rows and columns that hang together, each lot by itself."""
    left, found = set(range(len(table))), []
    while left:
        rows, columns, todo = set(), set(), [min(left)]
        while todo:
            row = todo.pop()
            if row in rows:
                continue
            rows.add(row)
            for column, value in enumerate(table[row]):
                if value and column not in columns:
                    columns.add(column)
                    todo += [other for other in left if table[other][column]]
        left -= rows
        found.append((tuple(sorted(rows)), tuple(sorted(columns))))
    return found


def clusters(sides: Sequence[tuple[int, Side]], text: str) -> list[Cluster]:
    """Sides one after the other, each paired as well as can be with what is there."""
    number, first = sides[0]
    found: list[Cluster] = [{number: span} for span in first.spans]
    for number, side in sides[1:]:
        spans = list(side.spans)
        _total, pairs = best(spans, found, text)
        for row, column in pairs.items():
            found[column][number] = spans[row]
        found += [{number: span} for row, span in enumerate(spans) if row not in pairs]
    return found


def kinds(sides: Sequence[Side], text: str, scheme: Scheme) -> Counter[str]:
    """How many clusters and fields are of which kind, "agreed" among them."""
    present = [(number, side) for number, side in enumerate(sides) if side.layer is not None]
    found = clusters(present, text)
    counts = Counter(kind(one, found, dict(present), scheme) for one in found)
    keys = {key for _n, side in present if side.layer for key, value in side.layer.fields.items() if value}
    for key in keys:
        values = {json.dumps(side.layer.fields.get(key), sort_keys=True) for _n, side in present if side.layer}
        counts["agreed" if len(values) == 1 else "field"] += 1
    return counts


def kind(one: Cluster, among: Sequence[Cluster], sides: dict[int, Side], scheme: Scheme) -> str:
    """What kind a cluster is of, by the rules read one after the other."""
    spans = list(one.values())
    if len(one) < len(sides):
        return "missed"
    if len({span.label for span in spans}) > 1:
        return "label"
    if len({len(span.fragments) for span in spans}) > 1:
        return "fragment"
    if len({span.fragments for span in spans}) > 1:
        return "boundary"
    if len({json.dumps(_set(span.attributes), sort_keys=True) for span in spans}) > 1:
        return "attribute"
    said = [links(span, sides[number], among, len(sides), scheme) for number, span in one.items()]
    return "agreed" if all(it == said[0] for it in said) else "link"


def _set(values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def links(span: Span, side: Side, among: Sequence[Cluster], sides: int, scheme: Scheme) -> Counter[Any]:
    """What a span is tied to, each end called by its cluster; ends that not all sides have are passed over."""
    found: Counter[Any] = Counter()

    def end(id: str) -> object:
        there = [n for n, one in enumerate(among) if any(it.id == id for it in one.values())]
        return id if not there else there[0] if len(among[there[0]]) == sides else None

    places_ = {it.id: (it.start, it.end, it.label, it.id) for it in side.spans}
    for relation in side.relations:
        ends = [relation.source, relation.target]
        declared = next((it for it in relations(scheme) if it.id == relation.label), None)
        if declared is not None and declared.symmetric and all(it in places_ for it in ends):
            ends.sort(key=lambda it: places_[it])
        if ends[0] == span.id and end(ends[1]) is not None:
            found[("relation", relation.label, json.dumps(_set(relation.attributes)), end(ends[1]))] += 1
    for group in side.groups:
        if _head(group, scheme) == span.id:
            others = frozenset(
                (it.role, end(it.span)) for it in group.members if it.span != span.id and end(it.span) is not None
            )
            if others or group.no_source:
                found[("group", group.kind, group.no_source, others)] += 1
    return found


def _head(group: Group, scheme: Scheme) -> str:
    declared = kind_of(scheme, group.kind)
    heads = [it.span for it in group.members if declared is not None and it.role == declared.head]
    return heads[0] if heads else group.members[0].span


__all__ = ["best", "clusters", "kinds", "links", "worth"]
