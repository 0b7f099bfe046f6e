"""What a scheme says of a label, gathered on one page: definition, examples, keys, what belongs to it, rules.

Pure; what the program does not understand of a scheme is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from annotator.domain import attributes, grouping
from annotator.domain.attributes import Attribute
from annotator.domain.grouping import Kind, RelationKind, Role
from annotator.domain.scheme import Label, Scheme, as_key
from annotator.domain.terms import plain


class Key(NamedTuple):
    """A key that makes spans of the label, and what it says of them: attribute and value by name."""

    key: str
    sets: tuple[tuple[str, str], ...] = ()


class Rule(NamedTuple):
    """What to do where the definitions leave a choice; one way that is right and one that is not."""

    rule: str
    good: str = ""
    bad: str = ""


class Part(NamedTuple):
    """The part that the label plays in a kind of group."""

    kind: Kind
    role: Role

    @property
    def heads(self) -> bool:
        """Whether it holds the group together."""
        return self.role.id == self.kind.head


class Tie(NamedTuple):
    """A relation that may begin at spans of the label (`outward`) or end there."""

    relation: RelationKind
    outward: bool


class Guideline(NamedTuple):
    """The page of one label."""

    label: Label
    definition: str
    use_when: str
    avoid_when: str
    good: tuple[str, ...]
    bad: tuple[str, ...]
    keys: tuple[Key, ...]
    attributes: tuple[Attribute, ...]
    parts: tuple[Part, ...]
    ties: tuple[Tie, ...]
    rules: tuple[Rule, ...]

    @property
    def is_bare(self) -> bool:
        """Whether the scheme has neither definition nor examples nor rules for the label."""
        said = self.definition, self.use_when, self.avoid_when, self.good, self.bad, self.rules
        return not any(said)


def guideline(scheme: Scheme, label: Label) -> Guideline:
    """Return what the scheme says of one of its labels."""
    table = scheme.table(label.id)
    own = attributes.of_label(scheme, label.id)
    parts = (Part(kind, role) for kind in grouping.kinds(scheme) if (role := kind.played_by(label.id)) is not None)
    return Guideline(
        label, label.definition.strip(), _words(table, "use-when"), _words(table, "avoid-when"),
        _examples(table, "good"), _examples(table, "bad"), _keys(label, table, own), own, tuple(parts),
        tuple(_ties(scheme, label.id)), tuple(_rules(scheme, label.id)),
    )  # fmt: skip


def found(scheme: Scheme, typed: str) -> list[Label]:
    """Return the labels on whose pages each of the words (or beginnings of words) stands, those so named first."""
    wanted = plain(typed).split()
    if not wanted:
        return list(scheme.labels)
    hits: list[tuple[bool, Label]] = []
    for label, name, said in _compared(scheme):
        if all(f" {word}" in said for word in wanted):
            hits.append((not all(f" {word}" in name for word in wanted), label))
    return [label for _, label in sorted(hits, key=lambda hit: hit[0])]


_last: tuple[Scheme | None, list[tuple[Label, str, str]]] = (None, [])


def _compared(scheme: Scheme) -> list[tuple[Label, str, str]]:
    """Return each label with its name and all words of its page as they are compared; kept for the last scheme."""
    global _last
    if _last[0] is not scheme:
        pages = (guideline(scheme, label) for label in scheme.labels)
        _last = (
            scheme,
            [(page.label, f" {plain(page.label.name)}", f" {plain(' '.join(_said(page)))}") for page in pages],
        )
    return _last[1]


def _said(page: Guideline) -> Iterable[str]:
    """Yield everything that can be read on a page."""
    yield page.label.name
    yield from (page.definition, page.use_when, page.avoid_when, *page.good, *page.bad)
    for attribute in page.attributes:
        yield from (attribute.name, attribute.definition)
        for choice in attribute.choices:
            yield from (choice.name, choice.definition)
    for part in page.parts:
        yield part.kind.name
    for tie in page.ties:
        yield from (tie.relation.name, tie.relation.definition)
    for rule in page.rules:
        yield from rule


def _words(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    return value.strip() if isinstance(value, str) else ""


def _examples(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key)
    listed = value if isinstance(value, list) else [value]
    return tuple(one.strip() for one in listed if isinstance(one, str) and one.strip())


def _keys(label: Label, table: Mapping[str, Any], own: tuple[Attribute, ...]) -> tuple[Key, ...]:
    listed = table.get("keys")
    further = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
    first = [{"key": label.key, "sets": table.get("sets")}] if label.key else []
    return tuple(
        Key(as_key(str(one["key"])), _sets(one.get("sets"), own)) for one in (*first, *further) if one.get("key")
    )


def _sets(sets: object, own: tuple[Attribute, ...]) -> tuple[tuple[str, str], ...]:
    if not isinstance(sets, Mapping):
        return ()
    named: list[tuple[str, str]] = []
    for id, value in sets.items():
        attribute = next((one for one in own if one.id == id), None)
        choice = attribute.choice(value) if attribute is not None else None
        named.append((attribute.name if attribute is not None else str(id), choice.name if choice else str(value)))
    return tuple(named)


def _ties(scheme: Scheme, label: str) -> Iterable[Tie]:
    for relation in grouping.relations(scheme):
        if label in relation.source:
            yield Tie(relation, True)
        # What leads both ways is told once.
        if label in relation.target and not (relation.symmetric and label in relation.source):
            yield Tie(relation, False)


def _rules(scheme: Scheme, label: str) -> Iterable[Rule]:
    listed = scheme.rest.get("rules")
    for table in listed if isinstance(listed, list) else ():
        named = table.get("labels") if isinstance(table, Mapping) else None
        if isinstance(named, list) and label in named and _words(table, "rule"):
            yield Rule(_words(table, "rule"), _words(table, "good"), _words(table, "bad"))
