"""What is done to the registry: entries made, changed, merged, deleted, linked; each function gives a Step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from annotator.domain import registry
from annotator.domain.change import Change, Entry, Step
from annotator.domain.errors import UserError
from annotator.domain.free import Free
from annotator.domain.grouping import RelationKind
from annotator.domain.relation import Relation
from annotator.domain.span import Span
from annotator.editing.titles import TIED
from annotator.i18n import _, later

ADDED = later("Add an entry to the registry")
RENAMED = later("Rename an entry of the registry")
KIND = later("Change the kind of an entry")
OTHER_NAMES = later("Change other names of an entry")
ELSEWHERE = later("Change the external id of an entry")
NOTE = later("Change the note of an entry")
MERGED = later("Merge two entries of the registry")
APART = later("Take merged entries apart")
DELETED = later("Delete an entry of the registry")
LINKED = later("Link to the registry")
UNLINKED = later("Take a link to the registry away")


def new(id: str, kind: str, name: str, other_names: Sequence[str] = ()) -> Entry:
    """Return an entry that is not in the project yet. Raises UserError where the name is empty or too long."""
    return registry.with_data(Entry(id, kind, registry.named(name)), aliases=_other_names(name, other_names))


def add(entry: Entry) -> Step:
    """Put a new entry into the registry."""
    return Step(ADDED, (Change(None, entry),))


def rename(entry: Entry, name: str, keep_old: bool = False) -> Step:
    """Give it another name; with `keep_old` the one it had becomes one of its other names.

    Raises UserError where the name is empty, too long, or the one it has.
    """
    name = registry.named(name)
    others = registry.aliases(entry) + ((entry.name,) if keep_old else ())
    after = registry.with_data(entry._replace(name=name), aliases=_other_names(name, others))
    if name == entry.name:
        raise UserError(_("It has this name already."))
    return Step(RENAMED, (Change(entry, after),))


def set_kind(entry: Entry, kind: str) -> Step:
    """Say what it is: one of registry.KINDS, or a kind that a file brought."""
    return _changed(KIND, entry, entry._replace(kind=kind))


def add_other_name(entry: Entry, name: str) -> Step:
    """Give it one more name by which it is found. Raises UserError where it has that."""
    name = registry.named(name)
    if name in registry.names(entry):
        raise UserError(_("It has this name already."))
    return set_other_names(entry, (*registry.aliases(entry), name))


def remove_other_name(entry: Entry, name: str) -> Step:
    """Take one of its other names away. Raises UserError where it has none like that."""
    return set_other_names(entry, [one for one in registry.aliases(entry) if one != name])


def set_other_names(entry: Entry, names: Iterable[str]) -> Step:
    """Give it these other names and no others."""
    return _changed(OTHER_NAMES, entry, registry.with_data(entry, aliases=_other_names(entry.name, names)))


def set_ids(entry: Entry, words: str) -> Step:
    """Say what it is called elsewhere, as `registry.read_ids` reads it."""
    return _changed(ELSEWHERE, entry, registry.with_data(entry, ids=registry.read_ids(words)))


def set_note(entry: Entry, note: str) -> Step:
    """Write its note, "" for none."""
    return _changed(NOTE, entry, registry.with_data(entry, note=note.strip()))


def _changed(title: str, before: Entry, after: Entry) -> Step:
    if before == after:
        raise UserError(_("The entry says that already."))
    return Step(title, (Change(before, after),))


def _other_names(name: str, others: Iterable[str]) -> tuple[str, ...]:
    found = dict.fromkeys(registry.named(one) for one in others if one.strip())
    return tuple(one for one in found if one != name)


def merge(loser: Entry, winner: Entry, roots: Mapping[str, str]) -> Step:
    """Let `winner` stand for `loser` too; `roots` says who belongs together now (`registry.roots`).

    No link changes, so that taking it back is exact. Raises UserError where the two are one already.
    """
    if loser.id == winner.id:
        raise UserError(_("An entry cannot be merged with itself."))
    if roots.get(loser.id, loser.id) == roots.get(winner.id, winner.id):
        raise UserError(_("These two are merged already."))
    into = (*registry.merged_into(loser), winner.id)
    return Step(MERGED, (Change(loser, registry.with_data(loser, merged_into=into)),))


def take_apart(entry: Entry) -> Step:
    """Let a merged entry stand for itself again. Raises UserError where it is not merged."""
    if not registry.merged_into(entry):
        raise UserError(_("This entry is not merged into another."))
    return Step(APART, (Change(entry, registry.with_data(entry, merged_into=())),))


def delete(together: Sequence[Entry]) -> Step:
    """Delete an entry with those that were merged into it. Links to it stay, and say that it is gone."""
    if not together:
        raise UserError(_("This entry is gone already."))
    return Step(DELETED, tuple(Change(entry, None) for entry in together))


# Links


def link(span: Span, attributes: Free, now: str, made: Entry | None = None) -> Step:
    """Give the span attributes that link it to an entry; `made` is that entry where it is new.

    Raises UserError where nothing would change.
    """
    if attributes == span.attributes:
        raise UserError(_("It is linked so already."))
    change = Change(span, span._replace(attributes=attributes, updated=now))
    return Step(LINKED, ((Change(None, made), change) if made is not None else (change,)))


def unlink(span: Span, attributes: Free, now: str) -> Step:
    """Give the span attributes that do not link it any more. Raises UserError where nothing would change."""
    if attributes == span.attributes:
        raise UserError(_("It is not linked."))
    return Step(UNLINKED, (Change(span, span._replace(attributes=attributes, updated=now)),))


def relate(
    kind: RelationKind, span: Span, entry: Entry, there: Iterable[Relation], id: str, now: str, scheme_version: int,
    made: bool = False,
) -> Step:  # fmt: skip
    """Lead a relation from a span to an entry, which is new where it is `made`.

    Raises UserError where the scheme does not allow it or there is one already.
    """
    if not kind.to_registry or span.label not in kind.source:
        raise UserError(_("“{name}” does not lead from one to the other.").format(name=kind.name))
    if any((one.label, one.source, one.target) == (kind.id, span.id, entry.id) for one in there):
        raise UserError(_("These two are tied so already."))
    relation = Relation(
        id, span.article, span.layer, kind.id, span.id, entry.id, scheme_version=scheme_version, created=now,
        updated=now,
    )  # fmt: skip
    new_entry = (Change(None, entry),) if made else ()
    return Step(TIED.format(title=kind.name), (*new_entry, Change(None, relation)))
