"""Articles, layers, annotators: who tagged what, in which text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from annotator.domain.free import NOTHING, Free
from annotator.domain.ids import layer_id

KINDS = ("annotator", "consensus", "imported", "suggested")
STATES = ("new", "started", "done")
MARKS = ("ok", "discuss", "unsure")
"""What a person says of an article as a whole, as of a span by its state."""
_MARK = "mark"
_RETURNED = "returned"


class Annotator(NamedTuple):
    """A person with a stable id."""

    id: str
    name: str


class Article(NamedTuple):
    """Metadata of an article and which revision of its text is the present one.

    `position` orders the articles of a project (ties by id). `sha256` is the fingerprint of the text of `revision`;
    the texts stand apart, by fingerprint, so that the journal never holds them.
    """

    id: str
    title: str
    sha256: str
    revision: int = 1
    position: int = 0
    meta: Free = NOTHING
    source_id: str = ""
    extra: Free = NOTHING


class Layer(NamedTuple):
    """One person's reading of one article: spans, relations, groups, fields, note and state.

    `owner` is an annotator's id; an imported layer has none and is called by `name`, the stem of its file.
    """

    id: str
    article: str
    kind: str
    owner: str
    name: str = ""
    round: int = 1
    state: str = "new"
    fields: Free = NOTHING
    note: str = ""
    source_id: str = ""
    extra: Free = NOTHING

    @property
    def mark(self) -> str:
        """One of MARKS. It stands among the keys beyond the table's, where our JSON Lines have it too."""
        mark = self.extra.get(_MARK)
        return mark if mark in MARKS else "ok"

    def marked(self, mark: str) -> Layer:
        """Return the layer with one of MARKS; "ok" leaves no key, so that taking one back gives the same bytes."""
        extra = {key: value for key, value in self.extra.items() if key != _MARK}
        return self._replace(extra=({**extra, _MARK: mark} if mark != "ok" else extra) or NOTHING)

    @property
    def returned(self) -> bool:
        """Whether its owner gave the article back that was assigned to them."""
        return self.extra.get(_RETURNED) is True

    def given_back(self, returned: bool) -> Layer:
        """Return the layer as given back, or as taken again; that leaves no key, as with `marked`."""
        extra = {key: value for key, value in self.extra.items() if key != _RETURNED}
        return self._replace(extra=({**extra, _RETURNED: True} if returned else extra) or NOTHING)


def own_layer(article: str, annotator: str, round: int = 1) -> Layer:
    """Return the (not yet started) layer of an annotator on an article."""
    return Layer(layer_id(article, "annotator", annotator, round), article, "annotator", annotator, round=round)


def imported_layer(article: str, stem: str) -> Layer:
    """Return the layer for spans that came from a file without an annotator."""
    return Layer(layer_id(article, "imported", stem, 1), article, "imported", "", name=stem)


class _Limits(NamedTuple):
    kinds: frozenset[str] | None = None
    owners: frozenset[str] | None = None


class VisibleLayers(_Limits):
    """Which layers a reader may see; every read of spans takes one, so that blind work is blind by construction.

    A layer is seen when its kind is among `kinds` and, if it has an owner, the owner is among `owners`.
    None means no limit.
    """

    __slots__ = ()

    ALL: ClassVar[VisibleLayers]

    def shows(self, layer: Layer) -> bool:
        """Whether the layer is among the visible ones."""
        if self.kinds is not None and layer.kind not in self.kinds:
            return False
        return self.owners is None or not layer.owner or layer.owner in self.owners


VisibleLayers.ALL = VisibleLayers()


def known(meta: Mapping[str, Any], key: str) -> str:
    """Return what the metadata say under the key, such as the outlet; "" where that is not known or is no text."""
    value = meta.get(key, "")
    return value if isinstance(value, str) else ""
