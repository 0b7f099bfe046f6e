"""The draft of the editor without a window: edits, what they are called, keys and ids of what is new."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from annotator import assets
from annotator.domain import redrawing, reshaping
from annotator.domain.attributes import Attribute, Choice
from annotator.domain.naming import named
from annotator.domain.scheme import from_data, parse, to_data
from annotator.editing.schemepreview import Effect
from annotator.ui.scheme.consequences import line, lost
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.effectwords import BARE, SPANS
from annotator.ui.scheme.summary import changes, told
from annotator.ui.scheme.values import Gone

NEWS = parse(assets.scheme_text(), "news-sourcing.toml")
BLANK = parse(assets.scheme_text("blank"), "blank.toml")


@pytest.fixture
def draft(qtbot: QtBot) -> Draft:
    return Draft(redrawing.begun(NEWS, {"J": "Next span"}), {"cue": 7})


def test_letters_of_one_field_are_one_edit_and_other_fields_are_others(draft: Draft) -> None:
    for text in ("Cues", "Cues a", "Cues an"):
        assert draft.rename("cue", text)
    draft.say("cue", "good", "He said so.")
    draft.undo()
    assert draft.scheme.label("cue").name == "Cues an"  # type: ignore[union-attr]
    draft.undo()
    assert draft.scheme == NEWS
    assert not draft.can_undo
    draft.redo()
    assert draft.scheme.label("cue").name == "Cues an"  # type: ignore[union-attr]


@pytest.mark.parametrize(("key", "reason"), [("S", "Source"), ("J", "Next span"), ("", ""), ("Y", "")])
def test_a_key_that_cannot_be_is_refused_with_its_reason(draft: Draft, key: str, reason: str) -> None:
    before = draft.now
    assert draft.set_key("cue", key) is (not reason)
    assert reason in draft.fault_of("cue")
    assert (draft.now == before) is bool(reason)


def test_a_name_of_blanks_is_refused(draft: Draft) -> None:
    assert not draft.rename("cue", "   ")
    assert draft.fault_of("cue")
    assert draft.scheme == NEWS


def test_changes_are_counted_by_kind(draft: Draft) -> None:
    assert told(changes(draft.now)) == ""
    draft.rename("cue", "Speech cue")
    draft.put_attribute("", Attribute("", "Tense", ("cue",), choices=(Choice("past", "past"),)))
    assert told(changes(draft.now)) == "Name, 1 attribute"
    draft.move("claim", 0)
    draft.recolour("claim", "#000000", "#FFFFFF")
    found = changes(draft.now)
    assert sum(found.values()) == 4  # two colours of one label are one
    assert told(found).endswith("…")
    draft.discard()
    assert not changes(draft.now)


def test_every_edit_that_does_something_is_counted(draft: Draft) -> None:
    draft.edit(lambda now: redrawing.delete_label(now, "cue", spans_too=True))
    assert sum(changes(draft.now).values()) >= 1
    draft.discard()
    draft.edit(lambda now: reshaping.require(now, "distance", True, "neutral"))
    assert changes(draft.now)["attributes"] == 1


def test_a_new_label_is_called_in_files_by_its_name(qtbot: QtBot) -> None:
    draft = Draft(redrawing.begun(BLANK), {})
    first, second = draft.add_label(), draft.add_label()
    draft.rename(first, "Speaker of the house")
    draft.rename(second, "Speaker of the house")
    draft.put_attribute("", Attribute("", "Tone", (first, second), choices=(Choice("a", "a"),)))
    draft.add("relations", {"id": "r", "name": "answers", "from": [first], "to": [second]})
    roles = [{"role": first, "label": first}, {"role": second, "label": second, "also": [first]}]
    draft.add("groups", {"id": "g", "name": "Debate", "head": first, "roles": roles})
    made = to_data(named(draft.now).wanted)
    one, two = "speaker-of-the-house", "speaker-of-the-house-2"
    assert [label["id"] for label in made["labels"]] == [one, two]
    assert made["attributes"][0]["labels"] == [one, two]
    assert (made["relations"][0]["id"], made["relations"][0]["from"], made["relations"][0]["to"]) == (
        "answers", [one], [two]
    )  # fmt: skip
    assert made["groups"][0]["head"] == one
    assert made["groups"][0]["roles"] == [{"role": one, "label": one}, {"role": two, "label": two, "also": [one]}]
    assert from_data(made) == named(draft.now).wanted


def test_what_is_in_force_keeps_its_ids_whatever_it_is_called(draft: Draft) -> None:
    draft.rename("cue", "Quote")
    assert named(draft.now) == draft.now


def test_the_key_of_a_new_label_follows_its_name_until_one_is_chosen(qtbot: QtBot) -> None:
    draft = Draft(redrawing.begun(BLANK, {"S": "Something"}), {})
    id = draft.add_label()
    draft.rename(id, "Speaker")
    assert draft.scheme.label(id).key == "P"  # type: ignore[union-attr]
    draft.rename(id, "Source")
    assert draft.scheme.label(id).key == "O"  # type: ignore[union-attr]
    draft.set_key(id, "X")
    draft.rename(id, "Author")
    assert draft.scheme.label(id).key == "X"  # type: ignore[union-attr]


def test_a_value_that_goes_is_said_as_another_one_or_not_at_all(draft: Draft) -> None:
    one = draft.attribute("distance")
    assert one is not None
    kept = (Choice("doubting", "doubtful"), Choice("new", "new"))
    assert draft.put_attribute("distance", one._replace(choices=kept, default=None), [Gone("neutral", "new")])
    moves = [(move.what, move.label, move.value, move.into) for move in draft.now.moves]
    assert moves == [("value", "cue", "neutral", "new")]
    found = draft.attribute("distance")
    assert found is not None
    assert [(choice.id, choice.name) for choice in found.choices] == [("doubting", "doubtful"), ("new", "new")]


def test_the_last_label_of_a_part_does_not_leave_it(draft: Draft) -> None:
    assert not draft.play("cue", "")
    assert "cue" in draft.fault_of("cue")
    assert draft.play("claim", "source")
    assert draft.group().played_by("claim").id == "source"  # type: ignore[union-attr]


def test_every_effect_has_words_for_one_for_several_and_for_none(draft: Draft) -> None:
    draft.rename("cue", "Speech cue")
    for what in SPANS:
        for count in (1, 2):
            words = line(Effect(what, "cue", count, "Tense", "quote", 2, 3), draft.now)
            assert words is not None
            assert words.number == str(count)
            assert "{" not in words.words + words.more
    for what in BARE:
        bare = line(Effect(what, "cue", 0, "Tense"), draft.now)
        assert bare is not None
        assert "{" not in bare.words
    assert lost([Effect("deleted", "cue", 3)])[:2] == ("3", "spans are lost")
    assert lost([Effect("gone", "cue", 3)])[:2] == ("0", "spans are lost")
