from __future__ import annotations

from annotator import assets
from annotator.domain.article import Layer, own_layer
from annotator.domain.judgement import fields, with_field
from annotator.domain.scheme import Scheme, from_data, parse
from annotator.domain.schemecheck import problems

ASKED = Scheme(
    "s", "S", 1, (),
    {
        "fields": [
            {"id": "genre", "name": "Genre", "values": ["report", "opinion"], "default": "report"},
            {"id": "topic", "values": ["war", "sport"], "several": True},
            {"id": "when", "type": "date"},
            "nonsense",
        ]
    },
)  # fmt: skip


def test_the_fields_of_a_scheme_are_read_as_attributes_are() -> None:
    genre, topic = fields(ASKED)
    assert (genre.id, genre.type, genre.default) == ("genre", "choice", "report")
    assert (topic.name, topic.type) == ("topic", "choices")
    assert fields(Scheme("s", "S", 1, ())) == ()


def test_the_first_field_that_is_said_brings_the_defaults() -> None:
    own = fields(ASKED)
    said = with_field(own, {}, "topic", ["war"])
    assert said == {"genre": "report", "topic": ["war"]}
    assert with_field(own, said, "genre", None) == {"topic": ["war"]}
    assert with_field(own, {"topic": ["war"]}, "topic", None) == {}
    assert with_field(own, {"old": 1}, "genre", "opinion") == {"old": 1, "genre": "opinion"}  # unknown ones stay


def test_the_fields_that_ship_are_judgements_and_none_must_be_said() -> None:
    own = fields(parse(assets.scheme_text(), "news-sourcing"))
    assert [field.id for field in own] == ["genre", "topic", "outlet-type", "agency-credit", "story", "text-quality"]
    assert not any(field.required for field in own)
    assert all(field.definition.endswith(".") for field in own)


def test_a_field_of_a_type_that_nobody_knows_is_told_and_kept() -> None:
    data = {"id": "s", "name": "S", "version": 1, "fields": [{"id": "when", "type": "date"}, {"id": "g", "values": []}]}
    found = [(one.table, one.number, one.key, one.fatal) for one in problems(data, {})]
    assert found == [("fields", 1, "values", True), ("fields", 0, "type", False)]
    assert from_data({**data, "labels": []}).rest["fields"][0] == {"id": "when", "type": "date"}
    clash = {**data, "fields": [{"id": "g", "values": ["a"], "default": "b"}]}
    assert [(one.table, one.key) for one in problems(clash, {})] == [("fields", "default")]


def test_the_mark_of_an_article_leaves_no_trace_when_it_is_taken_back() -> None:
    layer = own_layer("a", "me")
    assert layer.mark == "ok"
    marked = layer.marked("discuss")
    assert (marked.mark, marked.extra) == ("discuss", {"mark": "discuss"})
    assert marked.marked("ok") == layer
    imported = Layer("l", "a", "imported", "", extra={"mark": 7, "theirs": 1})
    assert imported.mark == "ok"  # what is no mark is kept as it came, until another takes its place
    assert imported.marked("unsure").extra == {"theirs": 1, "mark": "unsure"}
