"""Since when a label means what it means: what asks for a new look, and what does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator import assets
from annotator.domain import meaning
from annotator.domain import redrawing as draw
from annotator.domain import reshaping as shape
from annotator.domain.redrawing import Redrawn
from annotator.domain.scheme import parse

SCHEME = parse(assets.scheme_text(), "news-sourcing.toml")
BEGUN = draw.begun(SCHEME)


@pytest.mark.parametrize(
    ("change", "labels"),
    [
        (lambda draft: draw.rename(draft, "cue", "Speech cue"), ""),
        (lambda draft: draw.recolour(draft, "cue", "#004D40", "#80CBC4"), ""),
        (lambda draft: draw.set_key(draft, "cue", "Y"), ""),
        (lambda draft: draw.regroup(draft, "cue", "A"), ""),
        (lambda draft: draw.switch(draft, "cue", on=False), ""),
        (lambda draft: draw.describe(draft, "cue", {"good": "He said so."}), ""),
        (lambda draft: draw.define(draft, "cue", "Only verbs."), "cue"),
        (lambda draft: draw.define(draft, "cue", "Only verbs.", meaning=False), ""),
        (lambda draft: draw.define(draw.define(draft, "cue", "Verbs.", meaning=False), "cue", "Nouns."), "cue"),
        (lambda draft: draw.describe(draft, "cue", {"avoid-when": "it is a noun"}), "cue"),
        (lambda draft: draw.merge(draft, "evidence", "claim"), "claim"),
        (lambda draft: draw.add_label(draft, "report", "Report", like="quote"), ""),
        (lambda draft: draw.split(draw.add_label(draft, "report", "Report"), "quote", "report"), "quote"),
        (lambda draft: draw.split(draft, "quote", "claim", "mode", "indirect"), "claim quote"),
        (lambda draft: draw.split(draft, "quote", "claim"), "quote"),
        (lambda draft: draw.delete_label(draft, "quote"), ""),
        (lambda draft: shape.require(draft, "act"), "quote"),
        (lambda draft: shape.require(draft, "act", value="statement"), ""),
        (lambda draft: shape.require(draft, "mode", required=False), ""),
        (lambda draft: shape.add(draft, "attributes", {"id": "x", "labels": ["cue", "claim"], "type": "text"}), ""),
        (lambda draft: shape.add(draft, "attributes", {"id": "x", "labels": ["cue", "claim"], "type": "text",
                                                       "required": True}), "claim cue"),
        (lambda draft: shape.add_value(draft, "act", "rumour"), "quote"),
        (lambda draft: shape.delete_value(draft, "act", "belief"), "quote"),
        (lambda draft: shape.change_value(draft, "act", "belief", {"name": "Opinion"}), ""),
        (lambda draft: shape.change_value(draft, "act", "belief", {"definition": "what one holds"}), "quote"),
        (lambda draft: shape.delete_attribute(draft, "act", values_too=True), ""),
    ],
)  # fmt: skip
def test_what_asks_for_a_new_look(change: Callable[[Redrawn], Redrawn], labels: str) -> None:
    draft = change(BEGUN)
    assert sorted(meaning.changed(draft)) == labels.split()
    after = meaning.remembered(draft, 5)
    assert after.version == 5
    assert meaning.since(after) == dict.fromkeys(labels.split(), 5)


def test_the_version_is_remembered_until_the_meaning_changes_again() -> None:
    third = meaning.remembered(draw.define(BEGUN, "cue", "Only verbs."), 3)
    fourth = meaning.remembered(draw.rename(draw.begun(third), "cue", "Speech cue"), 4)
    assert meaning.since(fourth) == {"cue": 3}
    fifth = meaning.remembered(draw.define(draw.begun(fourth), "cue", "Only nouns."), 5)
    assert meaning.since(fifth) == {"cue": 5}


def test_a_file_can_neither_forget_nor_invent_a_version() -> None:
    third = meaning.remembered(draw.define(BEGUN, "cue", "Only verbs."), 3)
    forgotten = draw.begun(third)._replace(wanted=draw.describe(draw.begun(third), "cue", {"since": None}).wanted)
    assert meaning.since(meaning.remembered(forgotten, 4)) == {"cue": 3}
    invented = draw.describe(BEGUN, "quote", {"since": 2})
    assert meaning.since(meaning.remembered(invented, 3)) == {}
    new = draw.describe(draw.add_label(BEGUN, "report", "Report"), "report", {"since": 99})
    assert meaning.since(meaning.remembered(new, 3)) == {}
