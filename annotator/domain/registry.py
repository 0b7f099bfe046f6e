"""The registry of people, organisations and outlets: what an entry says, how edits of it join, who stands for whom.

An entry keeps what it says in `Entry.data`: `aliases` (a list), `ids` (names of it elsewhere, such as
`{"wikidata": "Q42"}`), `note`, and `merged_into` (ids of the entries it was merged into); nothing stands there for
nothing. Merging changes only the one that is merged away: links keep the id they were made with, and `roots` says at
reading who stands for it. So two merges of one pair, in whatever direction and order, mean the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.domain.change import Entry
from annotator.domain.errors import UserError
from annotator.domain.free import NOTHING
from annotator.i18n import _

KINDS = ("person", "organisation", "outlet")
"""What the program knows; a file may bring others, which are kept."""
LONGEST = 500
"""Characters of a name or alias; more is a paragraph that was pasted by mistake."""
_SETS = ("aliases", "merged_into")


def aliases(entry: Entry) -> tuple[str, ...]:
    """Return its other names."""
    return _listed(entry.data.get("aliases")) or ()


def ids(entry: Entry) -> dict[str, str]:
    """Return what it is called elsewhere, by where."""
    return _mapped(entry.data.get("ids")) or {}


def note(entry: Entry) -> str:
    """Return its note."""
    found = entry.data.get("note")
    return found if isinstance(found, str) else ""


def merged_into(entry: Entry) -> tuple[str, ...]:
    """Return the ids of the entries it was merged into."""
    return _listed(entry.data.get("merged_into")) or ()


def names(entry: Entry) -> tuple[str, ...]:
    """Return its name and its other names."""
    return (entry.name, *aliases(entry))


def with_data(entry: Entry, **said: Any) -> Entry:
    """Return the entry saying something else of `aliases`, `ids`, `note`, `merged_into`; empty is left out."""
    data = {**entry.data, **{key: list(value) if isinstance(value, tuple) else value for key, value in said.items()}}
    return entry._replace(data={key: value for key, value in data.items() if key not in said or value} or NOTHING)


def named(words: str) -> str:
    """Return a name as it is kept: on one line, without blanks at its ends. Raises UserError."""
    name = " ".join(words.split())
    if not name:
        raise UserError(_("A name is needed."))
    if len(name) > LONGEST:
        raise UserError(
            _("A name has at most {most} characters; this one has {count}.").format(most=LONGEST, count=len(name))
        )
    return name


def read_ids(words: str) -> dict[str, str]:
    """Return what a line says of ids elsewhere: `wikidata:Q42, viaf:1234`; a bare Q42 or its address is Wikidata's."""
    import re  # every start needs this file, few this function

    wikidata_s = re.compile(r"(?:https?://(?:www\.|m\.)?wikidata\.org/\S*?)?([QP][1-9]\d*)/?", re.IGNORECASE)
    found: dict[str, str] = {}
    for part in re.split(r"[,;\s]+", re.sub(r":\s+", ":", words.strip(" ,;\n\t"))):
        if wikidata := wikidata_s.fullmatch(part):
            found["wikidata"] = wikidata.group(1).upper()
            continue
        where, colon, id = part.partition(":")
        if part.casefold().startswith(("http://", "https://")):
            where, colon, id = "url", ":", part
        if colon and where and id:
            found[where.casefold()] = id.upper() if where.casefold() == "wikidata" else id
        elif part:
            found["id"] = part
    return found


def said_ids(found: Mapping[str, str]) -> str:
    """Return ids elsewhere as the line that `read_ids` reads."""
    return ", ".join(id if where in ("url", "id") else f"{where}:{id}" for where, id in sorted(found.items()))


# How edits join


def joined(there: Entry | None, before: Entry | None, after: Entry) -> Entry:
    """Return what becomes of an entry by an edit that was made when it was `before` (None: it was made then).

    Only what the edit changed is changed: each field, each id elsewhere, each alias and each merge by itself.
    """
    if there is None or there == before:
        return after
    old = Entry(after.id, "", "") if before is None else before
    data: dict[str, Any] = dict(there.data)
    for key in dict.fromkeys((*old.data, *after.data)):
        value = _joined_value(key, there.data.get(key), old.data.get(key), after.data.get(key))
        if value:
            data[key] = value
        else:
            data.pop(key, None)
    kind = there.kind if after.kind == old.kind else after.kind
    name = there.name if after.name == old.name else after.name
    return Entry(after.id, kind, name, data or NOTHING)


def _joined_value(key: str, there: object, old: object, new: object) -> object:
    if new == old:
        return there
    sets = [_listed(value) for value in (there, old, new)] if key in _SETS else [None]
    mine, was, becomes = sets if len(sets) == 3 else (None, None, None)
    if mine is not None and was is not None and becomes is not None:
        gone = set(was) - set(becomes)
        return [*(one for one in mine if one not in gone), *(one for one in becomes if one not in {*mine, *was})]
    maps = [_mapped(value) for value in (there, old, new)] if key == "ids" else [None]
    held, had, gets = maps if len(maps) == 3 else (None, None, None)
    if held is not None and had is not None and gets is not None:
        touched = {where for where in had.keys() | gets.keys() if had.get(where) != gets.get(where)}
        return {where: id for where, id in held.items() if where not in touched} | {
            where: id for where, id in gets.items() if where in touched
        }
    return new


def fits(there: Entry, before: Entry, after: Entry) -> bool:
    """Whether what an edit changes of an entry is still as it was when the edit was made."""
    if there == before:
        return True
    turned_back = joined(joined(there, before, after), after, before)
    return turned_back.kind == there.kind and turned_back.name == there.name and _same(turned_back, there)


def _same(one: Entry, other: Entry) -> bool:
    # Of sets the order says nothing.
    keys = one.data.keys() | other.data.keys()
    return all(
        set(_listed(one.data.get(key)) or ()) == set(_listed(other.data.get(key)) or ())
        if key in _SETS
        else one.data.get(key) == other.data.get(key)
        for key in keys
    )


def _listed(value: object) -> tuple[str, ...] | None:
    """Return a list of words, None where it is something else; nothing is none of them."""
    if value is None:
        return ()
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return tuple(value)
    return None


def _mapped(value: object) -> dict[str, str] | None:
    if value is None:
        return {}
    if isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values()):
        return dict(value)
    return None


# Who stands for whom


def roots(entries: Iterable[Entry]) -> dict[str, str]:
    """Return for each entry (id) that belongs together with others the id of the one that stands for them all.

    That is the one which was merged into none of the others; where there are several, or merges made apart go round
    in a circle, the one with the least id, which was made first. What was merged into an entry that is gone stands
    for itself again. Entries that belong to no other are left out.
    """
    led = {entry.id: merged_into(entry) for entry in entries}
    edges = {id: [one for one in into if one in led and one != id] for id, into in led.items() if into}
    group: dict[str, str] = {}

    def leader(id: str) -> str:
        while (above := group.setdefault(id, id)) != id:
            group[id] = group[above]
            id = group[id]
        return id

    for id, into in edges.items():
        for other in into:
            group[leader(id)] = leader(other)
    members: dict[str, list[str]] = {}
    for id in list(group):
        members.setdefault(leader(id), []).append(id)
    found: dict[str, str] = {}
    for together in members.values():
        if len(together) > 1:
            root = min([id for id in together if not edges.get(id)] or together)
            found.update(dict.fromkeys(together, root))
    return found
