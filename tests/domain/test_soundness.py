"""A value of a colleague is made of what its fields are made of, or it is told which is not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import Annotator, Article, Layer
from annotator.domain.change import KIND_OF, Change, Entry, Imported, Value
from annotator.domain.relation import Group, Member
from annotator.domain.soundness import _CHECKS, fault
from annotator.domain.span import Span
from annotator.domain.team import Assignment, Lead, Proposal, Remark

SPAN = Span("s", "a", "l", "ana", "quote", ((1, 5),), attributes={"stance": ["x", 1.5, None, True, {"y": 2}]})
LAYER = Layer("l", "a", "annotator", "ana")
ARTICLE = Article("a", "Title", "00")
VALUES: list[Value] = [
    SPAN, LAYER, ARTICLE, Annotator("ana", "Ana"), Group("g", "a", "l", "attribution", (Member("quote", "s"),)),
    Entry("e", "person", "Ana", {"aliases": ["A."]}), Lead("x", "ana"), Assignment("x", "a", "ana"),
    Remark("r", "a", "s", "ana", "Why?"), Proposal("p", "", "ana", "scheme", "x"),
    Imported("a", ARTICLE, (LAYER,), (SPAN,)), Imported("a", None, (LAYER,)),
]  # fmt: skip


def found(value: Value) -> str:
    change = Change(None, value)
    return fault(change.kind, change.entity, change.article, value)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_what_is_right(value: Value) -> None:
    assert found(value) == ""


def test_every_kind_is_looked_at() -> None:
    assert {cls.__name__ for cls in KIND_OF} == {cls.__name__ for cls in _CHECKS} | {"Imported", "Scheme"}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("label", 3), ("annotator", None), ("note", []), ("created", 5), ("revision", "x"), ("revision", 2**63),
        ("revision", True), ("scheme_version", 1.0), ("attributes", [1]), ("extra", "x"), ("extra", {"a": 2**63}),
        ("extra", {"a": float("nan")}), ("extra", {"a": [float("inf")]}), ("attributes", {1: "x"}), ("fragments", ()),
        ("fragments", ((True, 3),)), ("fragments", ((1.5, 3),)), ("fragments", ((-1, 3),)),
        ("fragments", ((3, 3),)), ("fragments", ((1, 5), (4, 9))), ("fragments", ((1, 2, 3),)), ("fragments", [[1, 5]]),
        ("source_id", {}), ("layer", 1),
    ],
)  # fmt: skip
def test_a_field_of_another_type(field: str, wrong: Any) -> None:
    span = SPAN._replace(**{field: wrong})
    assert found(span) == f"The field {field} is not what it should be."
    assert found(Imported("a", None, (LAYER,), (SPAN, span))) == f"The field {field} is not what it should be."


@pytest.mark.parametrize("members", [(("quote", "s"),), (Member("quote", 3),), [Member("quote", "s")], ("ab",)])  # type: ignore[arg-type]
def test_members_of_another_type(members: Any) -> None:
    assert "members" in found(Group("g", "a", "l", "attribution", members))


def test_nested_without_end() -> None:
    deep: Any = {}
    for _ in range(100):
        deep = {"a": [deep]}
    assert "attributes" in found(SPAN._replace(attributes=deep))


def test_one_that_says_to_be_another() -> None:
    for kind, entity, article in (("layer", "s", "a"), ("span", "t", "a"), ("span", "s", "b"), ("span", "s", "")):
        assert "another one" in fault(kind, entity, article, SPAN)
    assert "another article" in found(Imported("b", ARTICLE))
    assert "another article" in found(Imported("b", None, (LAYER,)))
    assert "another article" in found(Imported("a", ARTICLE, (LAYER,), (SPAN._replace(article="b"),)))


@given(st.sampled_from([value for value in VALUES if not isinstance(value, Imported)]), st.data())
def test_no_field_may_be_just_anything(value: Value, data: st.DataObject) -> None:
    fields = [field for field in value._fields if field not in ("id", "article")]  # type: ignore[union-attr]
    field = data.draw(st.sampled_from(fields))
    assert found(value._replace(**{field: object()})) != ""  # type: ignore[union-attr]
