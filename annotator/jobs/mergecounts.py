"""What a merge brings, as numbers and names: what reports and previews tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotator.domain.layerref import CONSENSUS
from annotator.domain.text import printable
from annotator.i18n import _
from annotator.storage.authority import spelt_lead
from annotator.storage.sealing import is_sealed
from annotator.storage.store import Store
from annotator.storage.tally import Tally


@dataclass(frozen=True, slots=True)
class ByAnnotator:
    """What one person's work (id, name), or the consensus, brings: numbers of spans."""

    id: str
    name: str
    spans_new: int = 0
    spans_changed: int = 0
    spans_deleted: int = 0


def told_of_lead(lead: str | None, names: dict[str, str]) -> list[str]:
    """Return what is to be told where another leads from now on, or nobody."""
    if lead is None:
        return []
    who = spelt_lead(lead)[0]
    if not who:
        return [_("Nobody leads this project any more: who did came with this package.")]
    return [_("{name} leads this project from now on.").format(name=printable(names.get(who, who)))]


def names_of(store: Store) -> dict[str, str]:
    """Return the names of all who appear in the project, by their ids."""
    reader = store.reader(whole=True)
    try:
        return {id: person.name for id, person in reader.annotators().items()}
    finally:
        reader.close()


def counted(store: Store, tally: Tally, names: dict[str, str]) -> dict[str, Any]:
    """Return the numbers of a report, without what is sealed for who reads in the project."""
    reader = store.reader()
    try:
        if reader.blind:
            me, connection = reader.sealed_for, reader.connection
            tally = tally.blind({it for it in tally.articles if it and is_sealed(connection, me, it)}, me)
    finally:
        reader.close()
    owners, called = tally.by_owner(), {**names, CONSENSUS: _("the consensus")}
    return {
        "articles_new": tally.articles_new,
        "articles_changed": tally.articles_changed,
        "spans_new": sum(owner.new for owner in owners.values()),
        "spans_changed": sum(owner.changed for owner in owners.values()),
        "spans_deleted": sum(owner.deleted for owner in owners.values()),
        "by_annotator": tuple(
            ByAnnotator(id, called.get(id, ""), owner.new, owner.changed, owner.deleted) for id, owner in owners.items()
        ),
        "twofold": tuple(tally.forks),
        "remarks": tally.remarks,
        "decisions": tally.decisions,
        "corrections": tally.corrections,
        "answers": tally.answers,
        "contests": tally.contests,
        "waiting": tally.waiting,
        "assigned": tally.assigned,
        "schemes": tally.schemes,
    }
