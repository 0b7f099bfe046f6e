"""An article with several readings, in memory: own text, the scheme that comes with the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from annotator.domain.article import Annotator, Article, Layer, own_layer
from annotator.domain.change import Change
from annotator.domain.layerref import CONSENSUS_REF, LayerRef
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.sides import Ground, Side, empty
from annotator.domain.span import Span, joined
from annotator.domain.text import fingerprint
from annotator.review.decide import Verdict, decided
from annotator.review.standing import Item, standing
from tests.schemed import SCHEME

TEXT = (
    "“We will rebuild the quay,” said Mayor Łucja Ødegård on Monday, “before the winter comes.”\n\n"
    "Harbour chief Bo Lund, 61, doubts it: the quay, he told reporters, is beyond repair. 🏗 Dues rise by 4 per cent.\n"
)
PEOPLE = tuple(Annotator(f"0190a000-0000-7000-8000-0000000000{n:02x}", f"Person {n}") for n in range(1, 27))
REVIEWER = Annotator("0190a000-0000-7000-8000-0000000000ff", "Rita")
ARTICLE = Article("0190a000-0000-7000-8000-00000000aaaa", "Quay", fingerprint(TEXT))


def at(words: str, text: str = TEXT, nth: int = 1) -> tuple[int, int]:
    """Where the words stand, the nth time."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return start, start + len(words)


def layer(number: int, **more: Any) -> Layer:
    return own_layer(ARTICLE.id, PEOPLE[number].id)._replace(state="done", **more)


def span(number: int, label: str, *words: str, id: str = "", nth: int = 1, **more: Any) -> Span:
    """A span of a person (by number) on words of the text."""
    fragments = joined(at(one, nth=nth) for one in words)
    where = "-".join(f"{start}.{end}" for start, end in fragments)
    return Span(
        id or f"{number}:{label}:{where}", ARTICLE.id, layer(number).id, PEOPLE[number].id, label, fragments, **more
    )


def group(number: int, quote: Span, *others: tuple[str, Span], id: str = "", no_source: bool = False) -> Group:
    members = (Member("quote", quote.id), *(Member(role, one.id) for role, one in others))
    return Group(id or f"group of {quote.id}", ARTICLE.id, layer(number).id, "attribution", members, no_source)


def relation(number: int, label: str, source: Span, target: Span | str, **more: Any) -> Relation:
    to = target if isinstance(target, str) else target.id
    return Relation(f"{label} of {source.id} {to}", ARTICLE.id, layer(number).id, label, source.id, to, **more)


def side(number: int, *spans: Span, ties: Iterable[Relation | Group] = (), **fields: Any) -> Side:
    """A person's reading (by number), its fields given by name."""
    ties = tuple(ties)
    return Side(
        LayerRef("annotator", PEOPLE[number].id), layer(number, fields=fields),
        tuple(sorted(spans, key=lambda it: (it.start, -it.end, it.label, it.id))),
        tuple(one for one in ties if isinstance(one, Relation)), tuple(one for one in ties if isinstance(one, Group)),
    )  # fmt: skip


def ground(*sides: Side) -> Ground:
    return Ground(ARTICLE, TEXT, SCHEME, sides, empty(CONSENSUS_REF))


def following(before: Ground, changes: Sequence[Change]) -> Ground:
    """The ground after changes, which can be followed."""
    after = before.after(changes)
    assert after is not None
    return after


_NOW = [0]


def now() -> str:
    """A moment later than the last."""
    _NOW[0] += 1
    return f"2026-11-23T17:00:00.{_NOW[0]:06}Z"


def decide(before: Ground, item: Item, answer: str, side: int = -1, **more: Any) -> Ground:
    """The ground after a decision."""
    changes = decided(before, [(item, Verdict(answer, side=side, **more))], REVIEWER, now(), 3)
    return following(before, changes)


def only(before: Ground, kind: str) -> Item:
    """The one item of a kind."""
    found = [item for item in standing(before) if item.difference.kind == kind]
    assert len(found) == 1, found
    return found[0]


def statuses(of: Ground) -> dict[str, str]:
    """Status by the words of each difference."""
    return {item.difference.field or item.difference.words: item.status for item in standing(of)}


QUOTE, LONGER = "We will rebuild the quay", "We will rebuild the quay,”"


def boundary() -> Ground:
    """Two who differ by a comma and a closing quotation mark."""
    return ground(side(0, span(0, "quote", QUOTE)), side(1, span(1, "quote", LONGER)))


def content(of: Ground) -> list[tuple[str, str]]:
    """Labels and words of the consensus."""
    return [(one.label, " … ".join(TEXT[start:end] for start, end in one.fragments)) for one in of.consensus.spans]


def edited(before: Ground, was: Span, **how: object) -> Ground:
    """The ground after somebody changed a span."""
    return following(before, [Change(was, was._replace(**how))])
