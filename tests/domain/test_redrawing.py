"""Drafts of a changed scheme: each change gives a new, valid draft, or a sentence why not; nothing else is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator import assets
from annotator.domain import attributes, grouping, schemecheck
from annotator.domain import redrawing as draw
from annotator.domain import reshaping as shape
from annotator.domain import scheme as schemes
from annotator.domain.errors import UserError
from annotator.domain.redrawing import Move, Redrawn
from annotator.domain.schemecheck import problems

TOML = assets.scheme_text() + '\n[later]\nwhat = "a later version of the program knows"\n'
SCHEME = schemes.parse(TOML, "own.toml")
RESERVED = {"J": "Next span"}
BLANK = draw.begun(schemes.parse(assets.scheme_text("blank"), "blank.toml"))
BEGUN = draw.begun(SCHEME, RESERVED)


def table(draft: Redrawn, kind: str, id: str) -> dict[str, Any]:
    return next(item for item in draw.tables(schemes.to_data(draft.wanted), kind) if item["id"] == id)


def sound(draft: Redrawn) -> Redrawn:
    """Return the draft, whose scheme has no fatal problem and keeps what the program does not know."""
    data = schemes.to_data(draft.wanted)
    assert [one for one in problems(data, RESERVED) if one.fatal] == []
    assert data["later"] == {"what": "a later version of the program knows"}
    assert schemes.from_data(data) == draft.wanted
    return draft


def test_a_draft_begins_as_no_change_and_never_changes_what_it_came_from() -> None:
    data = schemes.to_data(SCHEME)
    assert not BEGUN.changed
    renamed = sound(draw.rename(BEGUN, "cue", " Speech cue "))
    assert renamed.changed
    assert renamed.wanted.label("cue") == SCHEME.label("cue")._replace(name="Speech cue")  # type: ignore[union-attr]
    sound(draw.merge(renamed, "evidence", "claim"))
    assert schemes.to_data(SCHEME) == data
    assert draw.rename(renamed, "cue", "Cue").wanted == SCHEME
    assert not draw.rename(renamed, "cue", "Cue").changed


def test_how_a_label_is_called_and_looks() -> None:
    draft = draw.recolour(BEGUN, "cue", "#004D40", "#80CBC4")
    draft = draw.set_key(draft, "cue", "y")
    draft = draw.regroup(draft, "cue", "Attribution")
    draft = draw.switch(draft, "cue", on=False)
    draft = draw.describe(draft, "cue", {"use-when": "it signals", "good": None})
    draft = sound(draw.reorder(draft, "cue", 0))
    assert [label.id for label in draft.wanted.labels][:3] == ["cue", "quote", "source"]
    made = table(draft, "labels", "cue")
    assert (made["light"], made["dark"], made["key"], made["group"]) == ("#004D40", "#80CBC4", "Y", "Attribution")
    assert (made["off"], made["use-when"], "good" in made) == (True, "it signals", False)
    back = draw.switch(draw.regroup(draft, "cue", ""), "cue", on=True)
    assert not {"off", "group"} & table(back, "labels", "cue").keys()
    assert draft.moves == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: draw.set_key(BEGUN, "cue", "Q"), "Cue: The key Q is Quote's already."),
        (lambda: draw.set_key(BEGUN, "cue", "J"), "Cue: The key J is the program's: Next span."),
        (lambda: draw.set_key(BEGUN, "cue", "QQ"), "one character"),
        (lambda: draw.rename(BEGUN, "cue", " "), "It needs a name"),
        (lambda: draw.rename(BEGUN, "nothing", "It"), "has no 'nothing' any more"),
        (lambda: draw.recolour(BEGUN, "cue", "blue", "#80CBC4"), "'blue' is not a colour"),
        (lambda: draw.add_label(BEGUN, "cue", "Another cue"), "is there twice"),
        (lambda: draw.merge(BEGUN, "cue", "cue"), "joined with itself"),
        (lambda: draw.merge(BEGUN, "cue", "nothing"), "has no 'nothing'"),
        (lambda: draw.split(BEGUN, "cue", "nothing"), "has no 'nothing'"),
        (lambda: draw.delete_label(BEGUN, "nothing"), "has no 'nothing'"),
        (lambda: shape.delete_attribute(BEGUN, "naming"), "because of Naming"),
        (lambda: shape.delete(BLANK, "fields", "genre"), "has no 'genre'"),
        (lambda: shape.require(BEGUN, "act", value="song"), "Act has no value 'song'"),
        (lambda: shape.add_value(BEGUN, "act", "belief"), "Act: The value 'belief' is there twice."),
        (lambda: shape.delete_value(BEGUN, "act", "song"), "Act has no value 'song'"),
        (lambda: shape.delete_value(BEGUN, "act", "belief", into="belief"), "no value 'belief'"),
        (lambda: shape.change_value(BEGUN, "act", "song", {"name": "Song"}), "no value 'song'"),
        (lambda: shape.change(BEGUN, "relations", "states", {"from": ["nothing"]}), "no label 'nothing'"),
        (lambda: shape.change(BEGUN, "attributes", "act", {"type": "colour"}), "no type 'colour'"),
        (lambda: shape.change(BEGUN, "attributes", "naming",
                              {"only-if": {"attribute": "anonymity", "in": ["yes"]}}), "Naming"),
        (lambda: shape.add(BEGUN, "groups", {"id": "pair", "name": "Pair", "head": "x", "roles": []}), "Pair: "),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence(change: Callable[[], Redrawn], words: str) -> None:
    with pytest.raises(UserError) as refused:
        change()
    assert words in str(refused.value)


def test_what_was_wrong_before_does_not_hold_up_what_is_right() -> None:
    data = schemes.to_data(SCHEME) | {"relations": [{"id": "odd", "from": ["nothing"], "to": ["cue"]}]}
    draft = draw.rename(draw.begun(schemes.from_data(data)), "cue", "Speech cue")
    assert draft.wanted.label("cue").name == "Speech cue"  # type: ignore[union-attr]


def test_a_label_that_is_merged_leaves_its_part_to_the_other() -> None:
    draft = sound(draw.merge(BEGUN, "evidence", "claim"))
    assert draft.moves == (Move("merge", "evidence", "claim"),)
    assert draft.wanted.label("evidence") is None
    assert table(draft, "relations", "supports")["from"] == ["claim"]
    kinds = [one.id for one in attributes.of_label(draft.wanted, "claim")]
    assert kinds == [one.id for one in attributes.of_label(SCHEME, "claim")]
    kept = sound(draw.merge(BEGUN, "evidence", "claim", attributes_too=True))
    of_both = {one.id for label in ("claim", "evidence") for one in attributes.of_label(SCHEME, label)}
    assert {one.id for one in attributes.of_label(kept.wanted, "claim")} == of_both
    (group,) = grouping.kinds(sound(draw.merge(BEGUN, "cue", "claim")).wanted)
    assert group.role("cue") == grouping.Role("cue", "claim", 0, 1)


def test_a_label_like_another_has_its_attributes_and_plays_its_part() -> None:
    draft = sound(draw.add_label(BEGUN, "report", "Report", key="Y", like="quote"))
    assert [label.id for label in draft.wanted.labels][:3] == ["quote", "report", "source"]
    mine, its = (attributes.of_label(draft.wanted, label) for label in ("report", "quote"))
    assert mine == its
    (group,) = grouping.kinds(draft.wanted)
    assert group.played_by("report") is group.played_by("quote") is group.role("quote")
    assert grouping.headed_by(draft.wanted, "report") is group
    assert "report" in table(draft, "relations", "states")["from"]
    gone = sound(draw.delete_label(draft, "quote"))
    assert grouping.kinds(gone.wanted)[0].role("quote") == grouping.Role("quote", "report", 1, 1)
    parted = draw.split(draft, "quote", "report", "mode", "indirect")
    assert parted.moves == (Move("split", "quote", "report", "mode", "indirect"),)
    assert draw.split(draft, "quote", "report").moves == (Move("split", "quote", "report"),)


def test_a_deleted_label_takes_along_what_is_of_no_other() -> None:
    draft = sound(draw.delete_label(BEGUN, "quote", spans_too=True))
    assert draft.moves == (Move("delete", "quote"),)
    assert grouping.kinds(draft.wanted) == ()
    assert "states" not in [one.id for one in grouping.relations(draft.wanted)]
    assert "mode" not in [one.id for one in attributes.attributes(draft.wanted)]
    assert draw.delete_label(BEGUN, "quote").moves == ()
    everything = BEGUN
    for label in SCHEME.labels:
        everything = sound(draw.delete_label(everything, label.id))
    assert everything.wanted.labels == ()


def test_ids_are_made_of_names_and_never_taken_twice() -> None:
    assert draw.free_id(BEGUN, "Łucja’s Report 🏗!") == "łucja-s-report"
    assert draw.free_id(BEGUN, "Cue") == "cue-2"
    gone = draw.delete_label(BEGUN, "cue")
    assert draw.free_id(gone, "Cue") == "cue-2"
    assert draw.free_id(BEGUN, "🏗") == "new"
    assert draw.free_id(BEGUN, "Mode", "attributes") == "mode-2"


def test_attributes_come_change_and_go() -> None:
    tense = {"id": "tense", "name": "Tense", "labels": ["cue"], "values": ["past", "present"]}
    draft = sound(shape.add(BEGUN, "attributes", tense))
    draft = sound(shape.give(draft, "tense", "quote"))
    assert table(draft, "attributes", "tense")["labels"] == ["cue", "quote"]
    draft = sound(shape.take(draft, "tense", "quote", values_too=True))
    assert draft.moves == (Move("value", "quote", attribute="tense"),)
    draft = sound(shape.take(draft, "tense", "cue"))
    assert "tense" not in [one.id for one in attributes.attributes(draft.wanted)]
    filled = sound(shape.require(BEGUN, "act", value="statement"))
    assert filled.moves == (Move("fill", "quote", attribute="act", value="statement"),)
    assert table(filled, "attributes", "act")["required"] is True
    assert "required" not in table(shape.require(filled, "act", required=False), "attributes", "act")


def test_a_deleted_attribute_or_value_is_forgotten_wherever_it_was_named() -> None:
    gone = sound(shape.delete_attribute(BEGUN, "mode", values_too=True))
    assert gone.moves == (Move("value", "quote", attribute="mode"),)
    assert "sets" not in table(gone, "labels", "quote")
    assert all("sets" not in key for key in table(gone, "labels", "quote")["keys"])
    left = sound(shape.delete_value(BEGUN, "mode", "indirect"))
    assert left.moves == ()
    assert [key.get("sets") for key in table(left, "labels", "quote")["keys"]] == [None, {"mode": "mixed"}]
    into = sound(shape.delete_value(BEGUN, "mode", "indirect", into="mixed"))
    assert into.moves == (Move("value", "quote", "mixed", "mode", "indirect"),)
    assert [key["sets"] for key in table(into, "labels", "quote")["keys"]] == [{"mode": "mixed"}, {"mode": "mixed"}]
    one = sound(shape.delete_value(BEGUN, "naming", "unnamed person"))
    hangs = next(one for one in attributes.attributes(one.wanted) if one.only_if and one.only_if.attribute == "naming")
    assert hangs.only_if is not None
    assert hangs.only_if.values == ("unnamed group",)
    with pytest.raises(UserError, match="because of unnamed group"):
        shape.delete_value(one, "naming", "unnamed group")


def test_values_are_added_and_named() -> None:
    draft = sound(shape.add_value(BEGUN, "act", "rumour", 0))
    draft = sound(shape.change_value(draft, "act", "rumour", {"name": "Hearsay", "definition": "nobody vouches"}))
    act = next(one for one in attributes.attributes(draft.wanted) if one.id == "act")
    assert act.choices[0] == attributes.Choice("rumour", "Hearsay", "nobody vouches")
    assert len(act.choices) == 8


def test_relations_groups_and_fields_come_and_go() -> None:
    draft = sound(shape.add(BEGUN, "relations", {"id": "echoes", "name": "echoes", "from": ["quote"], "to": ["quote"]}))
    draft = sound(shape.change(draft, "relations", "echoes", {"symmetric": True}))
    assert grouping.between(draft.wanted, "quote", "quote")[0].symmetric
    draft = sound(shape.delete(draft, "relations", "echoes", ties_too=True))
    assert draft.moves == (Move("untie", "echoes", attribute="relations"),)
    assert draft.wanted == SCHEME
    assert "fields" in schemes.to_data(sound(shape.delete(BEGUN, "fields", "genre")).wanted)


def test_since_and_also_are_looked_at() -> None:
    data = draw.data_of(BEGUN)
    data["labels"][0]["since"] = "yesterday"
    data["groups"][0]["roles"][0]["also"] = ["nothing"]
    found = [one.words for one in schemecheck.problems(data, {}) if one.fatal]
    assert found == ["since must be a version, a whole number from 1.", "There is no label 'nothing'."]
    data["groups"][0]["roles"][0]["also"] = "cue"
    assert "also must be a list of labels." in [one.words for one in schemecheck.problems(data, {})]
