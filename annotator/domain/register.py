"""The entries of a registry as they are looked up: found by typed letters, merged ones as one; what links to them.

Pure. Who keeps one up to date puts in what changed; nothing is read here.
"""

from __future__ import annotations

import bisect
import heapq
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from annotator.domain import registry
from annotator.domain.attributes import attributes
from annotator.domain.change import Entry
from annotator.domain.grouping import relations
from annotator.domain.judgement import fields
from annotator.domain.scheme import Scheme
from annotator.domain.terms import WITHOUT_BLANKS, plain

_NO_BLANKS = re.compile(f"[{WITHOUT_BLANKS}]")
_SHORT = 3
"""Letters of a word that says nothing of who is meant: de, van, Dr."""
_NAME_WORDS = 8
"""Words of the longest name that is looked for in a text."""
_COMPARED_WORDS = 3
"""Words of a mention that are compared: a name stands at the end of its titles."""
_AT_ONCE = 2_000
"""Entries whose names are put in order in one go."""
_WITHIN = 9
"""How well a name fits in which the typed words stand elsewhere: worse than any that begins so."""
_LOOKED_AT = 8
"""Times as many names are looked at as are wanted, where very many begin alike."""
NONE_USED: Mapping[str, int] = {}


class Register:
    """Entries by id. Merged ones are found by all their names, and are the one that stands for them."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries: dict[str, Entry] = {}
        # All names as they are compared, each behind a blank, so that a beginning of a word is found in one look.
        self._compared: dict[str, str] = {}
        # Every name in order, as it is compared; whether it is another name; whose.
        self._sorted: list[tuple[str, bool, str]] | None = None
        self._version = 0
        self._merged: dict[str, Entry] = {}
        self._roots: dict[str, str] | None = {}
        self._members: dict[str, list[str]] = {}
        for entry in entries:
            self.put(entry)

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, entry: Entry) -> None:
        """Take an entry in as it is now."""
        self.drop(entry.id)
        self._version += 1
        self._entries[entry.id] = entry
        self._compared[entry.id] = "\n".join(f" {plain(name)}" for name in registry.names(entry))
        if self._sorted is not None:
            for row in self._rows(entry.id):
                bisect.insort(self._sorted, row)
        if registry.merged_into(entry):
            self._merged[entry.id] = entry
        if self._merged:
            self._roots = None

    def drop(self, id: str) -> None:
        """Take an entry out that is gone."""
        if self._entries.pop(id, None) is None:
            return
        self._version += 1
        if self._sorted is not None:
            for row in self._rows(id):
                del self._sorted[bisect.bisect_left(self._sorted, row)]
        del self._compared[id]
        if self._merged:
            self._merged.pop(id, None)
            self._roots = None

    def _rows(self, id: str) -> list[tuple[str, bool, str]]:
        names = self._compared[id].split("\n")
        return [(name[1:], number > 0, id) for number, name in enumerate(names)]

    @property
    def _ordered(self) -> list[tuple[str, bool, str]]:
        if self._sorted is None:
            self._sorted = sorted(row for id in self._compared for row in self._rows(id))
        return self._sorted

    def ordering(self) -> Iterator[None]:
        """Put the names in order a little at a time: with very many entries nobody is to wait for it."""
        version = self._version
        begun: dict[str, list[tuple[str, bool, str]]] = {}
        for number, id in enumerate(list(self._compared)):
            for row in self._rows(id) if id in self._compared else ():
                begun.setdefault(row[0][:1], []).append(row)
            if number % _AT_ONCE == 0:
                yield
        for first in sorted(begun):
            begun[first].sort()
            yield
        # Where something came or went meanwhile they are put in order when they are first wanted.
        if self._sorted is None and version == self._version:
            self._sorted = [row for first in sorted(begun) for row in begun[first]]

    @property
    def roots(self) -> dict[str, str]:
        """Who stands for whom, as `registry.roots`."""
        if self._roots is None:
            into = {id for entry in self._merged.values() for id in registry.merged_into(entry)}
            others = (self._entries[id] for id in into - self._merged.keys() if id in self._entries)
            self._roots = registry.roots((*self._merged.values(), *others))
            self._members = {}
            for id, root in self._roots.items():
                self._members.setdefault(root, []).append(id)
        return self._roots

    def entry(self, id: str) -> Entry | None:
        """Return the entry of this very id, None where it is gone."""
        return self._entries.get(id)

    def standing(self, id: str) -> Entry | None:
        """Return the entry that stands for this one: itself as a rule; None where it is gone."""
        return self._entries.get(self.roots.get(id, id))

    def together(self, id: str) -> list[Entry]:
        """Return an entry with all that belong together with it, the one that stands for them first."""
        root = self.roots.get(id, id)
        ids = [root, *sorted(one for one in self._members.get(root, ()) if one != root)]
        return [self._entries[one] for one in ids if one in self._entries]

    def all(self, most: int | None = None) -> list[Entry]:
        """Return all entries that stand for themselves, by name, or the first so many of them."""
        roots = self.roots
        found = (self._entries[id] for _name, other, id in self._ordered if not other and roots.get(id, id) == id)
        return list(islice(found, most))

    def find(self, typed: str, most: int, used: Mapping[str, int] = NONE_USED) -> list[Entry]:
        """Return entries in whose names every typed word begins a word, the best first, at most so many.

        Best is who has just this name, then whose name begins so, then whose other name does; of equals the one that
        is `used` more (links, by the id of the entry that stands). Without words the most used ones.
        """
        words = plain(typed).split()
        best = self._beginning(" ".join(words), most, used)
        if words and len(best) < most:
            wanted = [word if _NO_BLANKS.search(word) else f" {word}" for word in words]
            roots, first = self.roots, wanted[0]
            for id, compared in self._compared.items():
                if first in compared and all(word in compared for word in wanted):
                    best.setdefault(roots.get(id, id), _WITHIN)
        return self._best(best, most, used)

    def _beginning(self, whole: str, most: int, used: Mapping[str, int]) -> dict[str, int]:
        """Return how well names fit that begin so; where very many do, the first ones, and all that are used."""
        rows, roots, best = self._ordered, self.roots, dict[str, int]()
        start = bisect.bisect_left(rows, (whole,))
        end = bisect.bisect_left(rows, (f"{whole}\U0010ffff",)) if whole else len(rows)
        there = rows[start : min(end, start + _LOOKED_AT * most)]
        if len(there) < end - start:
            near, begin = [one.id for id in used for one in self.together(id)] if self._merged else used, f" {whole}"
            near = [id for id in near if begin in self._compared.get(id, "")]
            there += [row for id in near for row in self._rows(id) if row[0].startswith(whole)]
        for name, other, id in there:
            rank = (2 * (name != whole) + other) if whole else 0
            root = roots.get(id, id)
            if rank < best.get(root, _WITHIN):
                best[root] = rank
        return best

    def _best(self, ranked: Mapping[str, int], most: int, used: Mapping[str, int]) -> list[Entry]:
        def order(id: str) -> tuple[int, int, str, str]:
            return ranked[id], -used.get(id, 0), self._compared[id], id

        return [self._entries[id] for id in heapq.nsmallest(most, ranked, key=order)]

    def named(self, name: str) -> list[Entry]:
        """Return the entries that have just this name, as it is compared."""
        found = dict.fromkeys(self.roots.get(id, id) for id in self._having(plain(name)))
        return [self._entries[id] for id in found]

    def _having(self, compared: str) -> Iterator[str]:
        """Yield the ids of the entries that have a name which is compared as this, merged ones by themselves."""
        rows = self._ordered
        for number in range(bisect.bisect_left(rows, (compared,)), len(rows)):
            if rows[number][0] != compared:
                return
            yield rows[number][2]

    def akin(self, words: str, most: int, used: Mapping[str, int] = NONE_USED) -> list[Entry]:
        """Return entries that share a word with a mention, such as a surname; who shares more words comes first."""
        mentioned = [word for word in dict.fromkeys(plain(words).split()) if len(word) > _SHORT][-_COMPARED_WORDS:]
        shared: Counter[str] = Counter()
        for word in mentioned:
            for id in [id for id, compared in self._compared.items() if f" {word}" in compared]:
                if word in self._compared[id].split():
                    shared[self.roots.get(id, id)] -= 1
        return self._best(shared, most, used)

    def within(self, words: str, most: int, used: Mapping[str, int] = NONE_USED) -> list[Entry]:
        """Return entries of whose names one stands in a text (a few hundred characters), the longest name first."""
        text, found = plain(words).split(), Counter[str]()
        for start in range(len(text)):
            for end in range(start + 1, min(start + _NAME_WORDS, len(text)) + 1):
                name = " ".join(text[start:end])
                for id in self._having(name) if len(name) > _SHORT else ():
                    root = self.roots.get(id, id)
                    found[root] = min(found[root], -len(name))
        return self._best(found, most, used)


class Use(NamedTuple):
    """One link to an entry: by a span's attribute, by a relation that begins at the span, or by a field of a layer.

    `holder` is the id of what holds the link (span, relation or layer), `by` the attribute, relation or field (its
    id), `span` the span's id ("" for a field), `words` those of the span, on one line, `at` where it
    begins (code points).
    """

    holder: str
    by: str
    entry: str
    article: str
    span: str = ""
    words: str = ""
    at: int = 0


class Uses:
    """The links to entries, found by entry, by words and by article."""

    def __init__(self) -> None:
        self._held: dict[str, dict[str, Use]] = {}
        self._of: dict[str, dict[tuple[str, str], Use]] = {}
        self._said: dict[str, dict[tuple[str, str], Use]] = {}
        self._in: dict[str, dict[tuple[str, str], Use]] = {}

    def put(self, holder: str, uses: Iterable[Use]) -> None:
        """Let a span, relation or layer (its id) have these links and no others."""
        for use in self._held.pop(holder, {}).values():
            for found, key in self._places(use):
                del found[key][use.holder, use.by]
        for use in uses:
            self.add(use)

    def add(self, use: Use) -> None:
        """Take one more link in."""
        self._held.setdefault(use.holder, {})[use.by] = use
        for found, key in self._places(use):
            found.setdefault(key, {})[use.holder, use.by] = use

    def _places(self, use: Use) -> list[tuple[dict[str, dict[tuple[str, str], Use]], str]]:
        return [(self._of, use.entry), (self._said, _folded(use.words)), (self._in, use.article)]

    def count(self, ids: Iterable[str]) -> int:
        """Return how many links there are to entries (ids)."""
        return sum(len(self._of.get(id, ())) for id in ids)

    def counts(self, roots: Mapping[str, str]) -> Counter[str]:
        """Return how many links there are to each entry that has some, by the id of who stands for it."""
        found: Counter[str] = Counter()
        for id, uses in self._of.items():
            if uses:
                found[roots.get(id, id)] += len(uses)
        return found

    def of(self, ids: Iterable[str]) -> list[Use]:
        """Return the links to entries (ids)."""
        return [use for id in ids for use in self._of.get(id, {}).values()]

    def said_of(self, words: str) -> list[str]:
        """Return the entries (ids) that these very words were linked to, the most often first."""
        found = Counter(use.entry for use in self._said.get(_folded(words), {}).values() if use.words)
        return [id for id, _count in sorted(found.items(), key=lambda one: (-one[1], one[0]))]

    def last_of(self, article: str) -> list[str]:
        """Return the entries (ids) that spans of an article are linked to, the one that was linked last first."""
        return list(dict.fromkeys(use.entry for use in reversed(self._in.get(article, {}).values()) if use.span))


def linking_attributes(scheme: Scheme) -> frozenset[str]:
    """Return the attributes (ids) that link a span to the registry."""
    return frozenset(one.id for one in attributes(scheme) if one.type == "registry")


def linking_relations(scheme: Scheme) -> frozenset[str]:
    """Return the relations (ids) that lead from a span to the registry."""
    return frozenset(one.id for one in relations(scheme) if one.to_registry)


def linking_fields(scheme: Scheme) -> frozenset[str]:
    """Return the fields of the article (ids) that link it to the registry."""
    return frozenset(one.id for one in fields(scheme) if one.type == "registry")


def of_values(values: Mapping[str, Any], by: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield by what values (of attributes or fields) link, and to which entry (id)."""
    for id, value in values.items():
        if id in by and isinstance(value, str) and value:
            yield id, value


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def suggested_name(words: str) -> str:
    """Return the name that a mention gives: what stands before an apposition, without quotation marks."""
    name = " ".join(words.split())
    head = re.split(r"[,;:(–—]", name, maxsplit=1)[0].strip()
    return (head or name).strip(" .\"'“”„«»‘’")


def suggested_kind(values: Iterable[object]) -> str:
    """Return the kind of entry that what is said of a span (values of its attributes) makes likely."""
    said = " ".join(str(value) for value in values).casefold()
    if "outlet" in said or "media" in said:
        return "outlet"
    return "organisation" if "organisation" in said or "group" in said else "person"
