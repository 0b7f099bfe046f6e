"""Which layer of each article is meant: an annotator's (in a round), the consensus, or what came from a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from annotator.domain.article import Annotator, Layer
from annotator.domain.errors import UserError
from annotator.domain.ids import layer_id
from annotator.domain.people import short
from annotator.i18n import _

CONSENSUS = "consensus"
_IMPORTED = "imported:"
_DIGITS = 9
"""Of a round; more are somebody's name."""


class LayerRef(NamedTuple):
    """One layer an article, at most: `owner` is an annotator's id, `name` the stem of an imported file's name."""

    kind: str
    owner: str = ""
    name: str = ""
    round: int = 1

    def means(self, layer: Layer) -> bool:
        """Whether this layer is meant."""
        if layer.kind != self.kind or layer.owner != self.owner or layer.round != self.round:
            return False
        return self.kind != "imported" or layer.name == self.name

    def text(self) -> str:
        """Return how it is written, with an annotator's id, so that `parsed` finds the same again."""
        if self.kind == CONSENSUS:
            return CONSENSUS
        name = self.owner or self.name if self.kind == "annotator" else f"{_IMPORTED}{self.name or self.owner}"
        return name if self.round == 1 else f"{name}:{self.round}"

    def called(self, people: Mapping[str, Annotator]) -> str:
        """Return what people call it."""
        if self.kind == CONSENSUS:
            return _("consensus")
        name = people[self.owner].name if self.owner in people else self.owner or self.name
        return name if self.round == 1 else _("{name}, round {round}").format(name=name, round=self.round)


CONSENSUS_REF = LayerRef(CONSENSUS)


def of(layer: Layer) -> LayerRef:
    """Return what names this layer and its like in other articles."""
    return LayerRef(layer.kind, layer.owner, layer.name if layer.kind == "imported" else "", layer.round)


def consensus_layer(article: str) -> Layer:
    """Return the (not yet begun) consensus of an article (its id)."""
    return Layer(layer_id(article, CONSENSUS, "", 1), article, CONSENSUS, "")


def parsed(text: str, people: Mapping[str, Annotator], known: Iterable[LayerRef] = ()) -> LayerRef:
    """Return what `NAME|ID[:ROUND]`, `consensus` or `imported:NAME[:ROUND]` means; without a round it is the first.

    `known` are the layers there are: an imported one may have an owner, and is then named by them, and only of a known
    one a number behind its name is a round. Raises UserError
    for somebody unknown and for a name that several have.
    """
    wanted = text.strip()
    if wanted == CONSENSUS:
        return CONSENSUS_REF
    if wanted.startswith(_IMPORTED) and wanted != _IMPORTED:
        return _imported(wanted.removeprefix(_IMPORTED), people, known)
    name, colon, round = wanted.rpartition(":")
    # Somebody may really be called "Ana:2".
    numbered = bool(colon) and round.isdecimal() and len(round) <= _DIGITS
    if numbered and int(round) > 0 and not _people(wanted, people):
        return LayerRef("annotator", _person(name, people), round=int(round))
    return LayerRef("annotator", _person(wanted, people))


def _imported(text: str, people: Mapping[str, Annotator], known: Iterable[LayerRef]) -> LayerRef:
    imported = [ref for ref in known if ref.kind == "imported"]
    name, colon, round = text.rpartition(":")
    wanted = [(text, 1)]
    if colon and round.isdecimal():
        wanted.append((name, int(round)))
    for called, of_round in wanted:
        there = [ref for ref in imported if ref.round == of_round]
        named = [ref for ref in there if ref.name == called and not ref.owner]
        owned = [ref for ref in there if ref.owner and ref.owner in _people(called, people)]
        if named or owned:
            return (named or owned)[0]
    return LayerRef("imported", name=text)


def all_parsed(texts: Iterable[str], people: Mapping[str, Annotator], known: Iterable[LayerRef] = ()) -> list[LayerRef]:
    """Return what several texts mean, each a layer or several with commas between them. Raises as `parsed`, and for a
    layer that is named twice."""
    known = tuple(known)
    found: list[LayerRef] = []
    for text in texts:
        # A name may hold a comma: a text that is somebody's name, or a file's, as a whole is that.
        whole = bool(_people(text.strip(), people)) or any(
            ref.kind == "imported" and ref.text() == text.strip() for ref in known
        )
        found += [parsed(part, people, known) for part in ([text] if whole else text.split(",")) if part.strip()]
    for ref in found:
        if found.count(ref) > 1:
            raise UserError(_("The layer {name} is named twice.").format(name=ref.called(people)))
    return found


def all_called(refs: Sequence[LayerRef], people: Mapping[str, Annotator]) -> tuple[str, ...]:
    """Return what people call several layers, with the end of an id where two have one name."""
    names = [ref.called(people) for ref in refs]
    many = Counter(names)
    return tuple(
        f"{name} ({short(ref.owner or ref.name)})" if many[name] > 1 else name
        for name, ref in zip(names, refs, strict=True)
    )


def _people(who: str, people: Mapping[str, Annotator]) -> list[str]:
    return [who] if who in people else [one.id for one in people.values() if one.name == who]


def _person(who: str, people: Mapping[str, Annotator]) -> str:
    found = _people(who, people)
    if not found:
        raise UserError(_("No annotator of the project is called {name}.").format(name=who))
    if len(found) > 1:
        raise UserError(
            _("{name} is the name of several annotators: name one by id, of {ids}.").format(
                name=who, ids=", ".join(sorted(found))
            )
        )
    return found[0]
